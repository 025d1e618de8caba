// What was found in all plans, kept small: each text once, and a finding as three numbers.

import { partOf } from "../findings.js";

/** @import { Batch, Found, Open, Unread } from "./check.js" */

/** The gravest first. */
const SEVERITIES = /** @type {const} */ (["error", "warning", "advice"]);

/**
 * @typedef {object} Row One plan.
 * @property {number} number Its place in the file, from 1.
 * @property {number} line
 * @property {string} name The host's reference, or its place in the file.
 * @property {string} reference
 * @property {string} procedure
 * @property {string} stage
 * @property {string} today
 * @property {number} from Its findings, as places in the store.
 * @property {number} to
 * @property {number} error How many findings of each kind are open.
 * @property {number} warning
 * @property {number} advice
 * @property {number} overdue How many deadlines are.
 * @property {number} late For how many days the longest of them has been.
 * @property {Open[]} deadlines
 * @property {number} answered
 * @property {number} questions
 *
 * @typedef {Pick<Found, "rule" | "severity" | "remedy" | "cites" | "isSettled">} Kind
 *
 * @typedef {object} Filter
 * @property {string} text Of the name.
 * @property {string} severity
 * @property {string} rule
 * @property {string} part
 * @property {string} state "overdue", "open", "in-order" or nothing.
 *
 * @typedef {"late" | "number" | "name" | "overdue" | "error" | "warning" | "advice"} Order
 */

export class Store {
  /** @type {Row[]} */
  plans = [];
  /** @type {Unread[]} */
  unread = [];
  /** @type {Map<string, string>} */
  #once = new Map();
  /** @type {Map<string, number>} */
  #kindIds = new Map();
  /** @type {Kind[]} */
  #kinds = [];
  /** Of each finding. @type {number[]} */
  #kind = [];
  /** @type {string[]} */
  #message = [];
  /** @type {string[]} */
  #path = [];
  /** By path. @type {Map<string, string>} */
  #parts = new Map();
  /** @type {Map<string, number>} */
  #named = new Map();

