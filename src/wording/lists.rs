//! The word lists, read once from `lists.txt`.

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

    pub(super) const VERBS: u32 = Mark::Vague.bit()
        | Mark::Ensure.bit()
        | Mark::Do.bit()
        | Mark::Once.bit()
        | Mark::Light.bit()
        | Mark::Service.bit();
}

struct Entry {
    words: &'static str,
    marks: u32,
}

static LISTS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = Vec::new();
    for list in include_str!("lists.txt").split('@').skip(1) {
        let Some((key, words)) = list.split_once('\n') else { continue };
        let Some((mark, _)) = Mark::ALL.iter().find(|(_, known)| *known == key) else { continue };
        entries.extend(words.trim_end().split(',').map(|words| Entry { words, marks: mark.bit() }));
    }
    order::by_key(&mut entries, |entry| entry.words);
    entries.dedup_by(|next, kept| {
        let same = next.words == kept.words;
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
    for (stem, form) in stems(&tokens[at].word) {
        let from = LISTS.partition_point(|entry| entry.words < stem.as_str());
        for entry in &LISTS[from..] {
            let Some(rest) = entry.words.strip_prefix(stem.as_str()) else { break };
            // A space sorts before every letter.
            if !(rest.is_empty() || rest.starts_with(' ')) {
                break;
            }
            let rest: Vec<&str> = rest.split_whitespace().collect();
            let words = rest.len() + 1;
            let follows = rest.iter().enumerate().all(|(i, word)| {
                tokens.get(at + 1 + i).is_some_and(|token| {
                    !token.quoted && (token.word == *word || token.word.strip_suffix('s') == Some(word))
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
    }
    best
}

/// Verbs whose past is formed in a way of its own.
const IRREGULAR: &[(&str, &str)] = &[
    ("been", "be"),
    ("is", "be"),
    ("are", "be"),
    ("bought", "buy"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("chosen", "choose"),
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
    ("kept", "keep"),
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
    ("spent", "spend"),
    ("spoken", "speak"),
    ("spoke", "speak"),
    ("stuck", "stick"),
    ("sought", "seek"),
    ("swept", "sweep"),
    ("taken", "take"),
    ("took", "take"),
    ("taught", "teach"),
    ("told", "tell"),
    ("thrown", "throw"),
    ("undertaken", "undertake"),
    ("understood", "understand"),
    ("went", "go"),
    ("worn", "wear"),
    ("written", "write"),
    ("woken", "wake"),
    ("drawn up", "draw up"),
    ("dealt", "deal"),
    ("laid", "lay"),
];

/// The words that a word may be a form of.
fn stems(word: &str) -> Vec<(String, Form)> {
    let mut stems = vec![(word.to_owned(), Form::Base)];
    if word == "put" || word == "set" || word == "read" || word == "cut" {
        return stems;
    }
    if let Some((_, base)) = IRREGULAR.iter().find(|(bent, _)| *bent == word) {
        let s = matches!(word, "does" | "has" | "is");
        stems.push(((*base).into(), if s { Form::S } else { Form::Past }));
        return stems;
    }
    for (ending, form) in [("s", Form::S), ("ing", Form::Ing), ("ed", Form::Past)] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
        stems.push((stem.into(), form));
        match form {
            Form::S => {
                if let Some(stem) = stem.strip_suffix("ie") {
                    stems.push((format!("{stem}y"), form));
                }
                if let Some(stem) = stem.strip_suffix('e') {
                    stems.push((stem.into(), form));
                }
            }
            _ => {
                stems.push((format!("{stem}e"), form));
                if let Some(stem) = stem.strip_suffix('i') {
                    stems.push((format!("{stem}y"), form));
                }
                let mut letters = stem.chars().rev();
                if let (Some(last), Some(before)) = (letters.next(), letters.next())
                    && last == before
                {
                    stems.push((stem[..stem.len() - last.len_utf8()].into(), form));
                }
            }
        }
    }
    stems
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
        for entry in LISTS.iter() {
            assert!(!entry.words.is_empty() && entry.words.trim() == entry.words, "{:?}", entry.words);
            assert_eq!(entry.words, entry.words.to_lowercase());
        }
    }
}
