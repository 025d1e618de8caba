//! Questions that only a person can judge, each asked when it applies and answered in `judgements`.
//!
//! One question stands for each judgement that a good supervisor would ask about. What the record can show is no
//! question here.

use crate::case::Case;
use crate::day::Day;
use crate::finding::{Section, Stage};
use crate::procedure::{Age, Cited};
use crate::record::{AssessmentOutcome, Decision, Meeting, MeetingKind, TakingPart, Team};
use crate::rule::{Check, Prompt};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MEETING_PEOPLE,
    &MEETING_PLACE,
    &MEETING_ARRANGEMENTS,
    &MEETING_SAFETY,
    &MEETING_NEEDS,
    &MEETING_AGENDA,
    &MEETING_YOUNG_CHILD,
    &MEETING_PROFESSIONALS_VIEWS,
    &MEETING_SEPARATE_ISSUES,
    &MEETING_ABLE_TO_PLAN,
    &MEETING_DETAIL,
    &CASE_STRATEGY_DISCUSSION,
    &CASE_ENQUIRIES,
    &CASE_CHRONOLOGY,
    &CASE_SUPERVISION_ORDER,
    &CASE_ASSESSMENT_EXPLAINED,
    &CASE_SIBLINGS,
    &CASE_SAFEGUARDING,
    &CASE_OVERSIGHT,
    &CASE_WORRIES,
    &PLAN_INTERIM_PARENTS,
    &PLAN_PARTNERSHIP,
    &PLAN_GOALS,
    &PLAN_FOLLOWS_ASSESSMENT,
    &PLAN_UNDERSTOOD,
    &PLAN_RISKS,
    &PLAN_DIFFERENCE,
    &PLAN_OBJECTIVES,
    &PLAN_REALISTIC,
    &PLAN_TIMES,
    &PLAN_SOCIAL_WORKER,
    &PLAN_CONTINGENCY_TRIGGER,
    &PLAN_SAFETY_TOGETHER,
    &PLAN_NETWORK,
    &OUTCOME_CENTRED,
    &CHILD_MINUTES,
    &CHILD_VOICE,
    &CHILD_WISHES,
    &CHILD_INVOLVED,
    &REVIEW_LAST_PLAN,
    &REVIEW_DIFFERENCE_MADE,
    &REVIEW_GONE_WELL,
    &REVIEW_DRIFT,
    &REVIEW_SAFETY,
    &REVIEW_STILL_NEEDED,
    &REVIEW_REMAINING,
    &REVIEW_PROTECTION,
    &REVIEW_FREQUENT,
    &VISIT_FREQUENT,
    &VISIT_APPOINTMENT,
    &VISIT_PLAN,
    &CLOSURE_SAFETY_LASTS,
];

// ---- when a question applies, and from when an answer counts ----

/// A brief intervention has neither a plan nor a meeting to ask about.
fn planning(case: &Case) -> bool {
    !case.is_brief_intervention()
}

/// A child protection plan has conferences and core groups, which have questions of their own.
fn meeting(case: &Case) -> bool {
    planning(case) && !case.is_child_protection()
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
    case.held_meetings().last().is_some_and(|(i, _)| case.is_later(*i))
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
    when: meeting,
    since: since_the_meeting_before,
};

const MEETING_PLACE: Prompt = Prompt {
    id: "meeting-place",
    section: Section::Meetings,
    question: "Have child and family been asked where to meet, and do place and day suit them, religious festivals included?",
    stage: Stage::Meeting,
    when: meeting,
    since: since_the_meeting_before,
};

const MEETING_ARRANGEMENTS: Prompt = Prompt {
    id: "meeting-arrangements",
    section: Section::Meetings,
    question: "Do venue, time of day, travel and child care for the meeting suit the child and the family?",
    stage: Stage::Meeting,
    when: meeting,
    since: since_the_meeting_before,
};

const MEETING_SAFETY: Prompt = Prompt {
    id: "meeting-safety",
    section: Section::Meetings,
    question: "Has it been considered whether violence, actual or threatened, could reach a child, parent or worker around the meeting?",
    stage: Stage::Meeting,
    when: meeting,
    since: since_the_meeting_before,
};

const MEETING_NEEDS: Prompt = Prompt {
    id: "meeting-needs",
    section: Section::Meetings,
    question: "Has it been considered what each parent, carer and child needs to take part, such as an interpreter, or help with a learning difficulty, illness or disability?",
    stage: Stage::Meeting,
    when: meeting,
    since: since_the_meeting_before,
};

const MEETING_AGENDA: Prompt = Prompt {
    id: "meeting-agenda",
    section: Section::Meetings,
    question: "Does the agenda deal with the key concerns and with each part of the plan?",
    stage: Stage::Meeting,
    when: meeting,
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

const CASE_STRATEGY_DISCUSSION: Prompt = Prompt {
    id: "case-strategy-discussion",
    section: Section::Case,
    question: "Did the strategy discussion consider how to protect the child, and which services to provide?",
    stage: Stage::Meeting,
    when: strategy_was_discussed,
    since: for_good,
};

const CASE_ENQUIRIES: Prompt = Prompt {
    id: "case-enquiries",
    section: Section::Case,
    question: "Did the strategy discussion decide whether enquiries under section 47 are needed?",
    stage: Stage::Meeting,
    when: strategy_was_discussed,
    since: for_good,
};

fn strategy_was_discussed(case: &Case) -> bool {
    case.record.case.strategy_discussion_on.get().is_some_and(|day| day <= case.today)
        || case.record.assessment.outcome.is(AssessmentOutcome::StrategyDiscussion)
}

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
    (facts.supervision_order.is(true) || of_a_child()) && !case.has_child_protection_plan()
}

