// The examples: whole plans, or another example with some answers changed.

import { changed, withoutRow } from "./paths.js";

/**
 * @typedef {object} Example
 * @property {string} title
 * @property {string} about what there is to see
 * @property {string} [today]
 * @property {string} [stage]
 * @property {string} [procedure] the manual that it is to be read with
 * @property {unknown} [record]
 * @property {string} [base] the example that this one changes
 * @property {Record<string, unknown>} [change] what each named answer, group or row becomes; null takes it away
 */

/**
 * @typedef {{ title: string, about: string, today: string, stage: string, procedure?: string, record: Record<string, unknown> }} WholeExample
 */

/** @param {string} file @returns {Promise<any>} */
async function fetched(file) {
  const response = await fetch(new URL(`examples/${file}`, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response.json();
}

/** The names of the examples with their titles, in order. @returns {Promise<{ name: string, title: string }[]>} */
export const listExamples = () => fetched("index.json");

/** @param {string} name @param {(file: string) => Promise<any>} [get] @returns {Promise<WholeExample>} */
export async function example(name, get = fetched) {
  const { base, change = {}, ...own } = /** @type {Example} */ (await get(`${name}.json`));
  const whole = { stage: "circulate", today: "", record: {}, ...(base ? await example(base, get) : {}), ...own };
  /** @type {unknown} */
  let record = whole.record;
  for (const [path, value] of Object.entries(change)) {
    const row = /^(.+)\[(\d+)\]$/.exec(path);
    record =
      row && value === null ? withoutRow(record, row[1], Number(row[2])) : changed(record, path, value ?? undefined);
  }
  return { ...whole, record: /** @type {Record<string, unknown>} */ (record ?? {}) };
}
