//! Child protection conferences: how one comes about, what is ready for it, who takes part, and what it decides.
//!
//! What is missing is asked of the latest conference that was held, until the work has gone on to another plan, and of
//! the next to come once it is near.

use crate::answer::Answer;
use crate::approval::{report_missing, report_office};
use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Section, Severity, Stage};
use crate::office::Office;
use crate::people::{Person, Same};
use crate::period::{Period, Unit};
use crate::procedure::{Age, Asked};
use crate::record::{
    Conference, ConferenceDecision, ConferenceKind, EnquiryOutcome, InviteeRole, PlanKind, TakingPart,
};
use crate::rule::{Check, Clock, Deadline, Guidance, Prompt, Rule, SOON};
use crate::sitting::{is_accounted_for, is_invited};
use crate::young::{self, Young};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CONFERENCE_AFTER_ENQUIRY,
    &CONFERENCE_REQUESTED,
    &CONFERENCE_APPROVED,
    &CONFERENCE_INITIAL,
    &CONFERENCE_UNBORN,
    &CONFERENCE_FIRST_REVIEW,
    &CONFERENCE_REVIEW_INTERVAL,
    &CONFERENCE_REPORT,
    &CONFERENCE_REPORT_BEFORE_INITIAL,
    &CONFERENCE_REPORT_BEFORE_REVIEW,
    &CONFERENCE_REPORT_IN_PERSON,
    &CONFERENCE_YOUNG_PERSON_INVITED,
    &CONFERENCE_YOUNG_PERSON_ASKED,
    &CONFERENCE_REASONS_OF_CHILD,
    &CONFERENCE_VIEWS_REPRESENTED,
    &CONFERENCE_SUPPORTERS_TOLD,
    &CONFERENCE_DECISION,
    &CONFERENCE_DECISION_INITIAL,
    &CONFERENCE_DECISION_FITS,
    &CONFERENCE_LEAD,
    &CONFERENCE_LEAD_QUALIFIED,
    &CONFERENCE_LEAD_ALLOCATED,
    &CONFERENCE_RECORDED,
    &CONFERENCE_DAYS_AGREE,
    &CONFERENCE_EXPLAINED,
    &CONFERENCE_PARENTS,
    &CONFERENCE_UNBORN_CHILD,
    &CONFERENCE_REVIEWED,
    &CONFERENCE_READ_BESIDE,
    &CONFERENCE_PARENTS_NOTES,
];

// ---- which conferences are looked at ----

/// Whether a conference decides on a first plan.
fn is_initial(conference: &Conference) -> bool {
    matches!(conference.kind.get(), Some(ConferenceKind::Initial | ConferenceKind::Combined))
}

/// Whether a conference looks at a plan that is there.
fn is_review(conference: &Conference) -> bool {
    matches!(conference.kind.get(), Some(ConferenceKind::Review | ConferenceKind::Combined))
}

/// Whether a conference has been held by today.
fn is_held(case: &Case, conference: &Conference) -> bool {
    conference.held_on.get().is_some_and(|day| day <= case.today)
}

/// The latest conference that was held, until a meeting of another plan has followed it.
fn latest<'a>(case: &Case<'a>) -> Option<Row<'a, Conference>> {
    let (i, conference) = case.held_conferences().pop()?;
    let met_since = case
        .held_meetings()
        .last()
        .is_some_and(|(_, meeting)| meeting.held_on.get() > conference.held_on.get());
    (!met_since && !case.is_closed()).then_some((i, conference))
}

/// The conference that comes next, with the earliest day ahead, or else without a day.
fn next<'a>(case: &Case<'a>) -> Option<Row<'a, Conference>> {
    let ahead = case.record.conferences.rows().filter(|(_, conference)| {
        conference.held_on.is_blank() || conference.held_on.get().is_some_and(|day| day > case.today)
    });
    ahead
        .min_by_key(|(i, conference)| (conference.held_on.get().is_none(), conference.held_on.get(), *i))
        .filter(|_| !case.is_closed())
}

/// Both, of which what goes before a conference is asked.
fn requested<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Conference>> {
    latest(case).into_iter().chain(next(case))
}

/// Both, the next once its day is near: of them what has to be ready is asked.
fn due<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Conference>> {
    let near = case.calendar.add_working_days(case.today, SOON);
    requested(case).filter(move |(_, conference)| conference.held_on.get().is_some_and(|day| day <= near))
}

/// What it was, as a sentence goes on: "conference 2".
fn called(i: usize) -> String {
    format!("conference {}", i + 1)
}

// ---- the request ----

const CONFERENCE_AFTER_ENQUIRY: Rule<Asked> = Rule {
    id: "conference-after-enquiry",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "An initial conference follows a section 47 enquiry",
    remedy: "Check the enquiry, or record why the conference is held without one.",
    term: |procedure| procedure.protection.after_enquiry.get(),
    check: after_enquiry,
};

