// Whatever a page hands over is read: nothing is thrown, nothing hangs, and what cannot be read is told. By both builds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import * as wasm from "../../pkg/cinplan.js";
import * as plain from "../../pkg/plain.js";

const root = new URL("../../", import.meta.url);
const good = JSON.parse(readFileSync(new URL("www/examples/good.json", root), "utf8")).record;
const asked = /** @type {const} */ ({ today: "2026-11-21", stage: "close" });
const builds = /** @type {[string, typeof wasm][]} */ (Object.entries({ wasm, plain }));

before(() => {
  wasm.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });
  plain.initSync();
});

/** What the page's own code throws: nothing of it may get out. */
const secret = () => {
  throw new TypeError("Amelia Hart, 12 Mill Lane");
};

/** An object that throws at the touch of anything. */
const thorn = () =>
  new Proxy(/** @type {any} */ ({}), { get: secret, has: secret, ownKeys: secret, getPrototypeOf: secret, getOwnPropertyDescriptor: secret });

/** A proxy that is gone: even Array.isArray throws for it. @param {object} target */
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const cyclic = () => {
  /** @type {any} */
  const whole = structuredClone(good);
  whole.plan.contingency = whole;
  whole.plan.self = whole;
  whole.plan.actions[0].what = whole.plan.actions;
  whole.plan.actions[0].resources = whole.plan.actions;
  whole.meetings.push(whole.meetings);
  whole.judgements["meeting-safety"] = whole.judgements;
  return whole;
};

/** @param {number} depth @param {(inner: any) => any} around @param {unknown} [inner] */
const nested = (depth, around, inner) => {
  for (let at = 0; at < depth; at += 1) inner = around(inner);
  return inner;
};

/** What is no data, or cannot be looked at: told wherever it stands. @type {Record<string, () => any>} */
const UNREADABLE = {
  "a function": () => secret,
  "a symbol": () => Symbol("x"),
  "a map": () => new Map([["text", "x"]]),
  "a set": () => new Set([1]),
  "a date": () => new Date(0),
  "an expression": () => /x/,
  "a promise": () => Promise.resolve({}),
  bytes: () => new Uint8Array([1, 2, 3]),
  "no bytes": () => new Uint8Array(),
  "a buffer": () => new ArrayBuffer(8),
  "a boxed text": () => new String("x"),
  "a thorn": thorn,
  "a proxy that is gone": () => revoked({}),
  "a list that is gone": () => revoked([]),
  "a list whose length throws": () => new Proxy([], { get: secret }),
};

/** A place of each kind. */
const PLACES = ["plan", "plan.actions", "plan.actions[0]", "plan.contingency", "plan.started_on", "closure.safety_scores[0].score",
  "meetings[0].complex", "meetings[0].kind", "sharing.exclusions[0].may_share", "judgements", "judgements.meeting-safety"];

test("what cannot be read is told at its place, by both builds alike", () => {
  for (const [name, make] of Object.entries(UNREADABLE)) {
    for (const path of PLACES) {
      const reports = builds.map(([, { Validator }]) => {
        const record = structuredClone(good);
        put(record, path, make());
        return Validator.builtIn("cambridgeshire").check(record, asked);
      });
      assert.deepEqual(reports[1], reports[0], `${name} at ${path}`);
      const told = reports[0].findings.some((found) => found.path === path || found.path.startsWith(`${path}[0]`));
      assert.ok(told, `${name} at ${path} goes unnoticed`);
      assert.doesNotMatch(JSON.stringify(reports[0].findings), /Amelia Hart, 12/);
    }
  }
});

test("a getter that throws costs its own answer and no other", () => {
  for (const [build, { Validator }] of builds) {
    const record = structuredClone(good);
    const bare = structuredClone(good);
    Object.defineProperty(record.plan, "contingency", { get: secret, enumerable: true });
    Object.defineProperty(record.plan, "something_else", { get: secret, enumerable: true });
    bare.plan.contingency = () => {};
    const validator = Validator.builtIn("cambridgeshire");
    assert.deepEqual(validator.check(record, asked), validator.check(bare, asked), build);
    const { findings } = validator.check(record, asked);
    assert.deepEqual(findings.map(({ path }) => path), ["plan.contingency"], build);
  }
});

