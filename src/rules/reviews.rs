//! When meetings take place, and what a review settles.

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Settled, Severity, Stage};
use crate::office::Office;
use crate::period::{Period, Unit};
use crate::procedure::{Asked, Limit};
use crate::record::{AssessmentOutcome, Decision, Meeting, MeetingKind, PlanKind, Team};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &REVIEW_FIRST_MEETING,
    &REVIEW_FIRST_MEETING_AGREED,
    &REVIEW_AFTER_CHILD_PROTECTION,
    &REVIEW_AFTER_CONFERENCE,
    &REVIEW_PLAN_AFTER_CONFERENCE,
    &REVIEW_INTERVAL,
    &REVIEW_INTERVAL_DISABILITY_SERVICE,
    &REVIEW_INTERVAL_AUTHORISED,
    &REVIEW_INTERVAL_DISABILITY_TEAM,
    &REVIEW_INTERVAL_SHORTER,
    &REVIEW_INTERVAL_LONGEST,
    &REVIEW_INTERVAL_LONGEST_AUTHORISED,
    &REVIEW_AUTHORISER,
    &REVIEW_ORDER,
    &REVIEW_TIMES,
    &REVIEW_NEXT_DAY,
    &REVIEW_DECISION,
    &REVIEW_DECISION_KNOWN,
    &REVIEW_DECISION_REASON,
    &REVIEW_DECISION_DAY,
    &REVIEW_PROGRESS,
    &REVIEW_OUTCOMES,
    &REVIEW_NEEDS,
];

// ---- the first meeting ----

/// Where a case comes from. Each way has a first meeting with a day of its own, and takes the place of the others.
#[derive(Clone, Copy)]
enum Route {
    Referral,
    ChildProtectionPlan(Day),
    Conference(Day),
    MovedIn,
}

/// Months after which a referral has nothing to do with an earlier child protection plan, conference or move: the
/// work begins anew. No manual says so; without it, facts from a child's past would start clocks.
const WORK_BEGINS_ANEW: u32 = 3;

/// The way a case came, by the latest of the events that start one; `None` where no first meeting is waited for, or
/// one of the days cannot be read.
fn route(case: &Case) -> Option<Route> {
    let facts = &case.record.case;
    let readable =
        [&facts.referred_on, &facts.child_protection_plan_ended_on, &facts.conference_on, &facts.moved_in_on]
            .iter()
            .all(|day| day.is_blank() || day.get().is_some());
    if !readable || !days_known(case) || case.is_child_protection() {
        return None;
    }
    let referred_on = facts.referred_on.get();
    let current = |day: &Day| {
        *day <= case.today
            && referred_on.is_none_or(|referred_on| referred_on <= day.plus_months(WORK_BEGINS_ANEW))
    };
    let moved_in = facts.moved_in_on.get().filter(current).map(|day| (day, Route::MovedIn));
    let conference = facts.conference_on.get().filter(current).map(|day| (day, Route::Conference(day)));
    let ended = facts.child_protection_plan_ended_on.get().filter(current);
    let ended = ended.map(|day| (day, Route::ChildProtectionPlan(day)));
    // Of two on one day the last counts: a conference that ends a plan is not one that made none.
    let latest = [moved_in, conference, ended].into_iter().flatten().max_by_key(|(day, _)| *day);
    Some(latest.map_or(Route::Referral, |(_, route)| route))
}

/// Whether the days of all meetings are known or blank. While one cannot be read, nobody can tell what lies between.
fn days_known(case: &Case) -> bool {
    case.plan_meetings().all(|(_, meeting)| meeting.held_on.is_blank() || meeting.held_on.get().is_some())
}

/// Whether nothing speaks against a meeting: a case that closed or will have no plan waits for none.
fn meeting_expected(case: &Case) -> bool {
    let outcome = &case.record.assessment.outcome;
    !case.is_closed()
        && !case.is_brief_intervention()
        && (outcome.is_blank() || outcome.is(AssessmentOutcome::ChildInNeed))
        && !matches!(case.record.plan.kind.get(), Some(PlanKind::EarlyHelp | PlanKind::TeamAroundFamily))
}

