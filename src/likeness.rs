//! Whether a name on a list could mean somebody whom it must not reach.
//!
//! A plan that was sent to the wrong person cannot be taken back. So this asks less than [`Person::compare`] does: a
//! first name alone, a surname alone, initials, "Dad" or "both parents" are enough for a second look.

use crate::answer::{Answer, Text};
use crate::people::{Person, Same};
use crate::words::{Pieces, words};

/// Somebody on a list, or somebody who must not be on it, with the role that the row gives.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    person: Person<'a>,
    /// What their role makes them to the child.
    kin: Option<Kin>,
}

impl<'a> Listed<'a> {
    /// Somebody in a row of the record, with the role that it gives: "father", "Designated Safeguarding Lead".
    pub fn new(person: Person<'a>, role: &Answer<Text>) -> Listed<'a> {
        Listed { person, kin: kinship(&Person::called(role).words()) }
    }

    /// Somebody with a role in words of their own.
    pub fn named(person: Person<'a>, role: &str) -> Listed<'a> {
        Listed { person, kin: kinship(&words(role)) }
    }

    /// How sure it is that this row reaches somebody who must not be reached. Where both have a key, it decides. Either may be
    /// written in full: the plan may be kept from "Dad", and go to "Darren Walsh".
    pub fn reaches(self, kept_from: Listed) -> Same {
        let (row, other) = (self.person, kept_from.person);
        if !row.key.is_empty() && !other.key.is_empty() {
            return row.compare(other);
        }
        match row.compare(other) {
            Same::No if self.could_be(kept_from) || kept_from.could_be(self) => Same::Perhaps,
            same => same,
        }
    }

    /// Whether this is how somebody may be written who is written in full there.
    fn could_be(self, kept_from: Listed) -> bool {
        let theirs = kept_from.person.words();
        let name = self.person.before_at();
        if is_initials(name.name, &theirs) || self.is_meant_by_kinship(kept_from) {
            return true;
        }
        let pieces = name.pieces();
        // "Tina Reed and Darren Cole", "Darren Cole-Smith": every word of the name is there.
        if theirs.len() > 1 && theirs.iter().all(|word| pieces.all.contains(word)) {
            return true;
        }
        let same_role = self.kin.is_some() && self.kin == kept_from.kin;
        pieces.each.iter().any(|(typed, name)| {
            typed.eq_ignore_ascii_case(kept_from.person.name)
                || name.compare(&theirs) != Same::No
                || shares_a_name(name, &theirs, same_role)
        })
    }

    /// "Dad", where the plan is kept from the father, and "both parents", where it is kept from one of them.
    fn is_meant_by_kinship(self, kept_from: Listed) -> bool {
        let Some(kept) = kept_from.kin.or_else(|| kinship(&kept_from.person.words())) else { return false };
        let Pieces { each, .. } = &*self.person.pieces();
        each.iter().any(|(typed, words)| {
            let calls_by_kin = words.iter().all(|word| is_kin_word(word))
                // "Noah's dad": whose it is stands before it.
                || (typed.contains(['\'', '’']) && words.last().is_some_and(|word| kin(word).is_some()));
            calls_by_kin && kinship(words).is_some_and(|kin| kin == kept || kin == Kin::Parents)
        })
    }
}

/// Whether one word stands for the whole name, or the surname agrees and nothing but the first name as it is called
/// speaks against it.
fn shares_a_name(row: &[String], theirs: &[String], same_role: bool) -> bool {
    match (row, theirs) {
        ([], _) | (_, []) => false,
        ([one], [_, _, ..]) => theirs.contains(one),
        ([first, .., last], [their_first, .., their_last]) => {
            let is_initial = last.chars().count() == 1 && their_last.starts_with(last.as_str());
            (last == their_last && same_role)
                || (first == their_first && (is_initial || is_near(last, their_last)))
        }
        _ => false,
    }
}

/// Whether two surnames of four letters or more differ by one letter at the end or in between.
fn is_near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[start..], &b[start..]);
    a.len().min(b.len()) >= 4
        && match (rest_a, rest_b) {
            ([], [_]) | ([_], []) | ([_], [_]) => true,
            ([_, tail @ ..], [_, rest @ ..]) => tail == rest || tail == rest_b || rest == rest_a,
            _ => false,
        }
}

/// "DC" or "D.C." for Darren Cole.
fn is_initials(name: &str, theirs: &[String]) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() > 1
        && letters.len() == theirs.len()
        && letters.iter().all(|c| c.is_uppercase())
        && letters.iter().zip(theirs).all(|(letter, word)| word.starts_with(letter.to_ascii_lowercase()))
}

