// The three builds give the same bytes: Rust, WebAssembly and plain JavaScript.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { before, test } from "node:test";
import * as wasm from "../../pkg/cinplan.js";
import * as form from "../../pkg/form.js";
import * as plain from "../../pkg/plain.js";

const root = new URL("../../", import.meta.url);

/** Records that look random; `make compare` has ten times as many. */
const RECORDS = Number(process.env.RECORDS ?? 1_000);

before(() => {
  wasm.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });
  plain.initSync();
});

test("every case, example and record that looks random gets the report that Rust gives, to the byte", { timeout: 3_600_000 }, async () => {
  const rust = spawn("cargo", ["run", "--quiet", "--locked", "--example", "reports", String(RECORDS)], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let trouble = "";
  rust.stderr.on("data", (text) => (trouble += text));
  const ended = new Promise((resolve) => rust.on("close", resolve));

  const engines = { wasm: validators(wasm), plain: validators(plain) };
  const covered = new Set();
  let count = 0;
  for await (const line of createInterface({ input: rust.stdout })) {
    const [record, today, reports] = JSON.parse(line);
    for (const [manual, stage, expected] of reports) {
      for (const [name, validator] of Object.entries(engines)) {
        const report = validator(manual, (checker) => JSON.stringify(checker.check(record, { today, stage })));
        if (report !== expected) assert.equal(report, expected, `${name}, ${today}, ${stage}, ${line.slice(0, 2000)}`);
      }
      covered.add(`${typeof manual === "string" ? manual : "own"} ${stage}`);
      count += 1;
    }
  }
  assert.equal(await ended, 0, trouble);
  // Five manuals and those that cases have changed, at five stages.
  assert.ok(covered.size >= 5 * 5 + 1, [...covered].join(", "));
  assert.ok(count > 5000 + RECORDS, `${count} reports`);
});

test("a form that is filled answer by answer gets the same report from both", () => {
  const [record, today] = [JSON.parse(readFileSync(new URL("www/examples/good.json", root), "utf8")).record, "2026-11-21"];
  const answers = /** @type {[string, unknown][]} */ ([...leaves(record, "")]);
  assert.ok(answers.length > 200);
  const [one, other] = [wasm, plain].map((engine) => engine.Validator.builtIn("bolton").open(null));
  for (const [at, [path, value]] of answers.entries()) {
    assert.equal(one.set(path, value), other.set(path, value), path);
    if (at % 25) continue;
    const options = /** @type {const} */ ({ today, stage: "circulate" });
    assert.equal(JSON.stringify(other.report(options)), JSON.stringify(one.report(options)), `after ${path}`);
  }
});

test("what only JavaScript can hold is read alike", () => {
  const odd = /** @type {any[]} */ ([
    { plan: { version: 5n } },
    { plan: { version: -(2n ** 63n) } },
    { plan: { version: 2n ** 64n - 1n } },
    { plan: { version: 2n ** 200n } },
    { closure: { safety_scores: [{ score: 7n }, { score: 1e300 }, { score: NaN }, { score: -0 }, { score: 6.5 }] } },
    { plan: { contingency: () => "", safety_plan: Symbol("x"), started_on: new Date(0), needs: new Map([["text", "x"]]) } },
    { plan: { contingency: "\ud800 half a character", wider_family: "naïve 👩‍👧 text".repeat(20000) } },
    Object.assign(Object.create({ plan: { version: 1 } }), { children: new Set([1]) }),
    7,
    "text",
    [],
    null,
  ]);
  for (const [at, record] of odd.entries()) {
    for (const stage of /** @type {const} */ (["draft", "close"])) {
      const [one, other] = [wasm, plain].map((engine) =>
        JSON.stringify(engine.Validator.builtIn("cambridgeshire").check(record, { today: "2026-11-21", stage })),
      );
      assert.equal(other, one, `record ${at}`);
    }
  }
});

test("the memory of the plain build grows as it has to", () => {
  const actions = Array.from({ length: 4000 }, (_, at) => ({ what: `Step ${at}: ${"words ".repeat(100)}`, who: "Ann Example" }));
  const [one, other] = [wasm, plain].map((engine) =>
    JSON.stringify(engine.Validator.builtIn("derbyshire").check({ plan: { actions } }, { today: "2026-11-21", stage: "close" })),
  );
  assert.ok(one.length > 100_000);
  assert.equal(other, one);
});

test("errors are the same", () => {
  const wrong = /** @type {((engine: any) => any)[]} */ ([
    ({ Validator }) => Validator.builtIn("nowhere"),
    ({ Validator }) => new Validator({ id: "own" }),
    ({ Validator }) => Validator.builtIn("bolton").check({}, { today: "31/2/2026", stage: "close" }),
    ({ Validator }) => Validator.builtIn("bolton").check({}, { today: "2026-11-21", stage: "later" }),
    ({ Validator }) => Validator.builtIn("bolton").check({}),
  ]);
  for (const call of wrong) {
    const [one, other] = [wasm, plain].map((engine) => {
      try {
        return call(engine);
      } catch (thrown) {
        const error = /** @type {Error} */ (thrown);
        return { ...error, message: error.message };
      }
    });
    assert.match(one.code, /^un/);
    assert.deepEqual(other, one);
  }
});

test("plain.js has all that cinplan.js and form.js have", () => {
  const names = new Set([...Object.keys(wasm), ...Object.keys(form), "requirements"]);
  assert.deepEqual(Object.keys(plain).sort(), [...names].sort());
  for (const name of /** @type {const} */ (["procedures", "rules", "terms", "version"])) {
    assert.deepEqual(plain[name](), wasm[name](), name);
  }
  for (const { id } of wasm.procedures()) {
    assert.deepEqual(plain.Validator.procedure(id), wasm.Validator.procedure(id));
    const texts = JSON.parse(readFileSync(new URL(`pkg/requirements/${id}.json`, root), "utf8"));
    assert.deepEqual(plain.requirements(id), texts);
  }
});

test("plain.js is one file that asks for nothing", () => {
  const text = readFileSync(new URL("pkg/plain.js", root), "utf8");
  assert.doesNotMatch(text, /\bWebAssembly\b|\beval\(|\bnew Function\b|\bimport\(|\bfrom"|\bnew Worker\b|\bXMLHttpRequest\b/);
});

/**
 * Something that hands over the validator of a manual, which is made once for those that ship.
 * @param {typeof wasm | typeof plain} engine
 */
function validators(engine) {
  /** @type {Map<string, wasm.Validator>} */
  const known = new Map();
  return (/** @type {any} */ manual, /** @type {(validator: wasm.Validator) => string} */ use) => {
    const validator = known.get(manual) ?? (typeof manual === "string" ? engine.Validator.builtIn(manual) : new engine.Validator(manual));
    const answer = use(validator);
    if (typeof manual === "string") known.set(manual, validator);
    else validator.free();
    return answer;
  };
}

/** @param {any} value @param {string} path @returns {Generator<[string, unknown]>} */
function* leaves(value, path) {
  if (typeof value !== "object" || value === null) {
    yield [path, value];
  } else {
    for (const [key, below] of Object.entries(value)) {
      yield* leaves(below, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key);
    }
  }
}
