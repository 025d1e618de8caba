// The demo: a whole plan filled in, checked, saved and loaded, by keyboard and on a phone, whatever a file holds.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

/**
 * A test on the demo once it has started.
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
function demo(name, steps, options) {
  test(name, async () => {
    const page = await harness.open("/www/", options);
    await page.locator("#not-started").waitFor({ state: "hidden" });
    await steps(page);
    await done(page);
  });
}

// ---- what people do ----

/** @param {Page} page @param {string} name */
async function loadExample(page, name) {
  await page.selectOption("#example", name);
  await page.getByRole("button", { name: "Load the example" }).click();
  await page.locator("#findings-title:focus").waitFor();
}

/** @param {Page} page @param {unknown} content @param {string} [name] */
async function loadFile(page, content, name = "plan.json") {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await page.locator("#notice").evaluate((notice) => notice.replaceChildren());
  await page.setInputFiles("#file", { name, mimeType: "application/json", buffer: Buffer.from(text) });
  await page.locator("#notice .notice").waitFor();
}

/** @param {Page} page @returns {Promise<any>} what is in the file */
async function save(page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save to a file" }).click(),
  ]);
  return JSON.parse(await readFile(await download.path(), "utf8"));
}

/** The control with a name. @param {Page} page @param {string} name */
const control = (page, name) => page.locator(`[name="${name}"]:visible`).first();

/** Presses the last button with these words. @param {Page} page @param {string} words */
const press = (page, words) => page.getByRole("button", { name: words, exact: true }).last().click();

/** Presses Tab until an element has the focus. @param {Page} page @param {string} selector */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 400; presses++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${selector}`);
}

/** What has the focus: its name, or its words. @param {Page} page */
function focused(page) {
  return page.evaluate(
    () =>
      document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent?.replace(/\s+/g, " ").trim(),
  );
}

/** @param {Page} page */
async function found(page) {
  return {
    title: await page.locator("#findings-title").textContent(),
    links: await page.locator("#findings > ul a").allTextContents(),
  };
}

/** A good page in any state: nothing that axe finds, and nothing wider than the window. @param {Page} page */
async function fine(page) {
  await accessible(page);
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert(needed <= given, `the page is ${needed} pixels wide in a window of ${given}`);
}

/** Opens every fold, and every part that a question opens. @param {Page} page */
const openAll = (page) =>
  page.evaluate(() => {
    document.querySelectorAll("details").forEach((details) => (details.open = true));
    for (const part of document.querySelectorAll("[data-applies][hidden]"))
      /** @type {HTMLElement} */ (part.previousElementSibling?.querySelector("input")).click();
  });

/** Keys of rows are made up by the form. @param {unknown} data @returns {unknown} */
function withoutKeys(data) {
  if (Array.isArray(data)) return data.map(withoutKeys);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => name !== "id")
      .map(([name, value]) => [name, withoutKeys(value)]),
  );
}

const good = async () =>
  JSON.parse(await readFile(new URL("../../www/examples/good.json", import.meta.url), "utf8")).record;

// ---- tests ----

demo("says nothing before it is asked", async (page) => {
  assert.deepEqual(await found(page), { title: "Not checked yet", links: [] });
  assert.equal(await page.locator(".cinplan-messages").count(), 0);
  assert.equal(await page.title(), "Child in Need plan – cinplan");
});

demo("is filled in and checked by keyboard alone", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to the plan");
  await page.keyboard.press("Enter");
  await tabTo(page, "[name='children[0].name']");
  await page.keyboard.type("Amelia Hart");
  for (const part of ["9", "5", "2012"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(part);
  }
  await tabTo(page, "[name='plan.actions[0].what']");
  await page.keyboard.type("Take Noah to breakfast club");
  await tabTo(page, "[data-rows='plan.actions'] > [data-add]");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "plan.actions[1].what");
  await page.keyboard.type("Read with Noah");
  await tabTo(page, "[data-rows='plan.actions'] > .row:nth-of-type(2) [data-remove]");
  assert.equal(await focused(page), "Remove action 2");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Action 1");

  await page.selectOption("#stage", "draft");
  await page.locator("[name='plan.version']").focus();
  await tabTo(page, "[name='plan.next_review_on']");
  await page.keyboard.type("31 June 2026");
  await tabTo(page, "#plan > .govuk-button");
  await page.keyboard.press("Enter");
  await page.locator("#findings-title:focus").waitFor();
  assert.equal(await page.title(), "Error: Child in Need plan – cinplan");
  const message = "Next review must be a real date: June 2026 has 30 days";
  assert((await found(page)).links.includes(message));
  await tabTo(page, `#findings a[href='#plan.next_review_on']`);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "plan.next_review_on");
  assert.match(
    await page.locator("[name='plan.next_review_on']").evaluate((input) => {
      const ids = input.getAttribute("aria-describedby")?.split(" ") ?? [];
      return ids.map((id) => document.getElementById(id)?.textContent).join(" ");
    }),
    /Next review must be a real date/,
  );
});

