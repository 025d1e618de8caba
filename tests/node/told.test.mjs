// What a report tells of a person. It stands on screens, in logs of hosts and in exports, so it holds no more than leads to
// the place that it is about.
//
// The rule, for every answer of a record. A report may hold
// - words of an answer in the message of a finding about that very answer, between quotation marks;
// - a few words that two rules need from beside it: an abbreviation that is not explained, and a word of time such as "ASAP";
// - the name of somebody, or of an agency, who is missing from a list, in the message: without it nobody could tell whom to add;
// - the key of the row that something is about, as `item`;
// - the reason that settles a finding, with name and role, as `accepted`.
// Days, periods and choices are told as they were read, and a date of birth never.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";
import { Validator, initSync, procedures } from "../../pkg/cinplan.js";
import { leaves, put } from "../leaves.mjs";

/** @typedef {{ path: string, text: string }} Typed */
/** @typedef {import("../../pkg/cinplan.js").Report} Report */

const STAGES = /** @type {const} */ (["draft", "meeting", "circulate", "review", "close"]);
const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url));

/** Whether a name may stand in a message, as that of somebody who is missing. */
const NAMES = /(\.name|\.who)$|^assessment\.recommended_agencies$/;
/** What a recorded reason holds, and the reason for a late meeting. */
const REASONS = /^accepted\[\d+\]\.(reason|by|role)$|^(meetings|conferences)\[\d+\]\.postponed\.(reason|agreed_by|role)$/;
/** What may be quoted from beside the answer that a finding is about. @type {Record<string, RegExp>} */
const BESIDE = {
  "plan-abbreviations": /^\p{Lu}[\p{L}\d]{1,7}$/u,
  "action-due": /^\p{L}+$/u,
};

/**
 * Whether the rule lets what was typed at a path stand at a key of a part of a report.
 * @param {string} path
 * @param {{ rule?: string, path: string }} part
 * @param {string} key
 */
function isAllowed(path, part, key) {
  if (key === "item") return /\.id$/.test(path) && part.path.startsWith(path.slice(0, -".id".length));
  if (key === "accepted") return REASONS.test(path);
  return key === "message" && (path === part.path || NAMES.test(path));
}

/**
 * Every text of a report with where it stands.
 * @param {Report} report
 * @returns {{ part: { rule?: string, path: string }, key: string, text: string }[]}
 */
function textsOf({ findings, deadlines, prompts, smart, ...rest }) {
  const parts = /** @type {any[]} */ ([...findings, ...deadlines, ...prompts, ...smart]).flatMap((part) =>
    Object.entries(part).map(([key, value]) => ({ part, key, text: typeof value === "string" ? value : JSON.stringify(value) })),
  );
  return [...parts, { part: { path: "" }, key: "rest", text: JSON.stringify(rest) }];
}

/** Words in which the number of an answer stands, in the shapes that checks look for. */
const SHAPES = [
  "zq{}zq",
  "Zeb Zq{}zq",
  "1 zq{}zq 2026",
  "zq{}zq will have been sorting out zq{}zq regularly, asap",
  `${"zq{}zq ".repeat(30)}ZQ{}ZQ`,
];
const MARK = /zq(\d+)zq/gi;

/** @type {Map<string, Validator>} */
let validators;
before(() => {
  initSync({ module: read("pkg/cinplan_bg.wasm") });
  validators = new Map(procedures().map(({ id }) => [id, Validator.builtIn(id)]));
});

const good = JSON.parse(String(read("www/examples/good.json")));

/**
 * Fails where a report holds more than the rule lets it.
 * @param {Report} report
 * @param {(number: number) => string} pathOf
 * @returns {number} How often something that was typed was told.
 */
function hold(report, pathOf) {
  let told = 0;
  for (const { part, key, text } of textsOf(report)) {
    for (const { 1: number, index } of text.matchAll(MARK)) {
      const path = pathOf(Number(number));
      told += 1;
      if (isAllowed(path, part, key)) {
        // Words of an answer are quoted; a name stands as it is.
        const before = text.slice(0, index);
        assert(key !== "message" || NAMES.test(path) || before.lastIndexOf("“") > before.lastIndexOf("”"), `${part.rule}: ${text}`);
        continue;
      }
      const beside = BESIDE[part.rule ?? ""];
      const quotes = [...text.matchAll(/“([^”]*)”/g)].map(([, quote]) => quote).filter((quote) => quote.match(MARK));
      assert(key === "message" && beside && quotes.length && quotes.every((quote) => beside.test(quote)),
        `${part.rule ?? part.path} tells at ${key} what was typed at ${path}: ${text.slice(0, 300)}`);
    }
  }
  return told;
}

test("something different is typed in every answer, and a report tells no more of it than it may", () => {
  const all = leaves();
  assert.ok(all.length > 400);
  let told = 0;
  for (const shape of SHAPES) {
    for (const base of [good.record, {}]) {
      // With days and choices that can be read, and with words there too.
      for (const kinds of [["Text"], undefined]) {
        const record = structuredClone(base);
        all.forEach(({ path, kind }, at) => (!kinds || kinds.includes(kind)) && put(record, path, shape.replaceAll("{}", String(at))));
        for (const validator of validators.values()) {
          for (const stage of STAGES) told += hold(validator.check(record, { today: good.today, stage }), (at) => all[at].path);
        }
      }
    }
  }
  assert.ok(told > 10_000, `${told}: names and keys are told, so this test looks where it should`);
});

