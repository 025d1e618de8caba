// For people who listen, who see little, who want no motion, and who use the keyboard alone.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */
/** @typedef {import("../../js/element.js").CinPlan} CinPlan */

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

/** Findings of every kind, at every kind of control. */
const EVERY = [
  { path: "plan.kind", message: "Kind of plan is missing" },
  { path: "plan.contingency", message: "Contingency plan is missing", leaves_room: true },
  { path: "plan.contingency", message: "Contingency plan names nobody", severity: "warning" },
  { path: "plan.actions[0].who", message: "Action 1 does not say who will do it" },
  { path: "visits[0].child_seen", message: "Say whether the child was seen" },
  { path: "sharing.exclusions[0].may_share", message: "Choose what may be shared", severity: "warning" },
  { path: "meetings[0].held_on", message: "Date of meeting is far ahead, which is a long message that has to wrap somewhere", severity: "warning" },
  { path: "plan.version", message: "Say which version this is", severity: "advice" },
  { path: "transfer", message: "Nowhere on this form" },
  { path: "plan.interim", message: "Not an interim plan", accepted: { reason: "Agreed", by: "Ann", role: "manager" } },
];

/** @param {Page} page */
async function showEvery(page) {
  await page.waitForSelector("html[data-ready]");
  await page.evaluate((findings) => {
    const checker = cin.fake(findings);
    const check = checker.check;
    checker.check = (/** @type {unknown[]} */ ...asked) => ({ ...check(...asked), off: ["action-who"] });
    globalThis.kept = cin.attach(cin.form, { procedure: checker, stage: "circulate" });
    kept.check();
    for (const details of document.querySelectorAll("details")) details.open = true;
  }, EVERY);
}

// ---- what is heard ----

test("the script for screen readers says what the page does", async () => {
  const rows = readFileSync(new URL("../../docs/screen-reader.md", import.meta.url), "utf8").matchAll(/^\| (\d+) \| (.+?) \| (.+?) \|$/gm);
  const script = new Map([...rows].map(([, step, , says]) => [Number(step), says]));
  const page = await harness.open("/pages/element.html");
  await page.waitForFunction(() => /** @type {CinPlan | null} */ (document.querySelector("#first"))?.report);
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    /** @type {string[]} */
    const live = ((/** @type {any} */ (window)).live = []);
    new MutationObserver((records) => {
      const isRegion = (/** @type {Node} */ node) => node instanceof Element && node.matches("[role=alert], [role=status]");
      const regions = new Set(
        records.flatMap(({ target, addedNodes }) =>
          [target, ...addedNodes].flatMap((node) => (node instanceof Element ? [node, ...node.querySelectorAll("*")] : [])).filter(isRegion),
        ),
      );
      for (const region of /** @type {Set<Element>} */ (regions)) {
        const words = region.querySelector("h2")?.textContent ?? region.textContent;
        if (words) live.push(`${region.getAttribute("role")} "${words}"`);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const live = () => page.evaluate(() => /** @type {any} */ (window).live.splice(0));
  const onFocus = async () => {
    const { result } = await session.send("Runtime.evaluate", { expression: "document.activeElement" });
    const { nodes } = await session.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
    const { role, name, description, properties } = nodes[0];
    const isInvalid = properties?.some((property) => property.name === "invalid" && property.value.value === "true");
    const what = role?.value === "DisclosureTriangle" ? "disclosure" : role?.value;
    return [`${what} "${name?.value}"`, ...(isInvalid ? ["invalid"] : []), ...(description?.value ? [`"${description.value}"`] : [])].join(", ");
  };
  const keys = page.keyboard;
  const wait = () => page.waitForTimeout(600);
  const says = async (/** @type {number} */ step, /** @type {string} */ heard) => assert.equal(heard, script.get(step), `step ${step}`);

  await page.focus("#what");
  await keys.type("Book a speech assessment");
  await wait();
  await says(1, (await live()).join() || "nothing");
  await keys.press("Tab");
  await says(2, await onFocus());
  await keys.press("Tab");
  // The page is sent whatever is found; here it is kept, to listen to it.
  await page.evaluate(() => document.addEventListener("submit", (event) => event.preventDefault()));
  await keys.press("Enter");
  await says(3, (await live()).join());
  const link = async () => (await onFocus()).startsWith('link "Action 1 does not say who');
  for (let at = 0; at < 40 && !(await link()); at += 1) await keys.press("Tab");
  await says(4, await onFocus());
  await keys.press("Enter");
  await says(5, await onFocus());
  await keys.type("Ann Lee");
  await wait();
  await says(6, (await live()).join() || "nothing");
  await keys.press("Shift+Tab");
  await says(7, await onFocus());
  await keys.press("Tab");
  await says(8, await onFocus());
  await keys.press("Control+a");
  await keys.press("Delete");
  await wait();
  assert.deepEqual(await live(), [], "not while typing");
  await keys.press("Tab");
  await wait();
  await says(9, (await live()).join());
  await keys.press("Shift+Tab");
  await says(10, await onFocus());
  await keys.press("Shift+Tab");
  await says(11, await onFocus());
  await wait();
  assert.deepEqual(await live(), [], "and not again");
  assert.equal(script.size, 11);
  await done(page);
});

// ---- what is seen ----

test("every part is free of axe's findings with all of it open, in forced colours, and in the dark", async () => {
  for (const path of ["/pages/plain.html", "/pages/govuk.html"]) {
    const page = await harness.open(path);
    await showEvery(page);
    await accessible(page);
    await page.emulateMedia({ forcedColors: "active" });
    await accessible(page);
    await page.emulateMedia({ forcedColors: "none", colorScheme: "dark" });
    await accessible(page);
    await done(page);
  }
});

test("in forced colours an error and a warning are told apart, and the focus is seen", async () => {
  const page = await harness.open("/pages/plain.html");
  await showEvery(page);
  await page.emulateMedia({ forcedColors: "active" });
  const seen = await page.evaluate(() => {
    const style = (/** @type {string} */ selector, /** @type {string} */ pseudo = "") => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)), pseudo);
    const link = /** @type {HTMLElement} */ (document.querySelector(".cinplan-summary__link"));
    document.body.focus();
    link.focus();
    return {
      bar: style(".cinplan-finding--error").borderInlineStartWidth,
      mark: style(".cinplan-finding--warning > .cinplan-message", "::before").borderTopStyle,
      summary: style(".cinplan-summary").borderTopStyle,
      error: style("[data-cinplan-state=error]").borderTopWidth,
    };
  });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  const ring = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(/** @type {Element} */ (document.activeElement));
    return { outlineStyle, outlineWidth, isSeen: !/rgba\(\d+, \d+, \d+, 0\)|transparent/.test(outlineColor) };
  });
  assert.deepEqual(seen, { bar: "5px", mark: "solid", summary: "solid", error: "2px" });
  assert.deepEqual(ring, { outlineStyle: "solid", outlineWidth: "3px", isSeen: true });
  await done(page);
});

