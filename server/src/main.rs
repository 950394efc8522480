//! The binary `agent-lightning`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::main()
}
