//! Who is invited to the meetings, who comes, and how a child and the parents are prepared and heard.
//!
//! A case may hold years of meetings. What is missing is asked of the latest meeting that was held and of the next to
//! come: an older one cannot be mended. What was filled in and contradicts itself is told of every meeting. Of a meeting
//! that lies ahead nothing is asked before its first invitation, and preparing the family is asked from its day; the
//! first meeting of a case is asked in full.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::people::{Distinct, Person, Register, Same};
use crate::procedure::{Age, Asked, Limit};
use crate::record::{
    Child, Invitee, InviteeRole, Meeting, MeetingKind, PlanPart, Progress, Role, RoleKind, TakingPart,
};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_YOUNG_PERSON_INVITED,
    &ATTENDANCE_YOUNG_PERSON_ASKED,
    &ATTENDANCE_PREPARED_SHORTLY,
    &ATTENDANCE_REASONS_OF_CHILD,
    &ATTENDANCE_VIEWS_REPRESENTED,
    &ATTENDANCE_VIEWS_METHOD,
    &ATTENDANCE_BIRTH_DATE,
    &ATTENDANCE_VENUE,
    &ATTENDANCE_PARENTS_INVITED,
    &ATTENDANCE_PARENTS_MET,
    &ATTENDANCE_PARENTS_VIEWS,
    &ATTENDANCE_BARRIERS,
    &ATTENDANCE_PLAN_KEPT_FROM,
    &ATTENDANCE_PROFESSIONALS_INVITED,
    &ATTENDANCE_FAMILY_AGREES,
    &ATTENDANCE_REPORTS,
    &ATTENDANCE_SOCIAL_WORKER,
    &ATTENDANCE_SOLICITOR,
    &ATTENDANCE_CONTRIBUTORS,
    &ATTENDANCE_EARLY_HELP,
    &ATTENDANCE_EDUCATION_REVIEW,
    &ATTENDANCE_PARENTS_AT_OTHER_MEETINGS,
    &ATTENDANCE_PARENTS_INFORMED,
    &ATTENDANCE_INVITED_IN_TIME,
    &ATTENDANCE_INVITED_OR_NOT,
    &ATTENDANCE_CAME_OR_NOT,
    &ATTENDANCE_NAMED_ONCE,
];

// ---- the meetings that are looked at ----

/// A meeting that is looked at for what is missing.
#[derive(Clone, Copy)]
struct Sitting<'a> {
    m: usize,
    meeting: &'a Meeting,
    /// The day on which ages and involvement are looked at.
    day: Day,
    /// Whether it has been held, today included.
    held: bool,
    /// Whether nobody has been invited yet to a meeting that lies ahead, with another held before.
    early: bool,
}

impl Sitting<'_> {
    fn number(&self) -> usize {
        self.m + 1
    }
}

/// The latest held meeting and the next, in this order.
fn sittings<'a>(case: &Case<'a>) -> Vec<Sitting<'a>> {
    let some_held = !case.held_meetings().is_empty();
    case.current_meetings()
        .into_iter()
        .map(|(m, meeting)| {
            let mut invitees = meeting.invitees.rows().map(|(_, invitee)| invitee);
            let held = match meeting.held_on.get() {
                Some(day) => day <= case.today,
                // Without a day, somebody who came shows that it was held.
                None => invitees.clone().any(|invitee| invitee.attended.is(true)),
            };
            let early = !held && some_held && !invitees.any(is_accounted_for);
            Sitting { m, meeting, day: case.day_of(meeting), held, early }
        })
        .collect()
}

/// The meetings to which people have to be invited by now.
fn prepared<'a>(case: &Case<'a>) -> impl Iterator<Item = Sitting<'a>> + use<'a> {
    sittings(case).into_iter().filter(|sitting| !sitting.early)
}

/// The meeting for which people have to be prepared by now: the latest held, or the first to come.
fn due<'a>(case: &Case<'a>) -> Option<Sitting<'a>> {
    let all = sittings(case);
    let some_held = !case.held_meetings().is_empty();
    all.into_iter().find(|sitting| sitting.held || !some_held)
}

/// The meeting of the plan that was held last.
fn held<'a>(case: &Case<'a>) -> Option<Sitting<'a>> {
    sittings(case).into_iter().find(|sitting| sitting.held)
}

fn person(invitee: &Invitee) -> Person<'_> {
    Person::new(&invitee.person, &invitee.name)
}

/// Who came without a day of invitation was let in by somebody.
fn is_invited(invitee: &Invitee) -> bool {
    !invitee.invited_on.is_blank() || invitee.attended.is(true)
}

/// Whether the row shows an invitation, or why there is none.
fn is_accounted_for(invitee: &Invitee) -> bool {
    is_invited(invitee) || !invitee.reason_not_invited.is_blank() || !invitee.reason_not_involved.is_blank()
}

fn is_parent(invitee: &Invitee) -> bool {
    matches!(invitee.role.get(), Some(InviteeRole::Parent | InviteeRole::Carer))
}

/// The invitees of a meeting, to look people up among. A name that is typed a little otherwise is found too, so that
/// nobody is called missing over an initial.
struct Seats<'a> {
    rows: Vec<Row<'a, Invitee>>,
    register: Register<'a>,
}

impl<'a> Seats<'a> {
    fn of(meeting: &'a Meeting) -> Seats<'a> {
        let rows: Vec<Row<Invitee>> = meeting.invitees.rows().collect();
        let register = Register::of(rows.iter().map(|(_, invitee)| person(invitee)));
        Seats { rows, register }
    }

    fn find(&self, person: Person) -> Option<Row<'a, Invitee>> {
        self.register.find(person).map(|(_, place)| self.rows[place])
    }

    /// The invitee who is surely this person.
    fn sure(&self, person: Person) -> Option<Row<'a, Invitee>> {
        self.register.find(person).filter(|(same, _)| *same == Same::Yes).map(|(_, place)| self.rows[place])
    }
}

/// Whether somebody takes part in a meeting by running it.
fn runs(meeting: &Meeting, person: Person) -> bool {
    let chair = Person::new(&meeting.chair.person, &meeting.chair.name);
    [chair, Person::called(&meeting.minute_taker), Person::called(&meeting.minutes.taken_by)]
        .into_iter()
        .any(|runner| runner.compare(person) != Same::No)
}

fn worker<'a>(case: &Case<'a>) -> Person<'a> {
    Person::new(&case.record.case.social_worker.person, &case.record.case.social_worker.name)
}

