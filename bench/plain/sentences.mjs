// Sentences that are hard to hold together.

/** Words in a sentence from which on it is long. */
const LONG = 37;

const [STOP, BREAK, LETTER, DIGIT, APOSTROPHE, QUOTE, JOIN] = [1, 2, 3, 4, 5, 6, 7];
/** What each character of ASCII is to a sentence. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[.!?\n;]/.test(character)) return STOP;
  if (/[a-z]/i.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return character === "'" ? APOSTROPHE : character === '"' ? QUOTE : /[,:/]/.test(character) ? JOIN : BREAK;
});

/** @param {number} code */
function kindOf(code) {
  if (code < 128) return ASCII[code];
  if (code === 0x2019) return APOSTROPHE;
  if (code === 0x201c) return QUOTE;
  if (code === 0x2022) return STOP;
  return code > 0x2000 && code < 0x2070 ? BREAK : LETTER;
}

/** How each long sentence begins. @param {string} text */
export function longSentence(text) {
  /** @type {string[]} */
  const long = [];
  // A text of fewer characters has no such sentence.
  if (text.length < 2 * LONG) return long;
  let [words, first] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === STOP) words = 0;
    else if (kind === QUOTE) at = endOfQuotation(text, at);
    else if (kind === LETTER || kind === DIGIT) {
      words += 1;
      if (words === 1) first = at;
      if (words === LONG + 1) long.push(text.slice(first).split(/\s+/, 6).join(" "));
      at = endOfWord(text, at);
    }
  }
  return long;
}

/** Where the word or number that begins here ends. @param {string} text @param {number} from */
function endOfWord(text, from) {
  for (let at = from + 1; at < text.length; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === LETTER || kind === DIGIT) continue;
    const next = at + 1 < text.length ? kindOf(text.charCodeAt(at + 1)) : BREAK;
    const before = kindOf(text.charCodeAt(at - 1));
    // "Noah's" is a word, and "8.50" a number.
    const joins = kind === APOSTROPHE ? next === LETTER : (kind === STOP || kind === JOIN) && before === DIGIT && next === DIGIT;
    if (!joins) return at - 1;
  }
  return text.length;
}

/** What stands in quotation marks is somebody's own words. @param {string} text @param {number} from */
function endOfQuotation(text, from) {
  const closing = text[from] === "“" ? "”" : '"';
  const end = text.indexOf(closing, from + 1);
  return end < 0 ? from : end;
}
