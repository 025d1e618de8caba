//! Who chairs the meetings. An office is recognised in the chair's role; a role that no manual knows is asked about and
//! not held against anybody.
//!
//! The first meeting is looked at however long ago it was, more mildly once another has been held. Of the later ones
//! the latest held and the next to come are looked at, because the record knows only who holds the case today.

use crate::case::{Case, Row};
use crate::cast;
use crate::field::{Field, field};
use crate::finding::{Finding, Found, Severity, Stage};
use crate::office::Office;
use crate::order;
use crate::part::Part;
use crate::people::{Person, Same};
use crate::procedure::{Asked, Eligible};
use crate::record::{Chair, ConferenceDecision, Meeting, MeetingKind};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CHAIRING_FIRST,
    &CHAIRING_LATER,
    &CHAIRING_FORMAL_REVIEW,
    &CHAIRING_FIRST_CORE_GROUP,
    &CHAIRING_CORE_GROUP,
    &CHAIRING_STUDENT,
    &CHAIRING_STUDENT_SUPERVISED,
    &CHAIRING_UNALLOCATED,
    &CHAIRING_OUTSIDE_MEETING,
    &CHAIRING_QUALIFIED,
];

// ---- the first meeting ----

const CHAIRING_FIRST: Rule<Vec<Eligible>> = Rule {
    id: "chairing-first",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The first meeting is chaired by somebody in an office that the procedure names",
    remedy: "Have the meeting chaired by somebody in one of these offices, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.first_meeting.get(),
    check: |eligible, case, found| chairing_first(eligible, case, found),
};

fn chairing_first(eligible: &[Eligible], case: &Case, found: &mut Found) {
    let Some(first) = case.first_meeting().filter(|_| !case.is_child_protection()) else { return };
    if !has_own_chair(case, first) {
        judge(eligible, case, first, weight_of_first(case, first), found);
    }
}

/// Once another meeting has been held, the chair of the first cannot be changed any more.
fn weight_of_first(case: &Case, first: Row<Meeting>) -> Weight {
    let past = case.held_meetings().last().is_some_and(|(latest, _)| *latest != first.0);
    if past { PAST } else { CURRENT }
}

// ---- later meetings ----

const CHAIRING_LATER: Rule<Vec<Eligible>> = Rule {
    id: "chairing-later",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Later meetings are chaired by whom the procedure names",
    remedy: "Have the meeting chaired by whom the procedure names, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.later_meetings.get(),
    check: |eligible, case, found| chairing_later(eligible, case, found),
};

fn chairing_later(eligible: &[Eligible], case: &Case, found: &mut Found) {
    for meeting in later(case).filter(|meeting| !has_own_chair(case, *meeting)) {
        judge(eligible, case, meeting, CURRENT, found);
    }
}

/// The meetings after the first that are looked at. Who will chair one that lies ahead may be settled nearer the day.
fn later<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Meeting>> {
    let nothing_held = case.held_meetings().is_empty();
    case.current_meetings().into_iter().filter(move |(m, meeting)| {
        let ahead = meeting.held_on.get().is_none_or(|day| day > case.today);
        let open = ahead && !nothing_held && person(&meeting.chair).is_nobody();
        case.is_later(*m) && !open
    })
}

/// Whether the manual says on its own who chairs this meeting.
fn has_own_chair(case: &Case, meeting: Row<Meeting>) -> bool {
    let terms = &case.procedure.chairing;
    terms.formal_review.get().is_some() && is_formal_review(meeting)
        || terms.student_meetings.get().is_some() && is_of_student(case, meeting)
        || terms.unallocated.get().is_some() && is_unallocated(case) && !case.is_first(meeting.0)
}

// ---- the formal review ----

const CHAIRING_FORMAL_REVIEW: Rule<Vec<Eligible>> = Rule {
    id: "chairing-formal-review",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The formal review is chaired by somebody in an office that the procedure names",
    remedy: "Have the formal review chaired by somebody in one of these offices, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.formal_review.get(),
    check: |eligible, case, found| chairing_formal_review(eligible, case, found),
};

fn chairing_formal_review(eligible: &[Eligible], case: &Case, found: &mut Found) {
    for meeting in later(case).filter(|meeting| is_formal_review(*meeting)) {
        judge(eligible, case, meeting, CURRENT, found);
    }
}

fn is_formal_review((_, meeting): Row<Meeting>) -> bool {
    meeting.kind.is(MeetingKind::FormalReview)
}

// ---- core groups ----

