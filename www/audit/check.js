// Checks the records of a file one after the other, and keeps of each what was found and nothing of what it holds. The
// same in a worker and on the page.

import { isObject } from "../paths.js";
import { pieces } from "./pieces.js";

/** @import { Finding, Due, PlanRecord, Validator } from "../../pkg/cinplan.js" */
/** @import { Stage } from "../../pkg/form.js" */

/**
 * @typedef {Pick<Finding, "rule" | "severity" | "path" | "message" | "remedy" | "cites"> & { isSettled: boolean }} Found
 * @typedef {Pick<Due, "id" | "title" | "due" | "limit" | "event" | "from" | "cites"> & { status: "overdue" | "due-soon" }} Open
 *
 * @typedef {object} Plan What was found in one record.
 * @property {number} number Its place in the file, from 1.
 * @property {number} line
 * @property {string} reference The host's own, or nothing.
 * @property {string} procedure
 * @property {string} stage
 * @property {string} today
 * @property {Found[]} findings
 * @property {Open[]} deadlines What is overdue or due soon, the earliest first.
 * @property {number} answered Of the questions that only a person can judge.
 * @property {number} questions
 *
 * @typedef {{ number: number, line: number, reference: string, problem: string }} Unread
 * @typedef {{ plans: Plan[], unread: Unread[], bytes: number }} Batch What came next, and how far the file is read.
 *
 * @typedef {object} Asked
 * @property {string} procedure For records that name none of their own.
 * @property {Stage} stage
 * @property {string} today
 * @property {string[]} parts The parts of a record.
 * @property {number} slice How many milliseconds a batch may take.
 */

/** What hosts call the number of a case. */
const REFERENCES = ["id", "reference", "ref", "case_number", "case_id", "plan_id", "number"];
/** Longer is no number. */
const LONGEST_REFERENCE = 60;

/**
 * @param {{ Validator: typeof Validator, procedures: () => { id: string }[] }} core initialised
 * @param {Blob} file
 * @param {Asked} asked
 * @returns {AsyncGenerator<Batch>}
 * @throws {Error} Where the file as a whole cannot be used.
 */
export async function* audit(core, file, asked) {
  const validators = new Map(core.procedures().map(({ id }) => [id, core.Validator.builtIn(id)]));
  try {
    /** @type {Batch} */
    let batch = { plans: [], unread: [], bytes: 0 };
    let number = 0;
    let since = performance.now();
    for await (const { line, end, text, problem } of pieces(file, asked.parts)) {
      number++;
      batch.bytes = end;
      if (text === undefined) batch.unread.push({ number, line, reference: "", problem: problem ?? "" });
      else {
        const one = checked(text, line, asked, validators);
        if ("problem" in one) batch.unread.push({ number, ...one });
        else batch.plans.push({ number, ...one });
      }
      if (performance.now() - since < asked.slice) continue;
      yield batch;
      batch = { plans: [], unread: [], bytes: end };
      since = performance.now();
    }
    yield { ...batch, bytes: file.size };
  } finally {
    for (const validator of validators.values()) validator.free();
  }
}

/**
 * @param {string} text
 * @param {number} line
 * @param {Asked} asked
 * @param {Map<string, Validator>} validators
 * @returns {Omit<Plan, "number"> | Omit<Unread, "number">}
 */
function checked(text, line, asked, validators) {
  let data;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { line: line + linesBefore(text, error), reference: "", problem: "It is not JSON: a comma, bracket or quotation mark is missing or too many." };
  }
  if (!isObject(data)) return { line, reference: "", problem: "It is not an object: a plan has named parts." };
  const isWrapped = "record" in data;
  const record = isWrapped ? data.record : data;
  const reference = referenceOf(data) || (isObject(record) ? referenceOf(record) || referenceOf(record.case) : "");
  const unread = (/** @type {string} */ problem) => ({ line, reference, problem });
  if (!isObject(record)) return unread("Its record is not an object: a plan has named parts.");
  if (!asked.parts.some((part) => part in record)) return unread("It has none of the parts of a plan.");
  const own = isWrapped ? data : {};
  const validator = validators.get(typeof own.procedure === "object" ? "" : String(own.procedure ?? asked.procedure));
  if (!validator) return unread("It names a procedure that is not known.");
  let report;
  try {
    report = validator.check(/** @type {PlanRecord} */ (record), {
      stage: /** @type {Stage} */ (own.stage ?? asked.stage),
      today: /** @type {string} */ (own.today ?? asked.today),
    });
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    if (code === "unreadable-stage") return unread("It names a stage that is not known.");
    if (code === "unreadable-today") return unread("The day it names for its check cannot be read.");
    return unread(`It could not be checked: ${message}`);
  }
  return {
    line,
    reference,
    procedure: report.procedure.id,
    stage: report.stage,
    today: report.today,
    findings: report.findings.map(({ rule, severity, path, message, remedy, cites, accepted }) => ({
      rule,
      severity,
      path,
      message,
      remedy,
      cites,
      isSettled: accepted !== undefined,
    })),
    deadlines: report.deadlines.flatMap(({ id, title, due, limit, event, from, cites, status }) =>
      status === "overdue" || status === "due-soon" ? [{ id, title, due, limit, event, from, cites, status }] : [],
    ),
    answered: report.summary.prompts_answered,
    questions: report.summary.prompts_total,
  };
}

/** @param {unknown} data */
function referenceOf(data) {
  for (const name of isObject(data) ? REFERENCES : []) {
    const value = /** @type {Record<string, unknown>} */ (data)[name];
    if (typeof value !== "string" && typeof value !== "number") continue;
    const text = String(value).trim();
    if (text !== "" && text.length <= LONGEST_REFERENCE) return text;
  }
  return "";
}

/**
 * How many lines into the text an error stands. The message itself is not shown: it quotes what stands there.
 *
 * @param {string} text
 * @param {unknown} error
 */
function linesBefore(text, error) {
  const words = String(error);
  const line = /line (\d+)/.exec(words);
  if (line) return Number(line[1]) - 1;
  const position = /position (\d+)/.exec(words);
  return position ? text.slice(0, Number(position[1])).split("\n").length - 1 : 0;
}
