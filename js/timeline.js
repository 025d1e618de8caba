// The deadlines of a case on one picture, and as a table. Start at `timeline`, or put <cin-timeline for="form-id"> on the
// page: importing this module defines the element.
//
// The core tells where each day lies; here numbers are scaled to pixels. People who see use the picture, those who listen
// have the table, and the links of the table carry the keyboard for both.

/** @import { Due, Report } from "./cinplan.js" */

import { long, short, withWeekday } from "./days.js";
import { follow, latest } from "./latest.js";
import { goTo } from "./place.js";

/**
 * The words around the deadlines.
 * @typedef {object} TimelineTexts
 * @property {string} caption What the table is called.
 * @property {string} none Where there is no deadline.
 * @property {string} nothing Where nothing is due any more.
 * @property {string} asTable Changes to the table.
 * @property {string} asPicture Changes to the picture.
 * @property {string} hint What can be done with the picture.
 * @property {string} today The mark of the day of the check.
 * @property {string} closed The name of a day on which the authority is closed.
 * @property {string} computed Follows the name of a bank holiday that is not announced yet.
 * @property {(until: string) => string} beyond Where a deadline lies past the last day for which bank holidays are announced.
 * @property {string} daysOff Heading of the days on which nobody works.
 * @property {[string, string, string, string]} columns Headings of the table.
 * @property {Record<Due["status"], string>} legend What each mark stands for.
 * @property {string} legendLate What a hatched line stands for.
 * @property {string} legendOff What the mark of a day off stands for.
 * @property {(due: Due) => string} state Where a deadline stands.
 * @property {(due: Due) => string} basis What it counts from.
 * @property {(overdue: number, next: Due | undefined) => string} next What is overdue and what comes next.
 * @property {(past: Due[]) => string} past What is folded away.
 * @property {string} show Before what is folded away.
 * @property {string} hide Before what was folded away.
 */

/** @type {TimelineTexts} */
const TEXTS = {
  caption: "Deadlines, the earliest first",
  none: "No deadlines yet.",
  nothing: "Nothing is due.",
  asTable: "Show as a table",
  asPicture: "Show as a picture",
  hint: "Select a mark to go to its field.",
  today: "Today",
  closed: "Office closed",
  computed: "not announced yet, worked out by the rules",
  beyond: (until) =>
    `Bank holidays are announced up to ${long(until)}. Working days after that are counted by the usual rules, and may change.`,
  daysOff: "Bank holidays and closures",
  columns: ["What is due", "Due by", "How it stands", "Counted from"],
  legend: { met: "Done in time", "met-late": "Done late", "due-soon": "Due soon", upcoming: "Ahead", overdue: "Overdue" },
  legendLate: "Time over",
  legendOff: "Bank holiday or closure",
  state: stateOf,
  basis: ({ limit, event, from }) => `${limit} after ${event} on ${long(from)}`,
  next(overdue, next) {
    const parts = overdue ? [`${counted(overdue, "deadline")} overdue.`] : [];
    if (next) parts.push(`Next: ${next.title}, by ${withWeekday(next.due)}, ${lower(stateOf(next))}.`);
    return parts.join(" ");
  },
  past(past) {
    const late = past.filter(({ status }) => status === "met-late").length;
    const how = late ? `${late} done late` : past.length > 1 ? "all done in time" : "done in time";
    return `${counted(past.length, "earlier deadline")}, ${how}`;
  },
  show: "Show",
  hide: "Hide",
};

/**
 * @typedef {object} TimelineOptions
 * @property {Element} [form] The form that is being checked, with the controls that the deadlines are about.
 * @property {(due: Due) => void} [go] Called in place of going to the control when a deadline is selected.
 * @property {Partial<TimelineTexts>} [texts] Words of your own.
 */

/** @typedef {ReturnType<typeof createTimeline>} TimelineView */

/** @type {WeakMap<Element, TimelineView>} */
const views = new WeakMap();

/**
 * Draws the deadlines of a report in an element, in place of those drawn there before.
 * @param {Element} place
 * @param {Report} report
 * @param {TimelineOptions} [options]
 * @returns {() => void} Takes the drawing away.
 */
export function timeline(place, report, options = {}) {
  const view = views.get(place) ?? createTimeline(place);
  views.set(place, view);
  view.update(report, options);
  return () => {
    view.remove();
    views.delete(place);
  };
}

