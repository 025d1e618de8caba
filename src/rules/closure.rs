//! What must be true before a case closes, criterion by criterion.

use crate::answer::{Answer, Text};
use crate::case::Case;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::people::Person;
use crate::procedure::Asked;
use crate::record::{Approval, AssessmentOutcome, Decision, EarlyHelp, Meeting, Progress};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CLOSURE_DECIDED,
    &CLOSURE_AGAINST_DECISION,
    &CLOSURE_ORDER,
    &CLOSURE_FURTHER_MEETING,
    &CLOSURE_ACTIONS,
    &CLOSURE_OPEN_ACTIONS,
    &CLOSURE_ACTIONS_AGREED,
    &CLOSURE_NO_CONCERNS,
    &CLOSURE_WITH_CONCERNS,
    &CLOSURE_EARLY_HELP,
    &CLOSURE_EARLY_HELP_IN_TIME,
    &CLOSURE_EARLY_HELP_DOCUMENTS,
    &CLOSURE_LEAD,
    &CLOSURE_LEAD_NETWORK,
    &CLOSURE_LEAD_MINUTES,
    &CLOSURE_APPROVED,
    &CLOSURE_APPROVER,
    &CLOSURE_APPROVED_FIRST,
    &CLOSURE_BRIEF,
    &CLOSURE_BRIEF_AGREED,
    &CLOSURE_BRIEF_AGREED_FIRST,
    &CLOSURE_BRIEF_NOTE,
];

/// Whether the group around a plan closes the case. A brief intervention, an assessment that ended without a plan and
/// a family who moved away close in another way.
fn group_closes(case: &Case) -> bool {
    let ended_at_assessment = matches!(
        case.record.assessment.outcome.get(),
        Some(AssessmentOutcome::NoFurtherAction | AssessmentOutcome::EarlyHelp)
    ) && !case.has_planning();
    let transfer = &case.record.transfer;
    let moved_away = !transfer.moved_on.is_blank() || !transfer.receiving_authority.is_blank();
    !case.is_brief_intervention() && !ended_at_assessment && !moved_away
}

// ---- the decision ----

/// Whether a case may close after a meeting that decided this.
fn ends(decision: Decision) -> bool {
    matches!(decision, Decision::Close | Decision::StepDown)
}

/// What a decision other than to close says, to follow "decided".
fn other_decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Section47 => "on enquiries under section 47",
        Decision::StepUp => "to step up to a higher level of help",
        Decision::Continue | Decision::Close | Decision::StepDown => "that the plan goes on",
    }
}

/// The latest meeting by the day on which the case closed; by today while it is open.
fn last_meeting<'a>(case: &Case<'a>) -> Option<(usize, &'a Meeting)> {
    let by = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    case.held_meetings()
        .into_iter()
        .rfind(|(_, meeting)| by.is_none_or(|by| meeting.held_on.get().is_some_and(|day| day <= by)))
}

const CLOSURE_DECIDED: Rule<Asked> = Rule {
    id: "closure-decided",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "A meeting decided that the case can close",
    remedy: "Hold a meeting that looks at whether the case can close, and record what it decides.",
    term: |procedure| procedure.closure.decided.get(),
    check: closure_decided,
};

fn closure_decided(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) || case.is_closed() && against_decision(case).is_some() {
        return;
    }
    match last_meeting(case) {
        None if case.record.closure.decided_on.is_blank() => {
            found.at(field!(meetings), "No meeting has decided that the case can close");
        }
        None => {}
        Some((i, meeting)) => match meeting.decision.get() {
            Some(decision) if ends(decision) => {}
            Some(decision) => {
                let message = format!("Meeting {}, the latest, decided {}", i + 1, other_decision(decision));
                found.at(field!(meetings[i].decision), message);
            }
            // What a review decided is asked of every review.
            None if case.is_first(i) && meeting.decision.is_blank() => {
                let message =
                    format!("Meeting {}, the latest, did not decide that the case can close", i + 1);
                found.at(field!(meetings[i].decision), message);
            }
            None => {}
        },
    }
}

/// The latest meeting before the case closed, where it decided something else than to close.
fn against_decision(case: &Case) -> Option<(usize, Decision)> {
    let (i, meeting) = last_meeting(case)?;
    meeting.decision.get().filter(|decision| !ends(*decision)).map(|decision| (i, decision))
}

