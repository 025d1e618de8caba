// The letters of SMART at each action, with the real rules behind them, and the words that a message is about.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */
/** @typedef {import("../../js/element.js").CinPlan} CinPlan */

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

/** A table as a case system has it, checked as on a day. @param {object} [options] */
async function table(options = { smart: true }) {
  const page = await harness.open("/pages/legacy.html");
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(() => cin.init());
  const before = await markup(page);
  const widths = await columns(page);
  await page.evaluate((options) => {
    const map = {
      "gvActions$ctl{n}$txtAct": "plan.actions[n].what",
      "gvActions$ctl{n}$txtOwner": "plan.actions[n].who",
      "gvActions$ctl{n}$txtDue": "plan.actions[n].due_on",
    };
    globalThis.kept = cin.attach(cin.form, { procedure: "cambridgeshire", stage: "circulate", today: "2026-11-21", map, ...options });
  }, options);
  return { page, before, widths };
}

/** @param {Page} page */
const markup = (page) => page.evaluate(() => document.body.outerHTML);

/** @param {Page} page */
const columns = (page) =>
  page.evaluate(() => [...document.querySelectorAll("#gvActions th")].map((cell) => cell.getBoundingClientRect().width));

/** @param {Page} page @param {number} row @param {string} name */
const cell = (page, row, name) => page.locator(`[name="gvActions$ctl0${row * 2}$txt${name}"]`);

/** What a screen reader makes of the strips: the name of each list, and its items. @param {Page} page */
const heard = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("ul.cinplan-smart")].map((strip) => [
      strip.getAttribute("aria-label"),
      ...[...strip.children].map((item) => item.querySelector(":not([aria-hidden])")?.textContent),
    ]),
  );

/** Longer than the pause after which a form is checked again. @param {Page} page */
const pause = (page) => page.waitForTimeout(500);

const check = (/** @type {Page} */ page) => page.evaluate(() => void kept.check());

test("nobody gets letters who has not asked for them", async () => {
  const { page, before } = await table({});
  await pause(page);
  assert.equal(await markup(page), before);
  await done(page);
});

test("the letters of an action fill in as one types, and nothing is announced", async () => {
  const { page } = await table();
  assert.deepEqual((await heard(page)).map(([label]) => label), ["Action 2: SMART so far"], "an empty row says nothing");
  await cell(page, 1, "Act").click();
  await page.keyboard.type("Support the family");
  await pause(page);
  const open = ["Measurable: not yet", "Achievable", "Realistic"];
  assert.deepEqual((await heard(page))[0], ["Action 1: SMART so far", "Specific: not yet", ...open, "Timescale: not yet"]);

  await cell(page, 1, "Act").fill("");
  await page.keyboard.type("Ring the school about attendance");
  await cell(page, 1, "Owner").click();
  await page.keyboard.type("Ann Lee");
  await cell(page, 1, "Due").click();
  await page.keyboard.type("4/12/2026");
  await pause(page);
  assert.deepEqual((await heard(page))[0], ["Action 1: SMART so far", "Specific: yes", ...open, "Timescale: yes"]);

  await page.keyboard.press("Control+A");
  await page.keyboard.press("Backspace");
  await pause(page);
  assert.equal((await heard(page))[0][5], "Timescale: not yet", "and empty again");
  assert.equal(await page.locator("[aria-live], [role=status], [role=alert]").count(), 0);
  assert.equal(await cell(page, 1, "Act").getAttribute("aria-describedby"), null, "the host's field is left alone");
  await accessible(page);
  await done(page);
});

test("a strip that says the same is left as it is, with those who are reading in it", async () => {
  const { page } = await table();
  await page.evaluate(() => void (globalThis.kept.item = document.querySelector(".cinplan-smart")?.firstElementChild));
  await cell(page, 2, "Act").pressSequentially("s");
  await pause(page);
  assert(await page.evaluate(() => kept.item === document.querySelector(".cinplan-smart")?.firstElementChild && kept.item.isConnected));
  await done(page);
});

test("in a table it stands under the field, and no column grows by it", async () => {
  const { page, widths } = await table();
  await cell(page, 1, "Act").fill("Ring the school");
  await pause(page);
  assert.equal((await heard(page)).length, 2);
  assert.deepEqual(await columns(page), widths);
  const places = await page.evaluate(() =>
    [...document.querySelectorAll(".cinplan-smart")].map((strip) => {
      const field = /** @type {Element} */ (strip.parentElement?.querySelector("textarea"));
      const [here, cell] = [strip, strip.parentElement].map((one) => /** @type {Element} */ (one).getBoundingClientRect());
      return [strip.parentElement?.tagName, here.top >= field.getBoundingClientRect().bottom, here.right <= cell.right, strip.scrollWidth <= strip.clientWidth];
    }),
  );
  assert.deepEqual(places, Array(2).fill(["TD", true, true, true]));
  await done(page);
});

