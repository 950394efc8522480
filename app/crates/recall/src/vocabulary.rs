//! Words: their stems, and those that say nothing about what is asked.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that are looked up, made at the first look.
pub(crate) type WordSet = LazyLock<HashSet<&'static str>>;

/// The words of a text, for a [`WordSet`].
pub(crate) fn words_of(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

/// The stem of a lower-case word: `sorted`, `sorting` and `sorts` have one.
///
/// Only endings that do not change what a task asks are cut; `prime` and `primer` stay apart.
pub fn stem(word: &str) -> String {
    if word.chars().count() <= 3 || !word.is_ascii() {
        return word.to_owned();
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    if let Some(root) = word.strip_suffix("ies").filter(|root| root.len() > 2) {
        return format!("{root}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    for ending in ["ing", "ed"] {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() > 2 && has_vowel(root)) {
            return undouble(root);
        }
    }
    let singular = word.strip_suffix('s').filter(|root| !root.ends_with(['s', 'u', 'i'])).unwrap_or(word);
    singular.strip_suffix('e').filter(|root| root.len() > 3).unwrap_or(singular).to_owned()
}

fn has_vowel(text: &str) -> bool {
    text.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `stopp` to `stop`, `comput` stays; a final `e` is dropped as [`stem`] does.
fn undouble(root: &str) -> String {
    let mut characters = root.chars().rev();
    match (characters.next(), characters.next()) {
        (Some(a), Some(b)) if a == b && !matches!(a, 'l' | 's' | 'z' | 'a' | 'e' | 'i' | 'o' | 'u') => {
            root[..root.len() - 1].to_owned()
        }
        (Some('e'), _) if root.len() > 4 => root[..root.len() - 1].to_owned(),
        _ => root.to_owned(),
    }
}

/// Words that a request may contain without asking for anything else: articles, pronouns, auxiliaries, polite words,
/// the verbs of asking, and the nouns for code. Words that can turn a request around (`not`, `without`, `except`,
/// `below`, `out`, `many`) are not among them.
pub fn is_harmless(word: &str) -> bool {
    let word =
        ["'s", "'d", "'ll", "'m", "'re", "'ve"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    static WORDS: WordSet = LazyLock::new(|| {
        words_of(
            "\
        a an the this that these those it its there here i me my mine you your we us our they them their one someone \
        everyone is are was be been being am do does did can could would will shall should may might must has have \
        had having of in on at to for from with by and as or into onto via using use used uses per so then also just \
        simply please kindly hi hello hey thanks thank help need needs want wants like love let lets wish try what \
        whats which who whose how when where give gives given get gets tell show shows display print prints \
        printing output outputs return returns returning returned giving produce producing produces write writes \
        writing create creates creating make makes making build builds building generate generates generating \
        implement implements implementing implementation develop code coding function functions method program \
        programs script snippet routine procedure helper utility solution example task problem compute computes \
        computed computing calculate calculates calculated calculating calculation determine determines find finds \
        finding work works out_of provide provides define defines design draft prepare propose takes take taking \
        accept accepts accepting receive receives pass passed passing whether if such any some following value \
        values result results answer input inputs argument arguments parameter parameters called named now simple \
        basic clean nice good idiomatic readable efficient version variable test tests tested testing unit along \
        together two three pls plz thx ty cheers asap ok okay yo fn func def say says said saying become becomes \
        became comes outcome demo examples sample samples e.g i.e eg ie evaluate evaluates evaluated run runs \
        execute executes executed question quick quickly exactly actually really maybe perhaps currently too \
        performs perform performing decide decides decided deciding obtain obtains figure algorithm logic exercise \
        homework assignment kata interview leetcode codewars exercism hackerrank tutorial foo bar correctly properly \
        nicely possible possibly wonder wondering curious yields yielding supply supplies supplied hand handed back \
        spit spits shall anyone beginner friendly well known looking look i'd i'm i've we're done getting showing \
        determining doing hint hints annotation annotations annotated typed docstring docstrings \
         snippet snippets obtained written happen happens happened bother mind brief briefly straightforward",
        )
    });
    WORDS.contains(word)
}

/// Words that stand for something else where a document is asked for: `a script that creates a Dockerfile`, `get the
/// deployment`, `what is a Dockerfile`.
pub fn turns_from_document(word: &str) -> bool {
    asks_for_code(word)
        || matches!(
            word,
            "test" | "tests" | "testing" | "tested" | "get" | "gets" | "what" | "what's" | "whats" | "which" | "who"
        )
        || matches!(word, "when" | "where" | "why" | "find" | "finds" | "finding" | "compute" | "calculate" | "print")
}

/// Words that open a question whose answer is yes or no.
pub fn asks_yes_or_no(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "does" | "isn't" | "aren't" | "doesn't" | "has" | "whether")
}

/// Words that recipes need but that people use everywhere: `check`, `list`, `all`.
pub(crate) fn is_everyday(stem: &str) -> bool {
    static WORDS: WordSet = LazyLock::new(|| {
        words_of(
            "\
        check checker verify valid test number integer list text string value item word all order file into up to it \
        much how many long size name ask answer time work day week month year people user",
        )
    });
    WORDS.contains(stem)
}

/// Words for things that a request may speak of without giving them: `the MD5 of file` does not ask for that of the word.
pub fn stands_for_a_thing(word: &str) -> bool {
    static WORDS: WordSet = LazyLock::new(|| {
        words_of(
            "\
        all another anything arbitrary archive array artefact article artifact ascii attachment audio avatar backup \
        big binary bit blank blob block body book both buffer byte cell certificate character chinese column \
        combined commit concatenated constant content cookie credential csv data database decimal different digit \
        directory disk document download drive dump each email encoded encrypted english every everything except \
        executable field file first folder form french german hashed he her hex hexadecimal him his huge id image \
        input installer integer it italian japanese joined json key language large last latin least less letter line \
        link list literal log long lowercase mail many message more most multiple name nested never next no none not \
        nothing number object octal one only other output package page paragraph partition passphrase password path \
        payload pdf photo phrase picture pin previous random record request response reversed row salted secret \
        sentence session several she short site small something sorted spanish stream string table text today token \
        transaction trimmed unicode uppercase url user username utf utf8 variable various video website whatever \
        without word xml yaml yesterday zip",
        )
    });
    WORDS.contains(word) || word.strip_suffix('s').is_some_and(|singular| WORDS.contains(singular))
}

/// Words that say that code is wanted.
pub fn asks_for_code(word: &str) -> bool {
    matches!(
        word,
        "function"
            | "functions"
            | "code"
            | "program"
            | "script"
            | "snippet"
            | "method"
            | "implement"
            | "implementation"
            | "routine"
            | "procedure"
            | "algorithm"
            | "implementing"
            | "helper"
            | "utility"
            | "fn"
            | "func"
            | "def"
            | "checker"
            | "validator"
            | "converter"
            | "calculator"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["sort", "sorts", "sorted", "sorting"][..],
            &["compute", "computes", "computed", "computing"],
            &["prime", "primes"],
            &["reverse", "reversed", "reversing", "reverses"],
            &["query", "queries"],
            &["hash", "hashes", "hashed", "hashing"],
            &["stop", "stopped", "stopping"],
            &["number", "numbers", "numbered"],
            &["count", "counted", "counting", "counts"],
            &["encode", "encoded", "encoding"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|found| *found == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for (a, b) in
            [("prime", "primer"), ("minister", "minus"), ("poem", "poet"), ("even", "event"), ("sum", "summer")]
        {
            assert_ne!(stem(a), stem(b));
        }
    }

    #[test]
    fn words_that_turn_a_request_around_count() {
        for word in ["not", "without", "except", "below", "out", "many", "no", "never", "longest", "sum", "poem"] {
            assert!(!is_harmless(word), "{word}");
        }
    }
}
