// Hosts that forbid WebAssembly, and requests too: the element and auto.js find that out, plain.js needs nothing.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { test } from "node:test";
import { HARD, POLICY, accessible, done, start } from "./harness.mjs";

/** The browser's own words on what it forbade. @param {string} message */
const refusal = (message) => /wasm-eval|unsafe-eval/.test(message);

/**
 * @param {string} policy
 * @param {string} path
 * @param {(page: import("./harness.mjs").Page, asked: string[]) => Promise<void>} look
 */
async function under(policy, path, look) {
  const harness = await start({ policy });
  try {
    const page = await harness.open(path, { expects: refusal });
    await look(page, harness.asked);
    await done(page);
  } finally {
    await harness.close();
  }
}

test("where WebAssembly is forbidden, the element runs without it", async () => {
  await under(HARD, "/pages/strict.html", async (page, asked) => {
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
    await page.getByLabel("Who will do it").fill("Mum");
    await page.evaluate(() => /** @type {any} */ (document.querySelector("cin-plan")).check());
    assert.match((await page.locator(".cinplan-summary").textContent()) ?? "", /Contingency/i);
    assert.ok(asked.includes("/pkg/plain.js"));
    assert.ok(!asked.some((path) => path.endsWith(".wasm")), "the module is not fetched in vain");

    // The requirements come with it: no request could get them.
    await page.locator("details summary", { hasText: "Why?" }).first().click();
    await page.getByText(/\(BOL-/).first().waitFor();
    await accessible(page);
  });
});

test("where it is allowed, the other build is not fetched", async () => {
  await under(POLICY, "/pages/strict.html", async (page, asked) => {
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
    assert.ok(asked.includes("/pkg/cinplan_bg.wasm"));
    assert.ok(!asked.includes("/pkg/plain.js"));
  });
});

test("where WebAssembly is lacking, auto.js has the same exports", async () => {
  await under(HARD, "/pages/strict-auto.html", async (page) => {
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    const { ran, procedures, found, version } = JSON.parse((await page.evaluate(() => document.documentElement.dataset.ready)) ?? "");
    assert.equal(ran, "plain");
    assert.equal(procedures, 5);
    assert.ok(found > 0);
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });
});

test("plain.js alone checks a form", async () => {
  await under(HARD, "/pages/strict-plain.html", async (page, asked) => {
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    assert.match((await page.locator(".cinplan-summary").textContent()) ?? "", /Contingency/i);
    await page.locator("details summary", { hasText: "Why?" }).first().click();
    await page.getByText(/\(BOL-/).first().waitFor();
    assert.deepEqual(asked.filter((path) => path.startsWith("/pkg/")).sort(), ["/pkg/cinplan.css", "/pkg/plain.js"]);
  });
});
