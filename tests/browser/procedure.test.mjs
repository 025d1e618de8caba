// The page for a procedure of one's own: what is changed, what that does to an example, and that nothing typed is lost.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
const folder = mkdtempSync(join(tmpdir(), "cinplan-procedure-"));
after(async () => {
  rmSync(folder, { recursive: true });
  await harness.close();
});

/** @param {string} id */
const manual = async (id) => JSON.parse(await readFile(new URL(`../../procedures/${id}.json`, import.meta.url), "utf8"));

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
function procedure(name, steps, options) {
  test(name, async () => {
    const page = await harness.open("/www/procedure.html", options);
    await page.locator("#save:enabled").waitFor();
    await steps(page);
    await done(page);
  });
}

/** A control by its place in the procedure. @param {Page} page @param {string} key */
const control = (page, key) => page.locator(`[id="${key}"]`);

/** Opens a term, as somebody does who looks for it. @param {Page} page @param {string} key */
async function openTerm(page, key) {
  await page.fill("#search", key);
  await page.locator(`[data-key="${key}"] > summary`).click();
}

/** @param {Page} page @param {string} key @param {string} text */
async function type(page, key, text) {
  await control(page, key).fill(text);
  await control(page, key).blur();
}

/** @param {Page} page @param {string} text */
const effects = (page, text) => page.locator("#effects-count", { hasText: text }).waitFor();

/** @param {Page} page @param {unknown} data @param {string} [name] */
async function load(page, data, name = "mine.json") {
  await writeFile(join(folder, name), typeof data === "string" ? data : JSON.stringify(data));
  await page.setInputFiles("#file", join(folder, name));
}

/** @param {Page} page */
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save to a file" }).click()]);
  return { name: download.suggestedFilename(), data: JSON.parse(await readFile(await download.path(), "utf8")) };
}

procedure("shows at once which findings come and which deadlines move, and sets back", async (page) => {
  await page.selectOption("#example", "good");
  await effects(page, "0 new findings, 0 gone, 0 deadlines moved.");
  await openTerm(page, "reviews.every");
  await control(page, "reviews.every.value").waitFor();
  assert.equal(await page.getByRole("button", { name: "Set back to the base" }).count(), 0);
  await type(page, "reviews.every.value", "2 weeks");
  const moved = page.locator("#effects h3", { hasText: "Deadlines that move" });
  await moved.waitFor();
  assert.match((await page.locator("#effects").textContent()) ?? "", /New findings.*Next meeting: due by .* 2 weeks after/);
  assert.equal(await page.locator("#changes").textContent(), "1 change from Cambridgeshire: Planning and Review.");
  assert.equal((await page.locator('[data-key="reviews.every"] .govuk-tag').allTextContents()).join(), "Changed");
  await page.getByRole("button", { name: "Set back to the base" }).click();
  await effects(page, "0 new findings, 0 gone, 0 deadlines moved.");
  assert.equal(await control(page, "reviews.every.value").inputValue(), (await manual("cambridgeshire")).reviews.every.value);
  assert.equal(await page.locator("#changes").textContent(), "The same as Cambridgeshire: Planning and Review.");
});

procedure("switches a term off and on again, and keeps what stood in it", async (page) => {
  await openTerm(page, "reviews.every");
  await control(page, "reviews.every.note").fill("As we agreed in March.");
  await page.getByLabel("Not asked", { exact: true }).check();
  await page.locator("#effects h3", { hasText: "Deadlines that go" }).waitFor();
  assert.equal((await save(page)).data.reviews.every, null);
  await page.getByLabel("Asked", { exact: true }).check();
  assert.equal(await control(page, "reviews.every.note").inputValue(), "As we agreed in March.");
  const { reviews } = (await save(page)).data;
  assert.deepEqual(reviews.every, { ...(await manual("cambridgeshire")).reviews.every, note: "As we agreed in March." });
});

