//! Which professionals are invited to the meetings, whether they come, and what they bring.

use std::borrow::Cow;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::case::{Case, Row};
use crate::cast::{Agency, agencies};
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::people::{Distinct, Person};
use crate::procedure::{Asked, Occasion};
use crate::record::{Invitee, InviteeRole, Meeting, MeetingKind, Progress, RoleKind};
use crate::rule::{Check, Rule};
use crate::sitting::{
    Gone, Seats, Sitting, ask_who_came, due, earlier, held, is_accounted_for, is_heard, is_invited, is_own,
    is_parent, over_at, person, prepared, prepared_at, runs, was_involved, worker,
};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_PROFESSIONALS_INVITED,
    &ATTENDANCE_PROFESSIONALS_ATTEND,
    &ATTENDANCE_RECOMMENDED_AGENCIES,
    &ATTENDANCE_FAMILY_AGREES,
    &ATTENDANCE_REPORTS,
    &ATTENDANCE_SOCIAL_WORKER,
    &ATTENDANCE_SOLICITOR,
    &ATTENDANCE_CONTRIBUTORS,
    &ATTENDANCE_FORMAL_REVIEW,
    &ATTENDANCE_EARLY_HELP,
    &ATTENDANCE_EDUCATION_REVIEW,
];

// ---- who is invited, and comes ----

const ATTENDANCE_PROFESSIONALS_INVITED: Rule<Occasion> = Rule {
    id: "attendance-professionals-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Professionals who are part of the plan are invited",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.professionals_invited.get(),
    check: professionals_invited,
};

/// Where the manual says more of a review, `attendance-contributors` asks for those with a role there, so that nobody is
/// asked for twice.
fn professionals_invited(occasion: &Occasion, case: &Case, found: &mut Found) {
    for sitting in prepared_at(*occasion, case) {
        let (m, number) = (sitting.m, sitting.number());
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if invitee.role.is(InviteeRole::Professional)
                && !is_accounted_for(invitee)
                && !runs(sitting.meeting, person(invitee))
            {
                let message = format!("Date invited is missing for invitee {} of meeting {number}", i + 1);
                found.at(field!(meetings[m].invitees[i].invited_on), message);
            }
        }
        // Contributors come first, so that nobody is asked for by both rules, and are left to the other.
        let reviewed = case.is_later(m) && case.procedure.attendance.contributors_at_review.get().is_some();
        let elsewhere = if reviewed { contributors(case, &sitting) } else { Vec::new() };
        let skipped = elsewhere.len();
        let mut expected = Distinct::default();
        let roles = with_a_role(case, &sitting);
        for person in elsewhere.into_iter().chain(roles).chain(with_an_action(case, &sitting)) {
            expected.add(person);
        }
        let seats = Seats::of(sitting.meeting);
        for person in expected.into_people().into_iter().skip(skipped) {
            if seats.find(person).is_none() {
                report_absent(person, case, &sitting, found);
            }
        }
    }
}

/// A person who is expected and does not stand among the invitees at all. A row of theirs that says nothing is asked
/// about at its own place.
fn report_absent(person: Person, case: &Case, sitting: &Sitting, found: &mut Found) {
    if runs(sitting.meeting, person) || is_own(case, person) || case.is_excluded(person) {
        return;
    }
    let m = sitting.m;
    let name = if person.name.is_empty() { "Somebody with a role" } else { person.name };
    let message = format!("{name} is not among the invitees of meeting {}", sitting.number());
    found.at(field!(meetings[m].invitees), message).remedy(
        "Add them with the day on which they were invited or the reason they were not, or enter the days of their involvement under the roles.",
    );
}

/// The professionals to whom the plan gave a role by the day of the meeting.
fn with_a_role<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> impl Iterator<Item = Person<'a>> {
    case.record
        .plan
        .roles
        .rows()
        .map(|(_, role)| role)
        .filter(|role| role.kind.is(RoleKind::Professional) && was_involved(role, sitting))
        .filter(|role| !role.role.office().is_some_and(Office::is_manager))
        .map(|role| Person::new(&role.person, &role.name))
}