demo("follows what is put right", async (page) => {
  await page.selectOption("#stage", "draft");
  await control(page, "plan.next_review_on").fill("soon");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  assert.match((await found(page)).links.join(), /Next review/);
  assert.equal(await page.locator("#parts a", { hasText: "Plan" }).textContent(), "Plan, 1 to look at");
  await control(page, "plan.next_review_on").fill("12 March 2027");
  await page.locator("#parts .parts__count").waitFor({ state: "detached" });
  assert.doesNotMatch((await found(page)).links.join(), /Next review/);
  assert.equal(await page.title(), "Child in Need plan – cinplan");
});

demo("says which day is meant by today", async (page) => {
  await page.fill("#today", "yesterday");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  assert.equal(await page.locator("#today-error").textContent(), "Today must be a date like 12 March 2026");
  assert.equal(await page.locator("#today:focus").count(), 1);
  await accessible(page);
  await page.fill("#today", "21/11/2026");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  await page.locator("#findings-title:focus").waitFor();
  assert(await page.locator("#today-error").isHidden());
});

demo("adds rows in rows, and numbers those that are left when one is removed", async (page) => {
  await control(page, "meetings[0].venue").fill("Family centre");
  await press(page, "Add an invitee");
  await control(page, "meetings[0].invitees[0].name").fill("Rachel Hart");
  await press(page, "Add another invitee");
  await control(page, "meetings[0].invitees[1].name").fill("Susan Hart");
  await press(page, "Add another meeting");
  await control(page, "meetings[1].venue").fill("School");
  await press(page, "Add an invitee");
  await control(page, "meetings[1].invitees[0].name").fill("Amelia Hart");
  await control(page, "meetings[1].invitees[0].attended").check();

  await page.locator("[data-rows='meetings[0].invitees'] [data-remove]").first().click();
  assert.equal(await focused(page), "Invitee 1");
  assert.equal(await page.locator("#notice").innerText(), "Invitee 1 removed. Put it back");
  assert.equal(await control(page, "meetings[0].invitees[0].name").inputValue(), "Susan Hart");

  await press(page, "Remove meeting 1");
  assert.equal(await focused(page), "Meeting 1");
  assert.equal(await control(page, "meetings[0].venue").inputValue(), "School");
  assert.deepEqual(withoutKeys(await save(page)), {
    meetings: [{ venue: "School", invitees: [{ name: "Amelia Hart", attended: "yes" }] }],
  });
  await press(page, "Add another invitee");
  assert.equal(await focused(page), "meetings[0].invitees[1].name");

  await press(page, "Remove meeting 1");
  assert.equal(await focused(page), "Add a meeting");
  await page.getByRole("button", { name: "Put it back" }).click();
  assert.equal(await page.locator("[name='meetings[0].invitees[0].name']").inputValue(), "Amelia Hart");

  const ids = await page.locator("#plan [id]").evaluateAll((elements) => elements.map((element) => element.id));
  assert.equal(new Set(ids).size, ids.length, "an id stands twice");
});

demo("leaves people where they type", async (page) => {
  await control(page, "children[0].name").fill("Amelia Hart");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "children[0].name");
  assert.deepEqual(await found(page), { title: "Not checked yet", links: [] });

  await press(page, "Remove need 1");
  await page.getByRole("button", { name: "Put it back" }).waitFor();
  await control(page, "plan.version").fill("2");
  // Going back would lose what was typed since.
  await page.getByRole("button", { name: "Put it back" }).waitFor({ state: "detached" });
});

demo("keeps a message at its row when another row is removed", async (page) => {
  await page.selectOption("#stage", "draft");
  await press(page, "Add another action");
  await control(page, "plan.actions[1].due_on").fill("sometime");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  const messages = page.locator("[data-rows='plan.actions'] .cinplan-message");
  assert.deepEqual(await messages.allTextContents(), ["Error: By when (action 2) must be a date like 12 March 2026"]);
  await press(page, "Remove action 1");
  await page.waitForFunction(() =>
    document.querySelector("#plan .cinplan-message")?.textContent?.includes("(action 1)"),
  );
  assert.equal(await messages.count(), 1);
  assert.equal(await page.locator("[name='plan.actions[0].due_on']").getAttribute("aria-invalid"), "true");
});

