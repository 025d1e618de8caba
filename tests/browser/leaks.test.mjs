// Nothing leaves the page: no request, no storage, no log, no word to other windows, and no timing of what was typed.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { leaves, put } from "../leaves.mjs";
import { POLICY, done, serve, start } from "./harness.mjs";
import { auditLife, demoLife, procedureLife } from "./lives.mjs";
import { kinds, watcher } from "./watch.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

/** What each build needs, and no more. docs/trust.md says the same. */
const LEAST = {
  wasm: ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'"],
  plain: ["default-src 'none'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
};

/** Stands in every answer that takes words. */
const SECRET = "Zebrafinch";

/** A record with an answer everywhere. */
function everything() {
  const record = {};
  for (const { path, kind } of leaves()) {
    put(record, path, kind === "Day" ? "2026-11-01" : kind === "Text" ? `${SECRET} ${path}` : "yes");
  }
  return record;
}

/** The browser's own words on what it forbade. @param {string} message */
const refusal = (message) => /Content Security Policy|wasm-eval|unsafe-eval/.test(message);

/**
 * @param {string} policy
 * @param {string} path
 * @param {(page: Page, watched: ReturnType<typeof watcher>) => Promise<void>} steps
 * @param {(message: string) => boolean} [expects]
 */
async function under(policy, path, steps, expects) {
  const { origin, close } = await serve({ policy });
  const watched = watcher();
  try {
    const page = await harness.open(path, { origin, first: watched.first, expects });
    await steps(page, watched);
    await done(page);
  } finally {
    await close();
  }
}

test("what these tests look for would be seen", async () => {
  await under(POLICY, "/pages/saved.html", async (page, { asked, said, noted, leavesNothing }) => {
    await page.evaluate(async () => {
      localStorage.setItem("a", "b");
      sessionStorage.a = "b";
      indexedDB.open("a");
      await caches.open("a");
      document.cookie = "a=b";
      console.log("a");
      new BroadcastChannel("a").postMessage("b");
      new MessageChannel().port1.postMessage("b");
      window.postMessage("b");
      window.name = "a";
      history.replaceState("a", "");
      performance.mark("a");
      performance.measure("b");
      navigator.sendBeacon("/beacon", "b");
      new XMLHttpRequest();
      await fetch("/fetched");
      new Image().src = "/image";
      document.body.insertAdjacentHTML("beforeend", "<b>a</b>");
      document.body.innerHTML += "";
    });
    assert.deepEqual(kinds(await noted(page)), [
      "caches.open",
      "channel.postMessage",
      "console.log",
      "document.cookie",
      "history.replaceState",
      "indexedDB.open",
      "markup.innerHTML",
      "markup.insertAdjacentHTML",
      "navigator.sendBeacon",
      "performance.mark",
      "performance.measure",
      "port.postMessage",
      "storage.setItem",
      ...["BroadcastChannel", "MessageChannel", "XMLHttpRequest", "caches", "fetch", "indexedDB", "localStorage", "name", "postMessage", "sessionStorage"].map(
        (name) => `window.${name}`,
      ),
    ]);
    for (const path of ["/beacon", "/fetched", "/image"]) assert.ok(asked.includes(path), path);
    assert.ok(said.includes("a"));
    await assert.rejects(() => leavesNothing(page));
  }, () => true);
});

for (const [build, directives] of Object.entries(LEAST)) {
  test(`${build}: a whole plan is filled in, checked, shown and copied without a request`, async () => {
    await under(directives.join("; "), "/pages/whole.html", async (page, { asked, requests, said, noted, leavesNothing }) => {
      await page.locator("[data-ready]").waitFor();
      assert.equal(await page.evaluate(() => cin.init()), build);
      const wasm = build === "wasm" ? [["window.fetch", `${new URL(page.url()).origin}/pkg/cinplan_bg.wasm`]] : [];
      assert.deepEqual(await noted(page), wasm, "while it starts");
      // The policy's own word on WebAssembly.
      const before = said.splice(0);
      assert.ok(before.every(refusal), before.join("\n"));
      asked.length = requests.length = 0;
      await page.evaluate(() => {
        const { dispatchEvent: dispatch } = EventTarget.prototype;
        globalThis.kept = { events: [] };
        EventTarget.prototype.dispatchEvent = function (event) {
          if (event instanceof CustomEvent) kept.events.push([event.type, event.detail === cin.element.report ? "the report" : event.detail]);
          return dispatch.call(this, event);
        };
      });

      await page.evaluate((paths) => cin.build(paths), leaves().map(({ path }) => path));
      assert.deepEqual(await page.evaluate((record) => cin.fill(cin.form, record), everything()), []);
      for (const name of ["plan.contingency", "plan.actions[0].who", "plan.actions[0].due_on"]) {
        await page.fill(`[name="${name}"]`, "");
        await page.focus(`[name="${name}"]`);
        await page.keyboard.type(`${SECRET} as typed`);
        await page.keyboard.press("Tab");
      }
      await page.evaluate(() => cin.form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault()));
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.locator(".cinplan-summary").waitFor();
      for (const procedure of ["waltham-forest", "derbyshire", "child-and-family-progress", "bolton"]) {
        await page.evaluate((procedure) => (cin.element.procedure = procedure), procedure);
        await page.evaluate(() => cin.element.check());
      }
      await page.locator(".cinplan-summary__link").first().click();
      await page.locator(".cinplan-summary__folded > summary").first().click();

      await page.getByRole("button", { name: "Show as a table" }).click();
      await page.locator("cin-timeline table a").first().click();
      await page.locator("#questions details summary:visible").first().click();
      await page.locator("#questions input[type=radio]:visible").first().check();
      await page.locator(".cinplan-offer").first().click();
      await page.keyboard.type(`${SECRET} agreed`);
      await page.evaluate((record) => cin.drawCopies(record), everything());
      assert.match(await page.locator("#copy").innerText(), new RegExp(SECRET));
      const calendar = await page.evaluate(() => cin.calendarFile(cin.element.report, { key: "one" }));
      assert.doesNotMatch(calendar ?? "", new RegExp(SECRET));
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      await page.emulateMedia({ media: null });
      assert.deepEqual(asked, [], "asked for after it was loaded");
      const events = /** @type {[string, any][]} */ (await page.evaluate(() => kept.events));
      assert.deepEqual([...new Set(events.map(([type]) => type))].sort(), ["cinplan:report", "cinplan:reveal"]);
      for (const [type, detail] of events) {
        if (type === "cinplan:report") assert.equal(detail, "the report");
        else assert.deepEqual(Object.keys(detail), ["path"]);
        assert.doesNotMatch(JSON.stringify(detail), new RegExp(SECRET));
      }

      // The one thing that is asked for: a file of the package, the same whatever was typed.
      const why = page.locator(".cinplan-why");
      for (const one of (await why.all()).slice(0, 3)) await one.evaluate((details) => details.setAttribute("open", ""));
      await page.waitForFunction(() => /\(BOL-/.test(document.querySelector(".cinplan-why[open]")?.textContent ?? ""));
      const files = build === "wasm" ? ["/pkg/requirements/bolton.json"] : [];
      assert.deepEqual(asked, files, "asked for by Why?");
      for (const request of requests) {
        assert.equal(request.method(), "GET");
        assert.equal(new URL(request.url()).search, "");
        assert.equal(request.postData(), null);
        assert.equal((await request.allHeaders()).referer, undefined, "the address of the page is nobody's affair");
      }

      await page.evaluate(() => document.querySelector("cin-plan")?.remove());
      assert.deepEqual(kinds(await noted(page)), build === "wasm" ? ["window.fetch"] : []);
      await leavesNothing(page);
    }, refusal);
  });

  test(`${build}: every part of its policy is needed`, async () => {
    // What is left out falls back to nothing at all; trusted types only forbid.
    for (const directive of directives.filter((one) => /-src 'self'/.test(one))) {
      const policy = directives.filter((one) => one !== directive).join("; ");
      /** @type {string[]} */
      const refused = [];
      await under(policy, "/pages/strict.html", async (page) => {
        for (let tries = 0; tries < 50 && !refused.length; tries += 1) await page.waitForTimeout(100);
        assert.ok(refused.length > 0, `${directive} is not needed`);
      }, (message) => refusal(message) || /fetch|Failed to load|initialised|neither/.test(message) ? refused.push(message) > 0 : false);
    }
  });
}

test("plain.js alone: two files are all that is ever asked for", async () => {
  await under(LEAST.plain.join("; "), "/pages/strict-plain.html", async (page, { asked, noted, leavesNothing }) => {
    await page.locator("[data-ready]").waitFor();
    await page.fill("#contingency", SECRET);
    await page.locator("details summary", { hasText: "Why?" }).first().click();
    await page.getByText(/\(BOL-/).first().waitFor();
    assert.deepEqual(asked.filter((path) => path.startsWith("/pkg/")).sort(), ["/pkg/cinplan.css", "/pkg/plain.js"]);
    assert.deepEqual(await noted(page), []);
    await leavesNothing(page);
  });
});

// ---- the pages of www/ ----

/** Files of the package that "Why?" asks for, by the name of the manual alone. @param {string} path */
const isRequirements = (path) => /^\/pkg\/requirements\/[a-z-]+\.json$/.test(path);

/**
 * What a page does beside its work while it starts, and afterwards.
 * @param {string} path
 * @param {(page: Page, watched: ReturnType<typeof watcher>) => Promise<void>} life
 * @param {{ start: string[], later: string[] }} expected
 */
function page(path, life, { start, later }) {
  test(`${path}: nothing of what a plan says is sent, kept, logged or timed`, async () => {
    await under(POLICY, path, async (page, watched) => {
      await page.locator("#save:enabled, #check:enabled").first().waitFor();
      await page.waitForLoadState("networkidle");
      assert.deepEqual(kinds(await watched.noted(page)), start, "while it starts");
      watched.asked.length = 0;
      await life(page, watched);
      assert.deepEqual(watched.asked.filter((path) => !isRequirements(path)), []);
      const noted = await watched.noted(page);
      assert.deepEqual(kinds(noted), later, JSON.stringify(noted).slice(0, 500));
      // Between a page and its own worker nothing leaves it.
      const told = noted.filter(([what, details]) => details.includes(SECRET) && what !== "worker: window.postMessage");
      assert.deepEqual(told, []);
      await watched.leavesNothing(page);
    });
  });
}

page("/www/", (page, { asked }) => demoLife(page, everything(), {
  procedures: ["bolton", "derbyshire", "waltham-forest", "child-and-family-progress", "cambridgeshire"],
  before: async () => assert.deepEqual(asked, []),
}).then(() => {}), { start: ["window.fetch"], later: ["url.createObjectURL", "window.fetch"] });

page("/www/audit.html", (page) => auditLife(page, [everything(), everything()]).then(() => {}), {
  start: ["window.Worker", "window.fetch", "worker: window.fetch", "worker: window.postMessage"],
  later: ["url.createObjectURL", "worker.postMessage", "worker: window.postMessage"],
});

page("/www/procedure.html", async (page) => {
  const procedure = JSON.parse(await readFile(new URL("../../procedures/bolton.json", import.meta.url), "utf8"));
  await procedureLife(page, { ...procedure, title: SECRET });
}, { start: ["window.fetch"], later: ["url.createObjectURL"] });