const CLOSURE_AGAINST_DECISION: Rule<Asked> = Rule {
    id: "closure-against-decision",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "A case does not close against the decision of its latest meeting",
    remedy: "Take the closing day out, or record the meeting that decided to close the case.",
    term: |procedure| procedure.closure.decided.get(),
    check: closure_against_decision,
};

fn closure_against_decision(_: &Asked, case: &Case, found: &mut Found) {
    if group_closes(case)
        && case.is_closed()
        && let Some((i, decision)) = against_decision(case)
    {
        let message = format!(
            "The case is closed, and meeting {}, the latest, decided {}",
            i + 1,
            other_decision(decision)
        );
        found.at(field!(closure.closed_on), message);
    }
}

const CLOSURE_ORDER: Rule<Asked> = Rule {
    id: "closure-order",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The case closes after it was decided, not before",
    remedy: "Check both days.",
    term: |procedure| procedure.closure.decided.get(),
    check: closure_order,
};

fn closure_order(_: &Asked, case: &Case, found: &mut Found) {
    let closure = &case.record.closure;
    if !group_closes(case) {
        return;
    }
    if closure.decided_on.get().is_some_and(|day| day > case.today) {
        found
            .at(field!(closure.decided_on), "Date closure was decided is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once it has been decided.");
    }
    let Some(closed_on) = closure.closed_on.get() else { return };
    let field = field!(closure.closed_on);
    if closed_on > case.today {
        found
            .at(field, "Date closed is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once the case has closed.");
        return;
    }
    let mut deciding = case
        .plan_meetings()
        .filter(|(_, meeting)| meeting.decision.get().is_some_and(ends))
        .filter_map(|(_, meeting)| meeting.held_on.get())
        .peekable();
    let before_meetings = deciding.peek().is_some() && deciding.all(|held_on| held_on > closed_on);
    if closure.decided_on.get().is_some_and(|decided_on| decided_on > closed_on) {
        found.at(field, "Date closed is before the day closure was decided");
    } else if closure.decided_on.is_blank() && before_meetings {
        found.at(field, "Date closed is before the meeting that decided to close the case");
    }
}

const CLOSURE_FURTHER_MEETING: Rule<Asked> = Rule {
    id: "closure-further-meeting",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "After a conference, a further meeting reviews the plan before closing is considered",
    remedy: "Hold the further meeting before closing is considered.",
    term: |procedure| procedure.closure.further_meeting_after_conference.get(),
    check: closure_further_meeting,
};

fn closure_further_meeting(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) || !(case.stage >= Stage::Close || case.is_closing()) {
        return;
    }
    let facts = &case.record.case;
    // A conference that made a plan starts nothing here: the end of that plan does.
    let conference = facts.conference_on.get().filter(|_| !facts.child_protection_plan.is(true));
    let Some(from) =
        facts.child_protection_plan_ended_on.get().or(conference).filter(|day| *day <= case.today)
    else {
        return;
    };
    let since =
        case.held_meetings().iter().filter(|(_, meeting)| meeting.held_on.get() >= Some(from)).count();
    if since < 2 {
        let held = if since == 0 { "No meeting has" } else { "Only one meeting has" };
        let event = if facts.child_protection_plan_ended_on.get().is_some() {
            "the child protection plan ended"
        } else {
            "the conference"
        };
        found.at(field!(meetings), format!("{held} been held since {event} on {}", from.long()));
    }
}

// ---- the actions ----

