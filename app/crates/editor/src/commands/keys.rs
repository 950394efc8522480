//! Keys to commands.

use super::{Command, Entry, table};
use crate::changes::Changes;
use crate::editor::Editor;
use crate::gestures::Gesture;
use crate::messages::KeyPress;

impl Entry {
    /// The command of a key; a view keeps the browser from doing something else with it.
    pub fn for_key(pressed: &KeyPress) -> Option<&'static Self> {
        table().iter().find(|entry| entry.has(pressed))
    }

    /// Whether keys are those of the command.
    pub fn has(&self, pressed: &KeyPress) -> bool {
        self.keys.split(' ').filter(|keys| !keys.is_empty()).any(|keys| matches(keys, pressed))
    }
}

fn matches(keys: &str, pressed: &KeyPress) -> bool {
    // `Mod++` is the key `+`.
    let (modifiers, key) = match keys.strip_suffix("++") {
        Some(modifiers) => (modifiers, "+"),
        None => keys.rsplit_once('+').unwrap_or(("", keys)),
    };
    let has = |name: &str| modifiers.split('+').any(|modifier| modifier == name);
    let held = pressed.modifiers;
    key.eq_ignore_ascii_case(&pressed.key)
        && has("Mod") == held.command()
        && has("Alt") == held.alt
        && (has("Shift") == held.shift || (key == "+" && has("Mod")))
}

impl Editor {
    pub(crate) fn key(&mut self, pressed: &KeyPress) -> Changes {
        if matches!(self.gesture, Gesture::Drag(_) | Gesture::Wire(_) | Gesture::Frame(_)) {
            return if pressed.key == "Escape" { self.cancel() } else { Changes::default() };
        }
        if let (Gesture::Pick(_), Some(command)) = (&self.gesture, stepping(&pressed.key)) {
            return self.command(command);
        }
        match Entry::for_key(pressed) {
            // Enter means something only while a wire is chosen; otherwise it opens the title.
            Some(entry) if entry.name == "confirm" && !matches!(self.gesture, Gesture::Pick(_)) => {
                self.command(Command::Title(None))
            }
            Some(entry) => self.command((entry.make)()),
            None => Changes::default(),
        }
    }
}

/// While a wire is chosen, arrows step through the ports. Tab is left to the browser everywhere, so that the keyboard
/// gets out of the canvas again.
fn stepping(key: &str) -> Option<Command> {
    match key {
        "ArrowDown" | "ArrowRight" => Some(Command::NextInput),
        "ArrowUp" | "ArrowLeft" => Some(Command::PreviousInput),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Modifiers;

    #[test]
    fn keys_mean_one_command_each() {
        let mut seen: Vec<&str> = Vec::new();
        for keys in table().iter().flat_map(|entry| entry.keys.split(' ')).filter(|keys| !keys.is_empty()) {
            assert!(!seen.contains(&keys), "{keys} twice");
            seen.push(keys);
        }
    }

    #[test]
    fn names_and_labels_are_unique() {
        let mut names: Vec<&str> = table().iter().flat_map(|entry| [entry.name, entry.label]).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn modifiers_count() {
        let undo = Entry::named("undo").unwrap();
        let redo = Entry::named("redo").unwrap();
        let shifted =
            KeyPress { key: "Z".to_owned(), modifiers: Modifiers { shift: true, meta: true, ..Modifiers::default() } };
        assert!(undo.has(&KeyPress::ctrl("z")) && !undo.has(&KeyPress::plain("z")) && !undo.has(&shifted));
        assert!(redo.has(&shifted) && redo.has(&KeyPress::ctrl("y")));
        assert!(Entry::named("zoom_in").unwrap().has(&KeyPress::ctrl("+")));
    }
}
