// Nothing is lost: not what was typed, not what the host has put on its page, not its own checks, and not what a record holds
// that the form does not know.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { leaves, put } from "../leaves.mjs";
import { done, onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const on = onPages();

const markup = (/** @type {Page} */ page) => page.evaluate(() => document.documentElement.outerHTML);
const pause = (/** @type {Page} */ page) => page.waitForTimeout(500);

/**
 * Attaches to the page's form a validator that finds what it is told to, errors and warnings.
 * @param {Page} page
 * @param {string[]} paths
 * @param {object} [options]
 */
const finding = (page, paths, options) =>
  page.evaluate(
    ([paths, options]) => {
      const findings = paths.map((/** @type {string} */ path, /** @type {number} */ at) => ({
        ...{ path, message: `${path} has something`, severity: at % 3 === 2 ? "warning" : "error", leaves_room: true },
      }));
      globalThis.kept = { findings };
      kept.attached = cin.attach(cin.form, { procedure: cin.fake(() => kept.findings), stage: "circulate", ...options });
    },
    /** @type {const} */ ([paths, options]),
  );

const PATHS = [
  "plan.kind",
  "plan.version",
  "plan.contingency",
  "plan.started_on",
  "visits[0].child_seen",
  "sharing.exclusions[0].may_share",
  "plan.actions[0].what",
  "plan.actions[0].due_on",
  "plan.actions[1].due_on",
  "closure.reason",
  "nowhere.at_all",
];

// ---- the host's page ----

/** What controls hold. @param {Page} page */
const held = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("input, select, textarea")].map((control) => {
      const { name, value, checked, selectedIndex, defaultValue, validationMessage, validity } = /** @type {any} */ (control);
      return { name, value, checked, selectedIndex, defaultValue, validationMessage, valid: validity.valid };
    }),
  );

/**
 * What somebody and the host do. Done on a page with checks and on one without, what is on both must be the same.
 * @param {Page} page
 * @param {(what: string) => Promise<void>} [halt]
 */
async function live(page, halt = async () => {}) {
  await halt("at first");
  await page.fill("#version", "1x");
  await page.keyboard.press("Tab");
  await page.fill("#contingency", "  As typed,\nin two lines  ");
  await page.fill("[name='plan.actions[0].due_on']", "31 February");
  await page.keyboard.press("Tab");
  await page.check("[name='visits[0].child_seen'][value=no]");
  await pause(page);
  await halt("after it was filled in");
  await page.evaluate(() => {
    /** @type {any} */ (document.querySelector("#version")).setCustomValidity("The host wants another");
    Reflect.get(window, "host").addRow();
    document.querySelector("#actions")?.setAttribute("data-rows", "2");
    document.querySelector("h1")?.append(" (changed)");
  });
  await page.fill("[name='plan.actions[1].due_on']", "soon");
  await page.keyboard.press("Tab");
  await pause(page);
  await halt("after a row was added");
  await page.click("#submit");
  await page.evaluate(() => Reflect.get(window, "host").mark(true));
  await pause(page);
  await halt("after the host has found something too");
  await page.evaluate(() => document.querySelectorAll(".row")[0].remove());
  await pause(page);
  await halt("after a row was removed");
}

for (const options of [{}, { block: "draft" }, { smart: true, summary: "main", reasons: "#closing" }, { show: false, title: false }]) {
  on(`with ${JSON.stringify(options)}: the page is what it would be without, and so it is left`, "/pages/host.html", async (page) => {
    const other = await on.open("/pages/host.html");
    await live(other);
    const [expected, values] = [await markup(other), await held(other)];
    const heard = await other.evaluate(() => Reflect.get(window, "host").heard);
    await done(other);

    const started = await markup(page);
    await finding(page, PATHS, options);
    await page.evaluate(() => void kept.attached.check());
    await page.evaluate(() => kept.attached.detach());
    assert.equal(await markup(page), started, "detached at once");

    await finding(page, PATHS, options);
    await page.evaluate(() => {
      Reflect.get(window, "host").heard.length = 0;
      // From the page's start on.
      /** @type {any} */ (document.activeElement)?.blur();
    });
    await live(page, async (what) => {
      if (what === "after it was filled in") await page.evaluate(() => void kept.attached.check());
      if (what === "after a row was added") await page.evaluate(() => void kept.attached.update({ stage: "review" }));
      if (options.show === false) return;
      assert.ok(what === "at first" || (await page.locator(".cinplan-messages").count()) > 2, `findings are shown ${what}`);
    });
    assert.deepEqual(await held(page), values, "what controls hold, and what the browser says of it");
    await page.evaluate(() => {
      kept.findings = kept.findings.slice(1);
      kept.attached.check();
      kept.attached.detach();
    });
    assert.deepEqual(await held(page), values);
    assert.equal(await markup(page), expected);
    const own = (/** @type {string[]} */ all) => all.filter((event) => !/^(focus|blur) /.test(event));
    const now = await page.evaluate(() => Reflect.get(window, "host").heard);
    if (!options.block) assert.deepEqual(own(now), own(heard), "what the host hears");
  });
}

