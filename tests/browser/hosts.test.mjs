// Forms as case systems have them: what a worker sees in them, and does, with the real rules behind.
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

/** @param {string} path */
async function opened(path) {
  const page = await harness.open(path);
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined || /** @type {CinPlan | null} */ (document.querySelector("cin-plan"))?.report);
  return page;
}

/** @param {Page} page */
const inSummary = (page) => page.locator(".cinplan-summary__link, .cinplan-summary__text").allTextContents();

/** @param {Page} page */
const focused = (page) => page.evaluate(() => /** @type {any} */ (document.activeElement)?.name || document.activeElement?.id);

/** @param {Page} page */
const check = (page) => page.evaluate(() => void /** @type {CinPlan} */ (document.querySelector("cin-plan")).check());

/** The messages in a cell or paragraph of a control. @param {Page} page @param {string} name */
const messagesAt = (page, name) =>
  page.evaluate(
    (name) =>
      [...(document.getElementsByName(name)[0].parentElement?.querySelectorAll(".cinplan-finding > .cinplan-message") ?? [])].map(
        (message) => message.textContent,
      ),
    name,
  );

/** @param {Page} page @param {string} name */
const control = (page, name) => page.locator(`[name="${name}"]`);

const GRID = "ctl00$MainContent$grdActions";

// ---- a page that is one large form, with a table for its layout ----

test("ASP.NET Web Forms: a worker issues a plan, finds what is missing by its link, and issues it again", async () => {
  const page = await opened("/pages/aspnet.html");
  const before = await page.evaluate(() => document.body.innerHTML);
  assert.equal(await page.locator("[class^=cinplan]").count(), 0, "nothing before it is asked");
  await control(page, `${GRID}$ctl02$txtAction`).fill("Book a speech assessment");
  await control(page, `${GRID}$ctl02$txtDue`).fill("31/11/2026");
  await page.locator("[name='ctl00$MainContent$grdInvited$ctl02$txtName']").fill("Zoe Reed");
  await page.selectOption("[name='ctl00$MainContent$grdInvited$ctl02$ddlRole']", "MOTH");
  await page.selectOption("[name='ctl00$MainContent$grdInvited$ctl02$ddlAttended']", "Y");
  await page.selectOption("[name='ctl00$MainContent$ddlPlanType']", "CIN");
  // The page is sent whatever is found; here it is kept, to look at it.
  await page.evaluate(() => document.addEventListener("submit", (event) => event.preventDefault(), { once: true }));
  await page.click("#ctl00_MainContent_btnIssue");

  assert.deepEqual(await page.evaluate(() => /** @type {CinPlan} */ (document.querySelector("cin-plan")).record), {
    plan: { kind: "child-in-need", actions: [{ what: "Book a speech assessment", due_on: "31/11/2026" }] },
    meetings: [{ invitees: [{ name: "Zoe Reed", role: "parent", attended: true }] }],
  });
  assert.equal(await page.locator("cin-plan > .cinplan-summary:focus").count(), 1, "the summary is where the element is");
  assert((await inSummary(page)).includes("Action 1 does not say who will do it"));
  assert.match(String(await messagesAt(page, `${GRID}$ctl02$txtDue`)), /must be a real date/);
  assert.deepEqual(await messagesAt(page, `${GRID}$ctl03$txtOwner`), [], "an empty row is no action");
  assert.deepEqual(
    await page.evaluate(() => [...document.querySelectorAll("tr")].flatMap((row) => [...row.children].map(({ tagName }) => tagName)).filter((tag) => tag !== "TD" && tag !== "TH")),
    [],
    "no message stands between cells",
  );
  await accessible(page);

  await page.click(".cinplan-summary__link >> text=Action 1 does not say who");
  assert.equal(await focused(page), `${GRID}$ctl02$txtOwner`);
  await page.keyboard.type("Ann Lee");
  await page.waitForFunction(() => !document.querySelector(".cinplan-summary")?.textContent?.includes("Action 1 does not say who"));
  assert.equal(await focused(page), `${GRID}$ctl02$txtOwner`, "the focus stays");

  await page.evaluate(() => document.querySelector("cin-plan")?.remove());
  await page.waitForFunction(() => !document.querySelector("[class^=cinplan]"));
  await page.evaluate(() => {
    const element = document.createElement("cin-plan");
    const { attributes } = new DOMParser().parseFromString('<cin-plan procedure="cambridgeshire" stage="circulate" today="2026-11-21" map="planMap">', "text/html").body.children[0];
    for (const { name, value } of attributes) element.setAttribute(name, value);
    document.querySelector("h1")?.after("\n      ", element);
    element.nextSibling?.remove();
  });
  const normal = (/** @type {string} */ html) => html.replace(/\s+/g, " ");
  assert.equal(normal(await page.evaluate(() => document.body.innerHTML)), normal(before), "without it, the form is what it was");
  await done(page);
});

