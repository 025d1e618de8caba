// What a person at a form meets: when something is said, where, and that nothing stands in the way.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { accessible, onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const on = onPages();

/**
 * Attaches to the page's form a validator that wants answers at the given paths.
 * @param {Page} page
 * @param {string[]} paths
 * @param {object} [options]
 */
function wanting(page, paths, options) {
  return page.evaluate(
    ([paths, options]) => {
      globalThis.kept = cin.attach(cin.form, { procedure: cin.wanting(...paths), stage: "circulate", ...options });
    },
    /** @type {const} */ ([paths, options]),
  );
}

/**
 * Attaches to the page's form a validator that always finds the same.
 * @param {Page} page
 * @param {object[]} findings
 * @param {object} [options]
 */
function finding(page, findings, options) {
  return page.evaluate(
    ([findings, options]) => {
      globalThis.kept = cin.attach(cin.form, { procedure: cin.fake(findings), stage: "circulate", ...options });
    },
    /** @type {const} */ ([findings, options]),
  );
}

const check = (/** @type {Page} */ page) => page.evaluate(() => void kept.check());

/** @param {Page} page */
const messages = (page) => page.locator(".cinplan-finding > .cinplan-message").allTextContents();

/** @param {Page} page */
const inSummary = (page) => page.locator(".cinplan-summary__link, .cinplan-summary__text").allTextContents();

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

/** @param {Page} page */
const markup = (page) => page.evaluate(() => document.documentElement.outerHTML);

/** Longer than the pause after which a form is checked again. @param {Page} page */
const pause = (page) => page.waitForTimeout(500);

// ---- when something is said ----

on("nothing is said before it is asked", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await wanting(page, ["plan.kind", "plan.contingency", "plan.actions[0].who"]);
  await pause(page);
  assert.equal(await markup(page), before);
  await accessible(page);
  await page.focus("#contingency");
  await page.keyboard.press("Tab");
  await pause(page);
  assert.deepEqual(await messages(page), [], "a field that was only passed through");
});

on("a field that was changed and left gets its message, and no other does", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind", "plan.contingency", "plan.version"]);
  await page.focus("#contingency");
  await page.keyboard.type("a");
  await page.keyboard.press("Backspace");
  await pause(page);
  assert.deepEqual(await messages(page), [], "while somebody types");
  await page.keyboard.press("Tab");
  assert.deepEqual(await messages(page), ["Error: plan.contingency is not filled in"]);
  assert.equal(await page.locator(".cinplan-summary").count(), 0);
  assert.equal(await page.title(), "A plan, on a plain page");
  await accessible(page);
});

on("it is told once, and not again while somebody types", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await wanting(page, ["plan.contingency"]);
  await page.focus("#contingency");
  await page.keyboard.type("a");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent !== "");
  assert.equal(await page.textContent("[role=status]"), "Error: plan.contingency is not filled in");
  await page.evaluate(() => document.querySelector("[role=status]")?.replaceChildren());

  await page.focus("#contingency");
  await page.keyboard.type("Ring");
  await page.waitForFunction(() => !document.querySelector(".cinplan-messages"));
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("Backspace");
  await pause(page);
  assert.equal(await page.textContent("[role=status]"), "", "nothing was told");
  await page.evaluate(() => kept.detach());
  assert.equal(await markup(page), before);
});

on("from day to month is not leaving a date", "/pages/govuk.html", async (page) => {
  await finding(page, [{ path: "meetings[0].held_on", message: "Date of meeting must be a real date" }]);
  await page.focus("#held-day");
  await page.keyboard.type("31");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2026");
  await pause(page);
  assert.deepEqual(await messages(page), []);
  await page.keyboard.press("Tab");
  assert.deepEqual(await messages(page), ["Error: Date of meeting must be a real date"]);
});

/**
 * Changes a field that will get a message, and puts a button below it.
 * @param {Page} page
 * @returns {Promise<[number, number]>} Where the button is.
 */
async function changeAboveButton(page) {
  await wanting(page, ["plan.contingency"]);
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = "other";
    button.textContent = "Add an action";
    button.addEventListener("click", () => button.setAttribute("data-clicked", ""));
    document.querySelector("#contingency")?.after(button);
  });
  await page.focus("#contingency");
  await page.keyboard.type("a");
  await page.keyboard.press("Backspace");
  const box = await page.locator("#other").boundingBox();
  assert(box);
  return [box.x + 5, box.y + 3];
}