on("what the host says of its elements stays as it is while findings are shown", "/pages/host.html", async (page) => {
  const said = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("main *")]
        .filter((element) => !element.closest(".cinplan-messages, .cinplan-summary, .cinplan-status"))
        .map((element) => [...element.attributes].map(({ name, value }) => [name, value])),
    );
  const before = await said();
  await finding(page, PATHS);
  await page.evaluate(() => void kept.attached.check());
  const now = await said();
  assert.equal(now.length, before.length);
  let changed = 0;
  before.forEach((attributes, at) => {
    const held = Object.fromEntries(now[at]);
    for (const [name, value] of attributes) {
      if (held[name] === value) continue;
      changed += 1;
      if (name === "aria-describedby") assert.match(held[name], new RegExp(`^${value.trim()} cinplan-id-\\d+`), "the host's come first");
      else assert.fail(`${name}: ${held[name]} for ${value}`);
    }
    const added = now[at].map(([name]) => name).filter((name) => !attributes.some(([known]) => known === name));
    for (const name of added) assert.match(name, /^(aria-invalid|aria-describedby|data-cinplan-state)$/);
  });
  assert.ok(changed >= 3);
  assert.equal(await page.getAttribute("#version", "aria-errormessage"), "version-error");
});

// ---- the host's own checks ----

/** Whether the host's message stands at its field. @param {Page} page */
const marked = (page) =>
  page.evaluate(() => {
    const version = document.querySelector("#version");
    return [version?.getAttribute("aria-invalid"), version?.getAttribute("aria-describedby")?.replace(/cinplan-id-\d+/g, "ours")];
  });

on("a host's own message comes and goes beside ours, in any order", "/pages/host.html", async (page) => {
  const mark = (/** @type {boolean} */ isWrong) => page.evaluate((isWrong) => Reflect.get(window, "host").mark(isWrong), isWrong);
  const ours = (/** @type {boolean} */ isThere) =>
    page.evaluate((isThere) => {
      kept.findings = isThere ? [{ path: "plan.version", message: "Ours" }] : [];
      kept.attached.check();
    }, isThere);
  await finding(page, []);
  await ours(true);
  assert.deepEqual(await marked(page), ["true", "version-hint ours"]);
  await mark(true);
  await ours(true);
  assert.deepEqual(await marked(page), ["true", "version-hint ours version-error"]);
  await ours(false);
  assert.deepEqual(await marked(page), ["true", "version-hint version-error"], "the host's stays when ours goes");
  await ours(true);
  await mark(false);
  assert.deepEqual((await marked(page))[1], "version-hint ours");
  await ours(false);
  assert.deepEqual(await marked(page), [null, "version-hint"], "and does not come back");

  await ours(true);
  await mark(true);
  await page.evaluate(() => kept.attached.detach());
  assert.deepEqual(await marked(page), ["true", "version-hint version-error"]);
});

on("the browser's own checks hold, where errors hold submitting back too", "/pages/host.html", async (page) => {
  await finding(page, [], { block: "draft" });
  await page.click("#submit");
  await pause(page);
  assert.match(page.url(), /host\.html$/, "a required answer is missing");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "kind");
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, "host").heard.filter((/** @type {string} */ one) => /^(submit|invalid kind)/.test(one))), [
    "invalid kind false",
  ]);
  await page.selectOption("#kind", "interim");
  await page.check("[name='visits[0].child_seen'][value=no]");
  await page.fill("#version", "1x");
  await page.click("#submit");
  await pause(page);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "version", "and a pattern");
  await page.fill("#version", "12");
  await page.click("#submit");
  await page.waitForURL("**/saved.html?**");
});

on("a draft is saved past both kinds of check", "/pages/host.html", async (page) => {
  await finding(page, ["plan.version"], { block: "draft" });
  await page.click("#draft");
  await page.waitForURL("**/saved.html?**");
});

// ---- what cannot be read ----