const CHAIRING_FIRST_CORE_GROUP: Rule<Vec<Eligible>> = Rule {
    id: "chairing-first-core-group",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The first core group is chaired by somebody in an office that the procedure names",
    remedy: "Have the core group chaired by somebody in one of these offices, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.first_core_group.get(),
    check: |eligible, case, found| chairing_core_group(eligible, true, case, found),
};

const CHAIRING_CORE_GROUP: Rule<Vec<Eligible>> = Rule {
    id: "chairing-core-group",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Later core groups are chaired by the lead social worker or somebody more senior",
    remedy: "Have the core group chaired by whom the procedure names, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.later_core_groups.get(),
    check: |eligible, case, found| chairing_core_group(eligible, false, case, found),
};

/// Of the latest held and the next to come. Which one was the first is known where the record holds the conference that
/// made the plan.
fn chairing_core_group(eligible: &[Eligible], first: bool, case: &Case, found: &mut Found) {
    let Some((start, _)) = case.protection_start().filter(|_| !case.is_closed()) else { return };
    let made = case.conference_decision().is_some()
        && case.held_conferences().iter().any(|(_, one)| {
            one.held_on.get() == Some(start) && one.decision.is(ConferenceDecision::PlanMade)
        });
    let mut groups = case.core_groups();
    groups.retain(|(_, group)| group.held_on.get() >= Some(start));
    let is_held = |(_, group): &Row<Meeting>| group.held_on.get().is_some_and(|day| day <= case.today);
    let held = groups.iter().filter(|row| is_held(row)).count();
    for (k, row) in groups.into_iter().enumerate() {
        let current = k + 1 == held || k == held && !person(&row.1.chair).is_nobody();
        if current && (k == 0) == first && (k > 0 || made) {
            judge(eligible, case, row, CURRENT, found);
        }
    }
}

// ---- meetings of a student social worker ----

const CHAIRING_STUDENT: Rule<Vec<Eligible>> = Rule {
    id: "chairing-student",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Where a student does the work, the first meeting and every other one have an experienced chair",
    remedy: "Have the meeting chaired by somebody in one of these offices, or correct what is recorded of the chair.",
    term: |procedure| procedure.chairing.student_meetings.get(),
    check: |eligible, case, found| chairing_student(eligible, case, found),
};

/// Where it is not known since when the student has had the case, the meetings may be counted from another than the
/// first; and one whose kind cannot be read may be none that counts.
fn chairing_student(eligible: &[Eligible], case: &Case, found: &mut Found) {
    if case.is_child_protection() {
        return;
    }
    let first = case.first_meeting().map(|first| (first, weight_of_first(case, first)));
    let kinds_known = case.plan_meetings().all(|(_, one)| one.kind.is_blank() || one.kind.get().is_some());
    let since_known = !case.record.case.social_worker.allocated_on.is_blank();
    let weight = if since_known && kinds_known { CURRENT } else { UNSURE };
    let meetings = first.into_iter().chain(later(case).map(|meeting| (meeting, weight)));
    for (meeting, weight) in
        meetings.filter(|(meeting, _)| is_of_student(case, *meeting) && !is_formal_review(*meeting))
    {
        judge(eligible, case, meeting, weight, found);
    }
}

/// Whether a meeting is the first of a student's, or the third, or the fifth. One without a day comes last, and a review
/// that was held without a meeting is none.
fn is_of_student(case: &Case, (m, _): Row<Meeting>) -> bool {
    let worker = &case.record.case.social_worker;
    if !worker.student.is(true) {
        return false;
    }
    let since = worker.allocated_on.get();
    let mut meetings: Vec<Row<Meeting>> = case
        .plan_meetings()
        .filter(|(_, meeting)| meeting.outside_meeting.is_empty())
        .filter(|(_, meeting)| meeting.held_on.get().is_none_or(|day| since.is_none_or(|since| day >= since)))
        .collect();
    order::by_key(&mut meetings, |(i, meeting)| (meeting.held_on.get().is_none(), meeting.held_on.get(), *i));
    meetings.iter().position(|(i, _)| *i == m).is_some_and(|place| place % 2 == 0)
}

const CHAIRING_STUDENT_SUPERVISED: Rule<Asked> = Rule {
    id: "chairing-student-supervised",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Somebody supervises the student social worker",
    remedy: "Enter who oversees the student's work.",
    term: |procedure| procedure.chairing.student_supervised.get(),
    check: student_supervised,
};

