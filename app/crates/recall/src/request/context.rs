//! What a request says around the task: why it is asked, for whom, and how the code should look.
//!
//! `For a coding kata I need a function that …`, `I'm preparing for an interview.`, `Quick question: …`. Such words do
//! not change what is asked, so a recipe need not know them. They are excused only where they stand in a clause of that
//! kind which holds no value, no word that can turn a request around, and no word that any recipe is about.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Token, TokenKind};
use crate::language::Language;
use crate::vocabulary::{asks_for_code, is_harmless};

/// For each token, whether it is part of such a clause. `is_topic` tells whether a word is one that recipes are about.
pub(super) fn excused(tokens: &[Token], sentences: &[Range<usize>], is_topic: impl Fn(&Token) -> bool) -> Vec<bool> {
    let mut excused = vec![false; tokens.len()];
    let plain = |range: &Range<usize>| {
        tokens[range.clone()].iter().all(|token| match &token.kind {
            TokenKind::Word(word) => is_harmless(word) || !turns(word) && !is_topic(token),
            TokenKind::Mark(mark) => matches!(mark, ',' | '-' | '\'' | '.' | ':' | '!' | '(' | ')'),
            _ => false,
        })
    };
    let several = sentences.len() > 1;
    for sentence in sentences {
        let whole = several && opens_a_remark(&tokens[sentence.clone()]) || is_label(tokens, sentence);
        if whole && plain(sentence) {
            excused[sentence.clone()].fill(true);
            continue;
        }
        if let Some(lead) = lead_in(&tokens[sentence.clone()]).map(|length| sentence.start..sentence.start + length)
            && plain(&lead)
        {
            excused[lead].fill(true);
        }
    }
    for index in 0..tokens.len() {
        excused[index] |= is_adjective_of_code(tokens, index);
        let length = constraint_that_holds(&tokens[index..]);
        excused[index..index + length].fill(true);
    }
    excused
}