on("what cannot be read is kept as it was typed, and told", "/pages/whole.html", async (page) => {
  const typed = leaves().filter(({ kind, path }) => kind !== "Text" && kind !== "Number" && !path.startsWith("judgements."));
  assert.ok(typed.length > 150);
  const record = {};
  typed.forEach(({ path }, at) => put(record, path, `  perhaps ${at}, 31 February `));
  await page.evaluate((paths) => cin.build(paths), typed.map(({ path }) => path));
  assert.deepEqual(await page.evaluate((record) => cin.fill(cin.form, record), record), []);
  const findings = await page.evaluate(async () => (await cin.element.check()).findings);
  const told = new Set(findings.map((/** @type {any} */ { path }) => path));
  assert.deepEqual(typed.filter(({ path }) => !told.has(path) && !told.has(`${path}[0]`)).map(({ path }) => path), []);
  assert.deepEqual(await page.evaluate(() => cin.element.record), record);
});

// ---- saving and loading ----

/** Texts as people paste them. */
const TEXTS = ["  spaces around  ", "two\nlines", "a tab\tin it", "“quotes” and <marks> & é 👩‍👧‍👦", "\u202eright to left", "no\u00a0break", "0", "false", "null"];

on("a record with an answer everywhere, and keys that nobody knows, is the same after it was saved and loaded", "/pages/whole.html", async (page) => {
  const record = {};
  const paths = leaves().map(({ path }) => path).filter((path) => !path.startsWith("judgements."));
  // A host's own fields, in groups and rows that are known and in others.
  paths.push("plan.own_field", "plan.actions[0].own_field", "own.field", "own_rows[0].a", "own_rows[1].b.c", "judgements.own-question.answer");
  paths.forEach((path, at) => put(record, path, TEXTS[at % TEXTS.length]));
  await page.evaluate((paths) => cin.build(paths), paths);
  const { unplaced, saved } = await page.evaluate((record) => {
    const unplaced = cin.fill(cin.form, record);
    return { unplaced, saved: JSON.stringify(cin.read(cin.form)) };
  }, record);
  assert.deepEqual(unplaced, []);
  assert.deepEqual(JSON.parse(saved), record);
  const again = await page.evaluate((saved) => {
    cin.fill(cin.form, {});
    const emptied = cin.read(cin.form);
    return [emptied, cin.fill(cin.form, JSON.parse(saved)), cin.read(cin.form), cin.element.record];
  }, saved);
  assert.deepEqual(again, [{}, [], record, record]);
});

on("what a form has no control for, or none that can hold it, is told when it is filled", "/pages/plain.html", async (page) => {
  const fill = (/** @type {object} */ record) => page.evaluate((record) => cin.fill(cin.form, record), record);
  assert.deepEqual(await fill({ plan: { version: "2\n3", own: "x" }, own: { deep: [{ key: "y" }] } }), ["plan.version", "plan.own", "own.deep[0].key"]);
  // A browser writes what its own kinds of control cannot hold into its console: it is never put there.
  for (const [day, years] of [["Easter", "four"], ["2026-02-31", "1e999"], ["0000-01-01", "4 years"]]) {
    assert.deepEqual(await fill({ plan: { started_on: day }, meetings: [{ chair: { years_post_qualified: years } }] }), [
      "plan.started_on",
      "meetings[0].chair.years_post_qualified",
    ]);
  }
  // Text of several lines is the same whichever way its lines end.
  assert.deepEqual(await fill({ plan: { contingency: "one\r\ntwo", started_on: "12/3/2026" }, meetings: [{ complex: "Y" }] }), []);
  // A name with a dot in it is no place.
  assert.deepEqual(await fill({ "plan.contingency": "Not the plan's", "": { plan: { version: "1" } } }), ['["plan.contingency"]', '[""].plan.version']);
  assert.equal(await page.inputValue("#contingency"), "");
  // That nothing is shared is an answer; the boxes cannot say it.
  assert.deepEqual(await fill({ sharing: { exclusions: [{ may_share: [] }] }, plan: { needs: [] } }), ["sharing.exclusions[0].may_share"]);
});

on("a host can have all of a record kept in its form", "/pages/plain.html", async (page) => {
  const record = {
    plan: { version: "2", own: "x\ny", needs: [], tags: ["a", "b"], actions: [{ id: "first", what: "Book a check", own: { deep: "z" } }] },
    own: { deep: [{ key: "y" }] },
    meetings: [{ closure_expected: false }],
  };
  const before = await markup(page);
  const filled = await page.evaluate((record) => [cin.fill(cin.form, record, { keep: true }), cin.read(cin.form)], record);
  assert.deepEqual(filled, [[], record]);
  assert.deepEqual(await page.evaluate((record) => [cin.fill(cin.form, record, { keep: true }), cin.read(cin.form)], record), filled, "twice");
  assert.equal(await page.locator("[data-cin-kept]:visible").count(), 0);
  // Nothing of one plan is left in the form when it gets another.
  assert.deepEqual(await page.evaluate(() => cin.fill(cin.form, {}, { keep: true })), []);
  await page.evaluate(() => (cin.form.elements.namedItem("plan.actions[0].id").value = "first"));
  assert.equal(await markup(page), before);
});

