// The page for many plans: what it finds, counts, lists and gives away, whatever a file holds.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { manyPlans } from "../../tools/audit-plans.mjs";
import { pieces } from "../../www/audit/pieces.js";
import { accessible, done, start } from "./harness.mjs";

/** @typedef {import("./harness.mjs").Page} Page */

const PARTS = ["children", "case", "plan", "meetings", "accepted"];

/** @type {any[]} */
const many = [];
/** @type {import("./harness.mjs").Harness} */
let harness;
before(async () => {
  for await (const plan of manyPlans(200)) many.push(plan);
  harness = await start();
});
const folder = mkdtempSync(join(tmpdir(), "cinplan-audit-"));
after(async () => {
  rmSync(folder, { recursive: true });
  await harness.close();
});

// ---- finding the records in a file ----

/** A file that is read a few bytes at a time. @param {string | Uint8Array<ArrayBuffer>} content @param {number} step */
function drip(content, step) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const slice = (/** @type {number} */ from, /** @type {number} */ to) => new Blob([bytes.slice(from, Math.min(to, from + step))]);
  return /** @type {Blob} */ ({ size: bytes.length, slice, arrayBuffer: () => new Blob([bytes]).arrayBuffer() });
}

/** @param {string | Uint8Array<ArrayBuffer>} content @param {number} [step] */
async function found(content, step = 1_000_000) {
  const all = [];
  for await (const { line, text, problem } of pieces(drip(content, step), PARTS)) all.push([line, text ?? problem]);
  return all;
}

const NO_END = "It has no end: a bracket or a quotation mark is missing.";

test("finds the records of a file, however it holds them", async () => {
  const nested = '{"plan":{"actions":[{"what":"a ] } \\" { ["}]}}';
  const cases = /** @type {[string, [number, string][]][]} */ ([
    ["[]".replace("[]", `[${nested}]`), [[1, nested]]],
    [`\ufeff\n[\n  ${nested},\n  {"plan":{}}\n]\n`, [[3, nested], [4, '{"plan":{}}']]],
    [`{"made":"[{","columns":["a"],"empty":[],"of":{"a":[{}]},"list":[${nested},{}]}`, [[1, nested], [1, "{}"]]],
    [`{\n"open": [\n{"id":1}],\n"shut": [{"id":2}]}`, [[3, '{"id":1}'], [4, '{"id":2}']]],
    [`{"id":1}\r\n\r\n{"id":2}\r\n`, [[1, '{"id":1}'], [3, '{"id":2}']]],
    [`{"id":1}\n{"id":2}`, [[1, '{"id":1}'], [2, '{"id":2}']]],
    [nested, [[1, nested]]],
    [`{"id":7,\n"record":{"children":[{}]}}`, [[1, '{"id":7,\n"record":{"children":[{}]}}']]],
    // One record that is broken, and those behind it.
    [`{"id":1}\n{"id":\n{"id":3}\n`, [[1, '{"id":1}'], [2, '{"id":'], [3, '{"id":3}']]],
    [`{"id":\n{"id":2}`, [[1, '{"id":'], [2, '{"id":2}']]],
    [`[\n{"id":1},\n{"a":[{"b":2},\n{"id":3}\n]`, [[2, '{"id":1}'], [3, NO_END], [4, '{"id":3}']]],
    [`[\n {"id":1},\n {"a":"b},\n {"id":3}\n]`, [[2, '{"id":1}'], [3, NO_END], [4, '{"id":3}']]],
    [`[\n{"id":1}},\n{"id":2}\n]`, [[2, '{"id":1}'], [2, "There is a bracket too many before it, or a quotation mark is missing."], [3, '{"id":2}']]],
    [`[{"id":1}, null, 7, {"id":2}]`, [[1, '{"id":1}'], [1, "It is not an object: a plan has named parts."], [1, "It is not an object: a plan has named parts."], [1, '{"id":2}']]],
    [`[{"id":1},\n`, [[1, '{"id":1}'], [2, "The file ends before its list does: it may have been cut off."]]],
  ]);
  for (const [content, expected] of cases)
    for (const step of [1, 2, 7, 1_000_000]) assert.deepEqual(await found(content, step), expected, `${step}: ${content}`);
});

