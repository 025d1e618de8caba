// One plan: its deadlines, and its findings with the sections of the manual they rest on.

import { byPart, MARKS, STATES } from "../findings.js";
import { counted, day, make } from "../page.js";

/** @import { Shown } from "./downloads.js" */
/** @import { Row } from "./store.js" */

/**
 * @param {Row} plan
 * @param {Pick<Shown, "store" | "partTitle" | "requirement">} shown
 * @returns {HTMLElement[]}
 */
export function planView(plan, { store, partTitle, requirement }) {
  const sources = (/** @type {string[]} */ cites) =>
    cites.map((id) => {
      const known = requirement(plan.procedure, id);
      return make(
        "p",
        { class: "audit__source" },
        make("cite", {}, known ? `${known.section} (${id})` : id),
        ...(known ? [`: ${known.says}`] : []),
      );
    });
  const findings = store.findings(plan);
  const groups = byPart(findings);
  return [
    ...(plan.deadlines.length > 0 ? [make("h3", { class: "govuk-heading-s findings__part" }, "Deadlines")] : []),
    make(
      "ul",
      { class: "govuk-list findings__list" },
      ...plan.deadlines.map(({ status, title, due, limit, event, from, cites }) => {
        const [state, colour] = STATES[status];
        return make(
          "li",
          { class: "findings__item" },
          make("strong", { class: `govuk-tag govuk-tag--${colour}` }, state),
          ` ${title}`,
          make("p", {}, `By ${day(due)}: ${limit} after ${event} on ${day(from)}`),
          ...sources(cites),
        );
      }),
    ),
    ...groups.flatMap(([part, findings]) => [
      make("h3", { class: "govuk-heading-s findings__part" }, partTitle(part), " ", make("span", {}, String(findings.length))),
      make(
        "ul",
        { class: "govuk-list findings__list" },
        ...findings.map(({ severity, isSettled, message, remedy, cites }) =>
          make(
            "li",
            { class: `findings__item findings__item--${isSettled ? "advice" : severity}` },
            make("span", { class: "findings__mark" }, isSettled ? "Settled" : MARKS[severity]),
            ` ${message}`,
            make("p", {}, isSettled ? "A reason is recorded, which the manual leaves room for." : remedy),
            ...sources(cites),
          ),
        ),
      ),
    ]),
    ...(findings.length === 0 ? [make("p", { class: "govuk-body" }, "Nothing was found.")] : []),
    ...(plan.questions > 0
      ? [make("p", { class: "govuk-body" }, `Checklist: ${plan.answered} of ${counted(plan.questions, "question")} answered`)]
      : []),
  ].filter((element) => element.tagName !== "UL" || element.hasChildNodes());
}