/** Width in pixels from which names stand beside the lanes and not above them. */
const WIDE = 600;

/** Width in pixels between the margins of an A4 page. */
const PAPER = 660;

/** Half the width of a mark, in pixels. */
const MARK = 8;

/** @param {Element} place */
function createTimeline(place) {
  const page = place.ownerDocument;
  /** @type {Report | undefined} */
  let report;
  /** @type {TimelineOptions} */
  let options = {};
  let texts = TEXTS;
  let isTable = false;
  let isUnfolded = false;
  let isPrinting = false;
  let drawn = "";
  /** Rows of the table by deadline. @type {Map<string, Row>} */
  const rows = new Map();
  /** Marks of the picture by deadline. @type {Map<string, SVGElement>} */
  let marks = new Map();
  let here = "";

  const next = html("p", "cinplan-timeline__next");
  const past = button("cinplan-timeline__button", () => {
    isUnfolded = !isUnfolded;
    draw();
  });
  const verb = html("span", "cinplan-timeline__verb");
  const pastWords = html("span", "cinplan-timeline__past");
  past.append(verb, pastWords);
  const change = button("cinplan-timeline__button cinplan-timeline__change", () => {
    isTable = !isTable;
    draw();
  });
  const tools = html("div", "cinplan-timeline__tools");
  tools.append(past, change);
  const svg = element("svg", { class: "cinplan-timeline__svg", "aria-hidden": "true", focusable: "false" });
  const detail = html("p", "cinplan-timeline__detail");
  detail.setAttribute("aria-hidden", "true");
  const picture = html("div", "cinplan-timeline__picture");
  picture.append(svg, detail);
  const caption = html("caption", "cinplan-timeline__caption");
  const head = html("tr");
  const thead = html("thead");
  thead.append(head);
  const body = html("tbody");
  // Said in so many words, as tables that are laid out as blocks are no tables to some browsers.
  const table = html("table");
  for (const [part, role] of /** @type {[Element, string][]} */ ([[table, "table"], [thead, "rowgroup"], [body, "rowgroup"], [head, "row"]])) {
    part.setAttribute("role", role);
  }
  table.append(caption, thead, body);
  const frame = html("div", "cinplan-timeline__table");
  frame.append(table);
  const beyond = html("p", "cinplan-timeline__until");
  const offTitle = html("summary");
  const offList = html("ul");
  const off = html("details", "cinplan-timeline__off");
  off.append(offTitle, offList);
  const box = html("div", "cinplan-timeline");
  box.append(next, tools, picture, frame, beyond, off);
  place.append(box);

  const resized = new ResizeObserver(() => draw());
  resized.observe(box);
  const beforePrint = () => {
    isPrinting = true;
    draw();
  };
  const afterPrint = () => {
    isPrinting = false;
    draw();
  };
  const view = page.defaultView ?? window;
  view.addEventListener("beforeprint", beforePrint);
  view.addEventListener("afterprint", afterPrint);

  body.addEventListener("focusin", ({ target }) => point(keyAt(target), true));
  body.addEventListener("focusout", () => point(""));
  svg.addEventListener("pointerover", ({ target }) => point(keyAt(target)));
  svg.addEventListener("pointerleave", () => point(""));
  svg.addEventListener("click", ({ target }) => select(keyAt(target)));

  /**
   * @param {Report} latest
   * @param {TimelineOptions} [chosen]
   */
  function update(latest, chosen = options) {
    report = latest;
    options = chosen;
    texts = { ...TEXTS, ...chosen.texts };
    draw();
  }

  /** Draws what is new, and touches nothing where nothing is: forms are watched for changes. */
  function draw() {
    if (!report) return;
    const { deadlines = [], timeline: axis } = report;
    const width = Math.floor(isPrinting ? Math.min(PAPER, box.clientWidth) : box.clientWidth);
    const size = parseFloat(getComputedStyle(box).fontSize);
    const now = JSON.stringify([deadlines, axis, isTable, isUnfolded, width, size, targets(deadlines)]);
    if (now === drawn) return;
    drawn = now;

    const folded = deadlines.filter((due) => due.past);
    const shown = isUnfolded ? deadlines : deadlines.filter((due) => !due.past);
    write(next, nextWords(deadlines));
    tools.hidden = !deadlines.length;
    past.hidden = !folded.length;
    // On paper nothing can be shown or hidden.
    write(verb, `${isUnfolded ? texts.hide : texts.show} `);
    write(pastWords, texts.past(folded));
    past.setAttribute("aria-expanded", String(isUnfolded));
    change.hidden = !shown.length;
    write(change, isTable ? texts.asPicture : texts.asTable);
    picture.hidden = isTable || !shown.length;
    frame.hidden = !shown.length;
    frame.classList.toggle("cinplan-hidden", !isTable);
    box.classList.toggle("cinplan-timeline--narrow", width < WIDE);
    write(detail, texts.hint);
    tabulate(shown);
    beyond.hidden = !axis || !shown.some(({ computed }) => computed);
    write(beyond, beyond.hidden || !axis ? "" : texts.beyond(axis.announced_until));
    tellDaysOff(axis, isUnfolded);
    if (!picture.hidden && axis && width) {
      marks = paint(svg, { deadlines: shown, axis, first: isUnfolded ? axis.first_of_all : axis.first, width, size, texts, keys: keysOf(shown), font: getComputedStyle(box).fontFamily });
    }
    point(here);
  }

  /** @param {Due[]} deadlines */
  function nextWords(deadlines) {
    if (!deadlines.length) return texts.none;
    const open = deadlines.filter((due) => !due.done_on);
    if (!open.length) return texts.nothing;
    return texts.next(
      open.filter(({ status }) => status === "overdue").length,
      open.find(({ status }) => status !== "overdue"),
    );
  }

  // ---- the table ----

  /** @param {Due[]} shown */
  function tabulate(shown) {
    write(caption, texts.caption);
    if (head.childElementCount !== texts.columns.length) {
      head.replaceChildren(
        ...texts.columns.map((text) => {
          const cell = html("th", "", text);
          cell.setAttribute("scope", "col");
          cell.setAttribute("role", "columnheader");
          return cell;
        }),
      );
    }
    const focused = /** @type {Document | ShadowRoot} */ (place.getRootNode()).activeElement;
    const keys = keysOf(shown);
    for (const [key, { row }] of rows) {
      if (keys.includes(key)) continue;
      row.remove();
      rows.delete(key);
    }
    shown.forEach((due, at) => {
      const known = rows.get(keys[at]) ?? newRow(keys[at]);
      rows.set(keys[at], known);
      fillRow(known, due);
      if (body.children[at] !== known.row) body.insertBefore(known.row, body.children[at] ?? null);
    });
    // A row that was moved, and no other, has lost the focus.
    if (focused instanceof HTMLElement && focused.isConnected && body.contains(focused)) focused.focus({ preventScroll: true });
  }

  /**
   * @param {string} key
   * @returns {Row}
   */
  function newRow(key) {
    const row = html("tr");
    row.dataset.cinplanKey = key;
    const name = html("th");
    name.setAttribute("scope", "row");
    const cells = [name, html("td"), html("td"), html("td")];
    row.setAttribute("role", "row");
    cells.forEach((cell, at) => cell.setAttribute("role", at ? "cell" : "rowheader"));
    row.append(...cells);
    return { row, cells };
  }

  /**
   * @param {Row} row
   * @param {Due} due
   */
  function fillRow({ row, cells }, due) {
    const [name, ...others] = cells;
    row.dataset.cinplanStatus = due.status;
    const canGo = goes(due);
    const isLink = name.firstElementChild !== null;
    if (canGo !== isLink) {
      const link = html("a", "cinplan-timeline__link");
      link.setAttribute("href", `#${targetOf(due)?.id ?? ""}`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        select(row.dataset.cinplanKey ?? "");
      });
      name.replaceChildren(...(canGo ? [link] : []));
    }
    const link = /** @type {HTMLElement | null} */ (name.firstElementChild);
    write(link ?? name, due.title);
    // Beside the picture, who goes by keyboard stops at what is left to be done; the table has them all.
    if (link) link.tabIndex = isTable || !due.done_on ? 0 : -1;
    const done = due.done_on ? `, ${long(due.done_on)}` : "";
    write(others[0], long(due.due));
    write(others[1], texts.state(due) + done);
    write(others[2], texts.basis(due));
    // Narrow tables are stacked, each cell with its heading before it.
    others.forEach((cell, at) => {
      if (cell.dataset.cinplanHead !== texts.columns[at + 1]) cell.dataset.cinplanHead = texts.columns[at + 1];
    });
  }

  /**
   * @param {Report["timeline"] | undefined} axis
   * @param {boolean} all
   */
  function tellDaysOff(axis, all) {
    const days = (axis?.days_off ?? []).filter(({ at }) => all || at >= (axis?.first ?? 0));
    off.hidden = !days.length || tools.hidden;
    write(offTitle, `${texts.daysOff} (${days.length})`);
    const lines = days.map(({ day, name, computed }) => `${withWeekday(day)}: ${name ?? texts.closed}${computed ? `, ${texts.computed}` : ""}`);
    if ([...offList.children].map((item) => item.textContent).join("\n") === lines.join("\n")) return;
    offList.replaceChildren(...lines.map((line) => html("li", "", line)));
  }

  // ---- selecting ----

  /** @param {Due[]} deadlines */
  const targets = (deadlines) => (options.go ? true : deadlines.map(goes));

  /** @param {Due} due */
  function targetOf({ path }) {
    return options.form && latest.get(options.form)?.find(path);
  }

  /** @param {Due} due */
  function goes(due) {
    return options.go !== undefined || targetOf(due) !== undefined;
  }

  /** @param {string} key */
  function select(key) {
    const at = keysOf(report?.deadlines ?? []).indexOf(key);
    const due = report?.deadlines[at];
    if (!due) return;
    if (options.go) return options.go(due);
    const target = targetOf(due);
    if (target) goTo(target, due.path);
  }

  /**
   * Marks a deadline in the picture, and says below it what it is.
   * @param {string} key
   * @param {boolean} [inView]
   */
  function point(key, inView = false) {
    marks.get(here)?.classList.remove("cinplan-timeline__entry--here");
    here = key;
    const mark = marks.get(key);
    mark?.classList.add("cinplan-timeline__entry--here");
    const row = rows.get(key);
    const words = row ? row.cells.map((cell) => cell.textContent).slice(0, 3) : [];
    write(detail, mark && row ? `${words[0]}: ${lower(texts.columns[1])} ${words[1]}. ${words[2]}.` : texts.hint);
    if (mark && inView && !isTable) mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {EventTarget | null} target */
  function keyAt(target) {
    const entry = target instanceof Element ? target.closest("[data-cinplan-key]") : null;
    return entry?.getAttribute("data-cinplan-key") ?? "";
  }

  function remove() {
    resized.disconnect();
    view.removeEventListener("beforeprint", beforePrint);
    view.removeEventListener("afterprint", afterPrint);
    box.remove();
  }

  /**
   * @param {string} name
   * @param {() => void} press
   */
  function button(name, press) {
    const made = html("button", name);
    made.setAttribute("type", "button");
    made.addEventListener("click", press);
    return made;
  }

  /**
   * @param {string} tag
   * @param {string} [name]
   * @param {string} [text]
   */
  function html(tag, name, text) {
    const made = page.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  return { update, remove };
}

/** @typedef {{ row: HTMLElement, cells: HTMLElement[] }} Row */

/**
 * A name for each deadline that is the same from one report to the next.
 * @param {Due[]} deadlines
 */
function keysOf(deadlines) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return deadlines.map(({ id, item, path, from }) => {
    const key = [id, item ?? path, from].join("\n");
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count > 1 ? `${key}\n${count}` : key;
  });
}

