//! From whom the plan is kept, who gets a copy, and who sends it.

use rustc_hash::FxHashSet as HashSet;

use crate::case::{Case, Row};
use crate::cast::{self, Agency};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::likeness::Listed;
use crate::people::{self, Distinct, Person, Same};
use crate::procedure::{Asked, Occasion, Responsible};
use crate::record::{Decision, Exclusion, InviteeRole, Meeting, MeetingKind, PlanPart, Recipient, RoleKind};
use crate::roll;
use crate::rule::{Check, Clock, Deadline, Rule};
use crate::sitting;

pub(super) const CHECKS: &[&dyn Check] = &[
    &SHARING_REASON,
    &SHARING_REASON_DATE,
    &SHARING_AGREED,
    &SHARING_TWO_PEOPLE,
    &SHARING_DETAIL,
    &SHARING_EXCLUDED,
    &SHARING_PARENTS,
    &SHARING_ABSENT_PARENTS,
    &SHARING_CHILD,
    &SHARING_RECIPIENTS,
    &SHARING_PROVIDERS,
    &SHARING_SENT,
    &SHARING_COPIES,
    &SHARING_COPIES_AFTER_MEETING,
    &SHARING_SENT_BY,
    &SHARING_CHANGED_SENT_BY,
    &SHARING_ASSESSMENT,
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
    term: |procedure| procedure.sharing.exclusion_dated.get(),
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
    for (i, letter) in case.record.closure.letters.rows() {
        let row = Listed::named(Person::new(&letter.person, &letter.name), "");
        let mut exclusions = case.record.sharing.exclusions.rows();
        if exclusions.any(|(_, exclusion)| row.reaches(kept_from(exclusion)) == Same::Yes) {
            found
                .at(
                    field!(closure.letters[i].name),
                    format!("Letter {} goes to somebody the plan is kept from", i + 1),
                )
                .at_most(Severity::Advice)
                .remedy("Check that the letter gives nothing away that is kept from them.");
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

fn kept_from(exclusion: &Exclusion) -> Listed<'_> {
    Listed::new(Person::new(&exclusion.person, &exclusion.name), &exclusion.role)
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
    field: Field,
    found: &mut Found,
) {
    if !recipient.reason_not_sent.is_blank() {
        return;
    }
    let row = Listed::new(Person::new(&recipient.person, &recipient.name), &recipient.role);
    let exclusions = case.record.sharing.exclusions.rows();
    let reached = exclusions.map(|(_, exclusion)| (row.reaches(kept_from(exclusion)), exclusion));
    let Some((same, exclusion)) = reached.max_by_key(|(same, _)| *same) else { return };
    let may = |part| exclusion.may_share.ticked().any(|ticked| ticked == part);
    match same {
        Same::No => {}
        Same::Yes | Same::Perhaps if sent.part.is_some_and(may) => {}
        Same::Perhaps => {
            found
                .at(field, format!("{who} may be somebody the plan is kept from"))
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

// ---- who gets a copy ----

/// The rows that show copies of the latest version. A row for an earlier version is history.
fn copies<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Recipient>> + use<'a> {
    let version = case.latest_version();
    case.record.sharing.recipients.rows().filter(move |(_, recipient)| {
        recipient.version.is_blank() || version.is_blank() || recipient.version.is_version(version)
    })
}

/// Each of the people with the row that shows their copy of the latest version.
fn with_copies<'a>(
    case: &Case<'a>,
    people: impl IntoIterator<Item = Person<'a>>,
) -> Vec<(Person<'a>, Option<usize>)> {
    let rows = copies(case).map(|(i, recipient)| (i, Person::new(&recipient.person, &recipient.name)));
    roll::call(case, people, rows)
}

/// The children who are to get a copy, once there is something of a plan. One who is too young has the reason recorded,
/// with the recipients or with the invitations.
fn children_with_copy<'a>(case: &Case<'a>) -> Vec<Person<'a>> {
    let mut children = case.children().into_people();
    children.retain(|child| case.has_planning() && !case.has_reason_left_out(*child));
    children
}

/// Tells who is not on the list, all in one. Before anybody is on it, and while there is time to send the copies, it is
/// no more than a reminder.
fn report_without_copy<'a>(case: &Case<'a>, people: impl IntoIterator<Item = Person<'a>>, found: &mut Found) {
    let roll = with_copies(case, people);
    let lacking: Vec<_> =
        roll.iter().filter(|(_, row)| row.is_none()).map(|(person, _)| person.name).collect();
    if lacking.is_empty() {
        return;
    }
    let verb = if lacking.len() == 1 { "is" } else { "are" };
    let message =
        format!("{} {verb} not among the recipients of the latest version", people::in_a_row(&lacking));
    let finding = found.at(field!(sharing.recipients), message);
    if copies(case).next().is_none() && !is_due(case) {
        finding.at_most(Severity::Advice);
    }
}

