// Days in words. A day is given as 2026-11-21 and is the same in every time zone.

/** @type {Intl.DateTimeFormatOptions} */
const CIVIL = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
const LONG = new Intl.DateTimeFormat("en-GB", CIVIL);
const SHORT = new Intl.DateTimeFormat("en-GB", { ...CIVIL, month: "short" });
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { ...CIVIL, weekday: "long" });

/** @param {string} iso */
const noon = (iso) => new Date(`${iso}T12:00:00Z`);

/** 21 November 2026. @param {string} iso */
export const long = (iso) => LONG.format(noon(iso));

/** 21 Nov 2026. @param {string} iso */
export const short = (iso) => SHORT.format(noon(iso));

/** Saturday 21 November 2026. @param {string} iso */
export const withWeekday = (iso) => WEEKDAY.format(noon(iso)).replace(",", "");
