//# csv_separator: invalid_argument
#[track_caller]
fn csv_separator(text: &str) -> Result<char, Error> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(separator), None) if !matches!(separator, '"' | '\n' | '\r') => Ok(separator),
        _ => Err(invalid_argument()),
    }
}

//# parse_csv: csv_separator invalid_argument
/// The rows of a CSV text; a doubled quote inside quotes stands for one, empty lines are passed over.
#[track_caller]
fn parse_csv(text: &str, separator: &str) -> Result<Vec<Vec<String>>, Error> {
    let separator = csv_separator(separator)?;
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut was_quoted) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() && !was_quoted => (quoted, was_quoted) = (true, true),
            _ if quoted => field.push(character),
            _ if character == separator => {
                row.push(std::mem::take(&mut field));
                was_quoted = false;
            }
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => {
                if !row.is_empty() || !field.is_empty() || was_quoted {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                was_quoted = false;
            }
            _ => field.push(character),
        }
    }
    if quoted {
        return Err(invalid_argument());
    }
    if !row.is_empty() || !field.is_empty() || was_quoted {
        row.push(field);
        rows.push(row);
    }
    Ok(rows)
}

//# to_csv: csv_separator
#[track_caller]
fn to_csv(rows: &[Vec<String>], separator: &str) -> Result<String, Error> {
    let separator = csv_separator(separator)?;
    let mut out = String::new();
    for row in rows {
        for (index, field) in row.iter().enumerate() {
            if index > 0 {
                out.push(separator);
            }
            // A lone empty field is quoted, as an empty line would be no row.
            let lone = row.len() == 1 && field.is_empty();
            if lone || field.contains([separator, '"', '\n', '\r']) {
                out.push_str(&format!("\"{}\"", field.replace('"', "\"\"")));
            } else {
                out.push_str(field);
            }
        }
        out.push('\n');
    }
    Ok(out)
}