/// "Action 2" or "Actions 2, 4 and 5".
fn actions(rows: &[usize]) -> String {
    let numbers: Vec<String> = rows.iter().map(|i| (i + 1).to_string()).collect();
    match numbers.split_last() {
        Some((last, [])) => format!("Action {last}"),
        Some((last, others)) => format!("Actions {} and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn is_or_are(rows: &[usize]) -> &'static str {
    if rows.len() == 1 { "is" } else { "are" }
}

/// Actions that are under way or not begun, as the record says.
fn open_actions(case: &Case) -> Vec<usize> {
    let open = |status| matches!(status, Some(Progress::NotStarted | Progress::InProgress));
    let rows = case.record.plan.actions.rows();
    rows.filter(|(_, action)| open(action.status.get())).map(|(i, _)| i).collect()
}

/// Whether the record says that the actions are behind the group, rightly or not.
fn says_complete(case: &Case) -> bool {
    case.is_closed() || case.record.closure.actions_completed.is(true)
}

const CLOSURE_ACTIONS: Rule<Asked> = Rule {
    id: "closure-actions",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Every action is done or no longer needed",
    remedy: "Enter how far each has come; mark what is no longer needed as such.",
    term: |procedure| procedure.closure.actions_completed.get(),
    check: closure_actions,
};

fn closure_actions(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) {
        return;
    }
    let silent = |status: &Answer<Progress>, done: &Answer<_>| status.is_blank() && done.is_blank();
    let rows = case.record.plan.actions.rows();
    let mut open: Vec<usize> =
        rows.filter(|(_, action)| silent(&action.status, &action.done_on)).map(|(i, _)| i).collect();
    if !says_complete(case) {
        open.extend(open_actions(case));
        open.sort_unstable();
    }
    if let Some(&i) = open.first() {
        let message =
            format!("{} {} not shown as done or no longer needed", actions(&open), is_or_are(&open));
        found.at(field!(plan.actions[i].status), message);
    }
}

const CLOSURE_OPEN_ACTIONS: Rule<Asked> = Rule {
    id: "closure-open-actions",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No case closes while an action is open",
    remedy: "Change the progress of the action, or what is recorded about the closing.",
    term: |procedure| procedure.closure.actions_completed.get(),
    check: closure_open_actions,
};

fn closure_open_actions(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) {
        return;
    }
    let open = open_actions(case);
    if let Some(&i) = open.first()
        && says_complete(case)
    {
        let though = if case.is_closed() {
            "though the case is closed"
        } else {
            "though the group agrees that the actions are complete"
        };
        let message = format!("{} {} open, {though}", actions(&open), is_or_are(&open));
        found.at(field!(plan.actions[i].status), message);
    }
    if case.is_closed() && case.record.closure.actions_completed.is(false) {
        let message = "The case is closed, and the answer to “Group agrees the actions are complete” is no";
        found.at(field!(closure.actions_completed), message);
    }
}

const CLOSURE_ACTIONS_AGREED: Rule<Asked> = Rule {
    id: "closure-actions-agreed",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The group agrees that the actions are complete",
    remedy: "Ask the group, and record what it says.",
    term: |procedure| procedure.closure.actions_completed.get(),
    check: closure_actions_agreed,
};

fn closure_actions_agreed(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) {
        return;
    }
    let closure = &case.record.closure;
    let field = field!(closure.actions_completed);
    if closure.actions_completed.is_blank() {
        found.at(field, "Whether the group agrees that the actions are complete is not recorded");
    } else if closure.actions_completed.is(false) && !case.is_closed() {
        found
            .at(field, "The group does not agree that the actions are complete")
            .remedy("Keep the case open until the group agrees.");
    }
    if let (Some(agreed_on), Some(closed_on)) = (closure.agreed_on.get(), closure.closed_on.get())
        && agreed_on > closed_on
    {
        found
            .at(field!(closure.agreed_on), "Date the group agreed is after the day the case closed")
            .remedy("Check both days.");
    }
}

// ---- safeguarding concerns ----

const CLOSURE_NO_CONCERNS: Rule<Asked> = Rule {
    id: "closure-no-concerns",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The group agrees that there are no safeguarding concerns",
    remedy: "Ask the group, and record what it says.",
    term: |procedure| procedure.closure.no_safeguarding_concerns.get(),
    check: closure_no_concerns,
};

fn closure_no_concerns(_: &Asked, case: &Case, found: &mut Found) {
    if !group_closes(case) {
        return;
    }
    let answer = &case.record.closure.no_safeguarding_concerns;
    let field = field!(closure.no_safeguarding_concerns);
    if answer.is_blank() {
        found.at(field, "Whether the group agrees that there are no safeguarding concerns is not recorded");
    } else if answer.is(false) && !case.is_closed() {
        found
            .at(field, "The group does not agree that there are no safeguarding concerns")
            .remedy("Keep the case open, and decide what keeps the child safe.");
    }
}

const CLOSURE_WITH_CONCERNS: Rule<Asked> = Rule {
    id: "closure-with-concerns",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No case closes while there are safeguarding concerns",
    remedy: "Tell the manager today: the case is closed with safeguarding concerns.",
    term: |procedure| procedure.closure.no_safeguarding_concerns.get(),
    check: closure_with_concerns,
};

