// The page for a procedure of one's own: a manual is taken as the base, what it asks is changed, and what that changes on
// an example plan is seen at once.

import init, { Validator, procedures, rules, terms } from "../../pkg/cinplan.js";
import { example as loadExample, listExamples } from "../examples.js";
import { download, readPlan } from "../files.js";
import { MARKS } from "../findings.js";
import { byId, counted, day, make, startGovuk, startPage } from "../page.js";
import { get } from "../paths.js";
import { inWords } from "../words.js";
import { compare } from "./compare.js";
import { field, fieldset, input, select, tell, textarea, tick, valueField } from "./controls.js";
import { daysCodec, differing, entriesOf, entryCodec, isJson, jsonCodec, notJson, ownCodec, ownDraft, Procedure, same, textCodec } from "./draft.js";

/** @import { Due, Finding, PlanRecord, Problem } from "../../pkg/cinplan.js" */
/** @import { Stage } from "../../pkg/form.js" */
/** @import { Data, Entry, OwnDraft } from "./draft.js" */

/** How long nothing is typed before what changes is worked out, in milliseconds. */
const PAUSE = 200;

const FORCES = /** @type {[string, string][]} */ ([
  ["must", "Must: a finding is to be put right"],
  ["should", "Should: a finding is to be looked at"],
  ["may", "May: advice at most"],
]);
const STAGES = /** @type {[string, string][]} */ ([
  ["draft", "Draft"],
  ["meeting", "Before the meeting"],
  ["circulate", "Ready to circulate"],
  ["review", "Review"],
  ["close", "Closing"],
]);
const SECTIONS = ["children", "case", "plan", "meetings", "sharing", "visits", "closure"];

/** What stands outside the groups of terms. */
const WHOLE = ["id", "title", "edition", "closure_days", "levels", "own_prompts"];

const form = byId("procedure", HTMLFormElement);
const baseChoice = byId("base", HTMLSelectElement);
const exampleChoice = byId("example", HTMLSelectElement);
const search = byId("search", HTMLInputElement);
const onlyChanged = byId("only-changed", HTMLInputElement);
const file = byId("file", HTMLInputElement);

await startPage(start);