test("with text of twice the size, on a wide screen and a narrow one, nothing of ours is cut off or stands out", async () => {
  for (const [path, width] of /** @type {const} */ ([
    ["/pages/plain.html", 1280],
    ["/pages/plain.html", 320],
    ["/pages/govuk.html", 1280],
    ["/pages/govuk.html", 320],
  ])) {
    const page = await harness.open(path, { width });
    await showEvery(page);
    const cut = await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
      const ours = [...document.querySelectorAll(".cinplan-summary, .cinplan-summary *, .cinplan-messages, .cinplan-messages *")];
      const isSeen = (/** @type {Element} */ element) => !element.closest(".cinplan-hidden") && element.getClientRects().length > 0;
      return ours
        .filter(isSeen)
        .filter((element) => {
          const { right, left } = element.getBoundingClientRect();
          // What the page itself has made wider than the screen is the page's.
          const room = /** @type {Element} */ (element.parentElement).getBoundingClientRect();
          const isInline = getComputedStyle(element).display === "inline";
          return right > room.right + 1 || left < room.left - 1 || (!isInline && element.scrollWidth > element.clientWidth + 1);
        })
        .map((element) => `${element.className} ${element.textContent?.slice(0, 40)}`);
    });
    assert.deepEqual(cut, [], `${path} at ${width}`);
    await done(page);
  }
});

test("who wants no motion gets none, on a page that scrolls smoothly", async () => {
  const page = await harness.open("/pages/plain.html");
  await page.waitForSelector("html[data-ready]");
  const jumped = async (/** @type {"reduce" | "no-preference"} */ reducedMotion) => {
    await page.emulateMedia({ reducedMotion });
    return page.evaluate(() => {
      document.documentElement.style.scrollBehavior = "smooth";
      cin.form.insertAdjacentHTML("beforeend", '<div class="tall"></div>');
      const tall = /** @type {HTMLElement} */ (cin.form.lastElementChild);
      tall.style.height = "3000px";
      scrollTo({ top: 3000, behavior: "instant" });
      const attached = cin.attach(cin.form, { procedure: cin.wanting("plan.kind"), stage: "draft" });
      attached.check();
      const { top } = /** @type {Element} */ (document.querySelector(".cinplan-summary")).getBoundingClientRect();
      attached.detach();
      tall.remove();
      return Math.abs(top) < 50;
    });
  };
  assert.equal(await jumped("reduce"), true);
  assert.equal(await jumped("no-preference"), false, "else as the page does");
  await done(page);
});