test("numbers and texts that JSON does not hold are read", () => {
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("cambridgeshire");
    const found = (/** @type {unknown} */ score) => {
      const record = structuredClone(good);
      put(record, "closure.safety_scores[0].score", score);
      return validator.check(record, asked).findings.filter(({ path }) => path === "closure.safety_scores[0].score").length;
    };
    for (const score of [7, 7n, -0, "7", 7.5]) assert.equal(found(score), 0, `${build}: ${String(score)}`);
    for (const score of [NaN, Infinity, -Infinity, 11n, 2n ** 200n]) assert.equal(found(score), 1, `${build}: ${String(score)}`);

    // Half a character is one unit of UTF-16, as is what is read in its place: what stands behind it stays where it is.
    const spans = ["\ud800", "\udc00\ud800x", ""].map((half) => {
      const record = structuredClone(good);
      const at = record.plan.actions.push({ what: `${half} Mum to engage with services as appropriate`, who: "Rachel Hart" }) - 1;
      const spans = validator.check(record, asked).findings.flatMap(({ path, span }) =>
        path === `plan.actions[${at}].what` && span ? [span.map((at) => at - half.length)] : []);
      assert.ok(spans.length, build);
      return spans;
    });
    assert.deepEqual(spans[0], spans[2], build);
    assert.deepEqual(spans[1], spans[2], build);
  }
});

test("objects that hold themselves come to an end", { timeout: 60_000 }, () => {
  const reports = builds.map(([, { Validator }]) => {
    const record = cyclic();
    const report = Validator.builtIn("cambridgeshire").check(record, asked);
    const paths = new Set(report.findings.map(({ path }) => path));
    for (const path of ["plan.contingency", "plan.actions[0].what"]) assert.ok(paths.has(path), path);
    return report;
  });
  assert.deepEqual(reports[1], reports[0]);
});

test("nesting of a hundred thousand levels is told, or passed over where the record has no such place", { timeout: 60_000 }, () => {
  const lists = nested(100_000, (inner) => [inner]);
  const groups = nested(100_000, (inner) => ({ plan: inner, id: inner, actions: [inner] }));
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("bolton");
    const found = (/** @type {any} */ record) => validator.check(record, asked).findings.map(({ path }) => path);
    assert.ok(found({ plan: { contingency: lists } }).includes("plan.contingency"), build);
    assert.ok(found({ plan: { actions: lists } }).includes("plan.actions[0]"), build);
    assert.ok(found({ plan: groups }).includes("plan.actions[0].id"), build);
    assert.deepEqual(found({ unheard_of: groups }), found({}), build);
  }
});

test("rows without end are read as far as a list goes, and then told", { timeout: 120_000 }, () => {
  const reports = builds.map(([build, { Validator }]) => {
    const validator = Validator.builtIn("bolton");
    const told = (/** @type {any} */ record) =>
      validator.check(record, asked).findings.filter(({ message }) => message.includes("more rows than can be checked"));
    const sparse = Object.assign([], { length: 2 ** 32 - 1 });
    const all = [
      told({ visits: Array.from({ length: 1_000_000 }, () => ({})) }),
      told({ visits: sparse }),
      told({ visits: new Proxy([], { get: (_, key) => (key === "length" ? Infinity : {}) }) }),
      // A few kilobytes that stand for a hundred thousand million rows.
      told({ meetings: Array(5000).fill({ invitees: Array(5000).fill({ name: "x" }) }) }),
    ];
    for (const findings of all) assert.ok(findings.length >= 1, build);
    assert.equal(all[0][0].path, "visits");
    return all;
  });
  assert.deepEqual(reports[1], reports[0]);
});

test("pairs without end come to one", { timeout: 120_000 }, () => {
  /** @type {[string, string]} */
  const pair = ["plan.contingency", "Ring the duty team"];
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("bolton");
    const one = validator.checkPairs([pair], asked);
    const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: pair }) }) };
    const list = new Proxy(/** @type {string[]} */ ([]), { get: (_, key) => (key === "length" ? Infinity : pair) });
    for (const pairs of [endless, list]) assert.deepEqual(validator.checkPairs(/** @type {any} */ (pairs), asked), one, build);
  }
});

test("texts without end are read, or told to be unreadable", { timeout: 240_000 }, () => {
  const page = "Mum will take Noah to school every day. ".repeat(25_000);
  const some = page.slice(0, 100_000);
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("cambridgeshire");
    const long = structuredClone(good);
    long.plan.actions[0].what = some;
    long.plan.contingency = some;
    const paths = validator.check(long, asked).findings.map(({ path, message }) => `${path} ${/10,000/.test(message)}`);
    for (const path of ["plan.actions[0].what", "plan.contingency"]) assert.ok(paths.includes(`${path} true`), `${build}: ${paths}`);
    // A hundred million, in one text and in many. The same code in plain JavaScript takes minutes over it.
    if (build === "plain") continue;
    const huge = "x".repeat(100_000_000);
    for (const plan of [{ contingency: huge }, { wider_family: page, actions: Array(5000).fill({ what: page }) }]) {
      const { findings } = validator.check({ plan }, asked);
      assert.ok(findings.some(({ message }) => /must be a single answer/.test(message)), build);
    }
  }
});

