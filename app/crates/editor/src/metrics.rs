//! The measures that the canvas and its style sheet share.
//!
//! Geometry is computed without a browser, so that texts are measured by counting characters. The style sheet must use
//! these sizes (in canvas units: pixels at 100 %) and cut off what is wider:
//!
//! | part | font | counted as |
//! |---|---|---|
//! | title | 13 px, 600 | [`TITLE_CHARACTER`] |
//! | detail (a formula, a value) | 12 px, monospace | [`DETAIL_CHARACTER`] |
//! | port and body names | 11 px | [`PORT_CHARACTER`] |
//!
//! Characters of East Asian scripts and pictures count twice.

/// A character of a title.
pub const TITLE_CHARACTER: f64 = 7.2;
/// A character of a block's detail.
pub const DETAIL_CHARACTER: f64 = 7.2;
/// A character of a port's or body's name.
pub const PORT_CHARACTER: f64 = 6.2;

/// The height of the title of a block.
pub const TITLE: f64 = 30.0;
/// The height of the detail below the title.
pub const DETAIL: f64 = 20.0;
/// The height of a row of ports.
pub const ROW: f64 = 22.0;
/// The height of the name of a body.
pub const BODY_TITLE: f64 = 22.0;
/// The space inside the edges of a block and of a body.
pub const PADDING: f64 = 12.0;
/// The space between the block's icon and its title, the icon included.
pub const ICON: f64 = 24.0;
/// The radius of a port.
pub const PORT: f64 = 6.0;
/// The narrowest block.
pub const MIN_WIDTH: f64 = 140.0;
/// The widest block that is no container.
pub const MAX_WIDTH: f64 = 300.0;
/// The smallest inside of a body.
pub const MIN_BODY: (f64, f64) = (160.0, 48.0);
/// The room that a body keeps free right of and below its blocks, to drop things there.
pub const ROOM: (f64, f64) = (44.0, 26.0);
/// From one column of blocks to the next.
pub const COLUMN_GAP: f64 = 60.0;
/// From one block to the next below.
pub const ROW_GAP: f64 = 20.0;
/// From the program to its functions, and from one function to the next.
pub const ROUTINE_GAP: f64 = 80.0;
/// Around the members of a group.
pub const GROUP_PADDING: f64 = 16.0;
/// What places are rounded to.
pub const GRID: f64 = 10.0;

/// The width of a text of so wide characters.
pub fn text_width(text: &str, character: f64) -> f64 {
    let units: u32 = text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum();
    f64::from(units) * character
}

fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0x1f300..=0x1faff)
}

/// The nearest place on the grid.
pub fn snap(value: f64) -> f64 {
    (value / GRID).round() * GRID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(text_width("ab", 5.0), 10.0);
        assert_eq!(text_width("漢字", 5.0), 20.0);
        assert_eq!(snap(14.9), 10.0);
        assert_eq!(snap(-16.0), -20.0);
    }
}