fn after_enquiry(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let Some((i, conference)) = requested(case).find(|(_, conference)| is_initial(conference)) else {
        return;
    };
    let (which, ended_on) = (called(i), &facts.section_47_ended_on);
    let same_enquiry = facts.strategy_discussion_on.get() <= conference.held_on.get();
    if matches!(
        facts.section_47_outcome.get(),
        Some(EnquiryOutcome::ChildInNeed | EnquiryOutcome::NoFurtherAction)
    ) {
        let message = format!(
            "Outcome of the section 47 enquiry is not child protection, and {which} is an initial one"
        );
        found.at(field!(case.section_47_outcome), message);
    } else if ended_on.is_blank() && facts.section_47_outcome.is_blank() {
        let message = format!("Date the section 47 enquiry ended is missing, and {which} is an initial one");
        found.at(field!(case.section_47_ended_on), message);
    } else if conference.held_on.get().is_some_and(|held_on| ended_on.get() > Some(held_on) && same_enquiry) {
        let message = format!("Date the section 47 enquiry ended is after {which}, which is an initial one");
        found.at(field!(case.section_47_ended_on), message);
    }
}

const CONFERENCE_REQUESTED: Rule<String> = Rule {
    id: "conference-requested",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "An initial conference is asked for with the form for it, on a known day",
    remedy: "Enter the form and the day on which it was sent.",
    term: |procedure| procedure.protection.requested_with.get(),
    check: |form, case, found| conference_requested(form, case, found),
};

/// A form that bears another name may well be the one.
fn conference_requested(form: &str, case: &Case, found: &mut Found) {
    for (i, conference) in requested(case).filter(|(_, conference)| is_initial(conference)) {
        let (day, name) = (conference.requested_on.is_blank(), conference.request_form.is_blank());
        let (field, what) = match (day, name) {
            (true, true) => (field!(conferences[i].requested_on), "The request is"),
            (true, false) => (field!(conferences[i].requested_on), "Date the conference was requested is"),
            (false, true) => (field!(conferences[i].request_form), "Form used for the request is"),
            (false, false) => continue,
        };
        let told = found.at(field, format!("{what} missing for {}", called(i)));
        told.remedy(format!("Ask for the conference with {form}, and enter the form and the day."));
        if is_held(case, conference) {
            told.at_most(Severity::Warning);
        }
    }
}

const CONFERENCE_APPROVED: Rule<Vec<Office>> = Rule {
    id: "conference-approved",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The request for an initial conference is approved by whom the procedure names",
    remedy: "Have the request approved, and enter who approved it, in what role and on which day.",
    term: |procedure| procedure.protection.request_approved_by.get(),
    check: |offices, case, found| conference_approved(offices, case, found),
};

fn conference_approved(offices: &[Office], case: &Case, found: &mut Found) {
    for (i, conference) in requested(case).filter(|(_, conference)| is_initial(conference)) {
        let approval = &conference.approved_by;
        let fields = [
            field!(conferences[i].approved_by.name),
            field!(conferences[i].approved_by.role),
            field!(conferences[i].approved_by.on),
        ];
        let [_, role, on] = fields.clone();
        report_missing(approval, fields, &format!("The approval of the request for {}", called(i)), found);
        report_office(offices, &approval.role, "Approver's role", role, found);
        if approval.on.get().zip(conference.requested_on.get()).is_some_and(|(on, asked)| on > asked) {
            found
                .at(on, format!("Date approved is after the day on which {} was requested", called(i)))
                .at_most(Severity::Warning)
                .remedy("Check both days.");
        }
    }
}

// ---- when conferences are held ----

/// Whether it is known of each conference when it was or will be held.
fn days_known(case: &Case) -> bool {
    let mut conferences = case.record.conferences.rows();
    conferences.all(|(_, conference)| conference.held_on.is_blank() || conference.held_on.get().is_some())
}

const CONFERENCE_INITIAL: Deadline = Deadline {
    id: "conference-initial",
    stage: Stage::Meeting,
    title: "Initial conference",
    remedy: "Hold the conference and enter its day.",
    term: |procedure| procedure.protection.initial_within.get(),
    clocks: |case| initial(case).into_iter().collect(),
};

