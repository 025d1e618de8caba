//! The children: at a meeting or a conference, where one is a row of the children, an invitee, or both; and as other
//! rows refer to them.

use rustc_hash::FxHashSet as HashSet;

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast;
use crate::day::Day;
use crate::link::Links;
use crate::part::List;
use crate::people::{Person, Same, folded};
use crate::record::{Child, Invitee, InviteeRole, TakingPart};
use crate::sitting::{Seats, person};

/// A child at a meeting: a row of the children, an invitee, or both.
#[derive(Clone, Copy)]
pub struct Young<'a> {
    /// The row of the children.
    pub child: Option<Row<'a, Child>>,
    /// The row of the invitees.
    pub seat: Option<Row<'a, Invitee>>,
    /// On the day of the meeting; `None` before birth, or where the date of birth is not known.
    pub age: Option<u32>,
}

impl Young<'_> {
    /// The child's name, or "Child 2".
    pub fn name(&self) -> String {
        match self.child {
            Some((_, child)) if !child.name.text().trim().is_empty() => child.name.text().trim().into(),
            Some((c, _)) => format!("Child {}", c + 1),
            None => "The child".into(),
        }
    }

    /// How the child takes part.
    pub fn form(&self) -> Option<TakingPart> {
        let own = self.seat.and_then(|(_, invitee)| invitee.participation.get());
        own.or(self.child.and_then(|(_, child)| child.participation.form.get()))
    }

    /// Whether the child gave reasons for not being involved, in either place.
    pub fn has_reasons(&self) -> bool {
        self.seat.is_some_and(|(_, invitee)| !invitee.reason_not_involved.is_blank())
            || self.child.is_some_and(|(_, child)| !child.participation.reason_not_involved.is_blank())
    }

    /// Whether it is recorded why the child does not come, for this meeting or for all.
    pub fn has_reason_for_staying_away(&self) -> bool {
        self.has_reasons()
            || self.child.is_some_and(|(_, child)| !child.participation.reason_not_attending.is_blank())
            || self.seat.is_some_and(|(_, invitee)| {
                !invitee.reason_not_invited.is_blank() || !invitee.reason_absent.is_blank()
            })
    }

    /// Whether the child was there for the whole meeting and could speak.
    pub fn spoke(&self) -> bool {
        self.seat.is_some_and(|(_, invitee)| invitee.attended.is(true))
            && self.form() != Some(TakingPart::Part)
    }
}

/// The children at a meeting or a conference on a day. A row of the children and an invitee are one child by person or name; failing that, an
/// invitee with the role of a child is the child with that first name, or the only child where nothing speaks against it.
pub fn at<'a>(case: &Case<'a>, invitees: &'a List<Invitee>, day: Day) -> Vec<Young<'a>> {
    case.young.get_or((invitees, day), || find_at(case, invitees, day).into()).to_vec()
}

fn find_at<'a>(case: &Case<'a>, invitees: &'a List<Invitee>, day: Day) -> Vec<Young<'a>> {
    let children: Vec<Row<Child>> = case.record.children.rows().collect();
    let named = Seats::among(invitees);
    // Those who are surely the child first, so that a twin with a name that is alike does not take the row.
    let mut seats: Vec<Option<Row<Invitee>>> =
        children.iter().map(|(_, child)| named.sure(Person::new(&child.person, &child.name))).collect();
    let mut taken: HashSet<usize> = seats.iter().flatten().map(|(i, _)| *i).collect();
    let only = children.len() == 1;
    for ((_, child), seat) in children.iter().zip(&mut seats).filter(|(_, seat)| seat.is_none()) {
        *seat = named.rows.iter().copied().find(|(i, invitee)| {
            matches!(invitee.role.get(), Some(InviteeRole::Child) | None)
                && !taken.contains(i)
                && is_likely(child, invitee, only)
        });
        taken.extend(seat.map(|(i, _)| i));
    }
    let mut all: Vec<Young> = children
        .into_iter()
        .zip(seats)
        .map(|((c, child), seat)| {
            let born = child.date_of_birth.get().or_else(|| {
                let own = seat.and_then(|(_, invitee)| invitee.date_of_birth.get());
                own.filter(|_| child.date_of_birth.is_blank())
            });
            let age = born.and_then(|born| born.age_on(day));
            Young { child: Some((c, child)), seat, age }
        })
        .collect();
    let others = named.rows.into_iter();
    let others = others.filter(|(i, invitee)| invitee.role.is(InviteeRole::Child) && !taken.contains(i));
    all.extend(others.map(|(i, invitee)| {
        let age = invitee.date_of_birth.get().and_then(|born| born.age_on(day));
        Young { child: None, seat: Some((i, invitee)), age }
    }));
    all
}

