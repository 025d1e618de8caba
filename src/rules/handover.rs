//! What is there for the family once the case is closed: early help, somebody who leads, and letters that tell of it.

use crate::case::Case;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::{self, Distinct, Person, in_a_row};
use crate::procedure::Asked;
use crate::record::{Decision, EarlyHelp, InviteeRole, LetterRole, MeetingKind, RoleKind};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CLOSURE_EARLY_HELP,
    &CLOSURE_EARLY_HELP_IN_TIME,
    &CLOSURE_EARLY_HELP_DOCUMENTS,
    &CLOSURE_EARLY_HELP_BY_MEETING,
    &CLOSURE_EARLY_HELP_PLAN,
    &CLOSURE_LEAD,
    &CLOSURE_LEAD_NETWORK,
    &CLOSURE_LEAD_MINUTES,
    &CLOSURE_LETTER_CHILD,
    &CLOSURE_LETTER_PARENTS,
    &CLOSURE_LETTER_PROFESSIONALS,
    &CLOSURE_LETTERS_SENT,
];

// ---- early help ----

/// Whether early help takes the family on.
#[derive(Clone, Copy, PartialEq)]
enum TakesOver {
    Yes,
    /// There is a decision in words that does not read as a refusal.
    Perhaps,
    No,
}

fn early_help_takes_over(case: &Case, early_help: &EarlyHelp) -> TakesOver {
    let stepped_down = case
        .last_meeting_before_closing()
        .is_some_and(|(_, meeting)| meeting.decision.is(Decision::StepDown));
    if !early_help.engaged_on.is_blank() || !early_help.documents_sent_to.is_blank() || stepped_down {
        TakesOver::Yes
    } else if early_help.decision.is_blank() || is_refusal(early_help.decision.text()) {
        TakesOver::No
    } else {
        TakesOver::Perhaps
    }
}

/// Whether a decision in words reads as "no early help".
fn is_refusal(decision: &str) -> bool {
    let decision = decision.trim().to_lowercase();
    let first = decision.split(|c: char| !c.is_alphanumeric() && c != '/').next().unwrap_or_default();
    matches!(first, "no" | "none" | "not" | "nothing" | "nil" | "never" | "n/a" | "na")
        || ["declin", "refus", "not needed", "not required", "not necessary", "no referral", "unnecessary"]
            .iter()
            .any(|word| decision.contains(word))
}

/// Whether a refusal is too short to hold its reason as well.
fn is_bare_refusal(decision: &str) -> bool {
    is_refusal(decision) && decision.split_whitespace().count() <= 3
}

const CLOSURE_EARLY_HELP: Rule<Asked> = Rule {
    id: "closure-early-help",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Early help is considered",
    remedy: "Consider early help with the family, and record the decision and its reason.",
    term: |procedure| procedure.closure.early_help_considered.get(),
    check: closure_early_help,
};

fn closure_early_help(_: &Asked, case: &Case, found: &mut Found) {
    let early_help = &case.record.closure.early_help;
    if !case.is_closed_by_group() {
        return;
    }
    let undecided = early_help.decision.is_blank() && early_help.reason.is_blank();
    if early_help.considered.is(false) {
        found.at(field!(closure.early_help.considered), "Early help was not considered");
    // Who recorded a decision has considered it.
    } else if early_help.considered.is_blank() && undecided {
        found.at(field!(closure.early_help.considered), "Whether early help was considered is not recorded");
    } else if early_help.considered.is(true) && undecided {
        found
            .at(field!(closure.early_help.decision), "Early help decision is missing")
            .at_most(Severity::Warning);
    } else if early_help.reason.is_blank()
        && early_help.reason_not_sent.is_blank()
        && is_bare_refusal(early_help.decision.text())
        && early_help_takes_over(case, early_help) == TakesOver::No
    {
        found
            .at(
                field!(closure.early_help.reason),
                "Reason for the early help decision is missing, and early help is not taken up",
            )
            .at_most(Severity::Warning)
            .remedy("Record why the family does not get early help.");
    }
}

const CLOSURE_EARLY_HELP_IN_TIME: Rule<Asked> = Rule {
    id: "closure-early-help-in-time",
    severity: Severity::Warning,
    stage: Stage::Close,
    title: "Early help becomes involved before the case closes",
    remedy: "Bring early help in before the case closes, and enter the day.",
    term: |procedure| procedure.closure.early_help_engaged.get(),
    check: closure_early_help_in_time,
};

