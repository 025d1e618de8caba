// Copies of the plan: each person's is drawn from what the core lets them see, printed on its own, and left nowhere.
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
 * A test on the demo with a plan in it.
 * @param {string} name
 * @param {(plan: any) => void} change what is different from the good plan
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
function demo(name, change, steps, options) {
  test(name, async () => {
    const page = await harness.open("/www/", options);
    await page.locator("#not-started").waitFor({ state: "hidden" });
    const good = new URL("../../www/examples/good.json", import.meta.url);
    const { record } = JSON.parse(await readFile(good, "utf8"));
    change(record);
    const buffer = Buffer.from(JSON.stringify(record));
    await page.setInputFiles("#file", { name: "plan.json", mimeType: "application/json", buffer });
    await page.locator("#notice .notice").waitFor();
    await steps(page);
    await done(page);
  });
}

const asItIs = () => {};

/** What may be shared with the father, who has an action of his own. @param {any} record @param {string[]} parts */
function share(record, parts) {
  record.sharing.exclusions[0].may_share = parts;
  record.plan.actions.push({
    id: "a9",
    what: "Attend the course each week",
    who: "Darren Walsh",
    due_on: "2026-12-12",
  });
}

/** @param {Page} page @param {string} name */
async function copyFor(page, name) {
  const isOpen = await page.locator("#copies").isVisible();
  if (!isOpen) await page.getByRole("button", { name: "Make a copy for somebody" }).click();
  const label = await page.locator("#copy-reader option", { hasText: new RegExp(`^${name}( \\(|$)`) }).textContent();
  await page.selectOption("#copy-reader", { label: label ?? "" });
}

/** @param {Page} page */
const paper = async (page) => (await page.locator("#copy-paper").innerText()).replace(/\s+/g, " ");

demo("the mother's copy is the plan in plain words", asItIs, async (page) => {
  const address = page.url();
  await copyFor(page, "Rachel Hart");
  const text = await paper(page);
  for (const words of [
    "Child in Need plan For Amelia Hart and Noah Hart Copy for Rachel Hart Version 4",
    "Drawn up on 15 October 2026",
    "Noah drew his house with a big lock",
    "What will happen Take Noah to breakfast club on each school day Who and by when Rachel Hart, by 6 November 2026",
    "How we will know The club's register shows Noah on at least 4 days of 5",
    "So that Amelia gets to school by herself",
    "How often every 4 weeks",
    "Review meeting, 15 October 2026, 15:45 to 16:45 Where Meadow Lane Family Centre",
    "Rachel rings 999 and then Priya",
    "Signatures Rachel Hart (Parent) Signed on 15 October 2026",
  ]) {
    assert.ok(text.includes(words), `${words}\n${text}`);
  }
  // Working papers: why it is kept from whom, who was not invited, how the child is seen.
  for (const words of [
    "non-molestation",
    "Darren Walsh",
    "phone by the bed",
    "Three Houses",
    "case note",
    "Margaret Lowe",
  ]) {
    assert.ok(!text.includes(words), words);
  }
  assert.equal(await page.locator("#copy-paper").getByRole("link").count(), 0);
  assert.equal(page.url(), address);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [
    0,
    0,
    "",
  ]);
  await accessible(page);
});

demo(
  "a place is left for each signature that is missing",
  (record) => delete record.plan.signatures[1].signed_on,
  async (page) => {
    await copyFor(page, "Grace Okafor");
    assert.match(
      await paper(page),
      /Rachel Hart \(Parent\) Signed on 15 October 2026 Amelia Hart \(Child\) Signature Date Priya Shah/,
    );
  },
);

demo("there is no copy for somebody who may see nothing, and the page says why", asItIs, async (page) => {
  await copyFor(page, "Rachel Hart");
  await copyFor(page, "Darren Walsh");
  assert.equal(await paper(page), "");
  assert.match(await page.locator("#copy-told").innerText(), /kept from this person, and no part of it may be shared/);
  assert.ok(await page.locator("#copy-print").isHidden());
  assert.equal(await page.locator("#copy-kept").innerText(), "");
  await accessible(page);
});

demo(
  "somebody the plan is kept from gets what was agreed",
  (record) => share(record, ["own-actions"]),
  async (page) => {
    await copyFor(page, "Darren Walsh");
    assert.equal(
      await paper(page),
      "Parts of a plan, shared with you Copy for Darren Walsh What will happen Attend the course each week Who and by when " +
        "Darren Walsh, by 12 December 2026 Signatures Darren Walsh Signature Date This copy holds the parts of the plan that " +
        "may be shared with you, and no others. Ask whoever gave it to you if something is not clear.",
    );
    await page.getByText(/^Kept back: \d+/).click();
    const kept = (await page.locator("#copy-kept").innerText()).replace(/\s+/g, " ");
    assert.match(kept, /It is not agreed that it may be shared with this person\. .*Contingency plan/);
    assert.match(kept, /It does not surely concern this person alone\. .*\(6 times\)/);
    await accessible(page);
  },
);

