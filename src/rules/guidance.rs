//! Advice that stands at a field and asks nothing.

use crate::rule::{Check, Guidance};

pub(super) const CHECKS: &[&dyn Check] = &[
    &CHILD_WAITING,
    &CHILD_WAITING_ACTIVITY,
    &MEETING_REPETITION,
    &MEETING_PRACTICAL,
    &MEETING_QUORUM,
    &MEETING_FLOWCHART,
    &PLAN_POTENTIAL,
    &VISIT_ADULTS,
    &VISIT_MANNER,
];

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

// ---- the plan ----

const PLAN_POTENTIAL: Guidance = Guidance {
    id: "plan-potential",
    text: "Outcomes aim at all that the child can become, not only at an end to what went wrong.",
    path: "plan.outcomes[].text",
};

// ---- visits ----

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