/// Whether somebody holds the case or manages it: they belong to every meeting and are no other professional.
fn is_own(case: &Case, person: Person) -> bool {
    let manager = Person::new(&case.record.case.manager.person, &case.record.case.manager.name);
    worker(case).compare(person) != Same::No || manager.compare(person) != Same::No
}

// ---- children and young people ----

/// A child at a meeting: a row of the children, an invitee, or both.
struct Young<'a> {
    child: Option<Row<'a, Child>>,
    seat: Option<Row<'a, Invitee>>,
    /// On the day of the meeting; `None` before birth, or where the date of birth is not known.
    age: Option<u32>,
}

impl Young<'_> {
    fn name(&self) -> String {
        match self.child {
            Some((_, child)) if !child.name.text().trim().is_empty() => child.name.text().trim().into(),
            Some((c, _)) => format!("Child {}", c + 1),
            None => "The child".into(),
        }
    }

    /// "child 2" or, without a row of the children, "invitee 1 of meeting 3".
    fn which(&self, sitting: &Sitting) -> String {
        match (self.child, self.seat) {
            (Some((c, _)), _) => format!("child {}", c + 1),
            (None, Some((i, _))) => format!("invitee {} of meeting {}", i + 1, sitting.number()),
            (None, None) => format!("meeting {}", sitting.number()),
        }
    }

    fn form(&self) -> Option<TakingPart> {
        let own = self.seat.and_then(|(_, invitee)| invitee.participation.get());
        own.or(self.child.and_then(|(_, child)| child.participation.form.get()))
    }

    /// Whether the child gave reasons for not being involved, in either place.
    fn has_reasons(&self) -> bool {
        self.seat.is_some_and(|(_, invitee)| !invitee.reason_not_involved.is_blank())
            || self.child.is_some_and(|(_, child)| !child.participation.reason_not_involved.is_blank())
    }

    /// Whether the child was there for the whole meeting and could speak.
    fn spoke(&self) -> bool {
        self.seat.is_some_and(|(_, invitee)| invitee.attended.is(true))
            && self.form() != Some(TakingPart::Part)
    }
}

