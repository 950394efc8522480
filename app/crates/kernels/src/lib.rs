//! The kernels that `make bench` times: ten small programs on the virtual machine, natively and as WebAssembly.
//!
//! Nothing depends on this crate. `examples/kernels.rs` runs them everywhere and prints the table.

pub mod module;

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Plan, Program, Value, check, text};
use vm::host::Console;
use vm::{Code, Limits};

/// A program and the same algorithm as a person writes it in Python.
pub struct Kernel {
    /// Its name in the table.
    pub name: &'static str,
    /// The text of the program.
    pub source: &'static str,
    /// A Python module with a function `run`.
    pub python: &'static str,
}

macro_rules! kernels {
    ($($name:literal),* $(,)?) => {
        /// All of them.
        pub const KERNELS: &[Kernel] = &[$(Kernel {
            name: $name,
            source: include_str!(concat!("../../vm/kernels/", $name, ".blocks")),
            python: include_str!(concat!("../../vm/kernels/", $name, ".py")),
        }),*];
    };
}

kernels![
    "collatz",
    "fibonacci",
    "json_transform",
    "mandelbrot",
    "matrix",
    "n_body",
    "sieve",
    "sort_by_key",
    "string_building",
    "word_count",
];

impl Kernel {
    /// The program and its plan.
    ///
    /// # Panics
    /// If the program is not sound; a test of the virtual machine sees to that.
    pub fn plan(&self) -> (Program, Plan) {
        let program = text::read(self.source).expect("a program");
        let plan = check(&program).plan.expect("a sound program");
        (program, plan)
    }

    /// The program, compiled.
    pub fn code(&self) -> Arc<Code> {
        Arc::new(vm::compile(&self.plan().1))
    }
}

/// Runs a kernel with its usual inputs; gives its only output.
///
/// # Panics
/// If the run fails.
pub fn run(code: &Arc<Code>) -> Value {
    let limits = Limits { fuel: u64::MAX, value_bytes: 1 << 30, ..Limits::default() };
    let outcome = vm::run(code, Entries::default(), limits, &mut Console::default());
    outcome.result.expect("a run without failure").into_iter().next().expect("an output").1
}