demo("saves a faulty draft with exactly what was typed", async (page) => {
  await control(page, "children[0].name").fill("  Amélie O’Hart 🙂 ");
  await control(page, "children[0].date_of_birth-day").fill("31");
  await control(page, "children[0].date_of_birth-month").fill("2");
  await control(page, "children[0].date_of_birth-year").fill("2012");
  await control(page, "case.referred_on").fill("last Tuesday");
  await control(page, "plan.kind").selectOption("child-in-need");
  await control(page, "plan.safety_plan").fill("<b>Ring</b> 999\nthen Priya");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  const saved = await save(page);
  assert.deepEqual(withoutKeys(saved), {
    children: [{ name: "  Amélie O’Hart 🙂 ", date_of_birth: "31/2/2012" }],
    case: { referred_on: "last Tuesday" },
    plan: { kind: "child-in-need", safety_plan: "<b>Ring</b> 999\nthen Priya" },
  });
  assert.match(saved.children[0].id, /^[0-9a-f]{12}$/);

  await page.selectOption("#example", "empty");
  await page.getByRole("button", { name: "Load the example" }).click();
  await loadFile(page, saved);
  assert.deepEqual(await save(page), saved);
  assert.equal(await control(page, "children[0].date_of_birth-month").inputValue(), "2");
  assert.equal(await control(page, "case.referred_on").inputValue(), "last Tuesday");
});

demo("saves what it loaded, with what it does not know, and changes only what is changed", async (page) => {
  const record = {
    ...(await good()),
    transfer: { moved_on: "2026-01-05" },
    host: { csrf: "x", deep: [{ a: [1, null, true] }] },
  };
  record.plan.actions[1].host_key = 42;
  record.children[0].education_health_care_plan = "N";
  record.plan.kind = "Child in Need";
  await loadFile(page, record);
  assert.deepEqual(await save(page), record);

  await control(page, "plan.actions[1].who").fill("Rachel Hart");
  await press(page, "Remove action 1");
  record.plan.actions[1].who = "Rachel Hart";
  record.plan.actions.shift();
  assert.deepEqual(await save(page), record);
});

demo("asks whether a part applies, and loses nothing in one that is closed, by keyboard alone", async (page) => {
  const part = page.locator("#part-moving [data-applies]");
  assert(await part.isHidden());
  await page.locator("#applies-moving").focus();
  await page.keyboard.press("Space");
  assert(await part.isVisible());
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "transfer.direction");
  await control(page, "transfer.other_authority").fill("Stockport");
  await control(page, "transfer.moved_on").fill("soon");
  await page.locator("#applies-moving-no").check();
  assert(await part.isHidden());
  assert.match(await page.locator("#part-moving").innerText(), /What was entered here is kept, and is still checked/);
  assert.deepEqual(withoutKeys(await save(page)), { transfer: { other_authority: "Stockport", moved_on: "soon" } });

  // What is found in it leads there.
  await page.selectOption("#stage", "draft");
  await page.getByRole("button", { name: "Check the plan" }).first().click();
  assert.equal(await page.locator("#parts a", { hasText: "Moving" }).textContent(), "Moving area, 1 to look at");
  await page.locator("#findings a", { hasText: "Date of the move" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "transfer.moved_on");
  assert(await page.locator("#applies-moving").isChecked());
  assert.doesNotMatch(await page.locator("#part-moving").innerText(), /is kept/);

  // A plan that holds something of it shows it; another starts with the question.
  const held = { conferences: [{ id: "k", held_on: "2026-09-01", invitees: [{ id: "i", name: "Dawn", attended: "yes" }] }] };
  await loadFile(page, held);
  assert(await part.isHidden());
  assert.equal(await page.locator("[name=applies-moving]:checked").count(), 0);
  assert(await page.locator("#part-conferences [data-applies]").isVisible());
  await openAll(page);
  assert.equal(await control(page, "conferences[0].invitees[0].name").inputValue(), "Dawn");
  assert(await page.locator("[name='conferences[0].invitees[0].attended'][value=yes]").isChecked());
  assert.deepEqual(await save(page), held);
  await page.locator("#applies-conferences-no").check();
  assert.deepEqual(await save(page), held);
});

