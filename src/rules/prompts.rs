//! Questions that only a person can judge, each asked when it applies and answered in `judgements`.
//!
//! One question stands for each judgement that a good supervisor would ask about. What the record can show is no
//! question here.

use crate::case::Case;
use crate::day::Day;
use crate::finding::{Section, Stage};
use crate::procedure::{Age, Cited};
use crate::record::{Decision, Meeting, MeetingKind, TakingPart, Team};
use crate::rule::{Check, Prompt};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MEETING_PEOPLE,
    &MEETING_PLACE,
    &MEETING_SAFETY,
    &MEETING_NEEDS,
    &MEETING_AGENDA,
    &MEETING_YOUNG_CHILD,
    &MEETING_PROFESSIONALS_VIEWS,
    &MEETING_SEPARATE_ISSUES,
    &MEETING_ABLE_TO_PLAN,
    &MEETING_DETAIL,
    &CASE_CHRONOLOGY,
    &CASE_SUPERVISION_ORDER,
    &PLAN_INTERIM_PARENTS,
    &PLAN_PARTNERSHIP,
    &PLAN_UNDERSTOOD,
    &PLAN_RISKS,
    &PLAN_DIFFERENCE,
    &PLAN_OBJECTIVES,
    &PLAN_REALISTIC,
    &CHILD_MINUTES,
    &REVIEW_LAST_PLAN,
    &REVIEW_DIFFERENCE_MADE,
    &REVIEW_REMAINING,
    &REVIEW_PROTECTION,
    &REVIEW_FREQUENT,
    &VISIT_FREQUENT,
    &VISIT_APPOINTMENT,
    &VISIT_PLAN,
];

// ---- when a question applies, and from when an answer counts ----

/// A brief intervention has neither a plan nor a meeting to ask about.
fn planning(case: &Case) -> bool {
    !case.is_brief_intervention()
}

/// Answered once, it stands.
fn for_good(_: &Case) -> Option<Day> {
    None
}

/// Answers about preparing a meeting count from the meeting before it.
fn since_the_meeting_before(case: &Case) -> Option<Day> {
    let to_come =
        case.plan_meetings().any(|(_, meeting)| meeting.held_on.get().is_some_and(|day| day > case.today));
    let back = if to_come { 0 } else { 1 };
    case.held_meetings().iter().rev().nth(back).and_then(|(_, meeting)| meeting.held_on.get())
}

/// Answers about what a meeting did count from its day.
fn since_the_meeting(case: &Case) -> Option<Day> {
    last_held(case).and_then(|meeting| meeting.held_on.get())
}

fn last_held<'a>(case: &Case<'a>) -> Option<&'a Meeting> {
    case.held_meetings().last().map(|(_, meeting)| *meeting)
}

/// Whether a review has been held: a meeting after the first.
fn reviewed(case: &Case) -> bool {
    case.held_meetings().last().is_some_and(|(i, _)| !case.is_first(*i))
}

/// Whether a child is at an age at which the manual lets young people speak for themselves.
fn has_young_person(case: &Case) -> bool {
    let from = case.procedure.attendance.young_person_asked_from.get();
    from.is_some_and(|Cited { value: Age(from), .. }| {
        case.record
            .children
            .rows()
            .any(|(_, child)| case.age(child, case.today).is_some_and(|age| age >= *from))
    })
}

// ---- preparing a meeting ----

const MEETING_PEOPLE: Prompt = Prompt {
    id: "meeting-people",
    section: Section::Meetings,
    question: "Are the right people invited, with a supporter or an advocate for whoever wants one?",
    stage: Stage::Meeting,
    when: planning,
    since: since_the_meeting_before,
};

const MEETING_PLACE: Prompt = Prompt {
    id: "meeting-place",
    section: Section::Meetings,
    question: "Have child and family been asked where to meet, and do place and day suit them, religious festivals included?",
    stage: Stage::Meeting,
    when: planning,
    since: since_the_meeting_before,
};

const MEETING_SAFETY: Prompt = Prompt {
    id: "meeting-safety",
    section: Section::Meetings,
    question: "Has it been considered whether violence, actual or threatened, could reach a child, parent or worker around the meeting?",
    stage: Stage::Meeting,
    when: planning,
    since: since_the_meeting_before,
};