fn closure_early_help_in_time(_: &Asked, case: &Case, found: &mut Found) {
    let closure = &case.record.closure;
    let early_help = &closure.early_help;
    if !case.is_closed_by_group() {
        return;
    }
    let field = field!(closure.early_help.engaged_on);
    match (early_help.engaged_on.get(), closure.closed_on.get()) {
        (Some(engaged_on), Some(closed_on)) if engaged_on >= closed_on => {
            found.at(field, "Date early help became involved is not before the day the case closed");
        }
        (None, _)
            if early_help.engaged_on.is_blank()
                && early_help_takes_over(case, early_help) != TakesOver::No =>
        {
            found.at(field, "Date early help became involved is missing");
        }
        _ => {}
    }
}

const CLOSURE_EARLY_HELP_DOCUMENTS: Rule<Asked> = Rule {
    id: "closure-early-help-documents",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Where early help takes over, the relevant documents are passed on",
    remedy: "Send the documents and enter the day, or record why none were sent.",
    term: |procedure| procedure.closure.early_help_documents.get(),
    check: closure_early_help_documents,
};

fn closure_early_help_documents(_: &Asked, case: &Case, found: &mut Found) {
    let early_help = &case.record.closure.early_help;
    if !case.is_closed_by_group() {
        return;
    }
    let sent_on = field!(closure.early_help.documents_sent_on);
    if early_help.documents_sent_on.is_blank() {
        if !early_help.reason_not_sent.is_blank() {
            return;
        }
        let message = "Date documents were sent to early help is missing";
        match early_help_takes_over(case, early_help) {
            TakesOver::Yes => {
                found.at(sent_on, message);
            }
            TakesOver::Perhaps => {
                found.at(sent_on, message).at_most(Severity::Warning);
            }
            TakesOver::No => {}
        }
    } else if early_help.documents_sent_on.get().is_some_and(|day| day > case.today) {
        found
            .at(sent_on, "Date documents were sent to early help is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once they have been sent.");
    } else if early_help.documents_sent_to.is_blank() {
        found
            .at(field!(closure.early_help.documents_sent_to), "Who the documents were sent to is missing")
            .at_most(Severity::Warning)
            .remedy("Enter who in early help got them.");
    }
}

const CLOSURE_EARLY_HELP_BY_MEETING: Rule<Asked> = Rule {
    id: "closure-early-help-by-meeting",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Where early help takes over, a meeting hands the case over",
    remedy: "Hold a meeting that hands the case over, and record what it decides.",
    term: |procedure| procedure.closure.early_help_by_meeting.get(),
    check: closure_early_help_by_meeting,
};

fn closure_early_help_by_meeting(_: &Asked, case: &Case, found: &mut Found) {
    if !case.is_closed_by_group() {
        return;
    }
    let handed_over = case.last_meeting_before_closing().is_some_and(|(_, meeting)| {
        // A decision that is missing or cannot be read is told elsewhere.
        meeting
            .decision
            .get()
            .map_or(meeting.kind.is(MeetingKind::Closing) || !meeting.decision.is_blank(), |decision| {
                matches!(decision, Decision::Close | Decision::StepDown)
            })
    });
    if handed_over && !case.record.closure.decided_at_meeting.is(false) {
        return;
    }
    let message = "Early help takes over, and no meeting has handed the case over";
    match early_help_takes_over(case, &case.record.closure.early_help) {
        TakesOver::Yes => {
            found.at(field!(meetings), message);
        }
        TakesOver::Perhaps => {
            found.at(field!(meetings), message).at_most(Severity::Warning);
        }
        TakesOver::No => {}
    }
}

const CLOSURE_EARLY_HELP_PLAN: Rule<Asked> = Rule {
    id: "closure-early-help-plan",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "A case that steps down has a plan of early help in place of its own",
    remedy: "Draw up the plan of early help, and enter the day on which it starts.",
    term: |procedure| procedure.closure.early_help_plan.get(),
    check: closure_early_help_plan,
};

