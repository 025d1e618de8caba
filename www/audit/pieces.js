// Finds the records in a file of any size, holding one of them at a time: a JSON list, a JSON object that holds lists, or
// one record a line. A record that is broken is told with its line, and the search goes on behind it. No JSON parser is
// asked for more than a record: it would have to hold the whole file, and one slip would lose the rest.

/**
 * Where a record stands in the file, and its text or why it has none.
 *
 * @typedef {{ line: number, end: number, text?: string, problem?: string }} Piece
 */

/** No plan is as large. */
const MOST_BYTES = 10_000_000;
const CHUNK = 1_000_000;

const TOO_LARGE = "It is larger than a plan can be. The limit is 10 MB.";
const NO_END = "It has no end: a bracket or a quotation mark is missing.";
const TOO_MANY = "There is a bracket too many before it, or a quotation mark is missing.";

const [NEWLINE, SPACE, QUOTE, COMMA, COLON, BACKSLASH] = [...'\n ",:\\'].map((sign) => sign.charCodeAt(0));
const [OPEN_LIST, CLOSE_LIST, OPEN_GROUP, CLOSE_GROUP] = [..."[]{}"].map((sign) => sign.charCodeAt(0));

/** What of a file is in memory. */
class Window {
  /** @param {Blob} file */
  constructor(file) {
    this.file = file;
    /** Where in the file the window begins. */
    this.start = 0;
    this.bytes = new Uint8Array();
  }

  get end() {
    return this.start + this.bytes.length;
  }

  /** Takes in more of the file; false at its end. */
  async grow() {
    const chunk = new Uint8Array(await this.file.slice(this.end, this.end + CHUNK).arrayBuffer());
    if (chunk.length === 0) return false;
    const grown = new Uint8Array(this.bytes.length + chunk.length);
    grown.set(this.bytes);
    grown.set(chunk, this.bytes.length);
    this.bytes = grown;
    return true;
  }

  /** Lets go of what stands before a place. @param {number} count */
  drop(count) {
    this.bytes = this.bytes.subarray(count);
    this.start += count;
  }
}

/**
 * @param {Blob} file
 * @param {string[]} parts The parts of a record: an object with one of them is a record, and no object that holds lists.
 * @returns {AsyncGenerator<Piece>}
 * @throws {Error} Where the file as a whole cannot be used, with a message for people.
 */
export async function* pieces(file, parts) {
  const window = new Window(file);
  while (window.bytes.length < 3 && (await window.grow()));
  const [first, second] = window.bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new Error("The file is saved as UTF-16. Save it as UTF-8.");
  if (first === 0xef && second === 0xbb) window.drop(3);
  const line = await skipBlank(window);
  const sign = window.bytes[0];
  if (sign === undefined) throw new Error("The file is empty.");
  if (await isByLine(window)) yield* byLine(window, line);
  else if (sign === OPEN_LIST || sign === OPEN_GROUP) yield* fromLists(window, line, new Set([...parts, "record"]));
  else throw new Error("The file does not hold JSON.");
}

/** @param {Window} window @returns {Promise<number>} the line on which something stands */
async function skipBlank(window) {
  let line = 1;
  do {
    let at = 0;
    for (; at < window.bytes.length && window.bytes[at] <= SPACE; at++) if (window.bytes[at] === NEWLINE) line++;
    window.drop(at);
  } while (window.bytes.length === 0 && (await window.grow()));
  return line;
}

/**
 * Whether each line is a record: the first is an object as a whole and more follow, or the second begins one where no
 * list has been opened.
 *
 * @param {Window} window
 */
async function isByLine(window) {
  const endOfLine = () => window.bytes.indexOf(NEWLINE);
  const signBehind = () => window.bytes.subarray(endOfLine()).find((byte) => byte > SPACE);
  if (window.bytes[0] === OPEN_LIST) return false;
  while ((endOfLine() < 0 || signBehind() === undefined) && window.bytes.length < MOST_BYTES && (await window.grow()));
  if (endOfLine() < 0) return false;
  const text = decoded(window.bytes.subarray(0, endOfLine())) ?? "";
  const next = signBehind();
  if (next === OPEN_GROUP && !text.endsWith("[")) return true;
  try {
    JSON.parse(text);
    return next !== undefined;
  } catch {
    return false;
  }
}

/** @param {Window} window @param {number} line @returns {AsyncGenerator<Piece>} */
async function* byLine(window, line) {
  for (let isTooLarge = false; ; ) {
    let end = window.bytes.indexOf(NEWLINE);
    if (end < 0 && window.bytes.length > MOST_BYTES) {
      isTooLarge = true;
      window.drop(window.bytes.length);
    }
    if (end < 0 && (await window.grow())) continue;
    if (end < 0) end = window.bytes.length;
    const text = decoded(window.bytes.subarray(0, end));
    const at = { line: line++, end: window.start + end };
    if (isTooLarge) yield { ...at, problem: TOO_LARGE };
    else if (text !== "") yield { ...at, ...read(text) };
    isTooLarge = false;
    if (end === window.bytes.length && !(await window.grow())) return;
    window.drop(end + 1);
    if (window.bytes.length === 0 && !(await window.grow())) return;
  }
}

/**
 * The objects of each list at the top, or in the object at the top.
 *
 * @param {Window} window
 * @param {number} line
 * @param {Set<string>} single Names that only a single record has.
 * @returns {AsyncGenerator<Piece>}
 */