test("options, procedures and persons that throw are refused with a code", () => {
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("bolton");
    const odd = (/** @type {string} */ key, /** @type {any} */ value) => Object.defineProperty({ ...asked }, key, { get: value });
    /** @type {[string, () => unknown][]} */
    const calls = [
      ["unreadable-today", () => validator.check({}, odd("today", secret))],
      ["unreadable-today", () => validator.check({}, thorn())],
      ["unreadable-today", () => validator.check({}, /** @type {any} */ (undefined))],
      ["unreadable-today", () => validator.check({}, /** @type {any} */ (7))],
      ["unreadable-stage", () => validator.check({}, odd("stage", secret))],
      ["unreadable-options", () => validator.check({}, { ...asked, off: thorn() })],
      ["unreadable-options", () => validator.check({}, { ...asked, messages: /** @type {any} */ ({ "plan-contingency": thorn() }) })],
      ["unknown-rule", () => validator.check({}, { ...asked, off: Array(100_000).fill("x") })],
      ["unknown-recipient", () => validator.copyFor(good, thorn())],
      ["unknown-procedure", () => Validator.builtIn(/** @type {any} */ (undefined))],
      ["unknown-procedure", () => Validator.builtIn(/** @type {any} */ (Symbol("x")))],
      ["unknown-procedure", () => Validator.procedure(/** @type {any} */ (7))],
      ["unreadable-stage", () => validator.wanted(/** @type {any} */ (null))],
    ];
    for (const procedure of procedures()) calls.push(["unreadable-procedure", () => new Validator(procedure)]);
    for (const [at, [code, call]] of calls.entries()) {
      assert.throws(call, (error) => {
        const { code: thrown, message } = /** @type {any} */ (error);
        assert.equal(thrown, code, `${build}, call ${at}: ${message}`);
        assert.doesNotMatch(message, /Amelia/);
        return true;
      });
    }
  }

  function* procedures() {
    const own = () => /** @type {any} */ (wasm.Validator.procedure("bolton"));
    yield thorn();
    yield revoked({});
    yield null;
    yield "bolton";
    const circle = own();
    circle.reviews = circle;
    yield circle;
    yield { ...own(), closure_days: nested(100_000, (inner) => [inner]) };
    // Twelve levels of a thousand each, all the same.
    yield { ...own(), closure_days: nested(11, (inner) => Array(1000).fill(inner), "2026-12-29") };
    yield { ...own(), closure_days: Array(6000).fill("2026-12-29") };
    yield { ...own(), title: Object.assign([], { length: 4e9 }) };
    yield Object.defineProperty(own(), "reviews", { get: secret, enumerable: true });
  }
});

test("code of the page that runs while its object is read may ask too", () => {
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("bolton");
    const form = validator.open(null);
    const expected = JSON.stringify(validator.check(good, asked));
    /** @type {string[]} */
    const heard = [];
    const curious = Object.defineProperty(structuredClone(good), "plan", {
      enumerable: true,
      get() {
        heard.push(JSON.stringify(validator.check(good, asked)));
        try {
          form.set("plan.version", "2");
        } catch (error) {
          heard.push(/** @type {any} */ (error).code);
        }
        return good.plan;
      },
    });
    assert.equal(JSON.stringify(validator.check(curious, asked)), expected, build);
    assert.deepEqual(heard.splice(0), [expected], build);
    // The form itself is busy while it reads.
    form.set("plan", { get version() { return curious.plan && "2"; } });
    assert.deepEqual(heard.splice(0), [expected, "form-in-use"], build);
    assert.equal(form.set("plan.version", "3"), true, build);
  }
});

test("after all that both are as they were", () => {
  for (const [build, { Validator }] of builds) {
    const validator = Validator.builtIn("cambridgeshire");
    const before = JSON.stringify(validator.check(good, asked));
    // Were anything thrown through the code, its stack would wear away.
    for (let at = 0; at < 500; at += 1) {
      validator.check(Object.defineProperty({}, "plan", { get: secret, enumerable: true }), asked);
      validator.check(thorn(), { ...asked, stage: "draft" });
    }
    assert.equal(JSON.stringify(validator.check(good, asked)), before, build);
    validator.free();
  }
});

/** @param {any} record @param {string} path @param {unknown} value */
function put(record, path, value) {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  const last = /** @type {string} */ (steps.pop());
  const holder = steps.reduce((here, step, at) => (here[step] ??= /^\d/.test([...steps, last][at + 1]) ? [] : {}), record);
  holder[last] = value;
}