/// It runs once a conference is called for: the enquiry found harm or the risk of it, or one has been asked for. A record
/// that shows a plan or a conference elsewhere, and no list of conferences, does not show which came first.
fn initial(case: &Case) -> Option<Clock> {
    let facts = &case.record.case;
    let from = facts.strategy_discussion_on.get().filter(|day| *day <= case.today && days_known(case))?;
    let held = case.held_conferences();
    let first = held.iter().find(|(_, one)| one.held_on.get() >= Some(from));
    let event = "the strategy discussion";
    if let Some((i, conference)) = first {
        let clock = Clock::new(from, event, conference.held_on.get(), field!(conferences[*i].held_on));
        let past = latest(case).is_none_or(|(last, _)| last != *i);
        return is_initial(conference).then_some(Clock { past, ..clock });
    }
    let next = next(case).filter(|(_, conference)| is_initial(conference));
    let elsewhere = !facts.conference_on.is_blank()
        || case.is_child_protection()
        || !facts.child_protection_plan_ended_on.is_blank();
    let found_harm = facts.section_47_outcome.is(EnquiryOutcome::ChildProtection)
        && facts.section_47_ended_on.get().is_none_or(|ended_on| ended_on >= from);
    if case.is_closed() || next.is_none() && (elsewhere || !found_harm) {
        return None;
    }
    let field = next.map_or_else(|| field!(conferences), |(i, _)| field!(conferences[i].held_on));
    let planned = next.and_then(|(_, one)| one.held_on.get()).map(|day| (day, field.clone()));
    Some(Clock { planned, ..Clock::new(from, event, None, field) })
}

const CONFERENCE_UNBORN: Deadline = Deadline {
    id: "conference-unborn",
    stage: Stage::Meeting,
    title: "Initial conference of the unborn child in the shorter of the times that the procedure gives",
    remedy: "Hold the conference, or set a day before the longer time is over.",
    term: |procedure| procedure.protection.unborn_within.get(),
    clocks: |case| initial_of_unborn(case).into_iter().collect(),
};

/// A hint while there is time; once the longer time is over, that one tells.
fn initial_of_unborn(case: &Case) -> Option<Clock> {
    let mut children = case.record.children.rows();
    let unborn = children.any(|(_, child)| case.is_unborn(child, case.today));
    let clock = initial(case).filter(|clock| unborn && clock.done.is_none())?;
    let longer = case.procedure.protection.initial_within.get();
    let over = longer.is_some_and(|cited| cited.value.after(clock.from, case.calendar).0 < case.today);
    (!over).then_some(Clock { at_most: Severity::Advice, ..clock })
}

const CONFERENCE_FIRST_REVIEW: Deadline = Deadline {
    id: "conference-first-review",
    stage: Stage::Meeting,
    title: "First review conference",
    remedy: "Hold the review conference and enter its day.",
    term: |procedure| procedure.protection.first_review_within.get(),
    clocks: |case| reviews(case, true),
};

const CONFERENCE_REVIEW_INTERVAL: Deadline = Deadline {
    id: "conference-review-interval",
    stage: Stage::Meeting,
    title: "Next review conference",
    remedy: "Hold the review conference and enter its day.",
    term: |procedure| procedure.protection.reviews_every.get(),
    clocks: |case| reviews(case, false),
};

/// A clock from each conference that left a plan to the next one, after an initial conference or after the others.
fn reviews(case: &Case, after_initial: bool) -> Vec<Clock> {
    let held = case.held_conferences();
    if !days_known(case) {
        return Vec::new();
    }
    let current = latest(case).map(|(i, _)| i);
    let mut clocks = Vec::new();
    for (k, (i, conference)) in held.iter().enumerate() {
        let Some(from) = conference.held_on.get() else { continue };
        if conference.kind.get().is_none()
            || is_initial(conference) != after_initial
            || leaves_none(conference)
        {
            continue;
        }
        let event = if after_initial { "the initial conference" } else { "the conference" };
        if let Some((next, reviewed)) = held.get(k + 1) {
            if !reviewed.kind.is(ConferenceKind::Initial) {
                let done = reviewed.held_on.get();
                let clock = Clock::new(from, event, done, field!(conferences[*next].held_on));
                clocks.push(Clock { past: current != Some(*next), ..clock });
            }
        } else if current == Some(*i) && case.is_child_protection() {
            let next = next(case).filter(|(_, conference)| !conference.kind.is(ConferenceKind::Initial));
            let field = next.map_or_else(|| field!(conferences), |(n, _)| field!(conferences[n].held_on));
            let planned = next.and_then(|(_, one)| one.held_on.get()).map(|day| (day, field.clone()));
            clocks.push(Clock { planned, ..Clock::new(from, event, None, field) });
        }
    }
    clocks
}

/// Whether a conference decided that there is no plan from then on.
fn leaves_none(conference: &Conference) -> bool {
    matches!(conference.decision.get(), Some(ConferenceDecision::NoPlan | ConferenceDecision::PlanEnded))
}

// ---- the social worker's report ----

const CONFERENCE_REPORT: Rule<Asked> = Rule {
    id: "conference-report",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker prepares a report for the conference",
    remedy: "Prepare the report, and enter who prepared it and when.",
    term: |procedure| procedure.protection.report.get(),
    check: conference_report,
};

fn conference_report(_: &Asked, case: &Case, found: &mut Found) {
    for (i, conference) in due(case).filter(|(_, one)| is_initial(one) || is_review(one)) {
        let report = &conference.report;
        if report.prepared_by.is_blank() && report.prepared_on.is_blank() && report.shared_on.is_blank() {
            let message = format!("The social worker's report is missing for {}", called(i));
            let finding = found.at(field!(conferences[i].report.prepared_on), message);
            if shared_by(conference, case).is_some_and(|last_day| case.today <= last_day) {
                finding.at_most(Severity::Advice);
            }
        }
    }
}

