// The page for many plans: a file is chosen and checked, and what was found is counted, listed and read plan by plan.

import { civilDay } from "../../pkg/core.js";
import { library } from "../../pkg/why.js";
import { PARTS } from "../findings.js";
import { offer } from "../files.js";
import { byId, counted, day, fold, make, startGovuk, startPage } from "../page.js";
import { startChecker } from "./checker.js";
import { asJson, findingsCsv, plansCsv } from "./downloads.js";
import { planView } from "./plan.js";
import { Store } from "./store.js";

/** @import { Requirement } from "../../pkg/why.js" */
/** @import { Stage } from "../../pkg/form.js" */
/** @import { Shown } from "./downloads.js" */
/** @import { Filter, Order, Row, Tally } from "./store.js" */

const ON_A_PAGE = 50;
const RULES_SHOWN = 10;
const UNREAD_SHOWN = 100;
/** How often progress is said aloud, in milliseconds. */
const ANNOUNCED_EVERY = 15_000;

const file = byId("file", HTMLInputElement);
const procedure = byId("procedure", HTMLSelectElement);
const stage = byId("stage", HTMLSelectElement);
const today = byId("today", HTMLInputElement);
const results = byId("results", HTMLElement);
const one = byId("one", HTMLElement);
const notice = byId("notice", HTMLElement);
const filterForm = byId("filter", HTMLFormElement);
const table = byId("plans", HTMLTableElement);
const number = new Intl.NumberFormat("en-GB");

await startPage(start);