/// The children at a meeting. A row of the children and an invitee are one child by person or name; failing that, an
/// invitee with the role of a child is the child with that first name, or the only child where nothing speaks against it.
fn young<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Young<'a>> {
    let children: Vec<Row<Child>> = case.record.children.rows().collect();
    let named = Seats::of(sitting.meeting);
    // Those who are surely the child first, so that a twin with a name that is alike does not take the row.
    let mut seats: Vec<Option<Row<Invitee>>> =
        children.iter().map(|(_, child)| named.sure(Person::new(&child.person, &child.name))).collect();
    let mut taken: BTreeSet<usize> = seats.iter().flatten().map(|(i, _)| *i).collect();
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
            let age = born.and_then(|born| born.age_on(sitting.day));
            Young { child: Some((c, child)), seat, age }
        })
        .collect();
    let others = named.rows.into_iter();
    let others = others.filter(|(i, invitee)| invitee.role.is(InviteeRole::Child) && !taken.contains(i));
    all.extend(others.map(|(i, invitee)| {
        let age = invitee.date_of_birth.get().and_then(|born| born.age_on(sitting.day));
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

const ATTENDANCE_YOUNG_PERSON_INVITED: Rule<Age> = Rule {
    id: "attendance-young-person-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Young people are invited to the meeting, or the reason is recorded",
    remedy: "Enter the day on which the young person was invited, or the reason they were not.",
    term: |procedure| procedure.attendance.young_person_invited_from.get(),
    check: young_person_invited,
};

fn young_person_invited(from: &Age, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        for young in young(case, &sitting) {
            let of_age = young.age.is_some_and(|age| age >= from.0);
            // Somebody who was asked, chose not to come and said why has been invited in all but name.
            if !of_age || young.form() == Some(TakingPart::None) && young.has_reasons() {
                continue;
            }
            let old = format!("who is {} or over", from.0);
            match young.seat {
                Some((_, invitee)) if is_accounted_for(invitee) => {}
                Some((i, _)) => {
                    let message =
                        format!("Date invited is missing for invitee {} of meeting {number}, {old}", i + 1);
                    found.at(field!(meetings[m].invitees[i].invited_on), message);
                }
                None => {
                    let message =
                        format!("{}, {old}, is not among the invitees of meeting {number}", young.name());
                    found.at(field!(meetings[m].invitees), message).remedy(
                        "Invite the young person, or add them to the invitees with the reason they are not invited.",
                    );
                }
            }
        }
    }
}

const ATTENDANCE_YOUNG_PERSON_ASKED: Rule<Age> = Rule {
    id: "attendance-young-person-asked",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker asks young people if and how they want to take part",
    remedy: "Meet the young person before the meeting, and enter the day and how they want to take part.",
    term: |procedure| procedure.attendance.young_person_asked_from.get(),
    check: young_person_asked,
};

fn young_person_asked(from: &Age, case: &Case, found: &mut Found) {
    let Some(sitting) = due(case) else { return };
    let m = sitting.m;
    for young in young(case, &sitting).iter().filter(|young| young.age.is_some_and(|age| age >= from.0)) {
        let which = young.which(&sitting);
        let met = young.seat.is_some_and(|(_, invitee)| !invitee.met_on.is_blank());
        let discussed = young.child.is_some_and(|(_, child)| !child.participation.discussed_on.is_blank());
        if !met && !discussed {
            let old = format!("who is {} or over", from.0);
            match (young.child, young.seat) {
                (Some((c, _)), _) => found.at(
                    field!(children[c].participation.discussed_on),
                    format!("Date you discussed taking part is missing for {which}, {old}"),
                ),
                (None, Some((i, _))) => found.at(
                    field!(meetings[m].invitees[i].met_on),
                    format!("Date they were met before the meeting is missing for {which}, {old}"),
                ),
                (None, None) => continue,
            };
        } else if young.form().is_none()
            && let Some((c, child)) = young.child
            && child.participation.form.is_blank()
            && !young.seat.is_some_and(|(_, invitee)| {
                invitee.attended.is(true)
                    || !invitee.participation.is_blank()
                    || !invitee.reason_not_invited.is_blank()
            })
        {
            found
                .at(
                    field!(children[c].participation.form),
                    format!("How the child takes part is missing for {which}"),
                )
                .at_most(Severity::Advice)
                .remedy("Enter how the young person wants to take part.");
        }
    }
}

const ATTENDANCE_PREPARED_SHORTLY: Rule<Limit> = Rule {
    id: "attendance-prepared-shortly",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "A young person is prepared shortly before the meeting, not long ahead",
    remedy: "See the young person again shortly before the meeting.",
    term: |procedure| procedure.attendance.prepared_within.get(),
    check: prepared_shortly,
};

/// Only of a meeting to come: how somebody was prepared for one that was held cannot be mended.
fn prepared_shortly(limit: &Limit, case: &Case, found: &mut Found) {
    for sitting in sittings(case).into_iter().filter(|sitting| !sitting.held) {
        let Some(held_on) = sitting.meeting.held_on.get() else { continue };
        let m = sitting.m;
        for young in &young(case, &sitting) {
            let (Some((_, child)), Some((i, invitee))) = (young.child, young.seat) else { continue };
            let Some(met_on) = invitee.met_on.get() else { continue };
            // The earlier talk about whether and how to take part is no preparation visit.
            let is_the_talk = child.participation.discussed_on.get().is_none_or(|talk| talk == met_on);
            if !is_the_talk && limit.after(met_on, case.calendar).0 < held_on {
                let days = met_on.days_until(held_on);
                let message = format!(
                    "Date they were met before the meeting is {days} days before it for {}",
                    young.which(&sitting)
                );
                found.at(field!(meetings[m].invitees[i].met_on), message);
            }
        }
    }
}

const ATTENDANCE_REASONS_OF_CHILD: Rule<Asked> = Rule {
    id: "attendance-reasons-of-child",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A child who does not want to be involved has the reasons recorded",
    remedy: "Enter the reasons in the child's words, or that the child was asked and gave none.",
    term: |procedure| procedure.attendance.reasons_of_child.get(),
    check: reasons_of_child,
};

fn reasons_of_child(_: &Asked, case: &Case, found: &mut Found) {
    let at_meetings: Vec<(Sitting, Vec<Young>)> =
        prepared(case).map(|sitting| (sitting, young(case, &sitting))).collect();
    for (c, child) in case.record.children.rows() {
        let is_this = |young: &&Young| young.child.is_some_and(|(own, _)| own == c);
        let has_reasons = !child.participation.reason_not_involved.is_blank()
            || at_meetings.iter().flat_map(|(_, all)| all).filter(is_this).any(Young::has_reasons);
        if child.participation.form.is(TakingPart::None) && !has_reasons {
            let message = format!("Child's reasons for not being involved are missing for child {}", c + 1);
            found.at(field!(children[c].participation.reason_not_involved), message);
        }
    }
    for (sitting, all) in &at_meetings {
        let m = sitting.m;
        for young in all {
            let told = young.child.is_some_and(|(_, child)| child.participation.form.is(TakingPart::None));
            if let Some((i, invitee)) = young.seat
                && invitee.participation.is(TakingPart::None)
                && !young.has_reasons()
                && !told
            {
                let message = format!(
                    "Reason not involved is missing for invitee {} of meeting {}",
                    i + 1,
                    sitting.number()
                );
                found.at(field!(meetings[m].invitees[i].reason_not_involved), message);
            }
        }
    }
}

const ATTENDANCE_VIEWS_REPRESENTED: Rule<Age> = Rule {
    id: "attendance-views-represented",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Somebody represents the views of a young child at the meeting",
    remedy: "Enter who spoke for the child at the meeting.",
    term: |procedure| procedure.attendance.views_represented_below.get(),
    check: views_represented,
};

/// A child who was there for the whole meeting speaks, and is not asked about; one who came to a part of it is.
fn views_represented(below: &Age, case: &Case, found: &mut Found) {
    let Some(sitting) = held(case) else { return };
    let m = sitting.m;
    for young in young(case, &sitting) {
        let spoken_for = young.seat.is_some_and(|(_, invitee)| !invitee.views_represented_by.is_blank())
            || young.child.is_some_and(|(_, child)| !child.views.represented_by.is_blank());
        if spoken_for || young.spoke() || young.age.is_none_or(|age| age >= below.0) {
            continue;
        }
        let field = match (young.child, young.seat) {
            (Some((c, _)), _) => field!(children[c].views.represented_by),
            (None, Some((i, _))) => field!(meetings[m].invitees[i].views_represented_by),
            (None, None) => continue,
        };
        let message = format!(
            "Who represented the child's views at meeting {} is missing for {}, who is under {}",
            sitting.number(),
            young.which(&sitting),
            below.0
        );
        found.at(field, message);
    }
}

const ATTENDANCE_VIEWS_METHOD: Rule<Age> = Rule {
    id: "attendance-views-method",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "It is recorded how a young child's views were found out",
    remedy: "Enter the tools or the way in which the child's views were found out.",
    term: |procedure| procedure.attendance.views_method_below.get(),
    check: views_method,
};

fn views_method(below: &Age, case: &Case, found: &mut Found) {
    let Some(sitting) = held(case) else { return };
    for young in young(case, &sitting) {
        if let Some((c, child)) = young.child
            && child.views.method.is_blank()
            && !young.spoke()
            && young.age.is_some_and(|age| age < below.0)
        {
            let message = format!(
                "How the child's views were found out is missing for child {}, who is under {}",
                c + 1,
                below.0
            );
            found.at(field!(children[c].views.method), message);
        }
    }
}

const ATTENDANCE_BIRTH_DATE: Rule<Age> = Rule {
    id: "attendance-birth-date",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "A child has one date of birth",
    remedy: "Correct the date of birth: the child's age decides whether they are invited.",
    term: |procedure| procedure.attendance.young_person_invited_from.get(),
    check: birth_date,
};

fn birth_date(_: &Age, case: &Case, found: &mut Found) {
    let children: BTreeMap<String, &Child> = case
        .record
        .children
        .rows()
        .map(|(_, child)| (Person::new(&child.person, &child.name).folded(), child))
        .collect();
    for (m, meeting) in case.record.meetings.rows() {
        for (i, invitee) in meeting.invitees.rows() {
            let Some(born) = invitee.date_of_birth.get() else { continue };
            let Some(child) = children.get(&person(invitee).folded()) else { continue };
            if Person::new(&child.person, &child.name).is(person(invitee))
                && child.date_of_birth.get().is_some_and(|other| other != born)
            {
                let message = format!(
                    "Date of birth of invitee {} of meeting {} is not the one under the children",
                    i + 1,
                    m + 1
                );
                found.at(field!(meetings[m].invitees[i].date_of_birth), message);
            }
        }
    }
}

const ATTENDANCE_VENUE: Rule<Asked> = Rule {
    id: "attendance-venue",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Before a meeting at school it is known where the child would like to meet",
    remedy: "Ask the child where they would like to meet, and enter it.",
    term: |procedure| procedure.attendance.venue_preference.get(),
    check: venue,
};

fn venue(_: &Asked, case: &Case, found: &mut Found) {
    let mut told = BTreeSet::new();
    for sitting in prepared(case).filter(|sitting| is_school(sitting.meeting.venue.text())) {
        for young in young(case, &sitting) {
            if let (Some((c, child)), Some((_, invitee))) = (young.child, young.seat)
                && is_invited(invitee)
                && child.participation.preferred_place.is_blank()
                && told.insert(c)
            {
                let message = format!(
                    "Meeting {} is at school, and where the child would like to meet is missing for child {}",
                    sitting.number(),
                    c + 1
                );
                found.at(field!(children[c].participation.preferred_place), message);
            }
        }
    }
}

fn is_school(venue: &str) -> bool {
    venue
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["school", "academy", "college"].iter().any(|known| word.eq_ignore_ascii_case(known)))
}

// ---- parents and carers ----

const ATTENDANCE_PARENTS_INVITED: Rule<Asked> = Rule {
    id: "attendance-parents-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Parents and carers are invited, and the reason is recorded for each who is not",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.parents_invited.get(),
    check: parents_invited,
};

fn parents_invited(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in sittings(case) {
        let (m, number) = (sitting.m, sitting.number());
        if sitting.early && sitting.meeting.held_on.is_blank() {
            continue;
        } else if sitting.early {
            found
                .at(field!(meetings[m].invitees), format!("Nobody has been invited to meeting {number} yet"))
                .at_most(Severity::Advice)
                .remedy("Invite the parents or carers, and whoever else is to come.");
            continue;
        }
        let parents = || sitting.meeting.invitees.rows().filter(|(_, invitee)| is_parent(invitee));
        for (i, _) in parents().filter(|(_, invitee)| !is_accounted_for(invitee)) {
            let message = format!(
                "Date invited is missing for invitee {} of meeting {number}, a parent or carer",
                i + 1
            );
            found.at(field!(meetings[m].invitees[i].invited_on), message);
        }
        let mut roles = sitting.meeting.invitees.rows().map(|(_, invitee)| &invitee.role);
        if parents().next().is_none() {
            // A role that cannot be read, such as "mum", is told by another rule.
            if roles.clone().any(|role| !role.is_blank() && role.get().is_none()) {
                continue;
            }
            let unclear = roles.any(|role| role.is_blank());
            found
                .at(
                    field!(meetings[m].invitees),
                    format!("No parent or carer is among the invitees of meeting {number}"),
                )
                .at_most(if unclear { Severity::Warning } else { Severity::Error })
                .remedy(
                    "Invite at least one parent or carer, and add those who are left out with the reason.",
                );
            continue;
        }
        if parents().all(|(_, invitee)| !is_invited(invitee) && is_accounted_for(invitee)) {
            found
                .at(
                    field!(meetings[m].invitees),
                    format!(
                        "No parent or carer is invited to meeting {number}: each is left out with a reason"
                    ),
                )
                .at_most(Severity::Warning)
                .remedy("Invite at least one parent or carer, such as the one with whom the child lives.");
        }
        let seats = Seats::of(sitting.meeting);
        let gone = Gone::by(case, &sitting);
        for parent in earlier(case, &sitting, |_, invitee| is_parent(invitee) && is_invited(invitee)) {
            if seats.find(parent).is_none() && !case.is_excluded(parent) && !gone.has(parent) {
                found
                    .at(
                        field!(meetings[m].invitees),
                        format!("{} is not among the invitees of meeting {number}", parent.name),
                    )
                    .at_most(Severity::Warning)
                    .remedy("Invite this parent or carer, or add them with the reason they are not invited.");
            }
        }
    }
}

const ATTENDANCE_PARENTS_MET: Rule<Asked> = Rule {
    id: "attendance-parents-met",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker meets parents and carers before the meeting",
    remedy: "Meet them to explain what the meeting is for, and enter the day.",
    term: |procedure| procedure.attendance.parents_met_before.get(),
    check: parents_met,
};

fn parents_met(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = due(case) else { return };
    let (m, number) = (sitting.m, sitting.number());
    for (i, invitee) in involved_parents(&sitting) {
        let field = field!(meetings[m].invitees[i].met_on);
        let label = "Date they were met before the meeting";
        let late = |met| sitting.meeting.held_on.get().is_some_and(|day| met > day);
        if invitee.met_on.is_blank() {
            found.at(field, format!("{label} is missing for invitee {} of meeting {number}", i + 1));
        } else if invitee.met_on.get().is_some_and(late) {
            let message = format!("{label} is after the date of meeting {number} for invitee {}", i + 1);
            found.at(field, message).remedy("Enter the day before the meeting on which they were met.");
        }
    }
}

const ATTENDANCE_PARENTS_VIEWS: Rule<Asked> = Rule {
    id: "attendance-parents-views",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The views of parents and carers on the plan are recorded",
    remedy: "Ask them what they think of the plan, and enter it in their words.",
    term: |procedure| procedure.attendance.parents_views.get(),
    check: parents_views,
};

fn parents_views(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = held(case) else { return };
    let m = sitting.m;
    for (i, invitee) in involved_parents(&sitting) {
        if invitee.views.is_blank() {
            let message =
                format!("Views are missing for invitee {} of meeting {}, a parent or carer", i + 1, m + 1);
            found.at(field!(meetings[m].invitees[i].views), message);
        }
    }
}

/// The parents and carers who were invited to a meeting, and whom nothing kept from being involved.
fn involved_parents<'a>(sitting: &Sitting<'a>) -> impl Iterator<Item = Row<'a, Invitee>> + use<'a> {
    sitting.meeting.invitees.rows().filter(|(_, invitee)| {
        is_parent(invitee) && is_invited(invitee) && invitee.reason_not_involved.is_blank()
    })
}