/** Places of the record that a form about the plan of today leaves out: what was said in earlier versions, in detail. */
const NOT_SHOWN = [
  /^plan\.earlier_versions\[\]\.outcomes\[\]\.(child|need)$/,
  /^plan\.earlier_versions\[\]\.actions\[\]\.(measure|outcome|resources\[\]\..*)$/,
  /^meetings\[\]\.minutes\.recipients\[\]\.version$/,
  // The host's key of a person, which nobody types.
  /(^|\.)person$/,
];

demo("has a control for every place of the record", async (page) => {
  const types = await readFile(new URL("../../pkg/cinplan.d.ts", import.meta.url), "utf8");
  const groups = new Map(
    [...types.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)].map(([, name, body]) => [
      name,
      [...body.matchAll(/^ {4}(\w+)\?: (List<)?(\w+)/gm)],
    ]),
  );
  /** @param {string} group @param {string} before @returns {string[]} */
  const places = (group, before) =>
    (groups.get(group) ?? []).flatMap(([, name, list, type]) => {
      if (type === "Named") return [];
      return groups.has(type) ? places(type, `${before}${name}${list ? "[]" : ""}.`) : [before + name];
    });
  const all = places("PlanRecord", "");
  assert(all.length > 300, `${all.length} places`);
  const names = await page.evaluate(() => {
    /** @param {ParentNode} part @returns {string[]} */
    const namesIn = (part) =>
      [...part.querySelectorAll("[name], template")].flatMap((element) =>
        element instanceof HTMLTemplateElement
          ? namesIn(element.content)
          : [(element.getAttribute("name") ?? "").replace(/-(day|month|year)$/, "").replace(/\[\d+\]/g, "[]")],
      );
    return namesIn(/** @type {HTMLElement} */ (document.querySelector("#plan")));
  });
  const known = new Set(names);
  const without = all.filter((place) => !known.has(place));
  assert.deepEqual(
    without.filter((place) => !NOT_SHOWN.some((kind) => kind.test(place))),
    [],
  );
});

demo("ticks nothing where nothing may be shared", async (page) => {
  await loadFile(page, { sharing: { exclusions: [{ id: "x", name: "A", may_share: [] }] } });
  await openAll(page);
  const name = "sharing.exclusions[0].may_share";
  assert(await page.locator(`[name="${name}"][value=nothing]`).isChecked());
  await page.locator(`[name="${name}"][value=actions]`).check();
  assert(!(await page.locator(`[name="${name}"][value=nothing]`).isChecked()));
  assert.deepEqual((await save(page)).sharing.exclusions[0].may_share, ["actions"]);
  await page.locator(`[name="${name}"][value=nothing]`).check();
  assert.deepEqual((await save(page)).sharing.exclusions[0].may_share, []);
});

demo("names what is wrong with a file and loses nothing", async (page) => {
  await control(page, "children[0].name").fill("Amelia Hart");
  for (const [content, message] of /** @type {const} */ ([
    ["{ plan: ", "mine.json is not a plan: it does not hold JSON. Choose a file that was saved from this page."],
    ["", "mine.json is empty. Choose a file that was saved from this page."],
    ["[1, 2]", "mine.json is not a plan: it holds a list where a plan has named parts."],
    ["null", "mine.json is not a plan: it holds a single value where a plan has named parts."],
  ])) {
    await loadFile(page, content, "mine.json");
    assert.equal(await page.locator("#notice").innerText(), message);
    assert.equal(await control(page, "children[0].name").inputValue(), "Amelia Hart");
  }
  await loadFile(page, {});
  await page.getByRole("button", { name: "Put back the plan that was here" }).click();
  assert.equal(await control(page, "children[0].name").inputValue(), "Amelia Hart");
});

const MARKUP = '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script><b>bold</b>';
const long = (/** @type {string} */ piece) => piece.repeat(10_000 / piece.length);
const deep = (/** @type {number} */ levels) => `${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`;

