//! Whether two rows mean the same person.

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::answer::{Answer, Text};
use crate::order;
use crate::words::{Name, Pieces, number};
pub(crate) use crate::words::{folded, words};

/// Somebody whom a row names: by the host's own key, by name, or by both.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The host's key of the person; empty where it gives none.
    pub key: &'a str,
    /// The name as typed.
    pub name: &'a str,
    /// The answer that keeps the name folded, where the name is one.
    kept: Option<&'a Text>,
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
        Person { key: key.text().trim(), name: name.text().trim(), kept: name.given() }
    }

    /// A person of whom only the name is known.
    pub fn called(name: &'a Answer<Text>) -> Person<'a> {
        Person { key: "", name: name.text().trim(), kept: name.given() }
    }

    /// A person whom words of their own name, by a key or without one.
    pub fn named(key: &'a str, name: &'a str) -> Person<'a> {
        Person { key, name, kept: None }
    }

    /// Whether neither a key nor a name is there.
    pub fn is_nobody(self) -> bool {
        self.key.is_empty() && crate::answer::is_blank(self.name)
    }

    /// The name folded, the same for all spellings of one name; the key where there is no name.
    pub fn folded(self) -> Cow<'a, str> {
        match self.words() {
            words if words.is_empty() => self.key.into(),
            Cow::Borrowed(words) => Cow::Borrowed(&words.sorted),
            Cow::Owned(words) => Cow::Owned(words.sorted),
        }
    }

    /// The words of the name.
    pub(crate) fn words(self) -> Cow<'a, Name> {
        match self.kept {
            Some(text) => Cow::Borrowed(text.name()),
            None => Cow::Owned(Name::of(self.name)),
        }
    }

    /// The names that the row may give besides each other.
    pub(crate) fn pieces(self) -> Cow<'a, Pieces> {
        match self.kept {
            Some(text) => Cow::Borrowed(text.pieces()),
            None => Cow::Owned(Pieces::of(self.name)),
        }
    }

    /// The same without the host of an address: "darren.cole" of "darren.cole@example.org".
    pub(crate) fn before_at(self) -> Person<'a> {
        match self.name.split_once('@') {
            Some((name, _)) => Person { key: self.key, name, kept: None },
            None => self,
        }
    }

    /// Whether both rows mean the same person. Where both have a key, the key alone decides.
    pub fn compare(self, other: Person) -> Same {
        if !self.key.is_empty() && !other.key.is_empty() {
            return if self.key == other.key { Same::Yes } else { Same::No };
        }
        if self.name.eq_ignore_ascii_case(other.name) && !self.name.is_empty() {
            return Same::Yes;
        }
        self.words().compare(&other.words())
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
    keys: HashSet<&'a str>,
    /// The keys, or none, under each name.
    names: HashMap<Cow<'a, str>, Vec<&'a str>>,
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
                .get(person.folded().as_ref())
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
    /// What each is known by, in order, with the place in the list.
    places: Vec<(u32, usize)>,
}

impl<'a> Register<'a> {
    /// The people in the order of their list.
    pub fn of(people: impl Iterator<Item = Person<'a>>) -> Register<'a> {
        let people: Vec<Person> = people.collect();
        let mut places = Vec::with_capacity(people.len() * 4);
        for (place, person) in people.iter().enumerate() {
            known_by(*person, &mut |known| places.push((known, place)));
        }
        order::sorted(&mut places);
        Register { people, places }
    }

    /// The first of those who are most surely this person, with their place in the list.
    pub fn find(&self, person: Person) -> Option<(Same, usize)> {
        let mut best = None;
        known_by(person, &mut |known| {
            let from = self.places.partition_point(|(other, _)| *other < known);
            for (_, place) in self.places[from..].iter().take_while(|(other, _)| *other == known) {
                let found = (self.people[*place].compare(person), Reverse(*place));
                if found.0 != Same::No {
                    best = best.max(Some(found));
                }
            }
        });
        best.map(|(same, Reverse(place))| (same, place))
    }
}

/// Shows whatever two people have to share at least one of to be the same, surely or perhaps: the key, the name, and the
/// first and the last word of it, each as a number. Two that differ may have one number.
fn known_by(person: Person, see: &mut dyn FnMut(u32)) {
    let name = person.words();
    if let (Some(first), Some(last)) = (name.first(), name.last()) {
        [&name.sorted, &name.joined, first, last].into_iter().for_each(|known| see(number(known)));
    }
    if !person.key.is_empty() {
        see(number(person.key));
    }
}

/// Names as they read in a sentence: "Amelia Hart, Noah Hart and Grace Okafor".
pub fn in_a_row(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).into(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A text that begins a sentence: "the plan" becomes "The plan".
pub fn first_upper(text: &str) -> String {
    // All texts of ours begin in plain letters. Capitals of all others would bring a table with them.
    let mut text = String::from(text);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

impl Name {
    /// How sure it is that two names are one person's.
    pub(crate) fn compare(&self, other: &Name) -> Same {
        if self.is_empty() || other.is_empty() {
            return Same::No;
        }
        if self.sorted == other.sorted || self.joined == other.joined {
            return Same::Yes;
        }
        if is_perhaps(self, other) { Same::Perhaps } else { Same::No }
    }
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
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
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
        Person::named("", one).compare(Person::named("", other))
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
                let (one, other) = (Person::named("", one), Person::named("", other));
                let found = Register::of(std::iter::once(one)).find(other).map_or(Same::No, |(same, _)| same);
                assert_eq!(found, one.compare(other), "{one:?} {other:?}");
            }
        }
        let keyed = Person::named("7", "Darren Walsh");
        let register = Register::of([Person::named("", "D Walsh"), keyed].into_iter());
        assert_eq!(register.find(Person::named("7", "Dad")), Some((Same::Yes, 1)));
        assert_eq!(register.find(Person::named("8", "Darren Walsh")), Some((Same::Perhaps, 0)));
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
            assert_eq!(distinct.add(Person::named(key, name)), is_new, "{key} {name}");
        }
        assert_eq!(distinct.into_people().len(), 3);
    }

    #[test]
    fn where_both_have_a_key_the_key_decides() {
        let one = Person::named("7", "Darren Walsh");
        assert_eq!(one.compare(Person::named("7", "D")), Same::Yes);
        assert_eq!(one.compare(Person::named("8", "Darren Walsh")), Same::No);
        assert_eq!(one.compare(Person::named("", "Darren Walsh")), Same::Yes);
    }
}