test("ASP.NET Web Forms: a part of the page that is drawn anew keeps its messages, and links go to what is there now", async () => {
  const page = await opened("/pages/aspnet.html");
  const name = "ctl00$MainContent$txtMeetingDate";
  await control(page, name).evaluate((date) => date.setAttribute("value", "31/2/2026"));
  await check(page);
  const before = await messagesAt(page, name);
  assert.equal(before.length, 1);
  // What an update panel does with what the server sends back, without the messages that were in it.
  const replace = () =>
    page.evaluate(() => {
      const panel = /** @type {HTMLElement} */ (document.querySelector("#ctl00_MainContent_UpdatePanel1"));
      const copy = /** @type {HTMLElement} */ (panel.cloneNode(true));
      for (const message of copy.querySelectorAll(".cinplan-messages")) message.remove();
      for (const control of copy.querySelectorAll("[data-cinplan-state]")) {
        for (const attribute of ["data-cinplan-state", "aria-invalid", "aria-describedby"]) control.removeAttribute(attribute);
      }
      panel.innerHTML = copy.innerHTML;
    });
  await page.waitForTimeout(400);
  await replace();
  await page.waitForSelector("#ctl00_MainContent_UpdatePanel1 .cinplan-messages");
  assert.deepEqual(await messagesAt(page, name), before);
  assert.equal(await control(page, name).getAttribute("aria-invalid"), "true");
  const described = await control(page, name).getAttribute("aria-describedby");
  assert.equal(await page.locator(`[id="${described}"]`).textContent(), before[0]);
  await page.locator(".cinplan-summary__link", { hasText: before[0]?.replace(/^Error: /, "") }).click();
  assert.equal(await focused(page), name);

  // Put right, and brought back by the server as it was.
  await control(page, name).fill("2/11/2026");
  await page.waitForFunction(() => !document.querySelector("[name$=txtMeetingDate][aria-invalid]"));
  assert.deepEqual(await messagesAt(page, name), []);
  await page.waitForTimeout(400);
  await replace();
  await page.waitForSelector("[name$=txtMeetingDate][aria-invalid]");
  assert.deepEqual(await messagesAt(page, name), before);
  await accessible(page);
  await done(page);
});

test("ASP.NET Web Forms: values of the host, rows with gaps and a search box that is no part of the plan", async () => {
  const page = await opened("/pages/aspnet.html");
  await control(page, "ctl00$txtSearch").fill("Reed");
  await control(page, `${GRID}$ctl03$txtOwner`).fill("Ann Lee");
  await page.selectOption("[name='ctl00$MainContent$grdInvited$ctl02$ddlAttended']", "N");
  assert.deepEqual(await page.evaluate(() => /** @type {CinPlan} */ (document.querySelector("cin-plan")).record), {
    plan: { actions: [{}, { who: "Ann Lee" }] },
    meetings: [{ invitees: [{ attended: false }] }],
  });
  await done(page);
});

// ---- a wizard with hidden steps ----

test("a wizard: a finding in a hidden step leads to the step, and the wizard's own check goes on", async () => {
  const page = await opened("/pages/wizard.html");
  const before = await page.evaluate(() => document.body.innerHTML);
  await page.click("#next");
  assert.equal(await page.getAttribute("#held", "aria-invalid"), "true", "the wizard's own check");
  assert.equal(await focused(page), "mtg_date");
  await page.fill("#held", "2/11/2026");
  await page.click("#next");
  assert.equal(await page.getAttribute("#held", "aria-invalid"), "false");
  await page.fill("#what-1", "Book a speech assessment");
  await page.click("#next");
  await page.fill("#not-to", "Sam Cole");
  await page.click("#finish");

  assert.match(page.url(), /wizard\.html$/, "it waits for what the manual demands");
  assert.equal(await page.title(), "Error: Plan wizard: step 3 of 3");
  assert.equal(await page.locator(".cinplan-summary:focus").count(), 1);
  await accessible(page);
  await page.click(".cinplan-summary__link >> text=Action 1 does not say who");
  assert.equal(await focused(page), "act1_who");
  assert.equal(await page.isVisible("#step-plan"), true);
  assert.equal(await page.isVisible("#step-sharing"), false);
  assert.equal(await page.getAttribute("[data-go=plan]", "aria-current"), "step");
  assert.deepEqual(await messagesAt(page, "act1_who"), ["Error: Action 1 does not say who will do it"]);
  await accessible(page);

  // The keyboard alone, from here to the next finding.
  await page.keyboard.type("Ann Lee");
  const why = page.locator(".cinplan-summary__link", { hasText: "Reason the plan is kept from" });
  await why.focus();
  await page.waitForFunction(() => !document.querySelector(".cinplan-summary")?.textContent?.includes("Action 1 does not say who"));
  assert.match(await page.evaluate(() => document.activeElement?.textContent?.slice(0, 40) ?? ""), /^Reason/, "on the same link in the shorter list");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "excl1_why");
  assert.equal(await page.isVisible("#step-sharing"), true);
  await page.keyboard.type("Court order");
  // The form has no control for it: the meeting is the nearest.
  await page.locator(".cinplan-summary__link", { hasText: "Who took the minutes" }).click();
  assert.equal(await focused(page), "mtg_date");
  assert.equal(await page.isVisible("#step-meeting"), true);
  assert.equal(await page.getAttribute("#held", "aria-invalid"), "false", "what the wizard has said of it stands");
  assert.equal(await page.getAttribute("#held", "aria-describedby"), "held-hint");

  await page.evaluate(() => kept.detach());
  await page.evaluate(() => document.querySelector("#held")?.removeAttribute("aria-invalid"));
  await page.click("[data-go=meeting]");
  await page.evaluate(() => document.querySelector("#next")?.removeAttribute("hidden"));
  assert.equal(await page.evaluate(() => document.body.innerHTML), before.replace(' novalidate=""', ""));
  assert.equal(await page.title(), "Plan wizard: step 1 of 3");
  await done(page);
});