const MEETING_NEEDS: Prompt = Prompt {
    id: "meeting-needs",
    section: Section::Meetings,
    question: "Has it been considered what each parent, carer and child needs to take part, such as an interpreter, or help with a learning difficulty, illness or disability?",
    stage: Stage::Meeting,
    when: planning,
    since: since_the_meeting_before,
};

const MEETING_AGENDA: Prompt = Prompt {
    id: "meeting-agenda",
    section: Section::Meetings,
    question: "Does the agenda deal with the key concerns and with each part of the plan?",
    stage: Stage::Meeting,
    when: planning,
    since: since_the_meeting_before,
};

const MEETING_YOUNG_CHILD: Prompt = Prompt {
    id: "meeting-young-child",
    section: Section::Meetings,
    question: "Is care taken over what a younger child hears from the adults at the meeting?",
    stage: Stage::Meeting,
    when: young_child_comes,
    since: since_the_meeting_before,
};

fn young_child_comes(case: &Case) -> bool {
    let Some(Cited { value: Age(below), .. }) = case.procedure.attendance.views_represented_below.get()
    else {
        return false;
    };
    case.record.children.rows().any(|(_, child)| {
        matches!(child.participation.form.get(), Some(TakingPart::Attend | TakingPart::Part))
            && case.age(child, case.today).is_some_and(|age| age < *below)
    })
}

const MEETING_PROFESSIONALS_VIEWS: Prompt = Prompt {
    id: "meeting-professionals-views",
    section: Section::Meetings,
    question: "Were the views of the child and the parents sought for the meeting of professionals, and put forward there?",
    stage: Stage::Meeting,
    when: professionals_met,
    since: for_good,
};

fn professionals_met(case: &Case) -> bool {
    case.record.meetings.rows().any(|(_, meeting)| meeting.kind.is(MeetingKind::Professionals))
}

const MEETING_SEPARATE_ISSUES: Prompt = Prompt {
    id: "meeting-separate-issues",
    section: Section::Meetings,
    question: "Has it been considered whether anything that does not suit the joint review with education is better dealt with right before or after it?",
    stage: Stage::Meeting,
    when: |case| {
        case.latest_meeting().is_some_and(|(_, meeting)| meeting.combined_with_education_review.is(true))
    },
    since: since_the_meeting_before,
};

// ---- after a meeting ----

const MEETING_ABLE_TO_PLAN: Prompt = Prompt {
    id: "meeting-able-to-plan",
    section: Section::Meetings,
    question: "Could the meeting make a sound plan without those who did not come?",
    stage: Stage::Circulate,
    when: somebody_was_absent,
    since: since_the_meeting,
};

fn somebody_was_absent(case: &Case) -> bool {
    last_held(case)
        .is_some_and(|meeting| meeting.invitees.rows().any(|(_, invitee)| invitee.attended.is(false)))
}

const MEETING_DETAIL: Prompt = Prompt {
    id: "meeting-detail",
    section: Section::Meetings,
    question: "Is everything else of significance at the meeting on the case record, disagreements included?",
    stage: Stage::Circulate,
    when: |case| last_held(case).is_some(),
    since: since_the_meeting,
};

// ---- the case ----

const CASE_CHRONOLOGY: Prompt = Prompt {
    id: "case-chronology",
    section: Section::Case,
    question: "Has a chronology across all agencies been considered, and what belongs in it now?",
    stage: Stage::Meeting,
    when: is_complex,
    since: since_the_meeting_before,
};

fn is_complex(case: &Case) -> bool {
    case.record.case.complex.is(true)
        || case.latest_meeting().is_some_and(|(_, meeting)| meeting.complex.is(true))
}

const CASE_SUPERVISION_ORDER: Prompt = Prompt {
    id: "case-supervision-order",
    section: Section::Case,
    question: "Do several agencies look regularly at how the child under the supervision order is doing?",
    stage: Stage::Circulate,
    when: supervision_order_without_child_protection,
    since: for_good,
};

fn supervision_order_without_child_protection(case: &Case) -> bool {
    let facts = &case.record.case;
    let of_a_child = || case.record.children.rows().any(|(_, child)| child.supervision_order.is(true));
    (facts.supervision_order.is(true) || of_a_child()) && !facts.child_protection_plan.is(true)
}

// ---- the plan ----

const PLAN_INTERIM_PARENTS: Prompt = Prompt {
    id: "plan-interim-parents",
    section: Section::Plan,
    question: "Was the interim plan drawn up together with the parents?",
    stage: Stage::Circulate,
    when: |case| case.record.plan.interim.is(true),
    since: for_good,
};