fn student_supervised(_: &Asked, case: &Case, found: &mut Found) {
    let worker = &case.record.case.social_worker;
    if !worker.student.is(true) || case.is_closed() {
        return;
    }
    let supervisor = Person::called(&worker.supervisor);
    if worker.supervisor.is_blank() {
        found.at(field!(case.social_worker.supervisor), "Supervisor of the student is missing");
    } else if supervisor.is(Person::new(&worker.person, &worker.name)) {
        found.at(
            field!(case.social_worker.supervisor),
            "Supervisor of the student is the student social worker",
        );
    }
}

// ---- reviews that somebody else carries out ----

const CHAIRING_UNALLOCATED: Rule<Vec<Eligible>> = Rule {
    id: "chairing-unallocated",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Where no social worker is allocated, the manager sees to the review",
    remedy: "Have the manager carry out the review, or enter as the reason for this chair that it is done on the manager's behalf.",
    term: |procedure| procedure.chairing.unallocated.get(),
    check: |eligible, case, found| chairing_unallocated(eligible, case, found),
};

fn chairing_unallocated(eligible: &[Eligible], case: &Case, found: &mut Found) {
    let reviews = later(case).filter(|meeting| is_unallocated(case) && !is_formal_review(*meeting));
    for meeting in reviews {
        judge(eligible, case, meeting, CURRENT, found);
    }
}

/// A name under the social worker says that somebody holds the case after all.
fn is_unallocated(case: &Case) -> bool {
    let worker = &case.record.case.social_worker;
    case.record.case.unallocated.is(true) && Person::new(&worker.person, &worker.name).is_nobody()
}

const CHAIRING_OUTSIDE_MEETING: Rule<Asked> = Rule {
    id: "chairing-outside-meeting",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review without a meeting is carried out by the lead professional",
    remedy: "Have the lead professional carry out the review, or record the reason why somebody else does.",
    term: |procedure| procedure.chairing.outside_meeting.get(),
    check: outside_meeting,
};

fn outside_meeting(_: &Asked, case: &Case, found: &mut Found) {
    let last = case.plan_meetings().rfind(|(_, meeting)| !meeting.outside_meeting.is_empty());
    let Some((m, meeting)) = last.filter(|_| !case.is_child_protection() && !is_unallocated(case)) else {
        return;
    };
    let by = Person::called(&meeting.outside_meeting.by);
    let lead = &case.record.plan.lead_professional;
    let known = [Person::new(&lead.person, &lead.name), holder(case)];
    let number = m + 1;
    if meeting.outside_meeting.by.is_blank() {
        found
            .at(
                field!(meetings[m].outside_meeting.by),
                format!("Who carried out the review is not recorded for meeting {number}"),
            )
            .at_most(Severity::Warning)
            .remedy("Enter who carried out the review.");
    } else if !by.is_nobody()
        && !known.iter().all(|one| one.is_nobody())
        && known.iter().all(|one| one.compare(by) == Same::No)
    {
        let message =
            format!("The person who carried out the review, meeting {number}, is not the lead professional");
        found.at(field!(meetings[m].outside_meeting.by), message);
    }
}

// ---- who may chair ----

/// How a chair stands against one of those who may chair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is somebody else.
    Not,
    /// The right office, and not long enough qualified.
    TooFewYears(u32),
    /// It depends on an office that the role does not name.
    WhichOffice,
    /// It depends on the years since qualifying, which are missing.
    HowManyYears,
    /// It depends on an answer that another rule asks for.
    Unknown,
    /// This is somebody who may chair.
    Yes,
}

/// How findings about a chair are weighed.
#[derive(Clone, Copy)]
struct Weight {
    /// Whether they are a step lighter than the manual has it.
    lighter: bool,
    /// Whether somebody else may have held the case on the day.
    long_ago: bool,
}

const CURRENT: Weight = Weight { lighter: false, long_ago: false };
const UNSURE: Weight = Weight { lighter: true, long_ago: false };
const PAST: Weight = Weight { lighter: true, long_ago: true };

impl Weight {
    /// A chair who may not chair.
    fn wrong(self, finding: &mut Finding) -> &mut Finding {
        match (self.lighter, finding.severity) {
            (false, _) => finding,
            (true, Severity::Error) => finding.at_most(Severity::Warning),
            (true, _) => finding.at_most(Severity::Advice),
        }
    }

    /// A chair of whom too little is known.
    fn unclear(self, finding: &mut Finding) -> &mut Finding {
        finding.at_most(if self.lighter { Severity::Advice } else { Severity::Warning })
    }
}

