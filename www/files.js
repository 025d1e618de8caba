// Plans as files, and the examples. A file that cannot be used changes nothing.

import { isObject } from "./paths.js";

/** @import { PlanRecord } from "../pkg/cinplan.js" */

/** No plan is as large. */
const MOST_BYTES = 10_000_000;

/** @param {PlanRecord | Record<string, unknown>} record @param {string} name */
export function download(record, name) {
  save(`${JSON.stringify(record, null, 2)}\n`, "application/json", name);
}

/** @param {string} text @param {string} type @param {string} name */
export function save(text, type, name) {
  offer(new Blob([text], { type }), name);
}

/** @param {Blob} blob @param {string} name */
export function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has to begin before the address is taken back.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * @param {File} file
 * @param {string} [what] it is to hold
 * @returns {Promise<Record<string, unknown>>} Rejects with an error whose message is for people.
 */
export async function readPlan(file, what = "plan") {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} is larger than a ${what} can be. The limit is 10 MB.`);
  const text = await file.text();
  if (text.trim() === "") throw new Error(`${file.name} is empty. Choose a file that was saved from this page.`);
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(`${file.name} is not a ${what}: it does not hold JSON. Choose a file that was saved from this page.`);
  }
  if (!isObject(data)) {
    throw new Error(
      `${file.name} is not a ${what}: it holds ${Array.isArray(data) ? "a list" : "a single value"} where a ${what} has named parts.`,
    );
  }
  return data;
}
