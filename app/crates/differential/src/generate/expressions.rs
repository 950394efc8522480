//! Random formulas.

mod conditions;

use std::collections::BTreeMap;

use blocks::formula;
use blocks::plan::VARIABLE_NOW;
use blocks::{Source, Type, Value, literal};

use super::{Generator, Scope, builtins, names, types, values};

/// How tight operators bind, from loose to tight.
const CHOICE: u8 = 1;
const OR: u8 = 3;
const AND: u8 = 4;
const NOT: u8 = 5;
const COMPARISON: u8 = 6;
const SUM: u8 = 11;
const PRODUCT: u8 = 12;
const UNARY: u8 = 14;
const POWER: u8 = 15;
const ATOM: u8 = 20;

/// A formula's text, and how tight its loosest operator binds.
#[derive(Clone, Debug)]
struct Text {
    text: String,
    level: u8,
}

impl Text {
    fn new(text: impl Into<String>, level: u8) -> Self {
        Self { text: text.into(), level }
    }

    fn at(&self, level: u8) -> String {
        if self.level < level { format!("({})", self.text) } else { self.text.clone() }
    }
}

/// A formula with what its names stand for.
pub(super) struct Formula {
    pub(super) text: String,
    pub(super) inputs: BTreeMap<String, Source>,
    pub(super) ty: Type,
}

/// The names of a formula that is being written.
#[derive(Default)]
struct Names {
    inputs: BTreeMap<String, Source>,
    types: BTreeMap<String, Type>,
}

impl Generator {
    /// A formula that gives what is wanted, or something that fits there.
    pub(super) fn formula(&mut self, scope: &Scope, wanted: &Type, depth: usize) -> Formula {
        let mut names = Names::default();
        let text = self.expression(scope, wanted, depth, &mut names).text;
        let typed = formula::parse(&text)
            .ok()
            .and_then(|parsed| formula::infer(&parsed, &|name| names.types.get(name).cloned()).ok());
        match typed {
            Some(typed) if typed.ty.fits(wanted) => Formula { text, inputs: names.inputs, ty: typed.ty },
            // A name whose value decides everything, for example an empty list, gives less than what was wanted.
            _ => self.plain(wanted),
        }
    }

    /// Several formulas' texts over one set of names, for a template.
    pub(super) fn pieces(&mut self, scope: &Scope, count: usize) -> (Vec<String>, BTreeMap<String, Source>) {
        let mut names = Names::default();
        let mut texts = Vec::new();
        for _ in 0..count {
            let ty = types::any(&mut self.random, 2);
            let before = (names.inputs.clone(), names.types.clone());
            let text = self.expression(scope, &ty, 2, &mut names).text;
            let parsed = formula::parse(&text).ok();
            if parsed.is_some_and(|parsed| formula::infer(&parsed, &|name| names.types.get(name).cloned()).is_ok()) {
                texts.push(text);
            } else {
                (names.inputs, names.types) = before;
            }
        }
        (texts, names.inputs)
    }

    fn plain(&mut self, wanted: &Type) -> Formula {
        let mut names = Names::default();
        let text = self.literal(wanted, &mut names).text;
        let parsed = formula::parse(&text).ok();
        let typed = parsed.and_then(|parsed| formula::infer(&parsed, &|name| names.types.get(name).cloned()).ok());
        let ty = typed.map_or(Type::Unknown, |typed| typed.ty);
        Formula { text, inputs: names.inputs, ty }
    }

    fn expression(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        if depth == 0 {
            return self.leaf(scope, wanted, names);
        }
        let made = match self.random.weighted(&[20, 52, 8, 14, 6]) {
            0 => self.leaf(scope, wanted, names),
            1 => self.operation(scope, wanted, depth, names),
            2 => self.choice(scope, wanted, depth, names),
            3 => self.function(scope, wanted, depth, names),
            _ => self.part(scope, wanted, depth, names),
        };
        if self.random.chance(4) { Text::new(format!("({})", made.text), ATOM) } else { made }
    }

    fn leaf(&mut self, scope: &Scope, wanted: &Type, names: &mut Names) -> Text {
        let fitting: Vec<usize> = (0..scope.len()).filter(|place| scope[*place].ty.fits(wanted)).collect();
        if fitting.is_empty() || self.random.chance(30) {
            return self.literal(wanted, names);
        }
        let port = &scope[*self.random.pick(&fitting)];
        let (source, ty) = (port.source(), port.ty.clone());
        self.name(source, ty, names)
    }

    fn name(&mut self, source: Source, ty: Type, names: &mut Names) -> Text {
        if matches!(&source, Source::Wire { block, .. } if block.as_str() == VARIABLE_NOW) {
            names.types.insert(VARIABLE_NOW.to_owned(), ty);
            return Text::new(VARIABLE_NOW, ATOM);
        }
        if let Some((name, _)) = names.inputs.iter().find(|(_, have)| **have == source) {
            return Text::new(name.clone(), ATOM);
        }
        let mut name = names::port(&mut self.random);
        while names.inputs.contains_key(&name) || matches!(name.as_str(), "none" | "true" | "false") {
            name.push('_');
        }
        names.inputs.insert(name.clone(), source);
        names.types.insert(name.clone(), ty);
        Text::new(name, ATOM)
    }

