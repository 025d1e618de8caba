// Text stays text. What is known to turn text into markup, script, formulas or entries of a calendar is put in every answer and
// in every text of an authority, on every page; nothing runs, nothing is asked for, and nothing new stands on the page.
//
// The pages are served without a policy: nothing but the code itself stands in the way.
/// <reference path="./pages/globals.d.ts" />
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { csvLine } from "../../www/audit/downloads.js";
import { leaves, put } from "../leaves.mjs";
import { done, start } from "./harness.mjs";
import { auditLife, demoLife, procedureLife } from "./lives.mjs";
import { watcher } from "./watch.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const ROOT = new URL("../../", import.meta.url);
/** @type {string[]} */
const KINDS = JSON.parse(await readFile(new URL("injections.json", import.meta.url), "utf8")).map((/** @type {{ text: string }} */ { text }) => text);
const SOME = 7;
const ROUNDS = Math.ceil(KINDS.length / SOME);

/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => void (harness = await start({ policy: "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'" })));
after(() => harness.close());

/** Some of the kinds, each time beginning with another. @param {number} round @param {number} at */
function some(round, at) {
  const kinds = KINDS.slice(round * SOME, (round + 1) * SOME);
  const first = at % kinds.length;
  return [...kinds.slice(first), ...kinds.slice(0, first)].join(" ");
}

/** A record with something of this in every answer. @param {(at: number) => string} textAt */
function everywhere(textAt) {
  const record = {};
  leaves().forEach(({ path }, at) => put(record, path, textAt(at)));
  return record;
}

/** The five procedures that ship, each with texts in which something is hidden. @param {(at: number) => string} textAt */
async function authority(textAt) {
  const procedure = JSON.parse(await readFile(new URL("procedures/bolton.json", ROOT), "utf8"));
  let at = 0;
  /** @type {(value: any) => void} */
  const walk = (value) => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value.cites)) Object.assign(value, { note: textAt((at += 1)), cites: [...value.cites, textAt((at += 1))] });
    for (const below of Object.values(value)) walk(below);
  };
  walk(procedure);
  return {
    ...procedure,
    title: textAt(0),
    edition: textAt(1),
    own_prompts: KINDS.map((_, at) => ({
      ...{ id: `own-${at}`, question: textAt(at), section: "plan", stage: "draft", force: "should", cites: [textAt(at + 1)], note: textAt(at + 2) },
    })),
  };
}

/** Elements that the pages have of their own at most, and never one more. */
const COUNTED =
  "script, link, style, base, meta, iframe, frame, object, embed, img, math, mi, mtext, mglyph, animate, noscript, cin-plan, title:not(svg title), [shadowrootmode]";

/** What stands on a page that its own code would not have put there. @param {Page} page */
const oddities = (page) =>
  page.evaluate((counted) => {
    /** @type {string[]} */
    const odd = [];
    const all = [...document.querySelectorAll("*")];
    for (const element of all) {
      if (element instanceof HTMLTemplateElement) all.push(...element.content.querySelectorAll("*"));
      if (element.shadowRoot) odd.push(`${element.tagName} has a shadow root`);
      for (const { name, value } of element.attributes) {
        const isAddress = /^(href|src|action|formaction|xlink:href|data|poster|srcset|srcdoc)$/.test(name);
        if (/^on/.test(name) || /^(style|srcdoc|autofocus)$/.test(name)) odd.push(`${element.tagName} has ${name}`);
        if (isAddress && /^\s*(javascript|data|vbscript):|hurt/i.test(value)) odd.push(`${element.tagName} leads to ${value}`);
      }
    }
    if ("ran" in window) odd.push("something ran");
    if (Reflect.get({}, "polluted") !== undefined || Reflect.get(Object.prototype, "what") !== undefined) odd.push("objects have changed");
    return { odd, counts: document.querySelectorAll(counted).length };
  }, COUNTED);

/**
 * Leads a life on a page, and looks at each halt.
 * @param {string} path
 * @param {(page: Page, look: () => Promise<void>) => Promise<void>} steps
 */