/// The professionals who have something to do. Whoever does an action is known to be one only where a meeting of any
/// kind names them so: "Mum" and "the school" are nobody's name.
fn with_an_action<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Person<'a>> {
    let professionals: HashSet<Cow<str>> = case
        .record
        .meetings
        .rows()
        .flat_map(|(_, meeting)| meeting.invitees.rows())
        .filter(|(_, invitee)| invitee.role.is(InviteeRole::Professional))
        .map(|(_, invitee)| person(invitee).folded())
        .collect();
    let gone = Gone::by(case, sitting);
    case.record
        .plan
        .actions
        .rows()
        .map(|(_, action)| action)
        .filter(|action| !matches!(action.status.get(), Some(Progress::Done | Progress::Dropped)))
        .map(|action| Person::new(&action.person, &action.who))
        .filter(|person| professionals.contains(person.folded().as_ref()) && !gone.has(*person))
        .collect()
}

const ATTENDANCE_PROFESSIONALS_ATTEND: Rule<Occasion> = Rule {
    id: "attendance-professionals-attend",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Professionals who are invited come to the meeting, or the reason is recorded",
    remedy: "Enter why they were not there.",
    term: |procedure| procedure.attendance.professionals_attend.get(),
    check: professionals_attend,
};

/// Whoever has sent a report has taken part.
fn professionals_attend(occasion: &Occasion, case: &Case, found: &mut Found) {
    let Some(sitting) = over_at(*occasion, case) else { return };
    let invitees = sitting.meeting.invitees.rows();
    let rows: Vec<Row<Invitee>> = invitees
        .filter(|(_, invitee)| {
            invitee.role.is(InviteeRole::Professional)
                && is_invited(invitee)
                && (invitee.report_received_on.is_blank() || invitee.attended.is(true))
                && !is_own(case, person(invitee))
                && !runs(sitting.meeting, person(invitee))
        })
        .collect();
    ask_who_came(&sitting, &rows, ("a professional", "professionals"), found);
}

const ATTENDANCE_RECOMMENDED_AGENCIES: Rule<Asked> = Rule {
    id: "attendance-recommended-agencies",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The agencies that the assessment recommended come to the meeting, or the reason is recorded",
    remedy: "Invite somebody from this agency, or add them to the invitees with the reason they are not invited.",
    term: |procedure| procedure.attendance.recommended_agencies.get(),
    check: recommended_agencies,
};

/// An agency is there once one of its people is. What reads as prose, and not as a list of agencies, is left alone.
fn recommended_agencies(_: &Asked, case: &Case, found: &mut Found) {
    let recommended = case.record.assessment.recommended_agencies.text();
    if recommended.trim().is_empty() {
        return;
    }
    let roles = agencies_by_role(case);
    for sitting in prepared(case).filter(|sitting| !sitting.meeting.invitees.is_empty()) {
        let (m, number) = (sitting.m, sitting.number());
        let people: Vec<(Row<Invitee>, Vec<Agency>)> = sitting
            .meeting
            .invitees
            .rows()
            .filter(|(_, invitee)| !is_parent(invitee) && !invitee.role.is(InviteeRole::Child))
            .map(|row| (row, described(&roles, row.1)))
            .collect();
        let others = case.procedure.attendance.professionals_attend.get();
        let asked_elsewhere = others.is_some_and(|term| case.is_at(term.value, m));
        let mut away: Vec<Row<Invitee>> = Vec::new();
        let from = |agency: &str| -> Vec<Row<Invitee>> {
            let agency = Agency::of(agency);
            let theirs = people.iter().filter(|(_, known)| known.iter().any(|known| agency.is(known)));
            theirs.map(|(row, _)| *row).collect()
        };
        for agency in agencies(recommended, |agency| !from(agency).is_empty()) {
            if is_social_care(agency) {
                continue;
            }
            let from = from(agency);
            match from.first() {
                None => {
                    let message = format!(
                        "Nobody from “{agency}” is among the invitees of meeting {number}, and the assessment recommended this agency"
                    );
                    found.at(field!(meetings[m].invitees), message).at_most(Severity::Warning);
                }
                Some((i, _)) if !from.iter().any(|(_, invitee)| is_accounted_for(invitee)) => {
                    let message = format!(
                        "Date invited is missing for invitee {} of meeting {number}, whose agency the assessment recommended",
                        i + 1
                    );
                    found
                        .at(field!(meetings[m].invitees[*i].invited_on), message)
                        .remedy("Enter the day on which they were invited, or the reason they were not.");
                }
                Some(row) => {
                    let came = from.iter().any(|(_, invitee)| invitee.attended.is(true) || is_heard(invitee));
                    if !came && !asked_elsewhere && !away.iter().any(|(i, _)| *i == row.0) {
                        away.push(*row);
                    }
                }
            }
        }
        if sitting.is_over(case) && case.stage >= Stage::Circulate {
            let whom = (
                "whose agency the assessment recommended",
                "people whose agencies the assessment recommended",
            );
            ask_who_came(&sitting, &away, whom, found);
        }
    }
}

