//! Advice that stands at a field and asks nothing.

use crate::rule::{Check, Guidance};

pub(super) const CHECKS: &[&dyn Check] = &[
    &RECORD_EDITION,
    &CASE_SCOPE,
    &CASE_READ_BESIDE,
    &CASE_CHILD_PROTECTION,
    &CASE_STUDENT,
    &CHILD_WAITING,
    &CHILD_WAITING_ACTIVITY,
    &CHILD_VIEWS_THROUGHOUT,
    &CHILD_REASON_WORDS,
    &MEETING_REPETITION,
    &MEETING_PRACTICAL,
    &MEETING_QUORUM,
    &MEETING_FLOWCHART,
    &MEETING_NAME,
    &MEETING_BUSINESS_SUPPORT,
    &REVIEW_ADMINISTRATION,
    &REVIEW_ENQUIRY,
    &PLAN_POTENTIAL,
    &PLAN_NAME,
    &PLAN_FURTHER_GUIDANCE,
    &PLAN_LANGUAGE,
    &PLAN_SHORT_BREAKS,
    &PLAN_NO_WAITING,
    &VISIT_PROCEDURE,
    &VISIT_ADULTS,
    &VISIT_MANNER,
    &CLOSURE_HELP_AFTERWARDS,
    &MOVING_SCOPE,
    &MOVING_POSITIVE,
    &MOVING_DUTY,
    &MOVING_COMMUNICATION,
    &MOVING_EARLY,
    &MOVING_ONE_VISIT,
];

// ---- the manual and the case ----

const RECORD_EDITION: Guidance = Guidance {
    id: "record-edition",
    text: "The manual was revised: work from the edition that is named at the head of the check, and read it anew.",
    path: "plan.drawn_up_on",
};

const CASE_SCOPE: Guidance = Guidance {
    id: "case-scope",
    text: "The manual covers what follows an assessment, the social worker's duties and the times for review, also where a family moves away.",
    path: "assessment.completed_on",
};

const CASE_READ_BESIDE: Guidance = Guidance {
    id: "case-read-beside",
    text: "Read beside it the thresholds, the guidance on assessments and, after an enquiry, the procedure on section 47.",
    path: "assessment.outcome",
};

const CASE_CHILD_PROTECTION: Guidance = Guidance {
    id: "case-child-protection",
    text: "A Child Protection Plan is outlined at the conference, worked out by the core group and reviewed at a conference: the inter-agency procedures tell how.",
    path: "case.child_protection_plan",
};

const CASE_STUDENT: Guidance = Guidance {
    id: "case-student",
    text: "The casework of supervised students has procedures of its own.",
    path: "case.social_worker.student",
};

// ---- children at meetings ----

const CHILD_WAITING: Guidance = Guidance {
    id: "child-waiting",
    text: "A young person who comes for a short part of the meeting does not wait outside for a long one.",
    path: "children[].participation.form",
};

const CHILD_WAITING_ACTIVITY: Guidance = Guidance {
    id: "child-waiting-activity",
    text: "Have something to do ready for a young person who waits for the meeting to end.",
    path: "meetings[].venue",
};

const CHILD_VIEWS_THROUGHOUT: Guidance = Guidance {
    id: "child-views-throughout",
    text: "What child and family think can be recorded at every point of a meeting.",
    path: "children[].views.text",
};

const CHILD_REASON_WORDS: Guidance = Guidance {
    id: "child-reason-words",
    text: "Put the reason for not following a wish so that the child can understand it.",
    path: "children[].views.influence_on_plan",
};

// ---- meetings ----

const MEETING_REPETITION: Guidance = Guidance {
    id: "meeting-repetition",
    text: "Say things once: young people find meetings that repeat themselves dull.",
    path: "meetings[].held_on",
};

const MEETING_PRACTICAL: Guidance = Guidance {
    id: "meeting-practical",
    text: "Think of water, of pen and paper for parents, and of chairs and tables that suit everyone.",
    path: "meetings[].venue",
};

const MEETING_QUORUM: Guidance = Guidance {
    id: "meeting-quorum",
    text: "No set number of people makes the meeting valid; it has to be able to make a plan.",
    path: "meetings[].invitees",
};

const MEETING_FLOWCHART: Guidance = Guidance {
    id: "meeting-flowchart",
    text: "The manual's flowchart shows how the meetings follow one another.",
    path: "meetings[].kind",
};