on("a message does not push a button away from under the pointer", "/pages/plain.html", async (page) => {
  await page.mouse.move(...(await changeAboveButton(page)));
  await page.mouse.down();
  await page.waitForTimeout(50);
  assert.deepEqual(await messages(page), [], "while the pointer is down");
  await page.mouse.up();
  await page.waitForSelector("#other[data-clicked]");
  await page.waitForSelector(".cinplan-messages");
  assert.deepEqual(await messages(page), ["Error: plan.contingency is not filled in"]);
});

on(
  "nor from under the finger",
  "/pages/plain.html",
  async (page) => {
    await page.touchscreen.tap(...(await changeAboveButton(page)));
    await page.waitForSelector("#other[data-clicked]");
    await page.waitForSelector(".cinplan-messages");
  },
  { touch: true },
);

on("nor does one that goes while the pointer is down", "/pages/plain.html", async (page) => {
  await changeAboveButton(page);
  await check(page);
  await page.locator("#contingency").pressSequentially("a");
  const box = await page.locator("#other").boundingBox();
  assert(box);
  await page.mouse.move(box.x + 5, box.y + 3);
  await page.mouse.down();
  await pause(page);
  assert.deepEqual(await messages(page), ["Error: plan.contingency is not filled in"], "while the pointer is down");
  await page.mouse.up();
  await page.waitForSelector("#other[data-clicked]");
  await page.waitForFunction(() => !document.querySelector(".cinplan-messages"));
});

on("what somebody has opened in the summary stays open, and the focus stays on it", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.contingency", "plan.nowhere"]);
  await check(page);
  const why = page.locator(".cinplan-summary details", { hasText: "plan.nowhere" });
  await page.fill("#contingency", "x");
  await why.locator("summary").click();
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-summary__item").length === 1);
  assert.equal(await why.getAttribute("open"), "", "after the first look");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "cinplan-why__summary");
  await page.evaluate(() => void kept.check());
  assert.equal(await why.getAttribute("open"), "", "after another check");
});

on("after a check, messages follow what is put right, and the focus stays", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind", "plan.contingency"]);
  await check(page);
  assert.equal(await focused(page), "cinplan-summary cinplan-summary--error");
  assert.deepEqual(await inSummary(page), ["plan.kind is not filled in", "plan.contingency is not filled in"]);
  assert.equal(await page.locator(".cinplan-summary [role=alert]").count(), 1);

  await page.focus("#contingency");
  await page.keyboard.type("Ring the duty team");
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-messages").length === 1);
  assert.deepEqual(await inSummary(page), ["plan.kind is not filled in"]);
  assert.equal(await page.locator(".cinplan-summary [role=alert]").count(), 0, "silently");
  assert.equal(await focused(page), "contingency");
  assert.equal(await page.inputValue("#contingency"), "Ring the duty team");

  await page.selectOption("#kind", "interim");
  await page.waitForFunction(() => !document.querySelector(".cinplan-summary"));
  assert.equal(await page.title(), "A plan, on a plain page");
});

on("a field that was quiet stays quiet while somebody types in it", "/pages/plain.html", async (page) => {
  await page.evaluate(() => {
    const procedure = cin.fake((/** @type {any} */ record) =>
      record.plan?.version === "1" ? [{ path: "plan.version", message: "Version must not be 1" }] : [],
    );
    globalThis.kept = cin.attach(cin.form, { procedure, stage: "circulate" });
    kept.check();
  });
  await page.focus("[name='plan.version']");
  await page.keyboard.type("1");
  await pause(page);
  assert.deepEqual(await messages(page), []);
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  assert.deepEqual(await messages(page), []);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  assert.deepEqual(await messages(page), ["Error: Version must not be 1"]);
});

on("a check without findings says so", "/pages/plain.html", async (page) => {
  await finding(page, []);
  await check(page);
  assert.equal(await page.textContent(".cinplan-summary"), "Nothing to put right");
  assert.equal(await page.title(), "A plan, on a plain page");
  await accessible(page);
  await page.evaluate(() => {
    const advice = { path: "plan.contingency", message: "Say who to call", severity: "advice" };
    kept.update({ procedure: cin.fake([advice]) });
    kept.check();
  });
  assert.equal(await page.textContent(".cinplan-summary h2"), "Nothing to put right", "advice is not a problem");
  assert.equal(await page.textContent(".cinplan-summary__folded > summary"), "Advice (1)");
  assert.equal(await page.getAttribute("#contingency", "aria-invalid"), null);
  await accessible(page);
});

