// A long life on one page: memory stays flat, what is not needed any more is collected, and two versions of the package keep
// to themselves.
//
// PAGE_EDITS= says how many answers are filled in; `make soak` fills in 100,000.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { leaves } from "../leaves.mjs";
import { done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const EDITS = Number(process.env.PAGE_EDITS ?? 1_000);

const ROOT = new URL("../../", import.meta.url);
const built = new URL("target/two/", ROOT);

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => {
  // Another version: the same files at another address, with another number in them.
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built, { recursive: true });
  cpSync(new URL("pkg/", ROOT), new URL("cinplan/", built), { recursive: true });
  cpSync(new URL("js/", ROOT), new URL("cinplan/", built), { recursive: true });
  const module = new URL("cinplan/cinplan_bg.wasm", built);
  const text = readFileSync(module).toString("latin1");
  const { version } = JSON.parse(readFileSync(new URL("pkg/package.json", ROOT), "utf8"));
  assert.equal(text.split(version).length, 2, "the version stands in it once");
  writeFileSync(module, Buffer.from(text.replace(version, version.replace(/\d/g, "9")), "latin1"));
  harness = await start({ built });
});
after(async () => {
  await harness.close();
  rmSync(built, { recursive: true, force: true });
});

// ---- two versions on one page ----

test("two versions on one page do not disturb each other", async () => {
  const page = await harness.open("/pages/two.html");
  await page.locator("[data-ready]").waitFor();
  const before = await page.evaluate(() => document.body.outerHTML);
  await page.evaluate(async () => {
    const load = async (/** @type {string} */ folder) => {
      const [core, form] = await Promise.all(["cinplan.js", "form.js", "element.js", "timeline.js"].map((name) => import(`${folder}${name}`)));
      await core.default();
      return { ...core, ...form };
    };
    const [one, two] = [await load("/pkg/"), await load("/built/cinplan/")];
    /** @type {string[]} */
    const heard = [];
    const [first, second] = document.forms;
    document.addEventListener("cinplan:report", ({ target }) => heard.push(/** @type {Element} */ (target).id));
    globalThis.kept = { one, two, heard, first, second, on: [0, 0] };
    const options = { stage: "circulate", today: "2026-11-21" };
    kept.a = one.attach(first, { ...options, procedure: "bolton", on: () => (kept.on[0] += 1) });
    kept.b = two.attach(second, { ...options, procedure: "cambridgeshire", on: () => (kept.on[1] += 1) });
  });
  const versions = await page.evaluate(() => [kept.one.version(), kept.two.version()]);
  assert.notEqual(versions[0], versions[1]);
  assert.deepEqual(await page.evaluate(() => [kept.a, kept.b].map(({ report }) => report.procedure.id)), ["bolton", "cambridgeshire"]);

  // Each hears of its own form alone, and says so at its own form.
  await page.evaluate(() => (kept.heard.length = kept.on[0] = kept.on[1] = 0));
  await page.fill("#one-kind", "no such kind");
  await page.waitForFunction(() => kept.heard.length > 0);
  await page.waitForTimeout(500);
  assert.deepEqual(await page.evaluate(() => [kept.heard, kept.on]), [["one"], [1, 0]]);
  await page.fill("#two-kind", "no such kind either");
  await page.evaluate(() => void [kept.a.check(), kept.b.check()]);
  const said = (/** @type {string} */ form) => page.locator(`#${form} .cinplan-messages`).count();
  assert.ok((await said("one")) > 0 && (await said("two")) > 0);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "no two elements have one id");
  await page.waitForTimeout(1_000);
  assert.ok((await page.evaluate(() => kept.heard.length)) < 10, "neither answers to what the other does");

  // One form is checked by one of them.
  const code = await page.evaluate(() => {
    try {
      kept.two.attach(kept.first, { stage: "draft", procedure: "bolton" });
    } catch (error) {
      return /** @type {any} */ (error).code;
    }
  });
  assert.equal(code, "already-attached");

  // One goes, the other stays.
  await page.evaluate(() => kept.a.detach());
  assert.equal(await said("one"), 0);
  assert.ok((await said("two")) > 0);
  assert.match(await page.title(), /^Error: /);
  assert.ok(await page.evaluate(() => kept.b.check().findings.length > 0));
  await page.evaluate(() => kept.b.detach());
  assert.equal(await page.title(), "Two plans");
  assert.equal(await page.evaluate(() => document.body.outerHTML), before);

  // Both have elements of the same names; the first to come defines them, for both.
  await page.evaluate(() => {
    kept.first.remove();
    const element = document.createElement("cin-plan");
    for (const [name, value] of Object.entries({ procedure: "bolton", stage: "circulate", today: "2026-11-21" })) element.setAttribute(name, value);
    element.append(kept.second);
    const timeline = document.createElement("cin-timeline");
    timeline.setAttribute("for", "two");
    document.querySelector("main")?.append(element, timeline);
  });
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan"))?.report);
  await page.locator(".cinplan-timeline").waitFor({ state: "attached" });
  await done(page);
});

