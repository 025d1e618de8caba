//! How far a move out of the area has come, for the rules about it.
//!
//! A plan without a move is not touched by any of them. Before the move no more is asked than what has to be ready for
//! it; most is asked once the family has moved. A child who has a child protection plan moves by other rules.

use crate::answer::Answer;
use crate::case::Case;
use crate::day::Day;
use crate::finding::Stage;
use crate::part::Part;
use crate::people::{first_upper, in_a_row};
use crate::record::{Direction, DocumentKind, Meeting, PermissionAnswer, Place, SharingGround, Transfer};
use crate::rule::SOON;

/// A move out of the area, where one is recorded. Without a direction, a family who moves is one who leaves.
pub fn leaving<'a>(case: &Case<'a>) -> Option<&'a Transfer> {
    let transfer = &case.record.transfer;
    let out = transfer.direction.is(Direction::Out) || transfer.direction.is_blank();
    (out && !transfer.is_empty() && !case.is_child_protection()).then_some(transfer)
}

/// A move out of the area that is over.
pub fn left<'a>(case: &Case<'a>) -> Option<&'a Transfer> {
    leaving(case).filter(|transfer| {
        let unplanned = transfer.planned.is(false) && transfer.moved_on.is_blank();
        let moved_on = if unplanned { &*transfer.known_on } else { &*transfer.moved_on };
        moved_on.get().is_some_and(|day| day <= case.today)
    })
}

/// Whether the move lies no more than a few working days ahead, or is over.
pub fn is_near(transfer: &Transfer, case: &Case) -> bool {
    let soon = case.calendar.add_working_days(case.today, SOON);
    transfer.moved_on.get().is_some_and(|day| day <= soon)
}

/// Whether the family moved some working days ago, so that what has no time of its own may be looked for.
pub fn is_settled(transfer: &Transfer, case: &Case) -> bool {
    transfer.moved_on.get().is_some_and(|day| case.calendar.add_working_days(day, SOON) < case.today)
}

/// Whether the case has been closed, or it is being checked whether it can be.
pub fn is_closing(case: &Case) -> bool {
    case.is_closed() || case.stage >= Stage::Close
}

/// Whether permission was refused, or not asked for.
pub fn is_without_permission(transfer: &Transfer) -> bool {
    matches!(transfer.permission.answer.get(), Some(PermissionAnswer::Refused | PermissionAnswer::NotSought))
}

/// Whether there is a ground on which information goes to the other authority all the same.
pub fn has_ground(transfer: &Transfer) -> bool {
    matches!(
        transfer.permission.ground.get(),
        Some(SharingGround::RiskOfHarm | SharingGround::RiskInAsking | SharingGround::AdviceTaken)
    )
}

/// Whether information is kept back for want of permission.
pub fn is_kept_back(transfer: &Transfer) -> bool {
    is_without_permission(transfer) && !has_ground(transfer)
}

/// A move with permission, on which the family is referred: until somebody records why they are not.
pub fn is_referred(transfer: &Transfer) -> bool {
    transfer.permission.answer.is(PermissionAnswer::Given) && transfer.referral.reason_not_made.is_blank()
}

/// The first day by today on which something about the family went to the other authority.
pub fn shared_on(transfer: &Transfer, case: &Case) -> Option<Day> {
    let sent = transfer.documents.rows().map(|(_, document)| document.sent_on.get());
    sent.chain([transfer.referral.made_on.get()]).flatten().filter(|day| *day <= case.today).min()
}

/// The first visit to the new home: one at home, or at a place that is not recorded, from the day of the move. A joint
/// visit is one as well.
pub fn new_home_visited_on(transfer: &Transfer, case: &Case) -> Option<Day> {
    let moved_on = transfer.moved_on.get()?;
    let visits = case.record.visits.rows().map(|(_, visit)| visit);
    visits
        .filter(|visit| visit.place.is_blank() || visit.place.is(Place::Home))
        .map(|visit| visit.on.get())
        .chain([transfer.joint_visit.held_on.get()])
        .flatten()
        .filter(|day| moved_on <= *day && *day <= case.today)
        .min()
}

/// The first meeting of the plan since the move, held or to come, where a referral makes for one.
pub fn meeting_since_move<'a>(transfer: &Transfer, case: &Case<'a>) -> Option<(usize, &'a Meeting)> {
    let moved_on = transfer.moved_on.get()?;
    case.plan_meetings()
        .filter(|(_, meeting)| meeting.held_on.get().is_some_and(|day| day >= moved_on))
        .min_by_key(|(i, meeting)| (meeting.held_on.get(), *i))
}

/// The day on which the case closed, or today while it is looked at whether it can; with what the record says of it.
/// A case that closed before the family moved was closed by the group around the plan.
pub fn closing<'a>(case: &Case<'a>) -> Option<(&'a Transfer, Day)> {
    let transfer = leaving(case)?;
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    let on = closed_on.unwrap_or(case.today);
    let moving = !transfer.moved_on.is_blank() || !transfer.other_authority.is_blank();
    (moving && is_closing(case) && transfer.moved_on.get().is_none_or(|day| day <= on))
        .then_some((transfer, on))
}

/// A day that cannot be read is neither missing nor late.
pub fn is_unreadable(day: &Answer<Day>) -> bool {
    day.get().is_none() && !day.is_blank()
}

/// "The plan is" or "The plan and a chronology are".
pub fn are(what: &[&str]) -> String {
    format!("{} {}", first_upper(&in_a_row(what)), if what.len() == 1 { "is" } else { "are" })
}

/// What is not among some documents, of which so many have no kind that can be read. Each of those may be one of the
/// kinds that are lacking; `None` where it may be that none is.
pub fn lacking_among(lacking: &[&str], unnamed: usize, documents: &str) -> Option<String> {
    if lacking.len() <= unnamed {
        None
    } else if unnamed == 0 {
        Some(format!("{} not among the {documents}", are(lacking)))
    } else {
        Some(format!("Not all of {} are among the {documents}", in_a_row(lacking)))
    }
}

/// How many documents have no kind that can be read.
pub fn unnamed(transfer: &Transfer) -> usize {
    transfer.documents.rows().filter(|(_, document)| document.kind.get().is_none()).count()
}

/// A kind of document as it reads in a sentence.
pub fn in_words(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Assessment => "the assessment",
        DocumentKind::Plan => "the plan",
        DocumentKind::MeetingMinutes => "the minutes of the latest meeting",
        DocumentKind::Summary => "a summary or case report",
        DocumentKind::Chronology => "a chronology",
        DocumentKind::ConferenceReports => "the reports to the conference",
        DocumentKind::ConferenceMinutes => "the minutes of the conference",
        DocumentKind::LegalOrders => "legal orders and reports to court",
        DocumentKind::AgencyDetails => "the details of the agencies involved",
        DocumentKind::Evaluation => "what the move means for the child",
        DocumentKind::Other => "other documents",
    }
}