const ATTENDANCE_BARRIERS: Rule<Asked> = Rule {
    id: "attendance-barriers",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Something is done about each barrier to taking part",
    remedy: "Enter what was or will be done, so that this person can take part as fully as possible.",
    term: |procedure| procedure.attendance.barriers_addressed.get(),
    check: barriers,
};

fn barriers(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings() {
        for (i, barrier) in meeting.barriers.rows() {
            if !barrier.what.is_blank() && barrier.done_about_it.is_blank() {
                let message =
                    format!("What was done about it is missing for barrier {} of meeting {}", i + 1, m + 1);
                found.at(field!(meetings[m].barriers[i].done_about_it), message);
            }
        }
    }
}

const ATTENDANCE_PLAN_KEPT_FROM: Rule<Asked> = Rule {
    id: "attendance-plan-kept-from",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Nobody from whom the plan is kept is invited to a meeting where it is made",
    remedy: "Check with the manager whether they can come, or hear them on their own.",
    term: |procedure| procedure.sharing.kept_from_excluded.get(),
    check: plan_kept_from,
};

/// An invitation gives away where the family will be and when; it can be taken back only while the meeting lies ahead.
fn plan_kept_from(_: &Asked, case: &Case, found: &mut Found) {
    let exclusions = &case.record.sharing.exclusions;
    for (m, meeting) in case.plan_meetings() {
        if exclusions.is_empty() || meeting.held_on.get().is_some_and(|day| day < case.today) {
            continue;
        }
        for (i, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !invitee.invited_on.is_blank()) {
            let same = exclusions
                .rows()
                .filter(|(_, exclusion)| !exclusion.may_share.ticked().any(|part| part == PlanPart::Meetings))
                .map(|(_, exclusion)| {
                    Person::new(&exclusion.person, &exclusion.name).compare(person(invitee))
                })
                .max();
            let field = field!(meetings[m].invitees[i].invited_on);
            let who = format!("Invitee {} of meeting {}", i + 1, m + 1);
            match same {
                Some(Same::Yes) => {
                    found.at(field, format!("{who} is invited, and is somebody the plan is kept from"));
                }
                Some(Same::Perhaps) => {
                    let message = format!("{who} may be somebody the plan is kept from: the names are alike");
                    found.at(field, message).at_most(Severity::Advice);
                }
                _ => {}
            }
        }
    }
}

