//! How often the child is seen, where, and how.

use crate::case::Case;
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::order;
use crate::procedure::{Asked, Limit, Under};
use crate::record::{Place, PlanKind, Team, Visit};
use crate::rule::{Called, Check, Clock, Deadline, Rule, Series};
use crate::young::{Children, Whose};

pub(super) const CHECKS: &[&dyn Check] = &[
    &VISIT_INTERVAL,
    &VISIT_INTERVAL_USUAL,
    &VISIT_INTERVAL_DISABILITY_TEAM,
    &VISIT_DURING_ASSESSMENT,
    &VISIT_AGREED_INTERVAL_DISABILITY_TEAM,
    &VISIT_CHILD_SEEN,
    &VISIT_APART,
    &VISIT_AT_HOME,
    &VISIT_ALONE,
    &VISIT_RECORDED,
];

// ---- what counts, and from when ----

/// The visits by today at which the child was seen, in order of their days. Where the form asks of no visit whether
/// the child was seen, each counts, and so does each to a mother before the birth. Where the manual wants visits apart
/// from meetings, seeing the child at one is no visit.
fn seen(case: &Case) -> Vec<(usize, Day)> {
    let unborn = case.is_before_birth();
    let apart = case.procedure.visits.apart_from_meetings.get().is_some();
    let asked = case.record.visits.rows().any(|(_, visit)| !visit.child_seen.is_blank());
    let counts = |visit: &Visit| match visit.child_seen.get() {
        Some(seen) => seen || unborn,
        // An answer that cannot be read is told elsewhere and accuses nobody.
        None => !asked || unborn || !visit.child_seen.is_blank(),
    };
    let counts = |visit: &Visit| counts(visit) && !(apart && visit.during_meeting.is(true));
    let visits = case.record.visits.rows().filter(|(_, visit)| counts(visit));
    by_day(case, visits.map(|(i, visit)| (i, visit.on.get())))
}

fn by_day(case: &Case, rows: impl Iterator<Item = (usize, Option<Day>)>) -> Vec<(usize, Day)> {
    let mut done: Vec<_> =
        rows.filter_map(|(i, day)| Some((i, day?))).filter(|(_, day)| *day <= case.today).collect();
    order::by_key(&mut done, |(i, day)| (*day, *i));
    done
}

/// Whether the assessment is still under way, so that there is no more than an interim plan.
fn is_assessed(case: &Case) -> bool {
    let (plan, assessment) = (&case.record.plan, &case.record.assessment);
    let interim = plan.interim.is(true) || plan.kind.is(PlanKind::Interim);
    assessment.started_on.get().is_some_and(|day| day <= case.today)
        && assessment.completed_on.is_blank()
        && assessment.outcome.is_blank()
        && (interim || case.plan_start().is_none())
}

/// Whether the case keeps the rhythm that the manual gives to a disability social work team.
fn is_disability_team(case: &Case) -> bool {
    case.record.case.team.is(Team::DisabilitySocialWork)
        && case.procedure.visits.every_disability_team.get().is_some()
}

// ---- visits ----