/// Whether the time for sending copies has run out; true where the manual gives none.
fn is_due(case: &Case) -> bool {
    let terms = &case.procedure.sharing;
    let limits = [
        (terms.copies_within.get(), case.record.plan.drawn_up_on.get()),
        (
            terms.copies_within_of_meeting.get(),
            last_planning_meeting(case).and_then(|meeting| meeting.held_on.get()),
        ),
    ];
    limits.into_iter().all(|limit| match limit {
        (Some(within), Some(from)) => within.value.after(from, case.calendar).0 < case.today,
        _ => true,
    })
}

const SHARING_PARENTS: Rule<Asked> = Rule {
    id: "sharing-parents",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The parents get a copy of the plan",
    remedy: "Add them to the recipients, with the reason where somebody gets no copy.",
    term: |procedure| procedure.sharing.copy_to_parents.get(),
    check: |_, case, found| {
        report_without_copy(case, case.parents().into_people(), found);
    },
};

const SHARING_ABSENT_PARENTS: Rule<Asked> = Rule {
    id: "sharing-absent-parents",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Parents who did not come to the meeting get the plan that it made",
    remedy: "Share the plan with them as soon as can be, and add them to the recipients.",
    term: |procedure| procedure.sharing.copy_to_absent_parents.get(),
    check: |_, case, found| {
        report_without_copy(case, absent_parents(case), found);
    },
};

/// By the day after the meeting somebody can have been round with it.
fn absent_parents<'a>(case: &Case<'a>) -> Vec<Person<'a>> {
    let held = sitting::held_without_parents(case).filter(|(sitting, _)| sitting.day < case.today);
    held.map(|(_, parents)| parents).unwrap_or_default()
}

const SHARING_CHILD: Rule<Asked> = Rule {
    id: "sharing-child",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each child gets a copy of the plan, or the reason for none is recorded",
    remedy: "Add the child to the recipients, with the day or the reason for no copy.",
    term: |procedure| procedure.sharing.copy_to_child.get(),
    check: |_, case, found| {
        report_without_copy(case, children_with_copy(case), found);
    },
};

const SHARING_RECIPIENTS: Rule<Asked> = Rule {
    id: "sharing-recipients",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Everyone involved gets a copy of the plan",
    remedy: "Add them to the recipients, with the reason where somebody gets no copy.",
    term: |procedure| procedure.sharing.copy_to_involved.get(),
    check: sharing_recipients,
};

/// Everyone involved to whom somebody has to send it: whoever holds the case has it.
fn recipients<'a>(case: &Case<'a>) -> Vec<Person<'a>> {
    case.involved().iter().copied().filter(|person| !holds_plan(case, *person)).collect()
}

/// Parents and children are told by rules of their own where the manual has more to say of them.
fn sharing_recipients(_: &Asked, case: &Case, found: &mut Found) {
    let terms = &case.procedure.sharing;
    let parents = terms.copy_to_parents.get().map(|_| case.parents()).unwrap_or_default();
    let children = terms.copy_to_child.get().map(|_| case.children()).unwrap_or_default();
    let absent = terms.copy_to_absent_parents.get().map(|_| absent_parents(case)).unwrap_or_default();
    let others = recipients(case)
        .into_iter()
        .filter(|person| !parents.has(*person) && !children.has(*person))
        .filter(|person| !absent.iter().any(|parent| parent.is(*person)));
    report_without_copy(case, others, found);
}

/// The social worker of the case; in early help, which needs none, the lead professional.
fn holds_plan(case: &Case, person: Person) -> bool {
    let (worker, lead) = (&case.record.case.social_worker, &case.record.plan.lead_professional);
    let worker = Person::new(&worker.person, &worker.name);
    let holder = if case.is_early_help() { Person::new(&lead.person, &lead.name) } else { worker };
    person.is(holder) || cast::is_social_worker(person.name)
}

const SHARING_PROVIDERS: Rule<Asked> = Rule {
    id: "sharing-providers",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Whoever provides a service under the plan gets a copy",
    remedy: "Add them to the recipients with their agency, or to the people the plan is kept from.",
    term: |procedure| procedure.sharing.copy_to_providers.get(),
    check: sharing_providers,
};