/// A parent, as people call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kin {
    Father,
    Mother,
    Parents,
}

fn kinship(words: &[String]) -> Option<Kin> {
    words.iter().find_map(|word| kin(word))
}

fn kin(word: &str) -> Option<Kin> {
    match word {
        "dad" | "dads" | "daddy" | "da" | "father" | "fathers" => Some(Kin::Father),
        "mum" | "mums" | "mummy" | "mam" | "mom" | "mother" | "mothers" => Some(Kin::Mother),
        "parent" | "parents" => Some(Kin::Parents),
        _ => None,
    }
}

fn is_kin_word(word: &str) -> bool {
    kin(word).is_some() || matches!(word, "both" | "the" | "all" | "birth" | "his" | "her" | "their")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaches(name: &str, role: &str) -> Same {
        let kept_from = Listed::named(Person::named("", "Darren Cole"), "Noah's father");
        Listed::named(Person::named("", name), role).reaches(kept_from)
    }

    #[test]
    fn a_row_that_could_mean_him() {
        for (name, role) in [
            ("Daz Cole", "Father"),
            ("Dad", ""),
            ("Father", ""),
            ("Darren (dad)", ""),
            ("Darren", ""),
            ("Mr Cole", ""),
            ("Cole", ""),
            ("Darren Coles", ""),
            ("Darren Cole-Smith", ""),
            ("Tina Reed and Darren Cole", ""),
            ("Tina & Darren", ""),
            ("Parents", ""),
            ("Both parents", ""),
            ("Mum and Dad", ""),
            ("DC", ""),
            ("D.C.", ""),
            ("D Cole", ""),
            ("Darren C", ""),
            ("darren.c.cole@example.org", ""),
            ("Daren Cole", ""),
            ("Noah's dad", ""),
            ("Noah’s Mum and Dad", ""),
        ] {
            assert_eq!(reaches(name, role), Same::Perhaps, "{name}, {role}");
        }
        assert_eq!(reaches("darren.cole@example.org", ""), Same::Perhaps);
        assert_eq!(reaches("COLE, Darren", ""), Same::Yes);
    }

    #[test]
    fn a_row_in_full_of_somebody_who_is_written_shortly() {
        for (kept_from, name, role, same) in [
            ("Dad", "Darren Cole", "father", Same::Perhaps),
            ("Darren", "Darren Cole", "", Same::Perhaps),
            ("Mr Cole", "Darren Cole", "", Same::Perhaps),
            ("Darren C", "Darren Cole", "", Same::Perhaps),
            ("DC", "Darren Cole", "", Same::Perhaps),
            ("Both parents", "Tina Reed", "mother", Same::Perhaps),
            ("Dad", "Tina Reed", "mother", Same::No),
            ("Dad", "Grace Okafor", "Designated Safeguarding Lead", Same::No),
            ("Darren", "Grace Okafor", "", Same::No),
        ] {
            let kept_from = Listed::named(Person::named("", kept_from), "Noah's father");
            let row = Listed::named(Person::named("", name), role);
            assert_eq!(row.reaches(kept_from), same, "{name}, {role}");
        }
    }

    #[test]
    fn a_row_that_means_somebody_else() {
        for (name, role) in [
            ("Tina Cole", "Mother"),
            ("Tina Reed", "parent"),
            ("Mum", ""),
            ("Grace Okafor", "Designated Safeguarding Lead"),
            ("Susan Cole", "Grandmother"),
            ("School", ""),
            ("Coleman Price", "School nurse"),
            ("", ""),
            ("GP", ""),
        ] {
            assert_eq!(reaches(name, role), Same::No, "{name}, {role}");
        }
    }

    #[test]
    fn one_letter_in_a_surname_is_a_slip() {
        for (one, other, near) in [
            ("cole", "colle", true),
            ("cole", "cole", false),
            ("cole", "coles", true),
            ("cole", "cope", true),
            ("cole", "kole", true),
            ("col", "cole", false),
            ("cole", "cape", false),
            ("cole", "collie", false),
            ("cole", "colour", false),
        ] {
            assert_eq!(is_near(one, other), near, "{one} {other}");
            assert_eq!(is_near(other, one), near, "{other} {one}");
        }
    }

    #[test]
    fn keys_decide() {
        let kept_from = Listed::named(Person::named("7", "Darren Cole"), "father");
        assert_eq!(Listed::named(Person::named("8", "Dad"), "father").reaches(kept_from), Same::No);
        assert_eq!(Listed::named(Person::named("7", "x"), "").reaches(kept_from), Same::Yes);
    }
}