/// The last day on which the parents are to have the report.
fn shared_by(conference: &Conference, case: &Case) -> Option<Day> {
    let terms = &case.procedure.protection;
    let ahead =
        if is_review(conference) { &terms.report_before_review } else { &terms.report_before_initial };
    Some(ahead.get()?.value.before(conference.held_on.get()?, case.calendar))
}

const CONFERENCE_REPORT_BEFORE_INITIAL: Rule<Period> = Rule {
    id: "conference-report-before-initial",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The report is shared with the parents in good time before an initial conference",
    remedy: "Share the report with the parents, and enter the day and the time.",
    term: |procedure| procedure.protection.report_before_initial.get(),
    check: |ahead, case, found| {
        report_shared(*ahead, case, |conference| conference.kind.is(ConferenceKind::Initial), found);
    },
};

const CONFERENCE_REPORT_BEFORE_REVIEW: Rule<Period> = Rule {
    id: "conference-report-before-review",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The report is shared with the parents in good time before a review conference",
    remedy: "Share the report with the parents, and enter the day.",
    term: |procedure| procedure.protection.report_before_review.get(),
    check: |ahead, case, found| report_shared(*ahead, case, is_review, found),
};

fn report_shared(ahead: Period, case: &Case, wanted: impl Fn(&Conference) -> bool, found: &mut Found) {
    for (i, conference) in due(case).filter(|(_, conference)| wanted(conference)) {
        let Some(held_on) = conference.held_on.get() else { continue };
        let (report, last_day) = (&conference.report, ahead.before(held_on, case.calendar));
        let field = field!(conferences[i].report.shared_on);
        if report.shared_on.is_blank() {
            if case.today > last_day && !(report.prepared_by.is_blank() && report.prepared_on.is_blank()) {
                let message = format!(
                    "Date the report was shared with the parents is missing for {}: it was due by {}, {ahead} before",
                    called(i),
                    last_day.long()
                );
                found.at(field, message);
            }
        } else if report
            .shared_on
            .get()
            .is_some_and(|day| is_short(ahead, day, last_day, held_on, conference))
        {
            let message =
                format!("The report was shared with the parents less than {ahead} before {}", called(i));
            let remedy = "Check the day and the time. Where they are right, record what made up for it.";
            found.at(field, message).at_most(Severity::Warning).remedy(remedy);
        }
    }
}

/// Whether too little time lay between sharing the report and the conference. A day after it is told as such.
fn is_short(ahead: Period, shared_on: Day, last_day: Day, held_on: Day, conference: &Conference) -> bool {
    if shared_on > held_on {
        return false;
    }
    let times = conference.report.shared_at.get().zip(conference.starts_at.get());
    match times.filter(|_| ahead.unit() == Unit::Hours) {
        Some((shared_at, starts_at)) => {
            let minutes = shared_on.days_until(held_on) * 24 * 60 + shared_at.minutes_until(starts_at);
            minutes < i64::from(ahead.count()) * 60
        }
        None => shared_on > last_day,
    }
}

const CONFERENCE_REPORT_IN_PERSON: Rule<Asked> = Rule {
    id: "conference-report-in-person",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The report to an initial conference is shared with the parents in person",
    remedy: "Go through the report with the parents in person, and enter it.",
    term: |procedure| procedure.protection.report_in_person.get(),
    check: report_in_person,
};

fn report_in_person(_: &Asked, case: &Case, found: &mut Found) {
    for (i, conference) in due(case).filter(|(_, conference)| is_initial(conference)) {
        let report = &conference.report;
        let answer = match () {
            () if report.shared_on.is_blank() => continue,
            () if report.shared_in_person.is(false) => "answered no",
            () if report.shared_in_person.is_blank() => "not answered",
            () => continue,
        };
        let told = found.at(
            field!(conferences[i].report.shared_in_person),
            format!("Report shared in person is {answer} for {}", called(i)),
        );
        if is_held(case, conference) || report.shared_in_person.is_blank() {
            told.at_most(Severity::Warning);
        }
    }
}

// ---- children and young people ----

/// The conferences to which people are invited by now, each with its children.
fn with_children<'a>(case: &Case<'a>) -> Vec<(Row<'a, Conference>, Vec<Young<'a>>)> {
    let near: Vec<usize> = due(case).map(|(i, _)| i).collect();
    let rows = requested(case).filter(|(i, conference)| {
        near.contains(i) || conference.invitees.rows().any(|(_, invitee)| is_accounted_for(invitee))
    });
    rows.map(|(i, conference)| {
        let day = conference.held_on.get().unwrap_or(case.today);
        ((i, conference), young::at(case, &conference.invitees, day))
    })
    .collect()
}

