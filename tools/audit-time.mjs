// Measures www/audit.html with many plans against reading the same file with JSON.parse: `node tools/audit-time.mjs`,
// PLANS= for another number than 10,000. Time and peak memory of the whole browser process of the page, side by side.
import { createWriteStream, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { start } from "../tests/browser/harness.mjs";
import { manyPlans } from "./audit-plans.mjs";

const count = Number(process.env.PLANS || 10_000);
mkdirSync("target/audit", { recursive: true });
const path = `target/audit/plans-${count}.ndjson`;
const out = createWriteStream(path);
for await (const plan of manyPlans(count)) if (!out.write(`${JSON.stringify(plan)}\n`)) await once(out, "drain");
await new Promise((resolve) => out.end(resolve));
console.log(`${count} plans, ${mega(statSync(path).size)} MB`);

const harness = await start();

/**
 * What a job needs in a page of its own: seconds, the peak of its process beyond the page at rest, and the longest time
 * for which the page did not answer.
 *
 * @param {string} name
 * @param {(page: import("playwright-core").Page) => Promise<void>} job
 */
async function measured(name, job) {
  const before = new Set(renderers());
  const page = await harness.open("/www/audit.html");
  await page.locator("#check:enabled").waitFor();
  page.setDefaultTimeout(3_600_000);
  // The browser may keep one more at hand.
  const own = renderers().filter((pid) => !before.has(pid));
  const memory = (/** @type {"VmRSS" | "VmHWM"} */ what) => own.reduce((sum, pid) => sum + held(pid, what), 0);
  await page.setInputFiles("#file", path);
  await page.evaluate(() => {
    const here = /** @type {any} */ (window);
    here.longest = 0;
    let last = performance.now();
    setInterval(() => {
      here.longest = Math.max(here.longest, performance.now() - last - 10);
      last = performance.now();
    }, 10);
  });
  // The peak is counted from here.
  for (const pid of own) writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const rest = memory("VmRSS");
  const begun = performance.now();
  await job(page);
  const seconds = (performance.now() - begun) / 1000;
  const longest = await page.evaluate(() => /** @type {any} */ (window).longest);
  const result = { seconds, peak: memory("VmHWM") - rest, end: memory("VmRSS") - rest };
  console.log(
    `${name}: ${seconds.toFixed(1)} s, peak ${mega(result.peak)} MB, at the end ${mega(result.end)} MB more than at rest (${mega(rest)} MB), ` +
      `the page was held for ${Math.round(longest)} ms at the most`,
  );
  return { ...result, page };
}

const parsed = await measured("JSON.parse", async (page) => {
  await page.evaluate(async () => {
    const file = /** @type {any} */ (document.querySelector("#file")).files[0];
    const text = await file.text();
    /** @type {any} */ (window).plans = text
      .trim()
      .split("\n")
      .map((/** @type {string} */ line) => JSON.parse(line));
  });
});
await parsed.page.context().close();
const audited = await measured("The page", async (page) => {
  await page.getByRole("button", { name: "Check the plans" }).click();
  await page.locator("#results-title:focus").waitFor();
});
const { page } = audited;
console.log(await page.locator("#results-title").innerText(), "-", (await page.locator("#figures").innerText()).replaceAll("\n", " "));

for (const [what, act] of /** @type {[string, () => Promise<unknown>][]} */ ([
  ["filter by part", () => page.selectOption("#part", "meetings")],
  ["sort", () => page.locator('#plans [data-order="error"]').click()],
  ["clear", () => page.locator("#clear").click()],
  ...["Plans as CSV", "Findings as CSV", "Everything as JSON"].map((name) => [
    name,
    () => Promise.all([page.waitForEvent("download").then((file) => file.path()), page.getByRole("button", { name }).click()]),
  ]),
])) {
  await page.evaluate(() => void (/** @type {any} */ (window).longest = 0));
  const begun = performance.now();
  await act();
  await page.waitForTimeout(50);
  const longest = await page.evaluate(() => /** @type {any} */ (window).longest);
  console.log(`  ${what}: ${Math.round(performance.now() - begun - 50)} ms, the page held for ${Math.round(longest)} ms at the most`);
}
const ratio = (/** @type {"seconds" | "peak"} */ of) => (audited[of] / parsed[of]).toFixed(2);
console.log(`Ratio to JSON.parse: ${ratio("seconds")} of the time, ${ratio("peak")} of the peak memory`);
await page.context().close();
await harness.close();

/** The processes of pages. Linux tells them in /proc. */
function renderers() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer") && isOurs(pid);
      } catch {
        return false;
      }
    });
}

/** Whether a process descends from this one. @param {string} pid @returns {boolean} */
function isOurs(pid) {
  const parent = /\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return Number(parent) === process.pid || (parent !== "0" && isOurs(parent));
}

/** @param {string} pid @param {"VmRSS" | "VmHWM"} what @returns {number} bytes */
function held(pid, what) {
  return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

/** @param {number} bytes */
function mega(bytes) {
  return Math.round(bytes / 1_000_000);
}