/// The words that say from which agency an invitee is.
fn described(roles: &HashMap<Cow<str>, Vec<&str>>, invitee: &Invitee) -> Vec<Agency> {
    let own = roles.get(person(invitee).folded().as_ref()).into_iter().flatten().copied();
    [invitee.agency.text(), invitee.name.text()].into_iter().chain(own).map(Agency::of).collect()
}

/// What the roles say of each person's agency.
fn agencies_by_role<'a>(case: &Case<'a>) -> HashMap<Cow<'a, str>, Vec<&'a str>> {
    let mut all: HashMap<Cow<str>, Vec<&str>> = HashMap::default();
    for (_, role) in case.record.plan.roles.rows() {
        let texts = [role.agency.text(), role.role.text()];
        all.entry(Person::new(&role.person, &role.name).folded()).or_default().extend(texts);
    }
    all
}

/// Those who hold the case are asked about on their own.
fn is_social_care(agency: &str) -> bool {
    let lower = agency.to_lowercase();
    Office::recognise(agency).is_some()
        || ["social care", "children's services", "children’s services"].iter().any(|own| lower.contains(own))
}

const ATTENDANCE_FAMILY_AGREES: Rule<Asked> = Rule {
    id: "attendance-family-agrees",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The child and family agree to the other professionals who are invited, or the reason is recorded",
    remedy: "Ask the child and family, and enter whether they agree to this person.",
    term: |procedure| procedure.attendance.family_agrees.get(),
    check: family_agrees,
};

fn family_agrees(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        let others: Vec<Row<Invitee>> = sitting
            .meeting
            .invitees
            .rows()
            .filter(|(_, invitee)| invitee.role.is(InviteeRole::Professional) && is_invited(invitee))
            .filter(|(_, invitee)| !is_own(case, person(invitee)) && !runs(sitting.meeting, person(invitee)))
            .collect();
        // A form that does not ask is told once, and not row by row.
        if others.len() > 1
            && others
                .iter()
                .all(|(_, one)| one.family_agrees.is_blank() && one.reason_without_agreement.is_blank())
        {
            found
                .at(
                    field!(meetings[m].invitees),
                    format!("It is not recorded whether the family agrees to the invitation of any professional at meeting {number}"),
                )
                .remedy("Ask the child and family, and enter whether they agree to each of them.");
            continue;
        }
        for (i, invitee) in others.into_iter().filter(|(_, one)| one.reason_without_agreement.is_blank()) {
            if invitee.family_agrees.is_blank() {
                let message = format!(
                    "It is not recorded whether the family agrees to the invitation of invitee {} of meeting {number}",
                    i + 1
                );
                found.at(field!(meetings[m].invitees[i].family_agrees), message);
            } else if invitee.family_agrees.is(false) {
                let message = format!(
                    "Reason for inviting without agreement is missing for invitee {} of meeting {number}",
                    i + 1
                );
                found
                    .at(field!(meetings[m].invitees[i].reason_without_agreement), message)
                    .remedy("Enter what the family said and why this person is invited all the same.");
            }
        }
    }
}

