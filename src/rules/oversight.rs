//! Who looks over the work: formal reviews of long plans, and supervision.

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::order;
use crate::people::{Person, folded};
use crate::procedure::{Asked, FormalReview, Limit, Participant};
use crate::record::{Meeting, MeetingKind, Supervision, Team};
use crate::rule::{Check, Clock, Deadline, Rule, Series};

pub(super) const CHECKS: &[&dyn Check] = &[
    &REVIEW_FORMAL,
    &REVIEW_FORMAL_INTERVAL,
    &REVIEW_FORMAL_NEXT,
    &VISIT_SUPERVISION,
    &VISIT_SUPERVISION_BETWEEN,
    &CASE_JOINT_SUPERVISION,
    &CASE_JOINT_SUPERVISION_WITH,
];

// ---- formal reviews ----

/// The formal reviews since a day that were held by today, by day.
fn formal_reviews<'a>(case: &Case<'a>, since: Day) -> Vec<Row<'a, Meeting>> {
    let mut held = case.held_meetings();
    held.retain(|(_, meeting)| {
        meeting.kind.is(MeetingKind::FormalReview) && meeting.held_on.get() >= Some(since)
    });
    held
}

/// The formal review that is planned, in the list of meetings or on the plan.
fn planned_formal_review(case: &Case) -> Option<(usize, Day)> {
    case.plan_meetings()
        .filter(|(_, meeting)| meeting.kind.is(MeetingKind::FormalReview))
        .filter_map(|(i, meeting)| Some((i, meeting.held_on.get()?)))
        .filter(|(_, day)| *day > case.today)
        .min_by_key(|(_, day)| *day)
}

const REVIEW_FORMAL: Deadline<FormalReview> = Deadline {
    id: "review-formal",
    stage: Stage::Review,
    title: "Formal review",
    remedy: "Hold the formal review and enter its day, with its kind.",
    term: |procedure| procedure.reviews.formal.get(),
    clocks: |case| first_formal_review(case).into_iter().collect(),
};

/// A plan that is to end before gets no formal review on its timeline, unless it runs on all the same.
fn first_formal_review(case: &Case) -> Option<Clock> {
    let formal = case.procedure.reviews.formal.get()?.value;
    let (from, event) = case.plan_start().filter(|_| !case.is_child_protection())?;
    let due = formal.after.after(from, case.calendar);
    let reviews = formal_reviews(case, from);
    if let Some((i, meeting)) = reviews.first() {
        let past = case.held_meetings().last().is_some_and(|(latest, _)| latest != i);
        let clock = Clock::new(from, event, meeting.held_on.get(), field!(meetings[*i].held_on));
        return Some(Clock { past, ..clock });
    }
    let complex = case.record.case.complex.is(true);
    let excepted = (formal.complex_only && !complex) || (formal.not_for_long_term && case.is_long_term());
    let ends_before = case.record.plan.expected_end_on.get().is_some_and(|end| end <= due);
    if excepted || case.is_closed() || !case.meeting_days_known() || (ends_before && case.today <= due) {
        return None;
    }
    let planned = planned_formal_review(case).map(|(i, day)| (day, field!(meetings[i].held_on)));
    let on_plan = case.record.plan.next_formal_review_on.get().filter(|day| *day > case.today);
    let planned = planned.or(on_plan.map(|day| (day, field!(plan.next_formal_review_on))));
    let control = planned.as_ref().map_or(field!(meetings), |(_, field)| field.clone());
    Some(Clock { planned, ..Clock::new(from, event, None, control) })
}

const REVIEW_FORMAL_INTERVAL: Deadline = Deadline {
    id: "review-formal-interval",
    stage: Stage::Review,
    title: "Next formal review",
    remedy: "Hold the formal review and enter its day, with its kind.",
    term: |procedure| procedure.reviews.formal_every.get(),
    clocks: next_formal_reviews,
};

fn next_formal_reviews(case: &Case) -> Vec<Clock> {
    if case.is_child_protection() || !case.meeting_days_known() {
        return Vec::new();
    }
    let from = case.plan_start().map_or(Day::FIRST, |(from, _)| from);
    let reviews = formal_reviews(case, from);
    let done = reviews.iter().filter_map(|(i, meeting)| Some((*i, meeting.held_on.get()?))).collect();
    let mut clocks = Series {
        start: None,
        event: "the formal review",
        done,
        planned: planned_formal_review(case),
        field: |i| field!(meetings[i].held_on),
        list: field!(meetings),
        open: !case.is_closed(),
    }
    .clocks();
    if let Some(last) = clocks.last_mut().filter(|clock| clock.done.is_none() && clock.planned.is_none()) {
        let on_plan = case.record.plan.next_formal_review_on.get();
        last.planned =
            on_plan.filter(|day| *day > case.today).map(|day| (day, field!(plan.next_formal_review_on)));
    }
    clocks
}

const REVIEW_FORMAL_NEXT: Rule<Asked> = Rule {
    id: "review-formal-next",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A formal review sets the day of the next one",
    remedy: "Agree the day of the next formal review and enter it on the plan.",
    term: |procedure| procedure.reviews.formal_next.get(),
    check: review_formal_next,
};

