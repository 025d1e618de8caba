//! When meetings take place: the first one, the next one, and earlier ones where something happens.

use crate::answer::Answer;
use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Settled, Severity, Stage};
use crate::office::Office;
use crate::order;
use crate::period::{Period, Unit};
use crate::procedure::{Asked, Limit, Term};
use crate::record::{AssessmentOutcome, Decision, EnquiryOutcome, Meeting, MeetingKind, PlanKind, Team};
use crate::rule::{Check, Clock, Deadline, Delay, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &REVIEW_FIRST_MEETING_HELD,
    &REVIEW_FIRST_MEETING,
    &REVIEW_FIRST_MEETING_AGREED,
    &REVIEW_AFTER_STRATEGY_DISCUSSION,
    &REVIEW_AFTER_SECTION_47,
    &REVIEW_AFTER_PLAN_START,
    &REVIEW_FIRST_MEETING_SOONER,
    &REVIEW_AFTER_CHILD_PROTECTION,
    &REVIEW_AFTER_CONFERENCE,
    &REVIEW_PLAN_AFTER_CONFERENCE,
    &REVIEW_AFTER_MOVING_IN,
    &REVIEW_FIRST_REVIEW,
    &REVIEW_INTERVAL,
    &REVIEW_INTERVAL_LONG_TERM,
    &REVIEW_LONG_TERM_REASON,
    &REVIEW_INTERVAL_DISABILITY_SERVICE,
    &REVIEW_INTERVAL_AUTHORISED,
    &REVIEW_INTERVAL_DISABILITY_TEAM,
    &REVIEW_INTERVAL_SHORTER,
    &REVIEW_INTERVAL_LONGEST,
    &REVIEW_INTERVAL_LONGEST_AUTHORISED,
    &REVIEW_AUTHORISER,
    &REVIEW_PUT_OFF,
    &REVIEW_TOO_SOON,
    &REVIEW_AFTER_CHANGE,
    &REVIEW_IN_MEETING,
    &REVIEW_OUTSIDE_AGREED,
    &REVIEW_ORDER,
    &REVIEW_TIMES,
    &REVIEW_NEXT_DAY,
];

// ---- the first meeting ----

/// Where a case comes from. Each way has a first meeting with a day of its own, and takes the place of the others.
#[derive(Clone, Copy)]
enum Route {
    /// From the referral and its assessment to the plan, with nothing in between.
    Straight,
    StrategyDiscussion(Day),
    Section47(Day),
    ChildProtectionPlan(Day),
    Conference(Day),
    MovedIn(Day),
}

/// Months after which a referral has nothing to do with an earlier child protection plan, conference, enquiry or move:
/// the work begins anew. It is no term, as no manual says so and no finding rests on it: it only keeps facts from a
/// child's past from starting clocks.
const WORK_BEGINS_ANEW: u32 = 3;

/// The way a case came, by the latest of the events that start one; `None` where no first meeting is waited for, or
/// one of the days cannot be read.
fn route(case: &Case) -> Option<Route> {
    let (facts, terms) = (&case.record.case, &case.procedure.reviews);
    let readable = [&*facts.referred_on, &*facts.child_protection_plan_ended_on, &*facts.conference_on]
        .iter()
        .all(|day| day.is_blank() || day.get().is_some());
    let conferences_readable = case.record.conferences.rows().all(|(_, conference)| {
        (conference.held_on.is_blank() || conference.held_on.get().is_some())
            && (conference.decision.is_blank() || conference.decision.get().is_some())
    });
    let others_readable = [
        (case.moved_in_on(), &terms.meeting_after_moving_in),
        (&facts.strategy_discussion_on, &terms.meeting_after_strategy_discussion),
        (&facts.section_47_ended_on, &terms.meeting_after_section_47),
    ]
    .iter()
    .all(|(day, term)| term.get().is_none() || day.is_blank() || day.get().is_some());
    if !readable
        || !conferences_readable
        || !others_readable
        || !case.meeting_days_known()
        || case.is_child_protection()
    {
        return None;
    }
    let referred_on = facts.referred_on.get();
    let current = |day: &Day| {
        *day <= case.today
            && referred_on.is_none_or(|referred_on| referred_on <= day.plus_months(WORK_BEGINS_ANEW))
    };
    // An enquiry in the middle of the work starts no first meeting: one was held before it.
    let before_any_meeting = |day: &Day| {
        case.held_meetings()
            .iter()
            .filter_map(|(_, meeting)| meeting.held_on.get())
            .all(|held_on| held_on >= *day || referred_on.is_some_and(|referred_on| held_on < referred_on))
    };
    let enquiry = |day: Option<Day>, outcome: &Answer<EnquiryOutcome>, term: &Term<Limit>| {
        day.filter(current)
            .filter(before_any_meeting)
            .filter(|_| outcome.is(EnquiryOutcome::ChildInNeed) && term.get().is_some())
    };
    let discussed = enquiry(
        facts.strategy_discussion_on.get(),
        &facts.strategy_discussion_outcome,
        &terms.meeting_after_strategy_discussion,
    );
    let enquired =
        enquiry(facts.section_47_ended_on.get(), &facts.section_47_outcome, &terms.meeting_after_section_47);
    let moved_in =
        case.moved_in_on().get().filter(current).filter(|_| terms.meeting_after_moving_in.get().is_some());
    let conference = case.conference_without_plan_on().filter(current);
    let ended = case.protection_ended_on().filter(current);
    // Of two on one day the last counts: a conference that ends a plan is not one that made none.
    let latest = [
        discussed.map(|day| (day, Route::StrategyDiscussion(day))),
        enquired.map(|day| (day, Route::Section47(day))),
        moved_in.map(|day| (day, Route::MovedIn(day))),
        conference.map(|day| (day, Route::Conference(day))),
        ended.map(|day| (day, Route::ChildProtectionPlan(day))),
    ];
    let latest = latest.into_iter().flatten().max_by_key(|(day, _)| *day);
    Some(latest.map_or(Route::Straight, |(_, route)| route))
}