test("tells what is wrong with a file as a whole", async () => {
  for (const [content, problem] of /** @type {[string | Uint8Array<ArrayBuffer>, RegExp][]} */ ([
    ["", /is empty/],
    [" \n", /is empty/],
    ["[ ]", /list in the file is empty/],
    ['{"a":1}', /holds no list/],
    ["name,born\n", /not hold JSON/],
    [new Uint8Array([0xff, 0xfe, 0x5b, 0]), /UTF-16/],
  ]))
    await assert.rejects(found(content), problem);
});

test("tells signs that are no UTF-8, and a record that is too large, with their lines", async () => {
  const bytes = new TextEncoder().encode('{"id":1}\n{"id":"?"}\n{"id":3}\n');
  bytes[bytes.indexOf(0x3f)] = 0xe9;
  assert.deepEqual(await found(bytes), [[1, '{"id":1}'], [2, "It holds signs that are not UTF-8."], [3, '{"id":3}']]);
  const large = `{"id":"${"x".repeat(11_000_000)}"}`;
  const told = "It is larger than a plan can be. The limit is 10 MB.";
  assert.deepEqual(await found(`{"id":1}\n${large}\n{"id":3}`), [[1, '{"id":1}'], [2, told], [3, '{"id":3}']]);
  assert.deepEqual(await found(`[\n{"id":1},\n${large},\n{"id":3}\n]`), [[2, '{"id":1}'], [3, told], [4, '{"id":3}']]);
});

test("finds every record of a file of many, as a list and by line", async () => {
  const texts = many.map((plan) => JSON.stringify(plan));
  const expected = texts.map((text, index) => [index + 1, text]);
  assert.deepEqual(await found(texts.join("\n")), expected);
  assert.deepEqual(await found(`[${texts.join(",\n")}]`), expected);
  const pretty = await found(JSON.stringify({ plans: many }, null, 2), 100_000);
  assert.deepEqual(
    pretty.map(([, text]) => JSON.parse(String(text))),
    many,
  );
});

// ---- the page ----

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} steps
 * @param {import("./harness.mjs").OpenOptions} [options]
 */
function audit(name, steps, options) {
  test(name, async () => {
    const page = await harness.open("/www/audit.html", options);
    await page.locator("#check:enabled").waitFor();
    await steps(page);
    await done(page);
  });
}

/** @param {Page} page @param {unknown} content @param {string} [name] */
async function begin(page, content, name = "export.ndjson") {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(join(folder, name), text);
  await page.setInputFiles("#file", join(folder, name));
  await page.getByRole("button", { name: "Check the plans" }).click();
}

/** @param {Page} page @param {unknown} content @param {string} [name] */
async function check(page, content, name) {
  await begin(page, content, name);
  await page.locator("#results-title:focus").waitFor({ timeout: 60_000 });
}

/** What the page asks for from now on; the browser asks for the icon when it likes. @param {Page} page */
function requests(page) {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => /^blob:|\/icon\.svg$/.test(request.url()) || asked.push(request.url()));
  return asked;
}

/** @param {any[]} plans */
const byLine = (plans) => plans.map((plan) => JSON.stringify(plan)).join("\n");

/** @param {Page} page @param {string} button */
async function download(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return readFile(await download.path(), "utf8");
}

/** What a spreadsheet reads, by the letter of RFC 4180. @param {string} text @returns {Record<string, string>[]} */
function readCsv(text) {
  assert(text.startsWith("\ufeff"), "no byte order mark");
  assert(text.endsWith("\r\n"));
  const rows = [[""]];
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    const row = rows[rows.length - 1];
    row[row.length - 1] = quoted?.replaceAll('""', '"') ?? plain;
    if (end === ",") row.push("");
    else rows.push([""]);
  }
  const [head, ...body] = rows.slice(0, -1);
  assert(body.every((row) => row.length === head.length), "rows of different lengths");
  return body.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])));
}

/** The names in the list. @param {Page} page */
const names = (page) => page.locator("#plans tbody th").allTextContents();

/** The figures in a column. @param {Page} page @param {string} label */
const column = async (page, label) => (await page.locator(`#plans td[data-label="${label}"]`).allTextContents()).map(Number);

/** @param {Page} page */
async function fine(page) {
  await accessible(page);
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert(needed <= given, `the page is ${needed} pixels wide in a window of ${given}`);
}