  /** @param {Batch} batch */
  add({ plans, unread }) {
    this.unread.push(...unread);
    for (const { findings, deadlines, ...plan } of plans) {
      const from = this.#kind.length;
      const count = { error: 0, warning: 0, advice: 0 };
      for (const { message, path, ...kind } of findings) {
        this.#kind.push(this.#kindOf(kind));
        this.#message.push(this.#text(message));
        this.#path.push(this.#text(path));
        if (!kind.isSettled) count[kind.severity]++;
      }
      const overdue = deadlines.filter(({ status }) => status === "overdue");
      if (plan.reference) this.#named.set(plan.reference, (this.#named.get(plan.reference) ?? 0) + 1);
      this.plans.push({
        ...plan,
        name: "",
        procedure: this.#text(plan.procedure),
        stage: this.#text(plan.stage),
        today: this.#text(plan.today),
        ...count,
        from,
        to: this.#kind.length,
        overdue: overdue.length,
        late: Math.max(0, ...overdue.map(({ due }) => daysBetween(due, plan.today))),
        deadlines: deadlines.map((one) => ({
          ...one,
          id: this.#text(one.id),
          title: this.#text(one.title),
          limit: this.#text(one.limit),
          event: this.#text(one.event),
          due: this.#text(one.due),
          from: this.#text(one.from),
          cites: one.cites.map((cite) => this.#text(cite)),
        })),
      });
    }
  }

  /** Gives every plan its name, once all are there: a reference that more than one has does not tell them apart. */
  finish() {
    for (const plan of this.plans) {
      const isShared = (this.#named.get(plan.reference) ?? 0) > 1;
      const place = `record ${plan.number}`;
      plan.name = plan.reference ? plan.reference + (isShared ? ` (${place})` : "") : `R${place.slice(1)}`;
    }
    this.#once.clear();
    this.#kindIds.clear();
  }

  /**
   * The findings of a plan, or those of them that a filter is about.
   *
   * @param {Row} plan
   * @param {Filter} [filter]
   * @returns {(Kind & { message: string, path: string })[]}
   */
  findings(plan, filter) {
    const all = [];
    for (let at = plan.from; at < plan.to; at++)
      if (!filter || this.#isAbout(at, filter)) all.push({ ...this.#kinds[this.#kind[at]], message: this.#message[at], path: this.#path[at] });
    return all;
  }

  /** @param {Filter} filter @param {Order} order @param {boolean} isUp @returns {Row[]} */
  shown(filter, order, isUp) {
    const text = filter.text.trim().toLowerCase();
    const isOnFindings = filter.severity || filter.rule || filter.part;
    const rows = this.plans.filter((plan) => {
      if (text && !plan.name.toLowerCase().includes(text)) return false;
      if (filter.state === "overdue" && plan.overdue === 0) return false;
      if (filter.state === "open" && plan.error + plan.warning === 0) return false;
      if (filter.state === "in-order" && plan.error + plan.warning + plan.overdue > 0) return false;
      if (!isOnFindings) return true;
      for (let at = plan.from; at < plan.to; at++) if (this.#isAbout(at, filter)) return true;
      return false;
    });
    const { compare } = new Intl.Collator("en-GB", { numeric: true });
    const sign = isUp ? 1 : -1;
    return rows.sort(
      (a, b) =>
        sign * (order === "name" ? compare(a.name, b.name) : a[order] - b[order]) ||
        b.late - a.late ||
        b.error - a.error ||
        b.warning - a.warning ||
        a.number - b.number,
    );
  }

  /**
   * How many open findings there are by rule and by part, and in how many plans; the most plans first.
   *
   * @returns {{ rules: Tally[], parts: Tally[] }}
   * @typedef {{ id: string, severity: Kind["severity"], findings: number, plans: number }} Tally
   */
  tallies() {
    /** @type {Map<string, Tally & { last: number }>} */
    const rules = new Map();
    /** @type {typeof rules} */
    const parts = new Map();
    for (const plan of this.plans) {
      for (let at = plan.from; at < plan.to; at++) {
        const { rule, severity, isSettled } = this.#kinds[this.#kind[at]];
        if (isSettled) continue;
        for (const [tallies, id] of /** @type {const} */ ([
          [rules, rule],
          [parts, this.#part(at)],
        ])) {
          const tally = tallies.get(id) ?? { id, severity, findings: 0, plans: 0, last: 0 };
          tallies.set(id, tally);
          if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(tally.severity)) tally.severity = severity;
          tally.findings++;
          if (tally.last !== plan.number) tally.plans++;
          tally.last = plan.number;
        }
      }
    }
    const inOrder = (/** @type {typeof rules} */ tallies) =>
      [...tallies.values()].sort((a, b) => b.plans - a.plans || b.findings - a.findings || (a.id < b.id ? -1 : 1));
    return { rules: inOrder(rules), parts: inOrder(parts) };
  }

  /** @param {number} at @param {Filter} filter */
  #isAbout(at, { severity, rule, part }) {
    const kind = this.#kinds[this.#kind[at]];
    if (kind.isSettled) return !severity && !rule && !part;
    return (
      (!severity || kind.severity === severity) && (!rule || kind.rule === rule) && (!part || this.#part(at) === part)
    );
  }

  /** The part of the plan that a finding is about. @param {number} at */
  #part(at) {
    const path = this.#path[at];
    const known = this.#parts.get(path) ?? partOf(path);
    this.#parts.set(path, known);
    return known;
  }

  /** @param {Kind} kind */
  #kindOf(kind) {
    const key = [kind.rule, kind.severity, kind.isSettled, kind.remedy, ...kind.cites].join("\n");
    const known = this.#kindIds.get(key);
    if (known !== undefined) return known;
    this.#kindIds.set(key, this.#kinds.length);
    return this.#kinds.push(kind) - 1;
  }

  /** The same text, kept once. @param {string} text */
  #text(text) {
    const known = this.#once.get(text);
    if (known === undefined) this.#once.set(text, text);
    return known ?? text;
  }
}

/** @param {string} from @param {string} to */
function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
