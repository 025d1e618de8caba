// The timeline: every deadline on one picture that follows the form, and the same as a table.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { accessible, onPages } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

/** A page with a form and its timeline, drawn once. */
const onPage = onPages({ ready: ".cinplan-timeline__svg text" });

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
const on = (name, steps, options) => onPage(name, "/pages/timeline.html", steps, options);

/** What has the focus: its name, or its words. @param {Page} page */
const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent);

/** The table as text, a row a line. @param {Page} page */
const rows = (page) =>
  page.locator(".cinplan-timeline tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent).join(" | ")),
  );

/** The names in the picture with how they stand, from top to bottom. @param {Page} page */
const names = (page) => page.locator(".cinplan-timeline__svg").evaluate((svg) => {
  const texts = [...svg.querySelectorAll("text.cinplan-timeline__name, text.cinplan-timeline__state")];
  return texts.map((text) => text.textContent).join(" ");
});

/** The marks of one kind in the picture. @param {Page} page @param {string} status */
const marks = (page, status) => page.locator(`.cinplan-timeline__entry--${status} .cinplan-timeline__mark`).count();

/** @param {Page} page */
async function fits(page) {
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert(needed <= given, `the page is ${needed} pixels wide in a window of ${given}`);
  const [svg, box] = await page.evaluate(() =>
    [".cinplan-timeline__svg", ".cinplan-timeline"].map((one) => document.querySelector(one)?.getBoundingClientRect().width ?? 0),
  );
  assert(svg <= box && svg > box - 2, `the picture is ${svg} pixels wide in ${box}`);
}

on("says what is overdue, what is next and in how many working days", async (page) => {
  assert.equal(
    await page.locator(".cinplan-timeline__next").textContent(),
    "5 deadlines overdue. Next: New or updated plan, by Thursday 26 November 2026, in 4 working days.",
  );
  const table = await rows(page);
  assert(table.includes("Visit to see the child | 18 November 2026 | Overdue by 2 working days | 6 weeks after the child was seen on 7 October 2026"), table.join("\n"));
  assert(table.includes("Circulation of the minutes | 17 September 2026 | Done 10 working days late, 1 October 2026 | 10 working days after the meeting on 3 September 2026"), table.join("\n"));
  assert(table.includes("Next meeting | 10 September 2026 | Done in time, 3 September 2026 | 12 weeks after the meeting on 18 June 2026"), table.join("\n"));
  assert.match(await names(page), /Visit to see the child Overdue by 2 working days, since 18 Nov 2026/);
  assert.equal(await page.locator(".cinplan-timeline__today-name").textContent(), "Today");
});

on("follows the form as one types, and touches nothing where nothing is new", async (page) => {
  const overdue = await marks(page, "overdue");
  await page.locator("[name='visits[7].on']").fill("9 October 2026");
  await page.waitForFunction(() => document.querySelector(".cinplan-timeline table")?.textContent?.includes("20 November 2026"));
  assert.equal(await marks(page, "overdue"), overdue);
  assert.match(await names(page), /Visit to see the child Overdue, since 20 Nov 2026/);
  await page.locator("[name='visits[7].on']").fill("20/11/2026");
  await page.waitForFunction(() => document.querySelector(".cinplan-timeline table")?.textContent?.includes("Done 2 working days late") === false
    && document.querySelector(".cinplan-timeline table")?.textContent?.includes("1 January 2027"));
  assert.equal(await marks(page, "overdue"), overdue - 1);

  assert.equal(await page.locator("cin-timeline [aria-live], cin-timeline [role=status], cin-timeline [role=alert]").count(), 0);
  await page.evaluate(() => {
    globalThis.kept = { changes: 0, reports: 0 };
    new MutationObserver((all) => (kept.changes += all.length)).observe(cin.element, { subtree: true, childList: true, attributes: true, characterData: true });
    cin.form.addEventListener("cinplan:report", () => (kept.reports += 1));
  });
  await page.locator("[name='visits[7].on']").fill("20 November 2026");
  await page.waitForFunction(() => kept.reports > 0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  assert.equal(await page.evaluate(() => kept.changes), 0);
});

on("folds what is long past into one line that opens", async (page) => {
  const button = page.getByRole("button", { name: "Show 11 earlier deadlines, 1 done late" });
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  const before = (await rows(page)).length;
  const months = await page.locator(".cinplan-timeline__month-name").allTextContents();
  assert(!months.includes("Jan 2026"), months.join());
  await button.press("Enter");
  assert.equal(await focused(page), "Hide 11 earlier deadlines, 1 done late");
  assert.equal((await rows(page)).length, before + 11);
  assert((await page.locator(".cinplan-timeline__month-name").allTextContents()).includes("Jan 2026"));
  await page.keyboard.press("Enter");
  assert.equal((await rows(page)).length, before);
});

on("is a table for those who listen, and for those who want one", async (page) => {
  assert.equal(await page.locator(".cinplan-timeline__svg").getAttribute("aria-hidden"), "true");
  const table = page.getByRole("table", { name: "Deadlines, the earliest first" });
  assert.deepEqual(await table.getByRole("columnheader").allTextContents(), ["What is due", "Due by", "How it stands", "Counted from"]);
  assert.equal(await table.getByRole("rowheader").count(), (await rows(page)).length);
  assert((await page.locator(".cinplan-timeline__table").boundingBox())?.height === 1, "seen beside the picture");
  await page.getByRole("button", { name: "Show as a table" }).click();
  assert.equal(await page.locator(".cinplan-timeline__picture").isVisible(), false);
  assert(((await page.locator(".cinplan-timeline__table").boundingBox())?.height ?? 0) > 100);
  await accessible(page);
  await page.getByRole("button", { name: "Show as a picture" }).click();
  assert.equal(await page.locator(".cinplan-timeline__picture").isVisible(), true);
  await accessible(page);
});

on("leads to the field, by keyboard and by pointer", async (page) => {
  // What is left to be done stands on the way of the Tab key, with its mark shown.
  await page.getByRole("button", { name: "Show as a table" }).focus();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Upload of the minutes to the case record");
  assert.equal(await page.locator(".cinplan-timeline__entry--here").count(), 1);
  assert.match((await page.locator(".cinplan-timeline__detail").textContent()) ?? "", /^Upload of the minutes to the case record: due by 29 January 2026\. Overdue by 206 working days\.$/);
  const shown = await page.locator(".cinplan-timeline__entry--here").boundingBox();
  assert(shown && shown.y >= 0 && shown.y < 900, "the mark is in view");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "meetings[0].minutes.circulated_on");

  await page.locator(".cinplan-timeline__entry--met-late .cinplan-timeline__mark").first().click();
  assert.equal(await focused(page), "meetings[3].minutes.circulated_on");
});