const ALL_PARTS =
  "needs outcomes actions roles meetings minutes visits reviews safety-plan contingency views decisions".split(" ");

demo(
  "whatever is agreed, his copy names nobody else and no place",
  (record) => share(record, ALL_PARTS),
  async (page) => {
    await copyFor(page, "Darren Walsh");
    const text = await page.locator("#copy-paper").evaluate((place) => place.outerHTML);
    assert.match(text, /Noah sleeps in his own bed/);
    for (const secret of [
      "Rachel",
      "Amelia",
      "Hart",
      "Susan",
      "Priya",
      "Okafor",
      "Price",
      "Riverside",
      "Meadow",
      "Clinic",
    ]) {
      assert.ok(!text.includes(secret), secret);
    }
  },
);

demo("what is printed is the copy and nothing else, on A4", asItIs, async (page) => {
  await copyFor(page, "Rachel Hart");
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((element) => element.checkVisibility() && !element.closest("#copy-paper"))
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(shown, []);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages >= 3 && pages <= 7, `${pages} pages`);
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  assert.deepEqual([Math.round(Number(width)), Math.round(Number(height))], [595, 842]);
});

demo(
  "text of the plan never becomes markup, and lines stay lines",
  (record) => {
    record.plan.contingency = "<img src=x onerror=alert(1)>\n<b>Ring</b> & wait";
    record.children[0].name = "<script>alert(2)</script>";
  },
  async (page) => {
    await copyFor(page, "Rachel Hart");
    assert.equal(await page.locator("#copy-paper").locator("img, b, script").count(), 0);
    assert.ok(
      (await page.locator("#copy-paper").innerText()).includes("<img src=x onerror=alert(1)>\n<b>Ring</b> & wait"),
    );
  },
);

demo("a copy is of the plan as it stands, and by keyboard one gets there and back", asItIs, async (page) => {
  await page.locator('[name="plan.contingency"]').fill("Everybody meets within two days.");
  const opener = page.getByRole("button", { name: "Make a copy for somebody" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.locator("#copies-title:focus").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "copy-reader");
  await page.keyboard.type("Rachel");
  await page.locator("#copy-paper article").waitFor();
  assert.match(await paper(page), /Everybody meets within two days\./);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "copy-print");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.ok(await opener.evaluate((button) => button === document.activeElement));
  assert.equal(await page.locator("#copies").evaluate((place) => place.querySelectorAll("article, option").length), 0);
});

demo(
  "on a phone nothing runs off the side",
  (record) => share(record, ["actions", "roles", "meetings"]),
  async (page) => {
    for (const name of ["Rachel Hart", "Darren Walsh"]) {
      await copyFor(page, name);
      await page.locator("#copy-kept summary").click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
      await accessible(page);
    }
  },
  { width: 390, touch: true },
);

test("a host draws a copy where it likes, with or without WebAssembly", async () => {
  const page = await harness.open("/pages/plain.html");
  const drawn = await page.evaluate(async () => {
    const load = (/** @type {string} */ name) => import(/** @type {string} */ (`/pkg/${name}`));
    const [compiled, plain, { drawCopy }] = await Promise.all(["cinplan.js", "plain.js", "copy.js"].map(load));
    await Promise.all([compiled.default(), plain.default()]);
    const record = {
      plan: { kind: "child-in-need", next_review_on: "2026-12-01" },
      sharing: { recipients: [{ name: "Kim Lowe" }] },
    };
    return [compiled, plain].map(({ Validator }) => {
      const validator = Validator.builtIn("bolton");
      const place = document.createElement("div");
      const reader = { name: "Kim Lowe" };
      drawCopy(place, validator.copyFor(record, reader), { reader, on: "2026-11-21", level: 3 });
      const codes = [{ name: "Nobody" }, null, 7].map((person) => {
        try {
          return validator.copyFor(record, person);
        } catch (error) {
          return /** @type {any} */ (error).code;
        }
      });
      const headings = [...place.querySelectorAll("h1, h2, h3, h4, h5")];
      return { headings: headings.map((it) => `${it.tagName} ${it.textContent}`), codes, text: place.textContent };
    });
  });
  assert.deepEqual(drawn[0], drawn[1]);
  assert.deepEqual(drawn[0].headings, ["H3 Child in Need plan", "H4 Meetings", "H4 Signatures"]);
  assert.deepEqual(drawn[0].codes, ["unknown-recipient", "unknown-recipient", "unknown-recipient"]);
  assert.match(drawn[0].text ?? "", /Made on21 November 2026.*Next review1 December 2026/);
  await done(page);
});
