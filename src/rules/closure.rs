//! What must be true before a case closes, criterion by criterion.

use crate::answer::{Answer, Text};
use crate::approval::{Holds, holds, report_missing, report_office};
use crate::case::Case;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::order;
use crate::people::{Distinct, Person, in_a_row};
use crate::procedure::{Asked, Score};
use crate::record::{Approval, Decision, InviteeRole, MeetingKind, Progress};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CLOSURE_DECIDED,
    &CLOSURE_AGAINST_DECISION,
    &CLOSURE_ORDER,
    &CLOSURE_AFTER_REVIEW,
    &CLOSURE_FURTHER_MEETING,
    &CLOSURE_BETWEEN_REASON,
    &CLOSURE_BETWEEN_BY,
    &CLOSURE_BETWEEN_NOTE,
    &CLOSURE_ACTIONS,
    &CLOSURE_OPEN_ACTIONS,
    &CLOSURE_ACTIONS_AGREED,
    &CLOSURE_NO_CONCERNS,
    &CLOSURE_WITH_CONCERNS,
    &CLOSURE_SCORES,
    &CLOSURE_SCORE_REACHED,
    &CLOSURE_RECOMMENDED,
    &CLOSURE_RECOMMENDED_TO,
    &CLOSURE_RECOMMENDED_FIRST,
    &CLOSURE_APPROVED,
    &CLOSURE_APPROVER,
    &CLOSURE_APPROVED_FIRST,
    &CLOSURE_CLOSED_BY,
    &CLOSURE_BRIEF,
    &CLOSURE_BRIEF_AGREED,
    &CLOSURE_BRIEF_AGREED_FIRST,
    &CLOSURE_BRIEF_NOTE,
];

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
    let told = case.is_closed() && against_decision(case).is_some();
    if !case.is_closed_by_group() || is_closed_between_meetings(case) || told {
        return;
    }
    match case.last_meeting_before_closing() {
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
            // Where the manual asks of every review what it decided, a rule of its own tells.
            None if meeting.decision.is_blank() && (case.is_first(i) || !is_asked_of_reviews(case)) => {
                let message =
                    format!("Meeting {}, the latest, did not decide that the case can close", i + 1);
                found.at(field!(meetings[i].decision), message);
            }
            None => {}
        },
    }
}

/// Whether what a review decided is asked of it, or the day of the decision is told with the closing.
fn is_asked_of_reviews(case: &Case) -> bool {
    case.procedure.reviews.decision.get().is_some() || !case.record.closure.decided_on.is_blank()
}

