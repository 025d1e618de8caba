// The package in the hands of bundlers: each builds the page of tests/bundlers/, which then runs under a strict policy.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as vite from "vite";
import webpack from "webpack";
import { installed } from "../installed.mjs";
import { POLICY, done, launch, start } from "./harness.mjs";

const { folder, remove } = installed();
const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, folder));

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => {
  cpSync(new URL("../bundlers/", import.meta.url), folder, { recursive: true });
  harness = await start({ built: new URL("built/", folder) });
});
after(async () => {
  await harness.close();
  remove();
});

/** What the page has to do, however it was built. @param {string} address */
async function works(address) {
  const page = await harness.open(address);
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
  assert.match((await page.locator(".cinplan-summary").first().textContent()) ?? "", /action 1/i);
  // The requirements were bundled: "Why?" needs no request.
  await page.locator("details summary", { hasText: "Why?" }).first().click();
  await page.getByText(/\(BOL-/).first().waitFor();
  const both = await page.evaluate(() => [...document.querySelectorAll("form")].map((form) => form.querySelectorAll("[aria-invalid]").length));
  assert.ok(both[0] > 0);
  await done(page);
}

test("Vite", async () => {
  await vite.build({ root: fileURLToPath(folder), base: "./", logLevel: "error", build: { outDir: "built/vite", target: "es2022", chunkSizeWarningLimit: 4000 } });
  await works("/built/vite/index.html");
});

test("Vite's development server", async () => {
  const server = await vite.createServer({
    root: fileURLToPath(folder),
    logLevel: "error",
    cacheDir: path("built/cache"),
    server: { host: "127.0.0.1", port: 0 },
    optimizeDeps: { exclude: ["cinplan"] },
  });
  const browser = await launch();
  try {
    await server.listen();
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.httpServer?.address());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/index.html`);
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
  } finally {
    await browser.close();
    await server.close();
  }
});

test("webpack", async () => {
  const stats = await new Promise((resolve, reject) =>
    webpack(
      {
        mode: "production",
        context: fileURLToPath(folder),
        entry: "./app.js",
        output: { path: path("built/webpack"), filename: "app.js" },
        performance: false,
      },
      (error, stats) => (error ? reject(error) : resolve(stats)),
    ),
  );
  assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  copyFileSync(path("index.html"), path("built/webpack/index.html"));
  await works("/built/webpack/index.html");
});

test("esbuild", async () => {
  const { warnings } = await esbuild.build({
    absWorkingDir: fileURLToPath(folder),
    entryPoints: ["app.js"],
    outdir: "built/esbuild",
    bundle: true,
    minify: true,
    format: "esm",
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
  // esbuild leaves the module's address as it stands: beside the script.
  copyFileSync(path("node_modules/cinplan/cinplan_bg.wasm"), path("built/esbuild/cinplan_bg.wasm"));
  copyFileSync(path("index.html"), path("built/esbuild/index.html"));
  await works("/built/esbuild/index.html");
});

test("esbuild, for a host that forbids WebAssembly", async () => {
  await esbuild.build({
    absWorkingDir: fileURLToPath(folder),
    entryPoints: ["strict.js"],
    outfile: "built/strict/app.js",
    bundle: true,
    format: "esm",
    logLevel: "silent",
  });
  copyFileSync(path("index.html"), path("built/strict/index.html"));
  const strict = await start({ built: new URL("built/", folder), policy: POLICY.replace("'wasm-unsafe-eval'", "") });
  try {
    const page = await strict.open("/built/strict/index.html", { expects: (message) => message.includes("wasm-unsafe-eval") || message.includes("unsafe-eval") });
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), "plain");
    await done(page);
  } finally {
    await strict.close();
  }
});

test("no bundler at all: the files as they are", async () => {
  mkdirSync(path("built/bare"));
  cpSync(path("node_modules/cinplan"), path("built/bare/cinplan"), { recursive: true });
  cpSync(new URL("../bundlers/bare/", import.meta.url), path("built/bare"), { recursive: true });
  assert.ok(readdirSync(path("built/bare")).includes("index.html"));
  const page = await harness.open("/built/bare/index.html");
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan")).report);
  await page.evaluate(() => /** @type {any} */ (document.querySelector("cin-plan")).check());
  await page.locator("details summary", { hasText: "Why?" }).first().click();
  await page.getByText(/\(CAM-/).first().waitFor();
  await done(page);
});
