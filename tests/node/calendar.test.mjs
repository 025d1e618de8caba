// The calendar file, as a parser that knows nothing of cinplan reads it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { calendarFile, coming } from "../../pkg/calendar.js";
import init, { Validator } from "../../pkg/cinplan.js";

// Not a literal: its types ask for other settings than ours.
const { default: ICAL } = await import(/** @type {string} */ ("ical.js"));

const STAMP = new Date("2026-11-21T09:05:07.123Z");
const OPTIONS = { key: "6f0c2a4e", stamp: STAMP };

/** @typedef {import("../../pkg/cinplan.js").Report} Report */

/** A report on a plan with a meeting, a visit and names everywhere. @type {Report} */
let report;

const SECRETS = ["Amelia", "Hart", "Okafor", "Larch Road", "row-of-amelia"];

before(async () => {
  await init({ module_or_path: await readFile(new URL("../../pkg/cinplan_bg.wasm", import.meta.url)) });
  /** @type {import("../../pkg/cinplan.js").PlanRecord} */
  const record = {
    children: [{ id: "row-of-amelia", name: "Amelia Hart", date_of_birth: "2014-05-09" }],
    case: { social_worker: { name: "Priya Okafor" } },
    plan: { started_on: "2026-01-15" },
    meetings: [
      { id: "row-of-amelia-1", kind: "review", held_on: "2026-11-12", venue: "14 Larch Road", chair: { name: "Priya Okafor" } },
    ],
    visits: [{ id: "row-of-amelia-2", on: "2026-11-10", by: "Priya Okafor", child_seen: true }],
  };
  report = Validator.builtIn("cambridgeshire").check(record, { today: "2026-11-21", stage: "draft" });
});

/** The entries of a file. @param {string | null} file @returns {any[]} */
function events(file) {
  assert(file);
  const calendar = new ICAL.Component(ICAL.parse(file));
  assert.equal(calendar.name, "vcalendar");
  return calendar.getAllSubcomponents("vevent").map((/** @type {unknown} */ event) => new ICAL.Event(event));
}

/** @param {string | null} file */
const lines = (file) => (file ?? "").split("\r\n");

test("each deadline that is coming is an entry of its whole day", () => {
  const all = events(calendarFile(report, OPTIONS));
  const expected = coming(report);
  assert(expected.length >= 4, "the plan has deadlines ahead");
  assert.deepEqual(
    all.map(({ summary, startDate, endDate }) => [summary, startDate.isDate, startDate.toString(), endDate.toString()]),
    expected.map(({ title, due, day_after }) => [title, true, due, day_after]),
  );
  for (const event of all) {
    // The end is the day after, and stays out.
    assert.equal(event.duration.toString(), "P1D");
    assert.equal(event.component.getFirstPropertyValue("dtstamp")?.toString(), "2026-11-21T09:05:07Z");
    assert.equal(event.component.getFirstPropertyValue("transp"), "TRANSPARENT");
    assert.equal(event.component.getFirstPropertyValue("class"), "PRIVATE");
    assert.deepEqual(event.component.getFirstProperty("categories")?.getValues(), ["Child in Need plan"]);
    assert.equal(event.component.getFirstProperty("url"), null);
    assert.equal(event.component.getFirstSubcomponent("valarm"), null);
  }
  const minutes = all.find(({ summary }) => summary === "Circulation of the minutes");
  assert.equal(minutes?.startDate.toString(), "2026-11-26");
  assert.equal(
    minutes?.description,
    `Due by 26 November 2026: 10 working days after the meeting on 12 November 2026.\n${report.procedure.title}, edition ${report.procedure.edition}`,
  );
});

test("an entry past the bank holidays that are announced says so", () => {
  const record = { meetings: [{ kind: /** @type {const} */ ("review"), held_on: "2028-12-20" }] };
  const later = Validator.builtIn("cambridgeshire").check(record, { today: "2028-12-21", stage: "draft" });
  const minutes = events(calendarFile(later, OPTIONS)).find(({ summary }) => summary === "Circulation of the minutes");
  assert.match(minutes.description, /8 January 2029: .*\nBank holidays after 31 December 2028 were not announced yet\.\n/);
});

test("what is done or overdue stays out, and nothing coming is no file", () => {
  assert.deepEqual(new Set(coming(report).map(({ status }) => status)), new Set(["due-soon", "upcoming"]));
  const done = { ...report, deadlines: report.deadlines.map((due) => ({ ...due, status: /** @type {const} */ ("overdue") })) };
  assert.equal(calendarFile(done, OPTIONS), null);
});

