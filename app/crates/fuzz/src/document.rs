//! The readers: documents, literals, JSON and types.

use blocks::{Program, Value, json, literal, text, types};
use serde_json::Value as Json;

/// Reading what was written gives the same; JSON is read as everybody reads it.
///
/// # Panics
/// Where that does not hold.
pub fn document(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    type_reads_back(source);
    literal_reads_back(source);
    json_reads_as_elsewhere(source);
    if let Ok(program) = text::read(source) {
        program_reads_back(&program);
    }
    // The stored form says more than the text can: names that are none, bodies too deep.
    if let Ok(program) = serde_json::from_str::<Program>(source) {
        blocks::check(&program);
        let _ = text::read(&text::write(&program));
    }
}

fn program_reads_back(program: &Program) {
    let written = text::write(program);
    let again = text::read(&written).unwrap_or_else(|problems| panic!("{problems:?}\n{written}"));
    assert_eq!(text::write(&again), written, "the text is not canonical");
    let stored = serde_json::to_string(program).expect("a program is data");
    if let Ok(restored) = serde_json::from_str::<Program>(&stored) {
        assert_eq!(text::write(&restored), written, "the stored form is another program");
    }
}

fn type_reads_back(source: &str) {
    if let Ok(ty) = types::read(source) {
        let written = ty.to_string();
        assert_eq!(types::read(&written).map(|again| again.to_string()), Ok(written));
        assert!(ty.fits(&ty), "{ty} does not fit itself");
    }
}

fn literal_reads_back(source: &str) {
    if let Ok(value) = literal::read(source) {
        let written = literal::write(&value);
        let again = literal::read(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
        assert_eq!(literal::write(&again), written);
    }
}

fn json_reads_as_elsewhere(source: &str) {
    // How deep is too deep differs.
    let brackets = source.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if brackets > 100 {
        let _ = json::read(source);
        return;
    }
    match (json::read(source), serde_json::from_str::<Json>(source)) {
        (Ok(ours), Ok(theirs)) => {
            assert!(is_same(&ours, &theirs), "{ours} is not {theirs}");
            let written = json::write(&ours, None).expect("JSON can say what JSON said");
            assert_eq!(json::read(&written).map(|again| literal::write(&again)), Ok(literal::write(&ours)));
        }
        (ours, theirs) => assert_eq!(ours.is_ok(), theirs.is_ok(), "{ours:?}, {theirs:?}: {source:?}"),
    }
}

fn is_same(ours: &Value, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Value::None, Json::Null) => true,
        (Value::Bool(ours), Json::Bool(theirs)) => ours == theirs,
        (Value::Text(ours), Json::String(theirs)) => **ours == *theirs,
        (Value::List(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Value::Map(ours), Json::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| ours.0 == theirs.0 && is_same(ours.1, theirs.1))
        }
        (Value::Int(_) | Value::Big(_) | Value::Number(_), Json::Number(_)) => true,
        _ => false,
    }
}
