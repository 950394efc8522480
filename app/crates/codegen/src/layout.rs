//! Lines from documents: text with the places where it may be broken.
//!
//! The algorithm is the one that `prettier` and `ruff format` share: a group stands on one line if it fits and is broken
//! at its own line ends, not those of the groups inside, if it does not.

use blocks::BlockId;

/// Text with places where lines may end.
#[derive(Clone, Debug)]
pub(crate) enum Doc {
    Text(String),
    Concat(Vec<Doc>),
    /// Nothing in a flat group, a line end in a broken one.
    SoftLine,
    /// A space in a flat group, a line end in a broken one.
    Line,
    Indent(Box<Doc>),
    Group(Box<Doc>),
    /// A group that is broken in any case.
    Broken(Box<Doc>),
    /// One thing in a broken group, another in a flat one.
    IfBroken(Box<Doc>, Box<Doc>),
    /// Items with separators between them; each separator is broken only where the next item does not fit.
    Fill(Vec<Doc>),
    /// The first of several layouts that fits; the last if none does.
    FirstFit(Vec<Doc>),
    /// A value after its `=`: on the next line if its first part does not fit behind it.
    After(Box<Doc>),
    /// What a block of the program became.
    Mark(BlockId, Box<Doc>),
    EndMark,
}

impl Doc {
    /// Whether it has a group that is broken in any case, so that those around it are.
    fn is_broken(&self) -> bool {
        match self {
            Self::Broken(_) => true,
            Self::Concat(parts) | Self::Fill(parts) => parts.iter().any(Self::is_broken),
            Self::Indent(inner) | Self::Group(inner) | Self::After(inner) | Self::Mark(_, inner) => inner.is_broken(),
            Self::FirstFit(states) => states.first().is_some_and(Self::is_broken),
            _ => false,
        }
    }
}

pub(crate) fn text(text: impl Into<String>) -> Doc {
    Doc::Text(text.into())
}

pub(crate) fn concat(parts: impl IntoIterator<Item = Doc>) -> Doc {
    Doc::Concat(parts.into_iter().collect())
}

pub(crate) fn group(doc: Doc) -> Doc {
    Doc::Group(Box::new(doc))
}

pub(crate) fn indent(doc: Doc) -> Doc {
    Doc::Indent(Box::new(doc))
}

pub(crate) fn if_broken(broken: Doc, flat: Doc) -> Doc {
    Doc::IfBroken(Box::new(broken), Box::new(flat))
}

/// The head of a function: its parameters are broken before its result is.
pub(crate) fn head(start: Doc, parameters: Doc, end: Doc, style: Style) -> Vec<Line> {
    let whole = concat([start.clone(), parameters.clone(), end.clone()]);
    let parameters = match parameters {
        Doc::Group(inner) if width(&flat(&whole)) > style.width => Doc::Broken(inner),
        other => other,
    };
    lay_out(&concat([start, parameters, end]), 0, style)
}

/// Parts with a separator between them.
pub(crate) fn join(parts: impl IntoIterator<Item = Doc>, separator: &Doc) -> Doc {
    let mut joined = Vec::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push(separator.clone());
        }
        joined.push(part);
    }
    Doc::Concat(joined)
}

/// A line of generated code, and the blocks whose code stands in it, innermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) blocks: Vec<BlockId>,
}

/// How wide lines are and how far they are indented.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) width: usize,
    pub(crate) indent: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flat,
    Broken,
}

type Command<'a> = (usize, Mode, &'a Doc);

/// Lays a document out, its first line indented by `depth` steps.
pub(crate) fn lay_out(doc: &Doc, depth: usize, style: Style) -> Vec<Line> {
    let mut printer = Printer { style, lines: vec![Line::default()], column: 0, marks: Vec::new() };
    printer.push(&" ".repeat(depth * style.indent));
    printer.print(depth * style.indent, doc);
    printer.lines
}

/// The document on one line.
pub(crate) fn flat(doc: &Doc) -> String {
    let lines = lay_out(&group(doc.clone()), 0, Style { width: usize::MAX, indent: 0 });
    lines.into_iter().map(|line| line.text).collect()
}

