// A host's own names and values, what is told of mistakes in a map, and what a host changes about a check.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */
/** @typedef {import("../../js/element.js").CinPlan} CinPlan */

/** @type {import("./harness.mjs").Harness} */
let harness;
/** One page for all that leave nothing behind. @type {Page} */
let page;
before(async () => {
  harness = await start();
  page = await harness.open("/pages/two.html");
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(() => cin.init());
});
after(async () => {
  await done(page);
  await harness.close();
});

/**
 * What a form of the given markup is read as.
 * @param {string} html
 * @param {object} map
 */
function readOf(html, map) {
  return page.evaluate(
    ([html, map]) => {
      document.body.innerHTML = `<form>${html}</form>`;
      return cin.read(document.querySelector("form"), { map });
    },
    /** @type {const} */ ([html, map]),
  );
}

test("rows are numbered from anywhere, with gaps, rows within rows, and with keys of any kind", async () => {
  const rows = { "txtAct{n}_Owner": "plan.actions[n].who", "txtAct{n}_What": "plan.actions[n].what" };
  const html = `<input name=txtAct7_Owner value=b><input name=txtAct3_Owner value=a><input name=txtAct03_What value=x>`;
  assert.deepEqual(await readOf(html, rows), { plan: { actions: [{ who: "a", what: "x" }, { who: "b" }] } });

  const nested = { "mtg{m}[inv{i}]": "meetings[m].invitees[i].name" };
  const within = `<input name="mtg2[inv9]" value=d><input name="mtg1[inv5]" value=b><input name="mtg1[inv4]" value=a><input name="mtg2[inv1]" value=c>`;
  assert.deepEqual(await readOf(within, nested), {
    meetings: [{ invitees: [{ name: "a" }, { name: "b" }] }, { invitees: [{ name: "c" }, { name: "d" }] }],
  });

  const keyed = { "Actions[{k*}].Owner": "plan.actions[k].who", "Actions[{k*}].Text": "plan.actions[k].what" };
  const guids = `<input name="Actions[f3-a].Owner" value=first><input name="Actions[0b-9].Owner" value=second><input name="Actions[f3-a].Text" value=x>`;
  assert.deepEqual(await readOf(guids, keyed), { plan: { actions: [{ who: "first", what: "x" }, { who: "second" }] } });

  const long = `<input name=txtAct9007199254740993_Owner value=b><input name=txtAct9007199254740992_Owner value=a>`;
  assert.deepEqual(await readOf(long, rows), { plan: { actions: [{ who: "a" }, { who: "b" }] } }, "keys of a database");
});

test("values are named one by one, or worked out by a function, and filled back in", async () => {
  const html = `
    <select name=seen><option value="">-</option><option value=Y selected>Yes</option><option value=N>No</option></select>
    <select name=role><option value=MOTH selected>Mother</option><option value=X>?</option></select><input name=days value="3 wk">`;
  const { record, blank, back } = await page.evaluate((html) => {
    document.body.innerHTML = `<form>${html}</form>`;
    const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
    const map = {
      seen: { path: "visits[0].child_seen", values: { Y: true, N: false } },
      role: { path: "meetings[0].invitees[0].role", values: (/** @type {string} */ code) => (code === "MOTH" ? "parent" : null) },
      days: { path: "plan.lead_professional.visit_every", values: (/** @type {string} */ text) => text.replace("wk", "weeks") },
    };
    const record = cin.read(form, { map });
    cin.fill(form, { visits: [{ child_seen: false }] }, { map });
    const blank = cin.read(form, { map });
    cin.fill(form, { meetings: [{ invitees: [{ role: "parent" }] }] }, { map });
    return { record, blank, back: /** @type {any} */ (form.elements).role.value };
  }, html);
  assert.deepEqual(record, {
    visits: [{ child_seen: true }],
    meetings: [{ invitees: [{ role: "parent" }] }],
    plan: { lead_professional: { visit_every: "3 weeks" } },
  });
  assert.deepEqual(blank, { visits: [{ child_seen: false }] });
  assert.equal(back, "MOTH");
});