test("a wizard: what is unfinished can be saved from any step, and everything in hidden steps is sent", async () => {
  const page = await opened("/pages/wizard.html");
  await page.fill("#held", "31/2/2026");
  await page.click("[data-go=plan]");
  await page.fill("#what-1", "Book");
  await page.click("#later");
  await page.waitForURL("**/saved.html?**");
  const sent = new URL(page.url()).searchParams;
  assert.deepEqual([sent.get("mtg_date"), sent.get("act1_text")], ["31/2/2026", "Book"]);
  await done(page);
});

// ---- a grid that counts its rows anew ----

test("a grid: when a row is deleted, every message goes with its row", async () => {
  const page = await opened("/pages/grid.html");
  const name = (/** @type {number} */ row, /** @type {string} */ field) => `Model.Actions[${row}].${field}`;
  await check(page);
  assert.deepEqual(await messagesAt(page, name(0, "OwnerName")), ["Error: Action 1 does not say who will do it"]);
  assert.deepEqual(await messagesAt(page, name(1, "OwnerName")), []);
  assert.equal((await messagesAt(page, name(1, "TargetDate"))).length, 1);
  assert.deepEqual(await messagesAt(page, name(2, "OwnerName")), ["Error: Action 3 does not say who will do it"]);

  await page.waitForTimeout(400);
  await page.click("[aria-label='Delete row 1']");
  assert.equal(await focused(page), name(0, "Description"), "where the grid has put it");
  await page.waitForFunction(() => document.querySelector(".cinplan-summary")?.textContent?.includes("Action 2 does not say who"));
  assert.deepEqual(await messagesAt(page, name(0, "OwnerName")), []);
  assert.equal((await messagesAt(page, name(0, "TargetDate"))).length, 1, "the row that was the second");
  assert.deepEqual(await messagesAt(page, name(1, "OwnerName")), ["Error: Action 2 does not say who will do it"]);
  assert.equal(await page.locator(".cinplan-summary__link", { hasText: "Action 3" }).count(), 0);
  assert.equal(await focused(page), name(0, "Description"), "the focus stays where it was");
  await accessible(page);

  // By keyboard from the row to the messages of the next cells, in the order in which they stand.
  const steps = [];
  for (let at = 0; at < 6; at += 1) {
    await page.keyboard.press("Tab");
    steps.push(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName));
  }
  assert.deepEqual(steps, ["OwnerName, row 1", "SUMMARY", "TargetDate, row 1", "Delete row 1", "Description, row 2", "SUMMARY"]);
  await done(page);
});

test("a grid: a new row is asked about once it was filled in and left, or with the next check", async () => {
  const page = await opened("/pages/grid.html");
  await check(page);
  const before = await inSummary(page);
  await page.waitForTimeout(400);
  await page.click("#add");
  await page.waitForTimeout(500);
  assert.equal(await focused(page), "Model.Actions[3].Description");
  assert.deepEqual(await inSummary(page), before);
  assert.deepEqual(await messagesAt(page, "Model.Actions[0].OwnerName"), ["Error: Action 1 does not say who will do it"], "all rows were drawn anew");
  await page.keyboard.type("Visit the nursery");
  await page.waitForTimeout(500);
  assert.deepEqual(await messagesAt(page, "Model.Actions[3].OwnerName"), []);
  await check(page);
  assert.deepEqual(await messagesAt(page, "Model.Actions[3].OwnerName"), ["Error: Action 4 does not say who will do it"]);
  await done(page);
});