fn judge(eligible: &[Eligible], case: &Case, (m, meeting): Row<Meeting>, weight: Weight, found: &mut Found) {
    let chair = &meeting.chair;
    let number = m + 1;
    if person(chair).is_nobody() {
        let message = format!("Chair's name is missing for meeting {number}");
        weight
            .unclear(found.at(field!(meetings[m].chair.name), message))
            .remedy("Enter who chairs the meeting, with their role.");
    }
    if found.leaves_room() && !chair.reason.is_blank() {
        return;
    }
    if let Some(why) = contradicts(case, chair) {
        // Of the first meeting `chairing-qualified` tells it at any stage.
        if !case.is_first(m) && !eligible.iter().any(|one| one.holds_the_case) {
            found
                .at(field!(meetings[m].chair.qualified_social_worker), does_not_fit(why, number))
                .remedy("Correct the chair's role, or whether the chair is a qualified social worker.");
        }
        return;
    }
    let Some(fit) = eligible.iter().map(|one| fits(one, case, chair, weight)).max() else { return };
    let list = in_words(eligible, case);
    match fit {
        Fit::Yes | Fit::Unknown => {}
        Fit::HowManyYears => {
            let message = format!("Chair's years since qualifying are missing for meeting {number}");
            weight
                .unclear(found.at(field!(meetings[m].chair.years_post_qualified), message))
                .remedy(format!("Enter the years. The chair has to be {list}."));
        }
        // Without a name nobody is in the chair yet: one finding is enough.
        Fit::WhichOffice if chair.role.is_blank() && person(chair).is_nobody() => {}
        Fit::WhichOffice => {
            let message = if chair.role.is_blank() {
                format!("Chair's role is missing for meeting {number}")
            } else {
                format!("Chair's role at meeting {number} does not show an office that this procedure names")
            };
            weight
                .unclear(found.at(field!(meetings[m].chair.role), message))
                .remedy(format!("Enter the role in words that show it. The chair has to be {list}."));
        }
        Fit::TooFewYears(years) => {
            let message =
                format!("Chair's years since qualifying are fewer than {years} at meeting {number}");
            weight.wrong(found.at(field!(meetings[m].chair.years_post_qualified), message));
        }
        Fit::Not => {
            let message = format!("The chair of meeting {number} is not {list}");
            let room = found.leaves_room();
            let told = weight.wrong(found.at(decisive(eligible, m), message));
            if room {
                told.remedy("Enter the reason for this chair, or correct what is recorded of the chair.");
            }
        }
    }
}

/// The control that shows why a chair will not do: the name, where the chair has to be one certain person.
fn decisive(eligible: &[Eligible], m: usize) -> Field {
    if eligible.iter().all(|one| one.holds_the_case) {
        field!(meetings[m].chair.name)
    } else {
        field!(meetings[m].chair.role)
    }
}

fn person(chair: &Chair) -> Person<'_> {
    Person::new(&chair.person, &chair.name)
}

/// Whether somebody may chair in a case like this.
fn applies(one: &Eligible, case: &Case) -> bool {
    !one.after_child_protection_plan || case.protection_ended_on().is_some()
}

fn fits(one: &Eligible, case: &Case, chair: &Chair, weight: Weight) -> Fit {
    if !applies(one, case) {
        return Fit::Not;
    }
    if one.holds_the_case {
        let (holder, lead) = (holder(case), lead(case));
        // A conference names who leads the work on a child protection plan.
        let named = case.lead_social_worker().map(|(_, lead)| lead).filter(|_| case.is_child_protection());
        let mut holders = [Some(holder), lead, named].into_iter().flatten();
        let holds = holders
            .any(|one| one.compare(person(chair)) != Same::No || cast::speaks_of(chair.name.text(), one));
        return if holder.is_nobody() || person(chair).is_nobody() {
            Fit::Unknown
        } else if !holds {
            let may_have_held = weight.long_ago && office(case, chair).is_none_or(Office::is_social_worker);
            // "Social worker" may well be the one who holds the case.
            if may_have_held || cast::is_social_worker(chair.name.text()) { Fit::Unknown } else { Fit::Not }
        } else {
            years(one, chair)
        };
    }
    let known = office(case, chair);
    let manager = Person::new(&case.record.case.manager.person, &case.record.case.manager.name);
    let holds_office = match one.office {
        None => return years(one, chair),
        Some(Office::SocialWorker) => match chair.qualified_social_worker.get() {
            Some(qualified) => Some(qualified),
            None => known.map(Office::is_social_worker),
        },
        Some(Office::LineManager) if person(chair).is(manager) => Some(true),
        Some(Office::LineManager) => known.map(Office::is_manager),
        Some(office) => known.map(|known| known == office),
    };
    match holds_office {
        Some(true) => years(one, chair),
        Some(false) => Fit::Not,
        None => Fit::WhichOffice,
    }
}