/// The latest meeting before the case closed, where it decided something else than to close.
fn against_decision(case: &Case) -> Option<(usize, Decision)> {
    let (i, meeting) = case.last_meeting_before_closing()?;
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
    if case.is_closed_by_group()
        && case.is_closed()
        && !is_closed_between_meetings(case)
        && let Some((i, decision)) = against_decision(case)
    {
        let message = format!(
            "The case is closed, and meeting {}, the latest, decided {}",
            i + 1,
            other_decision(decision)
        );
        let told = found.at(field!(closure.closed_on), message);
        if case.procedure.closure.between_meetings.get().is_some() {
            told.remedy(
                "Record the meeting that decided to close the case, or that it was not decided at a meeting.",
            );
        }
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
    if !case.is_closed_by_group() {
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

const CLOSURE_AFTER_REVIEW: Rule<Asked> = Rule {
    id: "closure-after-review",
    severity: Severity::Warning,
    stage: Stage::Close,
    title: "A review comes before the case closes",
    remedy: "Hold a review of the plan before the case closes, or check the kind of the meeting.",
    term: |procedure| procedure.closure.after_review.get(),
    check: closure_after_review,
};

/// Where a further meeting is asked for after a conference, that rule tells that one is missing.
fn closure_after_review(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let asked_after_conference = case.procedure.closure.further_meeting_after_conference.get().is_some()
        && !(facts.conference_on.is_blank()
            && facts.child_protection_plan_ended_on.is_blank()
            && case.record.conferences.is_empty());
    if let Some((i, meeting)) = case.last_meeting_before_closing()
        && meeting.kind.is(MeetingKind::Initial)
        && meeting.decision.get().is_some_and(ends)
        && case.is_closed_by_group()
        && !is_closed_between_meetings(case)
        && !asked_after_conference
    {
        let message = format!("No review has been held since the first meeting, which is meeting {}", i + 1);
        found.at(field!(meetings), message);
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
    if !case.is_closed_by_group() || !(case.stage >= Stage::Close || case.is_closing()) {
        return;
    }
    // A conference that made a plan starts nothing here: the end of that plan does.
    let conference =
        case.conference_without_plan_on().filter(|_| !case.record.case.child_protection_plan.is(true));
    let ended = case.protection_ended_on();
    let Some(from) = ended.or(conference).filter(|day| *day <= case.today) else { return };
    let since =
        case.held_meetings().iter().filter(|(_, meeting)| meeting.held_on.get() >= Some(from)).count();
    if since < 2 {
        let held = if since == 0 { "No meeting has" } else { "Only one meeting has" };
        let event = if ended == Some(from) { "the child protection plan ended" } else { "the conference" };
        found.at(field!(meetings), format!("{held} been held since {event} on {}", from.long()));
    }
}

// ---- closing between meetings ----

/// Whether a manager closed the case between two meetings, where the manual allows for it: the record says so, or the
/// day of the decision is no day of a meeting and the latest one did not decide it.
fn is_closed_between_meetings(case: &Case) -> bool {
    let closure = &case.record.closure;
    let on_another_day = || {
        let decided_on = closure.decided_on.get();
        decided_on.is_some()
            && against_decision(case).is_some()
            && !case.plan_meetings().any(|(_, meeting)| meeting.held_on.get() == decided_on)
    };
    case.procedure.closure.between_meetings.get().is_some()
        && closure.decided_at_meeting.get().map_or_else(on_another_day, |at_meeting| !at_meeting)
}

const CLOSURE_BETWEEN_REASON: Rule<Asked> = Rule {
    id: "closure-between-reason",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "A case that is closed between meetings has the reasons recorded",
    remedy: "Record why the case closes without a meeting.",
    term: |procedure| procedure.closure.between_meetings.get(),
    check: |_, case, found| {
        if is_closed_between_meetings(case)
            && case.is_closed_by_group()
            && case.record.closure.reason.is_blank()
        {
            found.at(field!(closure.reason), "Reason for closing is missing, and no meeting decided it");
        }
    },
};

const CLOSURE_BETWEEN_BY: Rule<Vec<Office>> = Rule {
    id: "closure-between-by",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Closing between meetings is decided and recorded by somebody who may",
    remedy: "Enter who decided and recorded it, in what role and on which day.",
    term: |procedure| procedure.closure.between_meetings_by.get(),
    check: |offices, case, found| {
        if is_closed_between_meetings(case) && case.is_closed_by_group() {
            report_unapproved(case, "The decision to close between meetings", found);
            report_approver(offices, case, found);
        }
    },
};

const CLOSURE_BETWEEN_NOTE: Rule<Asked> = Rule {
    id: "closure-between-note",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "A case note holds the reasons for closing between meetings",
    remedy: "Write the case note, and enter its day.",
    term: |procedure| procedure.closure.between_meetings_case_note.get(),
    check: |_, case, found| {
        if is_closed_between_meetings(case) && case.is_closed_by_group() {
            report_case_note(case, found);
        }
    },
};

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
    if !case.is_closed_by_group() {
        return;
    }
    let silent = |status: &Answer<Progress>, done: &Answer<_>| status.is_blank() && done.is_blank();
    let rows = case.record.plan.actions.rows();
    let mut open: Vec<usize> =
        rows.filter(|(_, action)| silent(&action.status, &action.done_on)).map(|(i, _)| i).collect();
    if !says_complete(case) {
        open.extend(open_actions(case));
        order::sorted(&mut open);
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
    if !case.is_closed_by_group() {
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
    if !case.is_closed_by_group() {
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
    if !case.is_closed_by_group() {
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
    term: |procedure| procedure.closure.not_with_concerns.get(),
    check: closure_with_concerns,
};

fn closure_with_concerns(_: &Asked, case: &Case, found: &mut Found) {
    if case.is_closed_by_group() && case.is_closed() && case.record.closure.no_safeguarding_concerns.is(false)
    {
        let message =
            "The case is closed, and the answer to “Group agrees there are no safeguarding concerns” is no";
        found.at(field!(closure.no_safeguarding_concerns), message);
    }
}

// ---- safety scores ----

/// Whether scores are asked for: where a meeting closes the case, and no reason is recorded for a lower one or none.
fn asks_for_scores(case: &Case, found: &Found) -> bool {
    let explained = found.leaves_room() && !case.record.closure.reason_below_usual_score.is_blank();
    case.is_closed_by_group() && !is_closed_between_meetings(case) && !explained
}

const CLOSURE_SCORES: Rule<Score> = Rule {
    id: "closure-scores",
    severity: Severity::Warning,
    stage: Stage::Close,
    title: "Everyone at the closing meeting gives a safety score",
    remedy: "Ask for the score, or record the reason for closing below the usual one.",
    term: |procedure| procedure.closure.safety_score.get(),
    check: closure_scores,
};

fn closure_scores(_: &Score, case: &Case, found: &mut Found) {
    let scores = &case.record.closure.safety_scores;
    if !asks_for_scores(case, found) {
        return;
    }
    if scores.is_empty() {
        found.at(field!(closure.safety_scores), "No safety score is recorded");
        return;
    }
    for (i, score) in scores.rows() {
        if score.score.is_blank() {
            found.at(
                field!(closure.safety_scores[i].score),
                format!("Score is missing for safety score {}", i + 1),
            );
        }
    }
    let closing =
        case.last_meeting_before_closing().filter(|(_, meeting)| meeting.decision.get().is_some_and(ends));
    let mut silent = Distinct::default();
    for (_, invitee) in closing.into_iter().flat_map(|(_, meeting)| meeting.invitees.rows()) {
        let person = Person::new(&invitee.person, &invitee.name);
        let scored = scores.rows().any(|(_, score)| Person::new(&score.person, &score.name).is(person));
        if invitee.attended.is(true) && is_concerned(invitee.role.get()) && !scored {
            silent.add(person);
        }
    }
    let names: Vec<&str> = silent.iter().map(|person| person.name).collect();
    if !names.is_empty() {
        found.at(field!(closure.safety_scores), format!("There is no safety score of {}", in_a_row(&names)));
    }
}

/// Whether somebody in this part judges how safe the child is; others come to help or to record.
fn is_concerned(role: Option<InviteeRole>) -> bool {
    use InviteeRole::{Carer, Child, Family, Parent, Professional, SocialWorker};
    matches!(role, Some(Child | Parent | Carer | Family | SocialWorker | Professional))
}

const CLOSURE_SCORE_REACHED: Rule<Score> = Rule {
    id: "closure-score-reached",
    severity: Severity::Warning,
    stage: Stage::Close,
    title: "Everyone holds the child to be safe enough",
    remedy: "Keep the case open, or record the reason for closing below the usual score.",
    term: |procedure| procedure.closure.safety_score.get(),
    check: |Score(enough), case, found| {
        if !asks_for_scores(case, found) {
            return;
        }
        for (i, score) in case.record.closure.safety_scores.rows() {
            if score.score.get().is_some_and(|score| score.0 < f64::from(*enough)) {
                let message = format!("Safety score {} is below {enough}", i + 1);
                found.at(field!(closure.safety_scores[i].score), message);
            }
        }
    },
};

// ---- recommendation ----

const CLOSURE_RECOMMENDED: Rule<Asked> = Rule {
    id: "closure-recommended",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "Closing is recommended",
    remedy: "Recommend closing, and enter the day and to whom.",
    term: |procedure| procedure.closure.recommended.get(),
    check: closure_recommended,
};

/// Who approved the closing was asked for it.
fn closure_recommended(_: &Asked, case: &Case, found: &mut Found) {
    let closure = &case.record.closure;
    let approved = !Person::new(&closure.approved_by.person, &closure.approved_by.name).is_nobody();
    if case.is_closed_by_group() && !is_recommended(case) && !approved {
        found.at(field!(closure.recommended_on), "Date closure was recommended is missing");
    }
}

fn is_recommended(case: &Case) -> bool {
    let closure = &case.record.closure;
    !(closure.recommended_on.is_blank()
        && closure.recommended_to.is_blank()
        && closure.recommended_by.is_blank())
}

const CLOSURE_RECOMMENDED_TO: Rule<Vec<Office>> = Rule {
    id: "closure-recommended-to",
    severity: Severity::Warning,
    stage: Stage::Close,
    title: "Closing is recommended to whom the procedure names",
    remedy: "Put the recommendation to them, and enter the name.",
    term: |procedure| procedure.closure.recommended_to.get(),
    check: |offices, case, found| closure_recommended_to(offices, case, found),
};

/// Only a name is recorded: the office is known where the same person manages the case, approves or closes it, or where
/// the office stands in place of a name.
fn closure_recommended_to(offices: &[Office], case: &Case, found: &mut Found) {
    let (closure, manager) = (&case.record.closure, &case.record.case.manager);
    let (approval, closed_by) = (&closure.approved_by, &closure.closed_by);
    let field = field!(closure.recommended_to);
    if !case.is_closed_by_group() || !is_recommended(case) {
        return;
    }
    if closure.recommended_to.is_blank() {
        if holds(offices, approval.role.text()) != Holds::Yes {
            found.at(field, "Who closure was recommended to is missing");
        }
        return;
    }
    let to = Person::called(&closure.recommended_to);
    let known = [
        (Person::new(&manager.person, &manager.name), &*manager.role),
        (Person::new(&approval.person, &approval.name), &*approval.role),
        (Person::new(&closed_by.person, &closed_by.name), &*closed_by.role),
    ];
    let role =
        known.iter().find(|(person, role)| person.is(to) && !role.is_blank()).map(|(_, role)| role.text());
    if holds(offices, role.unwrap_or(to.name)) == Holds::No {
        let wanted = Office::one_of(offices);
        found.at(field, format!("Who closure was recommended to is not {wanted}"));
    }
}

const CLOSURE_RECOMMENDED_FIRST: Rule<Asked> = Rule {
    id: "closure-recommended-first",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Closing is recommended before it is approved, not afterwards",
    remedy: "Check both days.",
    term: |procedure| procedure.closure.recommended.get(),
    check: |_, case, found| {
        let closure = &case.record.closure;
        let until = closure.approved_by.on.get().or(closure.closed_on.get());
        if closure.recommended_on.get().is_some_and(|day| until.is_some_and(|until| day > until)) {
            let message =
                "Date closure was recommended is after the day the closing was approved or the case closed";
            found.at(field!(closure.recommended_on), message);
        }
    },
};

// ---- approval ----

fn report_unapproved(case: &Case, what: &str, found: &mut Found) {
    let fields =
        [field!(closure.approved_by.name), field!(closure.approved_by.role), field!(closure.approved_by.on)];
    report_missing(&case.record.closure.approved_by, fields, what, found);
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
    if case.is_closed_by_group() {
        report_unapproved(case, "The approval of the closing", found);
    }
}

const CLOSURE_APPROVER: Rule<Vec<Office>> = Rule {
    id: "closure-approver",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Whoever approves the closing holds an office that may",
    remedy: "Have the closing approved by somebody who may approve it.",
    term: |procedure| procedure.closure.approved_by.get(),
    check: |offices, case, found| {
        if case.is_closed_by_group() {
            report_approver(offices, case, found);
        }
    },
};

fn report_approver(offices: &[Office], case: &Case, found: &mut Found) {
    let approval = &case.record.closure.approved_by;
    if approves_own_case(case) {
        found.at(
            field!(closure.approved_by.name),
            "The approver of the closing is the social worker of the case",
        );
    // A line manager is the manager of the case under any title.
    } else if !(offices.contains(&Office::LineManager) && is_manager_of_case(case, approval)) {
        report_office(offices, &approval.role, "Approver's role", field!(closure.approved_by.role), found);
    }
}

fn is_manager_of_case(case: &Case, approval: &Approval) -> bool {
    let manager = &case.record.case.manager;
    Person::new(&approval.person, &approval.name).is(Person::new(&manager.person, &manager.name))
}

const CLOSURE_APPROVED_FIRST: Rule<Vec<Office>> = Rule {
    id: "closure-approved-first",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The case closes once the closing is approved, not before",
    remedy: "Check both days.",
    term: |procedure| procedure.closure.approved_by.get(),
    check: |_, case, found| {
        if case.is_closed_by_group() {
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

// ---- who closes ----

const CLOSURE_CLOSED_BY: Rule<Vec<Office>> = Rule {
    id: "closure-closed-by",
    severity: Severity::Error,
    stage: Stage::Close,
    title: "The plan is closed by somebody who may",
    remedy: "Enter who closed the plan, and in what role.",
    term: |procedure| procedure.closure.closed_by.get(),
    check: |offices, case, found| closure_closed_by(offices, case, found),
};

fn closure_closed_by(offices: &[Office], case: &Case, found: &mut Found) {
    let closed_by = &case.record.closure.closed_by;
    if !case.is_closed() || !case.is_closed_by_group() {
        return;
    }
    let nobody = Person::new(&closed_by.person, &closed_by.name).is_nobody();
    if nobody && closed_by.role.is_blank() {
        found.at(field!(closure.closed_by.name), "Who closed the case is missing");
    } else if closed_by.role.is_blank() {
        found.at(field!(closure.closed_by.role), "Role of whoever closed the case is missing");
    } else {
        let field = field!(closure.closed_by.role);
        report_office(offices, &closed_by.role, "Role of whoever closed the case", field, found);
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
    report_unapproved(case, "The line manager's agreement to the closing", found);
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
    !is_manager_of_case(case, &case.record.closure.approved_by)
        && role.office().is_some_and(|office| !office.is_manager())
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
    if case.is_brief_intervention() {
        report_case_note(case, found);
    }
}

fn report_case_note(case: &Case, found: &mut Found) {
    let note = &case.record.closure.case_note_on;
    if note.is_blank() {
        found.at(field!(closure.case_note_on), "Date of the case note is missing");
    } else if note.get().is_some_and(|day| day > case.today) {
        found
            .at(field!(closure.case_note_on), "Date of the case note is in the future")
            .at_most(Severity::Warning)
            .remedy("Enter the day once the note has been written.");
    }
}
