// What an answer of a record is to a rule.

const LETTER = /[\p{L}\p{N}]/u;

/** Whether nothing was said. @param {unknown} answer */
export function blank(answer) {
  if (typeof answer !== "string") return answer === undefined || answer === null;
  // Nearly every answer begins with a letter.
  const first = answer.charCodeAt(0) | 32;
  return !(first >= 97 && first <= 122) && !LETTER.test(answer);
}

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** A day as it is, to be compared as a text; undefined where there is none or it cannot be read. @param {unknown} answer */
export const day = (answer) => (typeof answer === "string" && DAY.test(answer) ? answer : undefined);

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** @param {unknown} answer */
export const time = (answer) => (typeof answer === "string" && TIME.test(answer) ? answer : undefined);

/** The rows of a list in which something was entered, each with its index. @param {any[] | undefined} list */
export function rows(list) {
  /** @type {[number, any][]} */
  const all = [];
  if (list) for (let row = 0; row < list.length; row += 1) if (filled(list[row])) all.push([row, list[row]]);
  return all;
}

/** Whether something was entered. A row's own key is no entry. @param {any} part @returns {boolean} */
export function filled(part) {
  if (typeof part !== "object" || part === null) return !blank(part);
  for (const name in part) if (name !== "id" && filled(part[name])) return true;
  return false;
}

const TITLES = new Set("mr mrs ms miss mx dr prof professor rev revd sir dame lady lord sgt pc dc".split(" "));

/** @param {string} word */
const tells = (word) => word !== "" && !TITLES.has(word);

/** A text folded to compare: in lower case, without titles, accents and punctuation. @param {unknown} text */
export function folded(text) {
  if (typeof text !== "string") return "";
  const lower = text.toLowerCase();
  if (/^[a-z0-9 ]*$/.test(lower)) return lower.split(" ").filter(tells).join(" ");
  const letters = lower.normalize("NFD").replace(/[^\p{L}\p{N}\s\-‐-―._/]/gu, "");
  return letters
    .split(/[\s\-‐-―._/]+/)
    .filter(tells)
    .join(" ");
}

const PUT_OFF = new Set([
  ..."tbc,tba,tbd,na,none,nobody,no one,unknown,not known,not yet known,not applicable,to follow".split(","),
  ..."confirmed,agreed,allocated,announced,appointed,arranged,decided,determined,identified".split(",").map((word) => `to be ${word}`),
  ..."as above,see above,see below,ditto,pending".split(","),
]);

/** Whether a text says no more than that the answer is to come. @param {string} text */
export function putOff(text) {
  // None of those words is longer.
  if (text.length > 40) return false;
  const words = folded(text);
  return PUT_OFF.has(/^(?:\S(?: |$))+$/u.test(words) ? words.replaceAll(" ", "") : words);
}

/** Whether two rows surely name one person. @param {any} one @param {any} other */
export function samePerson(one, other) {
  if (!blank(one?.person) && !blank(other?.person)) return one.person.trim() === other.person.trim();
  if (one?.name === other?.name) return !blank(one?.name);
  const name = sorted(one?.name);
  return name !== "" && name === sorted(other?.name);
}

/** The words of a name, in any order. @param {unknown} name */
export const sorted = (name) => folded(name).split(" ").sort().join("");
