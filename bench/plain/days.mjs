// Days as they are counted: by their number since the beginning of 1970.

/** @param {string} day */
export const numberOf = (day) => Date.parse(day) / 86_400_000;

/** Bank holidays of England and Wales. */
const HOLIDAYS = new Set(
  [
    ..."2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26".split(" "),
    ..."2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28".split(" "),
    ..."2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28".split(" "),
  ].map(numberOf),
);

/** @param {number} from @param {number} days */
export function plusWorkingDays(from, days) {
  let day = from;
  for (let left = days; left > 0; ) {
    day += 1;
    // The first of 1970 was a Thursday.
    const weekday = (day + 4) % 7;
    if (weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(day)) left -= 1;
  }
  return day;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** @param {number} day */
export function inWords(day) {
  const date = new Date(day * 86_400_000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const UNITS = /** @type {Record<string, number>} */ ({ day: 1, week: 7, fortnight: 14, month: 28 });
const WORDS = /** @type {Record<string, number>} */ ({ weekly: 7, fortnightly: 14, monthly: 28 });

/** Days in a length of time such as `6 weeks`; undefined where it cannot be read. @param {unknown} text */
export function daysIn(text) {
  if (typeof text !== "string") return undefined;
  const [, count, unit] = /^\s*(?:every\s+)?(\d+)\s*(day|week|fortnight|month)s?\s*$/i.exec(text) ?? [];
  return count ? Number(count) * UNITS[unit.toLowerCase()] : WORDS[text.trim().toLowerCase()];
}
