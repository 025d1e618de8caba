// Where a row that refers to another leads: by its id, its number or its text.
import { blank, folded } from "./answers.mjs";

/** @import { Row } from "./case.mjs" */

/** "2", "Outcome 2", "o2", "outcome no. 2:" */
const numbered = (/** @type {string} */ noun) => new RegExp(`^${noun}?s?\\s*(?:number|no|${noun[0]})?[.:#\\s]*(\\d+)(?:$|[.:)].*)`, "i");
const NUMBERED = { need: numbered("need"), outcome: numbered("outcome") };

/** @param {keyof typeof NUMBERED} noun @param {Row[]} list */
export function links(noun, list) {
  const ids = new Map();
  /** @type {Map<string, number> | undefined} */
  let texts;
  const numbers = new Map();
  const shapes = new Set();
  for (const [index, { id }] of list) {
    const key = typeof id === "string" ? id.trim() : "";
    if (key && !ids.has(key)) ids.set(key, index);
    if (key) shapes.add(shape(key));
    numbers.set(index + 1, index);
  }
  /** @param {string} reference @returns {number | undefined} */
  const row = (reference) => {
    const text = reference.trim();
    if (ids.has(text)) return ids.get(text);
    const [whole, number] = NUMBERED[noun].exec(text) ?? [];
    if (number && !(whole?.endsWith(number) && shapes.has(shape(text)))) return numbers.get(Number(number));
    const words = folded(text);
    texts ??= textsOf(list);
    if (texts.has(words)) return texts.get(words);
    const begins = words.length >= 15 ? [...texts].filter(([known]) => known.startsWith(words)).map(([, index]) => index) : [];
    return begins.length ? Math.min(...begins) : undefined;
  };
  /** @param {unknown} reference @returns {{ to: number[], astray: boolean }} */
  return (reference) => {
    if (typeof reference !== "string") return { to: [], astray: true };
    const only = row(reference);
    if (only !== undefined) return { to: [only], astray: false };
    const parts = reference.split(/[,;&+/\n]| and /).filter((part) => !blank(part));
    const led = parts.map(row);
    const to = led.filter((index) => index !== undefined);
    return { to, astray: to.length < led.length || to.length === 0 };
  };
}

/** @param {Row[]} list */
function textsOf(list) {
  /** @type {Map<string, number>} */
  const texts = new Map();
  for (const [index, { text }] of list) {
    const words = folded(text);
    if (words && !texts.has(words)) texts.set(words, index);
  }
  return texts;
}

/** @param {string} id */
const shape = (id) => id.replace(/\d/g, "").toLowerCase();