for (const width of [1280, 390]) {
  audit(
    `shows the invented plans, ${width} pixels wide, and is accessible in every state`,
    async (page) => {
      await fine(page);
      await page.getByRole("button", { name: "Check the plans" }).click();
      assert.equal(await page.locator("#file-error").innerText(), "Choose a file");
      await fine(page);
      await page.getByRole("button", { name: "Try it with invented plans" }).click();
      await page.locator("#results-title:focus").waitFor();
      assert.equal(await page.locator("#results-title").innerText(), "12 plans checked");
      assert.equal(await page.locator("#unread").innerText(), "");
      await fine(page);
      await page.getByRole("button", { name: /^Show all \d+ rules/ }).click();
      await page.selectOption("#state", "overdue");
      await fine(page);
      await page.locator("#plans tbody a").first().click();
      await page.locator("#one-title:focus").waitFor();
      await fine(page);
      await page.emulateMedia({ media: "print" });
      assert(await page.locator("#options").isHidden());
    },
    { width },
  );
}

audit("finds in 200 plans what each has when it is checked alone, and asks nobody anything", async (page) => {
  const asked = requests(page);
  await check(page, byLine(many));
  assert.equal(await page.locator("#results-title").innerText(), "200 plans checked");
  const data = JSON.parse(await download(page, "Everything as JSON"));
  const plans = readCsv(await download(page, "Plans as CSV"));
  const findings = readCsv(await download(page, "Findings as CSV"));
  await page.locator("#plans tbody a").first().click();
  await page.locator("#one .audit__source").first().waitFor();
  assert.deepEqual(asked, []);

  const alone = await page.evaluate(async (many) => {
    const { default: init, Validator } = await import(/** @type {string} */ ("/pkg/cinplan.js"));
    await init();
    /** @type {Record<string, any>} */
    const validators = {};
    return many.map(({ procedure, record, today, stage }) =>
      (validators[procedure] ??= Validator.builtIn(procedure)).check(record, { today, stage }),
    );
  }, many);
  assert.deepEqual(data.unread, []);
  assert.equal(data.plans.length, 200);
  assert.equal(plans.length, 200);
  const csv = new Map(plans.map((plan) => [plan.Reference, plan]));
  let [open, settled] = [0, 0];
  for (const plan of data.plans) {
    const report = alone[plan.number - 1];
    assert.equal(plan.reference, many[plan.number - 1].id);
    assert.deepEqual(plan.summary, report.summary);
    assert.deepEqual(
      plan.findings.map((/** @type {any} */ { rule, path, message, cites, settled }) => ({ rule, path, message, cites, settled })),
      report.findings.map((/** @type {any} */ { rule, path, message, cites, accepted }) => ({ rule, path, message, cites, settled: Boolean(accepted) })),
    );
    assert(plan.findings.every((/** @type {any} */ { cites, sections }) => sections.every((/** @type {string} */ one) => /^\d/.test(one) && !cites.includes(one))));
    open += plan.findings.filter((/** @type {any} */ { settled }) => !settled).length;
    settled += plan.findings.filter((/** @type {any} */ { settled }) => settled).length;
    const overdue = report.deadlines.filter((/** @type {any} */ { status }) => status === "overdue");
    const row = csv.get(plan.reference);
    assert.equal(Number(row?.["Overdue deadlines"]), overdue.length);
    assert.equal(row?.["Was due"], overdue[0]?.due ?? "");
    assert.equal(Number(row?.Must), report.summary.errors);
  }
  assert(open > 500, "too few findings to tell anything");
  assert.equal(findings.length, open + settled);
  assert.deepEqual(new Set(findings.map(({ Weight }) => Weight)).size >= 3, true);
  assert(findings.every((finding) => finding.Finding && finding["What to do"] && finding["Section of the manual"]));

  // No name of anybody stands in the list or in the CSV of plans.
  const people = new Set(many.flatMap(({ record }) => (record.children ?? []).map((/** @type {any} */ { name }) => name)).filter(Boolean));
  assert(people.size > 5);
  const list = JSON.stringify(plans) + (await page.locator("#plans").textContent());
  for (const name of people) assert(!list.includes(name), name);
});