fn review_formal_next(_: &Asked, case: &Case, found: &mut Found) {
    let since = case.plan_start().map_or(Day::FIRST, |(day, _)| day);
    let Some((i, held_on)) = formal_reviews(case, since).pop().and_then(|(i, m)| Some((i, m.held_on.get()?)))
    else {
        return;
    };
    let next = &case.record.plan.next_formal_review_on;
    let set = !next.is_blank() && next.get().is_none_or(|day| day > held_on);
    if !set && planned_formal_review(case).is_none() && !case.is_closing() && !case.is_child_protection() {
        let message = format!("Next formal review is missing after the formal review in meeting {}", i + 1);
        found.at(field!(plan.next_formal_review_on), message);
    }
}

// ---- supervision ----

const VISIT_SUPERVISION: Deadline = Deadline {
    id: "visit-supervision",
    stage: Stage::Meeting,
    title: "Supervision that goes through the plan",
    remedy: "Go through the plan in supervision, and record the session.",
    term: |procedure| procedure.visits.supervision_every_disability_team.get(),
    clocks: supervision,
};

fn supervision(case: &Case) -> Vec<Clock> {
    let facts = &case.record.case;
    let all = || facts.supervision.rows();
    let readable = all().all(|(_, session)| session.on.is_blank() || session.on.get().is_some());
    if !facts.team.is(Team::DisabilitySocialWork) || !readable || case.is_child_protection() {
        return Vec::new();
    }
    let ahead =
        all().filter_map(|(i, session)| Some((i, session.on.get()?))).filter(|(_, day)| *day > case.today);
    Series {
        start: case.plan_start(),
        event: "the supervision",
        done: sessions(case).into_iter().map(|(i, day, _)| (i, day)).collect(),
        planned: ahead.min_by_key(|(_, day)| *day),
        field: |i| field!(case.supervision[i].on),
        list: field!(case.supervision),
        open: !case.is_closed(),
    }
    .clocks()
}

/// The sessions by today that went through the plan, by day. Where the form asks of no session whether the plan was
/// gone through, each counts.
fn sessions<'a>(case: &Case<'a>) -> Vec<(usize, Day, &'a Supervision)> {
    let all = || case.record.case.supervision.rows();
    let asked = all().any(|(_, session)| !session.plan_reviewed.is_blank());
    let counts = |session: &Supervision| match session.plan_reviewed.get() {
        Some(reviewed) => reviewed,
        None => !asked || !session.plan_reviewed.is_blank(),
    };
    let mut sessions: Vec<_> = all()
        .filter(|(_, session)| counts(session))
        .filter_map(|(i, session)| Some((i, session.on.get()?, session)))
        .filter(|(_, day, _)| *day <= case.today)
        .collect();
    order::by_key(&mut sessions, |(i, day, _)| (*day, *i));
    sessions
}

const VISIT_SUPERVISION_BETWEEN: Rule<Asked> = Rule {
    id: "visit-supervision-between",
    severity: Severity::Advice,
    stage: Stage::Review,
    title: "The plan is gone through in supervision between one meeting and the next",
    remedy: "Go through the plan in supervision, and record the session.",
    term: |procedure| procedure.visits.supervision_between_meetings.get(),
    check: supervision_between,
};

/// No manual says how often: one session between the last two meetings, or since, will do.
fn supervision_between(_: &Asked, case: &Case, found: &mut Found) {
    let held = case.held_meetings();
    let readable =
        case.record.case.supervision.rows().all(|(_, row)| row.on.is_blank() || row.on.get().is_some());
    let [.., (_, before), (i, _)] = held.as_slice() else { return };
    let Some(since) = before.held_on.get().filter(|_| readable) else { return };
    let supervised = sessions(case).iter().any(|(_, day, _)| *day >= since);
    if !supervised && !case.is_closed() && !case.is_child_protection() {
        let message = format!(
            "Supervision that went through the plan is not recorded since the meeting before meeting {}",
            i + 1
        );
        found.at(field!(case.supervision), message);
    }
}

// ---- joint supervision of a case that is open for long ----

/// The day on which a case has been open for so long, where that day has passed.
fn open_for(limit: &Limit, case: &Case) -> Option<Day> {
    let (day, _) = limit.after(case.record.case.referred_on.get()?, case.calendar);
    (case.today > day && !case.is_closed() && !case.is_child_protection()).then_some(day)
}

/// The joint supervision or mapping that counts. One shortly before the day was held in view of it: since the meeting
/// before.
fn joint_supervision<'a>(case: &Case<'a>, day: Day) -> Option<(usize, &'a Supervision)> {
    let before = case.held_meetings().into_iter().filter_map(|(_, meeting)| meeting.held_on.get());
    let since = before.filter(|held_on| *held_on <= day).max().unwrap_or(day);
    let sessions = case.record.case.supervision.rows();
    sessions
        .filter_map(|(i, session)| Some((i, session.on.get()?, session)))
        .filter(|(_, on, session)| session.joint.is(true) && *on >= since && *on <= case.today)
        .max_by_key(|(i, on, _)| (*on, *i))
        .map(|(i, _, session)| (i, session))
}