const ATTENDANCE_REPORTS: Rule<Asked> = Rule {
    id: "attendance-reports",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Reports are asked of invited professionals who cannot come",
    remedy: "Ask for what they know in writing, and enter the day.",
    term: |procedure| procedure.attendance.reports_requested.get(),
    check: reports,
};

/// Whoever has sent apologies for a meeting that lies ahead is asked for a report, too.
fn reports(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        let mut unknown = Vec::new();
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if !invitee.role.is(InviteeRole::Professional)
                || invitee.invited_on.is_blank()
                || !invitee.report_requested_on.is_blank()
                || !invitee.report_received_on.is_blank()
            {
                continue;
            }
            let apologies = invitee.attended.is_blank() && !invitee.reason_absent.is_blank();
            if invitee.attended.is(false) || apologies {
                let message = format!(
                    "Date a report was requested is missing for invitee {} of meeting {number}, who {} attend",
                    i + 1,
                    if sitting.held { "did not" } else { "cannot" }
                );
                found.at(field!(meetings[m].invitees[i].report_requested_on), message);
            } else if invitee.attended.is_blank() && sitting.held {
                unknown.push(i);
            }
        }
        if let [i, others @ ..] = unknown.as_slice() {
            let who = match others {
                [] => format!("invitee {}", i + 1),
                _ => format!("{} professionals", unknown.len()),
            };
            found
                .at(
                    field!(meetings[m].invitees[*i].attended),
                    format!("It is not recorded whether {who} attended meeting {number}"),
                )
                .at_most(Severity::Advice)
                .remedy("Enter who came. A report is asked of whoever could not.");
        }
    }
}

const ATTENDANCE_SOCIAL_WORKER: Rule<Asked> = Rule {
    id: "attendance-social-worker",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The allocated social worker attends the first meeting",
    remedy: "Add the social worker to the invitees, with whether they attended.",
    term: |procedure| procedure.attendance.social_worker_at_first.get(),
    check: social_worker,
};

/// Asked while the first meeting is the latest: the record knows only who holds the case today.
fn social_worker(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = due(case).filter(|sitting| case.is_first(sitting.m)) else { return };
    let (m, number, worker) = (sitting.m, sitting.number(), worker(case));
    if worker.is_nobody() || runs(sitting.meeting, worker) || sitting.meeting.invitees.is_empty() {
        return;
    }
    match Seats::of(sitting.meeting).find(worker) {
        Some((i, invitee)) if invitee.attended.is(false) => {
            let message =
                format!("The allocated social worker, invitee {}, did not attend meeting {number}", i + 1);
            found.at(field!(meetings[m].invitees[i].attended), message).remedy(
                "Correct who attended, or have the social worker go through the meeting with the chair.",
            );
        }
        Some(_) => {}
        // Another social worker may have held the case on that day.
        None if sitting
            .meeting
            .invitees
            .rows()
            .any(|(_, invitee)| invitee.role.is(InviteeRole::SocialWorker) && invitee.attended.is(true)) => {}
        None => {
            let message =
                format!("The allocated social worker is not among the invitees of meeting {number}");
            found.at(field!(meetings[m].invitees), message);
        }
    }
}

const ATTENDANCE_SOLICITOR: Rule<Asked> = Rule {
    id: "attendance-solicitor",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A solicitor comes only by arrangement with the chair before the meeting",
    remedy: "Arrange it with the chair before the meeting, and enter the day.",
    term: |procedure| procedure.attendance.solicitor_arranged.get(),
    check: solicitor,
};

fn solicitor(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case) {
        let (m, number) = (sitting.m, sitting.number());
        for (i, invitee) in sitting.meeting.invitees.rows() {
            if !invitee.role.is(InviteeRole::Solicitor) || !is_invited(invitee) {
                continue;
            }
            let field = field!(meetings[m].invitees[i].arranged_with_chair_on);
            let after = |day| sitting.meeting.held_on.get().is_some_and(|held_on| day > held_on);
            if invitee.arranged_with_chair_on.is_blank() {
                let message = format!(
                    "Invitee {} of meeting {number} is a solicitor, and the day this was arranged with the chair is missing",
                    i + 1
                );
                found.at(field, message);
            } else if invitee.arranged_with_chair_on.get().is_some_and(after) {
                let message = format!(
                    "Invitee {} of meeting {number} is a solicitor, and this was arranged with the chair after the meeting",
                    i + 1
                );
                found.at(field, message);
            }
        }
    }
}

