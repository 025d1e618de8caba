// The examples for hosts: each is run as its head says, and used as a worker would.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { accessible, done, start } from "./harness.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start()));
after(() => harness.close());

test("each is under 60 lines of its own", () => {
  for (const file of ["react/plan.tsx", "server/server.mjs"]) {
    const lines = readFileSync(`${ROOT}www/examples/${file}`, "utf8").trim().split("\n");
    assert(lines.length < 60, `${file}: ${lines.length}`);
    assert(lines.every((line) => line.length <= 200), `${file} is not made short by long lines`);
  }
});

test("React: its types hold, rows come and go, and messages stay with their rows", async () => {
  const folder = `${ROOT}www/examples/react`;
  const types = spawnSync(`${ROOT}node_modules/.bin/tsc`, ["-p", folder], { encoding: "utf8" });
  assert.equal(types.stdout, "");
  // As if the package were installed.
  const out = `${ROOT}target/built/react`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(`${out}/modules`, { recursive: true });
  symlinkSync(`${ROOT}pkg`, `${out}/modules/cinplan`);
  await build({
    entryPoints: [`${folder}/plan.tsx`],
    outfile: `${out}/plan.js`,
    bundle: true,
    format: "esm",
    jsx: "automatic",
    target: "es2022",
    nodePaths: [`${out}/modules`, `${ROOT}node_modules`],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  copyFileSync(`${folder}/index.html`, `${out}/index.html`);

  const page = await harness.open("/built/react/index.html");
  await page.waitForSelector("#count");
  const messages = () => page.locator("fieldset .cinplan-message").allTextContents();
  await page.getByLabel("What will be done").fill("Book a speech assessment");
  await page.getByRole("button", { name: "Add an action" }).click();
  await page.getByLabel("What will be done").nth(1).fill("Ring school about attendance");
  assert.deepEqual(await messages(), [], "nothing before it is asked");
  await page.getByRole("button", { name: "Check the plan" }).click();
  assert.deepEqual(await messages(), ["Error: Action 1 does not say who will do it", "Error: Action 2 does not say who will do it"]);
  assert.match(String(await page.textContent("#count")), /^\d+ to put right$/);
  await accessible(page);

  await page.getByLabel("Who will do it").nth(1).fill("Ann Lee");
  await page.waitForFunction(() => document.querySelectorAll("fieldset .cinplan-message").length === 1);
  assert.equal(await page.getByLabel("Who will do it").nth(1).inputValue(), "Ann Lee", "React's own value");
  await page.getByRole("button", { name: "Remove action 1" }).click();
  await page.waitForFunction(() => document.querySelectorAll("fieldset .cinplan-message").length === 0);
  assert.equal(await page.locator("fieldset").count(), 1);
  assert.equal(await page.getByLabel("Who will do it").inputValue(), "Ann Lee");
  await page.waitForFunction(() => !document.querySelector(".cinplan-summary")?.textContent?.includes("who will do it"));
  await done(page);
});

test("a server: the same findings with and without JavaScript, and everything typed comes back", async () => {
  const server = spawn(process.execPath, [`${ROOT}www/examples/server/server.mjs`], { env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(/** @type {import("node:stream").Readable} */ (server.stdout), "data");
    const origin = String(line).trim().replace(/\/$/, "");
    const typed = { "plan.actions[0].what": 'Book a "speech" <assessment>', "plan.actions[0].who": "", "plan.contingency": "Ring & ask" };
    const plain = await (await fetch(origin, { method: "POST", body: new URLSearchParams(typed) })).text();
    assert.match(plain, /<title>Error: /);
    assert.match(plain, /<a href="#plan\.actions\[0\]\.who">Action 1 does not say who will do it<\/a>/);
    assert.match(plain, /value="Book a &#34;speech&#34; &#60;assessment&#62;"/);
    assert.equal((await fetch(`${origin}/pkg/../Cargo.toml`)).status, 404);
    assert.equal((await fetch(`${origin}/pkg/nothing.js`)).status, 404);

    const page = await harness.open("/", { origin, expects: (message) => message.includes("404") });
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("cin-plan"))?.report);
    await page.getByLabel("What will be done").fill("Book a speech assessment");
    await page.getByLabel("Who will do it").press("a");
    await page.getByLabel("Who will do it").press("Backspace");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator(".cinplan-message").textContent(), "Error: Action 1 does not say who will do it");
    await page.getByRole("button", { name: "Send the plan" }).click();
    await page.waitForSelector("#problems");
    assert.equal(await page.getByLabel("What will be done").inputValue(), "Book a speech assessment");
    await page.getByRole("link", { name: "Action 1 does not say who will do it" }).click();
    assert.equal(await page.evaluate(() => document.querySelector(":target")?.id), "plan.actions[0].who");
    await accessible(page);
    await done(page);
  } finally {
    server.kill();
  }
});
