// The rules on sharing and closing.
import { blank, day, putOff, rows } from "./answers.mjs";

/** @import { Rule } from "./index.mjs" */

/** @type {Rule[]} */
export const CLOSING = [
  {
    id: "sharing-reason",
    stage: "circulate",
    check: ({ record }, found) => {
      for (const [row, { reason }] of rows(record.sharing?.exclusions)) {
        if (blank(reason)) found(`sharing.exclusions[${row}].reason`, `Reason the plan is kept from person ${row + 1} is not recorded`);
      }
    },
  },
  {
    id: "sharing-reason-date",
    stage: "circulate",
    check: ({ record, today }, found) => {
      for (const [row, { reason, recorded_on }] of rows(record.sharing?.exclusions)) {
        const path = `sharing.exclusions[${row}].recorded_on`;
        if (!blank(reason) && blank(recorded_on)) found(path, `Date the reason was recorded is missing for person ${row + 1}`);
        else if ((day(recorded_on) ?? "") > today) found(path, "Date the reason was recorded is in the future");
      }
    },
  },
  {
    id: "closure-decided",
    stage: "close",
    check: ({ closure, first, isClosed, isClosedByGroup, lastBeforeClosing, decisionOf }, found) => {
      if (!isClosedByGroup) return;
      if (!lastBeforeClosing) {
        if (blank(closure.decided_on)) found("meetings", "No meeting has decided that the case can close");
        return;
      }
      const [at, meeting] = lastBeforeClosing;
      const decision = decisionOf(meeting);
      const ends = decision === "close" || decision === "step-down";
      if (decision ? !ends && !isClosed : first?.[0] === at && blank(meeting.decision)) {
        found(`meetings[${at}].decision`, `Meeting ${at + 1}, the latest, did not decide that the case can close`);
      }
    },
  },
  {
    id: "closure-actions",
    stage: "close",
    check: ({ actions, closure, isClosed, isClosedByGroup }, found) => {
      if (!isClosedByGroup) return;
      const complete = isClosed || closure.actions_completed === true;
      const open = actions.filter(
        ([, { status, done_on }]) => (blank(status) && blank(done_on)) || (!complete && (status === "not-started" || status === "in-progress")),
      );
      if (open.length) found(`plan.actions[${open[0][0]}].status`, `Actions ${open.map(([row]) => row + 1).join(", ")} are not shown as done or no longer needed`);
    },
  },
  {
    id: "closure-no-concerns",
    stage: "close",
    check: ({ closure, isClosed, isClosedByGroup }, found) => {
      const { no_safeguarding_concerns: agreed } = closure;
      if (!isClosedByGroup) return;
      if (blank(agreed)) {
        found("closure.no_safeguarding_concerns", "Whether the group agrees that there are no safeguarding concerns is not recorded");
      } else if (agreed === false && !isClosed) found("closure.no_safeguarding_concerns", "The group does not agree that there are no safeguarding concerns");
    },
  },
  {
    id: "closure-approved",
    stage: "close",
    check: ({ closure, isClosedByGroup }, found) => {
      const { person, name, role, on } = closure.approved_by ?? {};
      if (!isClosedByGroup) return;
      const nobody = blank(person) && (blank(name) || putOff(name));
      if (nobody && blank(role) && blank(on)) {
        found("closure.approved_by.name", "The approval of the closing is missing");
        return;
      }
      if (nobody) found("closure.approved_by.name", "Approver's name is missing from the approval of the closing");
      if (blank(role)) found("closure.approved_by.role", "Approver's role is missing from the approval of the closing");
      if (blank(on)) found("closure.approved_by.on", "Date approved is missing from the approval of the closing");
    },
  },
];
