//# seconds_since_epoch
fn seconds_since_epoch() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs() as i64)
}

//# today: seconds_since_epoch date_of_days date_text
/// Today's date in UTC.
fn today() -> String {
    date_of_days(seconds_since_epoch() / 86_400)
        .map(date_text)
        .unwrap_or_default()
}

//# now: seconds_since_epoch today
/// The time now in UTC, such as 2024-02-29T12:00:00Z.
fn now() -> String {
    let seconds = seconds_since_epoch() % 86_400;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}Z", today())
}

//# random_int: invalid_argument
/// A random integer from low to high, both included.
#[track_caller]
fn random_int(low: i64, high: i64) -> Result<i64, Error> {
    if high < low {
        return Err(invalid_argument());
    }
    use std::hash::BuildHasher;
    let state = std::collections::hash_map::RandomState::new();
    let drawn = u128::from(state.hash_one(0)) << 64 | u128::from(state.hash_one(1));
    let count = (i128::from(high) - i128::from(low) + 1) as u128;
    Ok((i128::from(low) + (drawn % count) as i128) as i64)
}

//# wait
fn wait(seconds: f64) {
    let pause = std::time::Duration::try_from_secs_f64(seconds.max(0.0));
    std::thread::sleep(pause.unwrap_or(std::time::Duration::MAX));
}

//# ask: io_error
#[track_caller]
fn ask(question: &str) -> Result<String, Error> {
    println!("{question}");
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(_) => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) => Err(io_error(&error)),
    }
}

//# io_error: Error
#[track_caller]
fn io_error(error: &std::io::Error) -> Error {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => "not_found",
        std::io::ErrorKind::InvalidData => "invalid_argument",
        _ => "file",
    };
    Error::new(code, error.to_string())
}

//# read_file: io_error
#[track_caller]
fn read_file(path: &str) -> Result<String, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) => Err(io_error(&error)),
    }
}

//# write_file: io_error
#[track_caller]
fn write_file(path: &str, text: &str) -> Result<(), Error> {
    if let Some(folder) = std::path::Path::new(path).parent()
        && let Err(error) = std::fs::create_dir_all(folder)
    {
        return Err(io_error(&error));
    }
    match std::fs::write(path, text) {
        Ok(()) => Ok(()),
        Err(error) => Err(io_error(&error)),
    }
}

//# append_file: io_error
#[track_caller]
fn append_file(path: &str, text: &str) -> Result<(), Error> {
    let opened = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path);
    match opened.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) => Err(io_error(&error)),
    }
}

//# list_files: io_error
/// The names in a folder, in order; folders end with a slash.
#[track_caller]
fn list_files(path: &str) -> Result<Vec<String>, Error> {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return Err(io_error(&error)),
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                name + "/"
            } else {
                name
            }
        })
        .collect();
    names.sort();
    Ok(names)
}

//# delete_file: io_error
#[track_caller]
fn delete_file(path: &str) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) => Err(io_error(&error)),
    }
}

//# environment_variable
fn environment_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

//# not_granted: Error
#[track_caller]
fn not_granted() -> Error {
    Error::new("not_granted", "the capability was not granted")
}
