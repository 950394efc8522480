//! Helpers that generated code brings along, only those that it needs.
//!
//! Their sources are the files of this folder: `//# name: others` begins a helper and names those that it calls.
//! Methods of `Map`, which are indented, come together in one `impl`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use blocks::Type;
use blocks::plan::Routine;

use super::layout;
use super::literals::quote;
use super::module::calls;
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::{Types, field_name};

const SOURCES: [&str; 13] = [
    include_str!("helpers/errors.rs"),
    include_str!("helpers/maps.rs"),
    include_str!("helpers/json.rs"),
    include_str!("helpers/yaml.rs"),
    include_str!("helpers/literals.rs"),
    include_str!("helpers/integers.rs"),
    include_str!("helpers/numbers.rs"),
    include_str!("helpers/texts.rs"),
    include_str!("helpers/lists.rs"),
    include_str!("helpers/csv.rs"),
    include_str!("helpers/encodings.rs"),
    include_str!("helpers/hashes.rs"),
    include_str!("helpers/dates.rs"),
];
const EFFECTS: &str = include_str!("helpers/effects.rs");
const COMMAND: &str = include_str!("helpers/command.rs");

/// A helper.
#[derive(Debug)]
pub(crate) struct Helper {
    pub(crate) name: &'static str,
    pub(crate) needs: Vec<&'static str>,
    pub(crate) source: &'static str,
}

/// All helpers, in the order in which they are written.
pub(crate) fn all() -> &'static [Helper] {
    static ALL: OnceLock<Vec<Helper>> = OnceLock::new();
    ALL.get_or_init(|| SOURCES.into_iter().chain([EFFECTS]).flat_map(read).collect())
}

/// What a command reads and prints JSON with, in the order in which it is written; its names are its own.
pub(crate) fn of_command() -> &'static [Helper] {
    static ALL: OnceLock<Vec<Helper>> = OnceLock::new();
    ALL.get_or_init(|| read(COMMAND).collect())
}

fn read(file: &'static str) -> impl Iterator<Item = Helper> {
    file.split("//# ").skip(1).filter_map(|chunk| {
        let (head, source) = chunk.split_once('\n')?;
        let (name, needs) = head.split_once(": ").unwrap_or((head, ""));
        Some(Helper { name: name.trim(), needs: needs.split_whitespace().collect(), source: source.trim_end() })
    })
}

/// What a module needs besides its own functions.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    needed: BTreeSet<&'static str>,
    /// From one type to another, by `From`.
    conversions: Vec<(Type, Type, String)>,
    /// What nobody answers yet.
    effects: BTreeMap<&'static str, String>,
    /// Records that are written as text.
    written: Vec<Type>,
}

impl Needs {
    /// Brings a helper along, and those that it calls.
    pub(crate) fn need(&mut self, name: &'static str) {
        if !self.needed.insert(name) {
            return;
        }
        if let Some(helper) = all().iter().find(|helper| helper.name == name) {
            helper.needs.iter().for_each(|other| self.need(other));
        }
    }

    /// Values of this type become json.
    pub(crate) fn json_from(&mut self, ty: &Type, types: &mut Types) {
        self.need("Json");
        match ty {
            Type::Json => {}
            Type::None => self.need("Json::none"),
            Type::Unknown | Type::Parameter(_) => self.need("Json::unknown"),
            Type::Bool => self.need("Json::bool"),
            Type::Int => self.need("Json::int"),
            Type::Number => self.need("Json::number"),
            Type::Text => self.need("Json::text"),
            Type::List(item) => {
                self.need("Json::list");
                self.json_from(item, types);
            }
            Type::Map(item) => {
                self.need("Json::map");
                self.json_from(item, types);
            }
            Type::Optional(inner) => {
                self.need("Json::optional");
                self.json_from(inner, types);
            }
            Type::Record(fields) => {
                self.need("Map::from");
                if self.convert(ty, &Type::Json) {
                    let code = super::convert::json_conversion(fields, types);
                    self.converted(ty, &Type::Json, code);
                }
                fields.iter().for_each(|(_, field)| self.json_from(field, types));
            }
        }
    }

    /// Values of this type are written as text.
    pub(crate) fn literal_of(&mut self, ty: &Type) {
        match ty {
            Type::Json => self.need("Literal::json"),
            Type::None => self.need("Literal::none"),
            Type::Unknown | Type::Parameter(_) => self.need("Literal::unknown"),
            Type::Bool => self.need("Literal::bool"),
            Type::Int => self.need("Literal::int"),
            Type::Number => self.need("Literal::number"),
            Type::Text => self.need("Literal::text"),
            Type::List(item) => {
                self.need("Literal::list");
                self.literal_of(item);
            }
            Type::Map(item) => {
                self.need("Literal::map");
                self.literal_of(item);
            }
            Type::Optional(inner) => {
                self.need("Literal::optional");
                self.literal_of(inner);
            }
            Type::Record(fields) => {
                self.need("write_entries");
                if !self.written.contains(ty) {
                    self.written.push(ty.clone());
                }
                fields.iter().for_each(|(_, field)| self.literal_of(field));
            }
        }
    }