async function on(path, steps) {
  const watched = watcher();
  const page = await harness.open(path, { first: watched.first });
  await page.locator("[data-ready], #save:enabled, #check:enabled").first().waitFor();
  // GOV.UK's own scripts add what they need while a page starts.
  await page.waitForLoadState("networkidle");
  await watched.noted(page);
  const { counts, odd } = await oddities(page);
  assert.deepEqual(odd, [], "before anything was put in");
  const look = async () => {
    assert.deepEqual(await oddities(page), { odd: [], counts });
    assert.deepEqual(watched.asked.filter((path) => /hurt/.test(path)), []);
    const parsed = (await watched.noted(page)).filter(([what]) => what.startsWith("markup."));
    assert.deepEqual(parsed, [], "nothing is taken for markup");
    assert.deepEqual(watched.said, []);
  };
  await steps(page, look);
  await look();
  await done(page);
}

test("what these tests look for would be seen", async () => {
  let seen = 0;
  for (const text of KINDS) {
    const page = await harness.open("/pages/saved.html", { expects: () => true });
    const before = await oddities(page);
    await page.evaluate((text) => {
      document.body.innerHTML = `<p title="${text}">${text}</p><p title='${text}'></p>`;
      document.body.insertAdjacentHTML("beforeend", `<textarea>${text}</textarea><a href="${text}"></a>`);
    }, text);
    // Some lead to another page.
    const { odd, counts } = await oddities(page).catch(() => ({ odd: ["gone"], counts: 0 }));
    seen += Number(odd.length > 0 || counts !== before.counts);
    await page.context().close();
  }
  assert.ok(seen >= 30, `${seen} of ${KINDS.length}`);
});

/** What a text area makes of a text: its lines end in one way. @param {string} text */
const inArea = (text) => text.replace(/\r\n?/g, "\n");

test("a host's whole form: every kind in every answer, and in every text of an authority", async () => {
  const own = await authority((at) => KINDS[at % KINDS.length]);
  await on("/pages/whole.html", async (page, look) => {
    const paths = leaves().map(({ path }) => path);
    await page.evaluate((paths) => cin.build(paths), paths);
    for (let round = 0; round < ROUNDS; round += 1) {
      const record = everywhere((at) => some(round, at));
      if (round % 2) await page.evaluate((own) => (cin.element.procedure = own), /** @type {any} */ (own));
      else await page.evaluate(() => (cin.element.procedure = "cambridgeshire"));
      await page.evaluate(() => cin.element.ready);
      await page.evaluate((record) => cin.fill(cin.form, record), record);
      await page.evaluate(() => cin.element.check());
      await page.evaluate((record) => {
        cin.drawCopies(record);
        for (const fold of document.querySelectorAll("details")) fold.open = true;
        dispatchEvent(new Event("beforeprint"));
      }, record);
      await look();
      const held = await page.evaluate(() => [...document.querySelectorAll("#fields textarea")].map((control) => /** @type {HTMLTextAreaElement} */ (control).value));
      assert.deepEqual(held, paths.map((_, at) => inArea(some(round, at))), "as it was typed");
    }
    // The authority's words are on the page, as words.
    for (const at of [0, 2, KINDS.length - 1]) {
      const found = await page.evaluate((text) => document.querySelector("#questions")?.textContent?.includes(text), KINDS[at]);
      assert.equal(found, true, KINDS[at]);
    }
  });
});

test("the demo: every kind in every answer, seen, copied, saved and put in a calendar", async () => {
  await on("/www/", async (page, look) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const record = everywhere((at) => (at % 2 ? some(round, at) : KINDS[(round * SOME + at) % KINDS.length]));
      const { saved } = await demoLife(page, record, { procedures: [["cambridgeshire", "bolton"][round % 2]], each: look });
      assert.deepEqual(withoutAnswers(JSON.parse(saved)), withoutAnswers(JSON.parse(JSON.stringify(record))));
    }
  });
});

/** The life on the demo answers one of the questions. @param {any} record */
const withoutAnswers = ({ judgements, ...record }) => ({ ...record, judgements: judgements["meeting-safety"].reason });

