//! How a child or young person is prepared for the meetings, takes part in them, and is heard.

use std::borrow::Cow;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::Person;
use crate::procedure::{Age, Asked, Limit, MetBy, Occasion, SchoolTime};
use crate::record::{Child, Invitee, TakingPart, Visit};
use crate::rule::{Check, Rule};
use crate::sitting::{
    Sitting, ask_who_came, due, held, is_accounted_for, is_invited, is_visited, over_at, person, prepared,
    prepared_at, sittings, to_be_met_for,
};
use crate::young::{self, Young};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_CHILD_INVITED,
    &ATTENDANCE_CHILD_ATTENDS,
    &ATTENDANCE_CHILD_MET,
    &ATTENDANCE_YOUNG_PERSON_INVITED,
    &ATTENDANCE_YOUNG_PERSON_ASKED,
    &ATTENDANCE_PREPARED_SHORTLY,
    &ATTENDANCE_REASONS_OF_CHILD,
    &ATTENDANCE_VIEWS_REPRESENTED,
    &ATTENDANCE_VIEWS_METHOD,
    &CHILD_NAMED,
    &ATTENDANCE_AGE_KNOWN,
    &ATTENDANCE_BIRTH_DATE,
    &ATTENDANCE_VENUE,
    &ATTENDANCE_SCHOOL_TIME,
];

// ---- who is a child ----

impl Young<'_> {
    /// "child 2" or, without a row of the children, "invitee 1 of meeting 3".
    fn which(&self, sitting: &Sitting) -> String {
        match (self.child, self.seat) {
            (Some((c, _)), _) => format!("child {}", c + 1),
            (None, Some((i, _))) => format!("invitee {} of meeting {}", i + 1, sitting.number()),
            (None, None) => format!("meeting {}", sitting.number()),
        }
    }
}

/// The children at a meeting.
fn young<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Young<'a>> {
    young::at(case, &sitting.meeting.invitees, sitting.day)
}

// ---- every child ----

const ATTENDANCE_CHILD_INVITED: Rule<Occasion> = Rule {
    id: "attendance-child-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Each child is invited, or it is recorded why the child does not attend",
    remedy: "Add the child to the invitees, or enter why the child does not attend.",
    term: |procedure| procedure.attendance.children_attend.get(),
    check: child_invited,
};

/// How a child takes part in another way has been settled with the child; only the reason for it is then missing.
fn child_invited(occasion: &Occasion, case: &Case, found: &mut Found) {
    let mut told = HashSet::default();
    // Where there is no list at all, that is told of the parents.
    for sitting in prepared_at(*occasion, case).filter(|sitting| !sitting.meeting.invitees.is_empty()) {
        let (m, number) = (sitting.m, sitting.number());
        for young in born(case, &sitting).filter(|young| !young.has_reason_for_staying_away()) {
            let settled = matches!(young.form(), Some(TakingPart::Views | TakingPart::Advocate));
            let (field, message) = match (young.child, young.seat) {
                (_, Some((_, invitee))) if is_invited(invitee) => continue,
                (_, Some((i, _))) => (
                    field!(meetings[m].invitees[i].invited_on),
                    format!("Date invited is missing for invitee {} of meeting {number}, a child", i + 1),
                ),
                (Some((c, _)), None) => (
                    field!(children[c].participation.reason_not_attending),
                    format!(
                        "Reason the child does not attend is missing for child {}, who is not among the invitees of meeting {number}",
                        c + 1
                    ),
                ),
                (None, None) => continue,
            };
            // The reason is given for all meetings, so it is asked for once.
            let once = young.seat.is_some() || young.child.is_some_and(|(c, _)| told.insert(c));
            if once {
                let most = if settled { Severity::Advice } else { Severity::Error };
                found.at(field, message).at_most(most);
            }
        }
    }
}

const ATTENDANCE_CHILD_ATTENDS: Rule<Occasion> = Rule {
    id: "attendance-child-attends",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each child who is invited comes to the meeting, or the reason is recorded",
    remedy: "Enter why the child was not there.",
    term: |procedure| procedure.attendance.children_attend.get(),
    check: child_attends,
};

fn child_attends(occasion: &Occasion, case: &Case, found: &mut Found) {
    let Some(sitting) = over_at(*occasion, case) else { return };
    let rows: Vec<Row<Invitee>> = born(case, &sitting)
        .filter(|young| !young.has_reason_for_staying_away())
        .filter_map(|young| young.seat.filter(|(_, invitee)| is_invited(invitee)))
        .collect();
    ask_who_came(&sitting, &rows, ("a child", "children"), found);
}

/// The children at a meeting who are born.
fn born<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> impl Iterator<Item = Young<'a>> {
    let day = sitting.day;
    young(case, sitting)
        .into_iter()
        .filter(move |young| young.child.is_none_or(|(_, child)| !case.is_unborn(child, day)))
}

