//! Whether two rows mean the same person.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Answer, Text};

/// Somebody whom a row names: by the host's own key, by name, or by both.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The host's key of the person; empty where it gives none.
    pub key: &'a str,
    /// The name as typed.
    pub name: &'a str,
}

/// How sure it is that two rows mean the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Same {
    /// Nothing speaks for it.
    No,
    /// The names differ by an initial, a missing middle name or one letter.
    Perhaps,
    /// The same key, or the same name however it is typed.
    Yes,
}

impl<'a> Person<'a> {
    /// A person named by a row of the record.
    pub fn new(key: &'a Answer<Text>, name: &'a Answer<Text>) -> Person<'a> {
        Person { key: key.text().trim(), name: name.text().trim() }
    }

    /// A person of whom only the name is known.
    pub fn called(name: &'a Answer<Text>) -> Person<'a> {
        Person { key: "", name: name.text().trim() }
    }

    /// Whether neither a key nor a name is there.
    pub fn is_nobody(self) -> bool {
        self.key.is_empty() && crate::answer::is_blank(self.name)
    }

    /// The name folded, the same for all spellings of one name; the key where there is no name.
    pub fn folded(self) -> String {
        let mut words = words(self.name);
        words.sort_unstable();
        if words.is_empty() { self.key.into() } else { words.concat() }
    }

    /// Whether both rows mean the same person. Where both have a key, the key alone decides.
    pub fn compare(self, other: Person) -> Same {
        if !self.key.is_empty() && !other.key.is_empty() {
            return if self.key == other.key { Same::Yes } else { Same::No };
        }
        if self.name.eq_ignore_ascii_case(other.name) && !self.name.is_empty() {
            return Same::Yes;
        }
        compare_names(&words(self.name), &words(other.name))
    }

    /// Whether both rows surely mean the same person.
    pub fn is(self, other: Person) -> bool {
        self.compare(other) == Same::Yes
    }
}

/// People, each once.
#[derive(Default)]
pub struct Distinct<'a> {
    people: Vec<Person<'a>>,
    keys: BTreeSet<&'a str>,
    /// The keys, or none, under each name.
    names: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Distinct<'a> {
    /// Adds a person who is not there yet; true where that is so.
    pub fn add(&mut self, person: Person<'a>) -> bool {
        if person.is_nobody() || self.has(person) {
            return false;
        }
        self.people.push(person);
        self.keys.extend((!person.key.is_empty()).then_some(person.key));
        self.names.entry(person.folded()).or_default().push(person.key);
        true
    }

    /// Whether this person is there.
    pub fn has(&self, person: Person) -> bool {
        let keyed = !person.key.is_empty();
        (keyed && self.keys.contains(person.key))
            || self
                .names
                .get(&person.folded())
                .is_some_and(|keys| !keyed || keys.iter().any(|key| key.is_empty()))
    }

    /// The people, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = Person<'a>> + '_ {
        self.people.iter().copied()
    }

    /// The people, in the order in which they were added.
    pub fn into_people(self) -> Vec<Person<'a>> {
        self.people
    }
}

/// The people of a list, for looking many others up among them.
pub struct Register<'a> {
    people: Vec<Person<'a>>,
    /// Places in the list by key, by the folded name, and by the first and the last word of the name.
    places: BTreeMap<(Known, String), Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Key,
    Name,
    Word,
}

impl<'a> Register<'a> {
    /// The people in the order of their list.
    pub fn of(people: impl Iterator<Item = Person<'a>>) -> Register<'a> {
        let people: Vec<Person> = people.collect();
        let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            for known in known_by(*person) {
                places.entry(known).or_default().push(place);
            }
        }
        Register { people, places }
    }