/// Whether an invitee with the role of a child, or with none, is taken for a child whose name does not settle it.
fn is_likely(child: &Child, invitee: &Invitee, only: bool) -> bool {
    let (named, seated) = (Person::new(&child.person, &child.name), person(invitee));
    let alike = named.compare(seated) == Same::Perhaps;
    let keys_differ = !named.key.is_empty() && !seated.key.is_empty();
    let (born, other) = (child.date_of_birth.get(), invitee.date_of_birth.get());
    let born_apart = born.is_some() && other.is_some() && born != other;
    if keys_differ || born_apart || invitee.role.get().is_none() && !alike {
        return false;
    }
    let first = |person: Person| person.name.split_whitespace().next().map(str::to_lowercase);
    let same_first = first(named).is_some() && first(named) == first(seated);
    let unnamed = seated.is_nobody() || named.is_nobody();
    alike || same_first || only && (unnamed || born.is_some() && born == other)
}

/// The children a row is about, by the answer to "Child".
pub enum Whose {
    /// All of them.
    All,
    /// These, by their index.
    These(Vec<usize>),
    /// None whom the record has.
    Astray,
}

/// How a row refers to children: by `id`, number or name, or to all of them.
pub struct Children<'a> {
    rows: Vec<Row<'a, Child>>,
    links: Links,
}

impl<'a> Children<'a> {
    /// The children of a record.
    pub fn of(case: &Case<'a>) -> Children<'a> {
        let rows: Vec<_> = case.record.children.rows().collect();
        let links = Links::new(
            "child",
            rows.iter().map(|(index, child)| (*index, child.id.text(), child.name.folded())),
        );
        Children { rows, links }
    }

    /// Whom an answer to "Child" means.
    pub fn meant(&self, child: &Answer<Text>) -> Whose {
        let text = child.text();
        if child.is_blank() || self.rows.len() < 2 {
            return Whose::All;
        }
        let led = self.links.follow(text);
        if !led.astray {
            return Whose::These(led.to);
        }
        let named: Vec<usize> = self
            .rows
            .iter()
            .filter(|(_, child)| {
                let person = Person::new(&child.person, &child.name);
                (!person.key.is_empty() && person.key == text.trim()) || cast::speaks_of(text, person)
            })
            .map(|(index, _)| *index)
            .collect();
        let all = ["all", "both", "each", "every", "everyone", "children", "siblings", "whole"];
        match () {
            () if !named.is_empty() => Whose::These(named),
            () if folded(text).iter().any(|word| all.contains(&word.as_str())) => Whose::All,
            () => Whose::Astray,
        }
    }

    /// The children for whom there is no row, where there are several children.
    pub fn left_out<'r>(&self, rows: impl Iterator<Item = &'r Answer<Text>>) -> Vec<Row<'a, Child>> {
        let mut covered = HashSet::default();
        for child in rows {
            match self.meant(child) {
                Whose::All => return Vec::new(),
                Whose::These(these) => covered.extend(these),
                // Reported on its own; whom it means is not known.
                Whose::Astray => return Vec::new(),
            }
        }
        self.rows.iter().copied().filter(|(index, _)| !covered.contains(index)).collect()
    }

    /// Whether no row says which of several children it is about. One row may be about all of them.
    pub fn are_never_chosen<'r>(&self, mut rows: impl Iterator<Item = &'r Answer<Text>> + Clone) -> bool {
        self.rows.len() > 1 && rows.clone().count() > 1 && rows.all(Answer::is_blank)
    }
}