fn closure_early_help_plan(_: &Asked, case: &Case, found: &mut Found) {
    let closure = &case.record.closure;
    let started_on = &closure.early_help.plan_started_on;
    let field = field!(closure.early_help.plan_started_on);
    let steps_down = case
        .last_meeting_before_closing()
        .is_some_and(|(_, meeting)| meeting.decision.is(Decision::StepDown));
    if !case.is_closed_by_group() || !steps_down {
        return;
    }
    if started_on.is_blank() {
        found.at(field, "Date the plan of early help started is missing");
    } else if let (Some(started_on), Some(closed_on)) = (started_on.get(), closure.closed_on.get())
        && started_on > closed_on
    {
        found
            .at(field, "Date the plan of early help started is after the day the case closed")
            .at_most(Severity::Warning)
            .remedy("Check both days: the child is without a plan between them.");
    }
}

// ---- who leads afterwards ----

const CLOSURE_LEAD: Rule<Asked> = Rule {
    id: "closure-lead",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "There is a lead professional for after the closing, or a reason for none",
    remedy: "Enter who leads once the case is closed, or why nobody needs to.",
    term: |procedure| procedure.closure.lead_professional.get(),
    check: closure_lead,
};

fn closure_lead(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.closure.lead_professional;
    let is_missing = Person::new(&lead.person, &lead.name).is_nobody() && lead.reason_not_needed.is_blank();
    if case.is_closed_by_group() && is_missing {
        found.at(field!(closure.lead_professional.name), "Lead professional after closing is missing");
    }
}

const CLOSURE_LEAD_NETWORK: Rule<Asked> = Rule {
    id: "closure-lead-network",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The lead professional for after the closing is not the social worker who closes the case",
    remedy: "Enter somebody who goes on working with the family, or why nobody needs to lead.",
    term: |procedure| procedure.closure.lead_professional.get(),
    check: closure_lead_network,
};

fn closure_lead_network(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.closure.lead_professional;
    let social_worker = &case.record.case.social_worker;
    let social_worker = Person::new(&social_worker.person, &social_worker.name);
    if Person::new(&lead.person, &lead.name).is(social_worker) {
        let message = "Lead professional after closing is the social worker of the case that closes";
        found.at(field!(closure.lead_professional.name), message);
    }
}

const CLOSURE_LEAD_MINUTES: Rule<Asked> = Rule {
    id: "closure-lead-minutes",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The closing minutes name the lead professional",
    remedy: "Name the lead professional in the closing minutes, and record that they do.",
    term: |procedure| procedure.closure.lead_professional_in_minutes.get(),
    check: closure_lead_minutes,
};

fn closure_lead_minutes(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.closure.lead_professional;
    if !case.is_closed_by_group() || Person::new(&lead.person, &lead.name).is_nobody() {
        return;
    }
    let field = field!(closure.lead_professional.in_minutes);
    if lead.in_minutes.is_blank() {
        found.at(field, "Whether the closing minutes name the lead professional is not recorded");
    } else if lead.in_minutes.is(false) {
        found.at(field, "The closing minutes do not name the lead professional");
    }
}

// ---- letters ----

/// Tells who has no letter that confirms the closing, once the case is closed. A letter may go to several people, to an
/// agency, or, where it can be for one person alone, go without a name.
fn report_without_letter<'a>(
    role: LetterRole,
    people: impl Iterator<Item = (Person<'a>, &'a str)>,
    case: &Case,
    found: &mut Found,
) {
    if !case.is_closed() || !case.is_closed_by_group() {
        return;
    }
    let letters = &case.record.closure.letters;
    let people: Vec<_> = people.collect();
    let without_name = || letters.rows().any(|(_, letter)| letter.role.is(role) && letter.name.is_blank());
    if people.len() == 1 && without_name() {
        return;
    }
    let reached = |person: Person, agency: &str| {
        letters.rows().any(|(_, letter)| {
            let (to, name) = (letter.name.folded(), people::words(person.name));
            let (is_named, is_agency) =
                (!name.is_empty() && name.iter().all(|word| to.contains(word)), people::folded(agency) == to);
            is_named || (is_agency && !to.is_empty()) || Person::new(&letter.person, &letter.name).is(person)
        })
    };
    let without: Vec<&str> = people
        .iter()
        .filter(|(person, agency)| !reached(*person, agency))
        .map(|(person, _)| person.name)
        .collect();
    if !without.is_empty() {
        found.at(field!(closure.letters), format!("There is no closure letter to {}", in_a_row(&without)));
    }
}