procedure("weighs a term otherwise, and lets a reason settle it", async (page) => {
  await openTerm(page, "visits.recorded");
  await control(page, "visits.recorded.force").selectOption("may");
  await control(page, "visits.recorded.leaves_room").check();
  await control(page, "visits.recorded.cites").fill("OUR-1, OUR-2");
  await control(page, "visits.recorded.cites").blur();
  const { data } = await save(page);
  const { force, leaves_room, cites } = data.visits.recorded;
  assert.deepEqual({ force, leaves_room, cites }, { force: "may", leaves_room: true, cites: ["OUR-1", "OUR-2"] });
});

procedure("tells a bad value at its field, keeps it, and loads it again", async (page) => {
  await openTerm(page, "reviews.every");
  await type(page, "reviews.every.value", "2 wekes");
  const field = control(page, "reviews.every.value");
  await control(page, "reviews.every.value-error").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match((await field.getAttribute("aria-describedby")) ?? "", /reviews\.every\.value-error/);
  await effects(page, "As it was before the problem.");
  const { data } = await save(page);
  assert.equal(data.reviews.every.value, "2 wekes");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "problems");
  await accessible(page);
  await load(page, data);
  await page.locator("#notice", { hasText: "mine.json is loaded" }).waitFor();
  await page.fill("#search", "nothing is called this");
  await page.locator("#problems a").click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reviews.every.value");
  assert.equal(await field.inputValue(), "2 wekes");
  await type(page, "reviews.every.value", "2 weeks");
  await control(page, "reviews.every.value-error").waitFor({ state: "detached" });
  assert.equal(await page.locator("#problems").textContent(), "");
});

procedure("tells what is wrong with the name, the closure days, the levels and JSON", async (page) => {
  await type(page, "title", " ");
  await type(page, "closure_days", "2026-12-29\nsoon");
  await type(page, "levels", '[{"kinds": ');
  for (const key of ["title", "closure_days", "levels"]) await control(page, `${key}-error`).waitFor();
  assert.match((await control(page, "levels-error").textContent()) ?? "", /^Error: This is not JSON yet: /);
  assert.equal(await page.locator("#problems a").count(), 3);
  const { data } = await save(page);
  assert.deepEqual([data.title, data.closure_days, data.levels], [" ", ["2026-12-29", "soon"], '[{"kinds": ']);
  await type(page, "title", "Our manual");
  await type(page, "closure_days", "2026-12-29\n2026-12-30");
  await type(page, "levels", "");
  await page.locator("#problems .govuk-error-summary").waitFor({ state: "detached" });
  const mended = (await save(page)).data;
  assert.deepEqual([mended.title, mended.closure_days, mended.levels], ["Our manual", ["2026-12-29", "2026-12-30"], null]);
});

procedure("takes away what no procedure has", async (page) => {
  const data = await manual("bolton");
  await load(page, { ...data, plans: 1, reviews: { ...data.reviews, evry: null } });
  await page.locator("#problems", { hasText: "There is no such key" }).waitFor();
  for (const left of [1, 0]) {
    await page.getByRole("button", { name: "Take it away" }).first().click();
    assert.equal(await page.getByRole("button", { name: "Take it away" }).count(), left);
  }
  assert.deepEqual((await save(page)).data, data);
});

procedure("adds, changes and removes a question of one's own", async (page) => {
  await page.getByRole("button", { name: "Add a question" }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "own_prompts[0].question");
  await page.keyboard.type("Is there a pet in the home?");
  await control(page, "own_prompts[0].id").fill("pets");
  await type(page, "own_prompts[0].cites", "OUR-3");
  await control(page, "own_prompts[0].id-error").waitFor();
  await type(page, "own_prompts[0].id", "own-pets");
  await page.locator("#effects", { hasText: "Is there a pet in the home?" }).waitFor();
  const own = { id: "own-pets", question: "Is there a pet in the home?", section: "children", stage: "draft", force: "should", cites: ["OUR-3"] };
  const { data } = await save(page);
  assert.deepEqual(data.own_prompts, [own]);
  // Every part of the plan that is offered is one that is known.
  for (const section of await control(page, "own_prompts[0].section").locator("option").evaluateAll((all) => all.map((one) => one.getAttribute("value")))) {
    await control(page, "own_prompts[0].section").selectOption(section ?? "");
    assert.equal(await control(page, "own_prompts[0].section-error").count(), section ? 0 : 1, String(section));
  }
  await page.getByRole("button", { name: "Remove question 1" }).click();
  assert.equal(await page.locator("#own-prompts > *").count(), 0);
  await page.getByRole("button", { name: "Put it back" }).click();
  assert.equal(await control(page, "own_prompts[0].id").inputValue(), "own-pets");
});

