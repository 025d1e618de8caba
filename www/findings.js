// The panel beside the form: what was found, by part of the plan, with the way to each place and the reason for it.

import { rules } from "../pkg/cinplan.js";
import { fields, goTo, library, nearest } from "../pkg/form.js";
import { counted, day, fold, hidden, make } from "./page.js";

/** @import { CatalogueEntry, Due, Finding, Report } from "../pkg/cinplan.js" */

/** The parts of the form, and the parts of a record that each shows. @type {Record<string, string[]>} */
export const PARTS = {
  children: ["children"],
  case: ["case", "assessment"],
  plan: ["plan"],
  meetings: ["meetings"],
  conferences: ["conferences"],
  sharing: ["sharing"],
  visits: ["visits"],
  moving: ["transfer"],
  closure: ["closure"],
  reasons: ["accepted"],
  checklist: ["judgements"],
};

/** How a finding is marked. What the manual demands comes first. */
export const MARKS = { error: "Must", warning: "Should", advice: "Advice" };

/** How the state of a deadline is said, and the colour of its tag. */
export const STATES = {
  overdue: ["Overdue", "red"],
  "due-soon": ["Due soon", "yellow"],
  upcoming: ["Ahead", "blue"],
  "met-late": ["Done late", "grey"],
  met: ["Done in time", "green"],
};

const requirementsOf = library(new URL("../pkg/requirements/", import.meta.url));

/**
 * @param {{ form: HTMLFormElement, title: HTMLElement, body: HTMLElement, nav: HTMLElement }} page
 * @param {(finding: Finding, today: string) => void} settle called when somebody wants to record a reason
 */
export function findingsPanel({ form, title, body, nav }, settle) {
  const guidance = rules().filter((entry) => entry.kind === "guidance");
  /** @param {Report} report */
  return (report) => {
    const open = report.findings.filter((finding) => !finding.accepted);
    const advice = open.filter((finding) => finding.severity === "advice");
    const settled = report.findings.filter((finding) => finding.accepted);
    const tips = guidance.filter((entry) => entry.cites[report.procedure.id]);
    const all = fields(form);
    const asked = inFormOrder(
      open.filter((finding) => finding.severity !== "advice"),
      form,
      all,
    );
    const item = (/** @type {Finding} */ finding) => findingItem(finding, report, form, all, settle);

    const words = heading(report);
    title.textContent = words;
    for (const back of form.querySelectorAll(".to-findings")) {
      // It stands in the form, which the adapter watches for changes: only what is new is written.
      if (back.textContent !== words) back.textContent = words;
      back.removeAttribute("hidden");
    }
    const isOpen = foldsOpen(body);
    const backToFocus = keepFocus(body);
    body.replaceChildren(
      ...byPart(asked).flatMap(([part, findings]) => [
        make(
          "h3",
          { class: "govuk-heading-s findings__part" },
          partTitle(part),
          " ",
          make("span", {}, String(findings.length)),
        ),
        make("ul", { class: "govuk-list findings__list" }, ...findings.map(item)),
      ]),
      ...checklistLine(report),
      ...folded("advice", counted(advice.length, "piece of advice", "pieces of advice"), advice, item),
      ...folded("settled", `${counted(settled.length, "thing")} settled by a recorded reason`, settled, item),
      ...folded("deadlines", deadlinesTitle(report.deadlines), openFirst(report.deadlines), (due) =>
        deadlineItem(due, form, all),
      ),
      ...folded("tips", `${counted(tips.length, "tip")} from the manual`, tips, (tip) => tipItem(tip, form, all)),
      make(
        "p",
        { class: "findings__source" },
        `${report.procedure.title}, edition ${report.procedure.edition}, on ${day(report.today)}`,
      ),
    );
    for (const fold of foldsIn(body)) if (isOpen.has(fold.dataset.fold)) fold.open = true;
    backToFocus();
    markParts(nav, asked);
    markRows(form, asked, all);
    showTips(tips, all);
    document.title = `${report.summary.errors > 0 ? "Error: " : ""}Child in Need plan – cinplan`;
  };
}

/** @param {Report} report */
function heading({ summary: { errors, warnings } }) {
  if (errors + warnings === 0) return "Nothing to put right at this stage";
  const parts = [];
  if (errors > 0) parts.push(`${counted(errors, "thing")} to put right`);
  if (warnings > 0) parts.push(`${errors > 0 ? warnings : counted(warnings, "thing")} to look at`);
  return parts.join(", ");
}

/**
 * @param {Finding} finding
 * @param {Report} report
 * @param {HTMLFormElement} form
 * @param {ReturnType<typeof fields>} all
 * @param {(finding: Finding, today: string) => void} settle
 */
