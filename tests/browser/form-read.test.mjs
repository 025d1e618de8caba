// A form is read into a record as a worker filled it in, and a record is put back into a form.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { onPages } from "./harness.mjs";

const on = onPages();

/**
 * What a form of the given markup is read as.
 * @param {import("./harness.mjs").Page} page
 * @param {string} html
 * @param {object} [options]
 */
function readOf(page, html, options) {
  return page.evaluate(
    ([html, options]) => {
      document.body.innerHTML = `<form>${html}</form>`;
      return cin.read(document.querySelector("form"), options);
    },
    /** @type {const} */ ([html, options]),
  );
}

on("an empty form holds nothing but what the page has set", "/pages/plain.html", async (page) => {
  assert.deepEqual(await page.evaluate(() => cin.read(cin.form)), {
    plan: { actions: [{ id: "first" }] },
    meetings: [{ closure_expected: false }],
  });
});

on("every kind of control is read", "/pages/plain.html", async (page) => {
  await page.selectOption("#kind", "interim");
  await page.fill("#started", "2026-03-12");
  await page.fill("#contingency", "Ring the duty team");
  await page.fill("#what-0", "Book a <b>check</b>");
  await page.check("#complex");
  await page.check("#expected");
  await page.fill("[type=number]", "4");
  await page.check("[name='visits[0].child_seen'][value=no]");
  await page.check("[value=meetings]");
  await page.fill("#outside", "Grandmother");
  assert.deepEqual(await page.evaluate(() => cin.read(cin.form)), {
    plan: {
      kind: "interim",
      started_on: "2026-03-12",
      contingency: "Ring the duty team",
      actions: [{ id: "first", what: "Book a <b>check</b>" }],
      wider_family: "Grandmother",
    },
    meetings: [{ complex: true, closure_expected: true, chair: { years_post_qualified: "4" } }],
    visits: [{ child_seen: "no" }],
    sharing: { exclusions: [{ may_share: ["meetings"] }] },
  });
});

on("hidden steps and closed details are read; disabled and ignored parts are not", "/pages/plain.html", async (page) => {
  const record = await page.evaluate(() => {
    cin.form.elements.reason.value = "All done";
    cin.form.elements.by.value = "Ann";
    return cin.read(cin.form);
  });
  assert.equal(record.closure.reason, "All done");
  assert.equal(record.visits[0].by, "Ann");
  assert.equal(record.transfer, undefined);
  assert.equal(record.plan.safety_plan, undefined);
  const other = await page.evaluate(() => cin.read(cin.form, { ignore: "details" }));
  assert.equal(other.closure, undefined);
  assert.equal(other.plan.safety_plan, "Ours");
});

on("a date in three parts arrives as it was typed", "/pages/govuk.html", async (page) => {
  const held = () => page.evaluate(() => cin.read(cin.form).meetings?.[0].held_on);
  assert.equal(await held(), undefined);
  await page.fill("#held-day", "12");
  assert.equal(await held(), "12//");
  await page.fill("#held-year", "2026");
  assert.equal(await held(), "12//2026");
  await page.fill("#held-day", "31");
  await page.fill("#held-month", "2");
  assert.equal(await held(), "31/2/2026");
  await page.fill("#held-month", " Mar ");
  assert.equal(await held(), "31 Mar 2026");
});

on("parts named day, month and year alone take their place from the element around them", "/pages/govuk.html", async (page) => {
  await page.fill("#started-day", "1");
  await page.fill("#started-month", "4");
  await page.fill("#started-year", "2026");
  assert.equal(await page.evaluate(() => cin.read(cin.form).plan.started_on), "1/4/2026");
});

on("a half-filled native date is not blank", "/pages/plain.html", async (page) => {
  await page.focus("#started");
  await page.keyboard.type("12");
  assert.equal(await page.evaluate(() => cin.read(cin.form).plan.started_on), "not readable");
});

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