async function start() {
  const [list] = await Promise.all([listExamples(), init(), startGovuk()]);
  // All at once: nothing is fetched once the page is there.
  const examples = new Map(await Promise.all(list.map(async ({ name }) => /** @type {const} */ ([name, await loadExample(name)]))));
  for (const { name, title } of list) exampleChoice.append(new Option(title, name));
  /** What one can begin with: the manuals, and files that were loaded. @type {Map<string, { title: string, data: Data }>} */
  const bases = new Map();
  const addBase = (/** @type {string} */ id, /** @type {string} */ title, /** @type {Data} */ data) => {
    if (!bases.has(id)) baseChoice.append(new Option(title, id));
    bases.set(id, { title, data });
  };
  const manuals = procedures().map(({ id }) => id);
  for (const { id, title } of procedures()) addBase(id, title, /** @type {any} */ (Validator.procedure(id)));

  const entries = entriesOf(terms(), rules());
  const codecs = new Map(entries.map((entry) => [entry.key, entryCodec(entry)]));
  const keys = [...WHOLE, ...codecs.keys()];
  const codecOf = (/** @type {string} */ key) => /** @type {ReturnType<typeof entryCodec>} */ (codecs.get(key));

  let baseId = manuals[0];
  let work = new Procedure(base().data);
  let saved = JSON.stringify(work.written());
  /** What the page last could check with, and what it found with the base. @type {Validator | undefined} */
  let checker;
  let baseChecker = new Validator(/** @type {any} */ (base().data));
  /** @type {Problem[]} */
  let problems = [];
  let pause = 0;

  function base() {
    return /** @type {{ title: string, data: Data }} */ (bases.get(baseId));
  }

  // ---- terms ----

  /** @typedef {{ entry: Entry, row: HTMLDetailsElement, said: HTMLElement, marks: HTMLElement, body: HTMLElement }} TermRow */
  /** @type {Map<string, TermRow>} */
  const rows = new Map();
  /** @type {{ group: HTMLDetailsElement, count: HTMLElement, rows: TermRow[] }[]} */
  const groups = [];
  for (const entry of entries) {
    let group = groups.find(({ group }) => group.dataset.group === entry.group);
    if (!group) {
      const count = make("span", { class: "own__key" });
      group = {
        group: make("details", { class: "own__group", "data-group": entry.group }, make("summary", {}, entry.heading, " ", count)),
        count,
        rows: [],
      };
      groups.push(group);
    }
    const [said, marks, body] = [make("span", { class: "own__said" }), make("span"), make("div", { class: "own__body" })];
    const summary = make("summary", {}, entry.meaning.replace(/\.$/, ""), said, " ", marks);
    const row = make("details", { class: "own__term", "data-key": entry.key }, summary, body);
    row.addEventListener("toggle", () => row.open && build(found));
    const found = { entry, row, said, marks, body };
    rows.set(entry.key, found);
    group.group.append(row);
    group.rows.push(found);
  }
  byId("terms", HTMLElement).append(...groups.map(({ group }) => group));

  /** Draws the controls of a term, once. @param {TermRow} found */
  function build({ entry, body, row }) {
    if (body.hasChildNodes()) return;
    const { key, accepts } = entry;
    const draft = work.draft(key, codecOf(key));
    const part = (/** @type {string} */ name) => `${key}.${name}`;
    const states = /** @type {const} */ ([["on", "Asked"], ["off", "Not asked"]]).map(([value, label]) => {
      const one = tick("radio", { id: part(value), name: part("state"), value, label, checked: draft.state === value });
      one.input.addEventListener("change", () => {
        draft.state = value;
        rest.hidden = value !== "on";
      });
      return one;
    });
    const radios = make("div", { class: "govuk-radios govuk-radios--small govuk-radios--inline" }, ...states.map(({ item }) => item));
    const keep = (/** @type {"force" | "cites" | "note"} */ name, /** @type {import("./controls.js").Control} */ control) => {
      control.addEventListener("input", () => (draft[name] = control.value));
      return control;
    };
    const leaves = tick("checkbox", {
      ...{ id: part("leaves_room"), name: part("leaves_room"), value: "true" },
      ...{ label: "Leaves room: a recorded reason settles a finding", checked: draft.leaves },
    });
    leaves.input.addEventListener("change", () => (draft.leaves = leaves.input.checked));
    const reset = make("button", { type: "button", class: "link-button", "data-reset": key }, "Set back to the base");
    reset.hidden = !row.classList.contains("own__term--changed");
    reset.addEventListener("click", () => {
      work.set(key, get(base().data, key));
      body.replaceChildren();
      build(/** @type {TermRow} */ (rows.get(key)));
      follow(true);
      /** @type {HTMLElement} */ (row.querySelector("summary")).focus();
    });
    const rest = make(
      "div",
      {},
      ...(accepts ? valueField(part("value"), accepts, draft.value, (value) => (draft.value = value)) : []),
      field(part("force"), "How strongly", "", keep("force", select(draft.force, FORCES))),
      ...(accepts ? [make("div", { class: "govuk-form-group" }, make("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, leaves.item))] : []),
      field(part("cites"), "What it rests on", "Ids of the requirements of your manual, with commas between them", keep("cites", input(draft.cites))),
      field(part("note"), "Note", "How a vague passage is read. It may be left out.", keep("note", textarea(draft.note, 2))),
    );
    rest.hidden = draft.state !== "on";
    body.append(
      make("p", { class: "own__key" }, key),
      fieldset(part("state"), "Whether it is asked", radios),
      rest,
      make("p", { class: "govuk-body" }, reset),
    );
  }

  // ---- about, levels and questions of one's own ----

  /** @param {string} key @param {import("./draft.js").Codec<string>} codec @param {string} label @param {string} hint @param {number} [lines] */
  function whole(key, codec, label, hint, lines = 0) {
    const text = work.draft(key, codec);
    const control = lines > 0 ? textarea(text, lines) : input(text);
    control.addEventListener("input", () => work.type(key, control.value));
    return field(key, label, hint, control);
  }

  function drawWhole() {
    byId("about", HTMLElement).replaceChildren(
      whole("id", textCodec, "Short name", "In small letters, such as my-council"),
      whole("title", textCodec, "Title", ""),
      whole("edition", textCodec, "Edition", ""),
      whole("closure_days", daysCodec, "Days on which the offices are closed", "Beside weekends and bank holidays. One a line, such as 2026-12-29.", 3),
    );
    byId("levels-field", HTMLElement).replaceChildren(
      whole("levels", jsonCodec, "Levels", "Written as JSON: a list of rows, each with the kinds of plan and the terms that are other there. Empty where every plan is asked the same.", 8),
    );
    drawOwn();
  }

  function drawOwn() {
    const drafts = work.draft("own_prompts", ownCodec);
    byId("own-prompts", HTMLElement).replaceChildren(...drafts.map((draft, at) => ownRow(draft, at)));
  }

  /** @param {OwnDraft} draft @param {number} at */
  function ownRow(draft, at) {
    const part = (/** @type {string} */ name) => `own_prompts[${at}].${name}`;
    const keep = (/** @type {Exclude<keyof OwnDraft, "given">} */ name, /** @type {import("./controls.js").Control} */ control) => {
      control.addEventListener("input", () => (draft[name] = control.value));
      return control;
    };
    const remove = make("button", { type: "button", class: "govuk-button govuk-button--secondary" }, `Remove question ${at + 1}`);
    remove.addEventListener("click", () => {
      const drafts = work.draft("own_prompts", ownCodec);
      const before = [...drafts];
      drafts.splice(at, 1);
      drawOwn();
      follow(true);
      notice(`Question ${at + 1} removed.`, "Put it back", () => {
        work.type("own_prompts", before);
        drawOwn();
      });
      byId("own-title", HTMLElement).focus();
    });
    const choices = (/** @type {[string, string][]} */ known) => /** @type {[string, string][]} */ ([["", ""], ...known]);
    const sections = SECTIONS.map((one) => /** @type {[string, string]} */ ([one, one[0].toUpperCase() + one.slice(1)]));
    return make(
      "div",
      { class: "own__row", role: "group", "aria-label": `Question ${at + 1}`, id: `own_prompts[${at}]` },
      field(part("question"), "Question", "", keep("question", textarea(draft.question, 2))),
      field(part("id"), "Id", "In small letters, beginning with own-, such as own-pets", keep("id", input(draft.id))),
      make(
        "div",
        { class: "side-by-side" },
        field(part("section"), "Part of the plan", "", keep("section", select(draft.section, choices(sections)))),
        field(part("stage"), "Asked from", "", keep("stage", select(draft.stage, choices(STAGES)))),
        field(part("force"), "How strongly", "", keep("force", select(draft.force, choices(FORCES)))),
      ),
      field(part("cites"), "What it rests on", "Ids of the requirements of your manual, with commas between them", keep("cites", input(draft.cites))),
      field(part("note"), "Note", "It may be left out.", keep("note", textarea(draft.note, 2))),
      remove,
    );
  }

  byId("add-own", HTMLButtonElement).addEventListener("click", () => {
    const drafts = work.draft("own_prompts", ownCodec);
    // Not told what is missing before anything is there: follow() tells what is left.
    drafts.push({ ...ownDraft(undefined), force: "should", stage: "draft", section: "children" });
    drawOwn();
    follow(false);
    document.getElementById(`own_prompts[${drafts.length - 1}].question`)?.focus();
  });

  // ---- what follows from what was typed ----

  /** @param {boolean} isTold whether what is newly wrong is said: not while somebody is still typing */
  function follow(isTold) {
    clearTimeout(pause);
    const data = work.written();
    try {
      const fresh = new Validator(/** @type {any} */ (data));
      checker?.free();
      checker = fresh;
      problems = [];
    } catch (error) {
      problems = /** @type {{ problems?: Problem[] }} */ (error).problems ?? [{ key: "", problem: String(error) }];
    }
    mark(data);
    tellProblems(isTold);
    showEffects();
  }

  /** @param {Data} data */
  function mark(data) {
    const other = new Set(differing(keys, data, base().data));
    for (const { group, count, rows } of groups) {
      const here = rows.filter(({ entry }) => other.has(entry.key)).length;
      group.classList.toggle("own__group--changed", here > 0);
      count.textContent = here > 0 ? `${rows.length}, ${here} changed` : String(rows.length);
      for (const { entry, said, marks, row } of rows) {
        const given = /** @type {any} */ (get(data, entry.key));
        const isAsked = given !== null && given !== undefined;
        const words = isAsked && entry.accepts ? inWords(given.value) : "";
        said.textContent = words ? `: ${words}` : "";
        const isWrong = problems.some(({ key }) => placeOf(key).entry === entry.key);
        const tags = [
          ...(isWrong ? [["Problem", "red"]] : []),
          ...(other.has(entry.key) ? [["Changed", "blue"]] : []),
          ...(isAsked ? [] : [["Not asked", "grey"]]),
        ];
        const wanted = tags.map(([text]) => text).join(" ");
        if (marks.textContent?.trim() !== wanted)
          marks.replaceChildren(...tags.flatMap(([text, colour]) => [make("strong", { class: `govuk-tag govuk-tag--${colour}` }, text), " "]));
        row.querySelector("[data-reset]")?.toggleAttribute("hidden", !other.has(entry.key));
        row.classList.toggle("own__term--changed", other.has(entry.key));
      }
    }
    byId("changes", HTMLElement).textContent =
      other.size === 0 ? `The same as ${base().title}.` : `${counted(other.size, "change")} from ${base().title}.`;
  }

  /** Where something that is wrong is told. @param {string} key @returns {{ id: string, entry?: string }} */
  function placeOf(key) {
    const first = /** @type {string} */ (key.split(/[.[]/, 1)[0]);
    if (["id", "title", "edition", "closure_days", "levels"].includes(first)) return { id: first };
    if (first === "own_prompts") return { id: key };
    const [group, name, part = ""] = key.split(".");
    const entry = `${group}.${name}`;
    if (!rows.has(entry)) return { id: "" };
    const shown = ["value", "force", "cites", "note", "leaves_room"].includes(part) ? `${entry}.${part}` : "";
    return { id: shown, entry };
  }

  /** The control at which a problem is told, drawn where it is not there yet. @param {string} key @returns {HTMLElement | null} */
  function targetOf(key) {
    const { id, entry } = placeOf(key);
    if (entry) build(/** @type {TermRow} */ (rows.get(entry)));
    return (id && document.getElementById(id)) || (entry ? document.getElementById(`${entry}.state`) : null);
  }

  /** @type {Map<HTMLElement, string>} what is told, by its control */
  let told = new Map();

  /** @param {boolean} isTold */
  function tellProblems(isTold) {
    /** @type {Map<HTMLElement, string>} */
    const wanted = new Map();
    /** @type {HTMLElement[]} */
    const lines = [];
    for (const { key, problem } of problems) {
      const target = targetOf(key);
      const words = wordsFor(key, problem, target);
      if (target && !isTold && !told.has(target)) continue;
      if (target && !wanted.has(target)) wanted.set(target, words);
      lines.push(make("li", {}, ...(target ? [leadTo(target, words, key)] : [`${key || "The file"}: ${words} `, ...takeAway(key, problem)])));
    }
    for (const target of told.keys()) if (!wanted.has(target)) tell(target, "");
    for (const [target, words] of wanted) if (told.get(target) !== words || !document.getElementById(`${target.id}-error`)) tell(target, words);
    told = wanted;
    const place = byId("problems", HTMLElement);
    if (lines.length === 0) return place.replaceChildren();
    place.replaceChildren(
      make(
        "div",
        { class: "govuk-error-summary" },
        make("h2", { class: "govuk-error-summary__title", id: "problems-title" }, "There is a problem"),
        make("div", { class: "govuk-error-summary__body" }, make("ul", { class: "govuk-list govuk-error-summary__list" }, ...lines)),
      ),
    );
  }

  /** @param {string} key @param {string} problem @param {HTMLElement | null} target */
  function wordsFor(key, problem, target) {
    const broken = target instanceof HTMLTextAreaElement && isWrittenAsJson(key) ? notJson(target.value) : "";
    if (broken) return `This is not JSON yet: ${broken}`;
    // What was found stands in the control already.
    const words = problem.replace(/, found [^]*$/, "").replace(/^expected /, "enter ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /** @param {string} key */
  function isWrittenAsJson(key) {
    const { id, entry } = placeOf(key);
    if (id === "levels") return true;
    const accepts = entry && rows.get(entry)?.entry.accepts;
    return Boolean(accepts && isJson(accepts) && key.startsWith(`${entry}.value`));
  }

  /** @param {HTMLElement} target @param {string} words @param {string} key */
  function leadTo(target, words, key) {
    const about = rows.get(placeOf(key).entry ?? "")?.entry.meaning.replace(/\.$/, "");
    const link = make("a", { href: `#${target.id}` }, about ? `${about}: ${words}` : words);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      clearSearch();
      for (let at = target.closest("details"); at; at = at.parentElement?.closest("details") ?? null) at.open = true;
      const control = target instanceof HTMLFieldSetElement ? (target.querySelector("input:checked") ?? target.querySelector("input")) : target;
      /** @type {HTMLElement} */ (control ?? target).focus();
    });
    return link;
  }

  /** What a file holds and no procedure has can be taken away. @param {string} key @param {string} problem */
  function takeAway(key, problem) {
    if (problem !== "there is no such key" && get(work.source, key) === undefined) return [];
    const button = make("button", { type: "button", class: "link-button" }, "Take it away");
    button.addEventListener("click", () => {
      work.set(key, undefined);
      follow(true);
      byId("problems", HTMLElement).focus();
    });
    return [button];
  }

  // ---- the example ----

  function showEffects() {
    const { record, today, stage } = /** @type {import("../examples.js").WholeExample} */ (examples.get(exampleChoice.value));
    const place = byId("effects", HTMLElement);
    const count = byId("effects-count", HTMLElement);
    byId("effects-about", HTMLElement).textContent = `Checked on ${day(today)}, at the stage: ${STAGES.find(([id]) => id === stage)?.[1] ?? stage}. Compared with ${base().title}.`;
    if (!checker) return;
    const check = (/** @type {Validator} */ one) => one.check(/** @type {PlanRecord} */ (record), { today, stage: /** @type {Stage} */ (stage) });
    const { come, gone, weighed, moved, set, lifted, asked, unasked } = compare(check(baseChecker), check(checker));
    const parts = [
      counted(come.length, "new finding"),
      `${gone.length} gone`,
      ...(weighed.length > 0 ? [`${weighed.length} weighed otherwise`] : []),
      `${counted(moved.length, "deadline")} moved`,
      ...(set.length > 0 ? [`${set.length} set`] : []),
      ...(lifted.length > 0 ? [`${lifted.length} lifted`] : []),
    ];
    const words = `${parts.join(", ")}.`;
    const late = problems.length > 0 ? " As it was before the problem." : "";
    if (count.textContent !== words + late) count.textContent = words + late;
    const finding = (/** @type {Finding} */ { severity, message }) => [`${MARKS[severity]}: ${message}`];
    const due = (/** @type {Due} */ { title, due, limit }) => [`${title}: by ${day(due)} (${limit})`];
    place.replaceChildren(
      ...effect("New findings", come.map(finding)),
      ...effect("Findings that go", gone.map(finding)),
      ...effect("Findings weighed otherwise", weighed.map(({ before, now }) => [`${now.message} `, make("strong", {}, MARKS[now.severity]), ` (was ${MARKS[before.severity]})`])),
      ...effect("Deadlines that move", moved.map(({ before, now }) => [`${now.title}: by `, make("strong", {}, day(now.due)), ` (was ${day(before.due)})`])),
      ...effect("New deadlines", set.map(due)),
      ...effect("Deadlines that go", lifted.map(due)),
      ...effect("New questions", asked.map((question) => [question])),
      ...effect("Questions that go", unasked.map((question) => [question])),
    );
  }

  // ---- search ----

  function sift() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const isSifted = words.length > 0 || onlyChanged.checked;
    let left = 0;
    for (const { group, rows } of groups) {
      let here = 0;
      for (const { entry, row, said } of rows) {
        const text = `${entry.heading} ${entry.meaning} ${entry.key} ${entry.key.replaceAll(/[_.]/g, " ")} ${said.textContent}`.toLowerCase();
        const isLeft = words.every((word) => text.includes(word)) && (!onlyChanged.checked || row.classList.contains("own__term--changed"));
        row.hidden = !isLeft;
        if (isLeft) here++;
      }
      group.hidden = here === 0;
      if (isSifted) group.open = here > 0;
      left += here;
    }
    byId("found", HTMLElement).textContent = isSifted ? `${left} of ${entries.length} shown` : `${entries.length} in ${groups.length} groups`;
  }

  function clearSearch() {
    search.value = "";
    onlyChanged.checked = false;
    sift();
  }

  search.addEventListener("input", sift);
  onlyChanged.addEventListener("change", sift);

  // ---- beginning, saving, loading ----

  /** Draws everything anew. */
  function draw() {
    for (const { row, body } of rows.values()) {
      body.replaceChildren();
      row.open = false;
    }
    told = new Map();
    drawWhole();
    follow(true);
    sift();
  }

  /** Puts another procedure in the place of what is there, which can be had back. @param {Data} data @param {string} from the base @param {string} words */
  function replace(data, from, words) {
    const before = { work, baseId };
    const isLost = !same(work.written(), base().data);
    const go = (/** @type {Procedure} */ next, /** @type {string} */ id) => {
      work = next;
      baseId = baseChoice.value = id;
      baseChecker.free();
      baseChecker = new Validator(/** @type {any} */ (base().data));
      draw();
    };
    go(new Procedure(data), from);
    notice(words, isLost ? "Put back what was here" : "", () => go(before.work, before.baseId));
  }

  byId("begin", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const { title, data } = /** @type {{ title: string, data: Data }} */ (bases.get(baseChoice.value));
    const own = [...examples].find(([, { procedure }]) => procedure === baseChoice.value);
    if (own) exampleChoice.value = own[0];
    replace(data, baseChoice.value, `You begin with ${title}.`);
    saved = JSON.stringify(work.written());
  });

  byId("save", HTMLButtonElement).addEventListener("click", () => {
    const data = work.written();
    const name = typeof data.id === "string" && /^[a-z0-9-]+$/.test(data.id) ? data.id : "procedure";
    download(data, `${name}.json`);
    saved = JSON.stringify(data);
    follow(true);
    if (problems.length === 0) return notice("The procedure is saved, in your downloads.");
    notice("What you have entered is saved, in your downloads. It cannot be checked with until the problems are put right.");
    byId("problems", HTMLElement).focus();
  });

  byId("load", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    try {
      const data = await readPlan(chosen, "procedure");
      // The manual that it differs from least.
      const distance = (/** @type {string} */ id) => differing(keys, data, bases.get(id)?.data).length;
      const near = manuals.reduce((best, id) => (distance(id) < distance(best) ? id : best));
      replace(data, near, `${chosen.name} is loaded. It is compared with ${bases.get(near)?.title}, which is nearest to it.`);
      saved = JSON.stringify(data);
      if (problems.length > 0) byId("problems", HTMLElement).focus();
    } catch (error) {
      notice(error instanceof Error ? error.message : String(error));
    }
    // So that the same file can be chosen again.
    file.value = "";
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (target === search || target === onlyChanged) return;
    clearTimeout(pause);
    pause = window.setTimeout(() => follow(false), PAUSE);
  });
  form.addEventListener("change", ({ target }) => {
    if (target !== search && target !== onlyChanged) follow(true);
  });
  exampleChoice.addEventListener("change", showEffects);
  window.addEventListener("beforeunload", (event) => {
    if (JSON.stringify(work.written()) !== saved) event.preventDefault();
  });

  draw();
  for (const button of document.querySelectorAll("main button")) button.toggleAttribute("disabled", false);
}

/** @param {string} title @param {(Node | string)[][]} lines */
function effect(title, lines) {
  if (lines.length === 0) return [];
  return [
    make("h3", { class: "govuk-heading-s" }, title),
    make("ul", { class: "govuk-list govuk-list--bullet" }, ...lines.map((line) => make("li", {}, ...line))),
  ];
}

/** @param {string} words @param {string} [undo] @param {() => void} [back] */
function notice(words, undo = "", back = () => {}) {
  const line = make("p", { class: "notice" }, words);
  if (undo) {
    const button = make("button", { type: "button", class: "link-button" }, undo);
    button.addEventListener("click", () => {
      back();
      notice("It is as it was.");
    });
    line.append(" ", button);
  }
  byId("notice", HTMLElement).replaceChildren(line);
}