/// The day from which meetings belong to the work that a start began: one between the referral and a later start is
/// the first one all the same.
fn work_since(case: &Case, start: Day) -> Day {
    if case.protection_ended_on() == Some(start) {
        return start;
    }
    let referred_on =
        case.record.case.referred_on.get().unwrap_or_else(|| start.minus_months(WORK_BEGINS_ANEW));
    referred_on.min(start)
}

/// Whether nothing speaks against a meeting: a case that closed or will have no plan waits for none.
fn meeting_expected(case: &Case) -> bool {
    !case.is_closed()
        && !case.is_brief_intervention()
        && assessment_leaves_open(case)
        && !matches!(case.record.plan.kind.get(), Some(PlanKind::EarlyHelp | PlanKind::TeamAroundFamily))
}

/// Whether the assessment leaves a meeting to be expected. Of a case that came another way, its outcome may be the one
/// that led to child protection before; only one that ends the work since then counts.
fn assessment_leaves_open(case: &Case) -> bool {
    let assessment = &case.record.assessment;
    let outcome = &assessment.outcome;
    let came_on = match route(case) {
        Some(
            Route::StrategyDiscussion(day)
            | Route::Section47(day)
            | Route::ChildProtectionPlan(day)
            | Route::Conference(day)
            | Route::MovedIn(day),
        ) => day,
        Some(Route::Straight) | None => {
            return outcome.is_blank() || outcome.is(AssessmentOutcome::ChildInNeed);
        }
    };
    let ends_the_work =
        matches!(outcome.get(), Some(AssessmentOutcome::NoFurtherAction | AssessmentOutcome::EarlyHelp));
    !ends_the_work || assessment.completed_on.get().is_some_and(|day| day < came_on)
}

/// The reason for a late meeting that stands with it, once somebody agreed it; for one that was not held yet, as long
/// as its new day has not passed.
fn delay(case: &Case, meeting: &Meeting) -> Delay {
    let postponed = &meeting.postponed;
    let held = meeting.held_on.get().is_some_and(|day| day <= case.today);
    let agreed = !postponed.reason.is_blank() && !postponed.agreed_by.is_blank();
    let in_force = held || postponed.new_date.get().is_some_and(|day| day >= case.today);
    if !(agreed && in_force) {
        return Delay::Missing;
    }
    Delay::Recorded(Settled {
        reason: postponed.reason.text().into(),
        by: postponed.agreed_by.text().into(),
        role: postponed.role.text().into(),
        on: None,
    })
}

/// The clock of the first meeting on or after a day. It is not told any more once a second one was held.
fn first_after(case: &Case, from: Day, event: &'static str) -> Option<Clock> {
    let held = case.held_meetings();
    let first_from = held.partition_point(|(_, meeting)| meeting.held_on.get() < Some(from));
    let since = &held[first_from..];
    if let Some((i, meeting)) = since.first() {
        let clock = Clock::new(from, event, meeting.held_on.get(), field!(meetings[*i].held_on));
        return Some(Clock { delay: delay(case, meeting), past: since.len() > 1, ..clock });
    }
    if !meeting_expected(case) || from > case.today {
        return None;
    }
    let Some((i, meeting)) = case.upcoming_meeting() else {
        return Some(Clock::new(from, event, None, field!(meetings)));
    };
    let field = field!(meetings[i].held_on);
    let planned = meeting.held_on.get().map(|day| (day, field.clone()));
    Some(Clock { planned, delay: delay(case, meeting), ..Clock::new(from, event, None, field) })
}

/// The clock of the first meeting since the work began; none where the record begins with a later meeting.
fn first_meeting(case: &Case, from: Day, event: &'static str) -> Option<Clock> {
    let since = work_since(case, from);
    let begins_later = case
        .held_meetings()
        .iter()
        .find(|(_, meeting)| meeting.held_on.get() >= Some(since))
        .is_some_and(|(_, meeting)| Case::is_later_kind(meeting));
    if begins_later { None } else { first_after(case, since, event).map(|clock| Clock { from, ..clock }) }
}

const REVIEW_FIRST_MEETING_HELD: Rule<Asked> = Rule {
    id: "review-first-meeting-held",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A meeting is held where the assessment found a child in need",
    remedy: "Set a day for the first meeting, and enter it.",
    term: |procedure| procedure.reviews.first_meeting_held.get(),
    check: first_meeting_held,
};

fn first_meeting_held(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.assessment.outcome.is(AssessmentOutcome::ChildInNeed)
        && meeting_expected(case)
        && !case.is_child_protection()
        && case.plan_meetings().all(|(_, meeting)| meeting.held_on.is_blank())
    {
        let message = "Date of meeting is missing, and the outcome of the assessment is Child in Need";
        found.at(field!(meetings), message);
    }
}