// ---- a long life ----

/**
 * What is in use once everything is collected.
 * @param {import("playwright-core").CDPSession} session
 */
async function memory(session) {
  for (let turn = 0; turn < 3; turn += 1) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (/** @type {string} */ wanted) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { heap: of("JSHeapUsedSize") / 1000, nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

/** @param {Page} page */
async function probe(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("Performance.enable");
  return session;
}

/** The memory of the compiled module, in kB. @param {Page} page */
const wasmMemory = (page) =>
  page.evaluate(async () => {
    const { default: init } = await import(/** @type {string} */ ("/pkg/cinplan.js"));
    return (await init()).memory.buffer.byteLength / 1000;
  });

test(`${EDITS.toLocaleString("en")} answers filled in and left on one page leave its memory as it was`, { timeout: 7_200_000 }, async (context) => {
  const page = await harness.open("/pages/whole.html");
  page.setDefaultTimeout(0);
  await page.locator("[data-ready]").waitFor();
  const session = await probe(page);
  await page.evaluate((paths) => cin.build(paths), leaves().map(({ path }) => path));
  await page.evaluate(() => void cin.element.check());
  /** Fills in and leaves one control after the other, as somebody does with the Tab key. */
  const fill = (/** @type {number} */ from, /** @type {number} */ to) =>
    page.evaluate(
      async ([from, to]) => {
        const texts = ["", "a", "Amelia Hart", "31 February", "2026-11-01", "Read to Noah at bedtime each day, starting on 3 March", "sorting out é😀 ".repeat(12)];
        const controls = /** @type {HTMLTextAreaElement[]} */ ([...document.querySelectorAll("#fields textarea")]);
        for (let at = from; at < to; at += 1) {
          const control = controls[(at * 37) % controls.length];
          control.focus();
          control.value = texts[(at * 5 + Math.floor(at / 61)) % texts.length];
          control.dispatchEvent(new Event("input", { bubbles: true }));
          // The page takes its turn: what waits for one would heap up.
          if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
        }
      },
      /** @type {const} */ ([from, to]),
    );
  /** @type {(Awaited<ReturnType<typeof memory>> & { wasm: number })[]} */
  const looks = [];
  for (let part = 0; part < 5; part += 1) {
    await fill((EDITS / 5) * part, (EDITS / 5) * (part + 1));
    // The same state each time, for what is on the page to be the same.
    await page.evaluate(() => {
      for (const control of document.querySelectorAll("#fields textarea")) /** @type {HTMLTextAreaElement} */ (control).value = "";
      cin.element.check();
    });
    await page.waitForTimeout(1_000);
    looks.push({ ...(await memory(session)), wasm: await wasmMemory(page) });
  }
  const [, early] = looks;
  const late = looks[4];
  context.diagnostic(`after two fifths and at the end: heap ${Math.round(early.heap)} and ${Math.round(late.heap)} kB, nodes ${early.nodes} and ${late.nodes}, wasm ${early.wasm} and ${late.wasm} kB`);
  const all = JSON.stringify(looks);
  assert.ok(late.wasm - early.wasm <= 256, all);
  assert.ok(late.heap - early.heap <= 1_000, all);
  assert.ok(late.nodes - early.nodes <= 200, all);
  assert.ok(late.listeners - early.listeners <= 10, all);
  await done(page);
});

test("a form that is attached and detached a hundred times leaves nothing behind", async (context) => {
  const page = await harness.open("/pages/plain.html");
  await page.locator("[data-ready]").waitFor();
  await page.evaluate(() => cin.init());
  const session = await probe(page);
  const round = () =>
    page.evaluate(async () => {
      for (let at = 0; at < 50; at += 1) {
        const attached = cin.attach(cin.form, { procedure: "bolton", stage: "close", today: "2026-11-21", smart: true });
        attached.check();
        attached.detach();
        if (at % 10 === 9) await new Promise((resolve) => setTimeout(resolve));
      }
    });
  await round();
  const early = { ...(await memory(session)), wasm: await wasmMemory(page) };
  await round();
  await round();
  const late = { ...(await memory(session)), wasm: await wasmMemory(page) };
  context.diagnostic(JSON.stringify({ early, late }));
  assert.ok(late.heap - early.heap <= 300, "heap");
  assert.ok(late.nodes - early.nodes <= 20, "nodes");
  assert.ok(late.listeners - early.listeners <= 5, "listeners");
  assert.ok(late.wasm - early.wasm <= 128, "wasm");
  await done(page);
});
