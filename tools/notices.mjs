// What the licences of others ask to go with their code: who holds it, and on which terms it may be used.
import { readFileSync, readdirSync } from "node:fs";
import { linked } from "./crates.mjs";

/** The text of pkg/LICENSE-THIRD-PARTY: the notices of all that is compiled into the module, each once. */
export function notices() {
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  const add = (/** @type {string} */ text, /** @type {string} */ name) => texts.set(text, [...(texts.get(text) ?? []), name]);

  for (const { name, version, folder } of linked().slice(1)) {
    // Whatever is offered under Apache-2.0 here is offered under MIT too, of which one is enough.
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file) && !/apache/i.test(file));
    if (files.length === 0) throw new Error(`${name} ${version} comes without the text of its licence`);
    for (const file of files.sort()) add(readFileSync(`${folder}${file}`, "utf8").replaceAll("\r\n", "\n").trim(), `${name} ${version}`);
  }
  // It comes with the compiler, which some systems install without its texts. Its MIT text is that of cinplan.
  const mit = readFileSync("LICENSE-MIT", "utf8").replace(/^Copyright .*$/m, "Copyright (c) The Rust Project Contributors");
  add(mit.trim(), "the standard library of Rust");

  const parts = [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`);
  return `The module of cinplan, and plain.js, hold code of others:\n\n${[...parts].join(`\n${"-".repeat(80)}\n\n`)}`;
}
