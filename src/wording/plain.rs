//! Words that a family may not know, or that blame; long sentences; and the reading age of a plan.

use std::sync::LazyLock;

use crate::order;

use super::lists::{Phrase, Stem};
use super::reading::{Place, is_column};
use super::token::{Kind, Text, Token};

/// What about some words gets in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplain {
    /// Letters for words, which nothing explains.
    Short,
    /// A word of the trade.
    Jargon,
    /// A label that blames.
    Label,
    /// A sentence that is hard to hold together.
    Long,
}

/// Some words, with what says it better where that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    pub kind: Unplain,
    pub place: Place,
    /// Plainer words.
    pub better: Option<&'static str>,
}

/// Words in a sentence from which on it is long. GOV.UK writes in 25 at most; what people write in a hurry is let be
/// until it is hard to follow.
const LONG: usize = 37;

struct Entry {
    phrase: Phrase,
    /// `None` for letters that everybody knows.
    kind: Option<Unplain>,
    better: &'static str,
}

static LISTS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries = Vec::new();
    for list in include_str!("plain.txt").split('@').skip(1) {
        let Some((key, list)) = list.split_once('\n') else { continue };
        let kind = match key {
            "short" => Some(Unplain::Short),
            "jargon" => Some(Unplain::Jargon),
            "blame" => Some(Unplain::Label),
            _ => {
                let known = list.trim_end().split(',').map(Phrase::of);
                entries.extend(known.map(|phrase| Entry { phrase, kind: None, better: "" }));
                continue;
            }
        };
        let pairs = list.lines().filter_map(|line| line.split_once('='));
        entries.extend(pairs.map(|(words, better)| Entry { phrase: Phrase::of(words), kind, better }));
    }
    order::by_key(&mut entries, |entry| entry.phrase);
    entries
});

/// How plain the words of a text are.
#[derive(Clone, Debug)]
pub struct Plainness {
    /// What in it a family may not know, or may be hurt by.
    pub hints: Vec<Hint>,
    counts: Counts,
}

impl Plainness {
    /// That of no words.
    pub const EMPTY: Plainness =
        Plainness { hints: Vec::new(), counts: Counts { characters: 0, words: 0, sentences: 0 } };

    /// How plain a text is.
    pub fn of(text: &Text) -> Plainness {
        Plainness { hints: hints(text), counts: Counts::of(&text.text) }
    }
}

/// What in a text a family may not know, or may be hurt by. What stands in quotation marks is somebody's own words.
fn hints(text: &Text) -> Vec<Hint> {
    let tokens = &text.tokens;
    let mut hints = Vec::new();
    // Somebody who writes in capitals does not shorten.
    let small = text.text.chars().filter(|c| c.is_lowercase()).count();
    let capital = text.text.chars().filter(|c| c.is_uppercase()).count();
    let shouts = small * 4 < capital && capital > 12;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.quoted || !(token.is_word() || token.kind == Kind::Number) {
            at += 1;
            continue;
        }
        let known = phrase(tokens, at);
        let mut width = 1;
        match known {
            Some((Entry { kind: Some(kind @ (Unplain::Jargon | Unplain::Label)), better, .. }, words)) => {
                width = words;
                if *kind == Unplain::Jargon || !is_about_others(text, at) {
                    hints.push(hint(text, *kind, at..at + words, Some(better)));
                }
            }
            Some((Entry { kind: None, .. }, _)) => {}
            _ if token.word == "dna" && is_missed_appointment(tokens, at) => {
                let better = "write “did not come”, and say what stood in the way";
                hints.push(hint(text, Unplain::Label, at..at + 1, Some(better)));
            }
            _ if is_short(text, at) && !shouts && !is_explained(tokens, at) => {
                let better = known.map(|(entry, _)| entry.better);
                hints.push(hint(text, Unplain::Short, at..at + 1, better));
            }
            _ => {}
        }
        at += width;
    }
    let mut first = None;
    let mut count = 0;
    for (i, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Stop {
            first = None;
            count = 0;
        } else if (token.is_word() || token.kind == Kind::Number) && !token.quoted {
            first = first.or(Some(i));
            count += 1;
            if count == LONG + 1
                && let Some(first) = first
            {
                hints.push(hint(text, Unplain::Long, first..(first + 6).min(i), None));
            }
        }
    }
    hints
}

fn hint(text: &Text, kind: Unplain, words: std::ops::Range<usize>, better: Option<&'static str>) -> Hint {
    let last = words.end - 1;
    let place = Place { span: text.span(words.start, last), words: text.typed(words.start, last).into() };
    Hint { kind, place, better }
}

