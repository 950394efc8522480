//! Shows a program's code in a target: `show SEED|FILE [TARGET]`; without a target the program itself.

use std::path::Path;

use blocks::text;
use differential::case::Case;
use differential::{files, generate};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let first = arguments.first().map_or("0", String::as_str);
    let program = first.parse().map_or_else(|_| files::read(Path::new(first)), generate::program);
    let Some(target) = arguments.get(1).and_then(|name| codegen::Target::find(name)) else {
        println!("{}", text::write(&program));
        return;
    };
    match Case::new("shown", program) {
        Ok(case) => println!("{}", codegen::generate(&case.program, &case.plan, target).swap_remove(0).content),
        Err(problems) => println!("{problems}"),
    }
}
