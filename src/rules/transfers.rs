//! A child with a child protection plan who moves away, or comes from another area.
//!
//! Most steps have no time of their own: what is missing is told all in one, and no sooner than somebody could have done
//! it. Once the transfer-in conference has been held they are history.

use crate::answer::Answer;
use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Section, Severity, Stage};
use crate::moving::{in_words, is_near, is_settled, is_unreadable, lacking_among, unnamed};
use crate::part::Part;
use crate::people::in_a_row;
use crate::period::{Period, Unit};
use crate::procedure::{Asked, Cited};
use crate::record::{Conference, ConferenceKind, Direction, DocumentKind, Transfer};
use crate::rule::{Check, Clock, Deadline, Guidance, Prompt, Rule, SOON};

pub(super) const CHECKS: &[&dyn Check] = &[
    &TRANSFER_OUT_DOCUMENTS,
    &TRANSFER_IN_PASSED_ON,
    &TRANSFER_IN_STEPS,
    &TRANSFER_IN_DETAILS,
    &TRANSFER_IN_DETAILS_RETURNED,
    &TRANSFER_IN_CONFERENCE,
    &TRANSFER_IN_CONFERENCE_AFTER_STAY,
    &TRANSFER_OUT_HANDOVER,
    &TRANSFER_IN_CONTACT,
    &TRANSFER_IN_ASSESSMENT,
    &TRANSFER_IN_ATTENDANCE,
    &TRANSFER_PROTOCOL,
];

// ---- away ----

/// A move of a child with a child protection plan out of the area, for good as far as is known.
fn leaving<'a>(case: &Case<'a>) -> Option<&'a Transfer> {
    let transfer = &case.record.transfer;
    let out = transfer.direction.is(Direction::Out) || transfer.direction.is_blank();
    (out && !transfer.is_empty() && case.is_child_protection() && !transfer.permanent.is(false))
        .then_some(transfer)
}

const TRANSFER_OUT_DOCUMENTS: Rule<Vec<DocumentKind>> = Rule {
    id: "transfer-out-documents",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The other authority gets the papers of a child with a child protection plan who moves there",
    remedy: "Send what is missing and enter the day, or the reason it was not sent.",
    term: |procedure| procedure.protection.documents_out.get(),
    check: |kinds, case, found| out_documents(kinds, case, found),
};

/// Before a planned move they are a reminder once it is near; after one that was not planned they may take some days.
fn out_documents(kinds: &[DocumentKind], case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case) else { return };
    let moved = transfer.moved_on.get().is_some_and(|day| day <= case.today);
    let due = if transfer.planned.is(true) { moved } else { is_settled(transfer, case) };
    if !(due || is_near(transfer, case) && transfer.planned.is(true)) {
        return;
    }
    let most = if due { Severity::Error } else { Severity::Advice };
    let rows = || transfer.documents.rows();
    let lacking: Vec<&str> = kinds
        .iter()
        .filter(|kind| !rows().any(|(_, document)| document.kind.is(**kind)))
        .map(|kind| in_words(*kind))
        .collect();
    if let Some(message) = lacking_among(&lacking, unnamed(transfer), "documents for the other authority") {
        found.at(field!(transfer.documents), message).at_most(most);
    }
    for (i, document) in rows() {
        let late =
            document.sent_on.get().zip(transfer.moved_on.get()).is_some_and(|(sent, moved)| sent > moved);
        if document.sent_on.is_blank() && document.reason_not_sent.is_blank() {
            let message = format!("Date sent is missing for document {}", i + 1);
            found.at(field!(transfer.documents[i].sent_on), message).at_most(most);
        } else if late && transfer.planned.is(true) && document.reason_not_sent.is_blank() {
            let message = format!("Document {} was sent after the move, which was planned", i + 1);
            let told = found.at(field!(transfer.documents[i].sent_on), message);
            told.at_most(Severity::Advice)
                .remedy("Check the day. Where it is right, nothing is left to be done.");
        }
    }
}

const TRANSFER_OUT_HANDOVER: Prompt = Prompt {
    id: "transfer-out-handover",
    section: Section::Case,
    question: "Is it arranged who goes to the other authority's conference, and have legal orders and court reports gone there where the court allows it?",
    stage: Stage::Meeting,
    when: |case| leaving(case).is_some(),
    since: |_| None,
};

// ---- in ----

