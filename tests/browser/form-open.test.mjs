// A form that is kept open finds after each change what a check of the whole form finds, and asks only what may be new.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const on = onPages({ prepare: (page) => page.evaluate(() => cin.init()) });

const example = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(new URL(`../../www/examples/${name}.json`, import.meta.url), "utf8")).record;

/**
 * Changes the form of a page at random, on several days.
 * @param {Page} page
 * @param {{ steps: number, map?: object, ignore?: string, smart?: boolean }} options
 */
async function changeAndCompare(page, { steps, ...options }) {
  // The clock goes on between them: today is the day by it, unless a change has set one.
  const nights = ["2026-11-20T23:59Z", "2026-11-21T00:01Z", "2027-03-28T00:30Z"];
  await page.clock.setFixedTime(new Date(nights[0]));
  await page.evaluate(async (options) => {
    const { holdTimers } = await import(/** @type {string} */ ("/pages/edits.js"));
    holdTimers();
    document.addEventListener("submit", (event) => event.preventDefault());
    globalThis.kept = cin.attach(cin.form, { procedure: "cambridgeshire", stage: "circulate", ...options });
  }, options);
  for (const [at, night] of nights.entries()) {
    await page.clock.setFixedTime(new Date(night));
    const { wrong, kept: open } = await page.evaluate(
      async ({ options, steps, seed, day }) => {
        const { changeAndCompare } = await import(/** @type {string} */ ("/pages/edits.js"));
        const validators = new Map();
        const whole = (/** @type {any} */ { procedure, stage, today = day }) => {
          if (!validators.has(procedure)) validators.set(procedure, cin.Validator.builtIn(procedure));
          return validators.get(procedure).check(cin.read(cin.form, options), { stage, today });
        };
        // Somebody comes back to the page.
        document.dispatchEvent(new Event("visibilitychange"));
        const add = (/** @type {any} */ { pick }) => {
          const buttons = [...cin.form.querySelectorAll("[data-add], [data-remove]")];
          if (!buttons.length) return undefined;
          const button = pick(buttons);
          button.click();
          return button.textContent;
        };
        const rows = (/** @type {any} */ { pick, below }) => {
          const all = [...cin.form.querySelectorAll(".grid tr")].slice(1);
          if (!all.length) return undefined;
          const row = pick(all);
          if (below(3) === 0 && all.length > 1) row.remove();
          else if (below(2)) pick(all).before(row);
          else {
            const copy = row.cloneNode(true);
            for (const control of copy.querySelectorAll("[name]")) control.name = control.name.replace(/ctl\d+/, `ctl${10 + below(90)}`);
            row.after(copy);
          }
          return "rows";
        };
        const other = (/** @type {any} */ dice) => add(dice) ?? rows(dice);
        return changeAndCompare(cin.form, { attached: kept, whole, steps, seed, other });
      },
      { options, steps, seed: 0x9e3779b9 + at, day: night.slice(0, 10) },
    );
    assert.deepEqual(wrong, [], night);
    assert(open > steps / 4, `${night}: open after ${open} of ${steps} changes`);
  }
  await page.evaluate(() => kept.detach());
}

const LEGACY = {
  ctl00$cph$txtStart: "plan.started_on",
  ctl00$cph$ddlType: { path: "plan.kind", values: { 0: null, 17: "child-in-need", 18: "child-protection" } },
  ctl00$cph$rblSeen: { path: "visits[0].child_seen", values: { 1: true, 2: false } },
  ctl00$cph$chkComplex: "case.complex",
  "gvActions$ctl{n}$txtAct": "plan.actions[n].what",
  "gvActions$ctl{n}$txtOwner": "plan.actions[n].who",
  "gvActions$ctl{n}$txtDue": "plan.actions[n].due_on",
  txtCont: "plan.contingency",
};

on("a page with controls of every kind: whatever is done, the report is that of the whole form", "/pages/plain.html", (page) =>
  changeAndCompare(page, { steps: 150, smart: true }));