fn sharing_providers(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.plan.services.is_empty() {
        return;
    }
    let reached: Vec<Agency> = reached(case).into_iter().map(Agency::of).collect();
    let is_reached = |agency: &str| {
        let agency = Agency::of(agency);
        reached.iter().any(|known| agency.is(known))
    };
    let mut told = Distinct::default();
    for (i, service) in case.record.plan.services.rows() {
        let provider = Person::called(&service.provider);
        // A provider may be several agencies, or somebody of the family, who is asked for as a person.
        let forgotten = cast::agencies(provider.name, is_reached)
            .into_iter()
            .any(|agency| !is_reached(agency) && !cast::is_relation(agency));
        if forgotten && !case.is_excluded(provider) && told.add(provider) {
            let message =
                format!("Provider of service {} is not among the recipients of the latest version", i + 1);
            found.at(field!(sharing.recipients), message);
        }
    }
}

/// The names, roles and agencies that a copy reaches. Children's social care, which holds the plan, and the family, who
/// are asked for as people, need none.
fn reached<'a>(case: &Case<'a>) -> HashSet<&'a str> {
    let record = case.record;
    let (lead, worker) = (&record.plan.lead_professional, &record.case.social_worker);
    let mut reached =
        HashSet::from_iter(["social care", "social work", "social worker", "children's services"]);
    reached.extend([lead.name.text(), lead.role.text(), worker.name.text()]);
    let mut recipients = Distinct::default();
    for (_, recipient) in copies(case) {
        recipients.add(Person::new(&recipient.person, &recipient.name));
        reached.extend([recipient.name.text(), recipient.role.text(), recipient.agency.text()]);
    }
    for (_, role) in record.plan.roles.rows() {
        if role.kind.is(RoleKind::Family) || recipients.has(Person::new(&role.person, &role.name)) {
            reached.extend([role.name.text(), role.role.text(), role.agency.text()]);
        }
    }
    for (_, invitee) in record.meetings.rows().flat_map(|(_, meeting)| meeting.invitees.rows()) {
        let is_outside = matches!(invitee.role.get(), Some(InviteeRole::Professional) | None);
        if !is_outside || recipients.has(Person::new(&invitee.person, &invitee.name)) {
            reached.extend([invitee.name.text(), invitee.agency.text()]);
        }
    }
    reached
}

// ---- when it was sent ----

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
    title: "Circulation of the plan",
    remedy: "Send the copies that are missing and enter the day.",
    term: |procedure| procedure.sharing.copies_within.get(),
    clocks: |case| {
        let Some(from) = case.record.plan.drawn_up_on.get() else { return Vec::new() };
        copies_clock(case, from, "the plan was drawn up", None)
    },
};

const SHARING_COPIES_AFTER_MEETING: Deadline = Deadline {
    id: "sharing-copies-after-meeting",
    stage: Stage::Circulate,
    title: "Circulation of the plan after the meeting",
    remedy: "Send the copies that are missing and enter the day.",
    term: |procedure| procedure.sharing.copies_within_of_meeting.get(),
    clocks: |case| {
        let from = last_planning_meeting(case).and_then(|meeting| meeting.held_on.get());
        let Some(from) = from else { return Vec::new() };
        copies_clock(case, from, "the meeting", Some(from))
    },
};

/// The latest meeting that carried the work on: one that ends it sends no plan out.
fn last_planning_meeting<'a>(case: &Case<'a>) -> Option<&'a Meeting> {
    case.held_meetings().into_iter().map(|(_, meeting)| meeting).rfind(|meeting| {
        meeting
            .decision
            .get()
            .map_or(!meeting.kind.is(MeetingKind::Closing), |decision| decision == Decision::Continue)
    })
}

/// One clock for all copies: they are in time when the last of them was sent in time. A copy that was sent before
/// `since` is of an earlier plan.
fn copies_clock(case: &Case, from: Day, event: &'static str, since: Option<Day>) -> Vec<Clock> {
    let clock = |done, field| vec![Clock::new(from, event, done, field)];
    let mut expected = recipients(case);
    if case.procedure.sharing.copy_to_child.get().is_some() {
        expected.extend(children_with_copy(case));
    }
    let recipients = &case.record.sharing.recipients;
    let (mut last, mut forgotten) = (None, false);
    for (_, row) in with_copies(case, expected) {
        let Some(i) = row else {
            forgotten = true;
            continue;
        };
        let Recipient { sent_on, reason_not_sent, .. } = &recipients[i];
        // A day that cannot be read is neither missing nor late.
        let unreadable = sent_on.get().is_none() && !sent_on.is_blank();
        if unreadable || !reason_not_sent.is_blank() {
            continue;
        }
        let sent_on = sent_on.get().filter(|day| *day <= case.today);
        match sent_on.filter(|day| since.is_none_or(|since| *day >= since)) {
            Some(day) => last = last.max(Some((day, i))),
            None => return clock(None, field!(sharing.recipients[i].sent_on)),
        }
    }
    if forgotten {
        // Who is not on the list is told by name; the timeline shows that their copies are still to come.
        let past = case.procedure.sharing.copy_to_involved.get().is_some() && copies(case).next().is_some();
        return vec![Clock { past, ..Clock::new(from, event, None, field!(sharing.recipients)) }];
    }
    last.map_or(Vec::new(), |(day, i)| clock(Some(day), field!(sharing.recipients[i].sent_on)))
}