on("a whole form can be filled in by keyboard alone", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind", "plan.contingency", "visits[0].child_seen", "sharing.exclusions[0].may_share"]);
  await check(page);
  const keys = page.keyboard;
  await keys.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "plan.kind is not filled in");
  await keys.press("Enter");
  assert.equal(await focused(page), "kind");
  await keys.type("Inter");
  await page.evaluate(() => /** @type {any} */ (document.querySelector(".cinplan-summary")).focus());
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-messages").length === 3);
  await keys.press("Tab");
  await keys.press("Enter");
  assert.equal(await focused(page), "contingency");
  await keys.type("Ring the duty team");
  for (const name of ["visits[0].child_seen", "sharing.exclusions[0].may_share"]) {
    while ((await page.evaluate(() => /** @type {any} */ (document.activeElement).name)) !== name) await keys.press("Tab");
    await keys.press("Space");
  }
  await page.waitForFunction(() => !document.querySelector(".cinplan-messages"));
  assert.deepEqual(await page.evaluate(() => kept.report.findings), []);
});

// ---- where it is said ----

on("hints stay, and every attribute comes back as it was", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await wanting(page, ["plan.contingency", "plan.version"]);
  await check(page);
  const described = await page.evaluate(() => document.querySelector("#contingency")?.getAttribute("aria-describedby"));
  assert.match(String(described), /^contingency-hint  nobody cinplan-id-\d+$/);
  assert.equal(await page.getAttribute("[name='plan.version']", "aria-invalid"), "true");
  assert.equal(
    await page.evaluate(() => document.querySelector("#contingency-hint + .cinplan-messages + #contingency") !== null),
    true,
    "after the hint, before the control",
  );
  assert.equal(await page.locator("label .cinplan-messages").count(), 0);

  await page.fill("#contingency", "Ring the duty team");
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-messages").length === 1);
  assert.equal(
    await page.evaluate(() => document.querySelector("#contingency")?.getAttribute("aria-describedby")),
    "contingency-hint  nobody",
  );
  await page.evaluate(() => kept.detach());
  assert.equal(await markup(page), before);
});

on("what the host changed meanwhile is kept", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.contingency"]);
  await check(page);
  await page.evaluate(() => {
    const control = cin.form.elements.contingency;
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby")} count`);
    document.title = "Another title";
    kept.detach();
  });
  assert.equal(await page.getAttribute("#contingency", "aria-describedby"), "contingency-hint nobody count");
  assert.equal(await page.title(), "Another title");
});

const EVERYWHERE = [
  { path: "meetings[0].held_on", message: "Date of meeting must be a real date" },
  { path: "meetings[0].held_on", message: "Date of meeting is a Sunday", severity: "warning" },
  { path: "plan.started_on", message: "Enter the date the plan started" },
  { path: "plan.actions[0].what", message: "Begin with a verb", severity: "advice" },
  { path: "plan.lead_professional.visit_every", message: "Enter how often the lead professional visits" },
  { path: "case.team", message: "Choose a team", severity: "warning" },
  { path: "visits[0].seen_alone", message: "Say whether the child was seen alone" },
  { path: "visits[0].reason_not_alone", message: "Enter the reason" },
  { path: "sharing.exclusions[0].may_share", message: "Choose what may be shared" },
  { path: "case.complex", message: "Say whether the case is complex" },
  { path: "closure.reason", message: "Enter the reason for closing" },
  { path: "closure.approved_by.name", message: "Nobody has approved closing" },
  { path: "plan.interim", message: "Not an interim plan", accepted: { reason: "Agreed", by: "Ann", role: "manager" } },
];

