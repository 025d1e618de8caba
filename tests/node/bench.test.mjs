// The bench compares like with like: what it times beside cinplan accepts and refuses the same records, and finds the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { subjects } from "../../bench/subjects.mjs";
import { leaves } from "../../bench/leaves.mjs";
import { PEERS } from "../../bench/peers/index.mjs";
import { RULES, plain } from "../../bench/plain/index.mjs";
import { plan } from "../../bench/records.mjs";
import * as engine from "../../pkg/cinplan.js";

const { procedure, shape, subjects: all } = subjects();
const plans = all.flatMap(({ name, plans }) => plans.map(({ plan }) => ({ name, ...plan })));

/** @type {import("../../pkg/cinplan.js").Validator} */
let validator;

before(() => {
  engine.initSync({ module: readFileSync(new URL("../../pkg/cinplan_bg.wasm", import.meta.url)) });
  validator = engine.Validator.builtIn(procedure);
});

/** What no answer of its kind may be. @type {Record<string, any[]>} */
const WRONG = {
  text: [["a list"], "too long ".repeat(1200)],
  period: [{}, ["weekly"]],
  day: ["2026-02-29", "2026-11-31", "2026-13-01", "soon", {}],
  time: ["24:00", "after school"],
  flag: ["perhaps", {}],
  number: ["some", {}, 71, -1],
  choice: ["another", []],
};

test("every library accepts and refuses the records that cinplan can and cannot read", () => {
  const peers = Object.entries(PEERS).map(([name, peer]) => ({ name, accepts: peer(shape) }));
  /** @param {any} record @param {any} options @param {string} which */
  const agree = (record, options, which) => {
    const { findings } = validator.check(record, { ...options, stage: "draft" });
    const readable = !findings.some(({ rule }) => ["record-readable", "record-size", "action-due-readable"].includes(rule));
    for (const { name, accepts } of peers) assert.equal(accepts(record), readable, `${name}: ${which}`);
    return readable;
  };
  const accepted = plans.map(({ name, record, options }) => agree(record, options, name));
  assert.ok(accepted.includes(true) && accepted.includes(false));

  const { record, options } = /** @type {typeof plans[number]} */ (plans.find(({ name }) => name === "middle, none"));
  for (const [kind, values] of Object.entries(WRONG)) {
    const some = [...leaves(record, shape)].filter((leaf) => leaf.shape.kind === kind).slice(0, 8);
    assert.ok(some.length, kind);
    for (const { path, value, holder, key } of some) {
      for (const wrong of values) {
        holder[key] = wrong;
        assert.equal(agree(record, options, `${path}: ${JSON.stringify(wrong).slice(0, 40)}`), false, path);
      }
      holder[key] = value;
    }
  }
  assert.equal(agree(record, options, "as it was"), true);
});

test("forty rules in plain JavaScript find what cinplan finds by them", () => {
  const ids = new Set(RULES.map(({ id }) => id));
  assert.equal(ids.size, 40);
  const tripped = new Set();
  /** @param {any} record @param {any} options @param {string} which */
  const agree = (record, options, which) => {
    const told = (/** @type {{ rule: string, path: string }[]} */ findings) => findings.map(({ rule, path }) => `${rule} ${path}`).sort();
    const { findings } = validator.check(record, options);
    const here = findings.filter(({ rule }) => ids.has(rule));
    assert.deepEqual(told(plain(record, options)), told(here), which);
    for (const { rule } of here) tripped.add(rule);
  };
  for (const { name, record, options } of plans) agree(record, options, name);
  // Until each of them has found something somewhere.
  for (let seed = 100; tripped.size < ids.size; seed += 1) {
    assert.ok(seed < 250, [...ids].filter((id) => !tripped.has(id)).join(", "));
    for (const size of /** @type {const} */ (["middle", "large"])) {
      const { record, options } = plan(size, "many", shape, seed);
      agree(record, options, `${size}, many, ${seed}`);
    }
  }
  for (const { name, edits, plans: [first] } of all) {
    const { record, options } = structuredClone(first.plan);
    const places = new Map([...leaves(record, shape)].map((leaf) => [leaf.path, leaf]));
    for (const [path, text] of edits?.mix.slice(0, 60) ?? []) {
      const { holder, key, shape: kind } = /** @type {import("../../bench/leaves.mjs").Leaf} */ (places.get(path));
      holder[key] = kind.kind === "flag" ? text === "yes" : text;
      agree(record, options, `${name}: ${path}`);
    }
  }
});
