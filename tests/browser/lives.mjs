// What somebody does on each page of www/ who uses all of it, with a file of a test's own.
import { readFile } from "node:fs/promises";

/** @typedef {import("./harness.mjs").Page} Page */

/** @param {unknown} content */
const asFile = (content) => ({
  name: "own.json",
  mimeType: "application/json",
  buffer: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});

/** @param {Page} page @param {string} selector */
async function download(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(selector).click()]);
  return readFile(await download.path(), "utf8");
}

/** Opens every fold, "Why?" apart. @param {Page} page */
const openFolds = (page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("details:not(.cinplan-why, .findings__why)")) fold.setAttribute("open", "");
  });

/** @param {Page} page */
const openWhy = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("details.cinplan-why, details.findings__why, .own__body details, #one details")];
    for (const fold of all.slice(0, 5)) fold.setAttribute("open", "");
  });

/**
 * The demo: a plan is loaded, checked, changed, asked about, copied for everybody and saved.
 * @param {Page} page
 * @param {unknown} record
 * @param {{ procedures?: string[], before?: () => Promise<void>, each?: () => Promise<void> }} [options] What is done before
 *   "Why?" is opened, and at each halt.
 */
export async function demoLife(page, record, { procedures = ["bolton"], before, each } = {}) {
  await page.locator("#not-started").waitFor({ state: "hidden" });
  await page.selectOption("#stage", "close");
  await page.setInputFiles("#file", asFile(record));
  await page.locator("#findings-title:focus").waitFor({ timeout: 60_000 });
  for (const procedure of procedures) {
    await page.selectOption("#procedure", procedure);
    await page.locator("#check-here").click();
  }
  await openFolds(page);
  await each?.();
  const change = page.locator("cin-timeline .cinplan-timeline__change:visible");
  if (await change.count()) await change.click();
  const answer = page.locator("#checklist input[type=radio]:visible").first();
  if (await answer.count()) await answer.check();
  await page.locator("#copies-open").click();
  const readers = await page.locator("#copy-reader option").count();
  for (let index = 1; index < readers; index += 1) {
    await page.selectOption("#copy-reader", { index });
    await openFolds(page);
    await each?.();
  }
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    dispatchEvent(new Event("afterprint"));
  });
  await page.emulateMedia({ media: null });
  await page.locator("#copies-close").click();
  const saved = await download(page, "#save");
  await page.locator("#calendar").click({ trial: true });
  const deadlines = await page.evaluate(() => document.querySelector("cin-timeline table tbody")?.childElementCount ?? 0);
  const calendar = deadlines ? await calendarOf(page) : null;
  await before?.();
  await openWhy(page);
  await page.waitForTimeout(300);
  await each?.();
  return { saved, calendar };
}

/** A calendar file, where anything lies ahead. @param {Page} page */
async function calendarOf(page) {
  const coming = page.waitForEvent("download", { timeout: 2_000 }).catch(() => null);
  await page.locator("#calendar").click();
  const file = await coming;
  return file && readFile(await file.path(), "utf8");
}

/**
 * The audit: a file of records is checked, sifted, opened one by one and downloaded.
 * @param {Page} page
 * @param {unknown} content
 * @param {{ each?: () => Promise<void> }} [options]
 */
export async function auditLife(page, content, { each } = {}) {
  await page.locator("#check:enabled").waitFor();
  await page.selectOption("#stage", "close");
  await page.setInputFiles("#file", asFile(content));
  await page.locator("#check").click();
  await page.locator("#results-title:focus").waitFor({ timeout: 60_000 });
  await openFolds(page);
  await each?.();
  const links = page.locator("#plans tbody a");
  for (let at = 0; at < Math.min(await links.count(), 3); at += 1) {
    await links.nth(at).click();
    await page.locator("#one").waitFor();
    await openFolds(page);
    await openWhy(page);
    await each?.();
    await page.goBack();
    await page.locator("#results").waitFor();
  }
  const [plans, findings, json] = [await download(page, "#plans-csv"), await download(page, "#findings-csv"), await download(page, "#json")];
  await page.fill("#text", "a");
  await page.selectOption("#severity", "error");
  await each?.();
  return { plans, findings, json };
}

/**
 * The page for a procedure: one is loaded, looked through, changed and saved.
 * @param {Page} page
 * @param {unknown} procedure
 * @param {{ each?: () => Promise<void> }} [options]
 */
export async function procedureLife(page, procedure, { each } = {}) {
  await page.locator("#save:enabled").waitFor();
  await page.setInputFiles("#file", asFile(procedure));
  await page.locator("#notice", { hasText: "is loaded" }).waitFor();
  await openFolds(page);
  await each?.();
  await page.selectOption("#example", { index: 1 });
  await page.waitForTimeout(400);
  await openFolds(page);
  await each?.();
  await page.fill("#search", "a");
  await page.locator("#add-own").click();
  await page.waitForTimeout(400);
  await each?.();
  return { saved: await download(page, "#save") };
}
