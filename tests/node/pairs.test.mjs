// A form that is handed over as pairs of path and text, or held open, gets what check gives for its record.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";
import * as wasm from "../../pkg/cinplan.js";
import * as plain from "../../pkg/plain.js";

const root = new URL("../../", import.meta.url);
const examples = new URL("www/examples/", root);
const today = "2026-11-21";
const whole = readdirSync(examples)
  .filter((file) => file.endsWith(".json"))
  .map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, examples), "utf8")) }))
  .filter(({ record }) => record);

before(() => {
  wasm.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });
  plain.initSync();
});

test("pairs of path and text get the report of their record, in both builds", () => {
  assert.ok(whole.length > 5);
  for (const { file, procedure = "cambridgeshire", record } of whole) {
    const pairs = pairsOf(record);
    assert.ok(pairs.length > 50 || file === "empty.json", file);
    for (const stage of /** @type {const} */ (["draft", "close"])) {
      const options = { today, stage };
      const expected = JSON.stringify(wasm.Validator.builtIn(procedure).check(record, options));
      for (const { Validator } of [wasm, plain]) {
        const validator = Validator.builtIn(procedure);
        assert.equal(JSON.stringify(validator.checkPairs(pairs, options)), expected, file);
        const form = validator.open({ plan: { contingency: "of another family" } });
        form.fill(pairs);
        assert.equal(JSON.stringify(form.report(options)), expected, `${file}, held open`);
      }
    }
  }
});

test("pairs may hold anything: repeated names, odd texts and what is no pair", () => {
  const validator = wasm.Validator.builtIn("cambridgeshire");
  const options = /** @type {const} */ ({ today, stage: "circulate" });
  const check = (/** @type {any} */ pairs) => validator.checkPairs(pairs, options);
  const record = (/** @type {any} */ record) => validator.check(record, options);
  const said = "half a sentence\u{1f}plan.contingency\u{1f}TBC";
  // The separator of the boundary inside a text moves nothing to another place.
  assert.deepEqual(check([["plan.safety_plan", said]]), record({ plan: { safety_plan: said } }));
  assert.deepEqual(
    check([["plan.actions[0].who", "Mum"], ["plan.actions[0].who", "Dad"], ["csrf", "token"], ["plan.actions[1].what", ""]]),
    record({ plan: { actions: [{ who: "Mum" }] } }),
  );
  const share = "sharing.exclusions[0].may_share";
  assert.deepEqual(
    check([[share, "actions"], [share, "meetings"], [share, "actions"]]),
    record({ sharing: { exclusions: [{ may_share: ["actions", "meetings", "actions"] }] } }),
  );
  assert.deepEqual(check([["plan.needs", "one"], ["plan.needs", "two"]]), record({ plan: { needs: "one" } }));
  const data = new FormData();
  data.append("plan.actions[0].who", "Mum");
  data.append("plan.contingency", new Blob(["x"]));
  assert.deepEqual(check(data), record({ plan: { actions: [{ who: "Mum" }] } }));
  assert.deepEqual(check([["plan.contingency", "[object Object]"]]), record({ plan: { contingency: "[object Object]" } }));
  for (const odd of [undefined, null, 7, {}, [], [[]], [["plan.version"]], [[1, 2, 3]], ["text"], [null], [["plan.version", { a: 1 }, "x"]]]) {
    assert.equal(typeof check(odd).summary.errors, "number", JSON.stringify(odd));
  }
});

test("an open form hands out the same report until something changes, and the same objects for what stays", () => {
  const { procedure = "cambridgeshire", record } = whole.find(({ file }) => file === "good.json");
  const validator = wasm.Validator.builtIn(procedure);
  const form = validator.open(record);
  const options = /** @type {const} */ ({ today, stage: "close" });
  const first = form.report(options);
  assert.equal(form.report({ ...options }), first);
  assert.ok(Object.isFrozen(first) && Object.isFrozen(first.deadlines) && Object.isFrozen(first.deadlines[0]));

  form.set("plan.actions[0].who", "");
  const second = form.report(options);
  assert.notEqual(second, first);
  assert.ok(second.findings.some(({ path }) => path === "plan.actions[0].who"));
  assert.equal(second.deadlines, first.deadlines);
  assert.equal(second.prompts, first.prompts);
  assert.ok(second.smart.length > 1 && first.smart.length === second.smart.length);
  assert.deepEqual(second.smart.map((one, at) => one === first.smart[at]), second.smart.map((_, at) => at > 0), "other rows");
  form.set("plan.contingency", "");
  const third = form.report(options);
  const kept = third.findings.filter((finding) => second.findings.includes(finding));
  assert.ok(kept.length >= 1 && kept.length < third.findings.length);

  // Each of these asks something else, and going back gives what was there before.
  const asked = [
    { today: "2026-12-24", stage: "close" },
    { today, stage: "draft" },
    { today, stage: "close", off: ["action-who"] },
    { today, stage: "close", messages: { "action-who": "Who?" } },
    { today: "21 November 2026", stage: "Close" },
  ];
  const changed = structuredClone(record);
  changed.plan.actions[0].who = changed.plan.contingency = "";
  for (const other of /** @type {import("../../pkg/cinplan.js").Options[]} */ ([...asked, ...asked.reverse(), options])) {
    assert.equal(JSON.stringify(form.report(other)), JSON.stringify(validator.check(changed, other)), JSON.stringify(other));
  }
  assert.throws(() => form.report({ today: "31/2/2026", stage: "close" }), { code: "unreadable-today" });
  assert.throws(() => form.report(/** @type {any} */ (undefined)), { code: "unreadable-today" });
  assert.equal(JSON.stringify(form.report(options)), JSON.stringify(validator.check(changed, options)));
});

/**
 * What a form with a control for each answer would send. A group of tick boxes sends each that is ticked, and its box for
 * "nothing" where none is.
 * @param {unknown} value
 * @param {string} [path]
 * @returns {[string, string][]}
 */
function pairsOf(value, path = "") {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) {
    if (!value.length) return path.endsWith("may_share") ? [[path, "nothing"]] : [];
    const isRows = value.some((row) => typeof row === "object");
    return value.flatMap((row, at) => pairsOf(row, isRows ? `${path}[${at}]` : path));
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([name, below]) => pairsOf(below, path ? `${path}.${name}` : name));
  }
  return [[path, String(value)]];
}