    /// The first of those who are most surely this person, with their place in the list.
    pub fn find(&self, person: Person) -> Option<(Same, usize)> {
        known_by(person)
            .into_iter()
            .filter_map(|known| self.places.get(&known))
            .flatten()
            .map(|place| (self.people[*place].compare(person), *place))
            .filter(|(same, _)| *same != Same::No)
            .max_by_key(|(same, place)| (*same, std::cmp::Reverse(*place)))
    }
}

/// Whatever two people have to share at least one of to be the same, surely or perhaps.
fn known_by(person: Person) -> Vec<(Known, String)> {
    let words = words(person.name);
    let mut known = Vec::new();
    if !person.key.is_empty() {
        known.push((Known::Key, person.key.to_owned()));
    }
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        known.push((Known::Name, person.folded()));
        known.push((Known::Name, words.concat()));
        known.push((Known::Word, first.clone()));
        known.push((Known::Word, last.clone()));
    }
    known
}

/// Names as they read in a sentence: "Amelia Hart, Noah Hart and Grace Okafor".
pub fn in_a_row(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).into(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Titles that do not tell one person from another.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "rev",
    "revd",
    "sir",
    "dame",
    "lady",
    "lord",
    "sgt",
    "pc",
    "dc",
];

/// The words of a name, folded: case, spacing, titles, accents, apostrophes and what stands in brackets make no
/// difference, and "Walsh, Darren" is "Darren Walsh".
pub(crate) fn words(name: &str) -> Vec<String> {
    let name = without_brackets(name);
    match name.split_once(',').map(|(before, after)| (folded(before), after)) {
        // "Walsh, Darren" but not "Darren Walsh, father": one word before the comma is a surname.
        Some((last, first)) if last.len() == 1 => [folded(first), last].concat(),
        Some((whole, _)) => whole,
        None => folded(&name),
    }
}

/// The words of a text, folded like those of a name: in lower case, without titles, accents and punctuation.
pub(crate) fn folded(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '.' | '_' | '/'))
        .map(fold)
        .filter(|word| !word.is_empty() && !TITLES.contains(&word.as_str()))
        .collect()
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    name.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A word in lower case, letters and digits alone, without accents.
fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            Some(match c {
                'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
                'ç' | 'ć' | 'č' => 'c',
                'ď' | 'đ' => 'd',
                'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
                'ğ' => 'g',
                'ì'..='ï' | 'ī' | 'ı' => 'i',
                'ł' => 'l',
                'ñ' | 'ń' | 'ň' => 'n',
                'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
                'ř' => 'r',
                'ś' | 'š' | 'ş' | 'ș' => 's',
                'ť' | 'ț' | 'ţ' => 't',
                'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
                'ý' | 'ÿ' => 'y',
                'ź' | 'ż' | 'ž' => 'z',
                c if c.is_alphanumeric() => c,
                _ => return None,
            })
        })
        .collect()
}

/// How sure it is that two names, given as their words, are one person's.
pub(crate) fn compare_names(one: &[String], other: &[String]) -> Same {
    if one.is_empty() || other.is_empty() {
        return Same::No;
    }
    let (mut left, mut right) = (one.to_vec(), other.to_vec());
    left.sort_unstable();
    right.sort_unstable();
    if left == right || one.concat() == other.concat() {
        return Same::Yes;
    }
    if is_perhaps(one, other) { Same::Perhaps } else { Same::No }
}

/// Whether two names that differ could be one person's: the last names agree, and so do the first names but for an
/// initial or one slip of the pen.
fn is_perhaps(one: &[String], other: &[String]) -> bool {
    let (Some((last, first)), Some((other_last, other_first))) = (one.split_last(), other.split_last())
    else {
        return false;
    };
    let (Some(first), Some(other_first)) = (first.first(), other_first.first()) else {
        return false;
    };
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    let firsts = first == other_first || initial(first, other_first) || initial(other_first, first);
    (last == other_last && (firsts || is_slip(first, other_first)))
        || (first == other_first && is_slip(last, other_last))
}