/// A child with a child protection plan who comes from another area, until the transfer-in conference has been held.
fn arriving<'a>(case: &Case<'a>) -> Option<&'a Transfer> {
    let transfer = &case.record.transfer;
    let is_such = transfer.direction.is(Direction::In)
        && (case.is_child_protection() || !transfer.arrival.is_empty() || conference(case).is_some());
    let held = conference(case)
        .is_some_and(|(_, conference)| conference.held_on.get().is_some_and(|day| day < case.today));
    (is_such && !held && !may_have_been_held(case) && !case.is_closed()).then_some(transfer)
}

/// Whether a conference that was held since may have been the transfer-in conference: nobody knows its kind.
fn may_have_been_held(case: &Case) -> bool {
    let since = known_on(&case.record.transfer);
    conference(case).is_none()
        && case.held_conferences().iter().any(|(_, conference)| {
            conference.kind.get().is_none()
                && since.is_none_or(|since| conference.held_on.get() >= Some(since))
        })
}

/// The transfer-in conference, held or to come.
fn conference<'a>(case: &Case<'a>) -> Option<Row<'a, Conference>> {
    case.record.conferences.rows().find(|(_, conference)| conference.kind.is(ConferenceKind::TransferIn))
}

/// The day from which the steps could be taken: the first contact, else the move.
fn known_on(transfer: &Transfer) -> Option<Day> {
    let days = [transfer.arrival.first_contact_on.get(), transfer.moved_on.get()];
    days.into_iter().flatten().min()
}

const TRANSFER_IN_PASSED_ON: Rule<Asked> = Rule {
    id: "transfer-in-passed-on",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The first contact about a child with a child protection plan who moves in is passed on the same day",
    remedy: "Pass the information on now to whoever arranges conferences, and enter the day.",
    term: |procedure| procedure.protection.arrival_passed_on.get(),
    check: passed_on,
};

fn passed_on(_: &Asked, case: &Case, found: &mut Found) {
    let Some(arrival) = arriving(case).map(|transfer| &transfer.arrival) else { return };
    let Some(first) = arrival.first_contact_on.get().filter(|day| *day <= case.today) else { return };
    let field = field!(transfer.arrival.passed_on_on);
    if arrival.passed_on_on.is_blank() {
        let told = found.at(field, "Date the first contact was passed on is missing");
        if first == case.today {
            told.at_most(Severity::Advice);
        }
    } else if arrival.passed_on_on.get().is_some_and(|day| day > first) {
        let told = found.at(field, "The first contact was passed on later than on its day");
        told.at_most(Severity::Warning)
            .remedy("Check both days. Where they are right, nothing is left to be done.");
    } else if arrival.passed_on_on.get().is_some_and(|day| day < first) {
        let told = found.at(field, "The first contact was passed on before its day");
        told.at_most(Severity::Warning).remedy("Check both days.");
    }
}

const TRANSFER_IN_STEPS: Rule<Asked> = Rule {
    id: "transfer-in-steps",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Each step for a child with a child protection plan who moves in is taken",
    remedy: "Take these steps, and enter each.",
    term: |procedure| procedure.protection.arrival_steps.get(),
    check: in_steps,
};

fn in_steps(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = arriving(case) else { return };
    let Some(known) = known_on(transfer) else { return };
    if case.calendar.add_working_days(known, SOON) >= case.today {
        return;
    }
    let missing = missing(transfer, case);
    let Some((_, field)) = missing.first().cloned() else { return };
    let steps: Vec<&str> = missing.iter().map(|(step, _)| *step).collect();
    found.at(field, format!("Not recorded for the transfer in: {}", in_a_row(&steps)));
}

