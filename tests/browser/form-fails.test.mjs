// A check that fails: the page says so, the host hears of it, and typing and saving go on.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { accessible, onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const onPage = onPages();

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
const on = (name, steps, options) => onPage(name, "/pages/plain.html", steps, options);

/**
 * Attaches a validator that wants a contingency plan, and fails while `kept.fails` is true.
 * @param {Page} page
 * @param {object} [options]
 */
function failing(page, options) {
  return page.evaluate((options) => {
    const works = cin.wanting("plan.contingency");
    const validator = {
      check(/** @type {unknown[]} */ ...asked) {
        if (kept.fails) throw Object.assign(new Error("a fault of its own at src/x.rs:1:1"), { code: "internal" });
        return works.check(...asked);
      },
    };
    globalThis.kept = { fails: false, events: [], errors: [] };
    cin.form.addEventListener("cinplan:error", (/** @type {CustomEvent} */ event) => {
      event.preventDefault();
      kept.events.push(event.detail.code);
    });
    const onError = (/** @type {any} */ error) => kept.errors.push(error.code);
    kept.attached = cin.attach(cin.form, { validator, stage: "circulate", block: "circulate", onError, ...options });
  }, options);
}

const fail = (/** @type {Page} */ page, fails = true) => page.evaluate((fails) => void (kept.fails = fails), fails);
const heard = (/** @type {Page} */ page) => page.evaluate(() => [kept.events, kept.errors]);
const unchecked = (/** @type {Page} */ page) => page.locator(".cinplan-summary--unchecked");
const messages = (/** @type {Page} */ page) => page.locator(".cinplan-finding > .cinplan-message").allTextContents();
const markup = (/** @type {Page} */ page) => page.evaluate(() => document.documentElement.outerHTML);

on("it is said once and calmly, and what may no longer be true is taken away", async (page) => {
  const before = await markup(page);
  await failing(page);
  await page.evaluate(() => void kept.attached.check());
  assert.equal((await messages(page)).length, 1);

  await fail(page);
  await page.focus("#what-0");
  await page.keyboard.type("Book a speech assessment");
  await unchecked(page).waitFor();
  assert.deepEqual(await messages(page), []);
  assert.match((await unchecked(page).textContent()) ?? "", /cannot be checked at the moment.*save it as usual/);
  assert.equal(await page.title(), "A plan, on a plain page");
  await accessible(page);
  // Whoever is typing goes on.
  await page.keyboard.type(" for Noah");
  await page.waitForTimeout(500);
  assert.equal(await page.inputValue("#what-0"), "Book a speech assessment for Noah");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "what-0");
  assert.equal(await unchecked(page).count(), 1);
  assert.deepEqual(await heard(page), [["internal"], ["internal"]]);
  assert.equal(await page.evaluate(() => kept.attached.error.code), "internal");

  // Once it can be checked again, it is; and another failure is told anew.
  await fail(page, false);
  await page.evaluate(() => void kept.attached.check());
  assert.equal(await unchecked(page).count(), 0);
  assert.equal((await messages(page)).length, 1);
  assert.equal(await page.evaluate(() => kept.attached.error), undefined);
  await fail(page);
  await page.evaluate(() => void kept.attached.check());
  assert.deepEqual(await heard(page), [["internal", "internal"], ["internal", "internal"]]);

  await page.evaluate(() => {
    cin.form.reset();
    kept.attached.detach();
  });
  assert.equal(await markup(page), before);
});

on("the focus is never lost with what is taken away", async (page) => {
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
  const asked = (/** @type {object} */ manner = {}) => page.evaluate((manner) => void kept.attached.check(manner), manner);
  await page.setViewportSize({ width: 390, height: 500 });
  await failing(page);
  // In the summary, while the form is looked at again.
  await asked();
  await page.focus(".cinplan-summary__link");
  await fail(page);
  await page.evaluate(() => kept.attached.update({ stage: "review" }));
  assert.match(`${await focused()}`, /cinplan-summary--unchecked/);
  const { top } = await unchecked(page).evaluate((box) => box.getBoundingClientRect());
  assert.ok(top > -1 && top < 100, `it is in view, ${top} from the top`);

  // At a field, at whose message somebody reads.
  await fail(page, false);
  await asked();
  await page.focus(".cinplan-finding summary");
  await fail(page);
  await page.evaluate(() => kept.attached.update({ stage: "circulate" }));
  assert.equal(await focused(), "contingency");

  // Whoever asks to be led to what was found is led to what is said instead, and each time.
  for (let time = 0; time < 2; time += 1) {
    await page.focus("#what-0");
    await asked({ focus: true });
    assert.match(`${await focused()}`, /cinplan-summary--unchecked/);
  }
});

