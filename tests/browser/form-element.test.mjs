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
