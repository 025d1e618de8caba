// The checklist and recorded reasons: what a person judges, in any host's form.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { accessible, onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

/** The plain page, with a place for a checklist at the end of its form. */
const onPage = onPages({
  prepare: (page) =>
    page.evaluate(async () => {
      const place = document.createElement("section");
      place.id = "questions";
      cin.form.append(place);
      const address = "../pkg/checklist.js";
      globalThis.kept = { place, checklist: (await import(address)).checklist };
      await cin.init();
    }),
});

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
const on = (name, steps, options) => onPage(name, "/pages/plain.html", steps, options);

/** The questions of the real rules at a stage, with the record that the form holds. @param {Page} page @param {object} [options] */
const ask = (page, options = {}) =>
  page.evaluate((options) => {
    kept.list = kept.checklist(kept.place, { form: cin.form, ...options });
    kept.attached = cin.attach(cin.form, { procedure: "cambridgeshire", stage: "close", today: "2026-11-21" });
    return kept.attached.report.prompts.length;
  }, options);

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("name"));

/** @param {Page} page */
const judgements = (page) => page.evaluate(() => kept.attached.record().judgements);

/** @param {Page} page */
const openAll = (page) => page.evaluate(() => document.querySelectorAll("#questions details").forEach((one) => one.setAttribute("open", "")));

on("asks by part of the plan, and says how many are left", async (page) => {
  const total = await ask(page);
  assert(total > 10, `${total} questions`);
  assert.equal(await page.locator(".cinplan-checklist__count").textContent(), `0 of ${total} answered, ${total} left`);
  const heads = await page.locator("#questions > div > details > summary").allTextContents();
  const numbers = heads.map((head) => Number(/^[A-Z][a-z ]+: 0 of (\d+) answered, \1 left$/.exec(head)?.[1]));
  assert.equal(numbers.reduce((sum, number) => sum + number, 0), total, heads.join("; "));
  await accessible(page);
  await openAll(page);
  await accessible(page);
});

on("is answered by keyboard alone, and the answers are part of the record", async (page) => {
  const total = await ask(page);
  await page.getByLabel("Your name, for the answers you give now").fill("Priya Shah");
  await page.getByRole("button", { name: "Go to the next question left" }).focus();
  await page.keyboard.press("Enter");
  const first = (await focused(page)) ?? "";
  assert.match(first, /^judgements\.[a-z-]+\.answer$/);
  await page.keyboard.press("Space");
  await page.locator(".cinplan-checklist__count", { hasText: `1 of ${total} answered, ${total - 1} left` }).waitFor();
  await page.getByRole("button", { name: "Go to the next question left" }).press("Enter");
  const second = (await focused(page)) ?? "";
  assert.notEqual(second, first);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  // A "no" asks for its reason.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), second.replace("answer", "reason"));
  await page.keyboard.type("She is too young");
  await page.locator(".cinplan-checklist__count", { hasText: `2 of ${total} answered, ${total - 2} left` }).waitFor();
  const key = (/** @type {string} */ name) => name.split(".")[1];
  assert.deepEqual(await judgements(page), {
    [key(first)]: { answer: "yes", by: "Priya Shah", on: "21 November 2026" },
    [key(second)]: { answer: "no", reason: "She is too young", by: "Priya Shah", on: "21 November 2026" },
  });
  const report = await page.evaluate(() => kept.attached.check());
  const about = report.findings.filter((/** @type {any} */ { path }) => path.startsWith("judgements."));
  assert.deepEqual(about, [], "nothing is missing in the answers");
});

on("writes over nothing, and keeps what is not asked any more", async (page) => {
  await ask(page);
  await openAll(page);
  const question = page.locator(".cinplan-question").first();
  await question.getByLabel("Name").fill("Ann");
  await question.getByLabel("Date").fill("1/11/2026");
  await question.getByRole("radio", { name: "Not applicable" }).check();
  const name = (await question.getByRole("radio").first().getAttribute("name")) ?? "";
  const answer = { [name.split(".")[1]]: { answer: "not-applicable", by: "Ann", on: "1/11/2026" } };
  assert.deepEqual(await judgements(page), answer);
  await page.evaluate(() => void kept.attached.update({ stage: "draft" }));
  assert.equal(await page.locator(".cinplan-checklist__count").textContent(), "There are no questions at this stage.");
  assert.equal(await page.locator(".cinplan-question:visible").count(), 0);
  assert.deepEqual(await judgements(page), answer, "the answer stays");
});

on("shows the answers of a record, outside the form too, and copes with forty questions", async (page) => {
  const seen = await page.evaluate(() => {
    const outside = document.createElement("div");
    document.querySelector("main")?.append(outside);
    const prompts = Array.from({ length: 40 }, (_, at) => ({
      id: `question-${at}`,
      question: `Question ${at}, <b>as text</b>?`,
      section: at % 2 ? "plan" : "something-new",
      path: `judgements.question-${at}.answer`,
      cites: [],
      ...(at === 3 ? { answer: "no" } : {}),
    }));
    const record = { judgements: { "question-3": { answer: "no", reason: "As she wished", by: "Ann", on: "2026-11-01" } } };
    const list = kept.checklist(outside, { form: cin.form, record });
    const report = { today: "2026-11-21", prompts };
    list.update(report);
    let changes = 0;
    new MutationObserver((all) => (changes += all.length)).observe(outside, { subtree: true, childList: true, characterData: true, attributes: true });
    list.update(report);
    const counts = [...outside.querySelectorAll("p, .cinplan-checklist__summary")].map((one) => one.textContent);
    const reason = outside.querySelector("[name='judgements.question-3.reason']");
    return Promise.resolve().then(() => ({
      counts,
      changes,
      reason: /** @type {HTMLTextAreaElement} */ (reason).value,
      owner: /** @type {HTMLTextAreaElement} */ (reason).form?.id,
      bold: outside.querySelectorAll("b").length,
      read: cin.read(cin.form).judgements,
    }));
  });
  assert.deepEqual(seen.counts, ["1 of 40 answered, 39 left", "Plan: 1 of 20 answered, 19 left", "something-new: 0 of 20 answered, 20 left"]);
  assert.equal(seen.changes, 0, "the same report changes nothing");
  assert.equal(seen.reason, "As she wished");
  assert.equal(seen.owner, "plan");
  assert.equal(seen.bold, 0);
  assert.deepEqual(seen.read, { "question-3": { answer: "no", reason: "As she wished", by: "Ann", on: "2026-11-01" } });
});

