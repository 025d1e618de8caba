//! Whether two rows mean the same person.

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
    fn where_both_have_a_key_the_key_decides() {
        let one = Person { key: "7", name: "Darren Walsh" };
        assert_eq!(one.compare(Person { key: "7", name: "D" }), Same::Yes);
        assert_eq!(one.compare(Person { key: "8", name: "Darren Walsh" }), Same::No);
        assert_eq!(one.compare(Person { key: "", name: "Darren Walsh" }), Same::Yes);
    }
}