procedure("saves and loads every manual without a change, though each term was opened", async (page) => {
  for (const id of ["cambridgeshire", "bolton", "waltham-forest", "derbyshire", "child-and-family-progress"]) {
    await page.selectOption("#base", id);
    await page.getByRole("button", { name: "Begin with it" }).click();
    await page.evaluate(() => {
      for (const row of document.querySelectorAll("details.own__term")) row.setAttribute("open", "");
    });
    await page.locator('[id="visits.recorded.force"]').waitFor({ state: "attached" });
    const { name, data } = await save(page);
    assert.equal(name, `${id}.json`);
    assert.deepEqual(data, await manual(id));
    await load(page, data);
    await page.locator("#notice", { hasText: "mine.json is loaded" }).waitFor();
    assert.equal(await page.locator("#base").inputValue(), id);
    assert.match((await page.locator("#changes").textContent()) ?? "", /^The same as /);
  }
});

procedure("every kind of control writes what it was given", async (page) => {
  // Each term gets a value typed anew: what is written is what stood there.
  await page.selectOption("#base", "derbyshire");
  await page.getByRole("button", { name: "Begin with it" }).click();
  await page.evaluate(() => {
    for (const row of document.querySelectorAll("details.own__term")) row.setAttribute("open", "");
  });
  await page.locator('[id="visits.recorded.force"]').waitFor({ state: "attached" });
  await page.evaluate(() => {
    for (const control of document.querySelectorAll("#terms textarea, #terms input[type=text]")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const before = field.value;
      for (const text of ["x", before]) {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  });
  assert.deepEqual((await save(page)).data, await manual("derbyshire"));
});

procedure("says which file is no procedure, and changes nothing", async (page) => {
  await type(page, "title", "Ours");
  for (const [content, told] of [["", "is empty"], ["[]", "holds a list"], ["{", "does not hold JSON"]]) {
    await load(page, content);
    await page.locator("#notice", { hasText: told }).waitFor();
  }
  assert.equal(await control(page, "title").inputValue(), "Ours");
  await load(page, await manual("bolton"));
  await page.getByRole("button", { name: "Put back what was here" }).click();
  assert.equal(await control(page, "title").inputValue(), "Ours");
});

procedure("works by keyboard alone, and asks the network for nothing", async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => /^blob:|\/icon\.svg$/.test(request.url()) || asked.push(request.url()));
  await page.locator("#search").focus();
  await page.keyboard.type("reviews.every");
  await page.locator("#found", { hasText: " of " }).waitFor();
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.parentElement?.getAttribute("data-key") === "reviews.every")) break;
  }
  await page.keyboard.press("Enter");
  await control(page, "reviews.every.value").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reviews.every.value");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("3 weeks");
  await page.keyboard.press("Tab");
  await page.locator("#changes", { hasText: "1 change" }).waitFor();
  assert.deepEqual(asked, []);
});

for (const width of [1280, 375])
  procedure(`has nothing for axe to find, and fits, at ${width} pixels`, async (page) => {
    await accessible(page);
    await page.getByRole("button", { name: "Add a question" }).click();
    for (const key of ["reviews.every", "chairing", "attendance.school_time", "plan.kinds", "prompts"]) {
      await page.fill("#search", key);
      await page.locator("details.own__term:not([hidden]) > summary").first().click();
    }
    await page.fill("#search", "");
    await page.locator("#only-changed").check();
    await page.locator("#only-changed").uncheck();
    await accessible(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }, { width });
