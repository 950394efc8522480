//! Slots: how a recipe's inputs are found in a request.

/// How one input is found.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The input's name.
    pub name: String,
    /// Whether the recipe is about nothing without it, even where only code is asked for.
    pub required: bool,
    /// What may fill it, in the order of preference.
    pub kinds: Vec<SlotKind>,
    /// Words one of which stands directly before it (harmless words between do not count).
    pub after: Vec<String>,
    /// Words one of which stands directly behind it.
    pub before: Vec<String>,
}

/// What may fill a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum SlotKind {
    /// A whole number: `12`, `twelve`.
    Integer,
    /// A place in an order: `12th`, `twelfth`.
    Ordinal,
    /// Any number: `1.5`, `12`.
    Number,
    /// Quoted text, a code block, an attachment, or what stands behind a colon.
    Text,
    /// The same, but neither an address nor anything else that stands without quotes.
    Quoted,
    /// Digits as they were written: a card number, digits of another base.
    Digits,
    /// A name in programmers' writing: `myName`, `my_name`, `my-name`.
    Identifier,
    /// A bare word right behind one of these words: `is racecar a palindrome`.
    Word(Vec<String>),
    /// Several whole numbers in a row or a bracketed list.
    Integers,
    /// Several numbers in a row or a bracketed list.
    Numbers,
    /// The same, or a number alone.
    AnyNumbers,
    /// Several quoted texts, a bracketed list of texts, or words behind a colon.
    Texts,
    /// A calendar date, handed on as year-month-day.
    Date,
    /// An IP address or network, with or without quotes.
    Address,
    /// The form of a date, such as `DD/MM/YYYY`.
    DateForm,
    /// A path such as `/usr/bin/worker`.
    Path,
    /// A path with what is given to its program: `/usr/bin/worker --port 80`.
    Command,
    /// JSON, handed on as text.
    Json,
    /// The same, but an object only.
    Object,
    /// CSV, handed on as text.
    Csv,
    /// One word behind a cue, such as a table's name.
    Name,
    /// Words in a row behind a cue: `id, name and email`.
    Names,
    /// The same, of up to three words each: `shop and payment provider`.
    Phrases,
    /// Names, each with its type behind a colon if one is given: `title (string), pages as int`.
    Fields,
    /// All that follows a cue, to the end of the sentence.
    Rest,
    /// Conditions behind a cue: `where age is at least 18 and country is Germany`.
    Conditions,
    /// Names with arrows between them: `Client -> API -> Database`.
    Chain,
    /// Several chains, or chains with labels: `Browser -> API: log in, API -> DB: find`.
    Messages,
    /// An image of a container with its tag: `acme/report:1.0`.
    Image,
    /// Two numbers with `to` or `and` between: `0 to 1`.
    Bounds,
    /// A cron expression of five fields.
    Cron,
    /// A Roman numeral in capitals.
    Roman,
    /// The length of a network's prefix: `/22`.
    Prefix,
    /// A schedule in words, handed on as a cron expression: `every weekday at 8:30`.
    Schedule,
    /// New values behind a cue: `set status to paid`.
    Assignments,
    /// Numbers with signs between them, in signs or words: `17 times 23`.
    Calculation,
    /// One of these words; the first of a group is the value.
    Choice(Vec<Vec<String>>),
}

impl Slot {
    /// Reads `name kind|kind [after word|word] [before word|word]`; a choice is `choice a=b=c,d=e`, a bare word
    /// `word:of,is`. A `!` behind the name makes it required.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut parts = text.split_whitespace();
        let name = parts.next().ok_or("a slot needs a name")?;
        let required = name.ends_with('!');
        let name = name.trim_end_matches('!').to_owned();
        let mut slot = Self { name, required, kinds: Vec::new(), after: Vec::new(), before: Vec::new() };
        let kinds = parts.next().ok_or("a slot needs a kind")?;
        if kinds == "choice" {
            let groups = parts.next().ok_or("a choice needs its words")?;
            let groups = groups.split(',').map(|group| group.split('=').map(|word| word.to_lowercase()).collect());
            slot.kinds.push(SlotKind::Choice(groups.collect()));
        } else {
            for kind in kinds.split('|') {
                slot.kinds.push(kind_of(kind)?);
            }
        }
        while let Some(word) = parts.next() {
            let cues = parts.next().ok_or_else(|| format!("'{word}' needs words"))?;
            let cues = cues.split('|').map(str::to_lowercase).collect();
            match word {
                "after" => slot.after = cues,
                "before" => slot.before = cues,
                other => return Err(format!("a slot knows 'after' and 'before', not '{other}'")),
            }
        }
        Ok(slot)
    }

    /// Whether its form says so much that it comes before the others: a calculation, a chain, an image.
    pub(crate) fn is_plain(&self) -> bool {
        use SlotKind::{Calculation, Chain, Image, Messages, Schedule};
        self.kinds.first().is_some_and(|kind| matches!(kind, Calculation | Chain | Image | Messages | Schedule))
    }

    /// The words that stand before or behind it.
    pub fn cues(&self) -> impl Iterator<Item = &str> {
        self.after.iter().chain(&self.before).map(String::as_str)
    }
}

fn kind_of(word: &str) -> Result<SlotKind, String> {
    if let Some(cues) = word.strip_prefix("word:") {
        return Ok(SlotKind::Word(cues.split(',').map(str::to_lowercase).collect()));
    }
    Ok(match word {
        "digits" => SlotKind::Digits,
        "identifier" => SlotKind::Identifier,
        "quoted" => SlotKind::Quoted,
        "integer" => SlotKind::Integer,
        "ordinal" => SlotKind::Ordinal,
        "number" => SlotKind::Number,
        "text" => SlotKind::Text,
        "integers" => SlotKind::Integers,
        "numbers" => SlotKind::Numbers,
        "any_numbers" => SlotKind::AnyNumbers,
        "texts" => SlotKind::Texts,
        "date" => SlotKind::Date,
        "date_form" => SlotKind::DateForm,
        "address" => SlotKind::Address,
        "command" => SlotKind::Command,
        "path" => SlotKind::Path,
        "json" => SlotKind::Json,
        "object" => SlotKind::Object,
        "csv" => SlotKind::Csv,
        "name" => SlotKind::Name,
        "phrases" => SlotKind::Phrases,
        "names" => SlotKind::Names,
        "fields" => SlotKind::Fields,
        "rest" => SlotKind::Rest,
        "conditions" => SlotKind::Conditions,
        "cron" => SlotKind::Cron,
        "chain" => SlotKind::Chain,
        "messages" => SlotKind::Messages,
        "image" => SlotKind::Image,
        "bounds" => SlotKind::Bounds,
        "roman" => SlotKind::Roman,
        "prefix" => SlotKind::Prefix,
        "schedule" => SlotKind::Schedule,
        "assignments" => SlotKind::Assignments,
        "calculation" => SlotKind::Calculation,
        other => return Err(format!("there is no kind of slot '{other}'")),
    })
}