const REVIEW_FIRST_MEETING: Deadline = Deadline {
    id: "review-first-meeting",
    stage: Stage::Meeting,
    title: "First meeting",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.first_meeting_within.get(),
    clocks: |case| {
        let from = case.record.case.referred_on.get();
        match (from, route(case)) {
            (Some(from), Some(Route::Straight)) if agreed_earlier(case).is_none() => {
                first_meeting(case, from, "the referral").into_iter().collect()
            }
            _ => Vec::new(),
        }
    },
};

const REVIEW_FIRST_MEETING_AGREED: Deadline<Asked> = Deadline {
    id: "review-first-meeting-agreed",
    stage: Stage::Meeting,
    title: "First meeting in the time agreed for the assessment",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.first_meeting_in_agreed_time.get(),
    clocks: |case| {
        let Some((from, event, period)) = agreed_earlier(case) else { return Vec::new() };
        let straight = matches!(route(case), Some(Route::Straight));
        let clock = if straight { first_meeting(case, from, event) } else { None };
        clock.into_iter().map(|clock| Clock { agreed: Some(period), ..clock }).collect()
    },
};

/// The time that was agreed for the assessment, where it runs out before the one that every first meeting has.
fn agreed_earlier(case: &Case) -> Option<(Day, &'static str, Period)> {
    let terms = &case.procedure.reviews;
    let (facts, assessment) = (&case.record.case, &case.record.assessment);
    terms.first_meeting_in_agreed_time.get()?;
    let due_on = assessment.due_on.get().filter(|_| !assessment.timescale_agreed_by.is_blank())?;
    let started_on = assessment.started_on.get().map(|day| (day, "the assessment started"));
    let (from, event) = started_on.or(facts.referred_on.get().map(|day| (day, "the referral")))?;
    let usual = facts.referred_on.get().zip(terms.first_meeting_within.get());
    let earlier = usual.is_none_or(|(from, cited)| due_on < cited.value.after(from, case.calendar).0);
    let days = u32::try_from(from.days_until(due_on)).ok().filter(|_| earlier)?;
    Some((from, event, Period::of(days, Unit::Days)?))
}

const REVIEW_AFTER_STRATEGY_DISCUSSION: Deadline = Deadline {
    id: "review-after-strategy-discussion",
    stage: Stage::Meeting,
    title: "First meeting after the strategy discussion",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_strategy_discussion.get(),
    clocks: |case| match route(case) {
        Some(Route::StrategyDiscussion(held_on)) => {
            first_after(case, held_on, "the strategy discussion").into_iter().collect()
        }
        _ => Vec::new(),
    },
};

const REVIEW_AFTER_SECTION_47: Deadline = Deadline {
    id: "review-after-section-47",
    stage: Stage::Meeting,
    title: "First meeting after the section 47 enquiry",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_section_47.get(),
    clocks: |case| match route(case) {
        Some(Route::Section47(ended_on)) => {
            first_after(case, ended_on, "the section 47 enquiry ended").into_iter().collect()
        }
        _ => Vec::new(),
    },
};

const REVIEW_AFTER_PLAN_START: Deadline = Deadline {
    id: "review-after-plan-start",
    stage: Stage::Meeting,
    title: "First meeting after the plan started",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_plan_start.get(),
    clocks: |case| after_plan_start(case).into_iter().collect(),
};

/// A case that comes from child protection has this clock too, where the manual gives it none of its own.
fn after_plan_start(case: &Case) -> Option<Clock> {
    let terms = &case.procedure.reviews;
    let no_other = match route(case)? {
        Route::Straight => true,
        Route::ChildProtectionPlan(_) => terms.meeting_after_child_protection_plan.get().is_none(),
        Route::Conference(_) => terms.meeting_after_conference.get().is_none(),
        Route::StrategyDiscussion(_) | Route::Section47(_) | Route::MovedIn(_) => false,
    };
    let (from, event) = case.plan_start().filter(|_| no_other)?;
    first_meeting(case, from, event)
}

const REVIEW_FIRST_MEETING_SOONER: Deadline = Deadline {
    id: "review-first-meeting-sooner",
    stage: Stage::Meeting,
    title: "First meeting in the shorter of the times that the procedure gives",
    remedy: "Hold the first meeting, or set a day before the longer time is over.",
    term: |procedure| procedure.reviews.first_meeting_sooner.get(),
    clocks: |case| first_meeting_sooner(case).into_iter().collect(),
};

/// It warns while there is time: a meeting that is held or has its day settles it, and once the longer time is over,
/// that one tells.
fn first_meeting_sooner(case: &Case) -> Option<Clock> {
    let terms = &case.procedure.reviews;
    let (clock, longer) = match route(case)? {
        Route::StrategyDiscussion(day) => {
            (first_after(case, day, "the strategy discussion"), terms.meeting_after_strategy_discussion.get())
        }
        Route::Section47(day) => {
            (first_after(case, day, "the section 47 enquiry ended"), terms.meeting_after_section_47.get())
        }
        _ => (after_plan_start(case), terms.meeting_after_plan_start.get()),
    };
    let (clock, longer) = clock.zip(longer)?;
    let (last_day, _) = longer.value.after(clock.from, case.calendar);
    let day_set = clock.planned.as_ref().is_some_and(|(day, _)| *day <= last_day);
    (clock.done.is_none() && !day_set && case.today <= last_day).then_some(Clock {
        at_most: Severity::Warning,
        planned: None,
        ..clock
    })
}

// ---- after child protection ----