test("in the demo each action has its letters below its field, on a wide screen and a narrow one", async () => {
  for (const width of [1280, 375]) {
    const page = await harness.open("/www/", { width });
    await page.selectOption("#example", "faults");
    await page.click("#examples button");
    await page.waitForSelector(".cinplan-smart");
    const places = await page.evaluate(() =>
      [...document.querySelectorAll(".cinplan-smart")].map((strip) => {
        const field = /** @type {HTMLTextAreaElement} */ (strip.previousElementSibling);
        const [here, above] = [strip, field].map((one) => one.getBoundingClientRect());
        return [field.name, here.top >= above.bottom, here.left >= above.left, here.right <= innerWidth];
      }),
    );
    const actions = await page.locator("textarea[name$='.what'][name^='plan.actions']").count();
    assert(actions > 1);
    assert.deepEqual(places, Array.from({ length: actions }, (_, at) => [`plan.actions[${at}].what`, true, true, true]));
    await done(page);
  }
});

test("the strips follow rows that a grid draws anew, and their numbers", async () => {
  const page = await harness.open("/pages/grid.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("cin-plan"))?.report);
  assert.deepEqual(await heard(page), []);
  await page.evaluate(() => document.querySelector("cin-plan")?.setAttribute("smart", ""));
  await page.waitForSelector(".cinplan-smart");
  const short = async () => (await heard(page)).map(([label, s, , , , t]) => [label?.slice(0, 8), s, t]);
  assert.deepEqual(await short(), [
    ["Action 1", "Specific: not yet", "Timescale: yes"],
    ["Action 2", "Specific: yes", "Timescale: not yet"],
    ["Action 3", "Specific: not yet", "Timescale: not yet"],
  ]);
  await page.click("[aria-label='Delete row 1']");
  await pause(page);
  assert.deepEqual(await short(), [
    ["Action 1", "Specific: yes", "Timescale: not yet"],
    ["Action 2", "Specific: not yet", "Timescale: not yet"],
  ]);
  await page.click("#add");
  await pause(page);
  assert.equal((await short()).length, 2, "an empty row has none yet");
  await page.keyboard.type("Read with Noah");
  await pause(page);
  assert.deepEqual((await short())[2], ["Action 3", "Specific: not yet", "Timescale: not yet"]);

  await page.evaluate(() => void ((/** @type {CinPlan} */ (document.querySelector("cin-plan"))).smart = false));
  await page.evaluate(() => (/** @type {CinPlan} */ (document.querySelector("cin-plan"))).ready);
  assert.deepEqual(await heard(page), [], "switched off");
  await done(page);
});

test("a row that a page makes by copying another gets a strip of its own", async () => {
  const page = await harness.open("/pages/plain.html");
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(async () => {
    await cin.init();
    globalThis.kept = cin.attach(cin.form, { procedure: "cambridgeshire", stage: "circulate", smart: true });
  });
  await page.fill("#what-0", "Ring the school");
  await page.waitForSelector(".cinplan-smart");
  await page.evaluate(() => {
    const row = /** @type {HTMLElement} */ (document.querySelector(".row"));
    const copy = /** @type {HTMLElement} */ (row.cloneNode(true));
    for (const control of copy.querySelectorAll("input")) {
      control.name = control.name.replace("[0]", "[1]");
      if (control.type === "hidden") control.value = "second";
    }
    row.after(copy);
  });
  await pause(page);
  assert.deepEqual((await heard(page)).map(([label]) => label), ["Action 1: SMART so far", "Action 2: SMART so far"]);
  assert.equal(await page.locator(".row:nth-of-type(2) .cinplan-smart").count(), 1);
  await done(page);
});

test("a server's report finds the row by its id, and says nothing of a row that has gone", async () => {
  const page = await harness.open("/pages/plain.html");
  await page.waitForSelector("html[data-ready]");
  const shown = (/** @type {object[]} */ smart) =>
    page.evaluate((smart) => {
      const report = { ...cin.fake([]).check({}, { today: "2026-11-21", stage: "circulate" }), smart };
      cin.show(cin.form, report, { smart: true, asked: false, messages: { smart: { yes: "done" } } });
    }, smart);
  await shown([{ path: "plan.actions[3]", item: "first", S: true }, { path: "plan.actions[0]", item: "gone", S: false }]);
  const [strip, ...others] = await heard(page);
  assert.deepEqual(strip, ["Action 1: SMART so far", "Specific: done", "Measurable", "Achievable", "Realistic", "Timescale"]);
  assert.deepEqual(others, []);
  await shown([{ path: "plan.actions[0]", item: "gone", S: false }]);
  assert.deepEqual(await heard(page), []);
  await shown([{ path: "plan.actions[0]", item: "first" }]);
  assert.deepEqual(await heard(page), [], "no letter can be told");
  await page.evaluate(() => cin.hide(cin.form));
  await done(page);
});

test("yes and not yet are told apart by shape too, in forced colours and without", async () => {
  const { page } = await table();
  await cell(page, 1, "Act").fill("Ring the school about attendance");
  await cell(page, 1, "Owner").fill("Ann Lee");
  await pause(page);
  const looks = () =>
    page.evaluate(() => {
      document.body.style.backgroundColor = "Canvas";
      const ground = getComputedStyle(document.body).backgroundColor;
      return ["yes", "not-yet", "open"].map((state) => {
        const sign = /** @type {Element} */ (document.querySelector(`.cinplan-smart__item--${state} .cinplan-smart__letter`));
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(sign);
        const seen = (/** @type {string} */ colour) => !/^rgba\(.*, 0\)$/.test(colour) && colour !== ground;
        return [borderTopStyle, seen(borderTopColor), seen(backgroundColor)];
      });
    });
  const expected = [["solid", true, true], ["dashed", true, false], ["solid", false, false]];
  assert.deepEqual(await looks(), expected);
  await accessible(page);
  await page.emulateMedia({ forcedColors: "active" });
  assert.deepEqual(await looks(), expected);
  await accessible(page);
  await done(page);
});

test("detached, the page is as it was", async () => {
  const { page, before } = await table();
  assert.notEqual(await markup(page), before);
  await check(page);
  await page.evaluate(() => kept.detach());
  assert.equal(await markup(page), before);
  await done(page);
});

// ---- the words that a message is about ----

/** @param {Page} page */
const underlined = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".cinplan-message mark")].map((mark) => [
      mark.textContent,
      mark.closest(".cinplan-message")?.textContent,
      getComputedStyle(mark).textDecorationLine,
    ]),
  );

