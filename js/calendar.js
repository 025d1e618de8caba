// The deadlines that lie ahead as a calendar file (RFC 5545), which Outlook, Apple Calendar and Google Calendar take.
//
// Nothing in it names a person: an entry says what is due, by when and from what it counts.

/** @import { Due, Report } from "./cinplan.js" */

import { long } from "./days.js";

/**
 * @typedef {object} CalendarOptions
 * @property {string} key An opaque key of the case, the same each time: with it an entry of a later file takes the place of
 *   the one before. Such as a random one that is kept with the case; never a name. It is not written into the file.
 * @property {Date} [stamp] When the file is made; now, unless given.
 * @property {string} [name] What the calendar is called.
 * @property {string[]} [categories] The categories of each entry.
 * @property {number | false} [remind] Days before at which the calendar reminds of an entry; `false`, the default, never.
 * @property {(due: Due) => string} [title] What an entry is called; what is due, unless given.
 */

/**
 * The deadlines of a report that are not done and whose day has not passed.
 * @param {Report} report
 */
export function coming({ deadlines }) {
  return deadlines.filter(({ status }) => status === "upcoming" || status === "due-soon");
}

/**
 * A calendar file of what is coming, each deadline an entry of its whole day that keeps no time busy.
 * @param {Report} report
 * @param {CalendarOptions} options
 * @returns {string | null} Of the type `text/calendar`; `null` where nothing is coming, as such a file may not be empty.
 * @throws {Error} With the code `missing-key`: without one, the entries of two cases could not be told apart.
 */
export function calendarFile(report, options) {
  const { key, stamp = new Date(), name = "Plan deadlines", categories = ["Child in Need plan"], remind = false } = options;
  if (!key) throw Object.assign(new Error("calendarFile needs a key of the case"), { code: "missing-key" });
  const due = coming(report);
  if (!due.length) return null;
  const made = stamp.toISOString().replace(/[-:]|\.\d+/g, "");
  /** @type {Map<string, number>} */
  const seen = new Map();
  const lines = due.flatMap((one) => {
    const names = JSON.stringify([key, one.id, one.item ?? one.path]);
    const count = seen.get(names) ?? 0;
    seen.set(names, count + 1);
    return [
      "BEGIN:VEVENT",
      `UID:${digest(names + (count || ""))}@cinplan`,
      `DTSTAMP:${made}`,
      `DTSTART;VALUE=DATE:${basic(one.due)}`,
      `DTEND;VALUE=DATE:${basic(one.day_after)}`,
      `SUMMARY:${text(options.title?.(one) ?? one.title)}`,
      `DESCRIPTION:${text(about(one, report))}`,
      `CATEGORIES:${categories.map(text).join(",")}`,
      // Others who see the calendar see that something is there, and no more.
      "CLASS:PRIVATE",
      "TRANSP:TRANSPARENT",
      ...(remind === false ? [] : alarm(one.title, remind)),
      "END:VEVENT",
    ];
  });
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//cinplan//cinplan//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${text(name)}`,
    ...lines,
    "END:VCALENDAR",
    "",
  ]
    .map(folded)
    .join("\r\n");
}

/**
 * @param {Due} due
 * @param {Report} report
 */
function about({ due, limit, event, from, computed }, { procedure, timeline }) {
  const beyond = computed ? `\nBank holidays after ${long(timeline.announced_until)} were not announced yet.` : "";
  return `Due by ${long(due)}: ${limit} after ${event} on ${long(from)}.${beyond}\n${procedure.title}, edition ${procedure.edition}`;
}

/**
 * @param {string} title
 * @param {number} days
 */
function alarm(title, days) {
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${text(title)}`, `TRIGGER:-P${Math.round(days)}D`, "END:VALARM"];
}

/** A day without hyphens. @param {string} iso */
const basic = (iso) => iso.replaceAll("-", "");

/** Text as a value: what would end or split it is escaped, and no control character gets in. @param {string} value */
function text(value) {
  return value
    .replace(/\\/g, "\\\\")
    .replace(/[;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

/** A line in pieces of 75 octets at most, none of which ends within a character. @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  let octets = 0;
  let out = "";
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      out += "\r\n ";
      // The space counts.
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}

/**
 * A short name for a long one, the same each time (FNV-1a, 128 bits): keys of rows and cases stay out of the file.
 * @param {string} name
 */
function digest(name) {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const octet of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(octet)) * 0x1000000000000000000013bn);
  }
  return hash.toString(16).padStart(32, "0");
}
