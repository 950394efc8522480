//! What is written on a block, and how large that is.

use blocks::catalog;
use blocks::document::{Block, Program};
use blocks::{BlockId, Value, literal};

use crate::metrics::{
    BODY_TITLE, DETAIL, DETAIL_CHARACTER, ICON, MAX_WIDTH, MIN_WIDTH, PADDING, PORT_CHARACTER, ROW, TITLE,
    TITLE_CHARACTER, text_width,
};
use crate::ports;

/// What is written on a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Its kind.
    pub kind: String,
    /// Its title: its own or that of its kind.
    pub title: String,
    /// What it computes or holds, on one line; may be empty.
    pub detail: String,
    /// Its inputs from top to bottom, its carried values last.
    pub inputs: Vec<String>,
    /// How many of the inputs are carried values.
    pub carries: usize,
    /// Its results from top to bottom.
    pub results: Vec<String>,
    /// The blocks that it is a frame around, for a note that is about others.
    pub around: Vec<BlockId>,
    /// Whether the catalog has its kind. Of one that it has not, the results are those that are read.
    pub known: bool,
    /// How wide it is without bodies.
    pub width: f64,
}

/// How many characters of a detail are kept; more do not fit.
const DETAIL_LENGTH: usize = 60;

impl Card {
    pub(super) fn of(program: &Program, block: &Block) -> Self {
        let mut inputs = ports::inputs(program, block);
        inputs.extend(block.carries.iter().map(|carry| carry.name.clone()));
        let mut card = Self {
            kind: block.kind.clone(),
            title: title(block),
            detail: detail(block),
            inputs,
            carries: block.carries.len(),
            results: ports::results(program, block),
            around: around(block),
            known: catalog::find(&block.kind).is_some(),
            width: 0.0,
        };
        card.width = card.measure();
        card
    }

    /// Adds a result that somebody reads of a kind that the catalog does not have.
    pub(super) fn add_result(&mut self, name: &str) {
        if !self.results.iter().any(|have| have == name) {
            self.results.push(name.to_owned());
            self.width = self.measure();
        }
    }

    fn measure(&self) -> f64 {
        let title = ICON + text_width(&self.title, TITLE_CHARACTER) + PADDING;
        let detail = text_width(&self.detail, DETAIL_CHARACTER);
        let widest =
            |names: &[String]| names.iter().map(|name| text_width(name, PORT_CHARACTER)).fold(0.0_f64, f64::max);
        let ports = widest(&self.inputs) + widest(&self.results) + PADDING;
        (title.max(detail).max(ports) + 2.0 * PADDING).clamp(MIN_WIDTH, MAX_WIDTH)
    }

    /// Whether the ports, and the members of a group, are those of another card.
    pub(super) fn has_ports_of(&self, other: &Self) -> bool {
        (&self.inputs, self.carries, &self.results, &self.around)
            == (&other.inputs, other.carries, &other.results, &other.around)
    }

    /// The height of what stands above the bodies.
    pub fn head(&self) -> f64 {
        let rows = self.inputs.len().max(self.results.len()) as f64;
        self.ports_top() + rows * ROW + if rows > 0.0 { PADDING / 2.0 } else { 0.0 }
    }

    /// From the top of the block to its ports.
    pub fn ports_top(&self) -> f64 {
        TITLE + if self.detail.is_empty() { 0.0 } else { DETAIL }
    }

    /// From the top of the block to the middle of a port.
    pub fn port(&self, place: usize) -> f64 {
        self.ports_top() + (place as f64 + 0.5) * ROW
    }
}

/// From the top of a body to the middle of a port at its edge.
pub(super) fn edge_port(place: usize) -> f64 {
    BODY_TITLE + (place as f64 + 0.5) * ROW
}

/// How wide the names at an edge of a body are.
pub(super) fn edge(names: &[String]) -> f64 {
    let widest = names.iter().map(|name| text_width(name, PORT_CHARACTER)).fold(0.0_f64, f64::max);
    if names.is_empty() { PADDING } else { widest + 2.0 * PADDING }
}

fn title(block: &Block) -> String {
    if !block.title.is_empty() {
        return block.title.clone();
    }
    catalog::find(&block.kind).map_or_else(|| block.kind.clone(), |kind| kind.title.clone())
}

fn detail(block: &Block) -> String {
    let text = match block.kind.as_str() {
        "formula" => block.setting("expression").to_owned(),
        "change_variable" => format!("{} = {}", block.setting("variable"), block.setting("expression")),
        "set_variable" | "get_variable" => block.setting("variable").to_owned(),
        "template" | "note" => block.setting("text").to_owned(),
        "constant" => block.config.get("value").map(literal::write).unwrap_or_default(),
        "call" => block.setting("function").to_owned(),
        _ => String::new(),
    };
    one_line(&text)
}

fn one_line(text: &str) -> String {
    let mut line: String = text.chars().take(DETAIL_LENGTH).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(DETAIL_LENGTH).is_some() {
        line.push('…');
    }
    line
}

fn around(block: &Block) -> Vec<BlockId> {
    let members = block.config.get("around").and_then(Value::as_list).unwrap_or_default();
    match block.kind.as_str() {
        "note" => members.iter().filter_map(Value::as_text).map(BlockId::from).collect(),
        _ => Vec::new(),
    }
}