on("a map brings a host's own names, values and row numbers", "/pages/legacy.html", async (page) => {
  const read = () => page.evaluate((map) => cin.read(cin.form, { map }), LEGACY);
  assert.deepEqual(await read(), {
    plan: { actions: [{}, { what: "Book a check", due_on: "31/2/2026" }] },
    case: { complex: "false" },
  });
  await page.selectOption("#ctl00_ddlType", "17");
  await page.check("#rblSeen_1");
  await page.check("#chkComplex");
  await page.fill("[name='gvActions$ctl02$txtOwner']", "Ann");
  assert.deepEqual(await read(), {
    plan: { kind: "child-in-need", actions: [{ who: "Ann" }, { what: "Book a check", due_on: "31/2/2026" }] },
    visits: [{ child_seen: false }],
    case: { complex: true },
  });
});

on("rows of a map may be numbered by anything, and lists may stand in lists", "/pages/two.html", async (page) => {
  const html = `
    <input name="m9_name12" value="c"><input name="m9_name3" value="b"><input name="m48213_name7" value="d">
    <input name="m9_on-day" value="1"><input name="m9_on-month" value="2"><input name="m9_on-year" value="2026">`;
  const map = { "m{a}_name{b}": "meetings[a].invitees[b].name", "m{n}_on": "meetings[n].held_on" };
  assert.deepEqual(await readOf(page, html, { map }), {
    meetings: [{ invitees: [{ name: "b" }, { name: "c" }], held_on: "1/2/2026" }, { invitees: [{ name: "d" }] }],
  });
});

on("data-cin names the place of any control, and comes before name and map", "/pages/two.html", async (page) => {
  const html = `<input name="x" data-cin="plan.kind" value="interim"><input name="plan.version" data-cin="" value="2">`;
  assert.deepEqual(await readOf(page, html, { map: { x: "plan.version" } }), { plan: { kind: "interim" } });
});

on("removed rows leave empty ones, so that indices stay", "/pages/two.html", async (page) => {
  const html = `<input name="plan.actions[3].what" value="Fourth"><input name="plan.actions[1].what" value="Second">`;
  assert.deepEqual(await readOf(page, html), { plan: { actions: [{}, { what: "Second" }, {}, { what: "Fourth" }] } });
});

on("names that are no places of a record do no harm", "/pages/two.html", async (page) => {
  const html = [
    "__proto__.polluted",
    "plan.__proto__.polluted",
    "constructor.prototype.polluted",
    "plan",
    "csrf",
    "",
    "plan.",
    "plan.needs[x].text",
    "plan.needs[99999].text",
  ]
    .map((name) => `<input name="${name}" value="yes">`)
    .join("");
  const record = await readOf(page, `${html}<input name="plan.needs" value="a"><input name="plan.needs[0].text" value="b">`);
  assert.deepEqual(record.plan, { needs: "a" });
  assert.equal(await page.evaluate(() => Reflect.get({}, "polluted")), undefined);
});

on("tick boxes: one is yes or no, several or [] are a list", "/pages/two.html", async (page) => {
  const cases = /** @type {[string, unknown][]} */ ([
    ["<input type=checkbox name=case.complex>", undefined],
    ["<input type=checkbox name=case.complex checked>", true],
    ["<input type=checkbox name=case.complex checked value=complex>", true],
    ["<input type=checkbox name=case.complex checked value=no>", false],
    ["<input type=checkbox name=case.complex data-cin-unticked=no>", false],
    ["<input type=hidden name=case.complex value=false><input type=checkbox name=case.complex value=true>", "false"],
    ["<input type=hidden name=case.complex value=false><input type=checkbox name=case.complex value=true checked>", true],
    ["<input type=checkbox name=case.complex[] value=actions checked>", ["actions"]],
    ["<input type=checkbox name=case.complex value=a><input type=checkbox name=case.complex value=b>", undefined],
    ["<input type=checkbox name=case.complex value=a data-cin-unticked=no><input type=checkbox name=case.complex value=b>", []],
    ["<select multiple name=case.complex><option selected>a<option>b<option selected>c</select>", ["a", "c"]],
    ["<select name=case.complex><option disabled selected>Choose<option>b</select>", undefined],
    ["<input type=radio name=case.complex value=yes><input type=radio name=case.complex value=no>", undefined],
    ["<input type=file name=case.complex><button name=case.complex value=yes></button>", undefined],
  ]);
  for (const [html, expected] of cases) assert.deepEqual((await readOf(page, html)).case?.complex, expected, html);
});