on("old table layouts with a map: whatever is done, the report is that of the whole form", "/pages/legacy.html", (page) =>
  changeAndCompare(page, { steps: 150, map: LEGACY }));

on("dates in three parts: whatever is done, the report is that of the whole form", "/pages/govuk.html", (page) =>
  changeAndCompare(page, { steps: 100, ignore: ".govuk-radios--inline, [data-cin-ignore]" }));

on("the form of the demo: whatever is done, the report is that of the whole form", "/pages/open.html", async (page) => {
  await page.evaluate((record) => void cin.plan.load(record), await example("review"));
  await changeAndCompare(page, { steps: 60, smart: true });
});

on("a whole plan in the form of the demo: whatever is done, the report is that of the whole form", "/pages/open.html", async (page) => {
  await page.evaluate((record) => void cin.plan.load(record), await example("good-derbyshire-single-focus"));
  await changeAndCompare(page, { steps: 15 });
});

// ---- what it costs ----

/**
 * Attaches to the page's form a validator whose open forms are listened to.
 * @param {Page} page
 * @param {object} [options]
 */
const listening = (page, options = {}) =>
  page.evaluate((options) => {
    /** @type {string[]} */
    const calls = [];
    const validator = cin.Validator.builtIn("cambridgeshire");
    const checker = () => ({
      check: () => assert("checked as a whole"),
      open(/** @type {any} */ record) {
        const form = validator.open(record);
        calls.push("open");
        return {
          set: (/** @type {string} */ path, /** @type {unknown} */ value) => (calls.push(`${path} = ${JSON.stringify(value)}`), form.set(path, value)),
          report: (/** @type {any} */ options) => form.report(options),
          free: () => (calls.push("free"), form.free()),
        };
      },
    });
    const assert = (/** @type {string} */ what) => void calls.push(what);
    const told = () => calls.splice(0);
    kept = { calls, told, checker, attached: cin.attach(cin.form, { validator: checker(), stage: "circulate", ...options }) };
  }, options);

const told = (/** @type {Page} */ page) => page.evaluate(() => kept.told());

on("what was typed is the only answer that is told, and a report hands out again what it knows", "/pages/plain.html", async (page) => {
  await listening(page);
  assert.deepEqual(await told(page), ["open"]);
  await page.evaluate(() => (kept.before = kept.attached.report));
  await page.focus("#who-0");
  await page.keyboard.type("Ann Lee");
  assert.deepEqual(await told(page), [], "while somebody types");
  await page.waitForFunction(() => kept.calls.length);
  assert.deepEqual(await told(page), ['plan.actions[0].who = "Ann Lee"']);
  const [again, anew] = await page.evaluate(() => {
    const known = new Set(kept.before.findings);
    const { findings } = kept.attached.report;
    const again = findings.filter((/** @type {object} */ finding) => known.has(finding)).length;
    return [again, findings.length - again];
  });
  assert(again > anew, `${again} findings again, ${anew} anew`);
  await page.evaluate(() => void kept.attached.check());
  assert.deepEqual(await told(page), [], "nothing is new");
});

on("what scripts fill in without a word is told when a field is left, and with each check", "/pages/plain.html", async (page) => {
  await listening(page);
  await told(page);
  await page.focus("#who-0");
  await page.keyboard.type("A");
  await page.evaluate(() => void (cin.form.elements.reason.value = "All done"));
  await page.waitForFunction(() => kept.calls.length);
  assert.deepEqual(await told(page), ['plan.actions[0].who = "A"'], "after a pause");
  await page.keyboard.press("Tab");
  assert.deepEqual(await told(page), ['closure.reason = "All done"']);
  await page.evaluate(() => {
    cin.form.elements.reason.value = "";
    kept.attached.check();
  });
  assert.deepEqual(await told(page), ["closure.reason = null"]);
  await page.evaluate(() => {
    document.addEventListener("submit", (event) => event.preventDefault());
    cin.form.elements.reason.value = "Again";
    cin.form.requestSubmit();
  });
  assert.deepEqual(await told(page), ['closure.reason = "Again"']);
});