struct Printer {
    style: Style,
    lines: Vec<Line>,
    column: usize,
    marks: Vec<BlockId>,
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.column += width(text);
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
            if !text.trim().is_empty() {
                for mark in self.marks.iter().rev() {
                    if !line.blocks.contains(mark) {
                        line.blocks.push(mark.clone());
                    }
                }
            }
        }
    }

    fn new_line(&mut self, indent: usize) {
        if let Some(line) = self.lines.last_mut() {
            line.text.truncate(line.text.trim_end().len());
        }
        self.lines.push(Line::default());
        self.column = 0;
        self.push(&" ".repeat(indent));
    }

    fn print(&mut self, depth: usize, doc: &Doc) {
        let mut stack: Vec<Command<'_>> = vec![(depth, Mode::Broken, doc)];
        while let Some((depth, mode, doc)) = stack.pop() {
            match doc {
                Doc::Text(text) => self.push(text),
                Doc::Concat(parts) => stack.extend(parts.iter().rev().map(|part| (depth, mode, part))),
                Doc::SoftLine | Doc::Line if mode == Mode::Broken => self.new_line(depth),
                Doc::SoftLine => {}
                Doc::Line => self.push(" "),
                Doc::Indent(inner) => stack.push((depth + self.style.indent, mode, inner)),
                Doc::Broken(inner) => stack.push((depth, Mode::Broken, inner)),
                Doc::Group(inner) => {
                    let fits = || !inner.is_broken() && self.fits((depth, Mode::Flat, inner), &stack);
                    let flat = mode == Mode::Flat || fits();
                    stack.push((depth, if flat { Mode::Flat } else { Mode::Broken }, inner));
                }
                Doc::IfBroken(broken, flat) => {
                    stack.push((depth, mode, if mode == Mode::Broken { broken } else { flat }));
                }
                Doc::Fill(parts) => self.fill(parts, depth, mode),
                Doc::FirstFit(states) => stack.push(self.first_fit(states, depth, mode, &stack)),
                Doc::After(inner) => self.after(inner, depth, mode, &mut stack),
                Doc::Mark(block, inner) => {
                    self.marks.push(block.clone());
                    stack.push((depth, mode, &Doc::EndMark));
                    stack.push((depth, mode, inner));
                }
                Doc::EndMark => {
                    self.marks.pop();
                }
            }
        }
    }

    fn after<'a>(&mut self, inner: &'a Doc, depth: usize, mode: Mode, stack: &mut Vec<Command<'a>>) {
        let deeper = depth + self.style.indent;
        // What follows the `=` may itself be broken; only its start must fit.
        self.column += 1;
        let fits = mode == Mode::Flat || self.fits((depth, Mode::Broken, inner), stack);
        self.column -= 1;
        if fits {
            self.push(" ");
            stack.push((depth, mode, inner));
        } else {
            self.new_line(deeper);
            stack.push((deeper, mode, inner));
        }
    }

    fn first_fit<'a>(&self, states: &'a [Doc], depth: usize, mode: Mode, rest: &[Command<'a>]) -> Command<'a> {
        if mode == Mode::Flat {
            return (depth, Mode::Flat, &states[0]);
        }
        for (place, state) in states.iter().enumerate() {
            let state_mode = if place == 0 { Mode::Flat } else { Mode::Broken };
            if place + 1 == states.len() || self.fits((depth, state_mode, state), rest) {
                return (depth, state_mode, state);
            }
        }
        (depth, mode, &states[0])
    }

    fn fill(&mut self, parts: &[Doc], depth: usize, mode: Mode) {
        for (place, part) in parts.iter().enumerate() {
            if place % 2 == 0 {
                self.push(&flat(part));
                continue;
            }
            let next = parts.get(place + 1).map_or(0, |next| width(&flat(next)));
            let end = usize::from(place + 2 < parts.len());
            let separator = flat(part);
            self.push(separator.trim_end());
            if mode == Mode::Broken && self.column + 1 + next + end > self.style.width {
                self.new_line(depth);
            } else {
                self.push(" ");
            }
        }
    }

    /// Whether a command fits on the rest of the line, up to the first line end that it or what follows may have.
    fn fits(&self, next: Command<'_>, rest: &[Command<'_>]) -> bool {
        let Some(mut left) = self.style.width.checked_sub(self.column) else { return false };
        let mut stack = vec![(next.1, next.2)];
        let mut following = rest.iter().rev();
        loop {
            let Some((mode, doc)) = stack.pop().or_else(|| following.next().map(|(_, mode, doc)| (*mode, *doc))) else {
                return true;
            };
            match doc {
                Doc::Text(text) => match left.checked_sub(width(text)) {
                    Some(rest) => left = rest,
                    None => return false,
                },
                Doc::Concat(parts) => stack.extend(parts.iter().rev().map(|part| (mode, part))),
                Doc::Fill(parts) => stack.extend(parts.iter().rev().map(|part| (mode, part))),
                Doc::SoftLine | Doc::Line if mode == Mode::Broken => return true,
                Doc::SoftLine | Doc::EndMark => {}
                Doc::Line => match left.checked_sub(1) {
                    Some(rest) => left = rest,
                    None => return false,
                },
                Doc::Indent(inner) | Doc::Mark(_, inner) | Doc::Group(inner) => stack.push((mode, inner)),
                Doc::After(inner) => match left.checked_sub(1) {
                    Some(rest) => {
                        left = rest;
                        stack.push((mode, inner));
                    }
                    None => return false,
                },
                Doc::Broken(inner) => stack.push((Mode::Broken, inner)),
                Doc::IfBroken(broken, flat) => stack.push((mode, if mode == Mode::Broken { broken } else { flat })),
                Doc::FirstFit(states) => {
                    let state = if mode == Mode::Broken { states.last() } else { states.first() };
                    stack.extend(state.map(|state| (mode, state)));
                }
            }
        }
    }
}

/// How many columns a text takes: wide characters take two, combining marks none.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> usize {
    match character as u32 {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 => 2,
        0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1faff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