on("GOV.UK markup: errors first, then warnings; advice is folded; the message stands where GOV.UK has it", "/pages/govuk.html", async (page) => {
  const before = await markup(page);
  await finding(page, EVERYWHERE);
  await check(page);
  assert.equal(await page.textContent(".cinplan-summary h2"), "There is a problem");
  assert.equal(await page.title(), "Error: A plan, in the GOV.UK way");
  assert.deepEqual(await inSummary(page), [
    "Date of meeting must be a real date",
    "Enter the date the plan started",
    "Enter how often the lead professional visits",
    "Say whether the child was seen alone",
    "Enter the reason",
    "Choose what may be shared",
    "Say whether the case is complex",
    "Enter the reason for closing",
    "Nobody has approved closing",
    "Date of meeting is a Sunday",
    "Choose a team",
    "Begin with a verb",
    "Not an interim plan",
  ]);
  assert.deepEqual(await page.locator(".cinplan-summary details:not(.cinplan-why) > summary").allTextContents(), [
    "Advice (1)",
    "Settled by a recorded reason (1)",
  ]);
  const next = (/** @type {string} */ selector) =>
    page.evaluate(
      (selector) => [...document.querySelectorAll(selector)].map((block) => block.nextElementSibling?.className ?? ""),
      selector,
    );
  assert.deepEqual(await next(".cinplan-messages"), [
    "govuk-date-input",
    "govuk-date-input",
    "govuk-input",
    "govuk-input__wrapper",
    "govuk-select",
    "govuk-radios",
    "govuk-input",
    "govuk-checkboxes",
    "govuk-checkboxes govuk-checkboxes--small",
    "govuk-textarea",
  ]);
  const described = await page.evaluate(() =>
    [...document.querySelectorAll("[aria-describedby*=cinplan-id-]")].map((element) => element.id || element.tagName),
  );
  assert.deepEqual(described, ["FIELDSET", "FIELDSET", "visit-every", "team", "FIELDSET", "alone-reason", "FIELDSET", "complex", "reason"]);
  const held = await page.getAttribute("fieldset >> nth=0", "aria-describedby");
  assert.match(String(held), /^held-hint cinplan-id-\d+ cinplan-id-\d+$/, "hint, error, warning");
  const invalid = await page.evaluate(() => [...document.querySelectorAll("[aria-invalid=true]")].map((control) => control.id));
  assert.deepEqual(invalid, [
    ...["held-day", "held-month", "held-year", "started-day", "started-month", "started-year"],
    ...["visit-every", "alone-yes", "alone-no", "alone-reason", "share-1", "share-2", "complex", "reason"],
  ]);
  await accessible(page);
  for (const summary of await page.locator(".cinplan-why summary, .cinplan-advice > summary").all()) {
    if (await summary.isVisible()) await summary.click();
  }
  await page.waitForFunction(() => document.querySelector(".cinplan-why__body")?.textContent?.includes("Principles"));
  await accessible(page);
  await page.evaluate(() => kept.detach());
  assert.equal((await markup(page)).replaceAll(' open=""', ""), before);
  await accessible(page);
});

on("old table layouts keep their cells", "/pages/legacy.html", async (page) => {
  const before = await markup(page);
  const cells = () => page.evaluate(() => [...document.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.tagName).join()));
  const layout = await cells();
  await finding(
    page,
    [
      { path: "plan.started_on", message: "Enter the date the plan started" },
      { path: "visits[0].child_seen", message: "Say whether the child was seen" },
      { path: "case.complex", message: "Say whether the case is complex" },
      { path: "plan.actions[1].due_on", message: "By when must be a real date" },
      { path: "plan.actions[1].measure", message: "Say how everyone will know it is done" },
    ],
    {
      map: {
        ctl00$cph$txtStart: "plan.started_on",
        ctl00$cph$rblSeen: "visits[0].child_seen",
        ctl00$cph$chkComplex: "case.complex",
        "gvActions$ctl{n}$txtAct": "plan.actions[n].what",
        "gvActions$ctl{n}$txtDue": "plan.actions[n].due_on",
      },
    },
  );
  await check(page);
  assert.deepEqual(await cells(), layout);
  assert.equal(await page.locator("table .cinplan-messages").count(), 4);
  assert.equal(await page.locator("td .cinplan-messages").count(), 4);
  await accessible(page);
  await page.click(".cinplan-summary__link >> text=By when");
  assert.equal(await page.evaluate(() => /** @type {any} */ (document.activeElement).name), "gvActions$ctl04$txtDue");
  await page.click(".cinplan-summary__link >> text=Say how everyone");
  assert.equal(await page.evaluate(() => /** @type {any} */ (document.activeElement).name), "gvActions$ctl04$txtAct");
  await page.evaluate(() => kept.detach());
  assert.equal(await markup(page), before);
});

on("a host can say where a message goes", "/pages/plain.html", async (page) => {
  await page.evaluate(() => {
    const place = document.createElement("div");
    place.id = "place";
    place.dataset.cinMessage = "plan.kind";
    cin.form.elements.kind.after(place);
  });
  await wanting(page, ["plan.kind"]);
  await check(page);
  assert.equal(await page.textContent("#place .cinplan-message"), "Error: plan.kind is not filled in");
  assert.match(String(await page.getAttribute("#kind", "aria-describedby")), /^cinplan-id-\d+$/);
});