test("the audit: every kind in every answer of many records, in their references and in what cannot be read", async () => {
  await on("/www/audit.html", async (page, look) => {
    const records = KINDS.map((text, at) => ({ id: text.slice(0, 60), ...everywhere(() => text), plan: { actions: [{ id: text, what: some(at % ROUNDS, at) }] } }));
    const wrapped = KINDS.map((text) => ({ id: text.slice(0, 60), procedure: text, stage: text, today: text, record: everywhere(() => text) }));
    const file = [...records, ...wrapped, ...KINDS].map((one) => JSON.stringify(one)).join("\n");
    const { plans, findings, json } = await auditLife(page, file, { each: look });
    for (const text of [plans, findings]) {
      const rows = readCsv(text.slice(1));
      assert.ok(rows.length > KINDS.length);
      assert.ok(rows.every((row) => row.length === rows[0].length), "as many cells in each row");
      for (const cell of rows.flat()) assert.doesNotMatch(cell, FORMULA);
    }
    assert.equal(JSON.parse(json).plans.length, KINDS.length);
  });
});

test("the page for a procedure: every kind in every text of it", async () => {
  for (const textAt of [(/** @type {number} */ at) => KINDS[at % KINDS.length], (/** @type {number} */ at) => some(at % ROUNDS, at)]) {
    const own = await authority(textAt);
    await on("/www/procedure.html", async (page, look) => {
      const { saved } = await procedureLife(page, own, { each: look });
      const { own_prompts, ...rest } = JSON.parse(saved);
      const { own_prompts: given, ...expected } = own;
      assert.deepEqual(rest, expected);
      assert.deepEqual(own_prompts.slice(0, given.length), given);
    });
  }
});

test("the example of a server gives every kind back as text", async () => {
  const server = spawn(process.execPath, [new URL("www/examples/server/server.mjs", ROOT).pathname], { env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(/** @type {import("node:stream").Readable} */ (server.stdout), "data");
    const origin = String(line).trim();
    const names = ["plan.actions[0].what", "plan.actions[0].who", "plan.contingency"];
    const sent = async (/** @type {string} */ text) =>
      (await fetch(origin, { method: "POST", body: new URLSearchParams([...names.map((name) => [name, text]), [text, text]]) })).text();
    const page = await harness.open("/pages/saved.html");
    const parse = (/** @type {string} */ html) =>
      page.evaluate((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        const attributes = (/** @type {Element} */ element) => [...element.attributes].map(({ name }) => name);
        return {
          shape: [...parsed.querySelectorAll("main form *, head *")].map((element) => [element.tagName, ...attributes(element)].join(" ")),
          kinds: [...new Set([...parsed.querySelectorAll("*")].map(({ tagName }) => tagName))].sort(),
          held: [...parsed.querySelectorAll("input")].map((input) => input.getAttribute("value")),
        };
      }, html);
    const harmless = await parse(await sent("x"));
    for (const text of KINDS) {
      const { shape, kinds, held } = await parse(await sent(text));
      assert.deepEqual(shape, harmless.shape, text);
      assert.deepEqual(kinds.filter((kind) => !harmless.kinds.includes(kind)), [], text);
      // HTML itself has no sign for nothing, and ends its lines in one way.
      const expected = inArea(text.replaceAll(/[\ud800-\udfff](?![\ud800-\udfff])/g, "")).replaceAll("\u0000", "\ufffd");
      assert.deepEqual(held, names.map(() => expected));
    }
    await done(page);
  } finally {
    server.kill();
  }
});

// ---- spreadsheets ----

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** What a spreadsheet reads, by RFC 4180. @param {string} text */
function readCsv(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const row = rows[rows.length - 1];
    const sign = text[at];
    if (isQuoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (sign === '"' && (isQuoted || row[row.length - 1] === "")) isQuoted = !isQuoted;
    else if (!isQuoted && sign === ",") row.push("");
    else if (!isQuoted && sign === "\r" && text[at + 1] === "\n") at += rows.push([""]) && 1;
    else row[row.length - 1] += sign;
  }
  assert.equal(isQuoted, false, "a quotation mark is left open");
  assert.deepEqual(rows.pop(), [""], "the last line has an end");
  return rows;
}

test("no cell of a spreadsheet is a formula, and each holds what was typed", () => {
  for (const text of [...KINDS, ...KINDS.map((one) => `"${one}`), ...KINDS.map((one) => `${one},${one}`)]) {
    const line = csvLine([text, 7, text]);
    const [[first, number, last], ...others] = readCsv(line);
    assert.deepEqual([first.replace(/^'/, ""), number, last, others], [text.replace(/^'/, ""), "7", first, []]);
    assert.equal(first.startsWith("'"), FORMULA.test(text) || text.startsWith("'"));
    assert.doesNotMatch(first, FORMULA);
  }
});