test("a mistake in a map is told with what and where, and nothing is attached", async () => {
  const told = (/** @type {unknown} */ map) =>
    page.evaluate((map) => {
      document.body.innerHTML = "<form></form>";
      try {
        cin.attach(document.querySelector("form"), { procedure: "bolton", stage: "draft", map }).detach();
        return "nothing";
      } catch (error) {
        const { code, key, message } = /** @type {any} */ (error);
        return [code, key, message];
      }
    }, map);
  const cases = /** @type {[unknown, string, string][]} */ ([
    ["x", "", "map: it must be an object, from the names of controls to places of the record"],
    [[], "", "map: it must be an object, from the names of controls to places of the record"],
    [{ "a{n}": "plan.actions[m].who" }, "a{n}", 'map: "a{n}": its place plan.actions[m].who has [m], and the name has no {m}'],
    [{ "a{n}_{n}": "plan.actions[n].who" }, "a{n}_{n}", 'map: "a{n}_{n}": the name has {n} twice'],
    [{ a: 7 }, "a", 'map: "a": its place must be a text, null to keep the control out, or { path, values }'],
    [{ a: "contingency" }, "a", 'map: "a": contingency is not spelt like a place: plan.contingency, plan.actions[n].who'],
    [{ a: "plan.contingincy" }, "a", 'map: "a": the record has no place plan.contingincy'],
    [{ "a{n}": "plan.actions[n].owner" }, "a{n}", 'map: "a{n}": the record has no place plan.actions[n].owner'],
    [{ a: { path: "plan.kind", values: 3 } }, "a", 'map: "a": its values must be an object or a function'],
    [{ a: { path: "plan.kind", values: { 17: 3 } } }, "a", 'map: "a": the value "17" must mean a text, true, false or null'],
  ]);
  for (const [map, key, message] of cases) assert.deepEqual(await told(map), ["unreadable-map", key, message]);
  assert.equal(await told({ "a{n}": "plan.actions[n].who", b: null, c: "meetings[0].held_on-day", d: "sharing.exclusions[0].may_share[]" }), "nothing");
});

test("explainMap lists what has no place, what has two, and what the procedure asks for in vain", async () => {
  const explained = await page.evaluate(() => {
    document.body.innerHTML = `<form>
      <input type=hidden name=__VIEWSTATE value=x><input name=search data-cin-ignore>
      <label>Owner <input name=txtOwner1></label><label>What <input name=txtWhat1></label>
      <label for=c2> Notes
        of the visit</label><input id=c2 name=notes>
      <input name=cont aria-label=Contingency><input name=cont2 aria-label="Contingency, continued" disabled>
      <input name=plan.strated_on aria-label=Start>
      <input name=on-day aria-label=Day><input name=on-month aria-label=Month><input name=on-year aria-label=Year>
      <input type=hidden name=cpx value=false><input type=checkbox name=cpx aria-label=Complex>
      <input type=radio name=seen value=Y aria-label=Yes><input type=radio name=seen value=N aria-label=No></form>`;
    const map = {
      "txtOwner{n}": "plan.actions[n].who",
      "txtWhat{n}": "plan.actions[n].what",
      cont: "plan.contingency",
      cont2: "plan.contingency",
      on: "meetings[0].held_on",
      cpx: "case.complex",
      seen: "visits[0].child_seen",
      txtGone: "plan.version",
      skipped: null,
    };
    const before = document.body.innerHTML;
    const explained = cin.explainMap(document.querySelector("form"), map, { procedure: "cambridgeshire", stage: "circulate" });
    return { ...explained, isUnchanged: document.body.innerHTML === before };
  });
  assert.equal(explained.isUnchanged, true);
  assert.deepEqual(explained.unplaced, [{ name: "notes", id: "c2", label: "Notes of the visit" }]);
  assert.deepEqual(explained.unknown, [{ name: "plan.strated_on", path: "plan.strated_on" }]);
  assert.deepEqual(explained.twice, [{ path: "plan.contingency", names: ["cont", "cont2"] }]);
  assert.deepEqual(explained.unused, ["txtGone", "skipped"]);
  assert.equal(explained.placed.length, 11);
  assert.deepEqual(explained.placed[0], { name: "txtOwner1", path: "plan.actions[0].who" });
  const missing = Object.fromEntries(explained.missing.map((/** @type {any} */ one) => [one.path, one]));
  assert.deepEqual(missing["plan.actions[].due_on"], { path: "plan.actions[].due_on", rules: ["action-due"], always: false });
  assert(missing["plan.lead_professional.name"], "asked of every plan");
  for (const path of ["plan.actions[].who", "plan.contingency", "plan.actions", "sharing.exclusions[].reason"]) {
    assert.equal(missing[path], undefined, path);
  }
});