/// The steps of which nothing is recorded, each with its field. The papers are asked for once the form has come back.
fn missing(transfer: &Transfer, case: &Case) -> Vec<(&'static str, Field)> {
    let (arrival, details) = (&transfer.arrival, &transfer.arrival.details);
    let moved_on = transfer.moved_on.get();
    let visited = case.record.visits.rows().any(|(_, visit)| {
        is_unreadable(&visit.on)
            || visit.on.get().is_some_and(|on| on <= case.today && moved_on.is_none_or(|moved| on >= moved))
    });
    let back = !details.returned_on.is_blank();
    let steps = [
        (
            arrival.temporary_list_on.is_blank(),
            "the temporary list",
            field!(transfer.arrival.temporary_list_on),
        ),
        (arrival.team.is_blank(), "the team", field!(transfer.arrival.team)),
        (!visited && moved_on.is_some_and(|day| day <= case.today), "a visit to the family", field!(visits)),
        (arrival.address.is_blank(), "the new home address", field!(transfer.arrival.address)),
        (
            arrival.manager_alerted_on.is_blank(),
            "the alert to the manager of the area",
            field!(transfer.arrival.manager_alerted_on),
        ),
        (
            arrival.contact_details_sent_on.is_blank(),
            "the manager's contact details for the other authority",
            field!(transfer.arrival.contact_details_sent_on),
        ),
        (transfer.permanent.is_blank(), "whether the family is to stay", field!(transfer.permanent)),
        (
            details.sent_on.is_blank() && !back,
            "the form for the other authority",
            field!(transfer.arrival.details.sent_on),
        ),
        (
            back && arrival.papers_requested_on.is_blank(),
            "the request for the earlier minutes and plan",
            field!(transfer.arrival.papers_requested_on),
        ),
        (
            !arrival.papers_requested_on.is_blank() && arrival.papers_passed_on_on.is_blank(),
            "the earlier minutes and plan for the team",
            field!(transfer.arrival.papers_passed_on_on),
        ),
    ];
    steps.into_iter().filter(|(is_missing, ..)| *is_missing).map(|(_, step, field)| (step, field)).collect()
}

const TRANSFER_IN_DETAILS: Rule<Asked> = Rule {
    id: "transfer-in-details",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The other authority's form is complete, and is passed on once it came back",
    remedy: "Ask the other authority for what is missing, pass the form on, and enter the day.",
    term: |procedure| procedure.protection.arrival_details.get(),
    check: in_details,
};

fn in_details(_: &Asked, case: &Case, found: &mut Found) {
    let Some(details) = arriving(case).map(|transfer| &transfer.arrival.details) else { return };
    if details.returned_on.is_blank() || details.returned_on.get().is_some_and(|day| day > case.today) {
        return;
    }
    let unsaid = |answer: &Answer<bool>| answer.is_blank() || answer.is(false);
    let parts = [
        (unsaid(&details.family), "the family details", field!(transfer.arrival.details.family)),
        (unsaid(&details.professionals), "the professionals", field!(transfer.arrival.details.professionals)),
        (unsaid(&details.school), "the school", field!(transfer.arrival.details.school)),
        (unsaid(&details.gp), "the GP", field!(transfer.arrival.details.gp)),
    ];
    let lacking: Vec<_> = parts.into_iter().filter(|(lacks, ..)| *lacks).collect();
    if let Some((_, _, field)) = lacking.first() {
        let parts: Vec<&str> = lacking.iter().map(|(_, part, _)| *part).collect();
        let message = format!("The form that came back is not recorded as complete: {}", in_a_row(&parts));
        found.at(field.clone(), message);
    }
    let field = field!(transfer.arrival.details.passed_on_on);
    if details.passed_on_on.is_blank() {
        let told = found.at(field, "Date the form was passed on is missing, and the form came back");
        told.remedy("Pass the form on to whoever arranges conferences, and enter the day.");
    } else if details.passed_on_on.get() < details.returned_on.get() && details.passed_on_on.get().is_some() {
        let told = found.at(field, "The form was passed on before it came back");
        told.at_most(Severity::Warning).remedy("Check both days.");
    }
}

const TRANSFER_IN_DETAILS_RETURNED: Rule<Period> = Rule {
    id: "transfer-in-details-returned",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "The other authority is asked to return the form in the time that the procedure gives",
    remedy: "Ask the other authority again for the form.",
    term: |procedure| procedure.protection.arrival_details_within.get(),
    check: |within, case, found| details_returned(*within, case, found),
};

/// It is the other authority's to keep, so it is told while there is something to be asked for.
fn details_returned(within: Period, case: &Case, found: &mut Found) {
    let Some(details) = arriving(case).map(|transfer| &transfer.arrival.details) else { return };
    let Some(sent_on) = details.sent_on.get() else { return };
    if details.returned_on.is_blank() && within.after(sent_on, case.calendar) < case.today {
        let message =
            format!("The form was sent on {}, and has not come back within {within}", sent_on.long());
        found.at(field!(transfer.arrival.details.returned_on), message);
        return;
    }
    let times = details.sent_at.get().zip(details.returned_at.get());
    let late = details.returned_on.get().is_some_and(|returned_on| match times {
        Some((sent_at, returned_at)) if within.unit() == Unit::Hours => {
            let minutes = sent_on.days_until(returned_on) * 24 * 60 + sent_at.minutes_until(returned_at);
            minutes > i64::from(within.count()) * 60
        }
        _ => returned_on > within.after(sent_on, case.calendar),
    });
    if late {
        let told = found.at(
            field!(transfer.arrival.details.returned_on),
            format!("The form came back later than {within} after it was sent"),
        );
        told.remedy("Nothing is left to be done: the 15 working days run from the address all the same.");
    }
}