audit("shows what a recorded reason has settled, and does not count it", async (page) => {
  const found = await page.evaluate(async (many) => {
    const { default: init, Validator } = await import(/** @type {string} */ ("/pkg/cinplan.js"));
    await init();
    for (const plan of many) {
      const { findings } = Validator.builtIn(plan.procedure).check(plan.record, plan);
      const finding = findings.find((/** @type {any} */ { leaves_room, item }) => leaves_room && item);
      if (finding) return { plan, finding };
    }
  }, many);
  assert(found, "no finding that a reason may settle");
  const { plan, finding } = found;
  const accepted = [{ rule: finding.rule, item: finding.item, reason: "Agreed with Zebedee Quill.", by: "Zebedee Quill", role: "Team Manager", on: plan.today }];
  await check(page, byLine([{ ...plan, id: "open" }, { ...plan, id: "settled", record: { ...plan.record, accepted } }]));
  const json = await download(page, "Everything as JSON");
  /** @type {any[]} */
  const plans = JSON.parse(json).plans;
  const [open, settled] = ["open", "settled"].map((name) => plans.find(({ reference }) => reference === name));
  const about = (/** @type {any} */ of) => of.findings.filter((/** @type {any} */ { rule, path }) => rule === finding.rule && path === finding.path);
  assert.deepEqual([about(open)[0].settled, about(settled)[0].settled], [false, true]);
  const sum = (/** @type {any} */ { summary: { errors, warnings, advice } }) => errors + warnings + advice;
  assert.equal(sum(settled), sum(open) - 1);
  const csv = await download(page, "Findings as CSV");
  assert.equal(readCsv(csv).filter(({ Weight }) => Weight === "Settled").length, 1);
  const tally = (await page.locator("#by-part td:last-child").allTextContents()).map(Number).reduce((all, one) => all + one, 0);
  assert.equal(tally, sum(open) + sum(settled));
  await page.getByRole("link", { name: "settled" }).click();
  const marks = page.locator("#one .findings__mark", { hasText: "Settled" });
  await marks.first().waitFor();
  assert.equal(await marks.count(), 1);
  assert.doesNotMatch(json + csv + (await page.locator("#one").innerText()), /Zebedee/);
});

audit("sorts and filters, the longest overdue first", async (page) => {
  await check(page, byLine(many));
  /** @type {any[]} */
  const all = JSON.parse(await download(page, "Everything as JSON")).plans;
  const late = all.map(({ deadlines, today }) => {
    const days = deadlines.filter((/** @type {any} */ { status }) => status === "overdue").map((/** @type {any} */ { due }) => Date.parse(today) - Date.parse(due));
    return Math.max(0, ...days);
  });
  assert(late[0] > 0);
  assert.deepEqual(late, [...late].sort((a, b) => b - a));
  assert.equal((await names(page)).length, 50);
  assert.equal(await page.locator("#count").innerText(), "Plans 1 to 50 of 200");
  assert.deepEqual(await names(page), all.slice(0, 50).map(({ reference }) => reference));
  await page.getByRole("button", { name: "Next page" }).click();
  assert.deepEqual(await names(page), all.slice(50, 100).map(({ reference }) => reference));
  assert.equal(await page.locator("#page").innerText(), "Page 2 of 4");

  for (const [label, sort] of [["Must", "descending"], ["Must", "ascending"], ["Overdue", "descending"]]) {
    const header = page.locator("#plans th", { has: page.getByRole("button", { name: label, exact: true }) });
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), sort);
    const figures = await column(page, label);
    assert.deepEqual(figures, [...figures].sort((a, b) => (sort === "ascending" ? a - b : b - a)));
  }
  await page.locator("#plans").getByRole("button", { name: "Plan", exact: true }).click();
  assert.deepEqual((await names(page)).slice(0, 2), ["CIN-00001", "CIN-00002"]);

  // Each filter leaves what the findings say it should, in the downloads too.
  const count = async () => Number(/(\d+)(?: plans?)?$/.exec(await page.locator("#count").innerText())?.[1] ?? 0);
  const having = (/** @type {(finding: any) => boolean} */ is) => all.filter(({ findings }) => findings.some((/** @type {any} */ one) => !one.settled && is(one))).length;
  const { rule } = all[0].findings.find((/** @type {any} */ { settled }) => !settled);
  await page.selectOption("#rule", rule);
  assert.equal(await count(), having((finding) => finding.rule === rule));
  const left = readCsv(await download(page, "Findings as CSV"));
  assert(left.length > 0 && left.every(({ Rule }) => Rule === rule));
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.selectOption("#severity", "warning");
  assert.equal(await count(), having(({ severity }) => severity === "warning"));
  await page.selectOption("#part", "meetings");
  assert.equal(await count(), having(({ severity, path }) => severity === "warning" && path.startsWith("meetings")));
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.selectOption("#state", "overdue");
  assert.equal(await count(), late.filter((days) => days > 0).length);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.fill("#text", "cin-0001");
  await page.waitForFunction(() => document.querySelectorAll("#plans tbody tr").length === 10);
  await page.fill("#text", "nobody");
  await page.getByText("No plan is left").waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();

  // The counts are those of the findings, and lead to the plans.
  const part = page.locator("#by-part tr", { hasText: "Meetings" });
  const [, plans, findings] = await part.locator("td").allTextContents();
  const meetings = (/** @type {any} */ { path, settled }) => path.startsWith("meetings") && !settled;
  assert.equal(Number(plans), having(({ path }) => path.startsWith("meetings")));
  assert.equal(Number(findings.replace(",", "")), all.flatMap(({ findings }) => findings).filter(meetings).length);
  await part.getByRole("button").click();
  assert.equal(await page.locator("#part").inputValue(), "meetings");
  assert.equal(await count(), Number(plans));
});