function findingItem(finding, report, form, all, settle) {
  const why = fold(["Why?", hidden(` ${finding.message}`)]);
  why.classList.add("findings__why");
  why.dataset.fold = `${finding.rule} ${finding.item ?? finding.path}`;
  const text = /** @type {HTMLElement} */ (why.querySelector(".govuk-details__text"));
  why.addEventListener("toggle", async () => {
    if (!why.open || text.hasChildNodes()) return;
    const known = await requirementsOf(report.procedure.id);
    text.replaceChildren(
      ...finding.cites.map((id) => {
        const requirement = known.get(id);
        return make(
          "p",
          {},
          requirement ? `${requirement.says} ` : "",
          make("cite", {}, requirement ? `${requirement.section} (${id})` : id),
        );
      }),
      ...readings(finding, known),
    );
  });
  return make(
    "li",
    { class: `findings__item findings__item--${finding.severity}` },
    make("span", { class: "findings__mark" }, finding.accepted ? "Settled" : MARKS[finding.severity]),
    " ",
    link(finding.path, finding.message, form, all),
    make("p", {}, finding.accepted ? settledBy(finding.accepted) : finding.remedy),
    ...(finding.leaves_room && !finding.accepted ? [settleButton(finding, report.today, settle)] : []),
    why,
  );
}

/**
 * How the manual is read where it leaves something open, each reading once.
 *
 * @param {Finding} finding
 * @param {Map<string, { note?: string }>} requirements
 */
function readings({ note, cites }, requirements) {
  const notes = [note, ...cites.map((id) => requirements.get(id)?.note)];
  return [...new Set(notes)].flatMap((one) => (one ? [make("p", {}, `How this is read: ${one}`)] : []));
}

/** The reason with who stands behind it. @param {NonNullable<Finding["accepted"]>} accepted */
function settledBy({ reason, by, role, on }) {
  return `${reason} (${[by, role, on && day(on)].filter(Boolean).join(", ")})`;
}

/**
 * Where the manual leaves room, a recorded reason settles what was found.
 *
 * @param {Finding} finding
 * @param {string} today
 * @param {(finding: Finding, today: string) => void} settle
 */
function settleButton(finding, today, settle) {
  const button = make(
    "button",
    { type: "button", class: "link-button" },
    "Record a reason",
    hidden(` for: ${finding.message}`),
  );
  button.addEventListener("click", () => settle(finding, today));
  return make("p", {}, button);
}

/** @param {Due} due @param {HTMLFormElement} form @param {ReturnType<typeof fields>} all */
function deadlineItem(due, form, all) {
  const [state, colour] = STATES[due.status];
  const done = due.done_on ? `, done on ${day(due.done_on)}` : "";
  return make(
    "li",
    { class: "findings__item" },
    make("strong", { class: `govuk-tag govuk-tag--${colour}` }, state),
    " ",
    link(due.path, due.title, form, all),
    make("p", {}, `By ${day(due.due)}: ${due.limit} after ${due.event} on ${day(due.from)}${done}`),
  );
}

/** @param {CatalogueEntry} tip @param {HTMLFormElement} form @param {ReturnType<typeof fields>} all */
function tipItem({ title, path }, form, all) {
  // A tip about rows is for the first as for any other.
  return make("li", { class: "findings__item" }, link(path?.replaceAll("[]", "[0]") ?? "", title, form, all));
}

/**
 * Puts each tip at the field it belongs to, folded; of rows, at the first. The adapter watches the form for changes, so
 * only what is new is written.
 *
 * @param {CatalogueEntry[]} tips
 * @param {ReturnType<typeof fields>} all
 */
function showTips(tips, all) {
  /** @type {Map<HTMLElement, string[]>} */
  const wanted = new Map();
  for (const { path, title } of tips) {
    const field = all.find((field) => field.path === path?.replaceAll("[]", "[0]"));
    const control = field?.controls[0];
    const whole = control?.closest(".govuk-date-input, .govuk-radios, .govuk-checkboxes") ?? control;
    const group = whole?.closest(".govuk-form-group");
    if (group instanceof HTMLElement) wanted.set(group, [...(wanted.get(group) ?? []), title]);
  }
  for (const tip of document.querySelectorAll(".tip")) {
    const group = tip.parentElement;
    const said = [...tip.querySelectorAll("p")].map((text) => text.textContent).join();
    if (group && wanted.get(group)?.join() === said) wanted.delete(group);
    else tip.remove();
  }
  for (const [group, texts] of wanted) {
    const words = texts.length === 1 ? "Tip from the manual" : "Tips from the manual";
    const tip = fold([words], ...texts.map((text) => make("p", { class: "govuk-body" }, text)));
    tip.classList.add("tip");
    group.append(tip);
  }
}

/** What still has to be done comes before what was done. @param {Due[]} deadlines */
function openFirst(deadlines) {
  return [...deadlines.filter((due) => !due.done_on), ...deadlines.filter((due) => due.done_on)];
}

/** @param {Due[]} deadlines */
function deadlinesTitle(deadlines) {
  const count = (/** @type {string} */ status) => deadlines.filter((due) => due.status === status).length;
  const parts = [counted(deadlines.length, "deadline")];
  if (count("overdue") > 0) parts.push(`${count("overdue")} overdue`);
  if (count("due-soon") > 0) parts.push(`${count("due-soon")} due soon`);
  return parts.join(", ");
}