fn visits(case: &Case, start: Option<(Day, &'static str)>, open: bool) -> Vec<Clock> {
    let all = || case.record.visits.rows();
    // While one of the days cannot be read, nobody can tell what lies between.
    let readable = all().all(|(_, visit)| visit.on.is_blank() || visit.on.get().is_some());
    if !readable || case.is_child_protection() {
        return Vec::new();
    }
    let ahead =
        all().filter_map(|(i, visit)| Some((i, visit.on.get()?))).filter(|(_, day)| *day > case.today);
    let unborn = case.is_before_birth();
    let mut clocks = Series {
        start,
        event: if unborn { "the visit" } else { "the child was seen" },
        done: seen(case),
        planned: ahead.min_by_key(|(_, day)| *day),
        field: |i| field!(visits[i].on),
        list: field!(visits),
        open,
    }
    .clocks();
    if unborn {
        clocks.iter_mut().for_each(|clock| clock.called = Some(BEFORE_BIRTH));
    }
    clocks
}

/// Before the birth the visits are to the parents.
const BEFORE_BIRTH: Called = Called {
    title: "Visit to the parents of the unborn child",
    remedy: "Visit the parents, and record the visit.",
};

/// The visits from the start of the plan until the case is closed. A visit that was missed before the case closed, or
/// before the family moved away, stays missed.
fn visits_of_plan(case: &Case) -> Vec<Clock> {
    let mut clocks = visits(case, case.plan_start(), true);
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    if let Some(closed_on) = closed_on {
        let moved_on = case.moved_away_on();
        clocks.retain(|clock| clock.from < closed_on);
        for clock in clocks.iter_mut().filter(|clock| clock.done.is_none_or(|day| day > closed_on)) {
            let until = match moved_on {
                Some(moved_on) if moved_on < closed_on => (moved_on, "the family moved"),
                _ => (closed_on, "the case closed"),
            };
            let missed = Clock::new(clock.from, clock.event, None, field!(visits));
            *clock = Clock { until: Some(until), called: clock.called, ..missed };
        }
    }
    clocks
}

const VISIT_INTERVAL: Deadline = Deadline {
    id: "visit-interval",
    stage: Stage::Meeting,
    title: "Visit to see the child",
    remedy: "Visit, see the child, and record the visit.",
    term: |procedure| procedure.visits.every.get(),
    clocks: |case| {
        if is_disability_team(case) || is_assessed(case) {
            return Vec::new();
        }
        visits_of_plan(case)
    },
};

const VISIT_INTERVAL_USUAL: Deadline = Deadline {
    id: "visit-interval-usual",
    stage: Stage::Meeting,
    title: "Visit to see the child at the usual interval",
    remedy: "Visit, see the child, and record the visit.",
    term: |procedure| procedure.visits.usually_every.get(),
    clocks: usual_interval,
};

/// It tells until the longest interval has run out, which tells then. An interval that was agreed for a reason stands.
fn usual_interval(case: &Case) -> Vec<Clock> {
    let agreed = &case.record.plan.lead_professional;
    let usual = case.procedure.visits.usually_every.get().map(|usual| usual.value.0);
    let is_longer =
        agreed.visit_every.get().zip(usual).is_some_and(|(agreed, usual)| agreed.longer_than(usual));
    let longer_agreed = is_longer && !agreed.reason_visit_interval.is_blank();
    if longer_agreed || is_disability_team(case) || is_assessed(case) {
        return Vec::new();
    }
    let mut clocks = visits(case, case.plan_start(), !case.is_closed());
    // What is past stands on the timeline by the longest interval.
    clocks.retain(|clock| !clock.past);
    if let Some(longest) = case.procedure.visits.every.get() {
        clocks.retain(|clock| {
            let (last_day, _) = longest.value.after(clock.from, case.calendar);
            clock.done.unwrap_or(case.today) <= last_day
        });
    }
    clocks
}

const VISIT_INTERVAL_DISABILITY_TEAM: Deadline = Deadline {
    id: "visit-interval-disability-team",
    stage: Stage::Meeting,
    title: "Visit of the disability social work team to see the child",
    remedy: "Visit, see the child, and record the visit.",
    term: |procedure| procedure.visits.every_disability_team.get(),
    clocks: |case| {
        if !is_disability_team(case) {
            return Vec::new();
        }
        visits_of_plan(case)
    },
};

const VISIT_DURING_ASSESSMENT: Deadline<Under> = Deadline {
    id: "visit-during-assessment",
    stage: Stage::Meeting,
    title: "Visit to see the child during the assessment",
    remedy: "Visit, see the child, and record the visit.",
    term: |procedure| procedure.visits.during_assessment.get(),
    clocks: during_assessment,
};

/// Once the assessment is over its visits are history, and the plan has a clock of its own.
fn during_assessment(case: &Case) -> Vec<Clock> {
    let assessment = &case.record.assessment;
    let Some(started_on) = assessment.started_on.get() else { return Vec::new() };
    let open = is_assessed(case) && !case.is_closed();
    let until = assessment.completed_on.get();
    if is_disability_team(case) || !(open || until.is_some()) {
        return Vec::new();
    }
    let mut clocks = visits(case, Some((started_on, "the assessment started")), open);
    if let Some(until) = until {
        clocks.retain(|clock| clock.done.is_some_and(|day| day <= until));
        clocks.iter_mut().for_each(|clock| clock.past = true);
    }
    clocks
}

const VISIT_AGREED_INTERVAL_DISABILITY_TEAM: Rule<Limit> = Rule {
    id: "visit-agreed-interval-disability-team",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The disability social work team agrees to visit at least as often as the procedure asks",
    remedy: "Agree visits that are no further apart, and enter how often.",
    term: |procedure| procedure.visits.every_disability_team.get(),
    check: |limit, case, found| {
        if is_disability_team(case) {
            agreed_interval(limit, case, found);
        }
    },
};

fn agreed_interval(limit: &Limit, case: &Case, found: &mut Found) {
    let Some(every) = case.record.plan.lead_professional.visit_every.get() else { return };
    if limit.is_exceeded_by(every) && !case.is_child_protection() {
        let Limit(longest, _) = limit;
        let message = format!(
            "How often the lead professional visits is every {every}, and visits may be {longest} apart at most"
        );
        found.at(field!(plan.lead_professional.visit_every), message);
    }
}

// ---- how the child is seen ----

/// The latest visit by today. What an earlier one lacked, a later one has made good.
fn latest<'a>(case: &Case<'a>) -> Option<(usize, &'a Visit)> {
    let made = by_day(case, case.record.visits.rows().map(|(i, visit)| (i, visit.on.get())));
    made.last().map(|(i, _)| (*i, &case.record.visits[*i]))
}

const VISIT_CHILD_SEEN: Rule<Asked> = Rule {
    id: "visit-child-seen",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The child is seen at the visits of the disability social work team",
    remedy: "See the child, or enter that the child was seen.",
    term: |procedure| procedure.visits.child_seen_disability_team.get(),
    check: visit_child_seen,
};

