//! The word lists, read once from `lists.txt`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::order;

use super::token::{Form, Token};

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// A list that a phrase stands on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Mark { $($(#[$doc])* $name),+ }

        impl Mark {
            pub(super) const ALL: &'static [(Mark, &'static str)] = &[$((Mark::$name, $key)),+];
        }
    };
}

marks! {
    /// A verb that says what is aimed at, and not what somebody does.
    Vague = "vague",
    /// A verb that hands on to what follows it: "ensure that".
    Ensure = "ensure",
    /// A verb that somebody can be seen doing.
    Do = "do",
    /// A verb of something that is done once, and then it is done.
    Once = "once",
    /// A verb that says as much as the noun behind it.
    Light = "light",
    /// A noun that says nothing of what is done.
    VagueNoun = "vaguenoun",
    /// A word of quality without a measure.
    Quality = "quality",
    /// A noun that can be measured, and says not how.
    Abstract = "abstract",
    /// Somebody: a relation or a role.
    Person = "person",
    /// An agency that can act.
    Org = "org",
    /// Nobody in particular.
    Group = "group",
    /// What stands at the head of a sentence and does nothing itself.
    Thing = "thing",
    /// A length of time, or something that comes again.
    Unit = "unit",
    /// How often.
    Freq = "freq",
    /// A number in words.
    Number = "number",
    /// A thing that shows what happened.
    Tool = "tool",
    /// Somebody sees, counts or confirms.
    Shows = "shows",
    Month = "month",
    Weekday = "weekday",
    /// A day that everybody knows, or that the plan sets.
    Event = "event",
    /// Puts the day off.
    PutOff = "putoff",
    /// A verb of what is done, and not of what is different afterwards.
    Service = "service",
    /// A noun of what is done.
    ServiceNoun = "servicenoun",
}

impl Mark {
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }

    pub(super) const VERBS: u32 =
        Mark::all(&[Mark::Vague, Mark::Ensure, Mark::Do, Mark::Once, Mark::Light, Mark::Service]);

    /// Several at once.
    pub(super) const fn all(marks: &[Mark]) -> u32 {
        let mut all = 0;
        let mut i = 0;
        while i < marks.len() {
            all |= marks[i].bit();
            i += 1;
        }
        all
    }
}

struct Entry {
    phrase: Phrase,
    marks: u32,
}

/// A phrase of a list: its first word, and the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phrase {
    pub first: &'static str,
    pub rest: &'static str,
}

impl Phrase {
    pub fn of(words: &'static str) -> Phrase {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        Phrase { first, rest }
    }

    /// The words after the first.
    pub fn others(self) -> impl Iterator<Item = &'static str> {
        self.rest.split(' ').filter(|word| !word.is_empty())
    }
}

/// What a word may be a form of: the front of the word, and an ending instead of its own.
#[derive(Clone, Copy)]
pub(super) struct Stem<'a> {
    pub front: &'a str,
    pub ending: &'static str,
}

impl Stem<'_> {
    pub fn is(self, word: &str) -> bool {
        word.strip_prefix(self.front) == Some(self.ending)
    }

    /// Where a word stands in the order of the alphabet, seen from this one.
    fn order(self, word: &str) -> Ordering {
        let (word, front) = (word.as_bytes(), self.front.as_bytes());
        match word.split_at_checked(front.len()) {
            Some((begins, ends)) => begins.cmp(front).then_with(|| ends.cmp(self.ending.as_bytes())),
            None => word.cmp(front),
        }
    }

    /// The entries of a list in order whose phrases begin with this word.
    pub fn begins<E>(self, list: &[E], phrase: fn(&E) -> &Phrase) -> &[E] {
        let list = &list[list.partition_point(|entry| self.order(phrase(entry).first).is_lt())..];
        &list[..list.iter().take_while(|entry| self.is(phrase(entry).first)).count()]
    }
}

static LISTS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = Vec::new();
    for list in include_str!("lists.txt").split('@').skip(1) {
        let Some((key, words)) = list.split_once('\n') else { continue };
        let Some((mark, _)) = Mark::ALL.iter().find(|(_, known)| *known == key) else { continue };
        let words = words.trim_end().split(',');
        entries.extend(words.map(|words| Entry { phrase: Phrase::of(words), marks: mark.bit() }));
    }
    order::by_key(&mut entries, |entry| entry.phrase);
    entries.dedup_by(|next, kept| {
        let same = next.phrase == kept.phrase;
        kept.marks |= if same { next.marks } else { 0 };
        same
    });
    entries
});

/// What the lists know of the phrase that begins at a token.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub marks: u32,
    pub form: Form,
    /// Words of the phrase; 0 where the lists know nothing.
    pub words: usize,
}