/// "child 2" or, without a row of the children, "invitee 1 of conference 3".
fn which(young: &Young, i: usize) -> String {
    match (young.child, young.seat) {
        (Some((c, _)), _) => format!("child {}", c + 1),
        (None, Some((seat, _))) => format!("invitee {} of {}", seat + 1, called(i)),
        (None, None) => called(i),
    }
}

const CONFERENCE_YOUNG_PERSON_INVITED: Rule<Age> = Rule {
    id: "conference-young-person-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Young people are invited to take part in a conference about them",
    remedy: "Invite the young person, or enter the reason they are not invited.",
    term: |procedure| procedure.protection.young_person_invited_from.get(),
    check: young_person_invited,
};

/// Whoever has said how they want to take part has been invited to.
fn young_person_invited(from: &Age, case: &Case, found: &mut Found) {
    for ((i, _), all) in with_children(case) {
        for young in all.iter().filter(|young| young.age.is_some_and(|age| age >= from.0)) {
            let settled = matches!(young.form(), Some(TakingPart::Views | TakingPart::Advocate))
                || young.form() == Some(TakingPart::None) && young.has_reasons();
            match young.seat {
                _ if settled => {}
                Some((_, invitee)) if is_accounted_for(invitee) => {}
                Some((seat, _)) => {
                    let message = format!(
                        "Date invited is missing for invitee {} of {}, who is {} or over",
                        seat + 1,
                        called(i),
                        from.0
                    );
                    found.at(field!(conferences[i].invitees[seat].invited_on), message);
                }
                None => {
                    let message = format!(
                        "{}, who is {} or over, is not among the invitees of {}",
                        young.name(),
                        from.0,
                        called(i)
                    );
                    found.at(field!(conferences[i].invitees), message);
                }
            }
        }
    }
}

const CONFERENCE_YOUNG_PERSON_ASKED: Rule<Age> = Rule {
    id: "conference-young-person-asked",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker meets young people to ask if and how they want to take part in a conference",
    remedy: "Meet the young person before the conference, and enter the day.",
    term: |procedure| procedure.protection.young_person_asked_from.get(),
    check: young_person_asked,
};

fn young_person_asked(from: &Age, case: &Case, found: &mut Found) {
    for ((i, conference), all) in with_children(case) {
        for young in all.iter().filter(|young| young.age.is_some_and(|age| age >= from.0)) {
            let met_on = young.seat.map(|(_, invitee)| &invitee.met_on).filter(|met_on| !met_on.is_blank());
            let days = met_on.and_then(|met_on| met_on.get()).zip(conference.held_on.get());
            let met = met_on.is_some() && days.is_none_or(|(met_on, held_on)| met_on <= held_on);
            let talked = young.child.is_some_and(|(_, child)| !child.participation.discussed_on.is_blank());
            if met || talked {
                continue;
            }
            let (field, label) = match (young.seat, young.child) {
                (Some((seat, _)), _) => {
                    (field!(conferences[i].invitees[seat].met_on), "Date they were met before the meeting")
                }
                (None, Some((c, _))) => {
                    (field!(children[c].participation.discussed_on), "Date you discussed taking part")
                }
                (None, None) => continue,
            };
            let who = which(young, i);
            let message = match met_on {
                Some(_) => format!("{label} is after {} for {who}", called(i)),
                None => format!("{label} is missing for {who} before {}", called(i)),
            };
            found.at(field, message);
        }
    }
}

const CONFERENCE_REASONS_OF_CHILD: Rule<Asked> = Rule {
    id: "conference-reasons-of-child",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A child who does not want to be involved in a conference has the reasons recorded",
    remedy: "Enter the reasons in the child's words, or that the child was asked and gave none.",
    term: |procedure| procedure.protection.reasons_of_child.get(),
    check: reasons_of_child,
};

/// That a child wants no part in any meeting is told of the child.
fn reasons_of_child(_: &Asked, case: &Case, found: &mut Found) {
    for ((i, _), all) in with_children(case) {
        for young in all.iter().filter(|young| !young.has_reasons()) {
            let told = young.child.is_some_and(|(_, child)| child.participation.form.is(TakingPart::None));
            if let Some((seat, invitee)) = young.seat
                && invitee.participation.is(TakingPart::None)
                && !told
            {
                let message =
                    format!("Reason not involved is missing for invitee {} of {}", seat + 1, called(i));
                found.at(field!(conferences[i].invitees[seat].reason_not_involved), message);
            }
        }
    }
}

const CONFERENCE_VIEWS_REPRESENTED: Rule<Age> = Rule {
    id: "conference-views-represented",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Somebody represents the views of a young child at a conference",
    remedy: "Enter who spoke for the child at the conference.",
    term: |procedure| procedure.protection.views_represented_below.get(),
    check: views_represented,
};