for (const [what, junk] of /** @type {[string, unknown][]} */ ([
  [
    "wrong types",
    {
      children: "none",
      case: [1, 2],
      assessment: 7,
      plan: { kind: { a: 1 }, actions: { 0: {} }, needs: [1, null, "two", [], true], version: [[]] },
      meetings: [{ id: {}, invitees: "all", held_on: 20260101, chair: [] }, null, 3],
      sharing: true,
      visits: [[{}]],
      closure: null,
      judgements: [1],
      accepted: "yes",
      transfer: 0,
      conferences: {},
      "": { "": 1 },
    },
  ],
  [
    "long texts, emoji and markup",
    {
      children: [{ id: MARKUP, name: long("🙂"), date_of_birth: MARKUP, views: { text: long("é ") } }],
      plan: {
        kind: MARKUP,
        next_review_on: MARKUP,
        safety_plan: long(MARKUP.slice(0, 50)),
        meeting: MARKUP,
        actions: [{ what: MARKUP, who: long("all "), due_on: MARKUP, outcome: MARKUP }],
      },
      meetings: [{ kind: MARKUP, held_on: MARKUP, invitees: [{ role: MARKUP, attended: MARKUP }] }],
      judgements: { [MARKUP]: { answer: MARKUP } },
    },
  ],
  [
    "names of other things",
    {
      constructor: { prototype: 1 },
      toString: "x",
      hasOwnProperty: [],
      plan: { actions: [{ id: "__proto__", what: "toString" }], hasOwnProperty: 1 },
    },
  ],
])) {
  demo(`finds what is wrong with a file of junk: ${what}`, async (page) => {
    await loadFile(page, junk);
    await openAll(page);
    const { title, links } = await found(page);
    if (what !== "names of other things") assert(links.length > 0, title ?? "");
    assert.equal(await page.evaluate(() => "ran" in window), false);
    assert.equal(await page.locator("img, b, main script").count(), 0);
    // Only keys are added, so that rows can be named.
    assert.deepEqual(withoutKeys(await save(page)), withoutKeys(junk));
  });
}

demo("keeps rows beyond those that it shows", async (page) => {
  const visits = Array.from({ length: 400 }, (_, index) => ({ id: `v${index}`, by: `Worker ${index}` }));
  await loadFile(page, { visits });
  const rows = page.locator("[data-rows=visits] > .row");
  assert.equal(await rows.count(), 300);
  assert.match(await page.locator("#notice").innerText(), /100 answers in it cannot be shown here/);
  await rows.first().locator("summary").first().click();
  await rows.first().locator("[data-remove]").click();
  assert.deepEqual(await save(page), { visits: visits.slice(1) });
});

demo("holds a file of any depth", async (page) => {
  await loadFile(page, `{"plan": ${deep(2_000)}, "__proto__": {"polluted": 1}, "x": ${deep(2_000)}}`);
  await page.locator("#findings-title:focus").waitFor();
  assert.equal(await page.evaluate(() => /** @type {any} */ ({}).polluted), undefined);
});

demo("has the labels that the messages use", async (page) => {
  // A row of every list, and lists in rows.
  for (let before = -1, all = 0; before !== all;) {
    before = all;
    await openAll(page);
    for (const button of await page.locator("#plan [data-add]").all()) {
      if (/^Add an? /.test(await button.innerText())) await button.click();
    }
    all = await page.locator("#plan .row").count();
  }
  const labels = await page.evaluate(async () => {
    const { fields } = await import(/** @type {string} */ ("/pkg/form.js"));
    const all = fields(document.querySelector("#plan")).filter(
      (/** @type {any} */ field) => field.controls[0].type !== "hidden",
    );
    return all.map((/** @type {any} */ { path, controls: [first] }) => {
      const named =
        first.matches("[type=radio], [type=checkbox]") || /-day$/.test(first.name)
          ? first.closest("fieldset")?.querySelector("legend")
          : first.labels[0];
      return [path, named.textContent];
    });
  });
  assert(labels.length > 200);

  // Too long for any text, and no date, number or choice.
  const { changed } = await import("../../www/paths.js");
  const junk = labels.reduce(
    (/** @type {unknown} */ record, /** @type {string[]} */ [path]) => changed(record, path, "x".repeat(10_001)),
    {},
  );
  await page.selectOption("#stage", "draft");
  await loadFile(page, junk);
  await page.locator("#findings-title:focus").waitFor();
  const messages = (await found(page)).links;
  const silent = labels.filter(
    (/** @type {string[]} */ [, label]) =>
      !messages.some((message) => message.startsWith(`${label} (`) || message.startsWith(`${label} must`)),
  );
  assert.deepEqual(silent, []);
});