// ---- who sends it ----

const SHARING_SENT_BY: Rule<Vec<Responsible>> = Rule {
    id: "sharing-sent-by",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The plan is sent out by whoever has the task",
    remedy: "Enter who sent the copies.",
    term: |procedure| procedure.sharing.sent_by.get(),
    check: |responsible, case, found| sharing_sent_by(responsible, false, case, found),
};

const SHARING_CHANGED_SENT_BY: Rule<Vec<Responsible>> = Rule {
    id: "sharing-changed-sent-by",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "A plan that a review has changed is sent out by whoever has the task",
    remedy: "Enter who sent the copies.",
    term: |procedure| procedure.sharing.changed_plan_sent_by.get(),
    check: |responsible, case, found| sharing_sent_by(responsible, true, case, found),
};

/// Somebody may send the plan for whoever has the task, so another name is worth a look and no more.
fn sharing_sent_by(responsible: &[Responsible], changed: bool, case: &Case, found: &mut Found) {
    let Some((m, meeting)) = meeting_of_plan(case) else { return };
    if !case.is_at(if changed { Occasion::Reviews } else { Occasion::First }, m) {
        return;
    }
    let holders: Vec<_> = responsible
        .iter()
        .map(|one| (*one, case.responsible(*one, meeting)))
        .filter(|(_, person)| !person.is_nobody())
        .collect();
    let mut sent = copies(case).filter(|(_, recipient)| recipient.sent_on.get().is_some()).peekable();
    let (Some((i, _)), Some((holder, _))) = (sent.peek().copied(), holders.first()) else { return };
    let has_task = |recipient: &Recipient| {
        let by = Person::called(&recipient.sent_by);
        holders.iter().any(|(one, person)| by.compare(*person) != Same::No || one.is_meant(by.name))
    };
    let named: Vec<_> = sent.filter(|(_, recipient)| !recipient.sent_by.is_blank()).collect();
    match named.first() {
        None => {
            found.at(
                field!(sharing.recipients[i].sent_by),
                "Who sent it is missing for the copies of the latest version",
            );
        }
        Some((i, _)) if !named.iter().any(|(_, recipient)| has_task(recipient)) => {
            let holder = holder.title();
            found
                .at(
                    field!(sharing.recipients[*i].sent_by),
                    format!("The copies of the latest version were sent by somebody else than {holder}"),
                )
                .at_most(Severity::Advice)
                .remedy(format!("Check that {holder} saw to it."));
        }
        Some(_) => {}
    }
}

/// The meeting that the latest version came from: the one that is named, else the last by the day it was drawn up.
fn meeting_of_plan<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    let plan = &case.record.plan;
    if !plan.meeting.is_blank() {
        return case
            .plan_meetings()
            .find(|(_, meeting)| meeting.id.text().trim() == plan.meeting.text().trim());
    }
    let by = plan.drawn_up_on.get()?;
    case.held_meetings().into_iter().rfind(|(_, meeting)| meeting.held_on.get().is_some_and(|day| day <= by))
}

// ---- the assessment ----

const SHARING_ASSESSMENT: Rule<Asked> = Rule {
    id: "sharing-assessment",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The outcome of the assessment goes to the family and to the agencies involved, in writing",
    remedy: "Send it, and enter the day.",
    term: |procedure| procedure.sharing.assessment_outcome.get(),
    check: sharing_assessment,
};

fn sharing_assessment(_: &Asked, case: &Case, found: &mut Found) {
    let assessment = &case.record.assessment;
    let field = field!(assessment.outcome_sent_on);
    let Some(completed_on) = assessment.completed_on.get().filter(|day| *day <= case.today) else { return };
    if assessment.outcome_sent_on.is_blank() {
        found.at(field, "Date the outcome of the assessment was sent is missing");
    } else if assessment.outcome_sent_on.get().is_some_and(|day| day < completed_on) {
        found
            .at(field, "Date the outcome of the assessment was sent is before the day it was completed")
            .at_most(Severity::Warning)
            .remedy("Check both days.");
    }
}
