//! What a request says around the task: why it is asked, for whom, and how the code should look.
//!
//! `For a coding kata I need a function that …`, `I'm preparing for an interview.`, `Quick question: …`. Such words do
//! not change what is asked, so a recipe need not know them. They are excused only where they stand in a clause of that
//! kind which holds no value, no word that can turn a request around, and no word that any recipe is about.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Token, TokenKind};
use crate::language::Language;
use crate::vocabulary::{WordSet, asks_for_code, is_harmless, words_of};

/// For each token, whether it is part of such a clause. `is_topic` tells whether the word at a place is one that
/// recipes are about.
pub(super) fn excused(tokens: &[Token], sentences: &[Range<usize>], is_topic: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut excused = vec![false; tokens.len()];
    let plain = |range: &Range<usize>| {
        range.clone().all(|index| match &tokens[index].kind {
            TokenKind::Word(word) => is_harmless(word) || !turns(word) && !is_topic(index),
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
    static WORDS: WordSet = LazyLock::new(|| {
        words_of(
            "\
        clear compact complete concise correct documented elegant fast generic handy little minimal modern neat \
        plain pretty proper pure quick reusable robust short small standalone tidy tiny typed vanilla working",
        )
    });
    let is_adjective = |word: &str| WORDS.contains(word);
    tokens[index].word().is_some_and(is_adjective)
        && tokens[index + 1..]
            .iter()
            .find_map(|token| match token.word() {
                Some(word) if is_adjective(word) => None,
                Some(word) => Some(asks_for_code(word) || Language::of_word(word).is_some()),
                None if token.kind == TokenKind::Mark(',') => None,
                None => Some(false),
            })
            .unwrap_or(false)
}

/// The length of a constraint that all generated code keeps: it uses nothing but the standard library.
fn constraint_that_holds(tokens: &[Token]) -> usize {
    static LIBRARIES: WordSet = LazyLock::new(|| {
        words_of(
            " numpy pandas scipy sklearn scikit lodash underscore jquery ramda moment momentjs moment.js dayjs \
        libraries library libs lib dependencies dependency deps packages package frameworks framework modules npm pip ",
        )
    });
    let word = |index: usize| tokens.get(index).and_then(Token::word).unwrap_or("");
    let is_library = |word: &str| LIBRARIES.contains(word);
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
    // Where the target has types, the code has them.
    if word(0) == "type" && matches!(word(1), "hints" | "annotations") {
        return 2;
    }
    // `anagrams or not?`
    let ends = |at: usize| tokens.get(at).is_none_or(|token| matches!(token.kind, TokenKind::Mark('?' | '.' | '!')));
    if word(0) == "or" && word(1) == "not" && ends(2) {
        return 2;
    }
    if matches!((word(0), word(1), word(2)), ("yes", "or", "no") | ("true", "or", "false")) {
        return 3;
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
    static WORDS: WordSet = LazyLock::new(|| {
        words_of(
            "\
        about above absolute almost nearly lexicographic lexicographically pairwise elementwise abundant add added adding adjacent advise after alphabetical alphabetically also \
        alternate alternately alternating amicable append approximately arithmetic article ascending async average \
        backwards base before beginning believe bell below bernoulli best better between biannual biased biggest \
        binary bitwise blank blanks bug business but capital capitalised capitalized capitals case catalan ceil \
        ceiling celsius chance chunk chunks circular combination combinations compare comparison complex complexity \
        concatenate concatenated consecutive consonants continuous continuously contribution contributions coprime \
        count counts covariance cube cubed cubes cubing cumulative currency daily database dataframe debug decile \
        deciles decimal decoded decrease decreased decrement decrypt decrypted dedupe deficient deposits descending \
        describe deviation deviations dict dictionary difference differences different differently digits disk \
        distinct divide divided dividing divisor divisors double doubled drop dropping duplicate duplicated \
        duplicates email emirp emoji empty encoded encrypt encrypted end endian ending english error errors essay \
        estimate euler even evens every excel except exchange exclude excludes excluding exclusive exclusively \
        expected explain explanation exponent exponential factor factors fahrenheit faster fee fees feet fewer file \
        files filter filtered first fix flatten floor folder forecast fraction fractions french geometric germain \
        german graph greatest group grouped haiku half halved happy harmonic hash hashed heap hex hexadecimal \
        hexagonal highest historical history hmac holiday holidays hourly how's html hyperfactorial ignore ignored \
        ignores ignoring image imaginary included includes including inclusive inclusively increase increased \
        increment inflation insert inserted inside instead intersection inverse invert inverted iterations iterative \
        iteratively join joined joke kelvin keyed kg kilometers kilometres km kurtosis language largest last leading \
        leap least length lengths less letter likely linked log logarithm logs longest lowercase lowercased lowest \
        lucas lucky many map markdown matrices matrix max maximum mean meaning median medians merge merged mersenne \
        meters metres mid middle midrange migrate miles min minimum minister minus missing mod mode modulo monthly \
        more most moving multiple multiples multiplied multiply multiplying nan negate negated negative negatives \
        neighboring neighbouring nested never next no node none nonzero normalised normalized not nth null octal odd \
        odds ones only opinion opposite optimal optimise optimize optimum order ordered other others outlier \
        outliers outside over palindrome palindromic parallel partition partitioned pdf pell pentagonal pepper per \
        percentile perfect permutation permutations picture plan plus poem pointer polynomial population port \
        positive positives pounds power powers predict prefix previous primorial probability probably product \
        products proof prove quadratic quarterly quartile quartiles queue quotient radix random randomly rank ranked \
        rather ratio ratios reciprocal reciprocals recommend recursion recursive recursively refactor regex regexp \
        relative remainder remove removed removes removing repeat repeated replace replaced report residual \
        residuals reverse reversed review rewrite rms rolling roman root roots rotate rotated roughly round rounded \
        rounding running salt salted sample sampled scaled second semiannual semiannually sense server set sets \
        shift shifted shortest should shuffle shuffled signed simple simulate size sizes skew skewness skip skipped \
        skipping skips slogan slower smallest solve song sophie sort sorted sorting spanish split sql sqrt square \
        squared squares squaring stack standardised standardized start stirling story strip stripped subfactorial \
        subsequence subset subsets substring substrings subtract subtracted suffix suggest sum sums superfactorial \
        swap swapped synonym table tax taxes tetrahedral than think third thread times timezone toml total totient \
        trailing translate translation transpose transposed tree triangular tribonacci trim trimmed triple tripled \
        truncate truncated truncating tuple tuples tweet twice twin unbiased under unicode union uniq unique unless \
        unsigned uppercase uppercased url utc vector versus vowels vs website weekdays weekend weekends weekly \
        weight weighted weights why winsorized withdrawals without workdays working worst wrong xml xnor xor yaml \
        zero zeroes zeros",
        )
    });
    WORDS.contains(word)
}