demo("shows the examples with what is found in them", async (page) => {
  const expected = {
    faults: [
      /Safety plan is missing/,
      /names a group/,
      /By when \(action 2\) must be a date/,
      /Action 5 does not say by when/,
    ],
    "not-invited": [/Date invited is missing for invitee 1 of meeting 4/],
    "kept-from": [/Recipient 8 is somebody the plan is kept from/],
    "closing-early": [/Actions 3 and 5 are open/, /Approver's role/],
    empty: [/There is no need on the plan/],
  };
  for (const [name, messages] of Object.entries(expected)) {
    await loadExample(page, name);
    const { title, links } = await found(page);
    assert.match(title ?? "", /\d+ thing/, name);
    for (const message of messages) assert.match(links.join("\n"), message, name);
  }
  const inOrder = {
    good: "cambridgeshire",
    "good-bolton": "bolton",
    "good-waltham-forest": "waltham-forest",
    "good-derbyshire": "derbyshire",
    "good-derbyshire-team": "derbyshire",
    "good-derbyshire-single-focus": "derbyshire",
    "good-child-and-family-progress": "child-and-family-progress",
    review: "cambridgeshire",
    "moving-area": "cambridgeshire",
    conference: "cambridgeshire",
  };
  for (const [name, manual] of Object.entries(inOrder)) {
    await loadExample(page, name);
    assert.equal(await page.locator("#procedure").inputValue(), manual);
    assert.deepEqual(await found(page), { title: "Nothing to put right at this stage", links: [] }, name);
    assert.equal(await page.locator("#plan .cinplan-messages").count(), 0);
    assert.doesNotMatch(await page.locator("#notice").innerText(), /cannot be shown/);
  }
});

demo("says why, from the manual, once somebody asks", async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => request.url().includes("/requirements/") && asked.push(request.url()));
  await loadExample(page, "faults");
  assert.deepEqual(asked, []);
  await page.locator(".findings__why summary").first().click();
  await page.locator(".findings__why cite").first().waitFor();
  assert.match(await page.locator(".findings__why cite").first().innerText(), /^\d .*\(CAM-\d\.\d\d\)$/);
  assert.equal(asked.length, 1);
  // The panel is drawn anew, and what was opened stays open.
  await control(page, "plan.next_review_on").fill("soon");
  await page.locator("#findings a", { hasText: "Next review must be" }).waitFor();
  await page.locator(".findings__why[open] cite").first().waitFor();
});

/** @param {Page} page @param {string} id */
async function changeProcedure(page, id) {
  await page.selectOption("#procedure", id);
  await page.locator("#difference h2").waitFor();
}