/// The longest phrase of the lists that begins here, with the number of its words.
fn phrase(tokens: &[Token], at: usize) -> Option<(&'static Entry, usize)> {
    let mut best: Option<(&'static Entry, usize)> = None;
    stems(&tokens[at].word, &mut |stem| {
        for entry in stem.begins(&LISTS, |entry| &entry.phrase) {
            let mut words = 1;
            let follows = entry.phrase.others().all(|word| {
                words += 1;
                tokens.get(at + words - 1).is_some_and(|token| !token.quoted && is_form_of(&token.word, word))
            });
            if follows && best.is_none_or(|(_, longest)| words > longest) {
                best = Some((entry, words));
            }
        }
    });
    best
}

fn is_form_of(word: &str, known: &str) -> bool {
    let mut is = false;
    stems(word, &mut |stem| is |= stem.is(known));
    is
}

/// Shows the word, and what it may be a form of: "failed" of "fail", "vulnerabilities" of "vulnerability".
fn stems<'a>(word: &'a str, see: &mut dyn FnMut(Stem<'a>)) {
    see(Stem { front: word, ending: "" });
    for (ending, instead) in [("s", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")] {
        // "GPs", but "dad" is no form of "da".
        let shortest = if ending == "s" { 1 } else { 2 };
        if let Some(front) = word.strip_suffix(ending).filter(|front| front.len() > shortest) {
            see(Stem { front, ending: instead });
        }
    }
    match word {
        "lying" => see(Stem { front: "lie", ending: "" }),
        "made" => see(Stem { front: "make", ending: "" }),
        _ => {}
    }
}

/// Whether somebody other than the family is told about: "the council failed to provide".
fn is_about_others(text: &Text, at: usize) -> bool {
    let others = [
        "council", "police", "school", "hospital", "service", "services", "housing", "landlord", "team",
        "form", "clinic", "agency", "agencies", "company", "firm", "hoist", "worker",
    ];
    let before = text.tokens[..at].iter().rev().take(3);
    before.take_while(|token| token.kind != Kind::Stop).any(|token| token.is(&others))
}

/// "DNA" for "did not attend", and not for what is in cells.
fn is_missed_appointment(tokens: &[Token], at: usize) -> bool {
    !tokens.get(at + 1).is_some_and(|next| {
        next.is(&[
            "test", "tests", "testing", "sample", "samples", "result", "results", "profile", "evidence",
        ])
    })
}

fn is_capitals(text: &Text, token: &Token) -> bool {
    let typed = &text.text[token.start..token.end];
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = typed.chars().filter(|c| c.is_uppercase()).count();
    // "SaLT", "SENCo", "GCP2"
    capitals > 1 && capitals * 2 >= letters && letters <= 6
}

/// Whether letters stand for words here.
fn is_short(text: &Text, at: usize) -> bool {
    let token = &text.tokens[at];
    let after = text.text[token.end..].chars().next();
    let spaced = after.is_none_or(|c| c == ' ' || c == ':');
    let shorthand = token.is(&["ftt", "appt", "hx", "f/u"])
        || (token.word == "re" && spaced)
        || (token.word == "f" && text.reads(at + 1, &["/", "u"]));
    (shorthand || is_capitals(text, token)) && token.word != "dna" && !is_column(text, at)
}

/// Whether the words that the letters stand for are told beside them: "a PA is a paid helper", "the adviser (IDVA)".
fn is_explained(tokens: &[Token], at: usize) -> bool {
    let is = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|token| token.is(words));
    let alone = is(at + 1, &[")"]) && (1..3).any(|back| at >= back && is(at - back, &["("]));
    alone
        || is(at + 1, &["("])
        || (is(at + 1, &["is", "are", "means"])
            && is(at + 2, &["a", "an", "the", "your", "for", "somebody", "someone"]))
        || (1..4).any(|on| is(at + on, &["which", "means"]))
}

/// The age at which what a text says can be read, by the Automated Readability Index (Senter and Smith, 1967): its grade,
/// and five years. Characters are whatever is no space. `None` where there is too little to tell.
pub fn reading_age<'a>(texts: impl Iterator<Item = &'a Plainness>) -> Option<u32> {
    let mut all = Counts::default();
    for Plainness { counts, .. } in texts {
        all.characters += counts.characters;
        all.words += counts.words;
        all.sentences += counts.sentences;
    }
    // The formula was made for samples of a hundred words and more.
    (all.words >= 100).then(|| (all.index() + 5.0).round().max(5.0) as u32)
}

/// How long a text is.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    characters: usize,
    words: usize,
    sentences: usize,
}