on("a link goes to the nearest there is, and to nothing where there is nothing", "/pages/plain.html", async (page) => {
  await finding(page, [
    { path: "plan.actions[0].due_on", message: "In the row" },
    { path: "plan.actions[7].who", message: "In a missing row" },
    { path: "plan.actions", message: "In the list" },
    { path: "plan.outcomes", message: "Nowhere" },
    { path: "transfer.other_authority", message: "Disabled" },
  ]);
  await check(page);
  assert.deepEqual(await page.locator(".cinplan-summary__text").allTextContents(), ["Nowhere", "Disabled"]);
  await page.click("text=In the row");
  assert.equal(await focused(page), "what-0");
  await page.click("text=In a missing row");
  assert.equal(await focused(page), "actions");
  await page.click("text=In the list");
  assert.equal(await focused(page), "actions");
  await page.focus("#kind");
  assert.equal(await page.getAttribute("#actions", "tabindex"), null, "only for as long as it has the focus");
});

on("a link opens what is closed, and lets the host open what it hides", "/pages/plain.html", async (page) => {
  await finding(page, [
    { path: "closure.reason", message: "In closed details" },
    { path: "visits[0].by", message: "In a hidden step" },
    { path: "plan.kind", message: "Taken over by the host" },
  ]);
  await check(page);
  await page.click("text=In closed details");
  assert.equal(await focused(page), "reason");
  await page.evaluate(() => {
    document.addEventListener("cinplan:reveal", (event) => {
      const { path } = /** @type {CustomEvent} */ (event).detail;
      const target = /** @type {HTMLElement} */ (event.target);
      if (path === "visits[0].by") target.closest("section")?.removeAttribute("hidden");
      if (path === "plan.kind") event.preventDefault();
    });
  });
  await page.click("text=In a hidden step");
  assert.equal(await focused(page), "by");
  await page.click("text=Taken over by the host");
  assert.notEqual(await focused(page), "kind");
});

on("whatever is typed or found stays text", "/pages/plain.html", async (page) => {
  const nasty = `<img src=x onerror="document.body.dataset.hurt=1"><script>document.body.dataset.hurt=1</script>`;
  await page.fill("#contingency", nasty);
  await finding(
    page,
    [
      { rule: nasty, path: "plan.contingency", message: nasty, remedy: nasty, cites: [nasty, "CAM-1.01"] },
      { path: nasty, message: nasty, severity: "warning" },
      { path: "plan.kind", message: nasty, accepted: { reason: nasty, by: nasty, role: nasty } },
    ],
    { requirements: [{ id: "CAM-1.01", section: nasty, says: nasty, note: nasty }], messages: { problem: nasty } },
  );
  await check(page);
  for (const summary of await page.locator(".cinplan-why summary").all()) await summary.click();
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-why__note").length > 0);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.equal(await page.getAttribute("body", "data-hurt"), null);
  assert.equal(await page.inputValue("#contingency"), nasty);
});

// ---- why ----

on("why is fetched when somebody wants to know, and the ids stand where it cannot be", "/pages/plain.html", async (page) => {
  /** @type {string[]} */
  const requests = [];
  page.on("request", (request) => void requests.push(new URL(request.url()).pathname));
  await finding(page, [{ path: "plan.kind", message: "Choose a kind", remedy: "Choose one.", cites: ["CAM-1.02"] }]);
  await check(page);
  assert.deepEqual(requests, []);
  await page.click(".cinplan-why summary");
  await page.waitForFunction(() => document.querySelector(".cinplan-why__body")?.textContent?.includes("exactly two kinds"));
  assert.deepEqual(requests, ["/pkg/requirements/cambridgeshire.json"]);

  await page.evaluate(() => kept.detach());
  await finding(page, [{ path: "plan.kind", message: "Choose a kind", remedy: "Choose one.", cites: ["CAM-1.02"] }], {
    requirements: "/nowhere",
  });
  await check(page);
  await page.click(".cinplan-why summary");
  await page.waitForSelector(".cinplan-why__body p");
  await pause(page);
  assert.deepEqual(await page.locator(".cinplan-why__body p").allTextContents(), ["Choose one.", "A manual", "CAM-1.02"]);
}, { expects: (message) => message.includes("404") });

// ---- rows ----

