// <cin-plan>, and a form with the real rules behind it.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

/** @typedef {import("../../js/element.js").CinPlan} CinPlan */

test("the element checks the form within, by its attributes", async () => {
  const page = await harness.open("/pages/element.html");
  const report = () => page.evaluate(() => /** @type {CinPlan} */ (document.querySelector("#first")).report);
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#second"))?.report);
  const first = await report();
  assert.equal(first?.procedure.id, "cambridgeshire");
  assert.equal(first?.stage, "circulate");
  assert.equal(first?.today, "2026-11-21");
  assert.equal(await page.locator(".cinplan-summary, .cinplan-messages").count(), 0, "nothing before it is asked");
  await accessible(page);

  await page.fill("#held", "31/2/2026");
  await page.fill("#what", "Book a speech assessment");
  const checked = await page.evaluate(() => /** @type {CinPlan} */ (document.querySelector("#first")).check());
  assert(checked.summary.errors > 0);
  assert(checked.findings.some(({ path }) => path === "meetings[0].held_on"), "an impossible date is told");
  assert((await page.locator("#first .cinplan-messages").count()) >= 1);
  assert.equal(await page.locator("#second .cinplan-messages").count(), 0);
  await accessible(page);

  const stage = await page.evaluate(() => {
    const element = /** @type {CinPlan} */ (document.querySelector("#first"));
    element.setAttribute("stage", "draft");
    return element.report?.stage;
  });
  assert.equal(stage, "draft");
  await done(page);
});

test("taken off the page it leaves no trace, and put back it goes on", async () => {
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  const clean = await page.evaluate(async () => {
    const element = /** @type {CinPlan} */ (document.querySelector("#first"));
    const before = element.outerHTML;
    await element.check();
    const shown = element.outerHTML !== before;
    const parent = element.parentElement;
    element.remove();
    // A move is a removal too, until it is clear that nothing follows.
    await undefined;
    const clean = element.outerHTML === before;
    parent?.append(element);
    await element.ready;
    return [shown, clean, element.report?.stage];
  });
  assert.deepEqual(clean, [true, true, "circulate"]);
  await done(page);
});

