// The values of a manual in plain words: periods, ages, offices, lists and groups of them.

/**
 * What stands in a group, by its key; what is not here is said by the key itself.
 *
 * @type {Record<string, (words: string) => string>}
 */
const SAID = {
  office: (words) => words,
  role: (words) => words,
  years_post_qualified: (words) => `${words} years since qualifying`,
  holds_the_case: () => "who holds the case",
  after_child_protection_plan: () => "where the case comes from a child protection plan",
  where_involved: (words) => `where ${words} is involved`,
  after: (words) => `after ${words}`,
  complex_only: () => "in complex cases",
  not_for_long_term: () => "not where longer support is acknowledged",
  ages: (words) => `ages ${words}`,
  from: (words) => `from ${words}`,
  until: (words) => `until ${words}`,
};

/** What makes a group speak of somebody in particular. */
const NAMING = ["office", "role"];

/** What says something about a person who is not named otherwise. */
const ABOUT_SOMEBODY = ["years_post_qualified", "holds_the_case", "after_child_protection_plan"];

/** Choices that say too little by themselves. @type {Record<string, string>} */
const CHOICES = {
  meeting: "the day of the meeting",
  invitations: "the first invitation",
  action: "each action",
  outcome: "an outcome",
  "outcome-or-service": "an outcome or a service",
  person: "by name",
  "person-or-role": "by name or by role",
};

const PERIOD = /^\d+ (working )?(day|week|month|year)s?$/;

/**
 * A value in words: "4 weeks or 20 working days, whichever ends first". Where something is simply asked, there is
 * nothing to add.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function inWords(value) {
  if (value === true) return "";
  if (Array.isArray(value)) return listInWords(value);
  if (typeof value === "object" && value !== null) return groupInWords(/** @type {Record<string, unknown>} */ (value));
  return typeof value === "string" ? (CHOICES[value] ?? value.replaceAll("-", " ")) : String(value);
}

/** Whether a value sets a time, an age or another number. @param {unknown} value @returns {boolean} */
export function isLimit(value) {
  if (Array.isArray(value)) return value.every(isLimit);
  if (typeof value === "object" && value !== null) return Object.values(value).some(isLimit);
  return typeof value === "number" || (typeof value === "string" && PERIOD.test(value));
}

/** @param {unknown[]} values */
function listInWords(values) {
  const words = values.map(inWords);
  if (values.length === 2 && values.every((one) => typeof one === "number")) return words.join(" to ");
  if (words.every((one) => PERIOD.test(one)) && words.length > 1) return `${words.join(" or ")}, whichever ends first`;
  // Commas stand in groups already.
  if (values.some((one) => typeof one === "object")) return words.join("; or ");
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : (words[0] ?? "");
}

/** @param {Record<string, unknown>} group */
function groupInWords(group) {
  const keys = Object.keys(group);
  const parts = keys
    .filter((key) => group[key] !== false)
    .map((key) => (SAID[key] ?? ((words) => `${key.replaceAll("_", " ")} ${words}`.trim()))(inWords(group[key])));
  if (keys.some((key) => ABOUT_SOMEBODY.includes(key)) && !keys.some((key) => NAMING.includes(key)))
    parts.unshift("anybody");
  return parts.join(", ");
}