const CASE_ASSESSMENT_EXPLAINED: Prompt = Prompt {
    id: "case-assessment-explained",
    section: Section::Case,
    question: "Has somebody gone through the assessment in person with those it concerns?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const CASE_SIBLINGS: Prompt = Prompt {
    id: "case-siblings",
    section: Section::Case,
    question: "Where a brother or sister has an open referral, is what is known shared so that it informs the children's plans?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const CASE_SAFEGUARDING: Prompt = Prompt {
    id: "case-safeguarding",
    section: Section::Case,
    question: "Has every child protection concern that came up been dealt with under the safeguarding procedures?",
    stage: Stage::Review,
    when: planning,
    since: since_the_meeting_before,
};

const CASE_OVERSIGHT: Prompt = Prompt {
    id: "case-oversight",
    section: Section::Case,
    question: "Does supervision look at the plan itself: whether it is sound, still meets what was agreed for it, and brings about change?",
    stage: Stage::Review,
    when: planning,
    since: since_the_meeting_before,
};

const CASE_WORRIES: Prompt = Prompt {
    id: "case-worries",
    section: Section::Case,
    question: "Are worries about how the family is getting on taken to a manager whenever they arise?",
    stage: Stage::Review,
    when: planning,
    since: since_the_meeting_before,
};

// ---- the plan ----

const PLAN_INTERIM_PARENTS: Prompt = Prompt {
    id: "plan-interim-parents",
    section: Section::Plan,
    question: "Was the interim plan drawn up together with the parents?",
    stage: Stage::Circulate,
    when: |case| case.is_interim(),
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

const PLAN_GOALS: Prompt = Prompt {
    id: "plan-goals",
    section: Section::Plan,
    question: "Are the goals of child and family, and their own ideas of how to reach them, at the centre of the plan?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_FOLLOWS_ASSESSMENT: Prompt = Prompt {
    id: "plan-follows-assessment",
    section: Section::Plan,
    question: "Does the plan follow from what the assessment found, and make plain what has to be achieved?",
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

const PLAN_TIMES: Prompt = Prompt {
    id: "plan-times",
    section: Section::Plan,
    question: "Are the times in the plan neither too short nor out of reach, with the services and resources that it lists?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_SOCIAL_WORKER: Prompt = Prompt {
    id: "plan-social-worker",
    section: Section::Plan,
    question: "Does the social worker do more in the plan than watch over what other services do?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_CONTINGENCY_TRIGGER: Prompt = Prompt {
    id: "plan-contingency-trigger",
    section: Section::Plan,
    question: "Does the contingency plan say which change sets it off, and was it followed wherever that change came?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_SAFETY_TOGETHER: Prompt = Prompt {
    id: "plan-safety-together",
    section: Section::Plan,
    question: "Did parents, children and support people draw up the safety plan with the professionals, for every day and for times of danger?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const PLAN_NETWORK: Prompt = Prompt {
    id: "plan-network",
    section: Section::Plan,
    question: "Are there people around the family who watch over the safety plan and will go on supporting it for good?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

// ---- outcomes ----

const OUTCOME_CENTRED: Prompt = Prompt {
    id: "outcome-centred",
    section: Section::Plan,
    question: "Is each outcome within reach, centred on the child, and meant to keep the child safe and well?",
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

const CHILD_VOICE: Prompt = Prompt {
    id: "child-voice",
    section: Section::Children,
    question: "Do the assessment and the plan make clear what difference the child's voice made?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const CHILD_WISHES: Prompt = Prompt {
    id: "child-wishes",
    section: Section::Children,
    question: "Wherever a child's wish is not followed, is the reason recorded?",
    stage: Stage::Circulate,
    when: planning,
    since: for_good,
};

const CHILD_INVOLVED: Prompt = Prompt {
    id: "child-involved",
    section: Section::Children,
    question: "Are the children listened to, kept informed and involved at every step?",
    stage: Stage::Circulate,
    when: planning,
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

const REVIEW_GONE_WELL: Prompt = Prompt {
    id: "review-gone-well",
    section: Section::Meetings,
    question: "Did the review look at what has gone well, to build on it, and at any worries?",
    stage: Stage::Review,
    when: reviewed,
    since: since_the_meeting,
};

const REVIEW_DRIFT: Prompt = Prompt {
    id: "review-drift",
    section: Section::Meetings,
    question: "Did the review weigh how long the plan has been running, and what any lack of progress means for the child?",
    stage: Stage::Review,
    when: reviewed,
    since: since_the_meeting,
};

const REVIEW_SAFETY: Prompt = Prompt {
    id: "review-safety",
    section: Section::Meetings,
    question: "Did parents, children and support people judge anew how safe things are, and show that they use the safety plan and always will?",
    stage: Stage::Review,
    when: reviewed,
    since: since_the_meeting,
};

const REVIEW_STILL_NEEDED: Prompt = Prompt {
    id: "review-still-needed",
    section: Section::Meetings,
    question: "Did the review decide whether social care is still needed, or whether other services can see to what has yet to change?",
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

// ---- closing ----

const CLOSURE_SAFETY_LASTS: Prompt = Prompt {
    id: "closure-safety-lasts",
    section: Section::Closure,
    question: "Does everyone concerned judge that the child is safe enough, and that it will last?",
    stage: Stage::Close,
    when: planning,
    since: since_the_meeting,
};
