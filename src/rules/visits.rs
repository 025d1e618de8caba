//! How often the child is seen, and the plan gone through in supervision.

use crate::case::Case;
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::procedure::{Asked, Limit};
use crate::record::{PlanKind, Team, Visit};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &VISIT_INTERVAL,
    &VISIT_INTERVAL_DISABILITY_TEAM,
    &VISIT_DURING_ASSESSMENT,
    &VISIT_AGREED_INTERVAL,
    &VISIT_AGREED_INTERVAL_DISABILITY_TEAM,
    &VISIT_CHILD_SEEN,
    &VISIT_RECORDED,
    &VISIT_SUPERVISION,
];

// ---- what counts, and from when ----

/// The visits by today at which the child was seen, in order of their days. Where the form asks of no visit whether
/// the child was seen, each counts, and so does each to a mother before the birth.
fn seen(case: &Case) -> Vec<(usize, Day)> {
    let children = || case.record.children.rows().map(|(_, child)| child);
    let unborn = children().next().is_some()
        && children().all(|child| child.date_of_birth.is_blank() && !child.expected_date_of_birth.is_blank());
    let asked = case.record.visits.rows().any(|(_, visit)| !visit.child_seen.is_blank());
    let counts = |visit: &Visit| match visit.child_seen.get() {
        Some(seen) => seen || unborn,
        // An answer that cannot be read is told elsewhere and accuses nobody.
        None => !asked || unborn || !visit.child_seen.is_blank(),
    };
    let visits = case.record.visits.rows().filter(|(_, visit)| counts(visit));
    by_day(case, visits.map(|(i, visit)| (i, visit.on.get())))
}

/// Whether every child of the plan is still to be born.
fn is_unborn(case: &Case) -> bool {
    let children = &case.record.children;
    !children.is_empty()
        && children
            .rows()
            .all(|(_, child)| child.date_of_birth.is_blank() && !child.expected_date_of_birth.is_blank())
}

fn by_day(case: &Case, rows: impl Iterator<Item = (usize, Option<Day>)>) -> Vec<(usize, Day)> {
    let mut done: Vec<_> =
        rows.filter_map(|(i, day)| Some((i, day?))).filter(|(_, day)| *day <= case.today).collect();
    done.sort_by_key(|(i, day)| (*day, *i));
    done
}

/// The day on which the plan started, or on which the child came to it from a child protection plan.
fn start(case: &Case) -> Option<(Day, &'static str)> {
    let (plan, facts) = (&case.record.plan, &case.record.case);
    let earlier = plan.earlier_versions.rows().filter_map(|(_, version)| version.drawn_up_on.get());
    let met = case.first_meeting().and_then(|(_, meeting)| meeting.held_on.get());
    let started_on = plan.started_on.get().or_else(|| earlier.chain(plan.drawn_up_on.get()).chain(met).min());
    let started = started_on.map(|day| (day, "the plan started"));
    let ended =
        facts.child_protection_plan_ended_on.get().map(|day| (day, "the child protection plan ended"));
    started.into_iter().chain(ended).filter(|(day, _)| *day <= case.today).max_by_key(|(day, _)| *day)
}

/// Whether the assessment is still under way, so that there is no more than an interim plan.
fn is_assessed(case: &Case) -> bool {
    let (plan, assessment) = (&case.record.plan, &case.record.assessment);
    let interim = plan.interim.is(true) || plan.kind.is(PlanKind::Interim);
    assessment.started_on.get().is_some_and(|day| day <= case.today)
        && assessment.completed_on.is_blank()
        && assessment.outcome.is_blank()
        && (interim || start(case).is_none())
}

/// Whether the case keeps the rhythm that the manual gives to a disability social work team.
fn is_disability_team(case: &Case) -> bool {
    case.record.case.team.is(Team::DisabilitySocialWork)
        && case.procedure.visits.every_disability_team.get().is_some()
}