test("what explainMap cannot use is told with a code", async () => {
  const codes = await page.evaluate(() => {
    document.body.innerHTML = "<form></form>";
    const form = document.querySelector("form");
    return [
      [{ "a{n}": "plan.actions[m].who" }, { procedure: "bolton", stage: "draft" }],
      [{}, { procedure: "atlantis", stage: "draft" }],
      [{}, { procedure: "bolton", stage: "someday" }],
    ].map(([map, options]) => {
      try {
        return cin.explainMap(form, map, options);
      } catch (error) {
        return /** @type {any} */ (error).code;
      }
    });
  });
  assert.deepEqual(codes, ["unreadable-map", "unknown-procedure", "unreadable-stage"]);
});

// ---- rules switched off, and words of the host's own ----

const ROW = '<label for=what>What</label><input id=what name="plan.actions[0].what" value="Book a speech assessment"><label for=who>Who</label><input id=who name="plan.actions[0].who">';

test("rules switched off are silent and listed, in the report and on the page", async () => {
  const report = await page.evaluate((html) => {
    document.body.innerHTML = `<main><h1>Plan</h1><form>${html}</form></main>`;
    const attached = cin.attach(document.querySelector("form"), { procedure: "cambridgeshire", stage: "circulate", off: ["plan-needs", "action-who"] });
    globalThis.kept = attached;
    return attached.check();
  }, ROW);
  assert.deepEqual(report.off, ["action-who", "plan-needs"]);
  assert(report.findings.length > 0);
  assert(!report.findings.some((/** @type {any} */ { rule }) => report.off.includes(rule)));
  assert.equal(await page.locator(".cinplan-summary__folded--off > summary").textContent(), "Checks switched off on this form (2)");
  await page.click(".cinplan-summary__folded--off > summary");
  const listed = await page.locator(".cinplan-summary__folded--off li").allTextContents();
  assert.equal(listed[0], await page.evaluate(async () => (await import(/** @type {string} */ ("/pkg/cinplan.js"))).rules().find((/** @type {any} */ { id }) => id === "action-who").title));
  await accessible(page, "form");
  await page.evaluate(() => kept.detach());
});

test("own words stand in the summary, at the field and in the report, which lists the rules", async () => {
  const { report, shown } = await page.evaluate((html) => {
    document.body.innerHTML = `<form>${html}</form>`;
    const rules = { "action-who": "{message}. The duty desk helps", "plan-needs": (/** @type {any} */ { path }) => `Look at ${path}` };
    globalThis.kept = cin.attach(document.querySelector("form"), { procedure: "cambridgeshire", stage: "circulate", messages: { rules } });
    const report = kept.check();
    return { report, shown: document.querySelector(".cinplan-summary")?.textContent ?? "" };
  }, ROW);
  assert.deepEqual(report.reworded, ["action-who", "plan-needs"]);
  const own = ["Action 1 does not say who will do it. The duty desk helps", "Look at plan.needs"];
  for (const words of own) {
    assert(report.findings.some((/** @type {any} */ { message }) => message === words), words);
    assert(shown.includes(words), words);
  }
  assert.equal(await page.locator("#who").evaluate((who) => who.previousElementSibling?.querySelector(".cinplan-message")?.textContent), `Error: ${own[0]}`);
  await page.evaluate(() => kept.detach());
});

test("an id that no rule has is told, with the nearest", async () => {
  const told = await page.evaluate(() =>
    [{ off: ["action-whom"] }, { messages: { rules: { "action-whom": "x" } } }, { messages: { rules: { "action-whom": () => "x" } } }, { off: "action-who" }].map((options) => {
      document.body.innerHTML = "<form></form>";
      try {
        return cin.attach(document.querySelector("form"), { procedure: "bolton", stage: "draft", ...options });
      } catch (error) {
        return `${/** @type {any} */ (error).code}: ${/** @type {any} */ (error).message}`;
      }
    }),
  );
  const unknown = 'unknown-rule: There is no rule "action-whom"; the nearest is "action-who"';
  assert.deepEqual(told, [unknown, unknown, unknown, "unreadable-options: off must be a list of ids"]);
});

test("a host that checks for itself shows any report, and a server need not be asked for titles", async () => {
  const html = await page.evaluate((html) => {
    document.body.innerHTML = `<form>${html}</form>`;
    const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
    const before = form.outerHTML;
    const validator = cin.Validator.builtIn("bolton");
    const report = validator.check(cin.read(form), { today: "2026-11-21", stage: "circulate", off: ["plan-needs"], messages: { "action-who": "Who?" } });
    cin.show(form, report, { title: false });
    const shown = form.textContent;
    cin.hide(form);
    return [shown, form.outerHTML === before];
  }, ROW);
  assert.match(String(html[0]), /Error: Who\?/);
  assert.equal(html[1], true);
});