    /// Values of a record type become another type; whether that is new, and its code still to be told.
    pub(crate) fn convert(&mut self, from: &Type, to: &Type) -> bool {
        let known = self.conversions.iter().any(|(a, b, _)| a == from && b == to);
        if !known {
            self.conversions.push((from.clone(), to.clone(), String::new()));
        }
        !known
    }

    /// The code of a conversion.
    pub(crate) fn converted(&mut self, from: &Type, to: &Type, code: String) {
        if let Some(own) = self.conversions.iter_mut().find(|(a, b, _)| a == from && b == to) {
            own.2 = code;
        }
    }

    /// A function that the owner of the code fills in.
    pub(crate) fn effect(&mut self, name: &'static str, code: String) {
        self.need("not_granted");
        self.effects.insert(name, code);
    }

    /// Types that the program's own function takes or gives can be made and read by those who call it.
    pub(crate) fn public_types(&mut self, main: &Routine) {
        let types = main.inputs.iter().map(|input| &input.ty).chain(main.outputs.iter().map(|output| &output.ty));
        for ty in types {
            self.public_type(ty);
        }
    }

    fn public_map(&mut self) {
        ["Map::get", "Map::iter", "Map::from"].into_iter().for_each(|name| self.need(name));
    }

    fn public_type(&mut self, ty: &Type) {
        match ty {
            Type::Map(item) => {
                self.public_map();
                self.public_type(item);
            }
            Type::Json => {
                self.need("Json");
                self.public_map();
            }
            Type::List(item) | Type::Optional(item) => self.public_type(item),
            Type::Record(fields) => fields.iter().for_each(|(_, field)| self.public_type(field)),
            _ => {}
        }
    }

    /// Drops what code has turned out not to call, and gives the rest as code.
    pub(crate) fn settle(&mut self, code: &str, types: &mut Types) -> Vec<String> {
        let own = self.own_code(types);
        let text = format!("{code}\n{}\n{}", own.join("\n"), types.code().join("\n"));
        let roots: Vec<&'static str> = self
            .needed
            .iter()
            .copied()
            .filter(|name| {
                name.contains("::") && is_told(name)
                    || calls(&text, name.split("::").next().unwrap_or(name)) && !name.contains("::")
            })
            .collect();
        self.needed.clear();
        // A field may be of a type of which there is never a value.
        for name in ["Json", "Map"] {
            if calls(&text, name) {
                self.need(name);
            }
        }
        roots.into_iter().for_each(|name| self.need(name));
        let methods: Vec<&str> = self.chosen().filter(|source| source.starts_with("    ")).collect();
        let mut parts = Vec::new();
        let mut own = Some(own);
        for helper in all().iter().filter(|helper| self.needed.contains(helper.name)) {
            if helper.name == "add" || helper.name == "Literal" {
                parts.extend(own.take().into_iter().flatten());
            }
            if !helper.source.starts_with("    ") {
                parts.push(format!("{}\n", helper.source));
            }
            if helper.name == "Map" {
                parts.push(format!("impl<T> Map<T> {{\n{}\n}}\n", methods.join("\n\n")));
            }
        }
        parts.extend(own.into_iter().flatten());
        parts
    }

    fn chosen(&self) -> impl Iterator<Item = &'static str> {
        all().iter().filter(|helper| self.needed.contains(helper.name)).map(|helper| helper.source)
    }

    /// The names of functions that come along; the program's own must be others.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let functions = self.needed.iter().copied().filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
        functions.chain(self.effects.keys().copied())
    }

    /// What is written for the program's own records.
    fn own_code(&mut self, types: &mut Types) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(self.conversions.iter().map(|(_, _, code)| code.clone()));
        for ty in &self.written {
            let Type::Record(fields) = ty else { continue };
            let name = types.structure(fields, "record");
            parts.push(written(&name, fields));
        }
        parts.extend(self.effects.values().cloned());
        parts
    }
}

/// How a record is written as text.
fn written(name: &str, fields: &[(String, Type)]) -> String {
    let entries = fields.iter().map(|(field, _)| {
        let value = Expr::raw("self").field(field_name(fields, field));
        Expr::Tuple(vec![Expr::Raw(quote(field)), Expr::unary("&", value)])
    });
    let ty = format!("[(&str, &dyn Literal); {}]", fields.len());
    let kinds = [
        Kind::Let("entries".to_owned(), Some(ty), Expr::Array("", entries.collect())),
        Kind::Expr(Expr::call("write_entries", vec![Expr::raw("&entries"), Expr::raw("out")])),
    ];
    let statements = kinds.map(|kind| Statement { kind, blocks: Vec::new() }).to_vec();
    let body = layout::statements(&Body { statements, ..Body::default() }, 2 * layout::TAB);
    format!("impl Literal for {name} {{\n    fn write_literal(&self, out: &mut String) {{\n{body}    }}\n}}\n")
}

/// Whether a need is told by who needs it, and cannot be found in the code.
fn is_told(name: &str) -> bool {
    name.starts_with("Map::") || name.starts_with("Json::") || name.starts_with("Literal::")
}