// ---- professionals ----

const ATTENDANCE_PROFESSIONALS_INVITED: Rule<Asked> = Rule {
    id: "attendance-professionals-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Professionals who are part of the plan are invited",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.professionals_invited.get(),
    check: professionals_invited,
};

/// Where the manual says more of a review, `attendance-contributors` asks for those with a role there, so that nobody is
/// asked for twice.
fn professionals_invited(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if invitee.role.is(InviteeRole::Professional)
                && !is_accounted_for(invitee)
                && !runs(sitting.meeting, person(invitee))
            {
                let message = format!("Date invited is missing for invitee {} of meeting {number}", i + 1);
                found.at(field!(meetings[m].invitees[i].invited_on), message);
            }
        }
        // Contributors come first, so that nobody is asked for by both rules, and are left to the other.
        let reviewed = !case.is_first(m) && case.procedure.attendance.contributors_at_review.get().is_some();
        let elsewhere = if reviewed { contributors(case, &sitting) } else { Vec::new() };
        let skipped = elsewhere.len();
        let mut expected = Distinct::default();
        let roles = with_a_role(case, &sitting);
        for person in elsewhere.into_iter().chain(roles).chain(with_an_action(case, &sitting)) {
            expected.add(person);
        }
        let seats = Seats::of(sitting.meeting);
        for person in expected.into_people().into_iter().skip(skipped) {
            if seats.find(person).is_none() {
                report_absent(person, case, &sitting, found);
            }
        }
    }
}

/// A person who is expected and does not stand among the invitees at all. A row of theirs that says nothing is asked
/// about at its own place.
fn report_absent(person: Person, case: &Case, sitting: &Sitting, found: &mut Found) {
    if runs(sitting.meeting, person) || is_own(case, person) || case.is_excluded(person) {
        return;
    }
    let m = sitting.m;
    let name = if person.name.is_empty() { "Somebody with a role" } else { person.name };
    let message = format!("{name} is not among the invitees of meeting {}", sitting.number());
    found.at(field!(meetings[m].invitees), message).remedy(
        "Add them with the day on which they were invited or the reason they were not, or enter the days of their involvement under the roles.",
    );
}

/// Those who, as the roles say, had left by the day of a meeting or were still to come. Who has no role is not said to
/// have left.
struct Gone(BTreeSet<String>);

impl Gone {
    fn by(case: &Case, sitting: &Sitting) -> Gone {
        let (mut here, mut gone) = (BTreeSet::new(), BTreeSet::new());
        for (_, role) in case.record.plan.roles.rows() {
            let list = if was_involved(role, sitting) { &mut here } else { &mut gone };
            list.insert(Person::new(&role.person, &role.name).folded());
        }
        Gone(&gone - &here)
    }

    fn has(&self, person: Person) -> bool {
        self.0.contains(&person.folded())
    }
}

fn was_involved(role: &Role, sitting: &Sitting) -> bool {
    role.involved_from.get().is_none_or(|day| day <= sitting.day)
        && role.involved_until.get().is_none_or(|day| day >= sitting.day)
}

/// The professionals to whom the plan gave a role by the day of the meeting.
fn with_a_role<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> impl Iterator<Item = Person<'a>> {
    case.record
        .plan
        .roles
        .rows()
        .map(|(_, role)| role)
        .filter(|role| role.kind.is(RoleKind::Professional) && was_involved(role, sitting))
        .filter(|role| !Office::recognise(role.role.text()).is_some_and(Office::is_manager))
        .map(|role| Person::new(&role.person, &role.name))
}

/// The professionals who have something to do. Whoever does an action is known to be one only where a meeting of any
/// kind names them so: "Mum" and "the school" are nobody's name.
fn with_an_action<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Person<'a>> {
    let professionals: BTreeSet<String> = case
        .record
        .meetings
        .rows()
        .flat_map(|(_, meeting)| meeting.invitees.rows())
        .filter(|(_, invitee)| invitee.role.is(InviteeRole::Professional))
        .map(|(_, invitee)| person(invitee).folded())
        .collect();
    let gone = Gone::by(case, sitting);
    case.record
        .plan
        .actions
        .rows()
        .map(|(_, action)| action)
        .filter(|action| !matches!(action.status.get(), Some(Progress::Done | Progress::Dropped)))
        .map(|action| Person::new(&action.person, &action.who))
        .filter(|person| professionals.contains(&person.folded()) && !gone.has(*person))
        .collect()
}

