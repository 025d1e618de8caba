// "Why?": what the manual asks, fetched when somebody wants to know.

/** @import { Finding } from "./cinplan.js" */

import { core } from "./core.js";

/**
 * @typedef {object} Requirement
 * @property {string} id
 * @property {string} section Number and heading of the section.
 * @property {string} says What it asks, in the words of this package.
 * @property {string} [note] How a passage was read that leaves something open.
 */

/**
 * Where the requirements of a manual come from: the address of the folder that holds `<procedure>.json`, the
 * requirements themselves, or a function that gets them.
 * @typedef {string | URL | Requirement[] | ((procedure: string) => Promise<Requirement[]> | Requirement[])} Requirements
 */

/**
 * A lookup of requirements by procedure, each fetched once. What cannot be had is an empty list, and is tried again
 * next time: a reason why the ids alone are shown is of no use to anybody who fills in a form.
 * @param {Requirements} [source] The `requirements` folder beside this module unless given.
 * @returns {(procedure: string) => Promise<Map<string, Requirement>>}
 */
export function library(source) {
  /** @type {Map<string, Promise<Map<string, Requirement>>>} */
  const shelves = new Map();
  return (procedure) => {
    const known = shelves.get(procedure);
    if (known) return known;
    const shelf = fetched(source, procedure).then(
      (list) => new Map(list.map((requirement) => [requirement.id, requirement])),
      () => {
        shelves.delete(procedure);
        return new Map();
      },
    );
    shelves.set(procedure, shelf);
    return shelf;
  };
}

/**
 * @param {Requirements | undefined} source
 * @param {string} procedure
 * @returns {Promise<Requirement[]>}
 */
async function fetched(source, procedure) {
  if (Array.isArray(source)) return source;
  if (typeof source === "function") return source(procedure);
  if (!source && core.requirements) return core.requirements(procedure);
  // Kept apart from `new URL`, where bundlers would look for a module of this name.
  const here = import.meta.url;
  const folder = new URL(source ?? "requirements/", source ? document.baseURI : here);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  // The address of a page may name the case, or hold what a form with method="get" has sent.
  const response = await fetch(new URL(`${encodeURIComponent(procedure)}.json`, folder), { referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response.json();
}

/**
 * What stands under "Why?": what to do, then each requirement, and how it is read where it leaves something open.
 * @param {Finding} finding
 * @param {Map<string, Requirement>} requirements
 * @param {string} manual The manual's title.
 * @param {string} [read] Before how something is read.
 * @returns {HTMLElement[]}
 */
export function reasons(finding, requirements, manual, read = "How this is read") {
  const parts = [paragraph(finding.remedy)];
  if (finding.cites.length) parts.push(paragraph(manual, "cinplan-why__manual"));
  const notes = new Set(finding.note ? [finding.note] : []);
  for (const id of finding.cites) {
    const requirement = requirements.get(id);
    parts.push(paragraph(requirement ? `${requirement.section}: ${requirement.says} (${id})` : id));
    if (requirement?.note) notes.add(requirement.note);
  }
  for (const note of notes) parts.push(paragraph(`${read}: ${note}`, "cinplan-why__note"));
  return parts;
}

/**
 * @param {string} text
 * @param {string} [name]
 */
function paragraph(text, name) {
  const element = document.createElement("p");
  element.textContent = text;
  if (name) element.className = name;
  return element;
}
