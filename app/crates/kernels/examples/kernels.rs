//! Times the kernels and prints a table: `kernels MODULE`, where the module is this crate built as WebAssembly.
//!
//! The columns are the virtual machine natively and as WebAssembly in Node, the JavaScript that is generated of the
//! program, and the same algorithm as a person writes it in Python: milliseconds of the best run, and how that stands to
//! Python's. All give the same value, or it says so and fails. What is not installed
//! or given, or takes longer than ten seconds, is left out.
//! `kernels MODULE NAME` times the machine alone, natively, with one kernel; that is for profilers.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use blocks::Value;
use codegen::Target;
use kernels::{KERNELS, Kernel};

const ROUNDS: u32 = 9;
const DRIVERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/drivers");

/// A value and the time of the best run in milliseconds.
type Timed = Option<(Value, f64)>;

fn main() -> ExitCode {
    let module = std::env::args().nth(1);
    let only = std::env::args().nth(2);
    if let Some(name) = only {
        for kernel in KERNELS.iter().filter(|kernel| kernel.name == name) {
            println!("{name} {:?}", natively(kernel).map(|(_, milliseconds)| milliseconds));
        }
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut same = true;
    let mut ratios = vec![Vec::new(); 3];
    println!("{:<16} {:>16} {:>16} {:>16} {:>9}", "kernel (ms, x)", "native", "wasm", "javascript", "python3");
    for (place, kernel) in KERNELS.iter().enumerate() {
        let python = in_python(kernel, folder.path());
        let engines = [
            natively(kernel),
            module.as_deref().and_then(|module| as_a_module(module, place)),
            as_javascript(kernel, folder.path()),
        ];
        print!("{:<16}", kernel.name);
        for (engine, ratios) in engines.iter().zip(&mut ratios) {
            same &= agrees(kernel, engine, &engines[0]);
            print!(" {:>16}", cell(engine, &python, ratios));
        }
        same &= agrees(kernel, &python, &engines[0]);
        println!(" {:>9}", python.map_or("-".to_owned(), |(_, milliseconds)| format!("{milliseconds:.1}")));
    }
    print!("{:<16}", "geometric mean");
    for ratios in ratios {
        let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
        print!(" {:>16}", if mean.is_nan() { "-".to_owned() } else { format!("{mean:.2} x") });
    }
    println!();
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cell(engine: &Timed, python: &Timed, ratios: &mut Vec<f64>) -> String {
    let Some((_, milliseconds)) = engine else { return "-".to_owned() };
    let Some((_, python)) = python else { return format!("{milliseconds:.1}") };
    ratios.push(milliseconds / python);
    format!("{milliseconds:.1} {:.2} x", milliseconds / python)
}

fn agrees(kernel: &Kernel, one: &Timed, other: &Timed) -> bool {
    let (Some((one, _)), Some((other, _))) = (one, other) else { return true };
    if one != other {
        eprintln!("{}: {one} is not {other}", kernel.name);
    }
    one == other
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn natively(kernel: &Kernel) -> Timed {
    let code = kernel.code();
    let mut best = f64::INFINITY;
    let mut value = Value::None;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        value = kernels::run(&code);
        best = best.min(began.elapsed().as_secs_f64() * 1000.0);
    }
    Some((value, best))
}

fn as_a_module(module: &str, place: usize) -> Timed {
    let driver = Path::new(DRIVERS).join("module.mjs");
    timed(Command::new("node").arg(driver).arg(module).arg(place.to_string()).arg(ROUNDS.to_string()))
}

fn as_javascript(kernel: &Kernel, folder: &Path) -> Timed {
    let (program, plan) = kernel.plan();
    let path = folder.join(kernel.name).with_extension("mjs");
    std::fs::write(&path, &codegen::generate(&program, &plan, Target::JavaScript)[0].content).expect("a written file");
    timed(Command::new("node").arg(Path::new(DRIVERS).join("javascript.mjs")).arg(path).arg(ROUNDS.to_string()))
}

fn in_python(kernel: &Kernel, folder: &Path) -> Timed {
    let path = folder.join(kernel.name).with_extension("py");
    std::fs::write(&path, kernel.python).expect("a written file");
    timed(Command::new("python3").arg(Path::new(DRIVERS).join("python.py")).arg(path).arg(ROUNDS.to_string()))
}

/// What a driver prints: the value as JSON and the milliseconds. One that takes longer than ten seconds is given up.
fn timed(command: &mut Command) -> Timed {
    let output = Command::new("timeout").arg("10").arg(command.get_program()).args(command.get_args()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines = text.lines();
    match (lines.next(), lines.next().and_then(|milliseconds| milliseconds.parse().ok())) {
        (Some(value), Some(milliseconds)) => Some((blocks::json::read(value).ok()?, milliseconds)),
        _ => {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            None
        }
    }
}