test("in every case of the rules words follow each text, and a report tells no more of them than it may", () => {
  const texts = new Set(leaves().filter(({ kind }) => kind === "Text").map(({ path }) => path.replace(/\d+/g, "")));
  // What others are found by keeps its name.
  const isFree = (/** @type {string} */ path) =>
    texts.has(path.replace(/\d+/g, "")) && !/(\.|^)(id|person|name|who|role|agency|version|rule|item|child|need|outcome|meeting|by|\w+_by\w*|\w+ed_to)$/.test(path);
  let told = 0;
  let changed = 0;
  for (const file of readdirSync(new URL("../rules", import.meta.url))) {
    for (const { procedure = "cambridgeshire", terms = {}, today = good.today, stage = "close", ...rest } of JSON.parse(String(read(`tests/rules/${file}`)))) {
      if (Object.keys(terms).length) continue;
      const record = recordOf(rest);
      /** @type {string[]} */
      const paths = [];
      /** @type {(value: any, path: string) => any} */
      const marked = (value, path) => {
        if (typeof value === "string" && isFree(path)) return `${value} zq${paths.push(path) - 1}zq zebrafinch`;
        if (Array.isArray(value)) return value.map((row, at) => marked(row, `${path}[${at}]`));
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([name, below]) => [name, marked(below, path ? `${path}.${name}` : name)]));
      };
      const report = /** @type {Validator} */ (validators.get(procedure)).check(marked(record, ""), { today, stage });
      told += hold(report, (at) => paths[at]);
      changed += paths.length;
    }
  }
  assert.ok(changed > 50_000, `${changed}`);
  assert.ok(told > 0);
});

/** The good plan, or nothing, as a case changes it. @param {{ from_nothing?: boolean, change?: Record<string, unknown> }} rest */
function recordOf({ from_nothing, change = {} }) {
  const record = from_nothing ? {} : structuredClone(good.record);
  for (const [path, value] of Object.entries(change)) {
    const list = path.endsWith("+") ? path.slice(0, -1) : undefined;
    try {
      if (list) put(record, `${list}[${valueAt(record, list)?.length ?? 0}]`, value);
      else put(record, path, value);
    } catch {
      // A case in which something stands where a group belongs.
    }
  }
  return record;
}

/** @param {any} record @param {string} path */
const valueAt = (record, path) => (path.match(/[^.[\]]+/g) ?? []).reduce((here, step) => here?.[step], record);

test("a date of birth is never told", () => {
  const record = structuredClone(good.record);
  const births = leaves().filter(({ path }) => /date_of_birth$/.test(path));
  assert.ok(births.length >= 4);
  births.forEach(({ path }, at) => put(record, path, `201${at}-0${at + 1}-1${at}`));
  for (const validator of validators.values()) {
    for (const stage of STAGES) {
      const said = JSON.stringify(validator.check(record, { today: good.today, stage }));
      births.forEach((_, at) => assert.doesNotMatch(said, new RegExp(`201${at}-0${at + 1}-1${at}|1${at} [A-Z][a-z]+ 201${at}`)));
    }
  }
});

test("an error tells what a developer has passed, and nothing of a record", () => {
  const SECRET = "Zebrafinch";
  const record = {};
  for (const { path } of leaves()) put(record, path, SECRET);
  const people = [{ name: `${SECRET} B` }, { name: SECRET }];
  const options = { today: "2026-11-21", stage: /** @type {const} */ ("close") };
  const wrong = /** @type {any[]} */ ([
    { ...options, today: "31/2/2026" },
    { ...options, today: undefined },
    { ...options, stage: "someday" },
    { ...options, off: ["no-such-rule"] },
    { ...options, messages: { "no-such-rule": "" } },
    { ...options, messages: 7 },
    null,
  ]);
  let thrown = 0;
  const check = (/** @type {() => unknown} */ act) => {
    try {
      act();
    } catch (error) {
      thrown += 1;
      const { code, message, stack, cause, ...others } = /** @type {any} */ (error);
      assert.ok(code, message);
      assert.doesNotMatch(`${message} ${stack} ${cause} ${JSON.stringify(others)}`, new RegExp(SECRET, "i"));
    }
  };
  for (const validator of validators.values()) {
    for (const one of wrong) {
      check(() => validator.check(record, one));
      check(() => validator.open(record).report(one));
    }
    for (const sharing of [
      { recipients: people, exclusions: [people[1]] },
      { recipients: people, exclusions: [{ reason: SECRET }] },
      { recipients: people, exclusions: SECRET },
      { recipients: [...people, ...people], exclusions: [{ name: `${SECRET[0]} B`, reason: SECRET }] },
    ]) {
      for (const person of [...people, { name: SECRET, role: SECRET }, {}]) {
        check(() => validator.copyFor({ ...record, sharing: /** @type {any} */ (sharing) }, person));
      }
    }
  }
  assert.ok(thrown > 100, `${thrown} errors`);
});