test("an entry keeps its name from file to file, and shares it with no other case", () => {
  const ids = (/** @type {Report} */ of, options = OPTIONS) => events(calendarFile(of, options)).map(({ uid }) => uid);
  const first = ids(report);
  assert.equal(new Set(first).size, first.length);
  const later = { ...report, deadlines: report.deadlines.map((due) => ({ ...due, due: "2026-12-24", day_after: "2026-12-25" })) };
  assert.deepEqual(ids(later, { ...OPTIONS, stamp: new Date("2026-12-01T00:00:00Z") }), first);
  const other = ids(report, { ...OPTIONS, key: "6f0c2a4f" });
  assert.equal(new Set([...first, ...other]).size, first.length * 2);
  // Two entries of one field have names of their own.
  const twice = { ...report, deadlines: report.deadlines.flatMap((due) => [due, due]) };
  assert.equal(new Set(ids(twice)).size, first.length * 2);
  assert.throws(() => calendarFile(report, { key: "" }), { code: "missing-key" });
});

test("no person, address or key of a row is in it", () => {
  const file = calendarFile(report, { ...OPTIONS, key: "row-of-amelia" }) ?? "";
  const unfolded = file.replaceAll("\r\n ", "");
  for (const secret of SECRETS) assert(!unfolded.includes(secret), secret);
});

test("lines end as they should, and none is longer than 75 octets", () => {
  const long = "Überprüfung des Plans 🙂 mit allen, die kommen; auch \\ und\nneue Zeile ".repeat(6);
  const odd = { ...report, deadlines: report.deadlines.map((due) => ({ ...due, title: long })) };
  const file = calendarFile(odd, { ...OPTIONS, name: "A, b; c", categories: ["One, two", "Three"], remind: 5 });
  assert.match(file ?? "", /\r\n$/);
  assert.doesNotMatch((file ?? "").replaceAll("\r\n", ""), /[\r\n]/);
  for (const line of lines(file)) assert(Buffer.byteLength(line) <= 75, line);
  assert(lines(file).some((line) => Buffer.byteLength(line) === 75 || Buffer.byteLength(line) === 74), "lines are as long as they may be");
  const [event] = events(file);
  assert.equal(event.summary, long);
  assert.deepEqual(event.component.getFirstProperty("categories")?.getValues(), ["One, two", "Three"]);
  const alarm = event.component.getFirstSubcomponent("valarm");
  assert.equal(alarm?.getFirstPropertyValue("trigger")?.toString(), "-P5D");
  assert.equal(alarm?.getFirstPropertyValue("action"), "DISPLAY");
});

test("a title cannot write properties of its own", () => {
  const odd = { ...report, deadlines: report.deadlines.map((due) => ({ ...due, title: "x\r\nATTACH:file:///etc/passwd\u0000\u0007" })) };
  const [event] = events(calendarFile(odd, OPTIONS));
  assert.equal(event.component.getFirstProperty("attach"), null);
  assert.equal(event.summary, "x\nATTACH:file:///etc/passwd");
});

test("no text of an authority or host makes an entry, an alarm or a property of its own", async () => {
  /** @type {{ kind: string, text: string }[]} */
  const kinds = JSON.parse(await readFile(new URL("../browser/injections.json", import.meta.url), "utf8"));
  const plain = events(calendarFile(report, { ...OPTIONS, remind: 2 }));
  const properties = (/** @type {any} */ { component }) => component.getAllProperties().map((/** @type {any} */ { name }) => name);
  for (const { kind, text } of kinds) {
    const odd = { ...report, procedure: { id: "own", title: text, edition: text } };
    const options = { ...OPTIONS, key: text, name: text, categories: [text], remind: 2, title: () => text };
    const file = calendarFile(odd, options);
    assert.doesNotMatch((file ?? "").replaceAll("\r\n", ""), /[\r\n]/, kind);
    // Ends of lines are one, and control characters none.
    const expected = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
    const found = events(file);
    assert.equal(found.length, plain.length, kind);
    for (const [at, event] of found.entries()) {
      assert.deepEqual(properties(event), properties(plain[at]), kind);
      assert.equal(event.summary, expected, kind);
      assert.ok(event.description.endsWith(`\n${expected}, edition ${expected}`), kind);
      assert.deepEqual(event.component.getFirstProperty("categories").getValues(), [expected], kind);
      assert.equal(event.component.getAllSubcomponents("valarm").length, 1, kind);
    }
    // The parser does not know that this one is text.
    const name = new ICAL.Component(ICAL.parse(file)).getFirstPropertyValue("x-wr-calname");
    assert.equal(name.replace(/\\(.)/g, (/** @type {string} */ _, /** @type {string} */ sign) => (sign === "n" ? "\n" : sign)), expected, kind);
  }
});
