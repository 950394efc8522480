//! Times the kernels on the virtual machine, and the same algorithms as a person writes them in Python on `python3`.
//!
//! Prints one line a kernel, `name vm_ms python_ms`, the best of five runs each; both give the same value, or it says so
//! and fails. Without `python3` the last column is `-`.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;

use blocks::value::Entries;
use blocks::{Value, check, text};
use vm::host::Console;
use vm::{Code, Limits};

const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("kernels"))
        .expect("the kernels")
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "blocks"))
        .collect();
    paths.sort();
    let mut same = true;
    for path in paths {
        let source = std::fs::read_to_string(&path).expect("a kernel");
        let program = text::read(&source).expect("a program");
        let plan = check(&program).plan.expect("a sound program");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (value, vm) = on_the_machine(&Arc::new(vm::compile(&plan)));
        match in_python(&path.with_extension("py")) {
            Some((python_value, python)) => {
                println!("{name} {vm:.1} {python:.1}");
                if blocks::json::read(&python_value).ok().as_ref() != Some(&value) {
                    eprintln!("{name}: the machine gives {value}, Python {python_value}");
                    same = false;
                }
            }
            None => println!("{name} {vm:.1} -"),
        }
    }
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The first output, and the time of the best run in milliseconds.
#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn on_the_machine(code: &Arc<Code>) -> (Value, f64) {
    let limits = Limits { fuel: u64::MAX, value_bytes: 1 << 30, ..Limits::default() };
    let mut best = f64::INFINITY;
    let mut value = Value::None;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let outcome = vm::run(code, Entries::default(), limits, &mut Console::default());
        best = best.min(began.elapsed().as_secs_f64() * 1000.0);
        value = outcome.result.expect("a run without failure").into_iter().next().expect("an output").1;
    }
    (value, best)
}

/// The same in `python3`, with the value as JSON.
fn in_python(path: &Path) -> Option<(String, f64)> {
    let source = std::fs::read_to_string(path).ok()?;
    let harness = format!(
        "\nimport json as _json, sys as _sys, time as _time\n_best = float('inf')\nfor _ in range({ROUNDS}):\n    \
         _began = _time.perf_counter()\n    _value = run()\n    \
         _best = min(_best, _time.perf_counter() - _began)\nprint(_json.dumps(_value))\nprint(_best * 1000)\n"
    );
    let output = Command::new("python3").arg("-c").arg(source + &harness).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines = text.lines();
    match (lines.next(), lines.next().and_then(|ms| ms.parse().ok())) {
        (Some(value), Some(ms)) => Some((value.to_owned(), ms)),
        _ => {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            None
        }
    }
}