/// The longest phrase that begins here, with the marks of all lists it stands on.
pub(super) fn look_up(tokens: &[Token], at: usize) -> Found {
    let mut best = Found { marks: 0, form: Form::Base, words: 0 };
    stems(&tokens[at].word, &mut |stem, form| {
        for entry in stem.begins(&LISTS, |entry| &entry.phrase) {
            let mut words = 1;
            let follows = entry.phrase.others().all(|word| {
                words += 1;
                tokens.get(at + words - 1).is_some_and(|token| {
                    !token.quoted && (token.word == word || token.word.strip_suffix('s') == Some(word))
                })
            });
            // A bent form is one of a verb; a noun has its plural.
            let marks = match form {
                Form::Base => entry.marks,
                Form::S => entry.marks,
                _ => entry.marks & Mark::VERBS,
            };
            if !follows || marks == 0 || words < best.words {
                continue;
            }
            let (kept, before) = if words == best.words { (best.marks, best.form) } else { (0, Form::Base) };
            let has_verb = kept & Mark::VERBS != 0;
            let form = if has_verb || marks & Mark::VERBS == 0 { before } else { form };
            best = Found { marks: kept | marks, form, words };
        }
    });
    best
}

/// Verbs whose past is formed in a way of its own, in the order of the alphabet.
const IRREGULAR: &[(&str, &str)] = &[
    ("are", "be"),
    ("been", "be"),
    ("bought", "buy"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("chosen", "choose"),
    ("dealt", "deal"),
    ("did", "do"),
    ("does", "do"),
    ("done", "do"),
    ("drawn", "draw"),
    ("driven", "drive"),
    ("eaten", "eat"),
    ("fed", "feed"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("got", "get"),
    ("had", "have"),
    ("has", "have"),
    ("heard", "hear"),
    ("held", "hold"),
    ("is", "be"),
    ("kept", "keep"),
    ("laid", "lay"),
    ("led", "lead"),
    ("left", "leave"),
    ("made", "make"),
    ("met", "meet"),
    ("paid", "pay"),
    ("ran", "run"),
    ("rang", "ring"),
    ("rung", "ring"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shown", "show"),
    ("slept", "sleep"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stuck", "stick"),
    ("swept", "sweep"),
    ("taken", "take"),
    ("taught", "teach"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("understood", "understand"),
    ("undertaken", "undertake"),
    ("went", "go"),
    ("woken", "wake"),
    ("worn", "wear"),
    ("written", "write"),
];

/// Shows the words that a word may be a form of.
fn stems<'a>(word: &'a str, see: &mut dyn FnMut(Stem<'a>, Form)) {
    let stem = |front, ending| Stem { front, ending };
    see(stem(word, ""), Form::Base);
    if matches!(word, "put" | "set" | "read" | "cut") {
        return;
    }
    if let Ok(place) = IRREGULAR.binary_search_by_key(&word, |(bent, _)| *bent) {
        let s = matches!(word, "does" | "has" | "is");
        see(stem(IRREGULAR[place].1, ""), if s { Form::S } else { Form::Past });
        return;
    }
    for (ending, form) in [("s", Form::S), ("ing", Form::Ing), ("ed", Form::Past)] {
        let Some(front) = word.strip_suffix(ending).filter(|front| front.len() > 1) else { continue };
        see(stem(front, ""), form);
        match form {
            Form::S => {
                if let Some(front) = front.strip_suffix("ie") {
                    see(stem(front, "y"), form);
                }
                if let Some(front) = front.strip_suffix('e') {
                    see(stem(front, ""), form);
                }
            }
            _ => {
                see(stem(front, "e"), form);
                if let Some(front) = front.strip_suffix('i') {
                    see(stem(front, "y"), form);
                }
                let mut letters = front.chars().rev();
                if let (Some(last), Some(before)) = (letters.next(), letters.next())
                    && last == before
                {
                    see(stem(&front[..front.len() - last.len_utf8()], ""), form);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::super::token::Text;
    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        trips: Vec<String>,
        rests: Vec<String>,
    }

    #[test]
    fn every_list_has_examples_and_they_hold() {
        let examples: BTreeMap<String, Examples> =
            serde_json::from_str(include_str!("lists-test.json")).expect("examples");
        let lists: Vec<&str> =
            include_str!("lists.txt").split('@').skip(1).filter_map(|list| list.lines().next()).collect();
        assert_eq!(lists.len(), Mark::ALL.len());
        for (mark, key) in Mark::ALL {
            assert!(lists.contains(key), "lists.txt has no {key}");
            let examples = examples.get(*key).unwrap_or_else(|| panic!("{key} has no examples"));
            let trips = |text: &String| Text::read(text).tokens.iter().any(|token| token.has(*mark));
            assert!(!examples.trips.is_empty() && !examples.rests.is_empty());
            for text in &examples.trips {
                assert!(trips(text), "{key} is to know {text:?}");
            }
            for text in &examples.rests {
                assert!(!trips(text), "{key} is not to know {text:?}");
            }
        }
    }

    #[test]
    fn lists_are_tidy() {
        for Entry { phrase, .. } in LISTS.iter() {
            for word in std::iter::once(phrase.first)
                .chain(phrase.rest.split(' ').skip_while(|_| phrase.rest.is_empty()))
            {
                assert!(!word.is_empty() && word.trim() == word, "{phrase:?}");
                assert_eq!(word, word.to_lowercase());
            }
        }
        assert!(IRREGULAR.is_sorted_by_key(|(bent, _)| bent));
    }
}