// ---- the picture ----

/**
 * @typedef {object} Drawing
 * @property {Due[]} deadlines
 * @property {Report["timeline"]} axis
 * @property {number} first The first day that is drawn.
 * @property {number} width
 * @property {number} size Of the text, in pixels.
 * @property {string} font
 * @property {TimelineTexts} texts
 * @property {string[]} keys
 *
 * @typedef {{ due: Due, key: string, start: number, end: number, line: number }} Entry
 * @typedef {{ title: string, state: string, entries: Entry[], lines: number, rank: number }} Lane
 */

/**
 * @param {SVGElement} svg
 * @param {Drawing} drawing
 * @returns {Map<string, SVGElement>} The marks, by deadline.
 */
function paint(svg, { deadlines, axis, first, width, size, font, texts, keys }) {
  const isWide = width >= WIDE;
  const small = size * 0.85;
  const line = size * 1.3;
  const nameWidth = isWide ? Math.min(width * 0.4, size * 20) : width;
  const left = isWide ? nameWidth + size : MARK + 2;
  const right = width - MARK - 2;
  const days = axis.last - first + 1;
  const perDay = (right - left) / days;
  /** The middle of a day, held at the edges. @param {number} at */
  const x = (at) => round(left + (Math.min(Math.max(at, first), axis.last) - first + 0.5) * perDay);
  const measure = ruler(svg, font);

  const lanes = lanesOf(deadlines, keys, texts, x);
  const top = line * 2.4 + 8;
  let y = top;
  /** @type {Map<string, SVGElement>} */
  const marks = new Map();
  const names = element("g", {});
  const spans = element("g", {});
  const entries = element("g", {});
  const rules = element("g", {});
  /** Where the vertical lines run. @type {[number, number][]} */
  const strips = [];
  for (const lane of lanes) {
    const title = wrapped(lane.title, nameWidth, (text) => measure(text, size, true));
    const state = wrapped(lane.state, nameWidth, (text) => measure(text, small, false));
    const textHeight = title.length * line + state.length * small * 1.3;
    const laneHeight = lane.lines * (2 * MARK + 8);
    const pad = 7;
    const laneTop = isWide ? y + pad : y + pad + textHeight + 3;
    const height = isWide ? Math.max(textHeight, laneHeight) + 2 * pad : textHeight + laneHeight + 2 * pad + 3;
    title.forEach((text, at) => names.append(words(text, 0, y + pad + line * (at + 0.78), "cinplan-timeline__name")));
    state.forEach((text, at) =>
      names.append(words(text, 0, y + pad + title.length * line + small * 1.3 * (at + 0.75), "cinplan-timeline__state")),
    );
    const middle = isWide ? Math.max(0, (height - 2 * pad - laneHeight) / 2) : 0;
    for (const entry of lane.entries) {
      const at = laneTop + middle + (entry.line + 0.5) * (2 * MARK + 8);
      const { span, mark } = entryAt(entry, at, x, first, axis.last, texts);
      marks.set(entry.key, mark);
      spans.append(span);
      entries.append(mark);
    }
    strips.push(isWide ? [y, y + height] : [laneTop - 1, y + height - pad + 2]);
    y += height;
    rules.append(element("line", { x1: 0, x2: width, y1: y, y2: y, class: "cinplan-timeline__rule" }));
  }
  const bottom = y;

  const grid = element("g", {});
  const down = (/** @type {number} */ at) => strips.map(([from, to]) => `M${at} ${round(from)}V${round(to)}`).join("");
  const shownMonths = axis.months.filter((month) => month.at >= first);
  const edge = (/** @type {number} */ at) => round(left + (at - first) * perDay);
  grid.append(element("path", { d: shownMonths.map((month) => down(edge(month.at))).join(""), class: "cinplan-timeline__month" }));
  const off = axis.days_off.filter((day) => day.at >= first);
  grid.append(element("path", { d: off.map((day) => down(x(day.at))).join(""), class: "cinplan-timeline__day-off" }));
  const todayLine = element("path", { d: `M${x(0)} ${round(line * 1.2)}V${round(top)}${down(x(0))}`, class: "cinplan-timeline__today" });

  const header = element("g", {});
  header.append(element("line", { x1: left - MARK, x2: right + MARK, y1: top - 0.5, y2: top - 0.5, class: "cinplan-timeline__axis" }));
  if (perDay * 7 >= 10) {
    const d = axis.mondays.filter((at) => at >= first).map((at) => `M${edge(at)} ${round(top)}v-4`).join("");
    header.append(element("path", { d, class: "cinplan-timeline__week" }));
  }
  header.append(...monthNames(shownMonths, edge, right + MARK, (text) => measure(text, small, false), round(top - 14)));
  header.append(element("path", { d: shownMonths.map((month) => `M${edge(month.at)} ${round(top)}v-10`).join(""), class: "cinplan-timeline__week" }));
  for (const { at, day, name, computed } of off) {
    const mark = offMark(x(at), top - 1);
    mark.append(titled(`${long(day)}: ${name ?? texts.closed}${computed ? `, ${texts.computed}` : ""}`));
    header.append(mark);
  }
  const todayWidth = measure(texts.today, small, true) + 10;
  const todayAt = Math.min(Math.max(x(0) - todayWidth / 2, 0), width - todayWidth);
  header.append(
    element("rect", { x: round(todayAt), y: 0, width: round(todayWidth), height: round(line * 1.2), rx: 2, class: "cinplan-timeline__today-box" }),
    words(texts.today, todayAt + 5, line * 0.85, "cinplan-timeline__today-name"),
  );

  const legend = legendAt(deadlines, off.length > 0, width, bottom + 10, small, (text) => measure(text, small, false), texts);
  svg.replaceChildren(grid, rules, todayLine, header, names, spans, entries, legend.group);
  const total = Math.ceil(legend.bottom + 4);
  svg.setAttribute("viewBox", `0 0 ${width} ${total}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(total));
  return marks;
}

/**
 * One lane for all deadlines of a name: what is left to be done first, then what was done last.
 * @param {Due[]} deadlines
 * @param {string[]} keys
 * @param {TimelineTexts} texts
 * @param {(at: number) => number} x
 * @returns {Lane[]}
 */
function lanesOf(deadlines, keys, texts, x) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  deadlines.forEach((due, at) => {
    const { from, due: by, done } = due.days;
    const start = x(from);
    const end = x(done ?? (due.status === "overdue" ? Math.max(by, 0) : by));
    const group = groups.get(due.title) ?? [];
    groups.set(due.title, group);
    group.push({ due, key: keys[at], start, end, line: 0 });
  });
  const lanes = [...groups].map(([title, entries]) => {
    // What was done has one line, where intervals follow one another; what overlaps gets lines of its own.
    /** @type {number[]} */
    const ends = [];
    for (const entry of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
      const free = ends.findIndex((end) => entry.start >= end - 1 && entry.end >= end + MARK);
      entry.line = free < 0 ? ends.length : free;
      ends[entry.line] = entry.end;
    }
    const open = entries.filter(({ due }) => !due.done_on);
    const rank = open.length ? open[0].due.days.due - 1e9 : -Math.max(...entries.map(({ due }) => due.days.done ?? 0));
    return { title, state: laneState(entries.map(({ due }) => due), texts), entries, lines: ends.length, rank };
  });
  return lanes.sort((a, b) => a.rank - b.rank);
}

/**
 * @param {Due[]} deadlines The earliest first.
 * @param {TimelineTexts} texts
 */
function laneState(deadlines, texts) {
  const open = deadlines.filter((due) => !due.done_on);
  const done = deadlines.filter((due) => due.done_on);
  if (open.length) {
    const more = open.length > 1 ? `, and ${open.length - 1} more` : "";
    const when = open[0].status === "overdue" ? "since" : "by";
    return `${texts.state(open[0])}, ${when} ${short(open[0].due)}${more}`;
  }
  if (done.length === 1) return `${texts.state(done[0])}, ${short(done[0].done_on ?? "")}`;
  const late = done.filter(({ status }) => status === "met-late").length;
  return late ? `${done.length} done, ${late} of them late` : `${done.length} done in time`;
}

/**
 * @param {Entry} entry
 * @param {number} y
 * @param {(at: number) => number} x
 * @param {number} first
 * @param {number} last
 * @param {TimelineTexts} texts
 */
function entryAt({ due, key, start, end }, y, x, first, last, texts) {
  const { days, status } = due;
  const at = x(days.done ?? days.due);
  const by = x(days.due);
  const names = `cinplan-timeline__entry cinplan-timeline__entry--${status}`;
  const span = element("g", { class: names, "data-cinplan-key": key });
  const mark = element("g", { class: names, "data-cinplan-key": key });
  const title = `${due.title}: ${texts.state(due)}, ${long(due.done_on ?? due.due)}`;
  span.append(titled(title));
  mark.append(titled(title));
  // What is late runs hatched from its day on.
  const late = end > by;
  span.append(element("line", { x1: start, x2: late ? by : end, y1: y, y2: y, class: "cinplan-timeline__span" }));
  if (late) span.append(element("line", { x1: by, x2: end, y1: y, y2: y, class: "cinplan-timeline__late" }));
  if (days.from >= first) span.append(element("line", { x1: start, x2: start, y1: y - 4, y2: y + 4, class: "cinplan-timeline__start" }));
  if (due.done_on) span.append(element("line", { x1: by, x2: by, y1: y - 5, y2: y + 5, class: "cinplan-timeline__by" }));
  const reach = { x: at - 13, y: y - 12, width: 26, height: 24 };
  mark.append(element("rect", { ...reach, rx: 4, class: "cinplan-timeline__reach" }), markAt(status, at, y));
  // What lies beyond the picture has an arrow to where it is.
  const day = days.done ?? days.due;
  if (day < first) mark.append(element("path", { d: `M${at - MARK + 1} ${y - 4}l-5 4l5 4`, class: "cinplan-timeline__beyond" }));
  if (day > last) mark.append(element("path", { d: `M${at + MARK - 1} ${y - 4}l5 4l-5 4`, class: "cinplan-timeline__beyond" }));
  return { span, mark };
}

/**
 * The mark of a deadline; each is told by its shape alone.
 * @param {Due["status"]} status
 * @param {number} x
 * @param {number} y
 */
function markAt(status, x, y) {
  const group = element("g", { class: `cinplan-timeline__mark cinplan-timeline__mark--${status}` });
  if (status === "met" || status === "met-late") {
    group.append(
      element("circle", { cx: x, cy: y, r: MARK - 0.5, class: "cinplan-timeline__shape" }),
      element("path", { d: `M${x - 3.5} ${y}l2.5 2.8l4.5 -5.2`, class: "cinplan-timeline__sign" }),
    );
    return group;
  }
  group.append(element("path", { d: `M${x} ${y - MARK}l${MARK} ${MARK}l${-MARK} ${MARK}l${-MARK} ${-MARK}z`, class: "cinplan-timeline__shape" }));
  if (status === "overdue") group.append(element("path", { d: `M${x} ${y - 4.2}v4.6m0 2v1.8`, class: "cinplan-timeline__sign" }));
  if (status === "due-soon") group.append(element("circle", { cx: x, cy: y, r: 2.5, class: "cinplan-timeline__dot" }));
  return group;
}

/**
 * @param {number} x
 * @param {number} y
 */
function offMark(x, y) {
  const group = element("g", { class: "cinplan-timeline__off-mark" });
  group.append(element("path", { d: `M${x - 4} ${y - 7}h8l-4 7z` }));
  return group;
}

/**
 * The names of the months that have room.
 * @param {Report["timeline"]["months"]} months
 * @param {(at: number) => number} edge
 * @param {number} end
 * @param {(text: string) => number} measure
 * @param {number} y
 */
function monthNames(months, edge, end, measure, y) {
  /** @type {SVGElement[]} */
  const named = [];
  let free = -Infinity;
  // With little room, what is named is every third month, then each year.
  const room = months.length > 1 ? edge(months[1].at) - edge(months[0].at) : Infinity;
  const wide = measure("Sep") + 8;
  const every = room >= wide ? 1 : room * 3 >= wide + 4 ? 3 : 12;
  for (const { at, year, month } of months) {
    if ((month - 1) % every !== 0) continue;
    const isYear = month === 1 || named.length === 0;
    const text = every === 12 ? String(year) : isYear ? `${MONTHS[month - 1]} ${year}` : MONTHS[month - 1];
    const x = Math.min(edge(at) + 3, end - measure(text));
    if (x < free) continue;
    free = x + measure(text) + 5;
    named.push(words(text, x, y, "cinplan-timeline__month-name"));
  }
  return named;
}

/**
 * What the marks stand for, as far as they are in the picture.
 * @param {Due[]} deadlines
 * @param {boolean} hasDaysOff
 * @param {number} width
 * @param {number} top
 * @param {number} size
 * @param {(text: string) => number} measure
 * @param {TimelineTexts} texts
 */
function legendAt(deadlines, hasDaysOff, width, top, size, measure, texts) {
  const group = element("g", {});
  let x = 0;
  let y = top + MARK + 2;
  const add = (/** @type {string} */ text, /** @type {(x: number, y: number) => SVGElement} */ sign) => {
    const wide = 2 * MARK + 8 + measure(text);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += size * 1.7;
    }
    group.append(sign(x + MARK + 1, y), words(text, x + 2 * MARK + 8, y + size * 0.35, "cinplan-timeline__legend"));
    x += wide + size * 1.4;
  };
  const present = new Set(deadlines.map(({ status }) => status));
  for (const status of /** @type {Due["status"][]} */ (["overdue", "due-soon", "upcoming", "met", "met-late"])) {
    if (present.has(status)) add(texts.legend[status], (x, y) => markAt(status, x, y));
  }
  if (present.has("overdue") || present.has("met-late")) {
    add(texts.legendLate, (x, y) => {
      const status = present.has("overdue") ? "overdue" : "met-late";
      const sign = element("g", { class: `cinplan-timeline__entry--${status}` });
      sign.append(element("line", { x1: x - MARK, x2: x + MARK, y1: y, y2: y, class: "cinplan-timeline__late" }));
      return sign;
    });
  }
  if (hasDaysOff) add(texts.legendOff, (x, y) => offMark(x, y + 4));
  return { group, bottom: y + size };
}

// ---- small things ----

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElement}
 */
function element(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} name
 */
function words(text, x, y, name) {
  const made = element("text", { x: round(x), y: round(y), class: name });
  made.textContent = text;
  return made;
}

/** What a pointer that rests on it is told. @param {string} text */
function titled(text) {
  const made = element("title", {});
  made.textContent = text;
  return made;
}

/**
 * Measures text as the page sets it.
 * @param {SVGElement} svg
 * @param {string} font
 * @returns {(text: string, size: number, isBold: boolean) => number}
 */
function ruler(svg, font) {
  const context = svg.ownerDocument.createElement("canvas").getContext("2d");
  return (text, size, isBold) => {
    if (!context) return text.length * size * 0.55;
    context.font = `${isBold ? "bold " : ""}${size}px ${font}`;
    return context.measureText(text).width;
  };
}

/**
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
function wrapped(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Writes only what is new.
 * @param {Element} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;

/** @param {string} text */
const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * @param {number} count
 * @param {string} one
 */
const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** @param {Due} due */
function stateOf({ status, working_days, days }) {
  switch (status) {
    case "met":
      return "Done in time";
    case "met-late":
      return working_days ? `Done ${counted(-working_days, "working day")} late` : "Done late";
    case "overdue":
      return working_days ? `Overdue by ${counted(-working_days, "working day")}` : "Overdue";
    default:
      if (days.due === 0) return "Due today";
      return working_days ? `In ${counted(working_days, "working day")}` : "No working day left";
  }
}

// ---- the element ----

/** Servers that render pages have no elements. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

/**
 * `<cin-timeline for="form-id">` follows a form that `<cin-plan>` or `attach` checks; the id may also be that of an element
 * around the form. `options` takes those of `timeline`; `report` shows a report without a form.
 */
export class CinTimeline extends Base {
  static observedAttributes = ["for"];

  // What a framework has set before the element was defined is kept.
  /** @type {TimelineOptions} */
  options = Reflect.get(this, "options") ?? {};

  /** @type {Report | undefined} */
  #report;
  /** @type {Element | undefined} */
  #form;
  /** @type {(() => void) | undefined} */
  #stop;
  /** @type {(() => void) | undefined} */
  #remove;

  /** The report that is shown. @type {Report | undefined} */
  get report() {
    return this.#report;
  }

  set report(report) {
    this.#report = report;
    if (report && this.isConnected) this.#remove = timeline(this, report, { form: this.#form, ...this.options });
  }

  connectedCallback() {
    const early = Object.getOwnPropertyDescriptor(this, "report")?.value;
    if (early) {
      // Set before the element was defined, it hides the accessor.
      Reflect.deleteProperty(this, "report");
      this.#report = early;
    }
    this.#follow();
    if (this.#report) this.report = this.#report;
  }

  disconnectedCallback() {
    this.#stop?.();
    this.#remove?.();
    this.#stop = this.#remove = undefined;
  }

  attributeChangedCallback() {
    if (!this.isConnected || !this.#stop) return;
    this.#stop();
    this.#follow();
  }

  #follow() {
    this.#stop = follow(
      this,
      () => this.getAttribute("for"),
      (report, form) => {
        this.#form = form;
        this.report = report;
      },
    );
  }
}

if (globalThis.customElements && !customElements.get("cin-timeline")) customElements.define("cin-timeline", CinTimeline);
