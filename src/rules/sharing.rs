//! Who signs the plan, who gets a copy, and from whom it is kept.

use crate::case::Case;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::{Person, Same};
use crate::procedure::Asked;
use crate::record::{Exclusion, PlanPart, Recipient};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &SHARING_REASON,
    &SHARING_REASON_DATE,
    &SHARING_AGREED,
    &SHARING_TWO_PEOPLE,
    &SHARING_DETAIL,
    &SHARING_EXCLUDED,
    &SHARING_SIGNED,
    &SHARING_SIGNED_VERSION,
    &SHARING_RECIPIENTS,
    &SHARING_SENT,
    &SHARING_COPIES,
];

// ---- from whom the plan is kept ----

const SHARING_REASON: Rule<Asked> = Rule {
    id: "sharing-reason",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Where the plan is kept from somebody, the reason is recorded",
    remedy: "Record why the plan is kept from this person, on the case record too.",
    term: |procedure| procedure.sharing.exclusion_reason.get(),
    check: sharing_reason,
};

fn sharing_reason(_: &Asked, case: &Case, found: &mut Found) {
    for (i, exclusion) in case.record.sharing.exclusions.rows() {
        if exclusion.reason.is_blank() {
            let message = format!("Reason the plan is kept from person {} is not recorded", i + 1);
            found.at(field!(sharing.exclusions[i].reason), message);
        }
    }
}

const SHARING_REASON_DATE: Rule<Asked> = Rule {
    id: "sharing-reason-date",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The day on which the reason was recorded is known",
    remedy: "Enter the day on which the reason went on the case record.",
    term: |procedure| procedure.sharing.exclusion_reason.get(),
    check: sharing_reason_date,
};

fn sharing_reason_date(_: &Asked, case: &Case, found: &mut Found) {
    for (i, exclusion) in case.record.sharing.exclusions.rows() {
        let field = field!(sharing.exclusions[i].recorded_on);
        if !exclusion.reason.is_blank() && exclusion.recorded_on.is_blank() {
            found.at(field, format!("Date the reason was recorded is missing for person {}", i + 1));
        } else if exclusion.recorded_on.get().is_some_and(|day| day > case.today) {
            found.at(field, "Date the reason was recorded is in the future");
        }
    }
}

const SHARING_AGREED: Rule<Asked> = Rule {
    id: "sharing-agreed",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The social worker and the manager agree what may be shared with somebody from whom the plan is kept",
    remedy: "Enter who agreed: the social worker and the social worker's manager, and the day.",
    term: |procedure| procedure.sharing.exclusion_agreed.get(),
    check: sharing_agreed,
};

fn sharing_agreed(_: &Asked, case: &Case, found: &mut Found) {
    for (i, exclusion) in case.record.sharing.exclusions.rows() {
        let person = i + 1;
        if exclusion.agreed_by_social_worker.is_blank() {
            let message =
                format!("Social worker who agreed is missing for person {person} the plan is kept from");
            found.at(field!(sharing.exclusions[i].agreed_by_social_worker), message);
        }
        if exclusion.agreed_by_manager.is_blank() {
            let message = format!("Manager who agreed is missing for person {person} the plan is kept from");
            found.at(field!(sharing.exclusions[i].agreed_by_manager), message);
        }
        if exclusion.agreed_on.is_blank() {
            let message = format!("Date agreed is missing for person {person} the plan is kept from");
            found.at(field!(sharing.exclusions[i].agreed_on), message).at_most(Severity::Warning);
        }
    }
}

const SHARING_TWO_PEOPLE: Rule<Asked> = Rule {
    id: "sharing-two-people",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The manager who agrees is not the social worker",
    remedy: "Enter the manager of the social worker.",
    term: |procedure| procedure.sharing.exclusion_agreed.get(),
    check: sharing_two_people,
};

fn sharing_two_people(_: &Asked, case: &Case, found: &mut Found) {
    for (i, exclusion) in case.record.sharing.exclusions.rows() {
        let social_worker = Person::called(&exclusion.agreed_by_social_worker);
        let manager = Person::called(&exclusion.agreed_by_manager);
        if manager.is(social_worker) {
            let message = "Manager who agreed is the same person as the social worker who agreed";
            found.at(field!(sharing.exclusions[i].agreed_by_manager), message);
        }
    }
}

const SHARING_DETAIL: Rule<Asked> = Rule {
    id: "sharing-detail",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "It is agreed what, if anything, may be shared with somebody from whom the plan is kept",
    remedy: "Choose what may be shared with this person, or that nothing may.",
    term: |procedure| procedure.sharing.exclusion_agreed.get(),
    check: sharing_detail,
};