/// Where the sentences of a text stand in its tokens; a colon or a dash between spaces ends one, too.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let behind = &text[token.end..tokens.get(index + 1).map_or(text.len(), |next| next.start)];
        let spaced = behind.is_empty() || behind.starts_with(char::is_whitespace);
        let ends = match token.kind {
            TokenKind::Mark('.' | '!' | '?' | ';' | ':' | '—' | '–') => spaced,
            TokenKind::Mark('-') => spaced && text[..token.start].ends_with(' '),
            _ => false,
        };
        if ends || behind.contains('\n') {
            sentences.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// `I'm …`, `my …`, `it's for …`: a sentence about the person who asks.
fn opens_a_remark(sentence: &[Token]) -> bool {
    let mut words = sentence.iter().filter_map(Token::word);
    let first = words.next().unwrap_or("");
    let asks = sentence.iter().filter_map(Token::word).any(|word| matches!(word, "need" | "want" | "needs" | "wants"));
    match first {
        "i'm" | "i've" | "we're" | "we've" | "thanks" | "thank" | "sorry" | "hi" | "hello" | "hey" | "good"
        | "dear" => !asks,
        "i" | "we" => !asks && !words.next().is_some_and(|word| matches!(word, "have" | "expect" | "mean" | "must")),
        "my" | "our" => !asks,
        "it's" | "this" => words.any(|word| word == "for"),
        _ => false,
    }
}

/// Up to four words before a colon or a dash at the start: `Interview prep: …`.
fn is_label(tokens: &[Token], sentence: &Range<usize>) -> bool {
    sentence.start == 0
        && sentence.end < tokens.len()
        && sentence.len() <= 5
        && matches!(tokens[sentence.end - 1].kind, TokenKind::Mark(':' | '-' | '—' | '–'))
        && tokens[..sentence.end - 1].iter().all(|token| token.word().is_some())
}

/// The length of a start such as `For a coding kata I need`, `My professor wants`.
fn lead_in(sentence: &[Token]) -> Option<usize> {
    let word = |index: usize| sentence.get(index).and_then(Token::word).unwrap_or("");
    let opens = matches!(
        word(0),
        "for" | "in" | "on" | "at" | "as" | "during" | "while" | "because" | "since" | "my" | "our" | "i'm" | "we're"
    );
    if !opens {
        return None;
    }
    let asks = |word: &str| {
        matches!(
            word,
            "need"
                | "needs"
                | "want"
                | "wants"
                | "require"
                | "requires"
                | "must"
                | "like"
                | "asks"
                | "asked"
                | "looking"
        )
    };
    (1..sentence.len().min(20)).find(|index| asks(word(*index)))
}

/// An adjective right before a word for code: `a tiny Python helper`.
fn is_adjective_of_code(tokens: &[Token], index: usize) -> bool {
    const WORDS: [&str; 30] = [
        "tiny",
        "small",
        "short",
        "little",
        "compact",
        "quick",
        "minimal",
        "pretty",
        "clear",
        "neat",
        "tidy",
        "proper",
        "correct",
        "fast",
        "elegant",
        "reusable",
        "robust",
        "modern",
        "plain",
        "pure",
        "vanilla",
        "typed",
        "handy",
        "documented",
        "working",
        "complete",
        "concise",
        "one-line",
        "generic",
        "standalone",
    ];
    tokens[index].word().is_some_and(|word| WORDS.contains(&word))
        && tokens[index + 1..]
            .iter()
            .find_map(|token| match token.word() {
                Some(word) if WORDS.contains(&word) => None,
                Some(word) => Some(asks_for_code(word) || Language::of_word(word).is_some()),
                None if token.kind == TokenKind::Mark(',') => None,
                None => Some(false),
            })
            .unwrap_or(false)
}

/// The length of a constraint that all generated code keeps: it uses nothing but the standard library.
fn constraint_that_holds(tokens: &[Token]) -> usize {
    const LIBRARIES: &str = " numpy pandas scipy sklearn scikit lodash underscore jquery ramda moment momentjs moment.js dayjs \
        libraries library libs lib dependencies dependency deps packages package frameworks framework modules npm pip ";
    let word = |index: usize| tokens.get(index).and_then(Token::word).unwrap_or("");
    let is_library = |word: &str| !word.is_empty() && LIBRARIES.split_whitespace().any(|library| library == word);
    let filler = |word: &str| {
        matches!(word, "any" | "using" | "external" | "extra" | "third" | "party" | "use" | "of" | "additional")
    };
    let fillers = |from: usize| {
        (from..).find(|at| !filler(word(*at)) && tokens.get(*at).is_none_or(|token| token.kind != TokenKind::Mark('-')))
    };
    if word(0) == "stdlib" || word(0) == "standard" && word(1) == "library" {
        let end = if word(0) == "stdlib" { 1 } else { 2 };
        return end + usize::from(word(end) == "only");
    }
    if matches!(word(0), "only" | "just") {
        let from = if word(1) == "the" { 2 } else { 1 };
        let inner = constraint_that_holds(tokens.get(from..).unwrap_or_default());
        return if inner > 0 && matches!(word(from), "stdlib" | "standard") { from + inner } else { 0 };
    }
    if !matches!(word(0), "no" | "without") {
        return 0;
    }
    let Some(mut end) = fillers(1).filter(|at| is_library(word(*at))).map(|at| at + 1) else { return 0 };
    while matches!(word(end), "or" | "and") && is_library(word(end + 1)) {
        end += 2;
    }
    end
}

/// Words that can turn a request around wherever they stand.
pub(crate) fn turns(word: &str) -> bool {
    const WORDS: &str = " not no never none without only except excluding exclude excludes but instead unless rather \
        ignore ignoring ignores ignored skip skips skipping skipped drop dropping remove removes removing removed other \
        others different differently also plus minus times twice double doubled triple tripled half halved per every \
        most least more less fewer than before after between above below over under inside outside first last second \
        third next previous nth random randomly approximately roughly about estimate likely probability probably \
        chance predict forecast expected explain explanation describe why how's history historical compare comparison \
        versus vs difference differences better best worst faster slower optimal optimum complexity proof prove fix bug \
        debug error errors wrong refactor optimise optimize review translate rewrite port migrate solve simulate \
        tree graph matrix matrices vector dataframe stack queue heap dict dictionary map tuple tuples linked node \
        pointer set sets recursive recursion recursively iterative iteratively parallel async thread regex regexp poem \
        haiku song story joke essay email slogan tweet letter article report plan recommend suggest advise opinion think \
        believe should polynomial complex imaginary fraction fractions modulo mod remainder quotient weekends weekend \
        weekdays holidays holiday business working workdays case unicode emoji even odd evens odds positive negative \
        positives negatives zero zeros zeroes nonzero absolute relative ratio ratios reciprocal reciprocals square \
        squares squared squaring cube cubes cubed cubing root roots power powers exponent exponential logarithm log logs \
        sqrt inverse inverted invert negate negated opposite product products multiply multiplied multiplying divide \
        divided dividing divisor divisors factor factors multiple multiples subtract subtracted add added adding \
        increment decrement increase increased decrease decreased round rounded rounding truncate truncated truncating \
        floor ceil ceiling trim trimmed strip stripped split join joined concatenate concatenated merge merged append \
        insert inserted replace replaced swap swapped shift shifted rotate rotated shuffle shuffled repeat repeated \
        duplicate duplicates duplicated distinct unique uniq dedupe filter filtered group grouped partition partitioned \
        chunk chunks flatten nested transpose transposed intersection union permutation permutations combination \
        combinations subset subsets subsequence substring substrings prefix suffix middle consecutive adjacent \
        neighbouring neighboring alternate alternating alternately leading trailing start end ending beginning \
        uppercase lowercase capital capitals capitalised capitalized uppercased lowercased vowels consonants digits \
        longest shortest largest smallest biggest greatest highest lowest maximum minimum max min mean average median \
        mode geometric harmonic quadratic arithmetic weighted weights weight trimmed winsorized cumulative running \
        rolling moving population sample sampled biased unbiased normalised normalized standardised standardized scaled \
        median mid midrange quartile quartiles decile deciles percentile kurtosis skew skewness covariance rank ranked \
        rms squares deviation deviations residual residuals outlier outliers nan null none missing empty blank blanks \
        salted salt pepper hmac signed encrypted encrypt decrypt decrypted encoded decoded hashed hash iterations keyed \
        monthly quarterly weekly daily hourly continuous continuously semiannual semiannually biannual contributions \
        contribution deposits withdrawals inflation tax taxes fee fees simple leap utc timezone inclusive exclusive \
        inclusively exclusively including included includes hex hexadecimal binary octal decimal roman base radix \
        big-endian little-endian endian unsigned signed bitwise xor xnor and_not twin sophie germain mersenne lucas \
        ones medians perfect palindromic palindrome amicable happy lucky abundant deficient circular emirp coprime totient euler \
        triangular tetrahedral pentagonal hexagonal catalan bell stirling pell tribonacci bernoulli primorial subfactorial \
        hyperfactorial double-factorial superfactorial sum sums total count counts number_of length lengths size sizes \
        sorted sort sorting order ordered reversed reverse backwards descending ascending alphabetically alphabetical \
        kilometers kilometres km miles feet meters metres pounds kg celsius fahrenheit kelvin currency exchange \
        xml yaml toml html markdown sql table pdf excel file files disk folder url website server database image picture \
        minister poem sense meaning synonym translate translation language english german french spanish ";
    static SET: OnceLock<HashSet<&str>> = OnceLock::new();
    SET.get_or_init(|| WORDS.split_whitespace().collect()).contains(word)
}
