// A long life: a form that is edited all day keeps its memory, and what nobody holds any more is given back.
//
// EDITS= says how many edits there are; `make soak` makes as many with a report after each.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Validator, initSync, procedures } from "../../pkg/cinplan.js";
import { leaves } from "../leaves.mjs";

const EDITS = Number(process.env.EDITS ?? 100_000);
/** Edits to a report: a check follows a pause in typing, not each key. */
const EACH = Number(process.env.EACH ?? 50);

setFlagsFromString("--expose-gc");
const collect = /** @type {() => void} */ (runInNewContext("gc"));

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const { record } = JSON.parse(String(read("www/examples/good.json")));
const OPTIONS = /** @type {const} */ ({ today: "2026-11-21", stage: "close" });

/** @type {import("../../pkg/cinplan.js").InitOutput} */
let wasm;
before(() => void (wasm = initSync({ module: read("pkg/cinplan_bg.wasm") })));

/** What is in use once everything is collected, in kB. */
async function memory() {
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    // What is collected is given back in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { wasm: wasm.memory.buffer.byteLength / 1000, heap: process.memoryUsage().heapUsed / 1000 };
}

/** A row of numbers that looks random and is the same each time. */
function numbers() {
  let state = 1;
  return (/** @type {number} */ below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** Long and short, so that what is kept grows and shrinks. */
const TEXTS = ["", "a", "Amelia Hart", "Read to Noah at bedtime each day, starting on 3 March", "sorting out é😀 ".repeat(12), "x ".repeat(600)];

test(`${EDITS.toLocaleString("en")} edits of one form leave its memory as it was`, { timeout: 3_600_000 }, async (context) => {
  const all = leaves();
  const form = Validator.builtIn("cambridgeshire").open(record);
  const random = numbers();
  /** @type {{ wasm: number, heap: number }[]} */
  const looks = [];
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const { path, kind } = all[random(all.length)];
    // Rows come and go as well.
    const row = random(10) === 0 ? path.replace("[0]", `[${random(8)}]`) : path;
    const text = TEXTS[random(random(20) ? 4 : TEXTS.length)];
    form.set(row, kind === "Day" ? `2026-${1 + random(12)}-${1 + random(28)}` : random(200) ? text : null);
    if (edit % EACH === 0) form.report(OPTIONS);
    if (edit % (EDITS / 10) === 0) looks.push(await memory());
  }
  const [early, late] = [looks[4], looks[9]];
  context.diagnostic(`wasm ${early.wasm} kB half way, ${late.wasm} kB at the end; heap ${Math.round(early.heap)} and ${Math.round(late.heap)} kB`);
  // WebAssembly gives no memory back: what it has is the most that was ever needed at once, and that is still growing a
  // little half way, with what the texts happen to be. Eight octets an edit would show.
  assert.ok(late.wasm - early.wasm <= 400, `wasm: ${looks.map((look) => look.wasm)}`);
  assert.ok(late.heap - early.heap <= 512, `heap: ${looks.map((look) => Math.round(look.heap))}`);
  form.free();
});

test("10,000 forms and 500 validators that nobody frees are collected", { timeout: 600_000 }, async (context) => {
  const ids = procedures().map(({ id }) => id);
  const held = ids.map((id) => Validator.builtIn(id));
  const round = async () => {
    for (let at = 0; at < 1_000; at += 1) {
      const validator = at % 20 ? held[at % held.length] : Validator.builtIn(ids[at % ids.length]);
      const form = validator.open(at % 100 ? undefined : record);
      form.set("plan.contingency", "Ring the duty team");
      if (at % 100 === 0) form.report(OPTIONS);
      if (at % 250 === 249) await memory();
    }
    return memory();
  };
  const first = await round();
  let last = first;
  for (let rounds = 1; rounds < 10; rounds += 1) last = await round();
  context.diagnostic(`wasm ${first.wasm} kB after 1,000, ${last.wasm} kB after 10,000`);
  assert.ok(last.wasm - first.wasm <= 256, `wasm ${first.wasm} kB, then ${last.wasm} kB`);
  assert.ok(last.heap - first.heap <= 512, `heap ${first.heap} kB, then ${last.heap} kB`);
});

test("what is freed is gone at once, and says so when it is used", () => {
  const validator = Validator.builtIn("bolton");
  const before = wasm.memory.buffer.byteLength;
  for (let at = 0; at < 300; at += 1) {
    const form = validator.open(record);
    form.free();
    assert.throws(() => form.report(OPTIONS));
  }
  assert.ok(wasm.memory.buffer.byteLength - before <= 512_000);
  // It holds nothing of the form, and the form nothing of it.
  const form = validator.open(record);
  validator.free();
  assert.ok(form.report(OPTIONS).findings);
  form.free();
});