on("a form without a summary is told of once", async (page) => {
  await failing(page, { summary: false });
  await fail(page);
  const heard = await page.evaluate(async () => {
    /** @type {string[]} */
    const said = [];
    for (let time = 0; time < 3; time += 1) {
      kept.attached.check();
      await new Promise((done) => setTimeout(done, 300));
      said.push(document.querySelector(".cinplan-status")?.textContent ?? "");
      if (time === 0) document.querySelector(".cinplan-status")?.replaceChildren();
    }
    return said;
  });
  assert.match(heard[0], /cannot be checked/);
  assert.deepEqual(heard.slice(1), ["", ""]);
});

on("submitting goes through, though errors would hold it back", async (page) => {
  await failing(page);
  await page.click("#submit");
  assert.equal(new URL(page.url()).pathname, "/pages/plain.html", "held back while it can be checked");
  await fail(page);
  await page.fill("#what-0", "Book a speech assessment");
  await page.click("#submit");
  await page.waitForURL(/saved\.html/);
  assert.equal(new URL(page.url()).searchParams.get("plan.actions[0].what"), "Book a speech assessment");
});

on("a host that asks in the middle of saving goes on saving", async (page) => {
  await failing(page, { block: false });
  await fail(page);
  await page.evaluate(() =>
    cin.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      kept.report = kept.attached.check();
      kept.updated = kept.attached.update({ stage: "review" });
      kept.saved = kept.attached.record();
    }),
  );
  await page.fill("#what-0", "Book a speech assessment");
  await page.click("#submit");
  await page.waitForFunction(() => kept.saved);
  assert.equal(await page.evaluate(() => kept.saved.plan.actions[0].what), "Book a speech assessment");
  assert.equal(await page.evaluate(() => kept.report === kept.attached.report && kept.updated === kept.report), true);
  assert.deepEqual(await heard(page), [["internal"], ["internal"]]);
});

on("an error that the host does not take goes to the browser's own reporting", async (page) => {
  await page.evaluate(() => {
    globalThis.kept = {};
    const validator = { check: (/** @type {unknown[]} */ ...asked) => kept.broken(...asked) };
    kept.broken = cin.wanting().check;
    kept.attached = cin.attach(cin.form, { validator, stage: "circulate" });
    kept.broken = () => {
      throw new Error("not a good day");
    };
  });
  const told = page.waitForEvent("pageerror");
  await page.evaluate(() => void kept.attached.check());
  assert.equal((await told).message, "not a good day");
  assert.equal(await unchecked(page).count(), 1);
}, { expects: (message) => message.includes("not a good day") });

on("what goes wrong in the host's own functions is the host's, and the check goes on", async (page) => {
  await page.evaluate(() => {
    const on = () => {
      throw new Error("of the host");
    };
    globalThis.kept = cin.attach(cin.form, { validator: cin.wanting("plan.kind"), stage: "circulate", block: "circulate", on });
  });
  await page.click("#submit");
  assert.equal((await messages(page)).length, 1);
  assert.equal(await unchecked(page).count(), 0);
  assert.equal(new URL(page.url()).pathname, "/pages/plain.html");
}, { expects: (message) => message.includes("of the host") });

on("a core that has run out of memory stops checking, and no more than that", async (page) => {
  await page.evaluate(async () => {
    const { memory } = await cin.init();
    globalThis.kept = { codes: [] };
    cin.form.addEventListener("cinplan:error", (/** @type {CustomEvent} */ event) => {
      event.preventDefault();
      kept.codes.push(event.detail.code ?? event.detail.name);
    });
    kept.attached = cin.attach(cin.form, { procedure: "bolton", stage: "close" });
    memory.grow(65536 - memory.buffer.byteLength / 65536);
    cin.form.elements["plan.contingency"].value = "x".repeat(5_000_000);
    kept.attached.check();
  });
  assert.deepEqual(await page.evaluate(() => kept.codes), ["RuntimeError"]);
  await page.fill("#contingency", "Aunt Jo comes over");
  await page.evaluate(() => void kept.attached.check());
  assert.equal(await page.evaluate(() => kept.attached.error.code), "stopped");
  assert.equal(await unchecked(page).count(), 1);
  await page.evaluate(() => kept.attached.detach());
  assert.equal(await unchecked(page).count(), 0);
  await page.click("#submit");
  await page.waitForURL(/saved\.html/);
  assert.equal(new URL(page.url()).searchParams.get("plan.contingency"), "Aunt Jo comes over");
});