/// The meeting that comes next, with the earliest day ahead, or else without a day.
fn upcoming<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    case.plan_meetings()
        .filter(|(_, meeting)| meeting.held_on.get().is_none_or(|day| day > case.today))
        .min_by_key(|(i, meeting)| (meeting.held_on.get().is_none(), meeting.held_on.get(), *i))
}

/// The reason for a late meeting that stands with it, once somebody agreed it; for one that was not held yet, as long
/// as its new day has not passed.
fn put_off(case: &Case, meeting: &Meeting) -> Option<Settled> {
    let postponed = &meeting.postponed;
    let held = meeting.held_on.get().is_some_and(|day| day <= case.today);
    let agreed = !postponed.reason.is_blank() && !postponed.agreed_by.is_blank();
    let in_force = held || postponed.new_date.get().is_some_and(|day| day >= case.today);
    (agreed && in_force).then(|| Settled {
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
        return Some(Clock { put_off: put_off(case, meeting), past: since.len() > 1, ..clock });
    }
    if !meeting_expected(case) || from > case.today {
        return None;
    }
    let Some((i, meeting)) = upcoming(case) else {
        return Some(Clock::new(from, event, None, field!(meetings)));
    };
    let field = field!(meetings[i].held_on);
    let planned = meeting.held_on.get().map(|day| (day, field.clone()));
    Some(Clock { planned, put_off: put_off(case, meeting), ..Clock::new(from, event, None, field) })
}

/// The clock of the first meeting of a case that came by referral; none where the record begins with a later meeting.
fn first_meeting(case: &Case, from: Day, event: &'static str) -> Option<Clock> {
    if !matches!(route(case)?, Route::Referral) {
        return None;
    }
    // A meeting between the referral and a later start is the first one all the same.
    let since = case.record.case.referred_on.get().map_or(from, |referred_on| referred_on.min(from));
    let begins_later = case
        .held_meetings()
        .iter()
        .find(|(_, meeting)| meeting.held_on.get() >= Some(since))
        .is_some_and(|(_, meeting)| is_later_kind(meeting));
    if begins_later { None } else { first_after(case, since, event).map(|clock| Clock { from, ..clock }) }
}

fn is_later_kind(meeting: &Meeting) -> bool {
    matches!(meeting.kind.get(), Some(MeetingKind::Review | MeetingKind::Closing | MeetingKind::FormalReview))
}

const REVIEW_FIRST_MEETING: Deadline = Deadline {
    id: "review-first-meeting",
    stage: Stage::Meeting,
    title: "First meeting",
    remedy: "Hold the first meeting and enter its day.",
    term: |procedure| procedure.reviews.first_meeting_within.get(),
    clocks: |case| {
        let from = case.record.case.referred_on.get();
        match from {
            Some(from) if agreed_earlier(case).is_none() => {
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
        let clock = first_meeting(case, from, event);
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
    let days = [&plan.drawn_up_on, &plan.started_on];
    let earlier = plan.earlier_versions.rows().map(|(_, version)| &version.drawn_up_on);
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
    let since =
        case.held_meetings().iter().filter(|(_, meeting)| meeting.held_on.get() >= Some(from)).count();
    let clock = Clock::new(from, event, drawn_up, field!(plan.drawn_up_on));
    vec![Clock { past: drawn_up.is_some() && since > 1, ..clock }]
}

// ---- from one meeting to the next ----

/// Which interval holds for a case.
#[derive(Clone, Copy, PartialEq)]
enum Rhythm {
    General,
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
        && Office::recognise(interval.role.text()).is_some_and(|office| by.value.contains(&office))
}

/// A clock for each gap between meetings in which a rhythm held, and one from the latest meeting.
fn gaps(case: &Case, wanted: Rhythm) -> Vec<Clock> {
    if !days_known(case) || case.is_child_protection() {
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
            clocks.push(Clock { put_off: put_off(case, meeting), past: k + 2 < held.len(), ..clock });
        }
    }
    clocks.extend(next_meeting(case).filter(|clock| rhythm(case, clock.from, case.today) == wanted));
    clocks
}

/// Whether between two days another clock than that of the interval began to run.
fn starts_anew(case: &Case, from: Day, until: Day) -> bool {
    let facts = &case.record.case;
    [&facts.referred_on, &facts.child_protection_plan_ended_on, &facts.moved_in_on]
        .iter()
        .any(|day| day.get().is_some_and(|day| from < day && day <= until))
}

/// The clock from the latest meeting to the next one. A meeting that decided to close needs no other where it was the
/// closing one; else the child stays in need until the case is closed.
fn next_meeting(case: &Case) -> Option<Clock> {
    let (i, latest) = case.held_meetings().pop()?;
    let from = latest.held_on.get()?;
    let ends = match latest.decision.get() {
        Some(Decision::StepDown) => true,
        Some(Decision::Close) | None => latest.kind.is(MeetingKind::Closing),
        Some(Decision::Continue | Decision::Section47 | Decision::StepUp) => false,
    };
    if ends || case.is_closed() || starts_anew(case, from, case.today) {
        return None;
    }
    let next = upcoming(case);
    let field = next.map_or_else(|| field!(meetings), |(next, _)| field!(meetings[next].held_on));
    let row = next.and_then(|(_, meeting)| meeting.held_on.get()).map(|day| (day, field.clone()));
    let on_meeting = latest.next_meeting_on.get().map(|day| (day, field!(meetings[i].next_meeting_on)));
    let on_plan = case.record.plan.next_review_on.get().map(|day| (day, field!(plan.next_review_on)));
    let planned = [row, on_meeting, on_plan]
        .into_iter()
        .flatten()
        .filter(|(day, _)| *day >= case.today && *day > from)
        .min_by_key(|(day, _)| *day);
    let put_off = next.and_then(|(_, meeting)| put_off(case, meeting));
    Some(Clock { planned, put_off, ..Clock::new(from, "the meeting", None, field) })
}

const REVIEW_INTERVAL: Deadline = Deadline {
    id: "review-interval",
    stage: Stage::Meeting,
    title: "Next meeting",
    remedy: "Hold the next meeting and enter its day.",
    term: |procedure| procedure.reviews.every.get(),
    clocks: |case| gaps(case, Rhythm::General),
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
        || !days_known(case)
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
    match Office::recognise(interval.role.text()) {
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
    for (i, meeting) in case.plan_meetings().filter(|(_, meeting)| is_later_kind(meeting)) {
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
    let plan = &case.record.plan;
    if plan.next_review_on.get().zip(plan.drawn_up_on.get()).is_some_and(|(next, drawn_up)| next < drawn_up) {
        let message = "Next review is before the day the plan was drawn up";
        found.at(field!(plan.next_review_on), message).at_most(Severity::Warning);
    }
}

// ---- the decision ----

/// The latest review that was held. What an earlier one decided shows in the work that went on.
fn latest_review<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    case.held_meetings()
        .into_iter()
        .rev()
        .find(|(i, meeting)| is_later_kind(meeting) || (meeting.kind.is_blank() && !case.is_first(*i)))
}

const REVIEW_DECISION: Rule<Vec<Decision>> = Rule {
    id: "review-decision",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review makes a clear decision, which is recorded",
    remedy: "Choose what the meeting decided.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |decisions, case, found| review_decision(decisions, case, found),
};

fn review_decision(decisions: &[Decision], case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = latest_review(case)
        && meeting.decision.is_blank()
    {
        let message = format!("Decision is missing for meeting {}: {}", i + 1, choices(decisions));
        found.at(field!(meetings[i].decision), message);
    }
}

const REVIEW_DECISION_KNOWN: Rule<Vec<Decision>> = Rule {
    id: "review-decision-known",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The decision of a review is one of those that the procedure gives",
    remedy: "Choose one of the decisions that the procedure gives.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |decisions, case, found| review_decision_known(decisions, case, found),
};

fn review_decision_known(decisions: &[Decision], case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = latest_review(case)
        && meeting.decision.get().is_some_and(|decision| !decisions.contains(&decision))
    {
        let message = format!("Decision of meeting {} is none of: {}", i + 1, choices(decisions));
        found.at(field!(meetings[i].decision), message);
    }
}

fn choices(decisions: &[Decision]) -> String {
    decisions.iter().map(|decision| decision.spelling().replace('-', " ")).collect::<Vec<_>>().join(", ")
}

const REVIEW_DECISION_REASON: Rule<Asked> = Rule {
    id: "review-decision-reason",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The reason for the decision is recorded",
    remedy: "Record why the meeting decided this.",
    term: |procedure| procedure.reviews.decision_reason.get(),
    check: review_decision_reason,
};

fn review_decision_reason(_: &Asked, case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = latest_review(case)
        && !meeting.decision.is_blank()
        && meeting.decision_reason.is_blank()
    {
        let message = format!("Reason for the decision is missing for meeting {}", i + 1);
        found.at(field!(meetings[i].decision_reason), message);
    }
}

const REVIEW_DECISION_DAY: Rule<Vec<Decision>> = Rule {
    id: "review-decision-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "A decision belongs to a meeting that was held while the case was open",
    remedy: "Check the decision, and the day of the meeting.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |_, case, found| review_decision_day(case, found),
};

fn review_decision_day(case: &Case, found: &mut Found) {
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    for (i, meeting) in case.plan_meetings() {
        let Some((held_on, decision)) = meeting.held_on.get().zip(meeting.decision.get()) else { continue };
        let field = field!(meetings[i].decision);
        if held_on > case.today {
            found.at(field, format!("Decision is filled in for meeting {}, which lies ahead", i + 1));
        } else if decision == Decision::Continue && closed_on.is_some_and(|closed_on| held_on > closed_on) {
            let message =
                format!("Decision of meeting {} is to continue, and the case was closed before", i + 1);
            found.at(field, message);
        }
    }
}

// ---- what a review looks at ----

/// Whether the plan is to show what a review saw: at a review, and once one was held.
fn is_reviewed(case: &Case) -> bool {
    case.stage == Stage::Review || latest_review(case).is_some()
}

const REVIEW_PROGRESS: Rule<Asked> = Rule {
    id: "review-progress",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review looks at progress towards each outcome",
    remedy: "Record how far things have come with this outcome.",
    term: |procedure| procedure.reviews.progress.get(),
    check: review_progress,
};

fn review_progress(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if !outcome.text.is_blank() && outcome.progress.is_blank() {
            let message = format!("Progress towards the outcome is missing for outcome {}", i + 1);
            found.at(field!(plan.outcomes[i].progress), message);
        }
    }
}

const REVIEW_OUTCOMES: Rule<Asked> = Rule {
    id: "review-outcomes",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review records what the actual outcomes are",
    remedy: "Record what has come of it so far, even where that is nothing yet.",
    term: |procedure| procedure.reviews.actual_outcomes.get(),
    check: review_outcomes,
};

fn review_outcomes(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if !outcome.text.is_blank() && outcome.result.is_blank() {
            found.at(
                field!(plan.outcomes[i].result),
                format!("Actual outcome is missing for outcome {}", i + 1),
            );
        }
    }
}

const REVIEW_NEEDS: Rule<Asked> = Rule {
    id: "review-needs",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review looks again at each need and concern",
    remedy: "Record what has changed for the child since the need was written down.",
    term: |procedure| procedure.reviews.needs_again.get(),
    check: review_needs,
};

fn review_needs(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, need) in case.record.plan.needs.rows() {
        if !need.text.is_blank() && need.progress.is_blank() {
            found.at(
                field!(plan.needs[i].progress),
                format!("Progress with the need is missing for need {}", i + 1),
            );
        }
    }
}
