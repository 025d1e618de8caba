// Reads what tools/parts.mjs needs of a WebAssembly module: where each function and each piece of data stands, what a
// function is called, and which others it calls. https://webassembly.github.io/spec/core/binary/
/**
 * @typedef {object} Body
 * @property {number} start
 * @property {number} end
 * @property {Set<number>} calls The functions that it calls by name or takes the address of.
 * @property {Set<number>} constants Its whole numbers, among which are the addresses of the data that it looks at.
 */

/**
 * Of functions, by their index; those that are imported come first and have no body.
 *
 * @typedef {object} Module
 * @property {number} imported How many functions are imported.
 * @property {Map<number, Body>} functions
 * @property {Map<number, string>} names
 * @property {number[]} table Functions that are called by their place in a table, in its order.
 * @property {{ start: number, end: number, address: number }[]} data
 * @property {number} end Where the custom sections begin that stand behind the rest.
 */

/** @param {Buffer} bytes @returns {Module} */
export function read(bytes) {
  /** @type {Module} */
  const module = { imported: 0, functions: new Map(), names: new Map(), table: [], data: [], end: 8 };
  for (let at = 8; at < bytes.length; ) {
    const head = new Reader(bytes, at, bytes.length);
    const id = head.byte();
    at = head.number() + head.at;
    SECTIONS[id]?.(new Reader(bytes, head.at, at), module);
    if (id !== 0) module.end = at;
  }
  return module;
}

class Reader {
  /** @param {Buffer} bytes @param {number} at @param {number} end */
  constructor(bytes, at, end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An integer in LEB128. As a number it is right where it has no sign and fits into 53 bits: all others are skipped. */
  number() {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = this.byte();
      value += (byte & 127) * power;
      if (byte < 128) return value;
    }
  }

  /** @param {number} count */
  numbers(count) {
    while (count-- > 0) this.number();
  }

  name() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** The constant at which a segment begins: in memory, or among what is called through a table. */
  offset() {
    const constant = this.byte() === 0x41 ? this.number() : NaN;
    if (Number.isNaN(constant) || this.byte() !== 0x0b) throw new Error("A segment does not begin at a constant");
    return constant;
  }
}

/** By the id of the section. @type {Record<number, (reader: Reader, module: Module) => void>} */
const SECTIONS = {
  0: (reader, module) => {
    if (reader.name() !== "name") return;
    while (reader.at < reader.end) {
      const kind = reader.byte();
      const end = reader.number() + reader.at;
      if (kind === 1) for (let count = reader.number(); count > 0; count--) module.names.set(reader.number(), reader.name());
      reader.at = end;
    }
  },
  2: (reader, module) => {
    for (let count = reader.number(); count > 0; count--) {
      reader.name();
      reader.name();
      const kind = reader.byte();
      if (kind !== 0) throw new Error(`An import of kind ${kind}, where only functions were expected`);
      reader.number();
      module.imported++;
    }
  },
  9: (reader, module) => {
    for (let count = reader.number(); count > 0; count--) {
      const kind = reader.number();
      if (kind === 2) reader.number();
      else if (kind !== 0) throw new Error(`A table of kind ${kind}, where only lists of functions were expected`);
      reader.offset();
      if (kind === 2) reader.byte();
      for (let length = reader.number(); length > 0; length--) module.table.push(reader.number());
    }
  },
  10: (reader, module) => {
    const count = reader.number();
    for (let index = module.imported; index < module.imported + count; index++) {
      const start = reader.at;
      const end = reader.number() + reader.at;
      module.functions.set(index, { start, end, ...instructions(new Reader(reader.bytes, reader.at, end)) });
      reader.at = end;
    }
  },
  11: (reader, module) => {
    for (let count = reader.number(); count > 0; count--) {
      const kind = reader.number();
      if (kind === 2) reader.number();
      if (kind === 1) throw new Error("A segment of data has no place, where only fixed ones were expected");
      const address = reader.offset();
      const length = reader.number();
      module.data.push({ start: reader.at, end: reader.at + length, address });
      reader.at += length;
    }
  },
};

/** @param {Reader} body */
function instructions(body) {
  /** @type {Set<number>} */
  const calls = new Set();
  /** @type {Set<number>} */
  const constants = new Set();
  for (let count = body.number(); count > 0; count--) body.numbers(2);
  while (body.at < body.end) {
    const code = body.byte();
    if (code === 0x10 || code === 0x12 || code === 0xd2) calls.add(body.number());
    else if (code === 0x41) constants.add(body.number());
    // What is loaded and stored: how it is aligned, and a number that is added to its address.
    else if (code >= 0x28 && code <= 0x3e) body.number(), constants.add(body.number());
    else skip(code, body);
  }
  if (body.at !== body.end) throw new Error("A function does not end where it should");
  return { calls, constants };
}

/** What stands behind any other instruction. @param {number} code @param {Reader} body */
function skip(code, body) {
  if (code === 0x43) body.at += 4;
  else if (code === 0x44) body.at += 8;
  else if (code === 0x0e) body.numbers(body.number() + 1);
  else if (code === 0x1c) body.numbers(body.number());
  else if (code === 0x11 || code === 0x13) body.numbers(2);
  else if (code === 0xfc) body.numbers(operands(body.number()));
  else if ([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x3f, 0x40, 0x42, 0xd0].includes(code) || (code >= 0x20 && code <= 0x26)) body.number();
  else if (![0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1].includes(code) && (code < 0x45 || code > 0xc4)) {
    throw new Error(`Instruction ${code.toString(16)} is not known here`);
  }
}

/** Of the instructions behind 0xfc, which are conversions and what moves memory and tables. @param {number} code */
function operands(code) {
  if (code > 17) throw new Error(`Instruction fc ${code.toString(16)} is not known here`);
  return code < 8 ? 0 : [8, 10, 12, 14].includes(code) ? 2 : 1;
}