on("keeps the focus in the table while the form changes", async (page) => {
  await page.getByRole("button", { name: "Show as a table" }).click();
  const link = page.locator("tr[data-cinplan-status=upcoming] a");
  await link.focus();
  await page.evaluate(() => {
    const control = cin.form.elements.namedItem("visits[7].on");
    control.value = "2026-11-20";
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.waitForFunction(() => document.querySelector(".cinplan-timeline table")?.textContent?.includes("1 January 2027"));
  assert.equal(await focused(page), "Next meeting");
});

for (const width of [1280, 375, 320]) {
  on(`fits a window of ${width} pixels, and axe finds nothing`, async (page) => {
    await fits(page);
    await accessible(page);
    const inside = await page.locator(".cinplan-timeline__svg").evaluate((svg) => {
      const box = svg.getBoundingClientRect();
      const over = [...svg.querySelectorAll("text")].filter((text) => {
        const { left, right } = text.getBoundingClientRect();
        return left < box.left - 3 || right > box.right + 3;
      });
      return over.map((text) => text.textContent);
    });
    assert.deepEqual(inside, [], "words run over the edge");
    await page.getByRole("button", { name: "Show as a table" }).click();
    await accessible(page);
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert(needed <= given, `the table makes the page ${needed} pixels wide`);
  }, { width });
}

on("takes the width of its host as that changes, and of the paper", async (page) => {
  const width = () => page.locator(".cinplan-timeline__svg").evaluate((svg) => Number(svg.getAttribute("width")));
  const wide = await width();
  await page.setViewportSize({ width: 420, height: 900 });
  await page.waitForFunction((wide) => Number(document.querySelector(".cinplan-timeline__svg")?.getAttribute("width")) < wide, wide);
  await fits(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForFunction((wide) => Number(document.querySelector(".cinplan-timeline__svg")?.getAttribute("width")) === wide, wide);
  const printed = await page.evaluate(() => {
    window.dispatchEvent(new Event("beforeprint"));
    const printed = Number(document.querySelector(".cinplan-timeline__svg")?.getAttribute("width"));
    window.dispatchEvent(new Event("afterprint"));
    return printed;
  });
  assert.equal(printed, 660);
  assert.equal(await width(), wide);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Show as a table" }).isVisible(), false);
  assert.equal(await page.locator(".cinplan-timeline__past").innerText(), "11 earlier deadlines, 1 done late");
});

on("is told by shapes and words where there is no colour", async (page) => {
  const shapes = await page.locator(".cinplan-timeline__svg").evaluate((svg) => {
    /** @type {Record<string, string>} */
    const shapes = {};
    for (const mark of svg.querySelectorAll(".cinplan-timeline__mark")) {
      const fill = getComputedStyle(/** @type {Element} */ (mark.querySelector(".cinplan-timeline__shape"))).fill;
      const parts = [...mark.children].map((part) => part.tagName + (part.getAttribute("d") ?? "").replace(/^M\S+ \S+?(?=[a-z])/, ""));
      const status = /mark--(\S+)/.exec(mark.getAttribute("class") ?? "")?.[1] ?? "";
      shapes[status] = [parts.join(), fill === "rgb(255, 255, 255)" ? "open" : "filled"].join(" ");
    }
    return shapes;
  });
  assert.deepEqual(Object.keys(shapes).sort(), ["due-soon", "met", "met-late", "overdue", "upcoming"]);
  assert.equal(new Set(Object.values(shapes)).size, 5, JSON.stringify(shapes));
  const legend = await page.locator(".cinplan-timeline__legend").allTextContents();
  assert.deepEqual(legend, ["Overdue", "Due soon", "Ahead", "Done in time", "Done late", "Time over", "Bank holiday or closure"]);

  await page.emulateMedia({ forcedColors: "active" });
  const colours = await page.locator(".cinplan-timeline__svg").evaluate((svg) => {
    const probe = document.createElement("i");
    probe.style.color = "CanvasText";
    document.body.append(probe);
    const text = getComputedStyle(probe).color;
    return [...svg.querySelectorAll(".cinplan-timeline__span, .cinplan-timeline__late")].every((line) => getComputedStyle(line).stroke === text);
  });
  assert(colours, "a line keeps a colour of its own in forced colours");
});

on("marks the bank holidays, and says which are not announced yet", async (page) => {
  assert.equal(await page.locator("cin-timeline summary").textContent(), "Bank holidays and closures (6)");
  assert.equal(await page.locator(".cinplan-timeline__off-mark title").count(), 6);
  await page.evaluate(() => document.querySelector("cin-plan")?.setAttribute("today", "2028-12-20"));
  await page.waitForFunction(() => document.querySelector(".cinplan-timeline__off li")?.textContent?.includes("2028"));
  const days = await page.locator(".cinplan-timeline__off li").allTextContents();
  assert(days.includes("Tuesday 26 December 2028: Boxing Day"), days.join("\n"));
  assert(days.includes("Monday 1 January 2029: New Year’s Day, not announced yet, worked out by the rules"), days.join("\n"));
});

on("says where a deadline lies past the bank holidays that are announced", async (page) => {
  const beyond = page.locator(".cinplan-timeline__until");
  assert.equal(await beyond.isVisible(), false);
  await page.evaluate(() => {
    document.querySelector("cin-plan")?.setAttribute("today", "2028-12-21");
    cin.form.elements["meetings[4].held_on"].value = "2028-12-20";
    cin.form.elements["meetings[4].held_on"].dispatchEvent(new Event("input", { bubbles: true }));
  });
  await beyond.waitFor();
  assert.equal(
    await beyond.textContent(),
    "Bank holidays are announced up to 31 December 2028. Working days after that are counted by the usual rules, and may change.",
  );
});

on("draws any report for a host, with what it does when one is selected", async (page) => {
  const seen = await page.evaluate(async () => {
    await cin.init();
    const place = document.createElement("div");
    document.querySelector("main")?.append(place);
    const record = { meetings: [{ kind: "review", held_on: "2026-11-12" }] };
    const report = cin.Validator.builtIn("cambridgeshire").check(record, { today: "2026-11-21", stage: "draft" });
    report.deadlines[0].title = "<img src=x onerror=alert(1)>";
    /** @type {string[]} */
    const chosen = [];
    const remove = cin.timeline(place, report, { go: (/** @type {any} */ due) => chosen.push(due.path) });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    place.querySelector("a")?.click();
    const found = [place.querySelectorAll("img").length, place.querySelector("tbody th")?.textContent, chosen];
    cin.timeline(place, { ...report, deadlines: [] });
    const none = place.querySelector(".cinplan-timeline__next")?.textContent;
    remove();
    return [...found, none, place.childNodes.length];
  });
  assert.deepEqual(seen, [0, "<img src=x onerror=alert(1)>", ["plan.drawn_up_on"], "No deadlines yet.", 0]);
});

on("starts with the latest report when it comes after the form, and stops when it is taken away", async (page) => {
  const found = await page.evaluate(async () => {
    const late = document.createElement("cin-timeline");
    late.setAttribute("for", "plan");
    document.querySelector("main")?.append(late);
    const drawn = late.querySelectorAll("tbody tr").length;
    const other = cin.element.querySelectorAll("tbody tr").length;
    late.remove();
    const left = late.childNodes.length;
    const alone = document.createElement("cin-timeline");
    alone.setAttribute("for", "nowhere");
    document.querySelector("main")?.append(alone);
    return [drawn > 0, drawn === other, left, alone.childNodes.length];
  });
  assert.deepEqual(found, [true, true, 0, 0]);
});