impl Counts {
    /// Counts a text. One that ends without a full stop ends a sentence too.
    fn of(text: &str) -> Counts {
        let mut counts = Counts::default();
        let mut ended = true;
        for word in text.split_whitespace() {
            counts.characters += word.chars().count();
            counts.words += usize::from(word.chars().any(char::is_alphanumeric));
            ended = word.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?']);
            counts.sentences += usize::from(ended);
        }
        counts.sentences += usize::from(!ended);
        counts
    }

    fn index(self) -> f64 {
        let (characters, words) = (self.characters as f64, self.words as f64);
        4.71 * characters / words + 0.5 * words / self.sentences.max(1) as f64 - 21.43
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Unplain, String)> {
        hints(&Text::read(text)).into_iter().map(|hint| (hint.kind, hint.place.words)).collect()
    }

    #[test]
    fn every_list_has_words_that_trip_it_and_words_that_do_not() {
        use Unplain::{Jargon, Label, Long, Short};
        for (text, kind, words) in [
            ("The EWO will ring", Short, "EWO"),
            ("Refer to SaLT", Short, "SaLT"),
            ("a holistic view", Jargon, "holistic"),
            ("mitigating vulnerabilities", Jargon, "mitigating"),
            ("Mum failed to engage with school", Label, "failed to engage"),
            ("He refuses to attend", Label, "refuses to attend"),
            ("DNA x2 at the clinic", Label, "DNA"),
            ("Mum lies to professionals", Label, "lies to"),
            ("Mum is lying to professionals", Label, "lying to"),
            ("Dad made no effort", Label, "made no effort"),
            ("Both OTs will come", Short, "OTs"),
            ("Open the NHSapp with Nia", Short, "NHSapp"),
            ("A f/u call", Short, "f"),
            ("Mum asked the EWO to ring the new school which Jay likes", Short, "EWO"),
            ("EWO PHONES MUM", Short, "EWO"),
            ("some FORM FOR EWO TO SIGN", Short, "FORM"),
        ] {
            assert_eq!(found(text).first(), Some(&(kind, words.into())), "{text}");
        }
        for text in [
            "Your GP will ring",
            "An independent adviser (IDVA) will sit with you",
            "A PA is a paid helper",
            "The council failed to provide a taxi",
            "The police refused to take a statement",
            "a DNA test",
            "The order says that he is refused entry",
            "The refuse lorry comes",
            "“They are all hostile” - Jay",
            "PLEASE BRING THE RED BOOK",
            "EWO PHONES KOFI",
            "Both GPs will ring",
            "Bring form F to the office",
            "A PA, which is a paid helper",
            "WHO: Mum HOW WILL WE KNOW: the red book",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        let long = "word ".repeat(LONG + 1);
        assert_eq!(found(&long), [(Long, "word word word word word word".into())]);
        assert_eq!(found(&format!("{}. {}", "word ".repeat(LONG), "word ".repeat(LONG))), []);
    }

    #[test]
    fn the_lists_are_tidy() {
        for pair in LISTS.windows(2) {
            // A label may be jargon, too; the first of both is told.
            assert!(pair[0].phrase <= pair[1].phrase);
        }
        assert!(LISTS.iter().all(|Entry { phrase: Phrase { first, rest }, .. }| {
            !first.is_empty() && *first == first.to_lowercase() && *rest == rest.to_lowercase()
        }));
        let better = LISTS.iter().filter(|entry| entry.kind.is_some()).all(|entry| !entry.better.is_empty());
        assert!(better, "each phrase has something that says it better");
    }

    /// As textstat 0.7.13 for Python gives it.
    #[test]
    fn the_index_is_that_of_another_implementation() {
        for (text, expected) in [
            ("The cat sat on the mat. It was warm and it slept all day.", -3.127),
            (
                "Mum will take Jay to school every day until 12 December. The teacher signs the sheet at the gate.",
                2.904,
            ),
            (
                "In line with the graduated approach the multidisciplinary team will triangulate assessment evidence \
                 across settings so as to inform a bespoke package that meets need at the earliest point.",
                19.056,
            ),
            (
                "Dee will see Craig each week. She will ask how he is, look at the diary and write down what they agree. \
                 If he has had a drink she rings the social worker on the same day.",
                1.795,
            ),
        ] {
            let index = Counts::of(text).index();
            assert!((index - expected).abs() < 0.001, "{index} for {text}");
        }
    }

    #[test]
    fn a_few_words_have_no_reading_age() {
        let age = |text| reading_age(std::iter::once(&Plainness::of(&Text::read(text))));
        assert_eq!(age("Take Jay to school."), None);
        let plain =
            "Mum will take Jay to school every day. The teacher signs the sheet at the gate. ".repeat(8);
        assert_eq!(age(plain.as_str()), Some(6));
    }
}
