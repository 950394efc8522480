//! Each line of generated code says which blocks stand in it, so that a trace leads back to the block that failed.

use std::process::Command;

use codegen::{MappedFile, Target};

const PROGRAM: &str = r#"program 1 "Traced"
input items: list<int> = [4, 0]
output shares: list<int> <- shares.items
output sizes: int <- size.value

size: len
  value <- input.items

shares: map "What each item gets"
  items <- input.items
  body:
    remark: note
      text = "The second item is zero."
    share: formula
      expression = "12 // item"
      item <- shares.item
    yield value <- share.value
"#;

fn mapped(target: Target) -> MappedFile {
    let program = blocks::text::read(PROGRAM).unwrap();
    let plan = blocks::check(&program).plan.unwrap();
    codegen::generate_mapped(&program, &plan, target).swap_remove(0)
}

/// The innermost block of a line, counted from 1.
fn block(file: &MappedFile, line: usize) -> Option<&str> {
    file.lines[line - 1].first().map(blocks::BlockId::as_str)
}

/// The first line of the file that a trace names whose line has a block.
fn traced(trace: &str, file: &MappedFile, mark: &str, innermost_last: bool) -> Option<String> {
    let number = |line: &str| {
        let (_, rest) = line.split_once(mark)?;
        rest.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse::<usize>().ok()
    };
    let mut places: Vec<usize> = trace.lines().filter_map(number).collect();
    if innermost_last {
        places.reverse();
    }
    places.into_iter().find_map(|place| block(file, place).map(str::to_owned))
}

fn trace(program: &str, arguments: &[&str], file: &MappedFile) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("package.json"), "{ \"type\": \"module\" }\n").unwrap();
    std::fs::write(folder.path().join(&file.file.path), &file.file.content).unwrap();
    let output = Command::new(program).args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_trace_of_python_leads_to_the_block() {
    let file = mapped(Target::Python);
    let trace = trace("python3", &["-c", "import traced; traced.traced()"], &file);
    assert_eq!(traced(&trace, &file, "traced.py\", line ", true).as_deref(), Some("share"), "{trace}");
}

#[test]
fn a_trace_of_javascript_leads_to_the_block() {
    let file = mapped(Target::JavaScript);
    let trace = trace("node", &["--input-type=module", "-e", "import { traced } from './traced.js'; traced();"], &file);
    assert_eq!(traced(&trace, &file, "traced.js:", false).as_deref(), Some("share"), "{trace}");
}

#[test]
fn every_line_of_the_file_has_an_entry() {
    for target in Target::ALL {
        let file = mapped(target);
        assert_eq!(file.file.content.lines().count(), file.lines.len());
        // In Rust it is read where it is returned.
        let mark = if target == Target::Rust { "items.len()" } else { "size =" };
        let size = file.file.content.lines().position(|line| line.contains(mark)).unwrap();
        assert_eq!(block(&file, size + 1), Some("size"));
        assert!(file.lines.iter().any(|blocks| blocks.iter().map(blocks::BlockId::as_str).eq(["share", "shares"])));
    }
}