fn sharing_detail(_: &Asked, case: &Case, found: &mut Found) {
    for (i, exclusion) in case.record.sharing.exclusions.rows() {
        if !exclusion.may_share.answered() {
            let message =
                format!("What may be shared with person {} the plan is kept from is not recorded", i + 1);
            found.at(field!(sharing.exclusions[i].may_share), message);
        }
    }
}

const SHARING_EXCLUDED: Rule<Asked> = Rule {
    id: "sharing-excluded",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Nobody from whom the plan is kept is among those who get it",
    remedy: "Take this person off the list, or change who the plan is kept from.",
    term: |procedure| procedure.sharing.kept_from_excluded.get(),
    check: sharing_excluded,
};

fn sharing_excluded(_: &Asked, case: &Case, found: &mut Found) {
    for (i, recipient) in case.record.sharing.recipients.rows() {
        let who = format!("Recipient {}", i + 1);
        let sent = Sent { part: None, what: "somebody the plan is kept from" };
        report_excluded(case, recipient, &who, sent, field!(sharing.recipients[i].name), found);
    }
    for (m, meeting) in case.record.meetings.rows() {
        for (i, recipient) in meeting.minutes.recipients.rows() {
            let who = format!("Recipient {} of the minutes of meeting {}", i + 1, m + 1);
            let sent = Sent { part: Some(PlanPart::Minutes), what: "somebody who may not see the minutes" };
            report_excluded(
                case,
                recipient,
                &who,
                sent,
                field!(meetings[m].minutes.recipients[i].name),
                found,
            );
        }
    }
    for (i, signature) in case.record.plan.signatures.rows() {
        let person = Person::new(&signature.person, &signature.name);
        if signature.signed_on.get().is_some() && case.is_excluded(person) {
            let message = format!("Signature {} is of somebody the plan is kept from", i + 1);
            found
                .at(field!(plan.signatures[i].name), message)
                .remedy("Check whether this person has seen the plan, and change the signature or who the plan is kept from.");
        }
    }
}

/// What somebody would be sent.
#[derive(Clone, Copy)]
struct Sent {
    /// The part of the plan that has to be free for sharing; `None` where it is the whole.
    part: Option<PlanPart>,
    /// Whom it must not reach, for the message.
    what: &'static str,
}

/// A name that is written in another way is reported too, more mildly: sending a plan to the wrong person cannot be
/// taken back.
fn report_excluded(
    case: &Case,
    recipient: &Recipient,
    who: &str,
    sent: Sent,
    field: crate::field::Field,
    found: &mut Found,
) {
    if !recipient.reason_not_sent.is_blank() {
        return;
    }
    let person = Person::new(&recipient.person, &recipient.name);
    let same = |exclusion: &Exclusion| person.compare(Person::new(&exclusion.person, &exclusion.name));
    let exclusions = case.record.sharing.exclusions.rows().map(|(_, exclusion)| (same(exclusion), exclusion));
    let Some((same, exclusion)) = exclusions.max_by_key(|(same, _)| *same) else { return };
    let may = |part| exclusion.may_share.ticked().any(|ticked| ticked == part);
    match same {
        Same::No => {}
        Same::Yes | Same::Perhaps if sent.part.is_some_and(may) => {}
        Same::Perhaps => {
            found
                .at(field, format!("{who} may be somebody the plan is kept from: the names are alike"))
                .at_most(Severity::Warning)
                .remedy("Check who this is before anything is sent.");
        }
        // A part of the plan may go to them: the copy has to be one that holds no more than that.
        Same::Yes if sent.part.is_none() && exclusion.may_share.ticked().next().is_some() => {
            found
                .at(field, format!("{who} may see only a part of the plan"))
                .at_most(Severity::Advice)
                .remedy("Check that the copy holds no more than was agreed.");
        }
        Same::Yes => {
            found.at(field, format!("{who} is {}", sent.what));
        }
    }
}

// ---- signing ----

const SHARING_SIGNED: Rule<Asked> = Rule {
    id: "sharing-signed",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Everyone involved signs and dates the plan",
    remedy: "Enter the day on which they signed, or the reason they did not.",
    term: |procedure| procedure.sharing.signed.get(),
    check: sharing_signed,
};