on("rows can be added, copied and taken away", "/pages/plain.html", async (page) => {
  const blank = await markup(page);
  await page.evaluate(() => {
    const procedure = cin.fake((/** @type {any} */ record) =>
      (record.plan?.actions ?? []).flatMap((/** @type {any} */ action, /** @type {number} */ at) =>
        action.what && !action.who ? [{ path: `plan.actions[${at}].who`, message: `Action ${at + 1}: enter who will do it` }] : [],
      ),
    );
    globalThis.kept = cin.attach(cin.form, { procedure, stage: "circulate" });
  });
  await page.fill("#what-0", "First");
  await check(page);
  assert.deepEqual(await messages(page), ["Error: Action 1: enter who will do it"]);

  // As many pages do it: copy the last row, count its names up, empty it.
  await page.evaluate(() => {
    const row = /** @type {HTMLElement} */ (document.querySelector(".row"));
    const copy = /** @type {HTMLElement} */ (row.cloneNode(true));
    for (const control of copy.querySelectorAll("input")) {
      control.name = control.name.replace("[0]", "[1]");
      control.value = "";
      control.id &&= control.id.replace("-0", "-1");
    }
    for (const label of copy.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace("-0", "-1");
    row.after(copy);
  });
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-messages").length === 1);
  assert.equal(await page.getAttribute("#who-1", "aria-invalid"), null);
  assert.equal(await page.getAttribute("#who-1", "aria-describedby"), null);
  assert.equal(await page.getAttribute("#who-1", "data-cinplan-state"), null);

  await page.fill("#what-1", "Second");
  await pause(page);
  assert.deepEqual(await messages(page), ["Error: Action 1: enter who will do it"], "a new row is not asked about yet");
  await check(page);
  assert.equal((await messages(page)).length, 2);

  // The rows after a removed one keep their index, and their messages.
  await page.evaluate(() => document.querySelector(".row")?.remove());
  await page.waitForFunction(() => document.querySelectorAll(".cinplan-summary__link").length === 1);
  assert.deepEqual(await messages(page), ["Error: Action 2: enter who will do it"]);
  assert.equal(await page.evaluate(() => kept.record().plan.actions.length), 2);
  await page.evaluate(() => kept.detach());
  assert.equal(await page.locator("[class^=cinplan], [data-cinplan-state]").count(), 0);
  assert.equal(blank.includes("cinplan-id"), false);
});

on("values that a script sets are seen at the next check; a reset begins anew", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind"]);
  await check(page);
  await page.evaluate(() => void (cin.form.elements.kind.value = "interim"));
  await check(page);
  assert.deepEqual(await messages(page), []);
  await page.evaluate(() => void (cin.form.elements.kind.value = ""));
  await check(page);
  assert.equal((await messages(page)).length, 1);
  await page.evaluate(() => cin.form.reset());
  await page.waitForFunction(() => !document.querySelector(".cinplan-summary, .cinplan-messages"));
  assert.equal(await page.title(), "A plan, on a plain page");
  assert.equal(await page.evaluate(() => kept.report.findings.length), 1);
});

// ---- several forms, shadow roots ----

on("two forms on a page keep to themselves", "/pages/two.html", async (page) => {
  const before = await markup(page);
  await page.evaluate(() => {
    const [one, two] = document.forms;
    const options = { procedure: cin.wanting("plan.kind"), stage: "circulate" };
    globalThis.kept = [cin.attach(one, options), cin.attach(two, options)];
    kept[0].check();
  });
  assert.equal(await page.locator("#one .cinplan-messages").count(), 1);
  assert.equal(await page.locator("#two .cinplan-messages").count(), 0);
  await page.evaluate(() => void kept[1].check());
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "ids are unique");
  assert.equal(await page.title(), "Error: Two plans");
  await accessible(page);
  await page.evaluate(() => kept[0].detach());
  assert.equal(await page.title(), "Error: Two plans", "the other still shows errors");
  assert.equal(await page.locator("#two .cinplan-messages").count(), 1);
  await page.evaluate(() => kept[1].detach());
  assert.equal(await markup(page), before);
});