// ---- the conference ----

/// The clock of the transfer-in conference from a day.
fn conference_clock(case: &Case, from: Day, event: &'static str) -> Option<Clock> {
    let row = conference(case);
    let held_on = row.and_then(|(_, conference)| conference.held_on.get());
    if row.is_some_and(|(_, conference)| is_unreadable(&conference.held_on)) || from > case.today {
        return None;
    }
    let field = row.map_or_else(|| field!(conferences), |(i, _)| field!(conferences[i].held_on));
    let done = held_on.filter(|day| *day <= case.today);
    if done.is_none() && arriving(case).is_none() {
        return None;
    }
    let planned = held_on.filter(|day| *day > case.today).map(|day| (day, field.clone()));
    // What a later conference reviews is history.
    let past = done.is_some_and(|day| {
        case.held_conferences().last().and_then(|(_, last)| last.held_on.get()) > Some(day)
            || case.is_closed()
    });
    Some(Clock { planned, past, ..Clock::new(from, event, done, field) })
}

const TRANSFER_IN_CONFERENCE: Deadline = Deadline {
    id: "transfer-in-conference",
    stage: Stage::Meeting,
    title: "Transfer-in conference",
    remedy: "Hold the conference and enter its day.",
    term: |procedure| procedure.protection.transfer_conference_within.get(),
    clocks: |case| {
        let transfer = &case.record.transfer;
        let notified =
            transfer.arrival.address_notified_on.get().filter(|_| transfer.direction.is(Direction::In));
        let event = "the permanent address was notified in writing";
        notified.and_then(|day| conference_clock(case, day, event)).into_iter().collect()
    },
};

const TRANSFER_IN_CONFERENCE_AFTER_STAY: Deadline = Deadline {
    id: "transfer-in-conference-after-stay",
    stage: Stage::Meeting,
    title: "Transfer-in conference for a family who stayed",
    remedy: "Hold the conference and enter its day, or enter that the family has left.",
    term: |procedure| {
        let terms = &procedure.protection;
        terms.transfer_conference_after_stay.get().filter(|_| terms.stay_after.get().is_some())
    },
    clocks: |case| after_stay(case).into_iter().collect(),
};

/// For a move that is not recorded as permanent, and a family of whom no written address has come.
fn after_stay(case: &Case) -> Option<Clock> {
    let transfer = arriving(case)?;
    let Cited { value: stay, .. } = case.procedure.protection.stay_after.get()?;
    let from = transfer.moved_on.get().filter(|_| transfer.permanent.is(false))?;
    let notified = !transfer.arrival.address_notified_on.is_blank();
    let stayed = stay.after(from, case.calendar);
    if notified {
        None
    } else {
        conference_clock(case, stayed, "the day from which the family counts as staying")
    }
}

// ---- questions and guidance ----

const TRANSFER_IN_CONTACT: Prompt = Prompt {
    id: "transfer-in-contact",
    section: Section::Case,
    question: "Do both authorities keep in touch, so that the concerns, the reasons for the plan, the visits and whether the family is to stay are clear?",
    stage: Stage::Meeting,
    when: |case| arriving(case).is_some(),
    since: |_| None,
};

const TRANSFER_IN_ASSESSMENT: Prompt = Prompt {
    id: "transfer-in-assessment",
    section: Section::Case,
    question: "Does the assessment show the family's longer-term plans, any legal proceedings, a permanent address, and a local GP and school for the children?",
    stage: Stage::Meeting,
    when: |case| arriving(case).is_some(),
    since: |_| None,
};

const TRANSFER_IN_ATTENDANCE: Prompt = Prompt {
    id: "transfer-in-attendance",
    section: Section::Case,
    question: "Is it agreed who comes to the transfer-in conference, and is the rest of the procedure for a transfer in followed?",
    stage: Stage::Meeting,
    when: |case| arriving(case).is_some() && conference(case).is_some(),
    since: |_| None,
};

const TRANSFER_PROTOCOL: Guidance = Guidance {
    id: "transfer-protocol",
    text: "The regional protocol on transfers tells more.",
    path: "transfer.direction",
};