fn views_represented(below: &Age, case: &Case, found: &mut Found) {
    for ((i, conference), all) in with_children(case) {
        if conference.held_on.get().is_none_or(|day| day >= case.today) {
            continue;
        }
        for young in all.iter().filter(|young| young.age.is_some_and(|age| age < below.0)) {
            let spoken_for = young.seat.is_some_and(|(_, invitee)| !invitee.views_represented_by.is_blank())
                || young.child.is_some_and(|(_, child)| !child.views.represented_by.is_blank());
            let field = match (young.child, young.seat) {
                _ if spoken_for || young.spoke() => continue,
                (_, Some((seat, _))) => field!(conferences[i].invitees[seat].views_represented_by),
                (Some((c, _)), None) => field!(children[c].views.represented_by),
                (None, None) => continue,
            };
            let message = format!(
                "Who represented the child's views at {} is not recorded for {}, who is under {}",
                called(i),
                which(young, i),
                below.0
            );
            found.at(field, message);
        }
    }
}

const CONFERENCE_SUPPORTERS_TOLD: Rule<Asked> = Rule {
    id: "conference-supporters-told",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The chair is told beforehand of a supporter or an advocate",
    remedy: "Tell the chair, and enter the day; or record why that was not possible.",
    term: |procedure| procedure.protection.supporters_told.get(),
    check: supporters_told,
};

fn supporters_told(_: &Asked, case: &Case, found: &mut Found) {
    for (i, conference) in due(case) {
        for (seat, invitee) in conference.invitees.rows() {
            let supports = matches!(invitee.role.get(), Some(InviteeRole::Supporter | InviteeRole::Advocate));
            let comes = !invitee.attended.is(false) && (is_invited(invitee) || !is_accounted_for(invitee));
            if supports && comes && invitee.arranged_with_chair_on.is_blank() {
                let message = format!(
                    "Arranged with the chair on is missing for invitee {} of {}, a supporter or an advocate",
                    seat + 1,
                    called(i)
                );
                found.at(field!(conferences[i].invitees[seat].arranged_with_chair_on), message);
            }
        }
    }
}

// ---- the decision ----

const CONFERENCE_DECISION: Rule<Asked> = Rule {
    id: "conference-decision",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A review conference decides whether the child protection plan goes on, changes or ends, and why",
    remedy: "Enter the decision and the reason for it.",
    term: |procedure| procedure.protection.decision.get(),
    check: conference_decision,
};

/// On its very day the conference may not be over.
fn conference_decision(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, conference)) = latest(case).filter(|(_, conference)| {
        is_review(conference) && conference.held_on.get().is_some_and(|day| day < case.today)
    }) else {
        return;
    };
    if conference.decision.is_blank() {
        let message = format!("Decision of the conference is missing for {}, a review", called(i));
        found.at(field!(conferences[i].decision), message);
    } else if conference.decision_reason.is_blank() {
        let message = format!("Reason for the decision is missing for {}", called(i));
        found.at(field!(conferences[i].decision_reason), message).at_most(Severity::Warning);
    }
}

const CONFERENCE_DECISION_INITIAL: Rule<Asked> = Rule {
    id: "conference-decision-initial",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "It is recorded whether an initial conference made a child protection plan",
    remedy: "Enter the decision: on it hangs whether a core group or a meeting about the Child in Need plan follows.",
    term: |procedure| procedure.protection.decision_initial.get(),
    check: decision_initial,
};

/// On its very day the conference may not be over.
fn decision_initial(_: &Asked, case: &Case, found: &mut Found) {
    let asked = latest(case).filter(|(_, conference)| {
        is_initial(conference)
            && !is_review(conference)
            && conference.decision.is_blank()
            && conference.held_on.get().is_some_and(|day| day < case.today)
    });
    if let Some((i, _)) = asked {
        let message = format!("Decision of the conference is missing for {}, an initial one", called(i));
        found.at(field!(conferences[i].decision), message);
    }
}

const CONFERENCE_DECISION_FITS: Rule<Asked> = Rule {
    id: "conference-decision-fits",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "A conference decides what one of its kind can decide",
    remedy: "Check the kind of the conference and its decision.",
    term: |procedure| procedure.protection.decision.get(),
    check: decision_fits,
};

/// A review is of a plan that is there, and an initial conference of none.
fn decision_fits(_: &Asked, case: &Case, found: &mut Found) {
    use ConferenceDecision::{NoPlan, PlanChanged, PlanContinues, PlanEnded, PlanMade};
    for (i, conference) in case.record.conferences.rows() {
        let odd = match (conference.kind.get(), conference.decision.get()) {
            (Some(ConferenceKind::Initial), Some(PlanContinues | PlanChanged | PlanEnded)) => {
                "an initial conference, which has no plan to look at"
            }
            (Some(ConferenceKind::Review), Some(PlanMade | NoPlan)) => "a review of a plan that is there",
            _ => continue,
        };
        let message = format!("Decision of the conference does not fit {}, {odd}", called(i));
        found.at(field!(conferences[i].decision), message);
    }
    for pair in case.held_conferences().windows(2) {
        let ((before, ended), (i, conference)) = (pair[0], pair[1]);
        if conference.kind.is(ConferenceKind::Review) && leaves_none(ended) {
            let message = format!(
                "{} is a review, and {} before it left no child protection plan",
                called(i).replacen('c', "C", 1),
                called(before)
            );
            found.at(field!(conferences[i].kind), message);
        }
    }
}