on("a form in a shadow root", "/pages/shadow.html", async (page) => {
  await page.evaluate(() => {
    const form = document.querySelector("#host")?.shadowRoot?.querySelector("form");
    globalThis.kept = cin.attach(form, { procedure: cin.wanting("plan.kind", "plan.version"), stage: "circulate" });
    document.addEventListener("cinplan:report", () => document.body.setAttribute("data-heard", ""));
  });
  await page.click("summary");
  await page.fill("#version", "2");
  await page.focus("#kind");
  await page.keyboard.type("a");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  assert.deepEqual(await messages(page), ["Error: plan.kind is not filled in"]);
  await check(page);
  const inside = () => page.evaluate(() => document.querySelector("#host")?.shadowRoot?.activeElement?.id);
  await accessible(page);
  await page.click("summary >> text=The form");
  await page.evaluate(() => {
    const link = document.querySelector("#host")?.shadowRoot?.querySelector("a");
    link?.click();
  });
  assert.equal(await inside(), "kind");
  assert.equal(await page.evaluate(() => document.querySelector("details")?.open), true, "closed details around the host open");
  assert.equal(await page.getAttribute("body", "data-heard"), "");
  await page.evaluate(() => kept.detach());
  assert.equal(await page.evaluate(() => document.querySelector("#host")?.shadowRoot?.querySelectorAll("[class^=cinplan]").length), 0);
});

// ---- saving ----

on("saving is never held back unless the host wants it", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind"]);
  assert.equal(await page.getAttribute("#plan", "novalidate"), null);
  await page.evaluate(() => {
    document.addEventListener("submit", (event) => {
      const shown = document.querySelectorAll(".cinplan-messages").length;
      document.body.setAttribute("data-heard", String(shown));
      event.preventDefault();
    });
  });
  await page.click("#submit");
  assert.equal(await page.getAttribute("body", "data-heard"), "1", "the host hears of it, and the errors are shown");
  assert.equal(await focused(page), "cinplan-summary cinplan-summary--error");
});

on("a form that is not held back is sent with everything in it", "/pages/plain.html", async (page) => {
  await wanting(page, ["plan.kind"]);
  await page.fill("#contingency", "Ring <the> duty team");
  await page.click("#submit");
  await page.waitForURL("**/saved.html?**");
  assert.equal(new URL(page.url()).searchParams.get("plan.contingency"), "Ring <the> duty team");
});

on("where the host wants it, submitting waits for the errors of its stage", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await page.evaluate(() => {
    document.addEventListener("submit", (event) => {
      document.body.setAttribute("data-heard", String(/** @type {any} */ (event).submitter?.id));
      event.preventDefault();
    });
  });
  await wanting(page, ["plan.kind"], { block: "circulate", stage: "meeting" });
  await page.click("#submit");
  assert.equal(await page.getAttribute("body", "data-heard"), "submit", "before its stage");
  await page.evaluate(() => document.body.removeAttribute("data-heard"));

  await page.evaluate(() => void kept.update({ stage: "review" }));
  assert.equal(await page.getAttribute("#plan", "novalidate"), "");
  await page.click("#submit");
  assert.equal(await page.getAttribute("body", "data-heard"), null);
  assert.equal(await focused(page), "cinplan-summary cinplan-summary--error");
  assert.equal(await page.title(), "Error: A plan, on a plain page");
  await page.click("#draft");
  assert.equal(await page.getAttribute("body", "data-heard"), "draft", "formnovalidate saves");
  await page.evaluate(() => document.body.removeAttribute("data-heard"));
  await page.selectOption("#kind", "interim");
  await page.click("#submit");
  assert.equal(await page.getAttribute("body", "data-heard"), "submit", "once the errors are gone");
  await page.evaluate(() => {
    document.body.removeAttribute("data-heard");
    kept.detach();
  });
  assert.equal(await markup(page), before);
});

on("warnings and settled findings hold nothing back", "/pages/plain.html", async (page) => {
  await finding(
    page,
    [
      { path: "plan.kind", severity: "warning" },
      { path: "plan.version", accepted: { reason: "Agreed", by: "Ann", role: "manager" } },
    ],
    { block: "draft" },
  );
  await page.click("#submit");
  await page.waitForURL("**/saved.html?**");
});

// ---- the rest of the interface ----

on("nothing of what was typed is lost, and detach can be called twice", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await page.fill("#contingency", "  As typed  ");
  await wanting(page, ["plan.kind", "meetings[0].held_on"], { summary: "main" });
  await check(page);
  assert.equal(await page.locator("main > .cinplan-summary").count(), 1);
  await page.evaluate(() => {
    kept.detach();
    kept.detach();
  });
  assert.equal(await markup(page), before);
  assert.equal(await page.inputValue("#contingency"), "  As typed  ");
  await page.focus("#contingency");
  await page.keyboard.type("a");
  await page.keyboard.press("Tab");
  await pause(page);
  assert.equal(await markup(page), before, "no listener is left");
});