async function* fromLists(window, line, single) {
  const begun = { line, isList: window.bytes[0] === OPEN_LIST };
  /** How deep the objects of the list stand that we are in, or 0. */
  let inside = 0;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  /** Whether a list may have begun that holds objects. */
  let isOpening = false;
  /** Where the latest text begins and ends. */
  let [textFrom, textTo] = [0, 0];
  /** Where the record begins that we are in, on which line, and how far in. */
  let from = -1;
  let fromLine = 0;
  /** @type {number | undefined} */
  let indent;
  let lineStart = 0;
  /** Whether we are in something that is no object. */
  let isOther = false;
  let found = 0;

  /** Leads to the line on which the next record seems to begin, and tells whether there is one. */
  const goOn = async () => {
    isText = isEscaped = isOther = false;
    from = -1;
    depth = inside;
    if (indent === undefined) return false;
    for (;;) {
      let end = window.bytes.indexOf(NEWLINE, at);
      if (end < 0) {
        window.drop(window.bytes.length);
        at = lineStart = 0;
        if (!(await window.grow())) return false;
        continue;
      }
      line++;
      at = lineStart = end + 1;
      while (window.bytes.length < at + indent + 1 && (await window.grow()));
      const begins = window.bytes[at + indent] === OPEN_GROUP;
      if (begins && window.bytes.subarray(at, at + indent).every((byte) => byte <= SPACE && byte !== NEWLINE)) return true;
    }
  };

  let at = 0;
  for (;;) {
    if (at >= window.bytes.length) {
      const isLong = from >= 0 && at - from > MOST_BYTES;
      if (isLong || !(await keepAndGrow())) {
        if (from < 0 && !isOther) break;
        if (from < 0) from = at;
        yield { line: fromLine, end: window.start + at, problem: isLong && !isOther ? TOO_LARGE : NO_END };
        // It may have swallowed others: we go on behind its first line.
        at = from;
        line = fromLine;
        if (!(await goOn())) return yield* rest(isLong);
      }
      continue;
    }
    const byte = window.bytes[at];
    if (isText) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) {
        isText = false;
        textTo = at;
      } else if (byte === NEWLINE && inside) {
        // No text runs over a line: a quotation mark is missing.
        yield { line: fromLine, end: window.start + at, problem: NO_END };
        if (!(await goOn())) return yield* rest(true);
        continue;
      }
      if (byte === NEWLINE) [line, lineStart] = [line + 1, at + 1];
      at++;
      continue;
    }
    if (byte <= SPACE) {
      if (byte === NEWLINE) [line, lineStart] = [line + 1, at + 1];
      at++;
      continue;
    }
    if (isOpening) {
      isOpening = false;
      if (byte === OPEN_GROUP || depth === 1) inside = depth;
    }
    if (inside && depth === inside) {
      if (byte === CLOSE_GROUP) {
        yield { line, end: window.start + at, problem: TOO_MANY };
        at++;
        if (!(await goOn())) return yield* rest(true);
        continue;
      }
      if (byte === CLOSE_LIST) {
        inside = 0;
        isOther = false;
      } else if (byte === COMMA) isOther = false;
      else if (!isOther) {
        fromLine = line;
        found++;
        if (byte === OPEN_GROUP) {
          from = at;
          if (found === 1 && window.bytes.subarray(lineStart, at).every((byte) => byte <= SPACE)) indent = at - lineStart;
        } else {
          isOther = true;
          yield { line, end: window.start + at, problem: "It is not an object: a plan has named parts." };
        }
      }
    }
    if (byte === QUOTE) {
      isText = true;
      textFrom = at + 1;
    } else if (byte === COLON && depth === 1 && !begun.isList && !inside) {
      if (single.has(decoded(window.bytes.subarray(textFrom, textTo)) ?? "")) return yield* whole();
    } else if (byte === OPEN_LIST || byte === OPEN_GROUP) {
      depth++;
      isOpening = byte === OPEN_LIST && !inside && depth === (begun.isList ? 1 : 2);
    } else if (byte === CLOSE_LIST || byte === CLOSE_GROUP) {
      depth--;
      if (from >= 0 && depth === inside) {
        yield { line: fromLine, end: window.start + at + 1, ...read(decoded(window.bytes.subarray(from, at + 1))) };
        from = -1;
      }
    }
    at++;
  }
  if (found === 0 && begun.isList && depth === 0) throw new Error("The list in the file is empty.");
  if (found === 0) throw new Error("The file holds no list of plans.");
  if (depth > 0) yield { line, end: window.end, problem: "The file ends before its list does: it may have been cut off." };

  /** Takes in more, and lets go of what no record needs. */
  async function keepAndGrow() {
    // A name at the top may stand before the end of the window and its colon behind it.
    const keep = from >= 0 ? from : isText || textTo > 0 ? Math.min(textFrom - 1, at) : at;
    if (keep > 0) {
      window.drop(keep);
      at -= keep;
      textFrom -= keep;
      textTo -= keep;
      lineStart -= keep;
      if (from >= 0) from = 0;
    }
    return window.grow();
  }

  /** The file as one record. */
  async function* whole() {
    const { file } = window;
    if (file.size > MOST_BYTES) yield { line: begun.line, end: file.size, problem: TOO_LARGE };
    else yield { line: begun.line, end: file.size, ...read(decoded(new Uint8Array(await file.arrayBuffer()))) };
  }

  /** @param {boolean} isUnread */
  async function* rest(isUnread) {
    if (isUnread && indent === undefined)
      yield { line, end: window.file.size, problem: "What follows could not be read: put this right, or export one record a line." };
  }
}

/** @param {string | undefined} text */
const read = (text) => (text === undefined ? { problem: "It holds signs that are not UTF-8." } : { text });

/** @param {Uint8Array} bytes @returns {string | undefined} nothing where they are no UTF-8 */
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch {
    return undefined;
  }
}
