// The rules on the plan itself, what it rests on, and the children.
import { blank, day, putOff, rows, samePerson } from "./answers.mjs";
import { daysIn, inWords, numberOf, plusWorkingDays } from "./days.mjs";

/** @import { Case } from "./case.mjs" */
/** @import { Rule } from "./index.mjs" */

/** @param {string} id @param {"safety_plan" | "contingency"} field @param {string} missing @returns {Rule} */
const textThere = (id, field, missing) => ({
  id,
  stage: "circulate",
  check: ({ plan, asksForPlan }, found) => {
    const text = plan[field];
    if (!asksForPlan) return;
    if (blank(text)) found(`plan.${field}`, missing);
    else if (putOff(text)) found(`plan.${field}`, `${missing}: it says only “${text.trim()}”`);
  },
});

/** The children who are born, as far as is known. @param {Case} of */
const born = ({ record, asksForPlan, today }) =>
  asksForPlan
    ? rows(record.children).filter(([, child]) => {
        const on = day(child.date_of_birth);
        return on ? on <= today : blank(child.expected_date_of_birth) || !blank(child.date_of_birth);
      })
    : [];

/** @type {Rule[]} */
export const PLAN = [
  {
    id: "plan-kind",
    stage: "circulate",
    check: ({ plan, hasPlan }, found) => {
      if (blank(plan.kind) && plan.interim !== true && hasPlan) found("plan.kind", "Kind of plan is missing");
    },
  },
  textThere("plan-safety", "safety_plan", "Safety plan is missing"),
  textThere("plan-contingency", "contingency", "Contingency plan is missing"),
  {
    id: "plan-assessment",
    stage: "circulate",
    check: ({ assessment, isInterim, hasBegunPlan, isBrief }, found) => {
      if (blank(assessment.completed_on) && !isInterim && hasBegunPlan && !isBrief) {
        found("assessment.completed_on", "Date the assessment was completed is missing, and the plan is not an interim one");
      }
    },
  },
  {
    id: "plan-assessment-dates",
    stage: "draft",
    check: ({ assessment, today }, found) => {
      const completed = day(assessment.completed_on);
      if (!completed) return;
      if (completed > today) found("assessment.completed_on", "Date the assessment was completed is in the future");
      else if (completed < (day(assessment.started_on) ?? "")) {
        found("assessment.completed_on", "Date the assessment was completed is before the day it started");
      }
    },
  },
  {
    id: "plan-assessment-timescale",
    stage: "meeting",
    check: ({ assessment, facts, today }, found) => {
      if ((day(assessment.started_on) ?? "9") > today) return;
      const { timescale_agreed_by: name } = assessment;
      if (blank(name)) found("assessment.timescale_agreed_by", "The record does not say who agreed the timescale of the assessment");
      else if (samePerson({ name }, facts.social_worker)) {
        found("assessment.timescale_agreed_by", "The social worker agreed the timescale of the assessment, and not the manager");
      } else if (blank(assessment.due_on)) found("assessment.due_on", "Date the assessment is due is missing");
    },
  },
  {
    id: "plan-dated",
    stage: "circulate",
    check: ({ plan, asksForPlan }, found) => {
      if (blank(plan.drawn_up_on) && asksForPlan) found("plan.drawn_up_on", "Date the plan was drawn up is missing");
    },
  },
  {
    id: "plan-dates",
    stage: "draft",
    check: ({ plan, today }, found) => {
      const drawnUp = day(plan.drawn_up_on);
      const updated = day(plan.updated_on);
      const end = day(plan.expected_end_on);
      const review = day(plan.next_review_on);
      if (drawnUp && drawnUp > today) found("plan.drawn_up_on", "Date the plan was drawn up is in the future");
      if (updated && updated > today) found("plan.updated_on", "Date the plan was updated is in the future");
      if (end && end < (day(plan.started_on) ?? "")) found("plan.expected_end_on", "Expected end date is before the day the plan started");
      else if (end && end < (drawnUp ?? "")) found("plan.expected_end_on", "Expected end date is before the day the plan was drawn up");
      if (review && review < (drawnUp ?? "")) found("plan.next_review_on", "Next review is before the day the plan was drawn up");
      if (updated && updated < (drawnUp ?? "")) found("plan.updated_on", "Date the plan was updated is before the day it was drawn up");
    },
  },
  {
    id: "plan-recorded",
    stage: "circulate",
    check: ({ plan, today }, found) => {
      const drawnUp = day(plan.drawn_up_on);
      const recorded = day(plan.recorded_on);
      if (!drawnUp || drawnUp > today || (!recorded && !blank(plan.recorded_on))) return;
      if (recorded && (recorded < drawnUp || recorded > today)) return;
      const due = plusWorkingDays(numberOf(drawnUp), 10);
      if (numberOf(recorded ?? today) > due) found("plan.recorded_on", `Recording of the plan: due by ${inWords(due)}`);
    },
  },
  {
    id: "plan-visits-longest",
    stage: "draft",
    check: ({ plan, facts, isClosed }, found) => {
      const every = daysIn(plan.lead_professional?.visit_every);
      if (every && every > 42 && facts.team !== "disability-social-work" && !isClosed) {
        found("plan.lead_professional.visit_every", "The lead professional visits less often than every 6 weeks");
      }
    },
  },
  {
    id: "child-lived-experience",
    stage: "circulate",
    check: (of, found) => {
      for (const [row, child] of born(of)) {
        if (blank(child.views?.lived_experience)) {
          found(`children[${row}].views.lived_experience`, `The plan does not say what life is like for child ${row + 1}`);
        }
      }
    },
  },
  {
    id: "child-influence",
    stage: "circulate",
    check: (of, found) => {
      for (const [row, { views = {} }] of born(of)) {
        const known = !blank(views.text) || !blank(views.lived_experience);
        if (known && blank(views.influence_on_plan)) {
          found(`children[${row}].views.influence_on_plan`, `The plan does not say how the views of child ${row + 1} shaped it`);
        }
      }
    },
  },
];