async function start() {
  const [checker] = await Promise.all([startChecker(), startGovuk()]);
  for (const { id, title } of checker.procedures) procedure.append(new Option(title, id));
  today.value = civilDay();
  const titles = new Map(checker.rules.map(({ id, title }) => [id, title]));
  const manuals = new Map(checker.procedures.map(({ id, title }) => [id, title]));
  const parts = new Map([...byId("part", HTMLSelectElement).options].map(({ value, text }) => [value, text]));
  // All at once: nothing is fetched once a file has been read.
  const libraryOf = library(new URL("../../pkg/requirements/", import.meta.url));
  const requirements = new Map(
    await Promise.all(
      checker.procedures.map(async ({ id }) => /** @type {[string, Map<string, Requirement>]} */ ([id, await libraryOf(id)])),
    ),
  );
  const requirement = (/** @type {string} */ manual, /** @type {string} */ id) => requirements.get(manual)?.get(id);
  const partTitle = (/** @type {string} */ part) => parts.get(part) ?? part;
  const ruleTitle = (/** @type {string} */ rule) => titles.get(rule) ?? rule;

  let store = new Store();
  /** @type {Row[]} */
  let rows = [];
  let page = 0;
  /** @type {{ by: Order, isUp: boolean }} */
  let order = { by: "late", isUp: false };
  let isStopped = false;
  let isBusy = false;

  byId("options", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = file.files?.[0];
    tellAtFile(chosen ? "" : "Choose a file");
    if (chosen) check(chosen);
    else byId("file", HTMLElement).focus();
  });
  file.addEventListener("change", () => tellAtFile(""));
  // Dropped anywhere: a file that misses its field would take the place of the page.
  const dropped = document.documentElement;
  dropped.addEventListener("dragover", (event) => {
    event.preventDefault();
    dropped.classList.toggle("audit--dropping", event.dataTransfer?.types.includes("Files"));
  });
  dropped.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || dropped.classList.remove("audit--dropping"));
  dropped.addEventListener("drop", (event) => {
    event.preventDefault();
    dropped.classList.remove("audit--dropping");
    const files = event.dataTransfer?.files;
    if (isBusy || !files?.length) return;
    if (files.length > 1) return tellAtFile("Drop one file at a time");
    file.files = files;
    tellAtFile("");
    check(files[0]);
  });
  byId("sample", HTMLButtonElement).addEventListener("click", async () => {
    try {
      const response = await fetch(new URL("../examples/audit.ndjson", import.meta.url));
      if (!response.ok) throw new Error("The invented plans cannot be had.");
      await check(new File([await response.blob()], "audit.ndjson"));
    } catch (error) {
      tell(error);
    }
  });
  byId("cancel", HTMLButtonElement).addEventListener("click", () => (isStopped = true));

  /** @param {File} chosen */
  async function check(chosen) {
    if (isBusy) return;
    isBusy = true;
    isStopped = false;
    store = new Store();
    clearFilters();
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    results.hidden = one.hidden = true;
    notice.replaceChildren();
    const progress = showProgress(chosen.name);
    /** @type {unknown} */
    let problem;
    try {
      const asked = {
        procedure: procedure.value,
        stage: /** @type {Stage} */ (stage.value),
        today: today.value || civilDay(),
        parts: Object.values(PARTS).flat(),
      };
      for await (const batch of checker.run(chosen, asked)) {
        store.add(batch);
        progress.show(batch.bytes / chosen.size, store);
        if (isStopped) break;
      }
    } catch (error) {
      problem = error;
    }
    progress.end();
    isBusy = false;
    store.finish();
    if (problem) tell(problem);
    if (store.plans.length + store.unread.length > 0) showResults(Boolean(problem));
  }

  /** @param {boolean} isBroken */
  function showResults(isBroken) {
    const { plans, unread } = store;
    const having = (/** @type {(plan: Row) => number} */ of) => plans.filter((plan) => of(plan) > 0).length;
    results.hidden = false;
    byId("results-title", HTMLElement).textContent = `${countedBig(plans.length, "plan")} checked`;
    const partial = byId("partial", HTMLElement);
    partial.hidden = !isStopped && !isBroken;
    partial.textContent = "Only a part of the file was checked. What follows is about that part.";
    byId("figures", HTMLElement).replaceChildren(
      ...figure("Plans with overdue deadlines", having(({ overdue }) => overdue)),
      ...figure("Plans with something to put right", having(({ error }) => error)),
      ...figure("Plans with something to look at", having(({ warning }) => warning)),
      ...figure("Plans with none of these", plans.length - having(({ error, warning, overdue }) => error + warning + overdue)),
      ...figure("Records not checked", unread.length),
    );
    showUnread();
    const { rules, parts } = store.tallies();
    showTally("by-part", parts, "part", partTitle);
    const all = byId("all-rules", HTMLButtonElement);
    all.hidden = rules.length <= RULES_SHOWN;
    const showRules = (/** @type {boolean} */ isAll) => {
      showTally("by-rule", isAll ? rules : rules.slice(0, RULES_SHOWN), "rule", ruleTitle);
      all.textContent = isAll ? `Show the first ${RULES_SHOWN} rules` : `Show all ${rules.length} rules`;
      all.setAttribute("aria-expanded", String(isAll));
    };
    all.onclick = () => showRules(all.getAttribute("aria-expanded") !== "true");
    showRules(false);
    byId("rule", HTMLSelectElement).replaceChildren(
      new Option("Any", ""),
      ...rules.map(({ id }) => new Option(ruleTitle(id), id)).sort((a, b) => a.text.localeCompare(b.text)),
    );
    order = { by: "late", isUp: false };
    list();
    focusOn(byId("results-title", HTMLElement));
  }

  function showUnread() {
    const { unread } = store;
    const rest = unread.length - UNREAD_SHOWN;
    byId("unread", HTMLElement).replaceChildren(
      ...(unread.length === 0
        ? []
        : [
            fold(
              [`${countedBig(unread.length, "record")} could not be checked`],
              make(
                "ul",
                { class: "govuk-list" },
                ...unread.slice(0, UNREAD_SHOWN).map(({ number, line, reference, problem }) =>
                  make("li", {}, `Record ${number}${reference ? ` (${reference})` : ""}, line ${line}: ${problem}`),
                ),
              ),
              ...(rest > 0 ? [make("p", { class: "govuk-body" }, `And ${number.format(rest)} more: see the downloads.`)] : []),
            ),
          ]),
    );
  }

  /** @param {string} id @param {Tally[]} tallies @param {"rule" | "part"} control @param {(id: string) => string} title */
  function showTally(id, tallies, control, title) {
    byId(id, HTMLTableElement).tBodies[0].replaceChildren(
      ...tallies.map((tally) => {
        const button = make("button", { type: "button", class: "link-button" }, title(tally.id));
        button.addEventListener("click", () => {
          clearFilters();
          byId(control, HTMLSelectElement).value = tally.id;
          list();
          focusOn(byId("plans-title", HTMLElement));
        });
        return make(
          "tr",
          { class: "govuk-table__row" },
          make("td", { class: "govuk-table__cell" }, button),
          make("td", { class: "govuk-table__cell govuk-table__cell--numeric" }, number.format(tally.plans)),
          make("td", { class: "govuk-table__cell govuk-table__cell--numeric" }, number.format(tally.findings)),
        );
      }),
    );
  }

  // ---- the list ----

  /** @returns {Filter} */
  const filter = () => ({
    text: byId("text", HTMLInputElement).value,
    severity: byId("severity", HTMLSelectElement).value,
    rule: byId("rule", HTMLSelectElement).value,
    part: byId("part", HTMLSelectElement).value,
    state: byId("state", HTMLSelectElement).value,
  });

  const clearFilters = () => filterForm.reset();

  function list() {
    rows = store.shown(filter(), order.by, order.isUp);
    page = 0;
    byId("clear", HTMLElement).hidden = Object.values(filter()).every((value) => value === "");
    for (const button of table.querySelectorAll("button")) {
      const header = /** @type {Element} */ (button.closest("th"));
      if (button.dataset.order === order.by) header.setAttribute("aria-sort", order.isUp ? "ascending" : "descending");
      else header.removeAttribute("aria-sort");
    }
    showPage();
  }

  function showPage() {
    const from = page * ON_A_PAGE;
    const here = rows.slice(from, from + ON_A_PAGE);
    const pages = Math.ceil(rows.length / ON_A_PAGE);
    table.tBodies[0].replaceChildren(...here.map(planRow));
    table.hidden = rows.length === 0;
    byId("count", HTMLElement).textContent =
      rows.length === 0
        ? "No plan is left. Change or clear the filters."
        : pages === 1
          ? countedBig(rows.length, "plan")
          : `Plans ${number.format(from + 1)} to ${number.format(from + here.length)} of ${number.format(rows.length)}`;
    byId("pages", HTMLElement).hidden = pages < 2;
    byId("page", HTMLElement).textContent = `Page ${page + 1} of ${pages}`;
    byId("previous", HTMLButtonElement).disabled = page === 0;
    byId("next", HTMLButtonElement).disabled = page + 1 >= pages;
  }

  filterForm.addEventListener("submit", (event) => event.preventDefault());
  filterForm.addEventListener("change", list);
  let typing = 0;
  byId("text", HTMLInputElement).addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(list, 150);
  });
  byId("clear", HTMLButtonElement).addEventListener("click", () => {
    clearFilters();
    list();
    byId("text", HTMLInputElement).focus();
  });
  table.tHead?.addEventListener("click", ({ target }) => {
    const by = /** @type {Order | undefined} */ (/** @type {HTMLElement} */ (target).closest("button")?.dataset.order);
    if (!by) return;
    // Numbers begin with the largest, names with the first.
    order = { by, isUp: order.by === by ? !order.isUp : by === "name" };
    list();
  });
  const turn = (/** @type {number} */ by) => {
    page += by;
    showPage();
    focusOn(byId("plans-title", HTMLElement));
  };
  byId("previous", HTMLButtonElement).addEventListener("click", () => turn(-1));
  byId("next", HTMLButtonElement).addEventListener("click", () => turn(1));

  // ---- one plan ----

  /** The plan that was open last, to which the list goes back. */
  let opened = "";
  window.addEventListener("hashchange", () => {
    const [, wanted] = /^#record-(\d+)$/.exec(location.hash) ?? [];
    const plan = wanted && store.plans.find(({ number }) => number === Number(wanted));
    if (plan) {
      opened = location.hash;
      byId("one-title", HTMLElement).textContent = plan.name;
      byId("one-about", HTMLElement).textContent =
        `${manuals.get(plan.procedure) ?? plan.procedure}, ${stageTitle(plan.stage)}, on ${day(plan.today)}. ` +
        `Record ${plan.number}, line ${plan.line} of the file.`;
      byId("one-body", HTMLElement).replaceChildren(...planView(plan, { store, partTitle, requirement }));
      results.hidden = true;
      one.hidden = false;
      focusOn(byId("one-title", HTMLElement));
    } else if (!one.hidden) {
      one.hidden = true;
      results.hidden = false;
      const link = table.querySelector(`a[href="${opened}"]`);
      focusOn(link instanceof HTMLElement ? link : byId("plans-title", HTMLElement));
    }
  });

  // ---- downloads ----

  for (const [id, name, put] of /** @type {[string, string, (shown: Shown) => Promise<Blob>][]} */ ([
    ["plans-csv", "plans.csv", plansCsv],
    ["findings-csv", "findings.csv", findingsCsv],
    ["json", "plans.json", asJson],
  ])) {
    byId(id, HTMLButtonElement).addEventListener("click", async () => {
      offer(await put({ store, rows, filter: filter(), partTitle, requirement }), name);
    });
  }

  setBusy(false);
}