// ---- reviews ----

const ATTENDANCE_CONTRIBUTORS: Rule<Asked> = Rule {
    id: "attendance-contributors",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "A review involves those who made the plan and those who joined since",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.contributors_at_review.get(),
    check: contributors_invited,
};

fn contributors_invited(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared_at(Occasion::Reviews, case) {
        let (m, number) = (sitting.m, sitting.number());
        let seats = Seats::of(sitting.meeting);
        for person in contributors(case, &sitting) {
            match seats.find(person) {
                // A professional's row is asked about by `attendance-professionals-invited`.
                Some((i, invitee))
                    if !is_accounted_for(invitee)
                        && !is_parent(invitee)
                        && !matches!(
                            invitee.role.get(),
                            Some(InviteeRole::Professional | InviteeRole::Child)
                        )
                        && !runs(sitting.meeting, person)
                        && !is_own(case, person) =>
                {
                    let message =
                        format!("Date invited is missing for invitee {} of meeting {number}", i + 1);
                    found.at(field!(meetings[m].invitees[i].invited_on), message);
                }
                Some(_) => {}
                None => report_absent(person, case, &sitting, found),
            }
        }
    }
}

/// The professionals with a role, and those who took part in an earlier meeting and are not said to have left.
/// Children, parents and those who come with somebody are not among them: other rules ask for them, or nobody does.
fn contributors<'a>(case: &Case<'a>, sitting: &Sitting<'a>) -> Vec<Person<'a>> {
    let took_part = |meeting: &Meeting, invitee: &Invitee| match invitee.role.get() {
        Some(InviteeRole::Professional) => is_invited(invitee) && !runs(meeting, person(invitee)),
        Some(InviteeRole::Family) => invitee.attended.is(true),
        _ => false,
    };
    let before = earlier(case, sitting, took_part).into_iter();
    let gone = Gone::by(case, sitting);
    let mut all = Distinct::default();
    for person in with_a_role(case, sitting).chain(before.filter(|person| !gone.has(*person))) {
        all.add(person);
    }
    all.into_people()
}

const ATTENDANCE_FORMAL_REVIEW: Rule<Asked> = Rule {
    id: "attendance-formal-review",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "More than one agency takes part in the formal review",
    remedy: "Enter who came from other agencies, or hold the formal review with them.",
    term: |procedure| procedure.attendance.agencies_at_formal_review.get(),
    check: formal_review,
};

/// Of a list that does not say who came, that alone is asked.
fn formal_review(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = over_at(Occasion::Every, case) else { return };
    let (m, number, meeting) = (sitting.m, sitting.number(), sitting.meeting);
    if !meeting.kind.is(MeetingKind::FormalReview) {
        return;
    }
    let from_elsewhere = |invitee: &Invitee| {
        let elsewhere = matches!(invitee.role.get(), Some(InviteeRole::Professional) | None);
        elsewhere && !is_own(case, person(invitee)) && !runs(meeting, person(invitee))
    };
    let others = || meeting.invitees.rows().filter(|(_, invitee)| from_elsewhere(invitee));
    if others().any(|(_, invitee)| invitee.attended.is(true) || !invitee.report_received_on.is_blank()) {
        return;
    }
    match others().find(|(_, invitee)| is_invited(invitee) && invitee.attended.is_blank()) {
        Some((i, _)) => found
            .at(
                field!(meetings[m].invitees[i].attended),
                format!("It is not recorded whether anybody from another agency attended the formal review, meeting {number}"),
            )
            .at_most(Severity::Warning),
        None => found.at(
            field!(meetings[m].invitees),
            format!("Nobody from another agency took part in the formal review, meeting {number}"),
        ),
    };
}