const ATTENDANCE_CHILD_MET: Rule<MetBy> = Rule {
    id: "attendance-child-met",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker meets the child before the meeting is arranged",
    remedy: "Enter the day on which the child was met, or why the child is not involved.",
    term: |procedure| procedure.attendance.child_met_by.get(),
    check: child_met,
};

fn child_met(by: &MetBy, case: &Case, found: &mut Found) {
    let Some((sitting, limit)) = to_be_met_for(*by, case) else { return };
    let (m, number) = (sitting.m, sitting.number());
    for young in born(case, &sitting).filter(|young| !young.has_reason_for_staying_away()) {
        let seat = young.seat;
        let met = seat.map(|(_, invitee)| &*invitee.met_on).filter(|day| !day.is_blank());
        let talk = young.child.map(|(_, child)| &*child.participation.discussed_on);
        let days = [met, talk.filter(|day| !day.is_blank())];
        let in_time = days.iter().flatten().any(|day| limit.is_none() || day.get() <= limit);
        let seen = |visit: &Visit| !visit.child_seen.is(false);
        if in_time || *by == MetBy::Invitations && is_visited(case, &sitting, seen) {
            continue;
        }
        let which = young.which(&sitting);
        let (field, label) = match (young.child, seat) {
            (_, Some((i, _))) => {
                (field!(meetings[m].invitees[i].met_on), "Date they were met before the meeting")
            }
            (Some((c, _)), None) => {
                (field!(children[c].participation.discussed_on), "Date you discussed taking part")
            }
            (None, None) => continue,
        };
        let message = if days.iter().flatten().next().is_none() {
            format!("{label} is missing for {which}")
        } else {
            format!("{label} is after {} for {which}", by.in_words(number))
        };
        found.at(field, message);
    }
}

// ---- young people ----

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
        let met = young.seat.map(|(_, invitee)| &*invitee.met_on).filter(|day| !day.is_blank());
        let talk = young.child.map(|(_, child)| &*child.participation.discussed_on);
        let days = [met, talk.filter(|day| !day.is_blank())];
        let asked = days.iter().flatten().next().is_some();
        if let Some(held_on) = sitting.meeting.held_on.get()
            && asked
            && days.iter().flatten().all(|day| day.get().is_some_and(|day| is_afterwards(day, held_on, case)))
        {
            report_afterwards(young, *from, &sitting, found);
        }
        if !asked {
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
                    format!("How the child takes part is not recorded for {which}"),
                )
                .at_most(Severity::Advice)
                .remedy("Enter how the young person wants to take part.");
        }
    }
}

/// Whether a talk was held after a meeting, and not for the next one. The record of a child holds one talk: one that
/// lies nearer to the next meeting has taken the place of an earlier one.
fn is_afterwards(talk: Day, held_on: Day, case: &Case) -> bool {
    let next = case.upcoming_meeting().and_then(|(_, meeting)| meeting.held_on.get());
    let agreed = case.latest_meeting().and_then(|(_, meeting)| meeting.next_meeting_on.get());
    let next = next.or(agreed).or(case.record.plan.next_review_on.get()).filter(|next| *next > held_on);
    let for_the_next = next.is_some_and(|next| talk.days_until(next) <= held_on.days_until(talk));
    talk > held_on && !for_the_next
}

fn report_afterwards(young: &Young, from: Age, sitting: &Sitting, found: &mut Found) {
    let m = sitting.m;
    let who = format!("{}, who is {} or over", young.which(sitting), from.0);
    let (field, message) = match (young.child, young.seat) {
        (Some((c, child)), _) if !child.participation.discussed_on.is_blank() => (
            field!(children[c].participation.discussed_on),
            format!("Date you discussed taking part is after meeting {} for {who}", sitting.number()),
        ),
        (_, Some((i, _))) => (
            field!(meetings[m].invitees[i].met_on),
            format!("Date they were met before the meeting is a day after it for {who}"),
        ),
        _ => return,
    };
    found.at(field, message).remedy(
        "Enter the day before the meeting on which you talked, if there was one; otherwise ask again before the next meeting.",
    );
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
            "Who represented the child's views at meeting {} is not recorded for {}, who is under {}",
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
                "How the child's views were found out is not recorded for child {}, who is under {}",
                c + 1,
                below.0
            );
            found.at(field!(children[c].views.method), message);
        }
    }
}

// ---- names and ages ----

const CHILD_NAMED: Rule<Asked> = Rule {
    id: "child-named",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Each child is named, so that what is recorded can be told apart child by child",
    remedy: "Enter the child's name.",
    term: |procedure| procedure.plan.ages.get(),
    check: child_named,
};

/// A child who is not born yet may have no name, and one whom the host knows by a key is known.
fn child_named(_: &Asked, case: &Case, found: &mut Found) {
    for (c, child) in case.record.children.rows() {
        let awaited = case.is_unborn(child, case.today);
        if child.name.is_blank() && child.person.is_blank() && !awaited && !case.is_closed() {
            found.at(field!(children[c].name), format!("Child's name is missing for child {}", c + 1));
        }
    }
}