// ---- the lead social worker ----

const CONFERENCE_LEAD: Rule<Asked> = Rule {
    id: "conference-lead",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The conference that makes a child protection plan names the lead social worker",
    remedy: "Enter whom the conference named.",
    term: |procedure| procedure.protection.lead_named.get(),
    check: conference_lead,
};

fn conference_lead(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, conference)) = latest(case).filter(|_| case.is_child_protection()) else { return };
    let over = conference.held_on.get().is_some_and(|day| day < case.today);
    if over && !conference.decision.is_blank() && case.lead_social_worker().is_none() {
        let message = format!("Lead social worker's name is missing for {}", called(i));
        found.at(field!(conferences[i].lead_social_worker.name), message);
    }
}

const CONFERENCE_LEAD_QUALIFIED: Rule<Asked> = Rule {
    id: "conference-lead-qualified",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The lead social worker is qualified",
    remedy: "Name a qualified social worker, or enter that this one is.",
    term: |procedure| procedure.protection.lead_qualified.get(),
    check: lead_qualified,
};

fn lead_qualified(_: &Asked, case: &Case, found: &mut Found) {
    let Some(((i, conference), lead)) = case.lead_social_worker().filter(|_| case.is_child_protection())
    else {
        return;
    };
    let worker = &case.record.case.social_worker;
    let is_student = worker.student.is(true) && lead.is(Person::new(&worker.person, &worker.name));
    let qualified = &conference.lead_social_worker.qualified;
    let field = field!(conferences[i].lead_social_worker.qualified);
    if is_student {
        found.at(field, "The lead social worker is the student social worker of the case");
    } else if qualified.is(false) {
        found.at(field, format!("Lead social worker is qualified is answered no for {}", called(i)));
    } else if qualified.is_blank() {
        let message = format!("Lead social worker is qualified is not answered for {}", called(i));
        found.at(field, message).at_most(Severity::Warning);
    }
}

const CONFERENCE_LEAD_ALLOCATED: Rule<Asked> = Rule {
    id: "conference-lead-allocated",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The case is allocated to the lead social worker",
    remedy: "Allocate the case to the lead social worker, or enter who took over the lead.",
    term: |procedure| procedure.protection.lead_allocated.get(),
    check: lead_allocated,
};

/// The lead may have passed to another social worker since the conference.
fn lead_allocated(_: &Asked, case: &Case, found: &mut Found) {
    let Some(((i, _), lead)) = case.lead_social_worker().filter(|_| case.is_child_protection()) else {
        return;
    };
    let facts = &case.record.case;
    let worker = Person::new(&facts.social_worker.person, &facts.social_worker.name);
    if worker.is_nobody() {
        let message =
            format!("Social worker's name is missing, and {} named a lead social worker", called(i));
        found.at(field!(case.social_worker.name), message);
    } else if worker.compare(lead) == Same::No {
        let message =
            format!("Social worker's name is another than that of the lead whom {} named", called(i));
        found.at(field!(case.social_worker.name), message).at_most(Severity::Warning);
    }
}

// ---- what cannot be ----

const CONFERENCE_RECORDED: Rule<Asked> = Rule {
    id: "conference-recorded",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "What is recorded of a conference can be so",
    remedy: "Check both days.",
    term: |procedure| procedure.record.readable.get(),
    check: conference_recorded,
};

fn conference_recorded(_: &Asked, case: &Case, found: &mut Found) {
    for (i, conference) in case.record.conferences.rows() {
        let (report, held_on) = (&conference.report, conference.held_on.get());
        if held_on.is_some_and(|day| day > case.today) && !conference.decision.is_blank() {
            let message =
                format!("Decision of the conference is recorded for {}, which lies ahead", called(i));
            found.at(field!(conferences[i].decision), message).remedy("Check the day of the conference.");
        }
        let days = [
            (
                conference.requested_on.get(),
                field!(conferences[i].requested_on),
                "Date the conference was requested",
            ),
            (
                report.prepared_on.get(),
                field!(conferences[i].report.prepared_on),
                "Date the report was prepared",
            ),
            (
                report.shared_on.get(),
                field!(conferences[i].report.shared_on),
                "Date the report was shared with the parents",
            ),
        ];
        for (day, field, label) in days {
            tell_day(case, day, field, label, (held_on, i), found);
        }
    }
}