fn closure_with_concerns(_: &Asked, case: &Case, found: &mut Found) {
    if group_closes(case) && case.is_closed() && case.record.closure.no_safeguarding_concerns.is(false) {
        let message =
            "The case is closed, and the answer to “Group agrees there are no safeguarding concerns” is no";
        found.at(field!(closure.no_safeguarding_concerns), message);
    }
}

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
    let stepped_down = last_meeting(case).is_some_and(|(_, meeting)| meeting.decision.is(Decision::StepDown));
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
    if !group_closes(case) {
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
    if !group_closes(case) {
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
    if !group_closes(case) {
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
    if group_closes(case) && is_missing {
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
    if !group_closes(case) || Person::new(&lead.person, &lead.name).is_nobody() {
        return;
    }
    let field = field!(closure.lead_professional.in_minutes);
    if lead.in_minutes.is_blank() {
        found.at(field, "Whether the closing minutes name the lead professional is not recorded");
    } else if lead.in_minutes.is(false) {
        found.at(field, "The closing minutes do not name the lead professional");
    }
}

// ---- approval ----

/// What is missing of an approval: all of it in one finding, or each part that is.
fn report_missing(approval: &Approval, what: &str, found: &mut Found) {
    let name = field!(closure.approved_by.name);
    let nobody = Person::new(&approval.person, &approval.name).is_nobody();
    if nobody && approval.role.is_blank() && approval.on.is_blank() {
        found.at(name, format!("{what} is missing"));
        return;
    }
    if nobody && approval.name.is_blank() {
        found.at(name, format!("Approver's name is missing from {}", lower_first(what)));
    }
    let mut missing = |is_missing: bool, field: Field, label: &str| {
        if is_missing {
            found.at(field, format!("{label} is missing from {}", lower_first(what)));
        }
    };
    missing(approval.role.is_blank(), field!(closure.approved_by.role), "Approver's role");
    missing(approval.on.is_blank(), field!(closure.approved_by.on), "Date approved");
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// Whether the social worker of the case stands as approver.
fn approves_own_case(case: &Case) -> bool {
    let approval = &case.record.closure.approved_by;
    let social_worker = &case.record.case.social_worker;
    let social_worker = Person::new(&social_worker.person, &social_worker.name);
    Person::new(&approval.person, &approval.name).is(social_worker)
}

const CLOSURE_APPROVED: Rule<Vec<Office>> = Rule {
    id: "closure-approved",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The closing is approved, with name, role and day",
    remedy: "Have the closing approved, and enter who approved it, in what role and on which day.",
    term: |procedure| procedure.closure.approved_by.get(),
    check: closure_approved,
};

fn closure_approved(_: &Vec<Office>, case: &Case, found: &mut Found) {
    if group_closes(case) {
        report_missing(&case.record.closure.approved_by, "The approval of the closing", found);
    }
}

const CLOSURE_APPROVER: Rule<Vec<Office>> = Rule {
    id: "closure-approver",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Whoever approves the closing holds an office that may",
    remedy: "Have the closing approved by somebody who may approve it.",
    term: |procedure| procedure.closure.approved_by.get(),
    check: |offices, case, found| closure_approver(offices, case, found),
};

fn closure_approver(offices: &[Office], case: &Case, found: &mut Found) {
    if !group_closes(case) {
        return;
    }
    if approves_own_case(case) {
        found.at(
            field!(closure.approved_by.name),
            "The approver of the closing is the social worker of the case",
        );
        return;
    }
    let role = case.record.closure.approved_by.role.text();
    let field = field!(closure.approved_by.role);
    let wanted = Office::any_of(offices);
    match Office::recognise(role) {
        Some(office) if offices.contains(&office) => {}
        // A line manager is a manager of any grade.
        Some(office) if offices.contains(&Office::LineManager) && office.is_manager() => {}
        Some(office) => {
            let told = found.at(field, format!("Approver's role is not that of a {wanted}"));
            // Above those whom the manual names, but not one of them.
            if office == Office::HeadOfService {
                told.at_most(Severity::Warning);
            }
        }
        None if role.is_empty() => {}
        // A title that nobody here knows may be the same office under another name.
        None => {
            found
                .at(field, format!("Approver's role does not show that it is a {wanted}"))
                .at_most(Severity::Warning)
                .remedy("Check that the approver's office is the one asked for, and name it.");
        }
    }
}

const CLOSURE_APPROVED_FIRST: Rule<Vec<Office>> = Rule {
    id: "closure-approved-first",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The case closes once the closing is approved, not before",
    remedy: "Check both days.",
    term: |procedure| procedure.closure.approved_by.get(),
    check: |_, case, found| {
        if group_closes(case) {
            report_approved_late(case, found);
        }
    },
};

/// An approval that came after the closing, or whose day has not come.
fn report_approved_late(case: &Case, found: &mut Found) {
    let closure = &case.record.closure;
    let Some(approved_on) = closure.approved_by.on.get() else { return };
    if closure.closed_on.get().is_some_and(|closed_on| closed_on < approved_on) {
        found.at(field!(closure.closed_on), "Date closed is before the day the closing was approved");
    } else if approved_on > case.today {
        found
            .at(field!(closure.approved_by.on), "Date approved is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once the closing has been approved.");
    }
}

// ---- brief intervention ----

const CLOSURE_BRIEF: Rule<Asked> = Rule {
    id: "closure-brief",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "A brief intervention goes without a plan",
    remedy: "Answer no to brief intervention, and close the case as the plan's group agrees.",
    term: |procedure| procedure.closure.brief_intervention.get(),
    check: closure_brief,
};

fn closure_brief(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.closure.brief_intervention.is(true) && case.has_planning() {
        let message = "Brief intervention without a plan is answered yes, and there is a plan or a meeting";
        found.at(field!(closure.brief_intervention), message);
    }
}

const CLOSURE_BRIEF_AGREED: Rule<Asked> = Rule {
    id: "closure-brief-agreed",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The line manager agrees to close after a brief intervention",
    remedy: "Ask the line manager, and enter who agreed, in what role and on which day.",
    term: |procedure| procedure.closure.brief_intervention_agreed.get(),
    check: closure_brief_agreed,
};

fn closure_brief_agreed(_: &Asked, case: &Case, found: &mut Found) {
    if !case.is_brief_intervention() {
        return;
    }
    let approval = &case.record.closure.approved_by;
    report_missing(approval, "The line manager's agreement to the closing", found);
    if approves_own_case(case) {
        found.at(
            field!(closure.approved_by.name),
            "The approver of the closing is the social worker of the case",
        );
    } else if is_no_manager(case, &approval.role) {
        found
            .at(field!(closure.approved_by.role), "Approver's role is not that of a manager")
            .at_most(Severity::Warning);
    }
}

/// Whether a role names an office that manages nobody. The manager of the case is one under any title.
fn is_no_manager(case: &Case, role: &Answer<Text>) -> bool {
    let approval = &case.record.closure.approved_by;
    let manager = &case.record.case.manager;
    !Person::new(&approval.person, &approval.name).is(Person::new(&manager.person, &manager.name))
        && Office::recognise(role.text()).is_some_and(|office| !office.is_manager())
}

const CLOSURE_BRIEF_AGREED_FIRST: Rule<Asked> = Rule {
    id: "closure-brief-agreed-first",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The line manager agrees before the case closes, not afterwards",
    remedy: "Check both days.",
    term: |procedure| procedure.closure.brief_intervention_agreed.get(),
    check: |_, case, found| {
        if case.is_brief_intervention() {
            report_approved_late(case, found);
        }
    },
};

const CLOSURE_BRIEF_NOTE: Rule<Asked> = Rule {
    id: "closure-brief-note",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "A case note shows the line manager's agreement to close after a brief intervention",
    remedy: "Write the case note, and enter its day.",
    term: |procedure| procedure.closure.brief_intervention_case_note.get(),
    check: closure_brief_note,
};

fn closure_brief_note(_: &Asked, case: &Case, found: &mut Found) {
    let note = &case.record.closure.case_note_on;
    if !case.is_brief_intervention() {
        return;
    }
    if note.is_blank() {
        found.at(field!(closure.case_note_on), "Date of the case note is missing");
    } else if note.get().is_some_and(|day| day > case.today) {
        found
            .at(field!(closure.case_note_on), "Date of the case note is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once the note has been written.");
    }
}