/// Something that is done again and again.
struct Series {
    /// The day from which the first interval counts, and what happened on it.
    start: Option<(Day, &'static str)>,
    /// What happened on each day of it, for the next interval.
    event: &'static str,
    /// The rows that were done, by day.
    done: Vec<(usize, Day)>,
    /// The earliest row that lies ahead.
    planned: Option<(usize, Day)>,
    /// The control that holds the day of a row.
    field: fn(usize) -> Field,
    /// The list, where no row waits for a day.
    list: Field,
    /// Whether it goes on.
    open: bool,
}

/// A clock for each interval of a series, and one from the latest day to the next.
fn clocks(series: Series) -> Vec<Clock> {
    let Series { start, event, done, planned, field, list, open } = series;
    let mut from = start;
    let mut clocks: Vec<Clock> = Vec::new();
    for (i, day) in done.into_iter().filter(|(_, day)| start.is_none_or(|(start, _)| *day >= start)) {
        if let Some((from, event)) = from {
            clocks.push(Clock::new(from, event, Some(day), field(i)));
        }
        from = Some((day, event));
    }
    if let Some((_, earlier)) = clocks.split_last_mut() {
        earlier.iter_mut().for_each(|clock| clock.past = true);
    }
    if let Some((from, event)) = from
        && open
    {
        let planned = planned.map(|(i, day)| (day, field(i)));
        let control = planned.as_ref().map_or(list, |(_, field)| field.clone());
        clocks.push(Clock { planned, ..Clock::new(from, event, None, control) });
    }
    clocks
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
    clocks(Series {
        start,
        event: "the child was seen",
        done: seen(case),
        planned: ahead.min_by_key(|(_, day)| *day),
        field: |i| field!(visits[i].on),
        list: field!(visits),
        open,
    })
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
        visits(case, start(case), !case.is_closed())
    },
};

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
        visits(case, start(case), !case.is_closed())
    },
};

const VISIT_DURING_ASSESSMENT: Deadline = Deadline {
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

const VISIT_AGREED_INTERVAL: Rule<Limit> = Rule {
    id: "visit-agreed-interval",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The lead professional agrees to visit at least as often as the procedure asks",
    remedy: "Agree visits that are no further apart, and enter how often.",
    term: |procedure| procedure.visits.every.get(),
    check: |limit, case, found| {
        if !is_disability_team(case) {
            agreed_interval(limit, case, found);
        }
    },
};

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

const VISIT_CHILD_SEEN: Rule<Asked> = Rule {
    id: "visit-child-seen",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The child is seen at the visits of the disability social work team",
    remedy: "See the child, or enter that the child was seen.",
    term: |procedure| procedure.visits.child_seen_disability_team.get(),
    check: visit_child_seen,
};

/// What an earlier visit lacked, a later one has made good.
fn visit_child_seen(_: &Asked, case: &Case, found: &mut Found) {
    if !case.record.case.team.is(Team::DisabilitySocialWork) || case.is_closed() || is_unborn(case) {
        return;
    }
    let made = by_day(case, case.record.visits.rows().map(|(i, visit)| (i, visit.on.get())));
    let Some((i, _)) = made.last() else { return };
    let child_seen = &case.record.visits[*i].child_seen;
    if child_seen.is_blank() {
        let message = format!("Child seen is not answered for visit {}, the latest", i + 1);
        found.at(field!(visits[*i].child_seen), message);
    } else if child_seen.is(false) {
        let message = format!("Child seen is answered no for visit {}, the latest", i + 1);
        found.at(field!(visits[*i].child_seen), message);
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
    for (i, visit) in case.record.visits.rows() {
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
    // Where the form asks of no session whether the plan was gone through, each counts.
    let asked = all().any(|(_, session)| !session.plan_reviewed.is_blank());
    let sessions = all().filter(|(_, session)| match session.plan_reviewed.get() {
        Some(reviewed) => reviewed,
        None => !asked || !session.plan_reviewed.is_blank(),
    });
    let ahead =
        all().filter_map(|(i, session)| Some((i, session.on.get()?))).filter(|(_, day)| *day > case.today);
    clocks(Series {
        start: start(case),
        event: "the supervision",
        done: by_day(case, sessions.map(|(i, session)| (i, session.on.get()))),
        planned: ahead.min_by_key(|(_, day)| *day),
        field: |i| field!(case.supervision[i].on),
        list: field!(case.supervision),
        open: !case.is_closed(),
    })
}