const CASE_JOINT_SUPERVISION: Rule<Limit> = Rule {
    id: "case-joint-supervision",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The team manager reviews a case that is open for long, in a joint supervision or mapping",
    remedy: "Hold the joint supervision or mapping with the team manager, and record the session.",
    term: |procedure| procedure.visits.joint_supervision_after.get(),
    check: joint_supervision_held,
};

/// No manual says by when: it is told from the first day on, and is late once a meeting was held since.
fn joint_supervision_held(limit: &Limit, case: &Case, found: &mut Found) {
    let Some(day) = open_for(limit, case) else { return };
    let Limit(period, _) = limit;
    let Some((i, session)) = joint_supervision(case, day) else {
        let met_since =
            case.held_meetings().last().is_some_and(|(_, meeting)| meeting.held_on.get() > Some(day));
        let message = format!(
            "Joint supervision or mapping is not recorded for a case that had been open for {period} on {}",
            day.long()
        );
        found.at(field!(case.supervision), message).at_most(if met_since {
            Severity::Error
        } else {
            Severity::Warning
        });
        return;
    };
    let manager = &case.record.case.manager;
    let by = Person::called(&session.by);
    let is_manager = by.is(Person::new(&manager.person, &manager.name))
        || session.attendees.rows().any(|(_, one)| is_team_manager(one.role.text()));
    if !is_manager && session.role.office().is_some_and(|office| office != Office::TeamManager) {
        let message = format!("Supervisor's role is not team manager for joint supervision {}", i + 1);
        found.at(field!(case.supervision[i].role), message).remedy("Ask the team manager to take part.");
    }
}

fn is_team_manager(role: &str) -> bool {
    Office::recognise(role) == Some(Office::TeamManager)
}

const CASE_JOINT_SUPERVISION_WITH: Rule<Vec<Participant>> = Rule {
    id: "case-joint-supervision-with",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Everyone whom the procedure names takes part in the joint supervision",
    remedy: "Enter who took part, or hold it again with those who were missing.",
    term: |procedure| procedure.visits.joint_supervision_with.get(),
    check: |participants, case, found| joint_supervision_with(participants, case, found),
};

fn joint_supervision_with(participants: &[Participant], case: &Case, found: &mut Found) {
    let Some(limit) = case.procedure.visits.joint_supervision_after.get() else { return };
    let Some(day) = open_for(&limit.value, case) else { return };
    let Some((i, session)) = joint_supervision(case, day) else { return };
    let facts = &case.record.case.social_worker;
    let social_worker = Person::new(&facts.person, &facts.name);
    let attendees =
        session.attendees.rows().map(|(_, one)| (Person::new(&one.person, &one.name), one.role.text()));
    let mut took_part: Vec<(Person, &str)> =
        attendees.chain([(Person::called(&session.by), session.role.text())]).collect();
    let mut missing = Vec::new();
    for participant in participants {
        let involved =
            participant.where_involved.is_empty() || is_involved(case, &participant.where_involved);
        let is_social_worker =
            participant.role.iter().any(|role| Office::recognise(role) == Some(Office::SocialWorker));
        let place = took_part.iter().position(|(person, role)| {
            says_any(role, &participant.role) || (is_social_worker && person.is(social_worker))
        });
        match place {
            // Nobody takes the part of two.
            Some(place) => drop(took_part.swap_remove(place)),
            None if involved => missing.extend(participant.role.first().map(String::as_str)),
            None => {}
        }
    }
    if let Some((last, others)) = missing.split_last() {
        let names =
            if others.is_empty() { (*last).into() } else { format!("{} and {last}", others.join(", ")) };
        let message =
            format!("Who took part in the supervision is missing for supervision {}: {names}", i + 1);
        found.at(field!(case.supervision[i].attendees), message);
    }
}

/// Whether somebody with one of these words in their part works with the family.
fn is_involved(case: &Case, words: &[String]) -> bool {
    let plan = &case.record.plan;
    let roles = plan.roles.rows().map(|(_, role)| role);
    let current = roles.filter(|role| role.involved_until.get().is_none_or(|day| day >= case.today));
    let invitees = case.latest_meeting().into_iter().flat_map(|(_, meeting)| meeting.invitees.rows());
    current.flat_map(|role| [&*role.role, &*role.agency]).any(|text| says_any(text.text(), words))
        || plan.actions.rows().any(|(_, action)| says_any(action.who.text(), words))
        || invitees.flat_map(|(_, one)| [&*one.agency, &*one.name]).any(|text| says_any(text.text(), words))
}

/// Whether a text holds all the words of one of several spellings.
fn says_any(text: &str, spellings: &[String]) -> bool {
    let words = folded(text);
    spellings.iter().any(|spelling| folded(spelling).iter().all(|word| words.contains(word)))
}
