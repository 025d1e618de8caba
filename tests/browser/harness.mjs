// A browser for the tests, and a server for the pages they open.
//
// Everything comes from one address, under a strict content security policy. A test fails on any error in the page and
// on any request to another address.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = new URL("../../", import.meta.url);
const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
});

/** What pages with care for security send; compiling WebAssembly is all that is asked of them. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'none'";

/** What low-code hosts send: scripts and styles of their own, and nothing else. */
export const HARD =
  "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const USUAL_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * @typedef {import("playwright-core").Page} Page
 *
 * @typedef {object} Harness
 * @property {string} origin
 * @property {string[]} asked The paths that pages have asked for.
 * @property {(path: string, options?: OpenOptions) => Promise<Page>} open Opens a page, such as `/pages/plain.html`.
 * @property {() => Promise<void>} close
 *
 * @typedef {object} ServeOptions
 * @property {string} [policy] The content security policy of every page; the strict one above unless given.
 * @property {URL} [built] The folder that is served as `/built/`; `target/built/` unless given.
 *
 * @typedef {object} OpenOptions
 * @property {number} [width] Of the window, in CSS pixels; 1280 unless given.
 * @property {boolean} [touch] Whether the screen is touched and not clicked.
 * @property {(message: string) => boolean} [expects] Errors of the page that the test is about.
 * @property {string} [origin] Of another server than the tests' own.
 * @property {(page: Page) => Promise<unknown>} [first] What is done before the page is asked for.
 */

/**
 * The tests of a file, each on a page of its own, which is ready before the steps and has met no error after them.
 * @param {{ ready?: string, prepare?: (page: Page) => Promise<unknown> }} [shared] What is there once a page is ready, and
 *   what every test does first.
 */
export function onPages({ ready = "html[data-ready]", prepare } = {}) {
  /** @type {Harness} */
  let harness;
  before(async () => void (harness = await start()));
  after(() => harness.close());
  /**
   * @param {string} name
   * @param {string} path
   * @param {(page: Page) => Promise<void>} steps
   * @param {OpenOptions} [options]
   */
  const on = (name, path, steps, options) => {
    test(name, async () => {
      const page = await harness.open(path, options);
      await page.locator(ready).first().waitFor();
      await prepare?.(page);
      await steps(page);
      await done(page);
    });
  };
  return Object.assign(on, { open: (/** @type {string} */ path, /** @type {OpenOptions} */ options = {}) => harness.open(path, options) });
}

/**
 * Starts a browser and a server.
 * @param {ServeOptions} [options]
 * @returns {Promise<Harness>}
 */
export async function start(options) {
  const { origin, asked, close } = await serve(options);
  const browser = await launch();
  return {
    origin,
    asked,
    open: (path, options) => open(browser, options?.origin ?? origin, path, options),
    async close() {
      await browser.close();
      await close();
    },
  };
}

/**
 * Starts a server. `/pkg/` and `/www/` are those of the project, `/pages/` are the tests' own.
 * @param {ServeOptions} [options]
 */
export async function serve({ policy = POLICY, built } = {}) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    asked.push(path);
    const { status, type, body } = await found(path, built);
    response.writeHead(status, { "content-type": type, "content-security-policy": policy, "cache-control": "no-store" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The paths that were asked for. */
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same browser everywhere: the one given, or the first that is installed. */
export function launch() {
  const executablePath = process.env.CINPLAN_CHROME ?? USUAL_PATHS.find((path) => existsSync(path));
  assert(executablePath, "Chromium is missing: install it, or give its path in CINPLAN_CHROME");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** @type {WeakMap<Page, string[]>} */
const troubles = new WeakMap();

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} origin
 * @param {string} path
 * @param {OpenOptions} [options]
 * @returns {Promise<Page>}
 */
async function open(browser, origin, path, { width = 1280, touch = false, expects = () => false, first } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    hasTouch: touch,
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  /** @type {string[]} */
  const seen = [];
  troubles.set(page, seen);
  const note = (/** @type {string} */ message) => void (expects(message) || seen.push(message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
  page.on("pageerror", (error) => note(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`) && !/^(data|blob):/.test(request.url())) note(`Request to ${request.url()}`);
  });
  await first?.(page);
  await page.goto(origin + path);
  return page;
}

/**
 * Ends a test on a page, and fails it on anything that went wrong there.
 * @param {Page} page
 */
export async function done(page) {
  await page.context().close();
  assert.deepEqual(troubles.get(page), [], "errors in the page");
}

/**
 * Fails on anything that axe finds against WCAG 2.2 A and AA or its best practices.
 * @param {Page} page
 * @param {string} [within] Selector of the part to look at; the whole page unless given.
 */
export async function accessible(page, within) {
  // The policy of the page keeps inline scripts out; what the browser's debugger evaluates is let in.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await readFile(AXE, "utf8"));
  const violations = await page.evaluate(async (within) => {
    const { axe } = /** @type {any} */ (window);
    const { violations } = await axe.run(within ?? document, {
      // It would put style sheets into shadow roots, which the policy forbids.
      preload: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      ...nodes.map((/** @type {any} */ node) => `${node.html}\n${node.failureSummary}`),
    ]);
  }, within);
  assert.deepEqual(violations, [], "axe");
}

/**
 * @param {string} path
 * @param {URL} [built]
 */
async function found(path, built) {
  for (const file of places(decodeURIComponent(path), built)) {
    try {
      return { status: 200, type: TYPES[extname(file.pathname)] ?? "application/octet-stream", body: await readFile(file) };
    } catch {
      // The next place may have it.
    }
  }
  // Browsers ask for one on their own.
  if (path === "/favicon.ico") return { status: 204, type: "image/x-icon", body: "" };
  return { status: 404, type: "text/plain", body: "Not found" };
}

/**
 * @param {string} path
 * @param {URL} [built]
 */
function places(path, built) {
  if (path.includes("..")) return [];
  const file = path.endsWith("/") ? `${path}index.html` : path;
  // What a test has built.
  if (file.startsWith("/built/")) return [new URL(file.slice(7), built ?? new URL("target/built/", ROOT))];
  if (file.startsWith("/pages/")) return [new URL(`tests/browser${file}`, ROOT)];
  // The modules as they stand; pkg/ holds a copy of them.
  if (file.startsWith("/pkg/")) return [new URL(`js/${file.slice(5)}`, ROOT), new URL(`.${file}`, ROOT)];
  return file.startsWith("/www/") ? [new URL(`.${file}`, ROOT)] : [];
}