const REVIEW_AFTER_CHILD_PROTECTION: Deadline = Deadline {
    id: "review-after-child-protection",
    stage: Stage::Meeting,
    title: "Meeting after the child protection plan",
    remedy: "Hold the meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_child_protection_plan.get(),
    clocks: |case| match route(case) {
        Some(Route::ChildProtectionPlan(ended_on)) => {
            first_after(case, ended_on, "the child protection plan ended").into_iter().collect()
        }
        _ => Vec::new(),
    },
};

const REVIEW_AFTER_CONFERENCE: Deadline = Deadline {
    id: "review-after-conference",
    stage: Stage::Meeting,
    title: "Meeting after the conference",
    remedy: "Hold the meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_conference.get(),
    clocks: |case| match route(case) {
        Some(Route::Conference(held_on)) => {
            first_after(case, held_on, "the conference").into_iter().collect()
        }
        _ => Vec::new(),
    },
};

const REVIEW_PLAN_AFTER_CONFERENCE: Deadline = Deadline {
    id: "review-plan-after-conference",
    stage: Stage::Circulate,
    title: "Child in Need plan after child protection",
    remedy: "Draw up the plan and enter the day.",
    term: |procedure| procedure.reviews.plan_after_conference.get(),
    clocks: plan_after_conference,
};

fn plan_after_conference(case: &Case) -> Vec<Clock> {
    let (from, event) = match route(case) {
        Some(Route::ChildProtectionPlan(day)) => (day, "the child protection plan ended"),
        Some(Route::Conference(day)) => (day, "the conference"),
        _ => return Vec::new(),
    };
    let plan = &case.record.plan;
    let days = [&*plan.drawn_up_on, &*plan.started_on];
    let earlier = plan.earlier_versions.rows().map(|(_, version)| &*version.drawn_up_on);
    let drawn_up =
        days.into_iter().chain(earlier).filter_map(|day| day.get()).filter(|day| *day >= from).min();
    // Of a later version alone nobody knows when the first one was drawn up.
    let first_known = !plan.started_on.is_blank()
        || !plan.earlier_versions.is_empty()
        || plan.version.is_blank()
        || plan.version.text().trim().trim_start_matches(|c: char| !c.is_ascii_digit()) == "1";
    let unreadable = days.iter().any(|day| !day.is_blank() && day.get().is_none());
    if unreadable || (drawn_up.is_some() && !first_known) || (drawn_up.is_none() && !meeting_expected(case)) {
        return Vec::new();
    }
    let held = case.held_meetings();
    let since: Vec<Day> =
        held.iter().filter_map(|(_, meeting)| meeting.held_on.get()).filter(|day| *day >= from).collect();
    // The plan is made at the meeting: where that one is late, the plan is no second lateness.
    let with_meeting = match (drawn_up, since.first()) {
        (Some(drawn_up), Some(met_on)) => drawn_up <= *met_on,
        (None, None) => true,
        _ => false,
    };
    let clock = Clock::new(from, event, drawn_up, field!(plan.drawn_up_on));
    vec![Clock { past: with_meeting || (drawn_up.is_some() && since.len() > 1), ..clock }]
}

// ---- after a move ----

const REVIEW_AFTER_MOVING_IN: Deadline = Deadline {
    id: "review-after-moving-in",
    stage: Stage::Meeting,
    title: "First meeting after the family moved in",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.meeting_after_moving_in.get(),
    clocks: |case| after_moving_in(case).into_iter().collect(),
};

/// A meeting that was held when the move was known, and before the family arrived, is the first one all the same.
/// Meetings of the area that they left are not: a referral from long before is of that area.
fn after_moving_in(case: &Case) -> Option<Clock> {
    let Some(Route::MovedIn(from)) = route(case) else { return None };
    let known_on =
        case.record.case.referred_on.get().filter(|day| *day >= from.minus_months(WORK_BEGINS_ANEW));
    let since = known_on.map_or(from, |day| day.min(from));
    first_after(case, since, "the family moved in").map(|clock| Clock { from, ..clock })
}

// ---- from one meeting to the next ----

/// Which interval holds for a case.
#[derive(Clone, Copy, PartialEq)]
enum Rhythm {
    General,
    LongTerm,
    DisabilityService,
    Authorised,
    DisabilityTeam,
}

/// The interval that holds from a meeting until the next one, or until today. A team for which the manual says nothing
/// of its own keeps the general one.
fn rhythm(case: &Case, from: Day, until: Day) -> Rhythm {
    let terms = &case.procedure.reviews;
    let facts = &case.record.case;
    let accepted = facts.responsibility_accepted_on.get().is_none_or(|day| day <= from);
    match (facts.team.get(), terms.every_disability_service.get(), terms.every_disability_team.get()) {
        (Some(Team::DisabilityService), Some(_), _) if accepted => {
            let authorised =
                wants_longer(case) && is_authorised(case) && facts.meeting_interval.on.get() <= Some(until);
            if authorised { Rhythm::Authorised } else { Rhythm::DisabilityService }
        }
        (Some(Team::DisabilitySocialWork), _, Some(_)) => Rhythm::DisabilityTeam,
        _ if terms.every_long_term.get().is_some() && case.is_long_term() => Rhythm::LongTerm,
        _ => Rhythm::General,
    }
}

/// Whether the authorised interval is longer than the disability service may keep of itself.
fn wants_longer(case: &Case) -> bool {
    let usual = case.procedure.reviews.every_disability_service.get();
    let wanted = case.record.case.meeting_interval.every.get();
    wanted.zip(usual).is_some_and(|(wanted, usual)| usual.value.is_exceeded_by(wanted))
}