demo("tells in plain words what another manual asks", async (page) => {
  await changeProcedure(page, "bolton");
  // Nothing is told of a plan before it is asked.
  assert.equal(await page.locator("#difference [role=status]").textContent(), "");
  await loadExample(page, "faults");
  assert.equal(await page.locator("#procedure").inputValue(), "cambridgeshire");
  assert(await page.locator("#difference").isHidden());

  await changeProcedure(page, "bolton");
  const panel = page.locator("#difference");
  assert.equal(await panel.locator("h2").textContent(), "What is different in Bolton");
  assert.match(await panel.innerText(), /How far apart meetings may be: 6 weeks \(was 12 weeks\)/);
  assert.match(await panel.innerText(), /visits are as a rule[^:]*: 4 weeks/);
  await changeProcedure(page, "cambridgeshire");
  assert.match(await panel.innerText(), /How far apart meetings may be: 12 weeks \(was 6 weeks\)/);

  const manuals = await page
    .locator("#procedure option")
    .evaluateAll((options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value));
  assert.equal(manuals.length, 5);
  let before = (await found(page)).links.length;
  for (const manual of [...manuals.slice(1), manuals[0]]) {
    await changeProcedure(page, manual);
    const now = (await found(page)).links.length;
    const words = (await panel.locator("[role=status]").textContent()) ?? "";
    const [, came, gone, stayed] =
      /^Findings in this plan: (\d+) new, (\d+) gone, (\d+) as before\.$/.exec(words)?.map(Number) ?? [];
    assert.equal(came + stayed, now, manual);
    assert.equal(gone + stayed, before, manual);
    before = now;
    await openAll(page);
    assert.doesNotMatch(await panel.innerText(), /[_{}[\]]|undefined|null|\bNaN|: *\n|true|: \(/, manual);
  }

  // What is put right is counted anew.
  await control(page, "plan.safety_plan").fill("Rachel rings her mother.");
  await page.waitForFunction(
    (before) => document.querySelectorAll("#findings > ul a").length < before,
    (await found(page)).links.length,
  );
  const stayed = /(\d+) new.* (\d+) as before/.exec((await panel.locator("[role=status]").textContent()) ?? "");
  assert.equal(Number(stayed?.[1]) + Number(stayed?.[2]), (await found(page)).links.length);

  await panel.getByRole("button", { name: "Hide what is different" }).focus();
  await page.keyboard.press("Enter");
  assert(await panel.isHidden());
  assert.equal(await page.locator("#procedure:focus").count(), 1);
});

demo("tells what another manual asks at the level of the plan", async (page) => {
  await control(page, "plan.kind").selectOption("team-around-family");
  await changeProcedure(page, "derbyshire");
  await openAll(page);
  const words = await page.locator("#difference").innerText();
  assert.match(words, /take turns to chair/);
  assert.match(words, /Did the team around the family work out the support together/);
  assert.doesNotMatch(words, /The lead professional is the social worker/);
  await changeProcedure(page, "cambridgeshire");
  await control(page, "plan.kind").selectOption("child-in-need");
  await changeProcedure(page, "derbyshire");
  await openAll(page);
  assert.match(await page.locator("#difference").innerText(), /The lead professional is the social worker/);
});

demo("records a reason where the manual leaves room, by keyboard alone", async (page) => {
  await loadExample(page, "faults");
  assert.equal(await page.getByRole("button", { name: /^Record a reason/ }).count(), 0);
  await changeProcedure(page, "bolton");
  const before = (await found(page)).links;
  const button = page.getByRole("button", { name: /^Record a reason for: Next meeting/ });
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "accepted[0].reason");
  assert.equal(await control(page, "accepted[0].rule").locator(":checked").textContent(), "Next meeting");
  assert.match((await control(page, "accepted[0].item").locator(":checked").textContent()) ?? "", /^Meeting 4/);
  assert.equal(await control(page, "accepted[0].on").inputValue(), "22 October 2026");

  // Asked again, it leads to the reason that was begun.
  await page.keyboard.type("The family was away, and the team manager agreed.");
  await button.focus();
  // The panel is drawn anew meanwhile, and keeps the focus where it is.
  await page.locator("#findings a", { hasText: "Who recorded the reason is missing" }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "accepted[0].by");
  await page.keyboard.type("Priya Shah");
  const settled = page.locator("[data-fold=settled]");
  await settled.waitFor();
  assert.equal(await settled.locator("summary").first().innerText(), "1 thing settled by a recorded reason");
  assert.equal(await settled.evaluate((fold) => /** @type {HTMLDetailsElement} */ (fold).open), false);
  assert.match(
    (await settled.textContent()) ?? "",
    /The family was away, and the team manager agreed\. \(Priya Shah, 22 October 2026\)/,
  );
  assert.deepEqual(
    (await found(page)).links,
    before.filter((message) => !message.startsWith("Next meeting")),
  );
  assert.deepEqual(withoutKeys((await save(page)).accepted), [
    {
      rule: "review-interval",
      item: "m4",
      reason: "The family was away, and the team manager agreed.",
      by: "Priya Shah",
      on: "22 October 2026",
    },
  ]);
});

demo("has a place of its own for everything that any manual finds", async (page) => {
  await page.locator("#example option").last().waitFor({ state: "attached" });
  const names = await page
    .locator("#example option")
    .evaluateAll((options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value));
  assert(names.length > 10);
  for (const name of names) {
    await loadExample(page, name);
    const without = await page.evaluate(async () => {
      const { Validator, procedures } = await import(/** @type {string} */ ("/pkg/cinplan.js"));
      const { fields, read } = await import(/** @type {string} */ ("/pkg/form.js"));
      const form = document.querySelector("#plan");
      const places = new Set(fields(form).map((/** @type {any} */ field) => field.path));
      for (const list of form?.querySelectorAll("[data-rows], [data-cin-part]") ?? [])
        places.add(list.getAttribute("data-rows") ?? list.getAttribute("data-cin-part"));
      const today = "2026-11-21";
      const paths = procedures().flatMap((/** @type {any} */ { id }) =>
        Validator.builtIn(id)
          .check(read(form), { today, stage: "close" })
          .findings.map((/** @type {any} */ { path }) => path),
      );
      return [...new Set(paths)].filter((path) => !places.has(path));
    });
    assert.deepEqual(without, [], name);
  }
});