audit("opens a plan by keyboard, and goes back to where one was", async (page) => {
  await check(page, byLine(many.slice(0, 20)));
  const link = page.locator("#plans tbody a").nth(2);
  const name = await link.innerText();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator("#one-title:focus").waitFor();
  assert.equal(await page.locator("#one-title").innerText(), name);
  assert(await page.locator("#results").isHidden());
  assert.match(await page.locator("#one .audit__source").first().innerText(), /^\d.*\([A-Z]+-[\d.]+\): \w/);
  await page.keyboard.press("Tab");
  await page.goBack();
  await page.waitForFunction((name) => document.activeElement?.textContent === name, name);
  await page.keyboard.press("Enter");
  await page.locator("#one-title:focus").waitFor();
  await page.getByRole("link", { name: "Back to all plans" }).press("Enter");
  await page.waitForFunction((name) => document.activeElement?.textContent === name, name);
});

audit("takes records with and without a cover, and the reference that the host gives", async (page) => {
  const { record } = many[0];
  const plans = [
    { id: "A-1", record, procedure: "bolton", stage: "draft", today: "1 March 2026" },
    { ...record, case_number: 4711 },
    { ...record, case: { ...record.case, id: "in the case" } },
    record,
    { id: "twice", record },
    { id: "twice", record },
    { id: "x".repeat(200), record },
  ];
  await page.selectOption("#procedure", "derbyshire");
  await page.fill("#today", "2026-06-01");
  await check(page, { exported: "today", plans });
  const rows = readCsv(await download(page, "Plans as CSV")).sort((a, b) => Number(a.Record) - Number(b.Record));
  assert.deepEqual(rows.map(({ Reference }) => Reference), ["A-1", "4711", "in the case", "", "twice", "twice", ""]);
  assert.deepEqual(rows.map(({ Procedure }) => Procedure), ["bolton", ...Array(6).fill("derbyshire")]);
  assert.deepEqual([rows[0].Stage, rows[0]["Checked on"]], ["draft", "2026-03-01"]);
  assert.deepEqual([rows[1].Stage, rows[1]["Checked on"]], ["circulate", "2026-06-01"]);
  assert.deepEqual((await names(page)).sort(), ["4711", "A-1", "Record 4", "Record 7", "in the case", "twice (record 5)", "twice (record 6)"]);
});

audit("tells which records it cannot check, by line, and checks the others", async (page) => {
  const good = JSON.stringify(many[0]);
  const lines = [good, '{"id":"B-2","record":', good, "[1]", '{"id":"C","record":{"names":[]}}', '{"id":"D","record":{"plan":{}},"procedure":"mars"}', '{"id":"E","record":{"plan":{}},"today":"soon"}', '{"record":7}', '{"record":{"plan":{}},"stage":"later"}', good];
  await check(page, lines.join("\n"));
  assert.equal(await page.locator("#results-title").innerText(), "3 plans checked");
  await page.locator("#unread summary").click();
  assert.deepEqual(await page.locator("#unread li").allTextContents(), [
    "Record 2, line 2: It is not JSON: a comma, bracket or quotation mark is missing or too many.",
    "Record 4, line 4: It is not an object: a plan has named parts.",
    "Record 5 (C), line 5: It has none of the parts of a plan.",
    "Record 6 (D), line 6: It names a procedure that is not known.",
    "Record 7 (E), line 7: The day it names for its check cannot be read.",
    "Record 8, line 8: Its record is not an object: a plan has named parts.",
    "Record 9, line 9: It names a stage that is not known.",
  ]);
  await fine(page);
  const rows = readCsv(await download(page, "Plans as CSV"));
  assert.equal(rows.length, 10);
  assert.equal(rows.filter((row) => row["Not checked because"]).length, 7);
  // A list in many lines: the line is that of the slip.
  await check(page, `[\n  {\n    "id": 1,\n    "plan": {},,\n  },\n  ${good}\n]`, "export.json");
  await page.locator("#unread summary").click();
  assert.match(await page.locator("#unread li").innerText(), /^Record 1, line 4: It is not JSON/);
  // What is no file of plans is told, and changes nothing else.
  await begin(page, "Reference,Name\n", "export.json");
  await page.locator("#notice", { hasText: "The file does not hold JSON." }).waitFor();
  assert(await page.locator("#results").isHidden());
});

