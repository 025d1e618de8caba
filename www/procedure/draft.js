// A procedure that is being edited: what was loaded, and over it what people have typed. What nobody touched is written
// back as it was; what cannot be read yet is kept as it was typed.

import { get, isObject } from "../paths.js";

/** @import { Accepts, TermEntry } from "../../pkg/cinplan.js" */

/** @typedef {Record<string, unknown>} Data a procedure, right or wrong */

/**
 * @typedef {object} Draft what the controls of a term, a question or a line of guidance hold
 * @property {"on" | "off" | ""} state nothing where a file has no such key
 * @property {string | string[]} value
 * @property {string} force
 * @property {boolean} leaves
 * @property {string} cites
 * @property {string} note
 */

/**
 * @typedef {object} Entry something that a procedure asks or does not ask
 * @property {string} key where it stands, such as `reviews.every`
 * @property {string} group
 * @property {string} heading
 * @property {string} meaning
 * @property {Accepts} [accepts] what its value can be; a question or a line of guidance has none
 */

/** @typedef {{ given: unknown, id: string, question: string, section: string, stage: string, force: string, cites: string, note: string }} OwnDraft */

/** What is read into controls, and how it is written back. @template T @typedef {{ read: (given: any) => T, write: (draft: T, given: any) => unknown }} Codec */

/** @param {unknown} value */
const shown = (value) =>
  value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);

/** @type {Codec<string>} */
export const textCodec = { read: shown, write: (draft) => draft };

/** One day a line. @type {Codec<string>} */
export const daysCodec = {
  read: (given) => (Array.isArray(given) ? given.map(shown).join("\n") : shown(given)),
  write: (draft) => lines(draft),
};

/** @type {Codec<string>} */
export const jsonCodec = {
  read: (given) => (given === null ? "" : shown(given)),
  write: (draft) => (draft.trim() === "" ? null : parsed(draft)),
};