test("the demo saves a file as it was loaded, with keys that nobody knows at every level", async () => {
  const page = await on.open("/www/");
  page.setDefaultTimeout(60_000);
  await page.locator("#not-started").waitFor({ state: "hidden" });
  const file = JSON.parse(await readFile(new URL("../../www/examples/good.json", import.meta.url), "utf8"));
  const odd = { list: [1, null, { deep: [[]] }], "": "", "with.dot": { "a[0]": true }, constructor: { prototype: "x" } };
  /** @type {(value: any) => any} */
  const extended = (value) => {
    if (Array.isArray(value)) return value.map(extended);
    if (typeof value !== "object" || value === null) return value;
    return { ...Object.fromEntries(Object.entries(value).map(([name, below]) => [name, extended(below)])), own_key: odd };
  };
  const record = extended(file.record);
  const text = JSON.stringify(record).replace('"own_key":', '"__proto__": { "polluted": true }, "own_key":');
  const load = async (/** @type {string} */ text) => {
    await page.setInputFiles("#file", { name: "own.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await page.locator("#findings-title:focus").waitFor();
  };
  const save = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save").click()]);
    return readFile(await download.path(), "utf8");
  };
  await load(text);
  const saved = await save();
  assert.equal(saved, `${JSON.stringify(JSON.parse(text), null, 2)}\n`, "to the byte");
  await load(saved);
  assert.equal(await save(), saved);

  // What is changed is changed, and nothing else.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.fill("[name='plan.contingency']", "Ring the duty team");
  await page.fill("[name='plan.actions[1].what']", "");
  await page.locator("[data-rows='plan.needs'] > .row [data-remove]").first().click();
  const expected = JSON.parse(saved);
  expected.plan.contingency = "Ring the duty team";
  delete expected.plan.actions[1].what;
  expected.plan.needs.shift();
  assert.deepEqual(JSON.parse(await save()), expected);
  await done(page);
});

test("the page for a procedure saves a file as it was loaded, with keys that nobody knows", async () => {
  const page = await on.open("/www/procedure.html");
  page.setDefaultTimeout(60_000);
  await page.locator("#save:enabled").waitFor();
  const procedure = JSON.parse(await readFile(new URL("../../procedures/bolton.json", import.meta.url), "utf8"));
  const odd = { "with.dot": [1, null], constructor: "x" };
  Object.assign(procedure, { own_key: odd });
  procedure.reviews.own_key = odd;
  procedure.reviews.every.own_key = odd;
  procedure.own_prompts = [{ id: "own-pets", question: "Is there a pet?", section: "plan", stage: "circulate", force: "should", cites: ["L-1"], own_key: odd }];
  const text = `${JSON.stringify(procedure, null, 2)}\n`;
  await page.setInputFiles("#file", { name: "own.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.locator("#notice", { hasText: "own.json is loaded" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save").click()]);
  assert.deepEqual(JSON.parse(await readFile(await download.path(), "utf8")), procedure);
  await done(page);
});

on("answers to questions and reasons keep what nobody knows of them, when they are shown again", "/pages/whole.html", async (page) => {
  const record = {
    judgements: { "meeting-safety": { answer: "yes", reason: "As it was", by: "Priya Shah", on: "2026-11-01", own_key: "a", own: { deep: "b", list: ["c", "d"] } } },
    accepted: [{ id: "r1", rule: "no-such-rule", item: "x", reason: "Two\nlines", by: "Tom", role: "manager", on: "2026-11-02", own_key: "c" }],
  };
  const kept = await page.evaluate(async (record) => {
    const load = (/** @type {string} */ name) => import(/** @type {string} */ (`/pkg/${name}`));
    const [{ showReasons }, { checklist }] = await Promise.all([load("reasons.js"), load("checklist.js")]);
    const form = document.createElement("form");
    const [reasons, questions] = [document.createElement("div"), document.createElement("div")];
    form.append(reasons, questions);
    document.body.append(form);
    showReasons(reasons, record);
    checklist(questions, { record }).update(cin.element.report);
    return cin.read(form);
  }, record);
  assert.deepEqual(kept, record);
});