    fn literal(&mut self, wanted: &Type, names: &mut Names) -> Text {
        let value = values::of(&mut self.random, wanted, 2);
        self.written(value, names)
    }

    fn written(&mut self, value: Value, names: &mut Names) -> Text {
        let text = literal::write(&value);
        // Formulas have no words for what is no finite number; a value on a port has. Braces would end a template's piece.
        let unsayable = text.contains("nan") || text.contains("infinity") || text.contains("}}") || text.contains("{{");
        if unsayable || self.random.chance(8) {
            let ty = Type::of(&value);
            return self.name(Source::Literal(value), ty, names);
        }
        let level = if text.starts_with('-') { UNARY } else { ATOM };
        Text::new(text, level)
    }

    fn choice(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        let then = self.expression(scope, wanted, depth - 1, names).at(OR);
        let condition = self.expression(scope, &Type::Bool, depth - 1, names).at(OR);
        let otherwise = self.expression(scope, wanted, depth - 1, names).at(CHOICE);
        Text::new(format!("{then} if {condition} else {otherwise}"), CHOICE)
    }

    fn function(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        let Some(chosen) = self.choose(wanted) else { return self.leaf(scope, wanted, names) };
        let arguments: Vec<String> = chosen
            .parameters
            .iter()
            .map(|(name, ty)| match builtins::argument(&mut self.random, chosen.builtin.name, name, ty) {
                Some(value) => self.written(value, names).text,
                None => self.expression(scope, ty, depth - 1, names).text,
            })
            .collect();
        Text::new(format!("{}({})", chosen.builtin.name, arguments.join(", ")), ATOM)
    }

    /// What is wanted as a part of something larger.
    fn part(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        // A field of a record in scope.
        let mut fields = Vec::new();
        for port in scope {
            if let Type::Record(have) = &port.ty {
                let fitting = have.iter().filter(|(_, ty)| ty.fits(wanted));
                fields.extend(fitting.map(|(name, _)| (port.source(), port.ty.clone(), name.clone())));
            }
        }
        if !fields.is_empty() && self.random.chance(60) {
            let (source, ty, field) = fields.swap_remove(self.random.below(fields.len()));
            let whole = self.name(source, ty, names);
            let dotted = field.chars().all(|c| c.is_ascii_alphanumeric()) && self.random.chance(70);
            let words = ["and", "or", "not", "in", "if", "else", "true", "false", "none", "is"];
            return Text::new(
                if dotted
                    && !words.contains(&field.as_str())
                    && !field.is_empty()
                    && !field.starts_with(|c: char| c.is_ascii_digit())
                {
                    format!("{}.{field}", whole.text)
                } else {
                    format!("{}[{}]", whole.text, literal::write(&Value::text(field)))
                },
                ATOM,
            );
        }
        if self.random.chance(60) {
            if self.random.chance(70) {
                let (one, two) = (
                    self.expression(scope, wanted, depth - 1, names),
                    self.expression(scope, wanted, depth - 1, names),
                );
                let index = self.small(scope, depth - 1, names);
                return Text::new(format!("[{}, {}][{index}]", one.text, two.text), ATOM);
            }
            let whole = self.expression(scope, &Type::list(wanted.clone()), depth - 1, names).at(ATOM);
            let index = self.small(scope, depth - 1, names);
            Text::new(format!("{whole}[{index}]"), ATOM)
        } else {
            let mut whole = self.expression(scope, &Type::map(wanted.clone()), depth - 1, names).at(ATOM);
            if self.random.chance(80) {
                let key = names::key(&mut self.random);
                let value = self.expression(scope, wanted, depth - 1, names).text;
                let key = literal::write(&Value::text(key));
                whole = format!("put({whole}, {key}, {value})[{key}]");
                return Text::new(whole, ATOM);
            }
            let key = if self.random.chance(70) {
                literal::write(&Value::text(names::key(&mut self.random)))
            } else {
                self.expression(scope, &Type::Text, depth - 1, names).text
            };
            Text::new(format!("{whole}[{key}]"), ATOM)
        }
    }

    /// A position, mostly one that is there.
    fn small(&mut self, scope: &Scope, depth: usize, names: &mut Names) -> String {
        if self.random.chance(85) {
            self.random.between(-1, 1).to_string()
        } else {
            self.expression(scope, &Type::Int, depth, names).text
        }
    }

    fn binary(&mut self, scope: &Scope, ty: &Type, depth: usize, names: &mut Names, symbol: &str) -> Text {
        let level = match symbol {
            "+" | "-" => SUM,
            "**" => POWER,
            _ => PRODUCT,
        };
        let left = self.expression(scope, ty, depth - 1, names);
        let right = self.expression(scope, ty, depth - 1, names);
        Text::new(format!("{} {symbol} {}", left.at(level), right.at(level + 1)), level)
    }