/// Whether somebody whom the manual names authorised the interval, on a known day.
fn is_authorised(case: &Case) -> bool {
    let interval = &case.record.case.meeting_interval;
    let Some(by) = case.procedure.reviews.longer_interval_authorised_by.get() else { return false };
    !interval.by.is_blank()
        && interval.on.get().is_some()
        && interval.role.office().is_some_and(|office| by.value.contains(&office))
}

/// A clock for each gap between meetings in which a rhythm held, and one from the latest meeting.
fn gaps(case: &Case, wanted: Rhythm) -> Vec<Clock> {
    if !case.meeting_days_known() || case.is_child_protection() {
        return Vec::new();
    }
    let held = case.held_meetings();
    let mut clocks = Vec::new();
    for (k, pair) in held.windows(2).enumerate() {
        let ((_, before), (i, meeting)) = (&pair[0], &pair[1]);
        if let (Some(from), Some(until)) = (before.held_on.get(), meeting.held_on.get())
            && !starts_anew(case, from, until)
            && rhythm(case, from, until) == wanted
        {
            let clock = Clock::new(from, "the meeting", Some(until), field!(meetings[*i].held_on));
            clocks.push(Clock { delay: delay(case, meeting), past: k + 2 < held.len(), ..clock });
        }
    }
    clocks.extend(next_meeting(case).filter(|clock| rhythm(case, clock.from, case.today) == wanted));
    clocks
}

/// Whether between two days another clock than that of the interval began to run.
fn starts_anew(case: &Case, from: Day, until: Day) -> bool {
    let facts = &case.record.case;
    [facts.referred_on.get(), case.protection_ended_on(), case.moved_in_on().get()]
        .iter()
        .any(|day| day.is_some_and(|day| from < day && day <= until))
}

/// The clock from the latest meeting to the next one. A meeting that decided to close or to step down needs no other
/// where it was the closing one; else the child has this plan until the case is closed.
fn next_meeting(case: &Case) -> Option<Clock> {
    let (i, latest) = case.held_meetings().pop()?;
    let from = latest.held_on.get()?;
    let ends = match latest.decision.get() {
        Some(Decision::Close | Decision::StepDown) | None => latest.kind.is(MeetingKind::Closing),
        Some(Decision::Continue | Decision::Section47 | Decision::StepUp) => false,
    };
    if ends || case.is_closed() || starts_anew(case, from, case.today) {
        return None;
    }
    let next = case.upcoming_meeting();
    let field = next.map_or_else(|| field!(meetings), |(next, _)| field!(meetings[next].held_on));
    let row = next.and_then(|(_, meeting)| meeting.held_on.get()).map(|day| (day, field.clone()));
    let on_meeting = latest.next_meeting_on.get().map(|day| (day, field!(meetings[i].next_meeting_on)));
    let on_plan = case.record.plan.next_review_on.get().map(|day| (day, field!(plan.next_review_on)));
    let planned = [row, on_meeting, on_plan]
        .into_iter()
        .flatten()
        .filter(|(day, _)| *day >= case.today && *day > from)
        .min_by_key(|(day, _)| *day);
    let delay = next.map_or(Delay::NoField, |(_, meeting)| delay(case, meeting));
    Some(Clock { planned, delay, ..Clock::new(from, "the meeting", None, field) })
}

const REVIEW_FIRST_REVIEW: Deadline = Deadline {
    id: "review-first-review",
    stage: Stage::Meeting,
    title: "First review of the plan",
    remedy: "Hold the review and enter its day.",
    term: |procedure| procedure.reviews.first_review_after_plan_start.get(),
    clocks: |case| first_review(case).into_iter().collect(),
};

/// Once a first meeting was held, the interval counts from that.
fn first_review(case: &Case) -> Option<Clock> {
    let (from, event) = case.plan_start()?;
    let general = rhythm(case, from, case.today) == Rhythm::General;
    if !general || !case.meeting_days_known() || case.is_child_protection() {
        return None;
    }
    let since = work_since(case, from);
    let held = case.held_meetings();
    let first = held.iter().find(|(_, meeting)| meeting.held_on.get() >= Some(since));
    if first.is_some_and(|(_, meeting)| !Case::is_later_kind(meeting)) {
        return None;
    }
    first_after(case, since, event).map(|clock| Clock { from, ..clock })
}

const REVIEW_INTERVAL: Deadline = Deadline {
    id: "review-interval",
    stage: Stage::Meeting,
    title: "Next meeting",
    remedy: "Hold the next meeting and enter its day.",
    term: |procedure| procedure.reviews.every.get(),
    clocks: |case| gaps(case, Rhythm::General),
};

const REVIEW_INTERVAL_LONG_TERM: Deadline = Deadline {
    id: "review-interval-long-term",
    stage: Stage::Meeting,
    title: "Next review of support over a longer term",
    remedy: "Hold the review and enter its day.",
    term: |procedure| procedure.reviews.every_long_term.get(),
    clocks: |case| gaps(case, Rhythm::LongTerm),
};

const REVIEW_LONG_TERM_REASON: Rule<Limit> = Rule {
    id: "review-long-term-reason",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "A plan that acknowledges support over a longer term says why",
    remedy: "Record the reason in the plan. Until then the usual interval stays.",
    term: |procedure| procedure.reviews.every_long_term.get(),
    check: |_, case, found| {
        let support = &case.record.plan.long_term_support;
        if support.acknowledged.is(true) && support.reason.is_blank() && !case.is_closed() {
            let message = "Reason for long-term support is missing";
            found.at(field!(plan.long_term_support.reason), message);
        }
    },
};

