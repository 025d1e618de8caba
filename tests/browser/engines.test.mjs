// What matters most, in the engines beside Chromium: Firefox's and WebKit's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { initSync, Validator } from "../../pkg/cinplan.js";
import { launch } from "./engines.mjs";
import { HARD, POLICY, serve } from "./harness.mjs";

const root = new URL("../../", import.meta.url);
const programs = { Firefox: process.env.CINPLAN_FIREFOX, WebKit: process.env.CINPLAN_WEBKIT };
const { record } = JSON.parse(readFileSync(new URL("www/examples/good.json", root), "utf8"));
const options = /** @type {const} */ ({ today: "2026-11-21", stage: "circulate" });

/** Waits until the form of the page is being checked, by the element or by what the page has kept of `attach`. */
const STARTED = "while (!(window.kept ?? document.querySelector('cin-plan')?.report)) await new Promise((go) => setTimeout(go, 50));";

initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });

for (const [name, program] of /** @type {[keyof typeof launch, string | undefined][]} */ (Object.entries(programs))) {
  // On a machine that cannot have it, this is said. What everyone relies on may not leave it out.
  const skip = program || process.env.CI ? false : `${name} is not installed (see tools/engine.sh)`;

  describe(name, { skip, timeout: 180_000 }, () => {
    /** @type {import("./engines.mjs").Engine} */
    let engine;
    before(async () => {
      assert.ok(program, `${name} is missing, which may not be left out here: see tools/engine.sh`);
      engine = await launch[name]();
    });
    after(() => engine?.close());

    for (const [policy, build] of [[POLICY, "cinplan_bg.wasm"], [HARD, "plain.js"]]) {
      test(`a form is checked by ${build}`, async () => {
        const server = await serve({ policy });
        try {
          await engine.open(`${server.origin}/pages/strict.html`);
          await engine.run(STARTED);
          assert.ok(server.asked.includes(`/pkg/${build}`));
          await isCheckedAsTyped(engine);
          await leadsToItsField(engine);
          await givesTheSameReport(engine);
        } finally {
          await server.close();
        }
      });
    }

    for (const page of ["aspnet", "grid", "wizard"]) {
      test(`an old form is checked: ${page}`, async () => {
        const server = await serve();
        try {
          await engine.open(`${server.origin}/pages/${page}.html`);
          await engine.run(STARTED);
          await engine.run("await (window.kept ?? document.querySelector('cin-plan')).check();");
          // Every link of the summary leads to a control of the form, hidden steps among them.
          const [links, led] = await engine.run(`
            const links = [...document.querySelectorAll(".cinplan-summary__link")];
            const led = links.filter((link) => { link.click(); return document.activeElement.form || document.activeElement.matches("form *"); });
            return [links.length, led.length];
          `);
          assert.ok(links > 0);
          assert.equal(led, links);
        } finally {
          await server.close();
        }
      });
    }
  });
}

/** A field that was filled in and left gets its message, and nothing is said before. @param {import("./engines.mjs").Engine} engine */
async function isCheckedAsTyped(engine) {
  const invalid = "return [...document.querySelectorAll('[aria-invalid]')].map((control) => control.id);";
  assert.deepEqual(await engine.run(invalid), []);
  await engine.type("#started", "31/2/2026");
  assert.deepEqual(await engine.run(invalid), []);
  await engine.tab();
  await engine.run("for (let turn = 0; turn < 100 && !document.querySelector('[aria-invalid]'); turn += 1) await new Promise((go) => setTimeout(go, 50));");
  assert.deepEqual(await engine.run(invalid), ["started"]);
  assert.equal(await engine.run("return document.querySelector('#started').value;"), "31/2/2026");
}

/** A check moves to the summary, and its links to the fields. @param {import("./engines.mjs").Engine} engine */
async function leadsToItsField(engine) {
  await engine.run("await document.querySelector('cin-plan').check();");
  assert.ok(await engine.run("return document.querySelector('.cinplan-summary').contains(document.activeElement);"));
  await engine.run("[...document.querySelectorAll('.cinplan-summary__link')].find((link) => link.hash.endsWith('contingency')).dataset.test = '';");
  await engine.click("[data-test]");
  assert.equal(await engine.run("return document.activeElement.id;"), "contingency");
}

/** A whole record gets the report that it gets in Node.js, to the byte. @param {import("./engines.mjs").Engine} engine */
async function givesTheSameReport(engine) {
  for (const procedure of ["cambridgeshire", "derbyshire"]) {
    const expected = JSON.stringify(Validator.builtIn(procedure).check(record, options));
    const report = await engine.run(`
      const { Validator } = await import("/pkg/auto.js");
      const report = Validator.builtIn(${JSON.stringify(procedure)}).check(${JSON.stringify(record)}, ${JSON.stringify(options)});
      return JSON.stringify(report);
    `);
    assert.equal(report, expected);
  }
}
