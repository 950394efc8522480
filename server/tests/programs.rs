//! Commands on program files, with the real binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder for one test, with the files that it needs.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, content)| std::fs::write(folder.path(name), content).unwrap());
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the binary here: its exit code, and what it wrote.
    fn run(&self, arguments: &[&str]) -> Ran {
        let command = Command::new(env!("CARGO_BIN_EXE_agent-lightning"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output();
        Ran::of(command.unwrap())
    }
}

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A program whose test reaches one of its two branches.
const GRADE: &str = r#"program 1 "Grade"
input points: int
output grade: text <- grade.mark

passed: formula
  expression = "points >= 50"
  points <- input.points

grade: if
  condition <- passed.value
  then:
    yield mark <- "passed"
  else:
    yield mark <- "failed"

test "a good one"
  points = 80
  expect grade = "passed"
"#;

#[test]
fn tests_are_run_measured_and_reported() {
    let folder = Folder::with(&[("grade.blocks", GRADE)]);
    let ran = folder.run(&["test", ".", "--coverage", "--junit", "results.xml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("ok      a good one"), "{ran:?}");
    assert!(ran.out.contains("missed  grade.else"), "{ran:?}");
    assert!(ran.out.contains("1 passed, 0 failed"), "{ran:?}");
    let report = folder.read("results.xml");
    assert!(report.contains(r#"tests="1" skipped="0" failures="0" errors="0""#), "{report}");

    assert_eq!(folder.run(&["test", "grade.blocks", "--least-coverage", "100"]).code, 1);
    assert_eq!(folder.run(&["test", "grade.blocks", "--only", "good"]).code, 0);
    assert_eq!(folder.run(&["test", "grade.blocks", "--only", "nothing like it"]).code, 1);
}

#[test]
fn a_failed_test_and_a_broken_program_fail_the_command_and_the_report() {
    let wrong = GRADE.replace("expect grade = \"passed\"", "expect grade = \"<great>\"");
    let broken = GRADE.replace("passed.value", "nothing.value");
    let folder = Folder::with(&[("1.blocks", &wrong), ("2.blocks", &broken)]);
    let ran = folder.run(&["test", "1.blocks", "2.blocks", "--junit", "results.xml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(r#"grade is "passed", not "<great>""#), "{ran:?}");
    assert!(ran.out.contains("0 passed, 1 failed, 1 files with errors"), "{ran:?}");
    let report = folder.read("results.xml");
    assert!(report.contains(r#"failures="1" errors="1""#) && report.contains("&lt;great"), "{report}");
    assert_eq!(folder.run(&["test", "missing.blocks"]).code, 2);
}

#[test]
fn generated_tests_reach_the_rest_and_pass() {
    let folder = Folder::with(&[("grade.blocks", GRADE)]);
    let ran = folder.run(&["test", "grade.blocks", "--generate", "--least-coverage", "100"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let written = folder.read("grade.blocks");
    assert!(written.starts_with(GRADE) && written.contains("expect grade = \"failed\""), "{written}");
    let again = folder.run(&["test", "grade.blocks", "--generate"]);
    assert!(again.out.contains("added   0 tests"), "{again:?}");
    assert_eq!(folder.read("grade.blocks"), written);
}

const READS: &str = r#"program 1 "Reads"
input name: text
output length: int <- length.value

content: read_file
  path <- input.name

length: len
  value <- content.value
"#;

#[test]
fn a_run_may_do_what_is_granted_and_becomes_a_test() {
    let folder = Folder::with(&[("reads.blocks", READS), ("note.txt", "four")]);
    let refused = folder.run(&["run", "reads.blocks", "--input", "name=note.txt"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("not_granted") && refused.err.contains("--allow files=DIR"), "{refused:?}");
    let ran =
        folder.run(&["run", "reads.blocks", "--input", "name=note.txt", "--allow", "files=.", "--record", "note"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "length = 4\n"), "{ran:?}");
    std::fs::remove_file(folder.path("note.txt")).unwrap();
    let tested = folder.run(&["test", "reads.blocks"]);
    assert_eq!(tested.code, 0, "the test needs no file: {tested:?}");
    assert!(folder.read("reads.blocks").contains("answer content = \"four\""));
    assert_eq!(folder.run(&["run", "reads.blocks", "--allow", "the-moon"]).code, 2);
}

#[test]
fn programs_are_formatted_checked_and_fixed() {
    let untidy = GRADE.replace("  points <- input.points\n", "  points   <-   input.points\n");
    let mistyped = GRADE.replace("passed: formula", "passed: fromula");
    let folder = Folder::with(&[("untidy.blocks", &untidy), ("mistyped.blocks", &mistyped)]);
    assert_eq!(folder.run(&["format", "untidy.blocks", "--check"]).code, 1);
    assert_eq!(folder.run(&["format", "untidy.blocks"]).code, 0);
    assert_eq!(folder.read("untidy.blocks"), GRADE);
    assert_eq!(folder.run(&["format", "untidy.blocks", "--check"]).code, 0);

    let found = folder.run(&["check", "mistyped.blocks", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!((found.code, &report[0]["sound"]), (1, &serde_json::Value::Bool(false)));
    assert_eq!(report[0]["diagnostics"][0]["code"], "unknown_kind");
    assert_eq!(folder.run(&["check", "mistyped.blocks", "--fix"]).code, 0);
    assert_eq!(folder.read("mistyped.blocks"), GRADE);
}

#[test]
fn what_could_be_better_is_said_and_done() {
    let again = "again: formula\n  expression = \"points >= 50\"\n  points <- input.points\n\n";
    let twice = GRADE
        .replace("grade: if", &format!("{again}grade: if"))
        .replace("yield mark <- \"passed\"", "yield mark <- again.value");
    let twice = twice.replace("yield mark <- \"failed\"", "yield mark <- false").replace("grade: text", "grade: bool");
    let twice = twice.replace("expect grade = \"passed\"", "expect grade = true");
    assert!(twice.contains("again.value"), "{twice}");
    let folder = Folder::with(&[("twice.blocks", &twice)]);
    let quiet = folder.run(&["check", "twice.blocks"]);
    assert!(!quiet.err.contains("repeated_expression"), "{quiet:?}");
    let said = folder.run(&["check", "twice.blocks", "--findings"]);
    assert!(said.code == 0 && said.err.contains("note repeated_expression again: "), "{said:?}");
    let json = folder.run(&["check", "twice.blocks", "--findings", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report[0]["findings"][0]["code"], "repeated_expression");
    assert_eq!(folder.run(&["check", "twice.blocks", "--findings", "--fix"]).code, 0);
    assert!(!folder.read("twice.blocks").contains("again"), "{}", folder.read("twice.blocks"));
    assert_eq!(folder.run(&["test", "twice.blocks"]).code, 0);
}

#[test]
fn a_diff_says_what_changed_and_whether() {
    let changed = GRADE.replace("points >= 50", "points >= 60");
    let folder = Folder::with(&[("a.blocks", GRADE), ("b.blocks", &changed), ("no.blocks", "nothing")]);
    let same = folder.run(&["diff", "a.blocks", "a.blocks"]);
    assert_eq!((same.code, same.out.as_str()), (0, ""));
    let ran = folder.run(&["diff", "a.blocks", "b.blocks"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("passed: formula") && ran.out.contains(r#""points >= 60""#), "{ran:?}");
    let json = folder.run(&["diff", "a.blocks", "b.blocks", "--json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&json.out).unwrap().as_array().unwrap().len() == 1, "{json:?}");
    assert_eq!(folder.run(&["diff", "a.blocks", "no.blocks"]).code, 2);
}

fn git(folder: &Path, arguments: &[&str]) -> Ran {
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    Ran::of(output)
}

/// Both sides change lines that stand next to each other, which git alone calls a conflict.
#[test]
fn git_merges_and_shows_programs_by_meaning() {
    let binary = env!("CARGO_BIN_EXE_agent-lightning");
    let folder = Folder::with(&[("grade.blocks", GRADE), (".gitattributes", "*.blocks merge=blocks diff=blocks\n")]);
    let top = folder.0.path();
    let ok = |arguments: &[&str]| {
        let ran = git(top, arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.out
    };
    ok(&["init", "--quiet"]);
    ok(&["config", "merge.blocks.driver", &format!("{binary} merge-driver %O %A %B %P")]);
    ok(&["config", "diff.blocks.textconv", &format!("{binary} textconv")]);
    ok(&["add", "."]);
    ok(&["commit", "--quiet", "-m", "base"]);
    ok(&["checkout", "--quiet", "-b", "theirs"]);
    std::fs::write(folder.path("grade.blocks"), GRADE.replace("\"passed\"", "\"well done\"")).unwrap();
    ok(&["commit", "--quiet", "-am", "theirs"]);
    ok(&["checkout", "--quiet", "main"]);
    std::fs::write(folder.path("grade.blocks"), GRADE.replace("\"failed\"", "\"try again\"")).unwrap();
    ok(&["commit", "--quiet", "-am", "ours"]);
    ok(&["merge", "--quiet", "-m", "both", "theirs"]);
    let merged = GRADE.replace("\"passed\"", "\"well done\"").replace("\"failed\"", "\"try again\"");
    assert_eq!(folder.read("grade.blocks"), merged);

    ok(&["checkout", "--quiet", "-b", "other"]);
    std::fs::write(folder.path("grade.blocks"), merged.replace("try again", "no")).unwrap();
    ok(&["commit", "--quiet", "-am", "other"]);
    ok(&["checkout", "--quiet", "main"]);
    std::fs::write(folder.path("grade.blocks"), merged.replace("try again", "sorry")).unwrap();
    ok(&["commit", "--quiet", "-am", "against"]);
    let disputed = git(top, &["merge", "--quiet", "other"]);
    assert_eq!(disputed.code, 1);
    let text = folder.read("grade.blocks");
    assert!(text.contains("<<<<<<<") && text.contains("sorry") && text.contains("\"no\""), "{text}");
}

#[test]
fn a_project_is_written_into_an_empty_folder_only() {
    let folder = Folder::with(&[("grade.blocks", GRADE)]);
    let project = ["generate", "grade.blocks", "--language", "python", "--project", "out"];
    assert_eq!(folder.run(&project).code, 0);
    assert!(folder.read("out/README.md").contains("python3 main.py"));
    let refused = folder.run(&project);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--force"), "{refused:?}");
    assert_eq!(folder.run(&[&project[..], &["--force"]].concat()).code, 0);
    let ran = Command::new("python3").args(["main.py", r#"{"points": 3}"#]).current_dir(folder.path("out")).output();
    let outputs: serde_json::Value = serde_json::from_str(&Ran::of(ran.unwrap()).out).unwrap();
    assert_eq!(outputs["grade"], "failed");
}

#[test]
fn a_project_comes_with_what_runs_it_elsewhere_if_asked() {
    let folder = Folder::with(&[("grade.blocks", GRADE)]);
    let project = ["generate", "grade.blocks", "--language", "rust", "--project", "out", "--docker", "--kubernetes"];
    let ran = folder.run(&project);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(folder.read("out/src/lib.rs").contains("pub fn grade("));
    assert!(folder.read("out/Dockerfile").contains("cargo build --release"));
    assert!(folder.read("out/kubernetes.yaml").contains("kind: Job"));
    assert_eq!(folder.run(&["generate", "grade.blocks", "--language", "rust", "--docker"]).code, 2);
}

#[test]
fn a_template_is_a_program_to_begin_with() {
    let folder = Folder::with(&[]);
    let listed = folder.run(&["template"]);
    assert_eq!(listed.out.lines().count(), 20, "{listed:?}");
    let name = listed.out.split_whitespace().next().unwrap();
    std::fs::write(folder.path("new.blocks"), folder.run(&["template", name]).out).unwrap();
    assert_eq!(folder.run(&["format", "new.blocks", "--check"]).code, 0);
    assert_eq!(folder.run(&["test", "new.blocks"]).code, 0);
    assert_eq!(folder.run(&["template", "no-such"]).code, 2);
}

/// Regression: it panicked when the reader had gone.
#[test]
fn output_that_nobody_reads_ends_the_command_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_agent-lightning"))
        .args(["template", "etl-pipeline"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.err, "");
}