on("a row that goes is taken away, and those after it are told where they are now", "/pages/legacy.html", async (page) => {
  await listening(page, { map: LEGACY });
  await told(page);
  await page.evaluate(() => document.querySelectorAll(".grid tr")[1].remove());
  await page.waitForFunction(() => kept.calls.length);
  assert.deepEqual(await told(page), [
    "plan.actions[1].what = null",
    "plan.actions[1].due_on = null",
    'plan.actions[0].what = "Book a check"',
    'plan.actions[0].due_on = "31/2/2026"',
  ]);
});

on("a form that was opened is closed again: with another procedure, one that cannot be used, and at the end", "/pages/plain.html", async (page) => {
  await listening(page);
  await page.evaluate(() => void kept.attached.update({ procedure: kept.checker() }));
  assert.deepEqual(await told(page), ["open", "open", "free"]);
  const code = await page.evaluate(() => {
    try {
      kept.attached.update({ procedure: kept.checker(), stage: "someday" });
    } catch (error) {
      return /** @type {any} */ (error).code;
    }
  });
  assert.equal(code, "unreadable-stage");
  assert.deepEqual(await told(page), ["open", "free"]);
  await page.evaluate(() => {
    cin.form.elements.reason.value = "All done";
    kept.attached.check();
  });
  assert.deepEqual(await told(page), ['closure.reason = "All done"'], "the one before goes on");
  await page.evaluate(() => kept.attached.detach());
  assert.deepEqual(await told(page), ["free"]);
});

on("a form that fails is opened anew at the next look", "/pages/plain.html", async (page) => {
  await listening(page);
  await told(page);
  const [message, findings, error] = await page.evaluate(() => {
    const { attached } = kept;
    let fails = true;
    const own = kept.checker();
    const open = own.open;
    own.open = (/** @type {any} */ record) => {
      const form = open(record);
      return { ...form, set: (/** @type {any[]} */ ...answer) => (fails ? failing() : form.set(...answer)) };
    };
    const failing = () => {
      fails = false;
      throw new Error("It has failed");
    };
    attached.update({ procedure: own });
    cin.form.elements.reason.value = "All done";
    cin.form.addEventListener("cinplan:error", (/** @type {Event} */ event) => event.preventDefault());
    attached.check();
    return [attached.error?.message, attached.check().findings.length, attached.error];
  });
  assert.equal(message, "It has failed");
  assert(findings > 0);
  assert.equal(error, undefined);
  assert.deepEqual(await told(page), ["open", "free", "free", "open"]);
});

on("what does not change on the page is not touched", "/pages/plain.html", async (page) => {
  await listening(page, { smart: true });
  await page.fill("#what-0", "Help");
  await page.evaluate(() => void kept.attached.check());
  const changes = await page.evaluate(async () => {
    /** @type {string[]} */
    const changes = [];
    const watcher = new MutationObserver((records) => {
      for (const { target, type, attributeName } of records) {
        changes.push(`${type} ${attributeName ?? ""} ${target instanceof Element ? target.className || target.id : ""}`);
      }
    });
    watcher.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    cin.form.elements.reason.value = "All done";
    kept.attached.update({});
    await null;
    return changes;
  });
  assert.deepEqual(changes, []);
  // A finding that goes takes its own item away, and no other is drawn anew: but for the first time after a check, when
  // what was told aloud becomes what is not.
  const gone = await page.evaluate(() => {
    const items = () => [...document.querySelectorAll(".cinplan-summary__item")];
    cin.form.elements.outside.value = "Grandmother";
    kept.attached.update({});
    const before = items();
    cin.form.elements.contingency.value = "Ring the duty team";
    kept.attached.update({});
    const now = items();
    return [before.filter((item) => !now.includes(item)).length, now.filter((item) => !before.includes(item)).length];
  });
  assert.deepEqual(gone, [1, 0]);
});