const ATTENDANCE_AGE_KNOWN: Rule<Age> = Rule {
    id: "attendance-age-known",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The age of each child is known, because it decides who is invited",
    remedy: "Enter the date of birth, or for an unborn child the expected date.",
    term: |procedure| procedure.attendance.young_person_invited_from.get(),
    check: age_known,
};

/// How long after the expected day a birth is still awaited, in days.
const AWAITED: i64 = 21;

/// A child whose date of birth stands with an invitee is known well enough.
fn age_known(from: &Age, case: &Case, found: &mut Found) {
    if case.is_closed() || case.is_child_protection() {
        return;
    }
    let born_at_meetings: HashSet<usize> = sittings(case)
        .iter()
        .flat_map(|sitting| young(case, sitting))
        .filter(|young| young.seat.is_some_and(|(_, invitee)| !invitee.date_of_birth.is_blank()))
        .filter_map(|young| young.child.map(|(c, _)| c))
        .collect();
    for (c, child) in case.record.children.rows() {
        if !child.date_of_birth.is_blank() || born_at_meetings.contains(&c) {
            continue;
        }
        let which = c + 1;
        match child.expected_date_of_birth.get() {
            Some(expected) if expected >= case.today => {}
            Some(expected) => {
                let overdue = expected.days_until(case.today) > AWAITED;
                let message =
                    format!("Expected date of birth has passed for child {which}, who has no date of birth");
                found
                    .at(field!(children[c].date_of_birth), message)
                    .at_most(if overdue { Severity::Warning } else { Severity::Advice })
                    .remedy("Enter the date of birth once the child is born, or correct the expected date.");
            }
            None if child.expected_date_of_birth.is_blank() => {
                let message = format!(
                    "Date of birth is missing for child {which}, so nobody can tell whether the child is {} or over",
                    from.0
                );
                found.at(field!(children[c].date_of_birth), message);
            }
            None => {}
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
    let children: HashMap<Cow<str>, &Child> = case
        .record
        .children
        .rows()
        .map(|(_, child)| (Person::new(&child.person, &child.name).folded(), child))
        .collect();
    for (m, meeting) in case.record.meetings.rows() {
        for (i, invitee) in meeting.invitees.rows() {
            let Some(born) = invitee.date_of_birth.get() else { continue };
            let Some(child) = children.get(person(invitee).folded().as_ref()) else { continue };
            if Person::new(&child.person, &child.name).is(person(invitee))
                && child.date_of_birth.get().is_some_and(|other| other != born)
            {
                let message = format!(
                    "Date of birth of invitee {} of meeting {} differs from the one under the children",
                    i + 1,
                    m + 1
                );
                found.at(field!(meetings[m].invitees[i].date_of_birth), message);
            }
        }
    }
}

// ---- place and time ----

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
    let mut told = HashSet::default();
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

const ATTENDANCE_SCHOOL_TIME: Rule<SchoolTime> = Rule {
    id: "attendance-school-time",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A meeting that a child comes to is not held in school time, or the reason is recorded",
    remedy: "Choose a time outside school hours, or enter the reason for a meeting in school time.",
    term: |procedure| procedure.attendance.school_time.get(),
    check: school_time,
};

fn school_time(hours: &SchoolTime, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number, meeting) = (sitting.m, sitting.number(), sitting.meeting);
        let in_school_time = meeting.held_on.get().is_some_and(|day| is_school_day(case, day))
            && meeting.starts_at.get().is_some_and(|starts| {
                let into_school = meeting.ends_at.get().is_some_and(|ends| ends > hours.from);
                starts < hours.until && (starts >= hours.from || into_school)
            });
        if !in_school_time || !meeting.reason_school_time.is_blank() {
            continue;
        }
        let [first, last] = hours.ages;
        let comes = |young: &Young| {
            young.age.is_some_and(|age| (first..=last).contains(&age))
                && young.seat.is_some_and(|(_, invitee)| is_invited(invitee) && !invitee.attended.is(false))
                && !matches!(young.form(), Some(TakingPart::Views | TakingPart::Advocate | TakingPart::None))
        };
        if let Some(young) = young(case, &sitting).iter().find(|young| comes(young)) {
            let message = format!(
                "Reason for a meeting in school time is missing for meeting {number}, to which {} of school age is to come",
                young.child.map_or("a child".into(), |(c, _)| format!("child {}", c + 1))
            );
            found.at(field!(meetings[m].reason_school_time), message);
        }
    }
}

/// Whether schools may be open. Holidays differ from place to place: only the weeks in which every school is shut are
/// known.
fn is_school_day(case: &Case, day: Day) -> bool {
    let shut = matches!((day.month(), day.day()), (8, _) | (12, 24..) | (1, 1));
    case.calendar.is_working_day(day) && !shut
}