/// Whether two words of five letters or more differ by one slip: a letter more, less, other, or two swapped.
fn is_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a, b) {
        ([], _) | (_, []) => true,
        ([x, y, rest @ ..], [v, w, tail @ ..]) if x == w && y == v && rest == tail => true,
        _ => a[1..] == b[1..] || a[1..] == *b || *a == b[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Same {
        Person { key: "", name: one }.compare(Person { key: "", name: other })
    }

    #[test]
    fn one_person_however_the_name_is_typed() {
        for other in [
            "Darren Walsh",
            "darren walsh",
            "  Darren   WALSH ",
            "Mr Darren Walsh",
            "Mr. Walsh, Darren",
            "WALSH Darren",
            "Walsh, Darren",
            "Darren Walsh (father)",
            "Darren Walsh, father",
            "Darren\u{a0}Walsh",
            "Dàrren Walsh",
            "DarrenWalsh",
        ] {
            assert_eq!(compare("Darren Walsh", other), Same::Yes, "{other}");
        }
        assert_eq!(compare("Siân O'Brien-Jones", "Sian OBrien Jones"), Same::Yes);
        assert_eq!(compare("Siân O’Brien", "sian o'brien"), Same::Yes);
    }

    #[test]
    fn perhaps_one_person() {
        for other in
            ["D Walsh", "Mr D. Walsh", "Darren James Walsh", "Daren Walsh", "Darren Wlash", "Darren Walshe"]
        {
            assert_eq!(compare("Darren Walsh", other), Same::Perhaps, "{other}");
        }
    }

    #[test]
    fn two_people() {
        for other in ["Dawn Walsh", "Darren Price", "Walsh", "", "Mr", "Kim Walsh", "the team"] {
            assert_eq!(compare("Darren Walsh", other), Same::No, "{other}");
        }
        assert_eq!(compare("Jane Hill", "June Hill"), Same::No);
    }

    #[test]
    fn a_register_finds_whom_comparing_one_by_one_finds() {
        let names = [
            "Darren Walsh",
            "D Walsh",
            "Walsh, Darren",
            "DarrenWalsh",
            "Darren Walshe",
            "Dr Siân O'Brien",
            "Helen Price",
            "",
        ];
        for one in names {
            for other in names {
                let (one, other) = (Person { key: "", name: one }, Person { key: "", name: other });
                let found = Register::of(std::iter::once(one)).find(other).map_or(Same::No, |(same, _)| same);
                assert_eq!(found, one.compare(other), "{one:?} {other:?}");
            }
        }
        let keyed = Person { key: "7", name: "Darren Walsh" };
        let register = Register::of([Person { key: "", name: "D Walsh" }, keyed].into_iter());
        assert_eq!(register.find(Person { key: "7", name: "Dad" }), Some((Same::Yes, 1)));
        assert_eq!(register.find(Person { key: "8", name: "Darren Walsh" }), Some((Same::Perhaps, 0)));
    }

    #[test]
    fn each_person_once() {
        let mut distinct = Distinct::default();
        let added = [
            ("", "Darren Walsh", true),
            ("", "WALSH, Darren", false),
            ("7", "Darren Walsh", false),
            ("8", "Dawn Walsh", true),
            ("9", "Dawn Walsh", true),
            ("9", "Dawn", false),
            ("", "", false),
        ];
        for (key, name, is_new) in added {
            assert_eq!(distinct.add(Person { key, name }), is_new, "{key} {name}");
        }
        assert_eq!(distinct.into_people().len(), 3);
    }

    #[test]
    fn where_both_have_a_key_the_key_decides() {
        let one = Person { key: "7", name: "Darren Walsh" };
        assert_eq!(one.compare(Person { key: "7", name: "D" }), Same::Yes);
        assert_eq!(one.compare(Person { key: "8", name: "Darren Walsh" }), Same::No);
        assert_eq!(one.compare(Person { key: "", name: "Darren Walsh" }), Same::Yes);
    }
}