on("a host that draws for itself gets data alone", "/pages/plain.html", async (page) => {
  const before = await markup(page);
  await page.evaluate(() => {
    globalThis.kept = { on: 0, events: 0 };
    cin.form.addEventListener("cinplan:report", () => (kept.events += 1));
    const on = () => (kept.on += 1);
    kept.attached = cin.attach(cin.form, { procedure: cin.wanting("plan.kind"), stage: "circulate", show: false, on });
    kept.attached.check();
  });
  assert.deepEqual(await page.evaluate(() => [kept.on, kept.events]), [2, 2]);
  await page.fill("#contingency", "a");
  await page.waitForFunction(() => kept.events === 3);
  assert.equal(await markup(page), before);

  await page.evaluate(() => cin.show(cin.form, kept.attached.report, { title: false }));
  assert.equal((await messages(page)).length, 1);
  assert.equal(await page.title(), "A plan, on a plain page");
  await page.evaluate(() => cin.hide(cin.form));
  assert.equal(await markup(page), before);
});

on("own words, by the id of a rule", "/pages/plain.html", async (page) => {
  await page.evaluate(() => {
    const messages = {
      problem: "Mae problem",
      error: "Gwall",
      rules: { blank: (/** @type {any} */ finding) => `Mae ${finding.path} yn wag` },
    };
    globalThis.kept = cin.attach(cin.form, { procedure: cin.wanting("plan.kind"), stage: "circulate", messages });
    kept.check();
  });
  assert.equal(await page.textContent(".cinplan-summary h2"), "Mae problem");
  assert.deepEqual(await messages(page), ["Gwall: Mae plan.kind yn wag"]);
  assert.deepEqual(await inSummary(page), ["Mae plan.kind yn wag"]);
  assert.equal(await page.title(), "Gwall: A plan, on a plain page");
});

on("today is the day by the browser's clock, each time, unless it is given", "/pages/plain.html", async (page) => {
  await page.clock.setFixedTime(new Date("2026-03-28T23:59:00Z"));
  await page.evaluate(() => {
    globalThis.kept = { fake: cin.fake([]) };
    kept.attached = cin.attach(cin.form, { validator: kept.fake, stage: "draft" });
  });
  const days = () => page.evaluate(() => kept.fake.checks.map((/** @type {any} */ check) => check.today));
  assert.deepEqual(await days(), ["2026-03-28"]);
  await page.clock.setFixedTime(new Date("2026-06-30T23:30:00Z"));
  await page.evaluate(() => void kept.attached.check());
  assert.deepEqual(await days(), ["2026-03-28", "2026-07-01"], "by summer time");
  await page.evaluate(() => void kept.attached.update({ today: "2026-01-01" }));
  assert.equal((await days()).at(-1), "2026-01-01");
});

on("what cannot be used is told with a code", "/pages/two.html", async (page) => {
  const codes = await page.evaluate(async () => {
    const [form] = document.forms;
    const code = (/** @type {() => unknown} */ act) => {
      try {
        act();
        return undefined;
      } catch (error) {
        return /** @type {any} */ (error).code;
      }
    };
    const stage = "draft";
    const codes = [
      code(() => cin.attach(form, { procedure: "cambridgeshire", stage })),
      code(() => cin.attach(form, { stage })),
    ];
    await cin.init();
    codes.push(
      code(() => cin.attach(form, { procedure: "atlantis", stage })),
      code(() => cin.attach(form, { procedure: { id: "own" }, stage })),
      code(() => cin.attach(form, { procedure: "cambridgeshire", stage: "someday" })),
      code(() => cin.attach(form, { procedure: "cambridgeshire", stage, today: "someday" })),
      code(() => cin.attach(form, { procedure: "cambridgeshire", stage, block: "someday" })),
    );
    const attached = cin.attach(form, { procedure: "cambridgeshire", stage });
    codes.push(code(() => cin.attach(form, { procedure: "cambridgeshire", stage })));
    codes.push(code(() => attached.update({ procedure: "atlantis" })));
    codes.push(code(() => attached.update({ stage: "someday" })));
    codes.push(attached.check().stage);
    attached.detach();
    return codes;
  });
  assert.deepEqual(codes, [
    "not-initialised",
    "unknown-procedure",
    "unknown-procedure",
    "unreadable-procedure",
    "unreadable-stage",
    "unreadable-today",
    "unreadable-stage",
    "already-attached",
    "unknown-procedure",
    "unreadable-stage",
    "draft",
  ]);
});