const ATTENDANCE_FAMILY_AGREES: Rule<Asked> = Rule {
    id: "attendance-family-agrees",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The child and family agree to the other professionals who are invited, or the reason is recorded",
    remedy: "Ask the child and family, and enter whether they agree to this person.",
    term: |procedure| procedure.attendance.family_agrees.get(),
    check: family_agrees,
};

fn family_agrees(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        let others: Vec<Row<Invitee>> = sitting
            .meeting
            .invitees
            .rows()
            .filter(|(_, invitee)| invitee.role.is(InviteeRole::Professional) && is_invited(invitee))
            .filter(|(_, invitee)| !is_own(case, person(invitee)) && !runs(sitting.meeting, person(invitee)))
            .collect();
        // A form that does not ask is told once, and not row by row.
        if others.len() > 1
            && others
                .iter()
                .all(|(_, one)| one.family_agrees.is_blank() && one.reason_without_agreement.is_blank())
        {
            found
                .at(
                    field!(meetings[m].invitees),
                    format!("Family agrees to the invitation is not answered for any professional at meeting {number}"),
                )
                .remedy("Ask the child and family, and enter whether they agree to each of them.");
            continue;
        }
        for (i, invitee) in others.into_iter().filter(|(_, one)| one.reason_without_agreement.is_blank()) {
            if invitee.family_agrees.is_blank() {
                let message = format!(
                    "Family agrees to the invitation is not answered for invitee {} of meeting {number}",
                    i + 1
                );
                found.at(field!(meetings[m].invitees[i].family_agrees), message);
            } else if invitee.family_agrees.is(false) {
                let message = format!(
                    "Reason for inviting without agreement is missing for invitee {} of meeting {number}",
                    i + 1
                );
                found
                    .at(field!(meetings[m].invitees[i].reason_without_agreement), message)
                    .remedy("Enter what the family said and why this person is invited all the same.");
            }
        }
    }
}

const ATTENDANCE_REPORTS: Rule<Asked> = Rule {
    id: "attendance-reports",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Reports are asked of invited professionals who cannot come",
    remedy: "Ask for what they know in writing, and enter the day.",
    term: |procedure| procedure.attendance.reports_requested.get(),
    check: reports,
};

/// Whoever has sent apologies for a meeting that lies ahead is asked for a report, too.
fn reports(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        let mut unknown = Vec::new();
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if !invitee.role.is(InviteeRole::Professional)
                || invitee.invited_on.is_blank()
                || !invitee.report_requested_on.is_blank()
                || !invitee.report_received_on.is_blank()
            {
                continue;
            }
            let apologies = invitee.attended.is_blank() && !invitee.reason_absent.is_blank();
            if invitee.attended.is(false) || apologies {
                let message = format!(
                    "Date a report was requested is missing for invitee {} of meeting {number}, who {} attend",
                    i + 1,
                    if sitting.held { "did not" } else { "cannot" }
                );
                found.at(field!(meetings[m].invitees[i].report_requested_on), message);
            } else if invitee.attended.is_blank() && sitting.held {
                unknown.push(i);
            }
        }
        if let [i, others @ ..] = unknown.as_slice() {
            let who = match others {
                [] => format!("invitee {}", i + 1),
                _ => format!("{} professionals", unknown.len()),
            };
            found
                .at(
                    field!(meetings[m].invitees[*i].attended),
                    format!("Attended is not answered for {who} at meeting {number}"),
                )
                .at_most(Severity::Advice)
                .remedy("Enter who came. A report is asked of whoever could not.");
        }
    }
}

const ATTENDANCE_SOCIAL_WORKER: Rule<Asked> = Rule {
    id: "attendance-social-worker",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The allocated social worker attends the first meeting",
    remedy: "Add the social worker to the invitees, with whether they attended.",
    term: |procedure| procedure.attendance.social_worker_at_first.get(),
    check: social_worker,
};

/// Asked while the first meeting is the latest: the record knows only who holds the case today.
fn social_worker(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = due(case).filter(|sitting| case.is_first(sitting.m)) else { return };
    let (m, number, worker) = (sitting.m, sitting.number(), worker(case));
    if worker.is_nobody() || runs(sitting.meeting, worker) || sitting.meeting.invitees.is_empty() {
        return;
    }
    match Seats::of(sitting.meeting).find(worker) {
        Some((i, invitee)) if invitee.attended.is(false) => {
            let message =
                format!("The allocated social worker, invitee {}, did not attend meeting {number}", i + 1);
            found.at(field!(meetings[m].invitees[i].attended), message).remedy(
                "Correct who attended, or have the social worker go through the meeting with the chair.",
            );
        }
        Some(_) => {}
        // Another social worker may have held the case on that day.
        None if sitting
            .meeting
            .invitees
            .rows()
            .any(|(_, invitee)| invitee.role.is(InviteeRole::SocialWorker) && invitee.attended.is(true)) => {}
        None => {
            let message =
                format!("The allocated social worker is not among the invitees of meeting {number}");
            found.at(field!(meetings[m].invitees), message);
        }
    }
}

const ATTENDANCE_SOLICITOR: Rule<Asked> = Rule {
    id: "attendance-solicitor",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A solicitor comes only by arrangement with the chair before the meeting",
    remedy: "Arrange it with the chair before the meeting, and enter the day.",
    term: |procedure| procedure.attendance.solicitor_arranged.get(),
    check: solicitor,
};

fn solicitor(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if !invitee.role.is(InviteeRole::Solicitor) || !is_invited(invitee) {
                continue;
            }
            let field = field!(meetings[m].invitees[i].arranged_with_chair_on);
            let after = |day| sitting.meeting.held_on.get().is_some_and(|held_on| day > held_on);
            if invitee.arranged_with_chair_on.is_blank() {
                let message = format!(
                    "Arranged with the chair on is missing for invitee {} of meeting {number}, a solicitor",
                    i + 1
                );
                found.at(field, message);
            } else if invitee.arranged_with_chair_on.get().is_some_and(after) {
                let message = format!(
                    "Arranged with the chair on is after the date of meeting {number} for invitee {}",
                    i + 1
                );
                found.at(field, message);
            }
        }
    }
}