const REVIEW_INTERVAL_DISABILITY_SERVICE: Deadline = Deadline {
    id: "review-interval-disability-service",
    stage: Stage::Meeting,
    title: "Next meeting of the disability service",
    remedy: "Hold the next meeting and enter its day. A longer interval has to be authorised.",
    term: |procedure| procedure.reviews.every_disability_service.get(),
    clocks: |case| gaps(case, Rhythm::DisabilityService),
};

const REVIEW_INTERVAL_AUTHORISED: Deadline = Deadline {
    id: "review-interval-authorised",
    stage: Stage::Meeting,
    title: "Next meeting at the longer interval of the disability service",
    remedy: "Hold the next meeting and enter its day.",
    term: |procedure| procedure.reviews.every_disability_service_authorised.get(),
    clocks: |case| gaps(case, Rhythm::Authorised),
};

const REVIEW_INTERVAL_DISABILITY_TEAM: Deadline = Deadline {
    id: "review-interval-disability-team",
    stage: Stage::Meeting,
    title: "Next review meeting of the disability social work team",
    remedy: "Hold the next meeting and enter its day.",
    term: |procedure| procedure.reviews.every_disability_team.get(),
    clocks: |case| gaps(case, Rhythm::DisabilityTeam),
};

// ---- authorised intervals ----

const REVIEW_INTERVAL_SHORTER: Deadline<Asked> = Deadline {
    id: "review-interval-shorter",
    stage: Stage::Meeting,
    title: "Next meeting at the shorter interval that was authorised",
    remedy: "Hold the next meeting, or record that it is no longer needed so soon.",
    term: |procedure| procedure.reviews.more_often.get(),
    clocks: shorter_interval,
};

/// It runs until the longest interval runs out, which has a clock of its own.
fn shorter_interval(case: &Case) -> Vec<Clock> {
    let terms = &case.procedure.reviews;
    let interval = &case.record.case.meeting_interval;
    let (Some(every), Some(clock)) = (interval.every.get(), next_meeting(case)) else { return Vec::new() };
    let longest = match rhythm(case, clock.from, case.today) {
        Rhythm::General => terms.every.get(),
        Rhythm::LongTerm => terms.every_long_term.get(),
        Rhythm::DisabilityService => terms.every_disability_service.get(),
        Rhythm::Authorised => terms.every_disability_service_authorised.get(),
        Rhythm::DisabilityTeam => terms.every_disability_team.get(),
    };
    let Some(Limit(longest, _)) = longest.map(|cited| &cited.value) else { return Vec::new() };
    let last_day = longest.after(clock.from, case.calendar);
    let authorised = !interval.by.is_blank() && interval.on.get().is_some_and(|day| day <= case.today);
    if !authorised
        || !longest.longer_than(every)
        || case.today > last_day
        || !case.meeting_days_known()
        || case.is_child_protection()
    {
        return Vec::new();
    }
    let planned = clock.planned.filter(|(day, _)| *day <= last_day);
    vec![Clock { agreed: Some(every), planned, ..clock_from(clock.from, clock.field) }]
}

fn clock_from(from: Day, field: Field) -> Clock {
    Clock::new(from, "the meeting", None, field)
}

const REVIEW_INTERVAL_LONGEST: Rule<Limit> = Rule {
    id: "review-interval-longest",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No interval is authorised that is longer than the procedure allows",
    remedy: "Enter an interval that the procedure allows.",
    term: |procedure| procedure.reviews.every.get(),
    check: |limit, case, found| {
        if rhythm(case, case.today, case.today) == Rhythm::General {
            interval_longest(limit, case, found);
        }
    },
};

const REVIEW_INTERVAL_LONGEST_AUTHORISED: Rule<Limit> = Rule {
    id: "review-interval-longest-authorised",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No interval is authorised for the disability service that is longer than the procedure allows",
    remedy: "Enter an interval that the procedure allows.",
    term: |procedure| procedure.reviews.every_disability_service_authorised.get(),
    check: |limit, case, found| {
        if case.record.case.team.is(Team::DisabilityService) {
            interval_longest(limit, case, found);
        }
    },
};

fn interval_longest(limit: &Limit, case: &Case, found: &mut Found) {
    let Some(every) = case.record.case.meeting_interval.every.get() else { return };
    if limit.is_exceeded_by(every) {
        let Limit(longest, _) = limit;
        let message = format!("Authorised interval is {every}, and the longest interval is {longest}");
        found.at(field!(case.meeting_interval.every), message);
    }
}

const REVIEW_AUTHORISER: Rule<Vec<Office>> = Rule {
    id: "review-authoriser",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A longer interval of the disability service is authorised by the right manager, for a stable plan",
    remedy: "Ask the manager whom the procedure names, or meet at the usual interval.",
    term: |procedure| procedure.reviews.longer_interval_authorised_by.get(),
    check: |offices, case, found| review_authoriser(offices, case, found),
};