audit("gives spreadsheets nothing to run", async (page) => {
  const ids = ["=1+1", "+44", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "a,b", 'say "x"', "two\nlines", "\uff1d1+1", "CIN-1"];
  const { record } = many[1];
  await check(page, byLine(ids.map((id) => ({ id, record: { ...record, case: { ...record.case, referred_on: "=1+1,\r\n@x" } } }))));
  for (const button of ["Plans as CSV", "Findings as CSV"]) {
    const text = await download(page, button);
    const rows = readCsv(text);
    const references = [...new Set(rows.sort((a, b) => Number(a.Record) - Number(b.Record)).map(({ Reference }) => Reference))];
    assert.deepEqual(references, ids.map((id) => (/^[=+\-@\uff1d]/.test(id) ? `'${id}` : id)));
    for (const cell of rows.flatMap((row) => Object.values(row))) assert.doesNotMatch(cell, /^[=+\-@\t\r\n\uff1d]/);
  }
  assert.deepEqual(JSON.parse(await download(page, "Everything as JSON")).plans.map((/** @type {any} */ { reference }) => reference).sort(), [...ids].sort());
});

audit("stops when asked, and shows what was checked until then", async (page) => {
  await begin(page, byLine(Array(6).fill(many).flat()));
  await page.locator("#cancel:focus").waitFor();
  const bar = page.getByRole("progressbar", { name: "Checking export.ndjson" });
  await page.waitForFunction(() => /** @type {HTMLProgressElement} */ (document.querySelector("#bar")).value > 0);
  await accessible(page);
  assert(Number(await bar.evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value)) < 100);
  await page.keyboard.press("Enter");
  await page.locator("#results-title:focus").waitFor();
  const checked = Number(/^[\d,]+/.exec(await page.locator("#results-title").innerText())?.[0].replace(",", ""));
  assert(checked > 0 && checked < 1200, String(checked));
  assert(await page.locator("#partial").isVisible());
  // Another file is checked as if nothing had been.
  await check(page, byLine(many.slice(0, 3)));
  assert.equal(await page.locator("#results-title").innerText(), "3 plans checked");
  assert(await page.locator("#partial").isHidden());
});

test("checks on the page where the host forbids workers, and stops there too", async () => {
  const page = await harness.open("/www/audit.html", { expects: (message) => /worker/i.test(message) });
  await page.route("**/audit.html", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("default-src 'none';", "default-src 'none'; worker-src 'none';");
    await route.fulfill({ response, body });
  });
  await page.reload();
  await page.locator("#check:enabled").waitFor();
  const asked = requests(page);
  assert.equal(page.workers().length, 0);
  await check(page, byLine(many.slice(0, 30)));
  assert.equal(await page.locator("#results-title").innerText(), "30 plans checked");
  const here = await download(page, "Everything as JSON");
  await begin(page, byLine(Array(6).fill(many).flat()));
  await page.waitForFunction(() => /** @type {HTMLProgressElement} */ (document.querySelector("#bar")).value > 0);
  await page.getByRole("button", { name: "Stop checking" }).click();
  await page.locator("#partial").waitFor();
  assert.deepEqual(asked, []);

  const beside = await harness.open("/www/audit.html");
  await beside.locator("#check:enabled").waitFor();
  assert.equal(beside.workers().length, 1);
  await check(beside, byLine(many.slice(0, 30)));
  assert.equal(await download(beside, "Everything as JSON"), here);
  await done(beside);
  await done(page);
});

audit("takes a file that is dropped anywhere", async (page) => {
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json"));
    return data;
  }, JSON.stringify([many[0]]));
  await page.dispatchEvent("h1", "dragover", { dataTransfer: data });
  await page.dispatchEvent("h1", "drop", { dataTransfer: data });
  await page.locator("#results-title:focus").waitFor();
  assert.equal(await page.locator("#results-title").innerText(), "1 plan checked");
});