// ---- reviews ----

const ATTENDANCE_CONTRIBUTORS: Rule<Asked> = Rule {
    id: "attendance-contributors",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A review involves those who made the plan and those who joined since",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.contributors_at_review.get(),
    check: contributors_invited,
};

fn contributors_invited(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case).filter(|sitting| !case.is_first(sitting.m)) {
        let (m, number) = (sitting.m, sitting.number());
        let seats = Seats::of(sitting.meeting);
        for person in contributors(case, &sitting) {
            match seats.find(person) {
                // A professional's row is asked about by `attendance-professionals-invited`.
                Some((i, invitee))
                    if !is_accounted_for(invitee)
                        && !is_parent(invitee)
                        && !matches!(
                            invitee.role.get(),
                            Some(InviteeRole::Professional | InviteeRole::Child)
                        )
                        && !runs(sitting.meeting, person)
                        && !is_own(case, person) =>
                {
                    let message =
                        format!("Date invited is missing for invitee {} of meeting {number}", i + 1);
                    found.at(field!(meetings[m].invitees[i].invited_on), message);
                }
                Some(_) => {}
                None => report_absent(person, case, &sitting, found),
            }
        }
    }
}

/// The professionals with a role, and those who took part in an earlier meeting and are not said to have left.
/// Children, parents and those who come with somebody are not among them: other rules ask for them, or nobody does.
fn contributors<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Person<'a>> {
    let took_part = |meeting: &Meeting, invitee: &Invitee| match invitee.role.get() {
        Some(InviteeRole::Professional) => is_invited(invitee) && !runs(meeting, person(invitee)),
        Some(InviteeRole::Family) => invitee.attended.is(true),
        _ => false,
    };
    let before = earlier(case, sitting, took_part).into_iter();
    let gone = Gone::by(case, sitting);
    let mut all = Distinct::default();
    for person in with_a_role(case, sitting).chain(before.filter(|person| !gone.has(*person))) {
        all.add(person);
    }
    all.into_people()
}

/// The invitees of earlier meetings of the plan, each with the latest row of theirs, where that row is one of those
/// wanted. Somebody who was left out with a reason has been dealt with.
fn earlier<'a>(
    case: &Case<'a>,
    sitting: &Sitting<'a>,
    wanted: impl Fn(&Meeting, &Invitee) -> bool,
) -> Vec<Person<'a>> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut latest = Vec::new();
    for (_, meeting) in case.held_meetings().into_iter().rev() {
        if meeting.held_on.get().is_none_or(|day| day >= sitting.day) {
            continue;
        }
        for (_, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !person(invitee).is_nobody()) {
            if seen.insert(person(invitee).folded())
                && wanted(meeting, invitee)
                && invitee.reason_not_invited.is_blank()
            {
                latest.push(person(invitee));
            }
        }
    }
    latest
}

const ATTENDANCE_EARLY_HELP: Rule<Asked> = Rule {
    id: "attendance-early-help",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Early help is invited where the case is expected to close",
    remedy: "Invite somebody from early help, or add them with the reason they are not invited.",
    term: |procedure| procedure.attendance.early_help_at_closing.get(),
    check: early_help,
};

fn early_help(_: &Asked, case: &Case, found: &mut Found) {
    let roles = case.record.plan.roles.rows().map(|(_, role)| role);
    let roles: Vec<Person> = roles
        .filter(|role| says_early_help(role.agency.text()) || says_early_help(role.role.text()))
        .map(|role| Person::new(&role.person, &role.name))
        .collect();
    for sitting in prepared(case).filter(|sitting| !case.is_first(sitting.m)) {
        let (m, number) = (sitting.m, sitting.number());
        let expected = sitting.meeting.closure_expected.is(true)
            || sitting.meeting.kind.is(MeetingKind::Closing) && sitting.meeting.closure_expected.is_blank();
        if !expected {
            continue;
        }
        let from_early_help =
            || sitting.meeting.invitees.rows().filter(|(_, invitee)| is_from_early_help(&roles, invitee));
        match from_early_help().next() {
            None => {
                let message = format!(
                    "Nobody from early help is among the invitees of meeting {number}, where closure is expected"
                );
                found.at(field!(meetings[m].invitees), message);
            }
            // A professional's row is asked about by `attendance-professionals-invited`.
            Some((i, first)) if !first.role.is(InviteeRole::Professional) => {
                if !from_early_help().any(|(_, invitee)| is_accounted_for(invitee)) {
                    let message = format!(
                        "Date invited is missing for invitee {} of meeting {number}, from early help",
                        i + 1
                    );
                    found.at(field!(meetings[m].invitees[i].invited_on), message);
                }
            }
            Some(_) => {}
        }
    }
}

/// By the agency or name of the invitee, or by what the roles say of this person.
fn is_from_early_help(roles: &[Person], invitee: &Invitee) -> bool {
    says_early_help(invitee.agency.text())
        || says_early_help(invitee.name.text())
        || roles.iter().any(|known| known.is(person(invitee)))
}

fn says_early_help(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(2).any(|pair| pair[0] == "early" && pair[1] == "help")
        || words.iter().any(|word| matches!(word.as_str(), "earlyhelp" | "eh" | "eht" | "ehw"))
}

const ATTENDANCE_EDUCATION_REVIEW: Rule<Asked> = Rule {
    id: "attendance-education-review",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The review is combined with the education review, or the reason is recorded",
    remedy: "Enter why the two reviews are held separately.",
    term: |procedure| procedure.attendance.education_review.get(),
    check: education_review,
};

/// Education reviews are rarer than reviews of the plan: where nothing is answered for the latest review, an answer at an
/// earlier one will do.
fn education_review(_: &Asked, case: &Case, found: &mut Found) {
    if !case.record.children.rows().any(|(_, child)| child.education_health_care_plan.is(true)) {
        return;
    }
    let Some(sitting) = held(case).filter(|sitting| !case.is_first(sitting.m)) else { return };
    let (m, number) = (sitting.m, sitting.number());
    let meeting = sitting.meeting;
    if !meeting.reason_not_combined.is_blank() {
        return;
    }
    if meeting.combined_with_education_review.is(false) {
        let message = format!("Reason for separate reviews is missing for meeting {number}");
        found.at(field!(meetings[m].reason_not_combined), message);
    } else if meeting.combined_with_education_review.is_blank()
        && !case.held_meetings().iter().any(|(_, earlier)| {
            earlier.combined_with_education_review.is(true) || !earlier.reason_not_combined.is_blank()
        })
    {
        found
            .at(
                field!(meetings[m].combined_with_education_review),
                format!("Combined with the education review is not answered for meeting {number}"),
            )
            .at_most(Severity::Advice)
            .remedy("Enter whether the two reviews are combined and, where they are not, why.");
    }
}