/** @param {Report} report */
function checklistLine({ summary: { prompts_answered, prompts_total } }) {
  if (prompts_total === 0) return [];
  const link = make("a", { class: "govuk-link govuk-link--no-visited-state", href: "#part-checklist" }, "Checklist");
  return [
    make("p", { class: "govuk-body findings__checklist" }, link, `: ${prompts_answered} of ${prompts_total} answered`),
  ];
}

/**
 * A link to the control that a path is about; text where the form has none.
 *
 * @param {string} path @param {string} text @param {HTMLFormElement} form @param {ReturnType<typeof fields>} all
 */
function link(path, text, form, all) {
  const target = nearest(path, all, form);
  if (!target) return make("span", {}, text);
  const anchor = make("a", { class: "govuk-link govuk-link--no-visited-state", href: `#${target.id}` }, text);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(target, path);
  });
  return anchor;
}

/**
 * @template Row
 * @param {string} id
 * @param {string} title
 * @param {Row[]} rows
 * @param {(row: Row) => HTMLElement} item
 */
function folded(id, title, rows, item) {
  if (rows.length === 0) return [];
  const details = fold([title], make("ul", { class: "govuk-list findings__list" }, ...rows.map(item)));
  details.dataset.fold = id;
  return [details];
}

/**
 * Whoever is in the panel by keyboard stays where they are when it is drawn anew.
 *
 * @param {HTMLElement} body
 * @returns {() => void} to be called once it is drawn
 */
function keepFocus(body) {
  const focused = document.activeElement;
  if (!focused || !body.contains(focused)) return () => {};
  return () => {
    const same = [...body.querySelectorAll(focused.tagName)].find((one) => one.textContent === focused.textContent);
    if (same instanceof HTMLElement) same.focus({ preventScroll: true });
  };
}

/** The folds that somebody opened stay open when the panel is drawn anew. @param {HTMLElement} body */
function foldsOpen(body) {
  return new Set(
    foldsIn(body)
      .filter((fold) => fold.open)
      .map((fold) => fold.dataset.fold),
  );
}

/** @param {HTMLElement} body */
function foldsIn(body) {
  return [...body.querySelectorAll("details")].filter((fold) => fold.dataset.fold);
}

/**
 * What must be put right first, and each in the order in which people come to it.
 *
 * @param {Finding[]} findings
 * @param {HTMLFormElement} form
 * @param {ReturnType<typeof fields>} all
 */
function inFormOrder(findings, form, all) {
  const places = new Map(findings.map((finding) => [finding, nearest(finding.path, all, form)]));
  return [...findings].sort((a, b) => {
    if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
    const [here, there] = [places.get(a), places.get(b)];
    if (!here || !there || here === there) return 0;
    return here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
}

/** @template {{ path: string }} Found @param {Found[]} findings @returns {[string, Found[]][]} in the order of the form; errors stay first in each */
export function byPart(findings) {
  const groups = new Map([...Object.keys(PARTS), "rest"].map((part) => [part, /** @type {Found[]} */ ([])]));
  for (const finding of findings) groups.get(partOf(finding.path))?.push(finding);
  return [...groups].filter(([, findings]) => findings.length > 0);
}

/** @param {string} path */
export function partOf(path) {
  const first = path.split(/[.[]/, 1)[0];
  return Object.keys(PARTS).find((part) => PARTS[part].includes(first)) ?? "rest";
}

/** @param {string} part */
function partTitle(part) {
  return document.getElementById(`part-${part}-title`)?.textContent ?? "Not in this form";
}

/**
 * Shows beside each part of the navigation how much there is to look at.
 *
 * @param {HTMLElement} nav
 * @param {Finding[]} findings
 */
function markParts(nav, findings) {
  const groups = new Map(byPart(findings));
  for (const link of nav.querySelectorAll("a")) {
    const count = groups.get(link.hash.replace("#part-", ""))?.length ?? 0;
    link.querySelector(".parts__count")?.remove();
    if (count > 0)
      link.append(make("span", { class: "parts__count" }, hidden(", "), String(count), hidden(" to look at")));
  }
}

/**
 * Shows on each row how much there is to look at in it.
 *
 * @param {HTMLFormElement} form
 * @param {Finding[]} findings
 * @param {ReturnType<typeof fields>} all
 */
function markRows(form, findings, all) {
  /** @type {Map<Element, number>} */
  const counts = new Map();
  for (const { path } of findings) {
    for (let row = nearest(path, all, form)?.closest(".row"); row; row = row.parentElement?.closest(".row")) {
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
  }
  for (const mark of form.querySelectorAll(".row__count")) {
    const count = counts.get(/** @type {Element} */ (mark.closest(".row"))) ?? 0;
    const words = count > 0 ? `${count} to look at` : "";
    // The adapter watches the form for changes: only what is new is written.
    if (mark.textContent !== words) mark.textContent = words;
  }
}