const PLAN_PARTNERSHIP: Prompt = Prompt {
    id: "plan-partnership",
    section: Section::Plan,
    question: "Has everything been done for parents, children and the other professionals to make this plan together?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_UNDERSTOOD: Prompt = Prompt {
    id: "plan-understood",
    section: Section::Plan,
    question: "Do the child and family understand what is happening, what they can do about the risks, and how decisions are made?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_RISKS: Prompt = Prompt {
    id: "plan-risks",
    section: Section::Plan,
    question: "Does the plan weigh what protects each child from abuse and neglect against the risks?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_DIFFERENCE: Prompt = Prompt {
    id: "plan-difference",
    section: Section::Children,
    question: "Does the plan take in what makes each child's life particular, such as culture, faith, ability, gender, class or where they live?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_OBJECTIVES: Prompt = Prompt {
    id: "plan-objectives",
    section: Section::Plan,
    question: "Do each child's outcomes serve safety, education, health and social life, wherever there is a need?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_REALISTIC: Prompt = Prompt {
    id: "plan-realistic",
    section: Section::Plan,
    question: "Is every action achievable and realistic for whoever is to do it?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

// ---- the children ----

const CHILD_MINUTES: Prompt = Prompt {
    id: "child-minutes",
    section: Section::Children,
    question: "Has each young person been asked whether they want the minutes and the plan, and somebody to go through them?",
    stage: Stage::Circulate,
    when: has_young_person,
    since: for_good,
};

// ---- reviews ----

const REVIEW_LAST_PLAN: Prompt = Prompt {
    id: "review-last-plan",
    section: Section::Meetings,
    question: "Did everyone at the review have the last plan and minutes, understand them and agree with them?",
    stage: Stage::Review,
    when: reviewed,
    since: since_the_meeting,
};

const REVIEW_DIFFERENCE_MADE: Prompt = Prompt {
    id: "review-difference-made",
    section: Section::Meetings,
    question: "Did the review look at what life is like for the child now, and at what difference the help has made?",
    stage: Stage::Review,
    when: reviewed,
    since: since_the_meeting,
};

const REVIEW_REMAINING: Prompt = Prompt {
    id: "review-remaining",
    section: Section::Meetings,
    question: "Did those at the review agree what remains to be done, and settle the plan anew?",
    stage: Stage::Review,
    when: |case| {
        let ends =
            |meeting: &Meeting| matches!(meeting.decision.get(), Some(Decision::Close | Decision::StepDown));
        reviewed(case) && !last_held(case).is_some_and(ends)
    },
    since: since_the_meeting,
};

const REVIEW_PROTECTION: Prompt = Prompt {
    id: "review-protection",
    section: Section::Meetings,
    question: "Where a child needs protection at once: was the manager who decides on legal action asked immediately?",
    stage: Stage::Meeting,
    when: |case| last_held(case).is_some_and(|meeting| meeting.decision.is(Decision::Section47)),
    since: since_the_meeting,
};

const REVIEW_FREQUENT: Prompt = Prompt {
    id: "review-frequent",
    section: Section::Meetings,
    question: "Are meetings as frequent as the child needs, even though a longer interval is authorised?",
    stage: Stage::Review,
    when: longer_interval_for_disability_service,
    since: since_the_meeting,
};

fn longer_interval_for_disability_service(case: &Case) -> bool {
    let facts = &case.record.case;
    facts.team.is(Team::DisabilityService) && facts.meeting_interval.every.get().is_some()
}

// ---- visits ----

const VISIT_FREQUENT: Prompt = Prompt {
    id: "visit-frequent",
    section: Section::Visits,
    question: "Are visits as frequent as this child needs, more so than the longest interval where it takes that?",
    stage: Stage::Review,
    when: planning,
    since: for_good,
};

const VISIT_APPOINTMENT: Prompt = Prompt {
    id: "visit-appointment",
    section: Section::Visits,
    question: "Does each young person know beforehand when a visit comes, and can they talk with the worker alone?",
    stage: Stage::Review,
    when: has_young_person,
    since: for_good,
};

const VISIT_PLAN: Prompt = Prompt {
    id: "visit-plan",
    section: Section::Visits,
    question: "Is the plan talked over with child, family and carers at visits and meetings, so that it goes on working?",
    stage: Stage::Review,
    when: planning,
    since: for_good,
};