fn tell_day(
    case: &Case,
    day: Option<Day>,
    field: Field,
    label: &str,
    (held_on, i): (Option<Day>, usize),
    found: &mut Found,
) {
    let Some(day) = day else { return };
    if held_on.is_some_and(|held_on| day > held_on) {
        found.at(field, format!("{label} is after the day of {}", called(i)));
    } else if day > case.today {
        let told = found.at(field, format!("{label} is in the future for {}", called(i)));
        told.at_most(Severity::Warning).remedy("Enter the day once it has been done.");
    }
}

const CONFERENCE_DAYS_AGREE: Rule<Asked> = Rule {
    id: "conference-days-agree",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The case and the conferences tell the same of child protection",
    remedy: "Check both answers. What the conferences decided is taken to be right.",
    term: |procedure| procedure.record.readable.get(),
    check: days_agree,
};

fn days_agree(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let days = |wanted: &dyn Fn(&Conference) -> bool| -> Vec<Day> {
        let rows = case.record.conferences.rows().filter(|(_, conference)| wanted(conference));
        rows.filter_map(|(_, conference)| conference.held_on.get()).collect()
    };
    let differs = |day: &Answer<Day>, among: &[Day]| {
        !among.is_empty() && days_known(case) && day.get().is_some_and(|day| !among.contains(&day))
    };
    if differs(&facts.conference_on, &days(&|_| true)) {
        let message = "Date of the child protection conference is the day of none of the conferences";
        found.at(field!(case.conference_on), message);
    }
    let ends = days(&|conference| conference.decision.is(ConferenceDecision::PlanEnded));
    if differs(&facts.child_protection_plan_ended_on, &ends) {
        let message = "Date the child protection plan ended is the day of no conference that ended one";
        found.at(field!(case.child_protection_plan_ended_on), message);
    }
    let Some((_, decision)) = case.conference_decision() else { return };
    let none = matches!(decision, ConferenceDecision::NoPlan | ConferenceDecision::PlanEnded);
    let flag = &facts.child_protection_plan;
    if none && flag.is(true) || !none && flag.is(false) && case.has_child_protection_plan() {
        let left = if none { "no plan" } else { "a plan" };
        let message = format!(
            "Child protection plan in force is answered {}, and the latest conference left {left}",
            if none { "yes" } else { "no" }
        );
        found.at(field!(case.child_protection_plan), message);
    } else if decision == ConferenceDecision::NoPlan && case.record.plan.kind.is(PlanKind::ChildProtection) {
        found.at(
            field!(plan.kind),
            "Kind of plan is child protection, and the latest conference made no plan",
        );
    }
}

// ---- questions ----

fn since_the_conference_before(case: &Case) -> Option<Day> {
    let back = usize::from(next(case).is_none());
    case.held_conferences().into_iter().rev().nth(back).and_then(|(_, conference)| conference.held_on.get())
}

fn since_the_conference(case: &Case) -> Option<Day> {
    latest(case).and_then(|(_, conference)| conference.held_on.get())
}

const CONFERENCE_EXPLAINED: Prompt = Prompt {
    id: "conference-explained",
    section: Section::Case,
    question: "Has the social worker explained to the parents what the conference is for, who will be there, and what a child protection plan does and means?",
    stage: Stage::Meeting,
    when: |case| due(case).next().is_some(),
    since: since_the_conference_before,
};

const CONFERENCE_PARENTS: Prompt = Prompt {
    id: "conference-parents",
    section: Section::Case,
    question: "Are the parents helped to take a full part, with care for younger children meanwhile and somebody to collect older ones from school?",
    stage: Stage::Meeting,
    when: |case| due(case).next().is_some(),
    since: since_the_conference_before,
};

const CONFERENCE_UNBORN_CHILD: Prompt = Prompt {
    id: "conference-unborn-child",
    section: Section::Case,
    question: "For the unborn child: is the pre-birth protocol followed, and has the chair been asked about one conference with, or an earlier review for, the other children?",
    stage: Stage::Meeting,
    when: |case| {
        requested(case).any(|(_, conference)| {
            let day = conference.held_on.get().unwrap_or(case.today);
            is_initial(conference) && case.record.children.rows().any(|(_, child)| case.is_unborn(child, day))
        })
    },
    since: |_| None,
};

const CONFERENCE_REVIEWED: Prompt = Prompt {
    id: "conference-reviewed",
    section: Section::Case,
    question: "Did the review conference look at the child's safety, health and development, and make sure that the child goes on being kept safe?",
    stage: Stage::Meeting,
    when: |case| latest(case).is_some_and(|(_, conference)| is_review(conference)),
    since: since_the_conference,
};

// ---- guidance ----

const CONFERENCE_READ_BESIDE: Guidance = Guidance {
    id: "conference-read-beside",
    text: "Read beside it the child protection procedures of the safeguarding board, and its flowchart.",
    path: "conferences[].kind",
};

const CONFERENCE_PARENTS_NOTES: Guidance = Guidance {
    id: "conference-parents-notes",
    text: "Encourage parents to take notes if that helps, to ask questions, and to take a full part.",
    path: "conferences[].invitees[].role",
};