test("a form that comes later is found, and an unknown procedure is told", async () => {
  const page = await harness.open("/pages/element.html", { expects: (message) => message.includes("atlantis") });
  const code = await page.evaluate(async () => {
    const element = /** @type {CinPlan} */ (document.createElement("cin-plan"));
    element.setAttribute("procedure", "atlantis");
    element.setAttribute("stage", "draft");
    document.body.append(element);
    /** @type {Promise<string>} */
    const told = new Promise((resolve) =>
      element.addEventListener("cinplan:error", (event) => resolve(/** @type {any} */ (event).detail.code)),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    element.append(document.createElement("form"));
    const failed = await element.ready.then(
      () => "",
      (error) => error.code,
    );
    return [failed, await told];
  });
  assert.deepEqual(code, ["unknown-procedure", "unknown-procedure"]);
  await done(page);
});

test("a second definition does no harm", async () => {
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  assert.equal(
    await page.evaluate(async () => {
      // @ts-expect-error The same module under another address, as when two copies are bundled.
      const other = await import("/pkg/element.js?again");
      return customElements.get("cin-plan") === other.CinPlan;
    }),
    false,
  );
  await done(page);
});

test("a procedure of one's own, and the real rules behind attach", async () => {
  const page = await harness.open("/pages/govuk.html");
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(async () => {
    await cin.init();
    const procedure = { ...cin.Validator.procedure("cambridgeshire"), id: "ours", title: "Ours" };
    globalThis.kept = cin.attach(cin.form, { procedure, stage: "circulate", today: "2026-11-21" });
  });
  assert.equal(await page.evaluate(() => kept.report.procedure.id), "ours");
  await page.fill("#held-day", "31");
  await page.fill("#held-month", "2");
  await page.fill("#held-year", "2026");
  await page.evaluate(() => void kept.check());
  const held = page.locator("fieldset").first().locator(".cinplan-finding--error > .cinplan-message");
  assert.match(await held.first().innerText(), /Date of meeting/);
  await accessible(page);
  const updated = await page.evaluate(() => kept.update({ procedure: "cambridgeshire", stage: "draft" }));
  assert.deepEqual([updated.procedure.id, updated.stage], ["cambridgeshire", "draft"]);
  await page.evaluate(() => kept.detach());
  await done(page);
});

// ---- attributes and properties, places and times ----

test("attributes and properties follow each other, and what was set last counts", async () => {
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  const seen = await page.evaluate(async () => {
    const element = /** @type {CinPlan} */ (document.querySelector("#first"));
    const [form] = element.getElementsByTagName("form");
    /** @type {unknown[]} */
    const seen = [];
    element.stage = "review";
    seen.push([element.getAttribute("stage"), element.report?.stage]);
    element.today = "2026-12-24";
    seen.push([element.getAttribute("today"), element.report?.today]);
    element.procedure = "bolton";
    seen.push([element.getAttribute("procedure"), element.report?.procedure.id]);
    const { Validator } = await import(/** @type {string} */ ("/pkg/cinplan.js"));
    element.procedure = { ...Validator.procedure("bolton"), id: "ours" };
    seen.push([element.getAttribute("procedure"), element.report?.procedure.id]);
    element.setAttribute("procedure", "derbyshire");
    seen.push([element.procedure, element.report?.procedure.id]);

    form.insertAdjacentHTML("beforeend", '<input name="txtCont" value="Ring" aria-label="Contingency">');
    element.map = { txtCont: "plan.contingency" };
    await element.ready;
    seen.push([element.getAttribute("map"), element.record]);
    element.setAttribute("map", '{ "txtCont": "plan.safety_plan" }');
    await element.ready;
    seen.push([element.map, element.record]);
    element.off = ["plan-contingency", "plan-needs"];
    await element.ready;
    seen.push([element.getAttribute("off"), element.report?.off]);
    element.off = [];
    await element.ready;
    seen.push([element.getAttribute("off"), element.report?.off]);
    element.block = "draft";
    await element.ready;
    seen.push([element.getAttribute("block"), form.noValidate]);
    element.block = false;
    await element.ready;
    seen.push([element.getAttribute("block"), form.noValidate]);
    element.options = { messages: { check: "Mae problem" } };
    await element.check();
    seen.push(element.querySelector("h2")?.textContent);
    return seen;
  });
  assert.deepEqual(seen, [
    ["review", "review"],
    ["2026-12-24", "2026-12-24"],
    ["bolton", "bolton"],
    [null, "ours"],
    ["derbyshire", "derbyshire"],
    [null, { plan: { contingency: "Ring" } }],
    [{ txtCont: "plan.safety_plan" }, { plan: { safety_plan: "Ring" } }],
    ["plan-contingency plan-needs", ["plan-needs", "plan-contingency"]],
    [null, []],
    ["draft", true],
    [null, false],
    "Mae problem",
  ]);
  await done(page);
});

test("moved within its page it goes on with all that is shown; in a shadow root, and twice, it works as well", async () => {
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  await page.fill("#what", "Book a speech assessment");
  const moved = await page.evaluate(async () => {
    const element = /** @type {CinPlan} */ (document.querySelector("#first"));
    await element.check();
    const shown = element.querySelectorAll(".cinplan-messages").length;
    document.querySelector("main")?.append(element);
    await undefined;
    const kept = element.querySelectorAll(".cinplan-messages").length;

    const host = document.createElement("div");
    document.querySelector("main")?.append(host);
    host.attachShadow({ mode: "open" }).append(element);
    await element.ready;
    await new Promise((resolve) => setTimeout(resolve));
    const quiet = element.querySelectorAll(".cinplan-messages").length;
    const title = document.title;
    let heard = 0;
    document.addEventListener("cinplan:report", () => (heard += 1));
    await element.check();
    return { shown, kept, quiet, title, heard, again: element.querySelectorAll(".cinplan-messages").length };
  });
  assert(moved.shown > 0);
  assert.deepEqual(moved, { ...moved, kept: moved.shown, quiet: 0, title: "A plan, with the element", heard: 1, again: moved.shown });
  assert.equal(await page.locator("#second .cinplan-messages").count(), 0);
  await done(page);
});

test("a page and several elements initialise once, and an element recovers from what was wrong", async () => {
  const page = await harness.open("/pages/two.html", { expects: (message) => /atlantis|JSON|map/.test(message) });
  await page.waitForSelector("html[data-ready]");
  /** @type {string[]} */
  const requests = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && requests.push(request.url()));
  const codes = await page.evaluate(async () => {
    const make = () => {
      const element = /** @type {CinPlan} */ (document.createElement("cin-plan"));
      element.innerHTML = '<form><input name="plan.contingency" aria-label="Contingency"></form>';
      // Before the element is defined, as frameworks do.
      element.stage = "draft";
      element.procedure = "bolton";
      return element;
    };
    const elements = [make(), make(), make()];
    document.body.append(...elements);
    const all = [cin.init(), import(/** @type {string} */ ("/pkg/element.js")), cin.init()];
    await Promise.all(all);
    await Promise.all(elements.map((element) => element.ready));
    const reports = elements.map((element) => element.report?.procedure.id);

    /** @type {string[]} */
    const errors = [];
    document.addEventListener("cinplan:error", (event) => errors.push(/** @type {any} */ (event).detail.code));
    const code = (/** @type {CinPlan} */ element) => element.ready.then(() => "ready", (error) => error.code);
    const [one] = elements;
    one.setAttribute("map", "{ not JSON");
    const codes = [await code(one)];
    one.setAttribute("map", "nobody");
    codes.push(await code(one));
    one.querySelector("form")?.append("more");
    await new Promise((resolve) => setTimeout(resolve, 50));
    one.removeAttribute("map");
    codes.push(await code(one));
    one.procedure = "atlantis";
    codes.push(one.report?.procedure.id ?? "");
    one.procedure = "derbyshire";
    codes.push(one.report?.procedure.id ?? "");
    return { reports, codes, errors };
  });
  assert.deepEqual(codes, {
    reports: ["bolton", "bolton", "bolton"],
    codes: ["unreadable-map", "unreadable-map", "ready", "bolton", "derbyshire"],
    errors: ["unreadable-map", "unreadable-map", "unknown-procedure"],
  });
  assert.equal(requests.length, 1, "one module for all");
  await done(page);
});

test("a form that comes in place of another is checked, and the first is left as it was", async () => {
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  const seen = await page.evaluate(async () => {
    const element = /** @type {CinPlan} */ (document.querySelector("#first"));
    const [form] = element.getElementsByTagName("form");
    const before = form.outerHTML;
    await element.check();
    const next = document.createElement("form");
    next.innerHTML = '<textarea name="plan.contingency" aria-label="Contingency">Ring the duty team</textarea>';
    form.replaceWith(next);
    await new Promise((resolve) => setTimeout(resolve));
    await element.ready;
    return [form.outerHTML === before, element.record];
  });
  assert.deepEqual(seen, [true, { plan: { contingency: "Ring the duty team" } }]);
  await done(page);
});