demo("keeps the answers to questions that only a person can judge", async (page) => {
  await loadExample(page, "good");
  const { judgements, ...unanswered } = await good();
  assert.equal(await page.locator(".question :checked").count(), Object.keys(judgements).length);
  await loadFile(page, unanswered);
  const questions = page.locator(".question");
  assert((await questions.count()) > 0, "no questions");
  await openAll(page);
  const first = questions.first();
  await first.getByRole("radio", { name: "No", exact: true }).check();
  await first.getByLabel("Reason").fill("She said so.");
  await first.getByLabel("Date").fill("19/11/2026");
  const answer = await first.getByRole("radio").first().getAttribute("name");
  await page.locator("#checklist summary", { hasText: ": 1 of" }).waitFor();
  assert.match(await page.locator("#findings").innerText(), /Checklist: 1 of \d+ answered/);
  await page.selectOption("#stage", "draft");
  const saved = await save(page);
  assert.deepEqual(withoutKeys(saved), {
    .../** @type {object} */ (withoutKeys(unanswered)),
    judgements: saved.judgements,
  });
  assert.deepEqual(saved.judgements[answer?.split(".")[1] ?? ""], {
    answer: "no",
    reason: "She said so.",
    on: "19/11/2026",
  });
  await loadFile(page, saved);
  await page.selectOption("#stage", "close");
  await page.locator("#checklist summary", { hasText: ": 1 of" }).waitFor();
  assert.deepEqual(await save(page), saved);
});

demo("shows the deadlines, and gives those that lie ahead as a calendar file that names nobody", async (page) => {
  await page.getByRole("button", { name: "Download a calendar file" }).click();
  assert.match(await page.locator("#notice").innerText(), /^No deadline lies ahead/);
  await loadExample(page, "review");
  assert.match(await page.locator("cin-timeline").innerText(), /^Next: Visit to see the child, by Wednesday 25 November 2026, in 24 working days\./);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download a calendar file" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "deadlines.ics");
  const file = (await readFile(await download.path(), "utf8")).replaceAll("\r\n ", "");
  assert.match(file, /DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261126\r\nSUMMARY:Visit to see the child\r\n/);
  const { children, case: held } = await good();
  for (const name of [...children.map((/** @type {any} */ child) => child.name), held.social_worker.name]) assert(!file.includes(name), name);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await page.getByRole("link", { name: "Next meeting" }).last().click();
  await page.locator("#part-meetings :focus").waitFor();
  await fine(page);
});

for (const width of [1280, 390]) {
  demo(
    `is accessible in every state, ${width} pixels wide`,
    async (page) => {
      await fine(page);
      for (const name of ["good", "faults", "empty"]) {
        await loadExample(page, name);
        await fine(page);
        if (name !== "good") continue;
        await openAll(page);
        await fine(page);
      }
      await loadExample(page, "faults");
      for (const part of ["moving", "conferences"]) await page.locator(`#applies-${part}`).check();
      for (const button of await page.locator("#plan [data-add]:visible").all()) await button.click();
      await openAll(page);
      await fine(page);
      await loadFile(page, "not a plan");
      await fine(page);
      await loadExample(page, "faults");
      await changeProcedure(page, "bolton");
      await fine(page);
      await page.getByRole("button", { name: /^Record a reason/ }).first().click();
      await openAll(page);
      await fine(page);
    },
    { width },
  );
}

for (const [what, file] of [
  ["the module", "**/cinplan_bg.wasm"],
  ["the script", "**/www/main.js"],
]) {
  test(`says so where ${what} does not start`, async () => {
    const page = await harness.open("/www/", { expects: () => true });
    await page.route(file, (route) => route.abort());
    await page.reload();
    await page.getByText("The checks have not started: this page needs JavaScript and WebAssembly.").waitFor();
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector("#not-started") ?? document.body).visibility === "visible",
    );
    await done(page);
  });
}

demo("the manual's tips stand at the fields they belong to, and follow the manual", async (page) => {
  await loadExample(page, "good");
  const venue = page.locator(".govuk-form-group", { has: page.locator('[name="meetings[0].venue"]') }).last();
  assert.match((await venue.locator(".tip").textContent()) ?? "", /young person who waits/);
  const number = await page.locator(".tip").count();
  await page.locator('[name="plan.outcomes[0].text"]').fill("Amelia gets to school by herself, on time.");
  assert.equal(await page.locator(".tip").count(), number);
  await page.selectOption("#procedure", "waltham-forest");
  await page.waitForFunction(() => !document.querySelector('[name="meetings[0].venue"]')?.closest(".govuk-form-group")?.querySelector(".tip"));
  await accessible(page);
});