fn review_authoriser(offices: &[Office], case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let interval = &facts.meeting_interval;
    if !facts.team.is(Team::DisabilityService) || !wants_longer(case) {
        return;
    }
    let named = offices.iter().map(|office| office.title()).collect::<Vec<_>>().join(" or ");
    if interval.by.is_blank() {
        found.at(field!(case.meeting_interval.by), "Who authorised the interval is missing");
    }
    let role = field!(case.meeting_interval.role);
    match interval.role.office() {
        Some(office) if offices.contains(&office) => {}
        Some(_) => {
            found.at(role, format!("Role of the authoriser is not {named}"));
        }
        None if interval.role.is_blank() => {
            found.at(role, "Role of the authoriser is missing").remedy("Enter the role.");
        }
        // An office under another name may well be the right one.
        None => {
            found
                .at(role, format!("Role of the authoriser does not say whether it is {named}"))
                .at_most(Severity::Warning)
                .remedy("Enter the role as the procedure names it.");
        }
    }
    let on = field!(case.meeting_interval.on);
    if interval.on.is_blank() {
        found.at(on, "Date authorised is missing for the longer interval").remedy("Enter the day.");
    } else if interval.on.get().is_some_and(|day| day > case.today) {
        found.at(on, "Date authorised is in the future").at_most(Severity::Warning).remedy("Check the day.");
    }
    if interval.reason.is_blank() {
        found
            .at(field!(case.meeting_interval.reason), "Reason for the interval is missing")
            .at_most(Severity::Warning)
            .remedy("Record what shows that the plan is stable and meets the child's needs.");
    }
}

// ---- put off, or brought forward ----

const REVIEW_PUT_OFF: Rule<Asked> = Rule {
    id: "review-put-off",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A meeting that is put off has a reason, somebody who agreed it, and a new date",
    remedy: "Enter what is missing. Until then the meeting counts as late without a reason.",
    term: |procedure| procedure.reviews.put_off.get(),
    check: review_put_off,
};

fn review_put_off(_: &Asked, case: &Case, found: &mut Found) {
    for (i, meeting) in case.current_meetings() {
        let postponed = &meeting.postponed;
        if postponed.reason.is_blank() && postponed.agreed_by.is_blank() && postponed.new_date.is_blank() {
            continue;
        }
        let number = i + 1;
        if postponed.reason.is_blank() {
            let message = format!("Reason for the delay is missing for meeting {number}");
            found.at(field!(meetings[i].postponed.reason), message);
        }
        if postponed.agreed_by.is_blank() {
            let message = format!("Who agreed the delay is missing for meeting {number}");
            found.at(field!(meetings[i].postponed.agreed_by), message);
        }
        let held = meeting.held_on.get().is_some_and(|day| day <= case.today);
        if postponed.new_date.is_blank() && !held {
            let message = format!("New date is missing for meeting {number}, which is put off");
            found.at(field!(meetings[i].postponed.new_date), message);
        }
    }
}

const REVIEW_TOO_SOON: Rule<Limit> = Rule {
    id: "review-too-soon",
    severity: Severity::Advice,
    stage: Stage::Draft,
    title: "As a rule, meetings are no closer together than the procedure says",
    remedy: "Leave the day as it is where the child needs an early meeting.",
    term: |procedure| procedure.reviews.no_sooner_than.get(),
    check: review_too_soon,
};

/// Of a meeting that lies ahead alone. Meeting early after a significant change is what anybody would do.
fn review_too_soon(limit: &Limit, case: &Case, found: &mut Found) {
    let Some(Clock { from, planned: Some((day, field)), .. }) = next_meeting(case) else { return };
    let (earliest, period) = limit.after(from, case.calendar);
    let changed = case
        .record
        .case
        .significant_changes
        .rows()
        .any(|(_, change)| change.on.get().is_none_or(|on| on >= from));
    if day < earliest && !changed && case.meeting_days_known() && !case.is_child_protection() {
        let message = format!(
            "Next meeting on {} is less than {period} after the meeting on {}",
            day.long(),
            from.long()
        );
        found.at(field, message);
    }
}

const REVIEW_AFTER_CHANGE: Deadline<Asked> = Deadline {
    id: "review-after-change",
    stage: Stage::Meeting,
    title: "Early meeting after a significant change",
    remedy: "Hold a meeting before the next one would be due anyway, or record why none is needed.",
    term: |procedure| procedure.reviews.early_after_change.get(),
    clocks: early_after_change,
};

/// A clock from the latest change between two meetings to the day before the next one would have been due. A change
/// that leaves no day in between has no clock.
fn early_after_change(case: &Case) -> Vec<Clock> {
    let Some(every) = case.procedure.reviews.every.get() else { return Vec::new() };
    if !case.meeting_days_known() || case.is_child_protection() {
        return Vec::new();
    }
    let held = case.held_meetings();
    let changes = case.record.case.significant_changes.rows();
    let mut changes: Vec<Day> =
        changes.filter_map(|(_, change)| change.on.get()).filter(|day| *day <= case.today).collect();
    order::sorted(&mut changes);
    let next_after = |day: Day| held.partition_point(|(_, meeting)| meeting.held_on.get() < Some(day));
    let mut clocks = Vec::new();
    for (k, changed_on) in changes.iter().enumerate() {
        let next = next_after(*changed_on);
        let same_gap = changes.get(k + 1).is_some_and(|later| next_after(*later) == next);
        let before =
            next.checked_sub(1).and_then(|before| held.get(before)).and_then(|(_, m)| m.held_on.get());
        let Some(before) = before.filter(|_| !same_gap) else { continue };
        let (usual, _) = every.value.after(before, case.calendar);
        let days = u32::try_from(changed_on.days_until(usual) - 1).ok();
        let Some(period) = days.and_then(|days| Period::of(days, Unit::Days)) else { continue };
        let event = "the significant change";
        let clock = match held.get(next) {
            Some((i, meeting)) => {
                let past = held.len() > next + 1;
                let clock =
                    Clock::new(*changed_on, event, meeting.held_on.get(), field!(meetings[*i].held_on));
                Clock { past, delay: delay(case, meeting), ..clock }
            }
            None => match next_meeting(case) {
                Some(clock) => Clock { from: *changed_on, event, ..clock },
                None => continue,
            },
        };
        clocks.push(Clock { agreed: Some(period), ..clock });
    }
    clocks
}