// ---- recorded reasons ----

/** A finding for which the manual leaves room, until a reason is recorded. @param {Page} page @param {object} [options] */
const finding = (page, options = {}) =>
  page.evaluate((options) => {
    const checker = cin.fake((/** @type {any} */ record) => {
      const settled = (record.accepted ?? []).find((/** @type {any} */ one) => one?.rule === "a-rule" && one.reason && one.by);
      return [
        {
          path: "plan.kind",
          message: "The kind is unusual",
          note: "Read as the usual kind.",
          leaves_room: true,
          ...(settled ? { accepted: { reason: settled.reason, by: settled.by, role: settled.role ?? "" } } : {}),
        },
        { path: "plan.version", message: "No version", rule: "another" },
      ];
    });
    kept.attached = cin.attach(cin.form, { validator: checker, stage: "circulate", today: "2026-11-21", ...options });
    kept.attached.check();
  }, options);

on("a reason is recorded from the finding, by keyboard, and settles it", async (page) => {
  await page.evaluate(() => kept.place.setAttribute("data-cin-reasons", ""));
  await finding(page);
  const offers = page.getByRole("button", { name: "Record a reason" });
  assert.equal(await offers.count(), 1, "only where the manual leaves room");
  assert.equal(await offers.textContent(), "Record a reason The kind is unusual");
  await accessible(page);
  await offers.press("Enter");
  assert.equal(await focused(page), "accepted[0].reason");
  assert.equal(await page.locator(".cinplan-reason__legend").textContent(), "Reason: The kind is unusual");
  await accessible(page);
  await page.keyboard.type("The panel asked for it");
  // What was begun is gone on with.
  await page.getByRole("button", { name: "Go back to the field" }).press("Enter");
  assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? "", /^Record a reason/);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "accepted[0].by");
  await page.keyboard.type("Ann Lee");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Team manager");
  await page.waitForFunction(() => kept.attached.report.findings[0].accepted);
  await page.locator(".cinplan-summary__folded--settled").waitFor();
  assert.equal(await page.locator(".cinplan-message", { hasText: "unusual" }).count(), 0);
  assert.deepEqual(await page.evaluate(() => kept.attached.record().accepted), [
    { rule: "a-rule", reason: "The panel asked for it", by: "Ann Lee", role: "Team manager", on: "21 November 2026" },
  ]);
  await page.getByRole("button", { name: "Go back to the field" }).press("Enter");
  assert.equal(await focused(page), "plan.kind", "the finding has gone, its field has not");
  await page.evaluate(() => kept.attached.detach());
  assert.equal(await page.locator("[name='accepted[0].reason']").inputValue(), "The panel asked for it", "what was typed stays");
});

on("a host records reasons in its own way, and without a place none is asked for", async (page) => {
  await finding(page);
  assert.equal(await page.getByRole("button", { name: "Record a reason" }).count(), 0);
  const seen = await page.evaluate(() => {
    kept.attached.detach();
    const report = kept.attached.report;
    /** @type {string[]} */
    const asked = [];
    cin.show(cin.form, report, { reasons: (/** @type {any} */ one, /** @type {any} */ of) => asked.push(`${one.rule} ${of.today}`) });
    /** @type {HTMLElement} */ (document.querySelector(".cinplan-offer")).click();
    cin.hide(cin.form);
    return asked;
  });
  assert.deepEqual(seen, ["a-rule 2026-11-21"]);
});

on("reasons that were saved are there again, and new ones come after them", async (page) => {
  const seen = await page.evaluate(() => {
    const accepted = [{ rule: "old", reason: "As agreed", by: "Ann", on: "2026-10-01" }, null, { rule: "older", item: "m1", reason: "Snow" }];
    cin.showReasons(kept.place, { accepted });
    cin.recordReason(kept.place, { rule: "new", message: "Something" }, { today: "2026-11-21" });
    return cin.read(cin.form).accepted;
  });
  assert.deepEqual(seen, [
    { rule: "old", reason: "As agreed", by: "Ann", on: "2026-10-01" },
    { rule: "older", item: "m1", reason: "Snow" },
    { rule: "new", on: "21 November 2026" },
  ]);
});

on("Why? tells manual, section, what is asked and how it is read, with and without a network", async (page) => {
  const requirements = [{ id: "CAM-1.01", section: "1 Principles", says: "Plans are made with the family.", note: "Read as both parents." }];
  await finding(page, { requirements });
  const why = page.locator(".cinplan-finding", { hasText: "unusual" }).locator("details");
  assert.equal(await why.locator("summary").textContent(), "Why? The kind is unusual");
  await why.locator("summary").press("Enter");
  await why.getByText("1 Principles").waitFor();
  assert.deepEqual(await why.locator("p").allTextContents(), [
    "Put it right.",
    "A manual",
    "1 Principles: Plans are made with the family. (CAM-1.01)",
    "How this is read: Read as the usual kind.",
    "How this is read: Read as both parents.",
  ]);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SUMMARY", "the focus stays where it was");
});
