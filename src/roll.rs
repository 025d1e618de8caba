//! Who of those expected stands on a list that people wrote by hand.

use crate::case::Case;
use crate::cast::{self, Family, Means};
use crate::people::{Distinct, Person, Same, words};

/// Each of those expected, once, with the row that stands for them. A list that names "Mum", "Nan" and "School" is read
/// kindly: a name that is written in another way, or a role that the plan knows, stands for somebody expected whom no
/// other row names: a relation for one of the family, an office for one who is not. Somebody else's first name and surname
/// stand for nobody else. Nobody is told to be missing where there is a row that may well be theirs.
pub fn call<'a>(
    case: &Case<'a>,
    expected: impl IntoIterator<Item = Person<'a>>,
    rows: impl Iterator<Item = (usize, Person<'a>)>,
) -> Vec<(Person<'a>, Option<usize>)> {
    let mut rows: Vec<_> = rows.filter(|(_, person)| !person.is_nobody()).collect();
    let mut once = Distinct::default();
    let expected: Vec<_> = expected.into_iter().filter(|person| once.add(*person)).collect();
    // "Grace" beside "Grace Okafor" is expected once.
    let in_full = |short: &Person| {
        let mut longer =
            expected.iter().filter(|other| other.words().len() > 1 && is_part_of(*short, **other));
        is_short(*short) && short.key.is_empty() && longer.next().is_some() && longer.next().is_none()
    };
    let mut roll: Vec<_> =
        expected.iter().filter(|person| !in_full(person)).map(|person| (*person, None)).collect();
    let mut listed = Distinct::default();
    rows.iter().for_each(|(_, person)| {
        listed.add(*person);
    });
    answer(&mut roll, &mut rows, |person, row| listed.has(person) && row.is(person));
    if rows.is_empty() || roll.iter().all(|(_, row)| row.is_some()) {
        return roll;
    }
    // A row that names somebody else in full stands for nobody but them.
    let mut known = Distinct::default();
    case.people().for_each(|person| {
        known.add(person);
    });
    rows.retain(|(_, row)| !known.has(*row));
    answer(&mut roll, &mut rows, |person, row| person.compare(row) == Same::Perhaps);
    answer(&mut roll, &mut rows, |person, row| is_part_of(row, person) || is_part_of(person, row));
    let cast = case.cast();
    rows.retain(|(_, row)| cast.means(*row) == Means::Somebody);
    let family = Family::of(case);
    answer(&mut roll, &mut rows, |person, row| {
        let is_of_family = family.is_named(person.name);
        if cast::is_relation(row.name) {
            is_of_family || cast::is_office(row.name)
        } else if cast::is_office(row.name) || cast.is_role(row.name) {
            !is_of_family
        } else {
            is_short(row) || shares_a_word(person, row)
        }
    });
    roll
}

/// A single word, which may be what somebody is called. First name and surname are those of somebody else.
fn is_short(row: Person) -> bool {
    row.words().len() < 2
}

fn shares_a_word(person: Person, row: Person) -> bool {
    let theirs = person.words();
    row.words().iter().any(|word| theirs.contains(word))
}

/// Gives each who has no row yet the first that is theirs. A row stands for one person.
fn answer<'a>(
    roll: &mut [(Person<'a>, Option<usize>)],
    rows: &mut Vec<(usize, Person<'a>)>,
    is_theirs: impl Fn(Person<'a>, Person<'a>) -> bool,
) {
    for (person, place) in roll.iter_mut().filter(|(_, place)| place.is_none()) {
        if let Some(index) = rows.iter().position(|(_, row)| is_theirs(*person, *row)) {
            *place = Some(rows.remove(index).0);
        }
    }
}

/// Whether every word of a name stands in another: "Margaret" in "Margaret Reed", "Mum (Tina Reed)" around "Tina Reed".
fn is_part_of(one: Person, whole: Person) -> bool {
    const AROUND: [char; 3] = ['(', ')', ','];
    let own = one.words();
    let is_within = |all: &[String]| own.iter().all(|word| all.contains(word));
    if own.is_empty() {
        false
    } else if whole.name.contains(AROUND) {
        is_within(&whole.name.split(AROUND).flat_map(words).collect::<Vec<_>>())
    } else {
        is_within(&whole.words())
    }
}
