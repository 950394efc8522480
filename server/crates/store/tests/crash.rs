//! What was acknowledged survives: kills, torn logs, flipped bits, a second process.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A writer in a process of its own.
struct Writer {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    newest: u64,
}

impl Writer {
    fn start(folder: &Path, arguments: &[&str]) -> Result<Self, String> {
        let mut child = Command::new(writer())
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        match lines.next() {
            Some(Ok(line)) if line.starts_with("newest ") => {
                Ok(Self { child, newest: line[7..].parse().unwrap(), lines })
            }
            other => {
                child.wait().unwrap();
                Err(other.map(Result::unwrap).unwrap_or_default())
            }
        }
    }

    /// Lets it write so many tasks and gives the number of the last one.
    fn write(&mut self, count: usize) -> u64 {
        let mut last = self.newest;
        for _ in 0..count {
            let line = self.lines.next().unwrap().unwrap();
            last = line.strip_prefix("ack ").unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        }
        last
    }

    /// Kills it and gives the number of the last task that it acknowledged.
    fn kill(mut self, mut last: u64) -> u64 {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        for line in self.lines.map_while(Result::ok) {
            if let Some(seq) = line.strip_prefix("ack ").and_then(|seq| seq.parse().ok()) {
                last = seq;
            }
        }
        last
    }

    fn close(mut self) {
        self.child.stdin.take().unwrap().write_all(b"\n").unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}

fn writer() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples/writer")
}

fn newest_log(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder.join("database/wal")).unwrap().flatten().map(|file| file.path());
    let logs = files.filter(|path| path.extension().is_some_and(|extension| extension == "wal"));
    logs.filter(|path| path.metadata().unwrap().len() > 0).max().unwrap()
}

#[test]
fn nothing_acknowledged_is_lost_in_fifty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..50 {
        let mut writer = Writer::start(folder.path(), &[]).unwrap();
        assert!(writer.newest >= acknowledged, "{} of {acknowledged} are left", writer.newest);
        // Between no write and some dozens, so that kills hit different moments.
        let last = writer.write(round * 7 % 40);
        acknowledged = writer.kill(last);
    }
    let writer = Writer::start(folder.path(), &[]).unwrap();
    assert!(writer.newest >= acknowledged);
    writer.close();
}

#[test]
fn a_torn_log_loses_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for torn in (1..=1000).step_by(41) {
        let mut writer = Writer::start(folder.path(), &[]).unwrap();
        assert!(writer.newest >= acknowledged, "{} of {acknowledged} are left", writer.newest);
        let last = writer.write(30);
        acknowledged = writer.kill(last);
        // A record that was being written when the power went: it starts like any record and breaks off.
        let log = newest_log(folder.path());
        let start = std::fs::read(&log).unwrap()[..torn].to_vec();
        OpenOptions::new().append(true).open(&log).unwrap().write_all(&start).unwrap();
    }
    let writer = Writer::start(folder.path(), &[]).unwrap();
    assert!(writer.newest >= acknowledged);
    writer.close();
}

#[test]
fn a_log_that_lost_its_end_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::start(folder.path(), &[]).unwrap();
    let last = writer.write(30);
    let acknowledged = writer.kill(last);
    let log = newest_log(folder.path());
    let file = OpenOptions::new().write(true).open(&log).unwrap();
    file.set_len(file.metadata().unwrap().len() - 700).unwrap();
    let refused = Writer::start(folder.path(), &[]).err().unwrap();
    assert!(refused.contains("lacks events") && refused.contains(&format!("to {acknowledged}")), "{refused}");
    // Accepted once, it goes on, and what is written from then on stays.
    let mut writer = Writer::start(folder.path(), &["--accept-loss"]).unwrap();
    let last = writer.write(20);
    let acknowledged = writer.kill(last);
    let writer = Writer::start(folder.path(), &[]).unwrap();
    assert!(writer.newest >= acknowledged);
    writer.close();
}

