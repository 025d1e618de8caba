// What becomes of a fault of our own: an error with a code and no word of the record, and then no answer any more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const good = JSON.parse(readFileSync(new URL("www/examples/good.json", root), "utf8")).record;
const asked = /** @type {const} */ ({ today: "2026-11-21", stage: "close" });

let copies = 0;

/** An instance of its own, as it is to be broken. */
async function fresh() {
  const core = /** @type {typeof import("../../pkg/cinplan.js")} */ (await import(`../../pkg/cinplan.js?${(copies += 1)}`));
  const { memory } = core.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });
  return { ...core, memory };
}

/** @param {() => unknown} call */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return /** @type {Error & { code?: string }} */ (error);
  }
  return undefined;
}

/**
 * Every way to ask says that it has stopped.
 * @param {Awaited<ReturnType<typeof fresh>>} core
 * @param {import("../../pkg/cinplan.js").Validator} validator
 * @param {import("../../pkg/cinplan.js").Form} form
 */
function hasStopped({ Validator, procedures, rules, terms }, validator, form) {
  const calls = [
    () => validator.check(good, asked),
    () => validator.wanted("close"),
    () => validator.copyFor(good, { name: "x" }),
    () => validator.readers(good),
    () => validator.open(null),
    () => form.set("plan.version", "2"),
    () => form.report(asked),
    () => Validator.builtIn("bolton"),
    () => Validator.procedure("bolton"),
    () => new Validator(/** @type {any} */ ({})),
    procedures,
    rules,
    terms,
  ];
  for (const [at, call] of calls.entries()) {
    const error = thrown(call);
    assert.ok(error instanceof Error, `call ${at} gives an answer`);
    assert.equal(error.code, "stopped", `call ${at}: ${error.message}`);
    assert.match(error.message, /load the page again/);
  }
}

/**
 * Puts half a character into every copy of a word in the memory of the module, so that whoever cuts a text there panics.
 * @param {WebAssembly.Memory} memory
 * @param {string} word
 */
function spoil(memory, word) {
  const bytes = Buffer.from(memory.buffer);
  let spoilt = 0;
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1)) {
    bytes[at + 3] = 0x80;
    spoilt += 1;
  }
  return spoilt;
}

test("a panic becomes an error with a code that says where and not what; after it there are no answers", async () => {
  const core = await fresh();
  const validator = core.Validator.builtIn("bolton");
  const record = structuredClone(good);
  record.plan.actions[0].what = "Amelia goes to the Zimmerglass clinic with her mother";
  const form = validator.open(record);
  assert.ok(spoil(core.memory, "Zimmerglass") > 0);

  const error = thrown(() => form.report(asked));
  assert.ok(error instanceof Error);
  assert.equal(error.code, "internal", error.message);
  assert.match(error.message, /a fault of its own at .*\.rs:\d+/);
  // What Rust itself says of it quotes the text.
  assert.doesNotMatch(error.message, /Zim|Amelia|clinic/);
  hasStopped(core, validator, form);
});

test("where there is no more memory the engine throws, and after it there are no answers", async () => {
  const core = await fresh();
  const validator = core.Validator.builtIn("bolton");
  const form = validator.open(good);
  // All that there can be, taken from outside: whoever asks for more gets none.
  const pages = core.memory.buffer.byteLength / 65536;
  assert.doesNotThrow(() => core.memory.grow(65536 - pages), "this machine cannot set 4 GiB of addresses aside");
  const record = structuredClone(good);
  record.plan.contingency = "x".repeat(5_000_000);
  const error = thrown(() => validator.check(record, asked));
  assert.ok(error instanceof Error);
  assert.doesNotMatch(error.message, /xxx|Amelia/);
  hasStopped(core, validator, form);
});