const MEETING_NAME: Guidance = Guidance {
    id: "meeting-name",
    text: "The first meeting and the reviews have one name: Child and Family Progress Meeting.",
    path: "meetings[].kind",
};

const MEETING_BUSINESS_SUPPORT: Guidance = Guidance {
    id: "meeting-business-support",
    text: "Ask Business Support, by an action in the case system, to find out when professionals are free and to help to set the meeting up.",
    path: "meetings[].held_on",
};

// ---- reviews ----

const REVIEW_ADMINISTRATION: Guidance = Guidance {
    id: "review-administration",
    text: "The team that is responsible for the case does the administration of its reviews.",
    path: "meetings[].held_on",
};

const REVIEW_ENQUIRY: Guidance = Guidance {
    id: "review-enquiry",
    text: "Enquiries under section 47 may follow where a child seems to be at risk of significant harm.",
    path: "meetings[].decision",
};

// ---- the plan ----

const PLAN_POTENTIAL: Guidance = Guidance {
    id: "plan-potential",
    text: "Outcomes aim at all that the child can become, not only at an end to what went wrong.",
    path: "plan.outcomes[].text",
};

const PLAN_NAME: Guidance = Guidance {
    id: "plan-name",
    text: "The plan is called Child and Family Progress Plan.",
    path: "plan.kind",
};

const PLAN_FURTHER_GUIDANCE: Guidance = Guidance {
    id: "plan-further-guidance",
    text: "More guidance on plans was announced: look whether it has come out.",
    path: "plan.kind",
};

const PLAN_LANGUAGE: Guidance = Guidance {
    id: "plan-language",
    text: "Write in language that suits the family.",
    path: "plan.actions[].what",
};

const PLAN_SHORT_BREAKS: Guidance = Guidance {
    id: "plan-short-breaks",
    text: "Where the child has short breaks, read the procedure on short breaks as well.",
    path: "plan.services[].name",
};

const PLAN_NO_WAITING: Guidance = Guidance {
    id: "plan-no-waiting",
    text: "A family does not wait longer for help because the assessment is still going on.",
    path: "plan.services[].starts_on",
};

// ---- visits ----

const VISIT_PROCEDURE: Guidance = Guidance {
    id: "visit-procedure",
    text: "A procedure of its own says more about visits to children.",
    path: "visits[].on",
};

const VISIT_ADULTS: Guidance = Guidance {
    id: "visit-adults",
    text: "Talk with parents alone on another occasion, while the young person is out, rather than sending them upstairs.",
    path: "visits[].on",
};

const VISIT_MANNER: Guidance = Guidance {
    id: "visit-manner",
    text: "How a worker dresses and behaves matters to young people.",
    path: "visits[].by",
};

// ---- closing ----

const CLOSURE_HELP_AFTERWARDS: Guidance = Guidance {
    id: "closure-help-afterwards",
    text: "Services may go on after closing, from one agency or several, without social care.",
    path: "closure.early_help.decision",
};

// ---- a move between areas ----

const MOVING_SCOPE: Guidance = Guidance {
    id: "moving-scope",
    text: "This is for a child who takes a Child in Need plan to another authority's area. The same principles hold for one who moves in.",
    path: "transfer.direction",
};

const MOVING_POSITIVE: Guidance = Guidance {
    id: "moving-positive",
    text: "For some families a move is a good choice.",
    path: "transfer.planned",
};

const MOVING_DUTY: Guidance = Guidance {
    id: "moving-duty",
    text: "The duty to safeguard the child is with the authority in whose area the child is, from the day of the move.",
    path: "transfer.moved_on",
};

const MOVING_COMMUNICATION: Guidance = Guidance {
    id: "moving-communication",
    text: "Social worker or team manager keeps communication clear throughout, led by what the family needs and by the risks.",
    path: "transfer.contacted_on",
};

const MOVING_EARLY: Guidance = Guidance {
    id: "moving-early",
    text: "Contact and referral may come before the day of the move.",
    path: "transfer.referral.made_on",
};

const MOVING_ONE_VISIT: Guidance = Guidance {
    id: "moving-one-visit",
    text: "One visit may be both the joint visit and the visit to the new home.",
    path: "transfer.joint_visit.held_on",
};