/** @param {Row} plan */
function planRow(plan) {
  const first = plan.deadlines.find(({ status }) => status === "overdue");
  const cell = (/** @type {string} */ label, /** @type {number} */ count) =>
    make("td", { class: "govuk-table__cell govuk-table__cell--numeric", "data-label": label }, number.format(count));
  return make(
    "tr",
    { class: "govuk-table__row" },
    make(
      "th",
      { scope: "row", class: "govuk-table__header" },
      make("a", { class: "govuk-link govuk-link--no-visited-state", href: `#record-${plan.number}` }, plan.name),
    ),
    make(
      "td",
      { class: "govuk-table__cell", "data-label": "Longest overdue" },
      ...(first ? [`${first.title}, `, make("span", { class: "audit__due" }, `due ${day(first.due, "medium")}`)] : []),
    ),
    cell("Overdue", plan.overdue),
    cell("Must", plan.error),
    cell("Should", plan.warning),
    cell("Advice", plan.advice),
  );
}

/** @param {string} name */
function showProgress(name) {
  const [box, bar, text] = [byId("progress", HTMLElement), byId("bar", HTMLProgressElement), byId("progress-text", HTMLElement)];
  const [cancel, announce] = [byId("cancel", HTMLButtonElement), byId("announce", HTMLElement)];
  box.hidden = false;
  bar.value = 0;
  byId("bar-label", HTMLElement).textContent = `Checking ${name}`;
  text.textContent = "";
  setBusy(true);
  cancel.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
  let announced = performance.now();
  return {
    /** @param {number} share @param {Store} store */
    show(share, { plans, unread }) {
      const percent = Math.floor(Math.min(share, 1) * 100);
      bar.value = percent;
      text.textContent = `${countedBig(plans.length + unread.length, "record")}, ${percent}% of the file`;
      if (performance.now() - announced < ANNOUNCED_EVERY) return;
      announced = performance.now();
      announce.textContent = `${percent}% checked`;
    },
    end() {
      box.hidden = true;
      announce.textContent = "";
      setBusy(false);
    },
  };
}

/** Whether the page has to be waited for. @param {boolean} isBusy */
function setBusy(isBusy) {
  byId("check", HTMLButtonElement).disabled = byId("sample", HTMLButtonElement).disabled = isBusy;
}

/** @param {string} words @param {number} count */
function figure(words, count) {
  return [make("div", {}, make("dt", {}, words), make("dd", {}, number.format(count)))];
}

/** @param {number} count @param {string} what */
function countedBig(count, what) {
  return counted(count, what).replace(/^\d+/, number.format(count));
}

/** @param {string} value */
function stageTitle(value) {
  return [...stage.options].find((option) => option.value === value)?.text ?? value;
}

/** @param {HTMLElement} element */
function focusOn(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/** @param {string} problem */
function tellAtFile(problem) {
  const message = byId("file-error", HTMLElement);
  message.textContent = problem;
  message.hidden = problem === "";
  byId("file-group", HTMLElement).classList.toggle("govuk-form-group--error", problem !== "");
}

/** @param {unknown} error */
function tell(error) {
  notice.replaceChildren(
    make("p", { class: "notice notice--problem" }, error instanceof Error ? error.message : String(error)),
  );
}