    fn operation(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        match wanted {
            Type::Int => self.integer(scope, depth, names),
            Type::Number => self.number(scope, depth, names),
            Type::Bool => self.truth(scope, depth, names),
            Type::Text if self.random.chance(60) => self.binary(scope, wanted, depth, names, "+"),
            Type::Text => self.slice(scope, wanted, depth, names),
            Type::List(_) if self.random.chance(30) => self.binary(scope, wanted, depth, names, "+"),
            Type::List(_) if self.random.chance(30) => self.slice(scope, wanted, depth, names),
            Type::List(item) => {
                let count = self.random.below(4);
                let items: Vec<String> =
                    (0..count).map(|_| self.expression(scope, item, depth - 1, names).text).collect();
                Text::new(format!("[{}]", items.join(", ")), ATOM)
            }
            Type::Map(item) => {
                let mut keys: Vec<String> = (0..self.random.below(3)).map(|_| names::key(&mut self.random)).collect();
                keys.sort();
                keys.dedup();
                let fields: Vec<(String, Type)> = keys.into_iter().map(|key| (key, (**item).clone())).collect();
                self.entries(scope, &fields, depth, names)
            }
            Type::Record(fields) => self.entries(scope, fields, depth, names),
            Type::Optional(inner) if self.random.chance(75) => self.expression(scope, inner, depth - 1, names),
            Type::Optional(_) => Text::new("none", ATOM),
            Type::Json => {
                let ty = types::any(&mut self.random, 2);
                let inner = self.expression(scope, &ty, depth - 1, names).text;
                Text::new(format!("json({inner})"), ATOM)
            }
            _ => self.leaf(scope, wanted, names),
        }
    }

    fn entries(&mut self, scope: &Scope, fields: &[(String, Type)], depth: usize, names: &mut Names) -> Text {
        let entries: Vec<String> = fields
            .iter()
            .map(|(name, ty)| {
                let value = self.expression(scope, ty, depth - 1, names).text;
                format!("{}: {value}", literal::write(&Value::text(name.as_str())))
            })
            .collect();
        // Two closing braces would end a template's formula.
        Text::new(format!("{{{} }}", entries.join(", ")), ATOM)
    }

    fn slice(&mut self, scope: &Scope, wanted: &Type, depth: usize, names: &mut Names) -> Text {
        let whole = self.expression(scope, wanted, depth - 1, names).at(ATOM);
        let from = if self.random.chance(70) { self.small(scope, depth - 1, names) } else { String::new() };
        let until = if self.random.chance(70) { self.small(scope, depth - 1, names) } else { String::new() };
        Text::new(format!("{whole}[{from}:{until}]"), ATOM)
    }

    fn integer(&mut self, scope: &Scope, depth: usize, names: &mut Names) -> Text {
        match self.random.weighted(&[60, 8, 8, 24]) {
            0 => {
                let symbol = *self.random.pick(&["+", "-", "*", "//", "%", "+", "-"]);
                self.binary(scope, &Type::Int, depth, names, symbol)
            }
            1 => {
                let inner = self.expression(scope, &Type::Int, depth - 1, names).at(UNARY);
                Text::new(format!("-{inner}"), UNARY)
            }
            2 => {
                let base = self.expression(scope, &Type::Int, depth - 1, names).at(ATOM);
                let exponent = self.random.between(-1, 9);
                Text::new(format!("{base} ** {exponent}"), POWER)
            }
            _ => {
                let item = types::any(&mut self.random, 1);
                let ty = if self.random.chance(50) { Type::Text } else { Type::list(item) };
                let inner = self.expression(scope, &ty, depth - 1, names).text;
                Text::new(format!("len({inner})"), ATOM)
            }
        }
    }

    fn number(&mut self, scope: &Scope, depth: usize, names: &mut Names) -> Text {
        match self.random.weighted(&[55, 14, 8, 10, 13]) {
            0 => {
                let symbol = *self.random.pick(&["+", "-", "*", "/", "//", "%", "/"]);
                self.binary(scope, &Type::Number, depth, names, symbol)
            }
            1 => self.binary(scope, &Type::Int, depth, names, "/"),
            2 => {
                let inner = self.expression(scope, &Type::Number, depth - 1, names).at(UNARY);
                Text::new(format!("-{inner}"), UNARY)
            }
            3 => {
                let (base, exponent) = (
                    self.expression(scope, &Type::Number, depth - 1, names).at(PRODUCT),
                    self.expression(scope, &Type::Number, depth - 1, names).at(PRODUCT),
                );
                Text::new(format!("round(({base} % 9.0) ** ({exponent} % 3.0), 6)"), ATOM)
            }
            _ => {
                let function = *self.random.pick(&["sin", "cos", "exp", "log", "tan"]);
                let inner = self.expression(scope, &Type::Number, depth - 1, names).at(PRODUCT);
                // Away from the poles of the tangent.
                let end = if function == "tan" { "1.5" } else { "9.0" };
                Text::new(format!("round({function}({inner} % {end}), 6)"), ATOM)
            }
        }
    }
}
