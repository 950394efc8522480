//! Commands on program files; they need no data folder and no server.

mod check;
mod compare;
mod generate;
mod junit;
mod load;
mod run;
mod templates;
mod test;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Exit;
use crate::world::Grant;

#[derive(Subcommand)]
pub(super) enum ProgramCommand {
    /// Run a program.
    Run(RunArguments),
    /// Check programs and print what is wrong with them.
    Check(CheckArguments),
    /// Run the tests of programs.
    Test(TestArguments),
    /// Print a program's code and tests in a language, or write a project.
    Generate(GenerateArguments),
    /// Write programs in the canonical form.
    Format(FormatArguments),
    /// Say what differs between two programs, by meaning.
    Diff(DiffArguments),
    /// Merge three programs by meaning; for git, see `merge-driver --help`.
    #[command(after_help = GIT_HELP)]
    MergeDriver(MergeArguments),
    /// Print the canonical form of a program, for `git diff`.
    #[command(after_help = GIT_HELP)]
    Textconv(FileArgument),
    /// List the program templates, or print one to begin with.
    Template(TemplateArguments),
}

const GIT_HELP: &str = "\
Set up git so that it merges and shows programs by meaning:
  echo '*.blocks merge=blocks diff=blocks' >> .gitattributes
  git config merge.blocks.driver 'agent-lightning merge-driver %O %A %B %P'
  git config diff.blocks.textconv 'agent-lightning textconv'";

#[derive(Args)]
pub(super) struct RunArguments {
    /// The program's file.
    file: PathBuf,
    /// An input, NAME=VALUE; the value is a literal, or a text where a text is wanted.
    #[arg(long = "input", value_name = "NAME=VALUE")]
    inputs: Vec<String>,
    /// What the program may do: clock, random, people, files=DIR, network=HOST, environment=NAME, or all.
    #[arg(long, value_name = "CAPABILITY")]
    allow: Vec<Grant>,
    /// Add the run to the program's tests under this name, with the answers that it got.
    #[arg(long, value_name = "TEST")]
    record: Option<String>,
    /// Print the outputs as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct CheckArguments {
    /// Program files, or folders with .blocks files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Also say what could be better with the same results: repeated work, dead blocks, requests that could overlap …
    #[arg(long)]
    findings: bool,
    /// Apply the fixes that are offered, with `--findings` also what leaves every error as it is, and write the files.
    #[arg(long)]
    fix: bool,
    /// Print what is found as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct TestArguments {
    /// Program files, or folders with .blocks files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Run only tests whose name contains this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Say which blocks and branches the tests reach.
    #[arg(long)]
    coverage: bool,
    /// Fail if less than this percentage is reached.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    least_coverage: Option<u8>,
    /// Write the results as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Add tests for what no test reaches yet; they expect what the program does now, so read them.
    #[arg(long)]
    generate: bool,
    /// What the random inputs of --generate follow from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Args)]
pub(super) struct FileArgument {
    /// The program's file.
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct GenerateArguments {
    /// The program's file.
    file: PathBuf,
    /// python, javascript, typescript or rust.
    #[arg(long)]
    language: String,
    /// Write a project that builds, tests and runs into this folder, which is made if it is not there.
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Add a Dockerfile whose container runs the program.
    #[arg(long, requires = "project")]
    docker: bool,
    /// Add a Kubernetes Job that runs the program, and the Dockerfile of its image.
    #[arg(long, requires = "project")]
    kubernetes: bool,
    /// Write into a folder that is not empty; files of the same name are replaced.
    #[arg(long, requires = "project")]
    force: bool,
}

#[derive(Args)]
pub(super) struct FormatArguments {
    /// Program files, or folders with .blocks files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write nothing; fail if a file is not in the canonical form.
    #[arg(long)]
    check: bool,
}

#[derive(Args)]
pub(super) struct DiffArguments {
    /// The program before.
    before: PathBuf,
    /// The program after.
    after: PathBuf,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct MergeArguments {
    /// The program that both sides come from (git's %O).
    base: PathBuf,
    /// Our side (git's %A); the result is written here.
    ours: PathBuf,
    /// Their side (git's %B).
    theirs: PathBuf,
    /// The name to show (git's %P).
    name: Option<String>,
}

#[derive(Args)]
pub(super) struct TemplateArguments {
    /// The template; all of them are listed if it is left out.
    name: Option<String>,
}

/// Runs one of these commands.
pub(super) fn main(command: &ProgramCommand) -> Exit {
    let done = match command {
        ProgramCommand::Run(arguments) => run::run(arguments),
        ProgramCommand::Check(arguments) => check::check(arguments),
        ProgramCommand::Test(arguments) => test::test(arguments),
        ProgramCommand::Generate(arguments) => generate::generate(arguments),
        ProgramCommand::Format(arguments) => check::format(arguments),
        ProgramCommand::Diff(arguments) => compare::diff(arguments),
        ProgramCommand::MergeDriver(arguments) => compare::merge(arguments),
        ProgramCommand::Textconv(arguments) => compare::textconv(&arguments.file),
        ProgramCommand::Template(arguments) => templates::show(arguments),
    };
    done.unwrap_or_else(|exit| exit)
}
