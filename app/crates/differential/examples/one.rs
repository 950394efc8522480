//! Runs the test cases of program files on all targets: `one [--targets a,b] FILE…`.

use std::path::Path;

use blocks::text;
use differential::case::Case;
use differential::compare::compare;
use differential::files;
use differential::targets::Target;

fn main() {
    let mut targets = Target::available();
    let mut cases = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--targets" {
            let names = arguments.next().unwrap_or_default();
            targets.retain(|target| names.split(',').any(|name| name == target.name()));
            continue;
        }
        let program = files::read(Path::new(&argument));
        let made = if program.inputs.is_empty() && program.tests.is_empty() {
            Case::new(argument.as_str(), program).map(|case| vec![case])
        } else {
            Case::of_tests(&argument, &program)
        };
        match made {
            Ok(made) => cases.extend(made),
            Err(problems) => println!("{argument}: {problems}"),
        }
    }
    let report = compare(&cases, &targets);
    for found in &report.disagreements {
        println!("{}: {found}", cases[found.case].name);
        if cases.len() == 1 {
            println!("{}", text::write(&cases[found.case].program));
        }
    }
    println!("{} cases, {} disagreements", cases.len(), report.disagreements.len());
}
