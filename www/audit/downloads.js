// What is shown, as files: CSV for a spreadsheet, JSON for other programs.

import { MARKS, partOf } from "../findings.js";

/** @import { Requirement } from "../../pkg/why.js" */
/** @import { Filter, Row, Store } from "./store.js" */

/**
 * @typedef {object} Shown
 * @property {Store} store
 * @property {Row[]} rows
 * @property {Filter} filter
 * @property {(part: string) => string} partTitle
 * @property {(procedure: string, id: string) => Requirement | undefined} requirement
 */

/** So that Excel reads it as UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

/** What a spreadsheet would take for a formula, in its wide forms too. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** One line of a CSV file, by RFC 4180. @param {(string | number)[]} cells */
export function csvLine(cells) {
  const quoted = cells.map((cell) => {
    const text = typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\r\n`;
}

/** One line for each plan, and for each record that could not be read. @param {Shown} shown */
export const plansCsv = ({ store, rows }) =>
  blobOf("text/csv;charset=utf-8", function* () {
    yield BYTE_ORDER_MARK;
    yield csvLine([
      ...["Reference", "Record", "Line", "Procedure", "Stage", "Checked on", "Must", "Should", "Advice", "Overdue deadlines"],
      ...["Longest overdue", "Was due", "Questions answered", "Questions", "Not checked because"],
    ]);
    for (const plan of rows) {
      const [first] = plan.deadlines.filter(({ status }) => status === "overdue");
      yield csvLine([
        ...[plan.reference, plan.number, plan.line, plan.procedure, plan.stage, plan.today],
        ...[plan.error, plan.warning, plan.advice, plan.overdue, first?.title ?? "", first?.due ?? ""],
        ...[plan.answered, plan.questions, ""],
      ]);
    }
    for (const { reference, number, line, problem } of store.unread)
      yield csvLine([reference, number, line, ...Array.from({ length: 11 }, () => ""), problem]);
  });

/** One line for each finding. @param {Shown} shown */
export const findingsCsv = ({ store, rows, filter, partTitle, requirement }) =>
  blobOf("text/csv;charset=utf-8", function* () {
    yield BYTE_ORDER_MARK;
    yield csvLine([
      ...["Reference", "Record", "Line", "Procedure", "Stage", "Checked on", "Weight", "Part", "Rule", "Finding", "What to do"],
      ...["Section of the manual", "Requirements", "Place in the record"],
    ]);
    for (const plan of rows) {
      for (const { rule, severity, isSettled, message, remedy, cites, path } of store.findings(plan, filter)) {
        const sections = new Set(cites.map((id) => requirement(plan.procedure, id)?.section ?? id));
        yield csvLine([
          ...[plan.reference, plan.number, plan.line, plan.procedure, plan.stage, plan.today],
          ...[isSettled ? "Settled" : MARKS[severity], partTitle(partOf(path)), rule, message, remedy],
          ...[[...sections].join("; "), cites.join(" "), path],
        ]);
      }
    }
  });

/** @param {Shown} shown */
export const asJson = ({ store, rows, filter, requirement }) =>
  blobOf("application/json", function* () {
    yield `{"plans":[`;
    for (const [index, plan] of rows.entries()) {
      const { reference, number, line, procedure, stage, today, deadlines, answered, questions } = plan;
      const { error: errors, warning: warnings, advice } = plan;
      const findings = store.findings(plan, filter).map(({ isSettled, ...finding }) => ({
        ...finding,
        settled: isSettled,
        sections: finding.cites.map((id) => requirement(procedure, id)?.section ?? id),
      }));
      yield `${index > 0 ? "," : ""}\n${JSON.stringify({
        ...{ reference, number, line, procedure, stage, today },
        summary: { errors, warnings, advice, prompts_answered: answered, prompts_total: questions },
        ...{ deadlines, findings },
      })}`;
    }
    yield `\n],\n"unread":${JSON.stringify(store.unread)}}\n`;
  });

/**
 * A file put together bit by bit: the page takes its turn in between.
 *
 * @param {string} type
 * @param {() => Generator<string>} lines
 */
async function blobOf(type, lines) {
  /** @type {Blob[]} */
  const parts = [];
  let text = "";
  for (const line of lines()) {
    text += line;
    if (text.length < 500_000) continue;
    parts.push(new Blob([text]));
    text = "";
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new Blob([...parts, text], { type });
}
