// The same measurements in headless Chromium, and each start in a page of its own.
import { writeFileSync } from "node:fs";
import { build } from "esbuild";
import { done, start } from "../tests/browser/harness.mjs";
import { CONTENDERS } from "./start/bundles.mjs";
import { addStart, noStarts } from "./start/starts.mjs";

/** @import { Measured } from "./all.mjs" */
/** @import { Start, Starts } from "./start/starts.mjs" */
/** @typedef {typeof window & { bench: { all: (effort: { rounds: number, ms: number }) => Promise<Measured>, start: (contender: string) => Promise<Start> } }} BenchWindow */

/**
 * Lets a page look up how long its thread has run, in milliseconds.
 * @param {import("playwright-core").Page} page
 */
async function exposeThreadTime(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.exposeFunction("threadTime", async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "ThreadTime")?.value ?? NaN) * 1000;
  });
}

/** The libraries that compile their schemas need `unsafe-eval`. */
const POLICY = "default-src 'none'; script-src 'self' blob: 'unsafe-eval'; connect-src 'self'";

/**
 * @param {URL} folder With the bundles of the starts, `first.json` and `subjects.json`.
 * @param {{ rounds: number, ms: number, starts: number }} effort
 * @param {(name: string) => void} tell
 * @returns {Promise<{ measured: Measured, starts: Starts, version: string }>}
 */
export async function inBrowser(folder, { starts, ...effort }, tell) {
  const path = (/** @type {string} */ name) => new URL(name, folder).pathname;
  await build({ entryPoints: [new URL("page.mjs", import.meta.url).pathname], outfile: path("page.js"), bundle: true, format: "esm", logLevel: "error" });
  writeFileSync(new URL("index.html", folder), '<!doctype html><meta charset="utf-8"><title>Bench</title><script type="module" src="page.js"></script>');
  const harness = await start({ policy: POLICY, built: folder });
  const open = async () => {
    const page = await harness.open("/built/index.html", { first: async (page) => page.setDefaultTimeout(0) });
    await page.waitForFunction(() => "bench" in window);
    return page;
  };
  try {
    const page = await open();
    const version = await page.evaluate(() => /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? "");
    await exposeThreadTime(page);
    await page.exposeFunction("tell", tell);
    const measured = await page.evaluate((effort) => /** @type {BenchWindow} */ (window).bench.all(effort), effort);
    await done(page);
    const all = noStarts();
    for (let round = 0; round < starts; round += 1) {
      for (const name of CONTENDERS) {
        const page = await open();
        await exposeThreadTime(page);
        const took = await page.evaluate((name) => /** @type {BenchWindow} */ (window).bench.start(name), name);
        await done(page);
        addStart(all, name, took);
      }
    }
    return { measured, starts: all, version };
  } finally {
    await harness.close();
  }
}