const CLOSURE_LETTER_CHILD: Rule<Asked> = Rule {
    id: "closure-letter-child",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Each child gets a letter that confirms the closing, or the reason for none is recorded",
    remedy: "Send the letter and add it, or add it with the reason for no letter.",
    term: |procedure| procedure.closure.letter_to_child.get(),
    check: |_, case, found| {
        let children = case.children();
        report_without_letter(LetterRole::Child, children.iter().map(|child| (child, "")), case, found);
    },
};

const CLOSURE_LETTER_PARENTS: Rule<Asked> = Rule {
    id: "closure-letter-parents",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The parents get a letter that confirms the closing",
    remedy: "Send the letter and add it.",
    term: |procedure| procedure.closure.letter_to_parents.get(),
    check: |_, case, found| {
        let parents = case.parents();
        report_without_letter(LetterRole::Parent, parents.iter().map(|parent| (parent, "")), case, found);
    },
};

const CLOSURE_LETTER_PROFESSIONALS: Rule<Asked> = Rule {
    id: "closure-letter-professionals",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The professionals involved get a letter that confirms the closing",
    remedy: "Send the letters and add them.",
    term: |procedure| procedure.closure.letter_to_professionals.get(),
    check: |_, case, found| {
        report_without_letter(LetterRole::Professional, professionals(case).into_iter(), case, found);
    },
};

/// The professionals with a role in the plan, each with their agency; where it names none, those who were invited last.
/// Whoever works in the case for children's social care knows that it closes.
fn professionals<'a>(case: &Case<'a>) -> Vec<(Person<'a>, &'a str)> {
    let facts = &case.record.case;
    let closed_by = &case.record.closure.closed_by;
    let own = [
        Person::new(&facts.social_worker.person, &facts.social_worker.name),
        Person::new(&facts.manager.person, &facts.manager.name),
        Person::new(&closed_by.person, &closed_by.name),
    ];
    let mut known = Distinct::default();
    let mut professionals = Vec::new();
    let mut add = |person: Person<'a>, agency: &'a str| {
        if !own.iter().any(|one| one.is(person)) && known.add(person) {
            professionals.push((person, agency));
        }
    };
    for (_, role) in case.record.plan.roles.rows() {
        if role.kind.is(RoleKind::Professional)
            && role.involved_until.get().is_none_or(|day| day >= case.today)
        {
            add(Person::new(&role.person, &role.name), role.agency.text());
        }
    }
    if case.record.plan.roles.is_empty() {
        for (_, invitee) in case.latest_meeting().into_iter().flat_map(|(_, meeting)| meeting.invitees.rows())
        {
            if invitee.role.is(InviteeRole::Professional) && invitee.reason_not_invited.is_blank() {
                add(Person::new(&invitee.person, &invitee.name), invitee.agency.text());
            }
        }
    }
    professionals
}

const CLOSURE_LETTERS_SENT: Rule<Asked> = Rule {
    id: "closure-letters-sent",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The letters go out by the day on which the case closes",
    remedy: "Send the letter, and enter the day or the reason for no letter.",
    term: |procedure| procedure.closure.letters_on_closing.get(),
    check: closure_letters_sent,
};

fn closure_letters_sent(_: &Asked, case: &Case, found: &mut Found) {
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    let Some(closed_on) = closed_on.filter(|_| case.is_closed_by_group()) else { return };
    for (i, letter) in case.record.closure.letters.rows() {
        let field = field!(closure.letters[i].sent_on);
        let number = i + 1;
        if letter.sent_on.is_blank() && letter.reason_not_sent.is_blank() {
            found.at(field, format!("Date sent is missing for letter {number}"));
        } else if letter.sent_on.get().is_some_and(|day| day > case.today) {
            found
                .at(field, format!("Date sent is in the future for letter {number}"))
                .at_most(Severity::Warning)
                .remedy("Enter the day once the letter has been sent.");
        } else if letter.sent_on.get().is_some_and(|day| day > closed_on) {
            found
                .at(field, format!("Letter {number} was sent after the day the case closed"))
                .at_most(Severity::Warning)
                .remedy("Check the day. Where it is right, nothing is left to be done.");
        }
    }
}