// ---- meetings beside the plan ----

const ATTENDANCE_PARENTS_AT_OTHER_MEETINGS: Rule<Asked> = Rule {
    id: "attendance-parents-at-other-meetings",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Parents take part in meetings of professionals too, or the reason is recorded",
    remedy: "Enter the reason for meeting without the parents, or invite them.",
    term: |procedure| procedure.attendance.parents_at_other_meetings.get(),
    check: parents_at_other_meetings,
};

fn parents_at_other_meetings(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings_of_professionals() {
        if meeting.reason.is_blank() && leaves_parents_out(meeting) {
            let message = format!(
                "Reason for the meeting is missing for meeting {}, to which no parent or carer is invited",
                m + 1
            );
            found.at(field!(meetings[m].reason), message);
        }
    }
}

/// Whether no parent or carer is invited, and it does not say why of each.
fn leaves_parents_out(meeting: &Meeting) -> bool {
    let parents = || meeting.invitees.rows().map(|(_, invitee)| invitee).filter(|invitee| is_parent(invitee));
    let each_settled = parents().next().is_some() && parents().all(is_accounted_for);
    !each_settled && !parents().any(is_invited)
}

const ATTENDANCE_PARENTS_INFORMED: Rule<Asked> = Rule {
    id: "attendance-parents-informed",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Parents are kept informed of a meeting of professionals",
    remedy: "Tell the parents of the meeting, and enter the day.",
    term: |procedure| procedure.attendance.parents_informed.get(),
    check: parents_informed,
};

fn parents_informed(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings_of_professionals() {
        let held = meeting.held_on.get().is_some_and(|day| day <= case.today);
        let mut parents = meeting.invitees.rows().filter(|(_, invitee)| is_parent(invitee));
        if held && meeting.parents_informed_on.is_blank() && !parents.any(|(_, invitee)| is_invited(invitee))
        {
            let message = format!("Date parents were told of the meeting is missing for meeting {}", m + 1);
            found.at(field!(meetings[m].parents_informed_on), message);
        }
    }
}

// ---- contradictions ----

/// Every invitee of every meeting.
fn everyone<'a>(case: &Case<'a>) -> impl Iterator<Item = (usize, &'a Meeting, usize, &'a Invitee)> {
    case.record
        .meetings
        .rows()
        .flat_map(|(m, meeting)| meeting.invitees.rows().map(move |(i, invitee)| (m, meeting, i, invitee)))
}

const ATTENDANCE_INVITED_IN_TIME: Rule<Asked> = Rule {
    id: "attendance-invited-in-time",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Invitations go out before the meeting",
    remedy: "Correct the day of the invitation, or the day of the meeting.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: invited_in_time,
};

fn invited_in_time(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting, i, invitee) in everyone(case) {
        if let (Some(invited_on), Some(held_on)) = (invitee.invited_on.get(), meeting.held_on.get())
            && invited_on > held_on
        {
            let message =
                format!("Date invited is after the date of meeting {} for invitee {}", m + 1, i + 1);
            found.at(field!(meetings[m].invitees[i].invited_on), message);
        }
    }
}

const ATTENDANCE_INVITED_OR_NOT: Rule<Asked> = Rule {
    id: "attendance-invited-or-not",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Nobody has both an invitation and a reason for none",
    remedy: "Take out the day of the invitation, or the reason.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: invited_or_not,
};

fn invited_or_not(_: &Asked, case: &Case, found: &mut Found) {
    for (m, _, i, invitee) in everyone(case) {
        if !invitee.invited_on.is_blank() && !invitee.reason_not_invited.is_blank() {
            let message = format!(
                "Reason not invited is filled in for invitee {} of meeting {}, and so is the date invited",
                i + 1,
                m + 1
            );
            found.at(field!(meetings[m].invitees[i].reason_not_invited), message);
        }
    }
}

const ATTENDANCE_CAME_OR_NOT: Rule<Asked> = Rule {
    id: "attendance-came-or-not",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Who came was at a meeting that was held, and was not absent",
    remedy: "Correct whether this person attended, the reason absent, or the day of the meeting.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: came_or_not,
};

fn came_or_not(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting, i, invitee) in everyone(case).filter(|(.., invitee)| invitee.attended.is(true)) {
        let (which, number) = (i + 1, m + 1);
        if meeting.held_on.get().is_some_and(|day| day > case.today) {
            let message =
                format!("Attended is yes for invitee {which} of meeting {number}, which is in the future");
            found.at(field!(meetings[m].invitees[i].attended), message);
        }
        if !invitee.reason_absent.is_blank() {
            let message =
                format!("Reason absent is filled in for invitee {which} of meeting {number}, who attended");
            found.at(field!(meetings[m].invitees[i].reason_absent), message).at_most(Severity::Warning);
        }
    }
}

const ATTENDANCE_NAMED_ONCE: Rule<Asked> = Rule {
    id: "attendance-named-once",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Each invitee is listed once",
    remedy: "Keep one of the two rows, or tell the two people apart by name.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: named_once,
};

fn named_once(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.record.meetings.rows() {
        let mut first: BTreeMap<String, Row<Invitee>> = BTreeMap::new();
        for (i, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !person(invitee).is_nobody()) {
            let (key, name) = (person(invitee).key, person(invitee).folded());
            let names = [(!key.is_empty()).then(|| format!("key {key}")), (!name.is_empty()).then_some(name)];
            let before = names.iter().flatten().find_map(|known| first.get(known)).filter(|(_, other)| {
                let births = (invitee.date_of_birth.get(), other.date_of_birth.get());
                person(other).is(person(invitee)) && !matches!(births, (Some(one), Some(two)) if one != two)
            });
            if let Some((other, _)) = before {
                let message = format!(
                    "Invitee {} of meeting {} is the same person as invitee {}",
                    i + 1,
                    m + 1,
                    other + 1
                );
                found.at(field!(meetings[m].invitees[i].name), message);
            }
            for known in names.into_iter().flatten() {
                first.entry(known).or_insert((i, invitee));
            }
        }
    }
}