on("what was read can be put back", "/pages/plain.html", async (page) => {
  const record = {
    plan: {
      kind: "child-in-need",
      started_on: "2026-03-12",
      contingency: "Ring the duty team",
      actions: [{ id: "first", what: "Book a check", who: "Ann" }],
      wider_family: "Grandmother",
    },
    meetings: [{ held_on: "4/4/2026", complex: true, closure_expected: false, chair: { years_post_qualified: "4" } }],
    visits: [{ child_seen: "no", by: "Ann" }],
    sharing: { exclusions: [{ may_share: ["actions", "meetings"] }] },
    closure: { reason: "All done" },
  };
  const fill = (/** @type {object} */ record) => page.evaluate((record) => cin.fill(cin.form, record), record);
  assert.deepEqual(await fill(record), []);
  assert.deepEqual(await page.evaluate(() => cin.read(cin.form)), record);

  assert.deepEqual(await fill({ plan: { kind: "no such kind", needs: [{ text: "Sleep" }] } }), ["plan.kind", "plan.needs[0].text"]);
  assert.deepEqual(await page.evaluate(() => cin.read(cin.form)), {
    plan: { actions: [{ id: "first" }] },
    meetings: [{ closure_expected: false }],
  });
});

on("any spelling fills a date, a yes or a choice", "/pages/govuk.html", async (page) => {
  const unplaced = await page.evaluate(() =>
    cin.fill(cin.form, {
      meetings: [{ held_on: "2026-03-12" }],
      plan: { started_on: "1/4/2026" },
      visits: [{ seen_alone: false }],
      case: { team: "Disability Service", complex: "Y" },
    }),
  );
  assert.deepEqual(unplaced, []);
  assert.deepEqual(await page.evaluate(() => cin.read(cin.form)), {
    meetings: [{ held_on: "12/3/2026" }],
    plan: { started_on: "1/4/2026" },
    visits: [{ seen_alone: "no" }],
    case: { team: "disability-service", complex: true },
  });
});

on("a map works backwards too, and the host's scripts hear of it", "/pages/legacy.html", async (page) => {
  const { unplaced, heard } = await page.evaluate((map) => {
    /** @type {string[]} */
    const heard = [];
    cin.form.addEventListener("change", (/** @type {any} */ event) => heard.push(event.target.name));
    const record = {
      plan: { kind: "child-protection", started_on: "1/4/2026", actions: [{ who: "Ann" }, { what: "Book a check", due_on: "31/2/2026" }] },
      visits: [{ child_seen: true }],
      case: { complex: false },
    };
    return { unplaced: cin.fill(cin.form, record, { map }), heard };
  }, LEGACY);
  assert.deepEqual(unplaced, []);
  assert.equal(await page.inputValue("#ctl00_ddlType"), "18");
  assert.equal(await page.isChecked("#rblSeen_0"), true);
  assert.equal(await page.isChecked("#chkComplex"), false);
  assert.equal(await page.inputValue("[name='ctl00$cph$chkComplex'][type=hidden]"), "false");
  assert.equal(await page.inputValue("[name='gvActions$ctl02$txtOwner']"), "Ann");
  assert.deepEqual(heard, ["ctl00$cph$txtStart", "ctl00$cph$ddlType", "ctl00$cph$rblSeen", "gvActions$ctl02$txtOwner"]);
});