fn visit_child_seen(_: &Asked, case: &Case, found: &mut Found) {
    if !case.record.case.team.is(Team::DisabilitySocialWork) || case.is_closed() || case.is_before_birth() {
        return;
    }
    let Some((i, visit)) = latest(case) else { return };
    let child_seen = &visit.child_seen;
    if child_seen.is_blank() {
        let message = format!("Child seen is not answered for visit {}, the latest", i + 1);
        found.at(field!(visits[i].child_seen), message);
    } else if child_seen.is(false) {
        let message = format!("Child seen is answered no for visit {}, the latest", i + 1);
        found.at(field!(visits[i].child_seen), message);
    }
}

const VISIT_APART: Rule<Asked> = Rule {
    id: "visit-apart",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The child is visited apart from meetings, above all where these are held at home",
    remedy: "Visit the child apart from the meeting. What was seen at the meeting does not count as a visit.",
    term: |procedure| procedure.visits.apart_from_meetings.get(),
    check: visit_apart,
};

fn visit_apart(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, visit)) = latest(case).filter(|_| !case.is_closed() && !case.is_child_protection()) else {
        return;
    };
    let field = field!(visits[i].during_meeting);
    let number = i + 1;
    if visit.during_meeting.is(true) {
        let home = if visit.place.is(Place::Home) { " at home" } else { "" };
        found.at(field, format!("Visit {number}, the latest, was during a meeting{home}"));
    } else if visit.during_meeting.is_blank()
        && visit
            .on
            .get()
            .is_some_and(|on| case.plan_meetings().any(|(_, meeting)| meeting.held_on.get() == Some(on)))
    {
        let message = format!("Visit during a meeting is not answered for visit {number}, on the day of one");
        found
            .at(field, message)
            .at_most(Severity::Advice)
            .remedy("Enter whether it was apart from the meeting.");
    }
}

const VISIT_AT_HOME: Rule<Asked> = Rule {
    id: "visit-at-home",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The child is seen at home, or there is a reason",
    remedy: "See the child at home at the next visit, or record why that was not possible.",
    term: |procedure| procedure.visits.at_home.get(),
    check: visit_at_home,
};

fn visit_at_home(_: &Asked, case: &Case, found: &mut Found) {
    if let Some((i, visit)) = latest(case)
        && !case.is_closed()
        && matches!(visit.place.get(), Some(Place::School | Place::Other))
        && visit.reason_not_home.is_blank()
    {
        let message = format!("Reason for a visit not at home is missing for visit {}, the latest", i + 1);
        found.at(field!(visits[i].reason_not_home), message);
    }
}

const VISIT_ALONE: Rule<Asked> = Rule {
    id: "visit-alone",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The child is seen alone, or there is a reason",
    remedy: "See the child alone at the next visit, or record why that was not possible.",
    term: |procedure| procedure.visits.alone.get(),
    check: visit_alone,
};

fn visit_alone(_: &Asked, case: &Case, found: &mut Found) {
    if let Some((i, visit)) = latest(case)
        && !case.is_closed()
        && !case.is_before_birth()
        && visit.seen_alone.is(false)
        && !visit.child_seen.is(false)
        && visit.reason_not_alone.is_blank()
    {
        let message =
            format!("Reason the child was not seen alone is missing for visit {}, the latest", i + 1);
        found.at(field!(visits[i].reason_not_alone), message);
    }
}

const VISIT_RECORDED: Rule<Asked> = Rule {
    id: "visit-recorded",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "What is recorded of a visit can be so",
    remedy: "Check the day of the visit, and whether the child was seen.",
    term: |procedure| procedure.visits.recorded.get(),
    check: visit_recorded,
};

fn visit_recorded(_: &Asked, case: &Case, found: &mut Found) {
    let children = Children::of(case);
    for (i, visit) in case.record.visits.rows() {
        if matches!(children.meant(&visit.child), Whose::Astray) {
            let message = format!("The child of visit {} is not among the children of the plan", i + 1);
            let remedy = "Choose one of the children, or leave the answer empty where all of them were seen.";
            found.at(field!(visits[i].child), message).remedy(remedy);
        }
        let ahead = visit.on.get().is_some_and(|day| day > case.today);
        if ahead && visit.child_seen.is(true) {
            let message = format!("Child seen is answered yes for visit {}, which lies ahead", i + 1);
            found.at(field!(visits[i].child_seen), message);
        } else if ahead && visit.seen_alone.is(true) {
            let message = format!("Child seen alone is answered yes for visit {}, which lies ahead", i + 1);
            found.at(field!(visits[i].seen_alone), message);
        }
        if visit.seen_alone.is(true) && visit.child_seen.is(false) {
            let message = format!(
                "Child seen alone is answered yes, and child seen is answered no, for visit {}",
                i + 1
            );
            found.at(field!(visits[i].seen_alone), message);
        }
    }
}