test("a message underlines the words that it is about, and the field stays as it is", async () => {
  const { page } = await table();
  await cell(page, 1, "Act").fill("😀 Support the family <b>soon</b>");
  await cell(page, 2, "Due").fill("ASAP");
  await cell(page, 2, "Act").click();
  await check(page);
  assert.deepEqual(await underlined(page), [
    ["Support", "Warning: Action 1 says “Support”, and not what somebody will do", "underline"],
    ["ASAP", "Error: By when (action 2) must be a date like 12 March 2026 – “ASAP”", "underline"],
  ]);
  assert.equal(await cell(page, 1, "Act").inputValue(), "😀 Support the family <b>soon</b>");
  assert.equal(await page.locator("textarea mark, .cinplan-message b").count(), 0);
  await accessible(page);
  // The words move with what is typed before them, and the message stands.
  await cell(page, 1, "Act").fill("We will Monitor the family");
  await pause(page);
  assert.deepEqual((await underlined(page))[0].slice(0, 1), ["Monitor"]);
  await done(page);
});

test("where the text has changed since a server has looked, no words are underlined that it did not mean", async () => {
  const page = await harness.open("/pages/plain.html");
  await page.waitForSelector("html[data-ready]");
  /** @param {string} typed @param {string} message @param {[number, number]} span */
  const shown = async (typed, message, span) => {
    await page.fill("#what-0", typed);
    await page.evaluate(
      ([message, span]) => {
        const report = cin.fake([{ path: "plan.actions[0].what", message, span }]).check({}, { today: "2026-11-21", stage: "draft" });
        cin.show(cin.form, report, {});
      },
      /** @type {const} */ ([message, span]),
    );
    return (await underlined(page)).map(([words]) => words);
  };
  assert.deepEqual(await shown("Support Mum", "It says “Support”", [0, 7]), ["Support"]);
  assert.deepEqual(await shown("Ring Mum on Friday", "It says “Support”", [0, 7]), [], "other words stand there now");
  assert.deepEqual(await shown("Help", "It says “Support”", [0, 7]), [], "fewer letters than that");
  assert.deepEqual(await shown("Work with all", "“Mum” and “Work with all” are said", [10, 13]), ["all"], "in a longer quote");
  assert.deepEqual(await shown("as, as", "It says “as, as”", [4, 6]), ["as"]);
  assert.equal(
    await page.evaluate(() => document.querySelector("mark")?.previousSibling?.textContent),
    "It says “as, ",
    "the second of two that are alike",
  );
  assert.deepEqual(await shown("Ring Mum", "Nothing is quoted", [0, 4]), [], "nobody knows whether it was about these");
  await page.evaluate(() => cin.hide(cin.form));
  await done(page);
});