/** @param {string} text */
const lines = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What a text holds; the text itself where it is no JSON yet. @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What is wrong with a text as JSON, if anything. @param {string} text */
export function notJson(text) {
  if (text.trim() === "") return "";
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a value is ticked among choices. @param {Accepts} accepts @returns {accepts is { kind: "list", of: { kind: "choice", choices: string[] } }} */
export const isTicked = (accepts) => accepts.kind === "list" && accepts.of.kind === "choice";

/** Whether a value is written as JSON. @param {Accepts} accepts */
export const isJson = (accepts) => accepts.kind === "group" || (accepts.kind === "list" && !isTicked(accepts));

/** @param {Accepts} accepts @param {unknown} value @returns {string | string[]} */
function valueDraft(accepts, value) {
  if (isTicked(accepts)) return Array.isArray(value) ? value.map(shown) : [];
  if (accepts.kind === "limit" && Array.isArray(value)) return value.map(shown).join("\n");
  return shown(value);
}

/** @param {Accepts} accepts @param {string | string[]} draft */
function valueWritten(accepts, draft) {
  if (accepts.kind === "asked") return true;
  if (typeof draft !== "string") return draft;
  const text = draft.trim();
  if (accepts.kind === "number") return /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (isJson(accepts)) return parsed(draft);
  if (accepts.kind === "limit") {
    const periods = lines(draft);
    return periods.length > 1 ? periods : text;
  }
  return text;
}

/** @param {unknown} cites */
const citesDraft = (cites) => (Array.isArray(cites) ? cites.map(shown).join(", ") : shown(cites));

/** @param {string} text */
const citesWritten = (text) =>
  text
    .split(/[,;\n]/)
    .map((id) => id.trim())
    .filter(Boolean);

/**
 * Takes over what was touched, key by key.
 *
 * @param {Data} given
 * @param {Data} was
 * @param {Data} now
 * @param {Record<string, () => unknown>} write by the key in the file; undefined leaves it out
 */
function touched(given, was, now, write) {
  const result = { ...given };
  for (const [key, value] of Object.entries(write)) {
    if (same(was[key], now[key]) && key in given) continue;
    const written = value();
    if (written === undefined) delete result[key];
    else result[key] = written;
  }
  return result;
}

/** @param {Entry} entry @returns {Codec<Draft>} */
export function entryCodec({ accepts }) {
  const read = (/** @type {any} */ given) => {
    const group = isObject(given) ? given : {};
    return {
      state: /** @type {Draft["state"]} */ (given === null || (!accepts && given === undefined) ? "off" : given === undefined ? "" : "on"),
      value: accepts ? valueDraft(accepts, group.value) : "",
      force: isObject(given) ? shown(group.force) : "should",
      leaves: group.leaves_room === true,
      cites: citesDraft(group.cites),
      note: shown(group.note),
    };
  };
  const keyed = (/** @type {Draft} */ draft) => ({ ...draft, leaves_room: draft.leaves });
  return {
    read,
    write(draft, given) {
      if (draft.state === "") return undefined;
      if (draft.state === "off") return accepts ? null : undefined;
      const { value, force, leaves, cites, note } = draft;
      return touched(isObject(given) ? given : {}, keyed(read(given)), keyed(draft), {
        ...(accepts ? { value: () => valueWritten(accepts, value) } : {}),
        force: () => force,
        cites: () => citesWritten(cites),
        ...(accepts ? { leaves_room: () => leaves || undefined } : {}),
        note: () => note.trim() || undefined,
      });
    },
  };
}

/** @type {Codec<OwnDraft[]>} */
export const ownCodec = {
  read: (given) => (Array.isArray(given) ? given.map(ownDraft) : []),
  write: (rows, given) => (rows.length === 0 && given === undefined ? undefined : rows.map(ownWritten)),
};

/** @param {unknown} given @returns {OwnDraft} */
export function ownDraft(given) {
  const group = isObject(given) ? given : {};
  const text = (/** @type {string} */ key) => shown(group[key]);
  const { cites } = group;
  return {
    ...{ given, id: text("id"), question: text("question"), section: text("section"), stage: text("stage") },
    ...{ force: text("force"), cites: citesDraft(cites), note: text("note") },
  };
}

/** @param {OwnDraft} row */
function ownWritten(row) {
  const { given } = row;
  const was = ownDraft(given);
  if (same(was, row)) return given;
  return touched(isObject(given) ? given : {}, was, row, {
    id: () => row.id.trim(),
    question: () => row.question.trim(),
    section: () => row.section,
    stage: () => row.stage,
    force: () => row.force,
    cites: () => citesWritten(row.cites),
    note: () => row.note.trim() || undefined,
  });
}

/** Whether two pieces of data hold the same, in whatever order their keys stand. @param {unknown} a @param {unknown} b */
export const same = (a, b) => ordered(a) === ordered(b);

/** @param {unknown} data */
const ordered = (data) =>
  JSON.stringify(data, (_, value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );

/** A copy with another value at a path of names; undefined takes the key away. @param {Data} data @param {string[]} path @param {unknown} value @returns {Data} */
function put(data, [name, ...rest], value) {
  const below = rest.length > 0 ? put(isObject(data[name]) ? data[name] : {}, rest, value) : value;
  const copy = { ...data };
  if (below === undefined) delete copy[name];
  else Object.defineProperty(copy, name, { value: below, enumerable: true, writable: true, configurable: true });
  return copy;
}

/** What was loaded, with what was typed over it. */
export class Procedure {
  /** @type {Map<string, { codec: Codec<any>, draft: any }>} */
  #typed = new Map();

  /** @param {Data} source */
  constructor(source) {
    this.source = source;
  }

  /**
   * What the controls of a key hold. It is kept as it is handed out: whoever changes it changes the procedure.
   *
   * @template T
   * @param {string} key
   * @param {Codec<T>} codec
   * @returns {T}
   */
  draft(key, codec) {
    const held = this.#typed.get(key) ?? { codec, draft: codec.read(get(this.source, key)) };
    this.#typed.set(key, held);
    return held.draft;
  }

  /** @param {string} key @param {unknown} draft */
  type(key, draft) {
    const held = this.#typed.get(key);
    if (held) held.draft = draft;
  }

  /** Puts something else in the place of what was loaded and typed. @param {string} key @param {unknown} value */
  set(key, value) {
    this.#typed.delete(key);
    this.source = put(this.source, key.split("."), value);
  }

  /** The procedure as it stands. @returns {Data} */
  written() {
    let data = this.source;
    for (const [key, { codec, draft }] of this.#typed) {
      const given = get(this.source, key);
      if (!same(draft, codec.read(given))) data = put(data, key.split("."), codec.write(draft, given));
    }
    return data;
  }
}

/** Where two procedures differ, of the keys that are named. @param {string[]} keys @param {unknown} one @param {unknown} other */
export const differing = (keys, one, other) => keys.filter((key) => !same(get(one, key), get(other, key)));

/** Everything that a procedure can ask. @param {TermEntry[]} terms @param {{ id: string, kind: string, title: string }[]} rules @returns {Entry[]} */
export function entriesOf(terms, rules) {
  const named = (/** @type {string} */ kind, /** @type {string} */ group, /** @type {string} */ heading) =>
    rules
      .filter((rule) => rule.kind === kind)
      .map(({ id, title }) => ({ key: `${group}.${id}`, group, heading, meaning: title }));
  return [
    ...terms.map(({ group, heading, term, meaning, accepts }) => ({ key: `${group}.${term}`, group, heading, meaning, accepts })),
    ...named("prompt", "prompts", "Questions that only a person can judge"),
    ...named("guidance", "guidance", "Guidance at a field"),
  ];
}