/// The office in the chair's role; without a role, what the case says of this person.
fn office(case: &Case, chair: &Chair) -> Option<Office> {
    let (worker, manager) = (&case.record.case.social_worker, &case.record.case.manager);
    if worker.student.is(true) && person(chair).is(Person::new(&worker.person, &worker.name)) {
        Some(Office::StudentSocialWorker)
    } else if !chair.role.is_blank() {
        chair.role.office()
    } else if person(chair).is(Person::new(&manager.person, &manager.name)) {
        manager.role.office()
    } else if person(chair).is(Person::new(&worker.person, &worker.name)) {
        Some(Office::SocialWorker)
    } else {
        None
    }
}

fn years(one: &Eligible, chair: &Chair) -> Fit {
    match (one.years_post_qualified, chair.years_post_qualified.get()) {
        (None, _) => Fit::Yes,
        (Some(least), Some(years)) if years.0 >= f64::from(least) => Fit::Yes,
        (Some(least), Some(_)) => Fit::TooFewYears(least),
        (Some(_), None) if chair.years_post_qualified.is_blank() => Fit::HowManyYears,
        (Some(_), None) => Fit::Unknown,
    }
}

/// The social worker who holds the case; where none is named, the lead professional who is one.
fn holder<'a>(case: &Case<'a>) -> Person<'a> {
    let worker = &case.record.case.social_worker;
    let worker = Person::new(&worker.person, &worker.name);
    lead(case).filter(|_| worker.is_nobody()).unwrap_or(worker)
}

/// The lead professional, where that is a social worker.
fn lead<'a>(case: &Case<'a>) -> Option<Person<'a>> {
    let lead = &case.record.plan.lead_professional;
    let is_social_worker = lead.role.office().is_some_and(Office::is_social_worker);
    is_social_worker.then(|| Person::new(&lead.person, &lead.name))
}

/// Those who may chair, as a list in a sentence: "a senior practitioner or a line manager".
fn in_words(eligible: &[Eligible], case: &Case) -> String {
    let mut words: Vec<String> = eligible.iter().filter(|one| applies(one, case)).map(one_in_words).collect();
    words.dedup();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}

fn one_in_words(one: &Eligible) -> String {
    let office = match one.office {
        None => "anybody who is named".into(),
        Some(office) if one.holds_the_case => format!("the {} who holds the case", office.title()),
        Some(office) => {
            let title = office.title();
            let article = if title.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("{article} {title}")
        }
    };
    match one.years_post_qualified {
        Some(years) => format!("{office} qualified for {years} years or more"),
        None => office,
    }
}

// ---- contradictions ----

const CHAIRING_QUALIFIED: Rule<Vec<Eligible>> = Rule {
    id: "chairing-qualified",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The chair's role and qualification fit together",
    remedy: "Correct the chair's role, or whether the chair is a qualified social worker.",
    term: |procedure| procedure.chairing.first_meeting.get(),
    check: |_, case, found| chairing_qualified(case, found),
};

fn chairing_qualified(case: &Case, found: &mut Found) {
    let Some((m, meeting)) = case.first_meeting() else { return };
    if let Some(why) = contradicts(case, &meeting.chair) {
        found.at(field!(meetings[m].chair.qualified_social_worker), does_not_fit(why, m + 1));
    }
}

fn does_not_fit(why: &str, number: usize) -> String {
    format!("Whether the chair is a qualified social worker does not fit {why} at meeting {number}")
}

/// What the answer on the chair's qualification does not fit.
fn contradicts(case: &Case, chair: &Chair) -> Option<&'static str> {
    let office = chair.role.office();
    let worker = &case.record.case.social_worker;
    let student = worker.student.is(true) && person(chair).is(Person::new(&worker.person, &worker.name));
    if chair.qualified_social_worker.get()? {
        if office == Some(Office::StudentSocialWorker) {
            return Some("the chair's role");
        }
        return student.then_some("the student social worker of the case");
    }
    if office.is_some_and(Office::is_social_worker) {
        return Some("the chair's role");
    }
    chair
        .years_post_qualified
        .get()
        .is_some_and(|years| years.0 > 0.0)
        .then_some("the chair's years since qualifying")
}