fn sharing_signed(_: &Asked, case: &Case, found: &mut Found) {
    let signatures = &case.record.plan.signatures;
    for person in case.involved() {
        if !signatures.rows().any(|(_, signature)| Person::new(&signature.person, &signature.name).is(person))
        {
            found
                .at(field!(plan.signatures), format!("There is no signature of {}", person.name))
                .remedy("Add the signature with its day, or the reason there is none.");
        }
    }
    for (i, signature) in signatures.rows() {
        let field = field!(plan.signatures[i].signed_on);
        if signature.signed_on.is_blank() && signature.reason_not_signed.is_blank() {
            found.at(field, format!("Date signed is missing for signature {}", i + 1));
        } else if signature.signed_on.get().is_some_and(|day| day > case.today) {
            found.at(field, format!("Date signed is in the future for signature {}", i + 1));
        }
    }
}

const SHARING_SIGNED_VERSION: Rule<Asked> = Rule {
    id: "sharing-signed-version",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The version that is signed is the latest",
    remedy: "Have the latest version signed.",
    term: |procedure| procedure.sharing.latest_version_signed.get(),
    check: sharing_signed_version,
};

fn sharing_signed_version(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    for (i, signature) in plan.signatures.rows() {
        let Some(signed_on) = signature.signed_on.get() else { continue };
        if !signature.version.is_blank()
            && !plan.version.is_blank()
            && !signature.version.is_version(&plan.version)
        {
            let message = format!("Signature {} is under another version than the latest", i + 1);
            found.at(field!(plan.signatures[i].version), message);
        } else if plan.drawn_up_on.get().is_some_and(|drawn_up_on| signed_on < drawn_up_on) {
            let message = format!("Signature {} is from before the day the plan was drawn up", i + 1);
            found.at(field!(plan.signatures[i].signed_on), message);
        }
    }
}

// ---- copies ----

/// The row that shows a copy of the latest version for a person. A row for an earlier version is history.
fn copy_of<'a>(case: &Case<'a>, person: Person) -> Option<(usize, &'a Recipient)> {
    let version = &case.record.plan.version;
    case.record.sharing.recipients.rows().find(|(_, recipient)| {
        Person::new(&recipient.person, &recipient.name).is(person)
            && (recipient.version.is_blank() || version.is_blank() || recipient.version.is_version(version))
    })
}

const SHARING_RECIPIENTS: Rule<Asked> = Rule {
    id: "sharing-recipients",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The record shows who gets the plan",
    remedy: "Add them to the recipients, or to the people the plan is kept from.",
    term: |procedure| procedure.sharing.sending_recorded.get(),
    check: sharing_recipients,
};

fn sharing_recipients(_: &Asked, case: &Case, found: &mut Found) {
    for person in case.involved() {
        if copy_of(case, person).is_none() {
            let message = format!("{} is not among the recipients of the latest version", person.name);
            found.at(field!(sharing.recipients), message);
        }
    }
}

const SHARING_SENT: Rule<Asked> = Rule {
    id: "sharing-sent",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "The record shows when each copy was sent",
    remedy: "Enter the day on which it was sent, or the reason for no copy.",
    term: |procedure| procedure.sharing.sending_recorded.get(),
    check: sharing_sent,
};

fn sharing_sent(_: &Asked, case: &Case, found: &mut Found) {
    for (i, recipient) in case.record.sharing.recipients.rows() {
        if recipient.sent_on.is_blank() && recipient.reason_not_sent.is_blank() {
            found.at(
                field!(sharing.recipients[i].sent_on),
                format!("Date sent is missing for recipient {}", i + 1),
            );
        }
    }
}

const SHARING_COPIES: Deadline = Deadline {
    id: "sharing-copies",
    stage: Stage::Circulate,
    title: "Copies of the plan sent",
    remedy: "Send the copies that are missing and enter the day.",
    term: |procedure| procedure.sharing.copies_within.get(),
    clocks: sharing_copies,
};

/// One clock for all copies: they are in time when the last of them was sent in time.
fn sharing_copies(case: &Case) -> Vec<Clock> {
    let Some(from) = case.record.plan.drawn_up_on.get() else { return Vec::new() };
    let clock = |done, field| vec![Clock::new(from, "the plan was drawn up", done, field)];
    let mut last = None;
    for person in case.involved() {
        match copy_of(case, person) {
            Some((_, recipient)) if !recipient.reason_not_sent.is_blank() => {}
            Some((i, recipient)) => match recipient.sent_on.get().filter(|day| *day <= case.today) {
                Some(day) => last = last.max(Some((day, i))),
                None => return clock(None, field!(sharing.recipients[i].sent_on)),
            },
            None => return clock(None, field!(sharing.recipients)),
        }
    }
    last.map_or(Vec::new(), |(day, i)| clock(Some(day), field!(sharing.recipients[i].sent_on)))
}