// ---- without a meeting ----

/// The latest meeting of which the record says that the review was carried out without one.
fn outside_meeting<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    let outside = |meeting: &Meeting| {
        let outside = &meeting.outside_meeting;
        !(outside.by.is_blank() && outside.agreed_by.is_blank() && outside.reason.is_blank())
    };
    case.latest_meeting().filter(|(_, meeting)| outside(meeting) && !case.is_child_protection())
}

const REVIEW_IN_MEETING: Rule<Asked> = Rule {
    id: "review-in-meeting",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review is carried out in a meeting",
    remedy: "Hold the review in a meeting.",
    term: |procedure| procedure.reviews.in_meeting.get(),
    check: review_in_meeting,
};

fn review_in_meeting(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = outside_meeting(case) else { return };
    let has_reason = !meeting.outside_meeting.reason.is_blank();
    if !(has_reason && found.leaves_room()) {
        let message = format!("Review {} was carried out without a meeting", i + 1);
        let remedy = if found.leaves_room() {
            "Record the reason for no meeting."
        } else {
            "Hold the review in a meeting."
        };
        found.at(field!(meetings[i].outside_meeting.reason), message).remedy(remedy);
    }
}

const REVIEW_OUTSIDE_AGREED: Rule<Asked> = Rule {
    id: "review-outside-agreed",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "The manager agrees where a review is carried out without a meeting",
    remedy: "Ask the manager, and enter who agreed; else hold the review in a meeting.",
    term: |procedure| procedure.reviews.outside_meeting_agreed.get(),
    check: review_outside_agreed,
};

fn review_outside_agreed(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = outside_meeting(case) else { return };
    if meeting.outside_meeting.agreed_by.is_blank() {
        let message = format!("Manager who agreed is missing for review {}, without a meeting", i + 1);
        found.at(field!(meetings[i].outside_meeting.agreed_by), message);
    }
    if meeting.outside_meeting.reason.is_blank() {
        let message = format!("Reason for no meeting is missing for review {}", i + 1);
        found
            .at(field!(meetings[i].outside_meeting.reason), message)
            .at_most(Severity::Warning)
            .remedy("Record why the review was carried out without a meeting.");
    }
}

// ---- what cannot be ----

const REVIEW_ORDER: Rule<Asked> = Rule {
    id: "review-order",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No review is held before the first meeting",
    remedy: "Check the day and the kind of both meetings.",
    term: |procedure| procedure.reviews.in_order.get(),
    check: review_order,
};

fn review_order(_: &Asked, case: &Case, found: &mut Found) {
    let mut initial = case.plan_meetings().filter(|(_, meeting)| meeting.kind.is(MeetingKind::Initial));
    // With two first meetings the work began twice, and a review may lie between.
    let (Some((first, meeting)), None) = (initial.next(), initial.next()) else { return };
    let Some(first_on) = meeting.held_on.get() else { return };
    for (i, meeting) in case.plan_meetings().filter(|(_, meeting)| Case::is_later_kind(meeting)) {
        if meeting.held_on.get().is_some_and(|day| day < first_on) {
            let message = format!(
                "Date of meeting {} is before the first meeting, which is meeting {}",
                i + 1,
                first + 1
            );
            found.at(field!(meetings[i].held_on), message);
        }
    }
}

const REVIEW_TIMES: Rule<Asked> = Rule {
    id: "review-times",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "A meeting ends after it starts",
    remedy: "Check both times.",
    term: |procedure| procedure.record.readable.get(),
    check: review_times,
};

fn review_times(_: &Asked, case: &Case, found: &mut Found) {
    for (i, meeting) in case.record.meetings.rows() {
        let times = meeting.starts_at.get().zip(meeting.ends_at.get());
        if times.is_some_and(|(starts_at, ends_at)| ends_at <= starts_at) {
            found.at(
                field!(meetings[i].ends_at),
                format!("End time is not after the start time of meeting {}", i + 1),
            );
        }
    }
}

const REVIEW_NEXT_DAY: Rule<Asked> = Rule {
    id: "review-next-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The next meeting comes after this one",
    remedy: "Check both days.",
    term: |procedure| procedure.reviews.in_order.get(),
    check: review_next_day,
};

fn review_next_day(_: &Asked, case: &Case, found: &mut Found) {
    for (i, meeting) in case.record.meetings.rows() {
        let days = meeting.held_on.get().zip(meeting.next_meeting_on.get());
        if days.is_some_and(|(held_on, next)| next <= held_on) {
            let message = format!("Date of next meeting is not after the day of meeting {}", i + 1);
            found.at(field!(meetings[i].next_meeting_on), message);
        }
    }
    // Where the plan carries its days, the rule about those tells of it.
    let plan = &case.record.plan;
    let told = case.procedure.plan.dated.get().is_some();
    if !told
        && plan
            .next_review_on
            .get()
            .zip(plan.drawn_up_on.get())
            .is_some_and(|(next, drawn_up)| next < drawn_up)
    {
        let message = "Next review is before the day the plan was drawn up";
        found.at(field!(plan.next_review_on), message).at_most(Severity::Warning);
    }
}