/// The files of a kind in a data folder, by a part of their path.
fn files_of(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().to_string_lossy().contains(kind) && entry.metadata().unwrap().len() > 0 {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_flipped_bit_is_never_a_silently_shorter_history() {
    // A start on damaged files can take seconds: `FLIPPED_PLACES=20` tries the whole bar, in about eight minutes.
    let places = std::env::var("FLIPPED_PLACES").ok().and_then(|places| places.parse().ok()).unwrap_or(4);
    let original = tempfile::tempdir().unwrap();
    // A session that was closed leaves tables and a manifest, one that was killed leaves a log.
    let mut writer = Writer::start(original.path(), &[]).unwrap();
    writer.write(40);
    writer.close();
    let mut writer = Writer::start(original.path(), &[]).unwrap();
    let last = writer.write(40);
    let acknowledged = writer.kill(last);
    for kind in [".wal", ".sst", ".manifest", "watermark"] {
        assert!(!files_of(original.path(), kind).is_empty(), "there is no {kind}");
        for place in 0..places {
            let folder = tempfile::tempdir().unwrap();
            copy(original.path(), folder.path());
            let files = files_of(folder.path(), kind);
            let file = &files[place % files.len()];
            let mut bytes = std::fs::read(file).unwrap();
            let at = (bytes.len() - 1) * place / (places - 1);
            bytes[at] ^= 0x10;
            std::fs::write(file, bytes).unwrap();
            // Whoever starts is refused with a reason, or told of all that was acknowledged.
            match Writer::start(folder.path(), &[]) {
                Ok(writer) => {
                    assert!(writer.newest >= acknowledged, "{kind} {place}: {} of {acknowledged}", writer.newest);
                    writer.kill(0);
                }
                Err(refused) => assert!(refused.starts_with("refused "), "{kind} {place}: {refused:?}"),
            }
        }
    }
}

#[test]
fn a_second_process_is_told_and_the_first_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Writer::start(folder.path(), &[]).unwrap();
    let refused = Writer::start(folder.path(), &[]).err().unwrap();
    assert!(refused.contains("in use by another process"), "{refused}");
    first.newest = first.write(5);
    first.close();
    Writer::start(folder.path(), &[]).unwrap().close();
}

#[test]
fn a_first_start_that_is_killed_leaves_nothing_broken() {
    for delay in (0..500).step_by(10) {
        let folder = tempfile::tempdir().unwrap();
        let mut child =
            Command::new(writer()).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        Writer::start(folder.path(), &[])
            .unwrap_or_else(|refused| panic!("killed after {delay} ms: {refused}"))
            .close();
    }
}

/// What the writer printed in three runs on a small disk.
struct OnASmallDisk {
    filling: Vec<String>,
    full: Vec<String>,
    freed: Vec<String>,
}

/// Runs the writer on a file system of 64 MiB with so much space: until an error, once more, and after space was freed.
/// `None` where this machine lets nobody mount one.
fn on_a_small_disk(space_mib: u32, min_free: u64) -> Option<OnASmallDisk> {
    const SCRIPT: &str = r#"mount -t tmpfs -o size=64m tmpfs "$1" && head -c "$3" /dev/zero > "$1/filler" || exit 77
        "$2" "$1/data"; echo "ended $?"; "$2" "$1/data"; echo "ended $?"
        rm "$1/filler"; "$2" "$1/data"; echo "ended $?""#;
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new("unshare")
        .args(["-rm", "sh", "-c", SCRIPT, "sh"])
        .args([folder.path(), &writer()])
        .arg(format!("{}M", 64 - space_mib))
        .env("MIN_FREE", min_free.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).peekable();
    if lines.peek().is_none() {
        eprintln!("not tried: no small file system can be mounted here");
        return None;
    }
    let mut session = |enough: fn(&[String]) -> bool| {
        let (mut printed, mut told) = (Vec::new(), false);
        for line in lines.by_ref() {
            let ended = line.starts_with("ended ");
            printed.push(line);
            if ended {
                break;
            }
            if !told && enough(&printed) {
                input.write_all(b"\n").unwrap();
                told = true;
            }
        }
        printed
    };
    let filling = session(|printed| printed.last().is_some_and(|line| line.starts_with("error ")));
    let full = session(|_| true);
    let freed = session(|printed| printed.len() > 20);
    child.wait().unwrap();
    Some(OnASmallDisk { filling, full, freed })
}

/// The number in the last line that starts with a word.
fn last_number(printed: &[String], word: &str) -> u64 {
    let mut numbers = printed.iter().filter_map(|line| line.strip_prefix(word)?.trim().parse().ok());
    numbers.next_back().unwrap_or_else(|| panic!("no {word} in {printed:?}"))
}

#[test]
fn a_full_disk_loses_nothing_and_needs_no_repair() {
    let Some(disk) = on_a_small_disk(6, 0) else { return };
    let acknowledged = last_number(&disk.filling, "ack ");
    let said = &disk.full[0];
    assert!(said.starts_with("newest ") || said.contains("is full"), "{said}");
    assert!(last_number(&disk.freed[..1], "newest ") >= acknowledged);
    assert!(last_number(&disk.freed, "ack ") > acknowledged);
    assert_eq!(disk.freed.last().map(String::as_str), Some("ended 0"));
}

#[test]
fn writes_are_refused_before_the_disk_is_full() {
    let Some(disk) = on_a_small_disk(20, 16 << 20) else { return };
    let refused = disk.filling.iter().find(|line| line.starts_with("error ")).unwrap();
    assert!(refused.contains("free"), "{refused}");
    assert_eq!(disk.filling.last().map(String::as_str), Some("ended 0"), "the engine never met the full disk");
    let acknowledged = last_number(&disk.filling, "ack ");
    assert!(last_number(&disk.freed[..1], "newest ") >= acknowledged);
    assert!(last_number(&disk.freed, "ack ") > acknowledged);
}