const ATTENDANCE_EARLY_HELP: Rule<Asked> = Rule {
    id: "attendance-early-help",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Early help is invited where the case is expected to close",
    remedy: "Invite somebody from early help, or add them with the reason they are not invited.",
    term: |procedure| procedure.attendance.early_help_at_closing.get(),
    check: early_help,
};

fn early_help(_: &Asked, case: &Case, found: &mut Found) {
    let roles = case.record.plan.roles.rows().map(|(_, role)| role);
    let roles: Vec<Person> = roles
        .filter(|role| says_early_help(role.agency.text()) || says_early_help(role.role.text()))
        .map(|role| Person::new(&role.person, &role.name))
        .collect();
    for sitting in prepared_at(Occasion::Reviews, case) {
        let (m, number) = (sitting.m, sitting.number());
        let expected = sitting.meeting.closure_expected.is(true)
            || sitting.meeting.kind.is(MeetingKind::Closing) && sitting.meeting.closure_expected.is_blank();
        if !expected {
            continue;
        }
        let from_early_help =
            || sitting.meeting.invitees.rows().filter(|(_, invitee)| is_from_early_help(&roles, invitee));
        match from_early_help().next() {
            None => {
                let message = format!(
                    "Nobody from early help is among the invitees of meeting {number}, where closure is expected"
                );
                found.at(field!(meetings[m].invitees), message);
            }
            // A professional's row is asked about by `attendance-professionals-invited`.
            Some((i, first)) if !first.role.is(InviteeRole::Professional) => {
                if !from_early_help().any(|(_, invitee)| is_accounted_for(invitee)) {
                    let message = format!(
                        "Date invited is missing for invitee {} of meeting {number}, from early help",
                        i + 1
                    );
                    found.at(field!(meetings[m].invitees[i].invited_on), message);
                }
            }
            Some(_) => {}
        }
    }
}

/// By the agency or name of the invitee, or by what the roles say of this person.
fn is_from_early_help(roles: &[Person], invitee: &Invitee) -> bool {
    says_early_help(invitee.agency.text())
        || says_early_help(invitee.name.text())
        || roles.iter().any(|known| known.is(person(invitee)))
}

fn says_early_help(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(2).any(|pair| pair[0] == "early" && pair[1] == "help")
        || words.iter().any(|word| matches!(word.as_str(), "earlyhelp" | "eh" | "eht" | "ehw"))
}

const ATTENDANCE_EDUCATION_REVIEW: Rule<Asked> = Rule {
    id: "attendance-education-review",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The review is combined with the education review, or the reason is recorded",
    remedy: "Enter why the two reviews are held separately.",
    term: |procedure| procedure.attendance.education_review.get(),
    check: education_review,
};

/// Education reviews are rarer than reviews of the plan: where nothing is answered for the latest review, an answer at an
/// earlier one will do.
fn education_review(_: &Asked, case: &Case, found: &mut Found) {
    if !case.record.children.rows().any(|(_, child)| child.education_health_care_plan.is(true)) {
        return;
    }
    let Some(sitting) = held(case).filter(|sitting| case.is_later(sitting.m)) else { return };
    let (m, number) = (sitting.m, sitting.number());
    let meeting = sitting.meeting;
    if !meeting.reason_not_combined.is_blank() {
        return;
    }
    if meeting.combined_with_education_review.is(false) {
        let message = format!("Reason for separate reviews is missing for meeting {number}");
        found.at(field!(meetings[m].reason_not_combined), message);
    } else if meeting.combined_with_education_review.is_blank()
        && !case.held_meetings().iter().any(|(_, earlier)| {
            earlier.combined_with_education_review.is(true) || !earlier.reason_not_combined.is_blank()
        })
    {
        found
            .at(
                field!(meetings[m].combined_with_education_review),
                format!("It is not recorded whether meeting {number} is combined with the education review"),
            )
            .at_most(Severity::Advice)
            .remedy("Enter whether the two reviews are combined and, where they are not, why.");
    }
}
