// Writes docs/dependencies.md: what cinplan is made with, and why. Run by `make docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { all, direct, linked, run } from "./crates.mjs";

/** What it is for, and why it is not our own code. @typedef {[use: string, reason: string]} Reason */

/** The crates that Cargo.toml names. @type {Record<string, Reason>} */
export const CRATES = {
  chrono: ["days of the calendar: which there are, and the distance between two", "the calendar is easily got wrong in leap years; no clock and no time zones are compiled in"],
  "js-sys": ["lists and objects of JavaScript, as the module hands them out", "the counterpart of wasm-bindgen for the language itself"],
  "rustc-hash": ["looking names, words and rows up", "the standard library's own guards against chosen keys, which nobody sends here, at several times the cost"],
  serde: ["how a record, a procedure and a report are read and written, once for JavaScript and JSON", "every format builds on it, and hosts that are written in Rust expect it"],
  "serde-wasm-bindgen": ["records and reports across the boundary as JavaScript objects", "reading a foreign object safely is long work; JSON as the boundary would cost a text each way"],
  serde_json: ["the procedures that ship, which are JSON in the module", "a reader of JSON that refuses what is not JSON; validator needs it too"],
  toml: ["the statements of the manuals in `requirements/`, for tests and generated pages", "texts over several lines, which JSON lacks; nothing of it ships"],
  tsify: ["the types in `cinplan.d.ts`, made from those in Rust", "types written by hand beside the code would drift from it"],
  validator: ["how long a text, how large a number and how long a list may be", "each limit is declared beside its message, in a form that Rust programmers know"],
  "wasm-bindgen": ["the bridge between the module and JavaScript", "it is the standard one, and wasm-pack builds with it"],
};

/** The packages that package.json names. None is shipped. @type {Record<string, Reason>} */
export const PACKAGES = {
  "@cyclonedx/cyclonedx-library": ["tests: the official schema of the bill of materials", "the schema is theirs; nothing else of it is used"],
  "@hookform/resolvers": ["tests: React Hook Form takes the Standard Schema", "the promise is that it works with that very package"],
  "@standard-schema/spec": ["types: the Standard Schema holds to its own definition", "the definition is theirs"],
  "@tanstack/form-core": ["tests: TanStack Form takes the Standard Schema", "the promise is that it works with that very package"],
  "@types/node": ["types of Node.js, for tools and tests", "they are Node.js's"],
  "@types/react": ["types of React, for the example", "they are React's"],
  "@types/react-dom": ["types of React, for the example", "they are React's"],
  ajv: ["benchmark: another validator; tests: the bill of materials holds to its schema", "the comparison is with that very package"],
  arktype: ["benchmark: another validator", "the comparison is with that very package"],
  "axe-core": ["tests: every page is looked at for barriers", "the rules of accessibility are many, and it is what auditors use"],
  binaryen: ["building: makes the module smaller, and plain JavaScript of it", "an optimiser of WebAssembly is a work of years; Debian's own version breaks the module"],
  esbuild: ["building: puts `plain.js` into one file; tests: a bundler that hosts use", "minifying JavaScript safely takes a parser of it"],
  "govuk-frontend": ["the demo: how pages of government look", "the demo shows cinplan in such a page"],
  "ical.js": ["tests: reads the calendar files that are made", "a check by another's reader finds what our own would forgive"],
  "playwright-core": ["tests: drives Chromium", "the standard way to use a page as a person does"],
  "puppeteer-core": ["tests: drives Firefox", "playwright drives only a Firefox of its own, which would be a download"],
  react: ["the example in `www/examples/react/`", "the example shows cinplan with it"],
  "react-dom": ["the example in `www/examples/react/`", "the example shows cinplan with it"],
  "react-hook-form": ["tests: a form library takes the Standard Schema", "the promise is that it works with that very package"],
  "selenium-webdriver": ["tests: drives WebKit", "WebKitGTK speaks WebDriver alone"],
  sirv: ["serves the demo and the pages of the tests", "a file server that is safe against paths and knows the types of files"],
  "smol-toml": ["building: reads `Cargo.toml` and the statements of the manuals", "Node.js reads no TOML"],
  typebox: ["benchmark: another validator", "the comparison is with that very package"],
  typescript: ["types of the JavaScript: checks them, and writes the `.d.ts` files", "it is the language of types that editors read"],
  valibot: ["benchmark: another validator", "the comparison is with that very package"],
  vite: ["tests: a bundler that hosts use", "the promise is that it works with that very package"],
  webpack: ["tests: a bundler that hosts use", "the promise is that it works with that very package"],
  zod: ["benchmark: another validator", "the comparison is with that very package"],
};

/** What is installed beside these; with the licence. @type {Record<string, [...Reason, licence: string]>} */
const PROGRAMS = {
  "Rust (`rustc`, `cargo`, `rustfmt`, `clippy`)": ["compiles and checks the core; its standard library is in the module", "the language", "MIT OR Apache-2.0"],
  "`wasm-pack`": ["building: runs the compiler and wasm-bindgen", "the standard way to make a package for the web from a crate", "MIT OR Apache-2.0"],
  "`wasm-bindgen-cli`": ["building: writes the JavaScript beside the module", "the other half of wasm-bindgen, of the very same version", "MIT OR Apache-2.0"],
  "`cargo-deny`": ["tests: licences, doubles and sources of crates", "reading licences and SPDX is its whole work", "MIT OR Apache-2.0"],
  "`cargo-mutants`": ["`make mutants`: which changes of the code there are", "knowing which changes compile and mean something is its whole work", "MIT"],
  "`syn`, `serde`, `serde_json`": ["`make mutants`: putting those changes into the code (`tools/mutants/`)", "a parser of Rust is the work of years", "MIT OR Apache-2.0"],
  "Node.js and npm": ["building, the demo and tests", "the JavaScript outside a browser", "MIT; Artistic-2.0"],
  "Chromium, Firefox, WebKitGTK": ["tests", "what the users have", "each its own"],
};

const INTRODUCTION = `\
# What cinplan is made with

This page is written by \`make docs\` from Cargo.toml, Cargo.lock, package.json and package-lock.json, with a reason for each
that is asked for (\`tools/dependencies.mjs\`). Do not edit it.

The npm package depends on nothing: what a host installs is cinplan alone. What of others is compiled into its module is
listed in \`pkg/cinplan.cdx.json\` too, with versions and hashes; [supply.md](supply.md) tells how all this is checked.
`;

const UNUSED = `\
\`validator\` can also look at addresses and patterns, for which it needs \`url\`, \`idna\` and \`regex\`; no feature leaves them
out. Nothing here calls them, so the linker drops them: a test looks for their functions in the module. Only the tables of
Unicode that \`idna\` would like are not compiled at all, because Cargo.lock holds \`idna_adapter\` at 1.0, which has none. Its
authors offer that version for this; it spares 21 crates. A Rust program that uses the crate has a Cargo.lock of its own.
`;

/** What is wrong between what is asked for and what has a reason here. */
export function unexplained() {
  const { devDependencies, dependencies = {} } = readJson("package.json");
  return [
    ...differences("Cargo.toml", direct().map(({ name }) => name), CRATES),
    ...differences("package.json", [...Object.keys(dependencies), ...Object.keys(devDependencies)], PACKAGES),
  ];
}

/** @param {string} file @param {string[]} asked @param {Record<string, Reason>} reasons */
function differences(file, asked, reasons) {
  return [
    ...asked.filter((name) => !reasons[name]).map((name) => `${file} names ${name}: say in tools/dependencies.mjs what it is for, and why it is not our own code`),
    ...Object.keys(reasons).filter((name) => !asked.includes(name)).map((name) => `${file} no longer names ${name}, of which tools/dependencies.mjs speaks`),
  ];
}

/** The page as it should read. */
export function page() {
  const [own, ...module] = linked();
  const compiler = run().filter(({ id }) => id !== own.id && !has(module, id));
  const rest = all().filter(({ id }) => id !== own.id && !has(module, id) && !has(compiler, id));
  const packages = readJson("package-lock.json").packages;
  const named = (/** @type {string} */ name) => [...module, ...rest].find((crate) => crate.name === name);
  const asked = direct().map(({ name }) => name);
  const shipped = asked.filter((name) => module.some((crate) => crate.name === name));
  const npm = Object.keys(packages).filter((path) => path !== "" && !packages[path].link);

  /** What a crate brings along that is not asked for itself. @param {string} name */
  function brings(name) {
    const found = new Set([named(name)?.id]);
    for (const id of found) for (const needed of module.find((crate) => crate.id === id)?.needs ?? []) found.add(needed);
    const names = module.filter((crate) => found.has(crate.id) && !asked.includes(crate.name)).map((crate) => `\`${crate.name}\``);
    return names.join(", ") || "nothing";
  }

  return `${INTRODUCTION}
## In the module

Of the ${module.length} crates, Cargo.toml asks for ${shipped.length}:

${table(["crate", "what for", "why not our own", "brings", "licence"], shipped.map((name) => [code(name), ...CRATES[name], brings(name), named(name)?.licence ?? ""]))}
${UNUSED}
## For tests in Rust

${table(["crate", "what for", "why not our own", "licence"], asked.filter((name) => !shipped.includes(name)).map((name) => [code(name), ...CRATES[name], named(name)?.licence ?? ""]))}
## From npm, for building and testing

${table(["package", "what for", "why not our own", "licence"], Object.entries(PACKAGES).map(([name, reason]) => [code(name), ...reason, packages[`node_modules/${name}`]?.license ?? ""]))}
## Programs

${table(["program", "what for", "why not our own", "licence"], Object.entries(PROGRAMS).map(([name, cells]) => [name, ...cells]))}
## All of them, by licence

${table(["", "how many", "licences"], [
    ["crates in the module", ...licences(module.map(({ licence }) => licence))],
    ["crates that run in the compiler alone: macros, and what they need", ...licences(compiler.map(({ licence }) => licence))],
    ["crates for tests, or named in Cargo.lock by a feature that is off", ...licences(rest.map(({ licence }) => licence))],
    ["npm packages for building and testing", ...licences(npm.map((path) => packages[path].license ?? "not told"))],
  ])}`;
}

/** @param {import("./crates.mjs").Crate[]} crates @param {string} id */
function has(crates, id) {
  return crates.some((crate) => crate.id === id);
}

/** How many there are, and of which licence how many. @param {string[]} all */
function licences(all) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const licence of all) {
    // "MIT OR Apache-2.0" is "Apache-2.0 OR MIT".
    const name = licence.includes("(") ? licence : licence.split(" OR ").sort().join(" OR ");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const told = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([licence, count]) => `${licence}: ${count}`);
  return [String(all.length), told.join("; ")];
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** @param {string} name */
function code(name) {
  return `\`${name}\``;
}

/** @param {string} path @returns {any} */
function readJson(path) {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = unexplained();
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  writeFileSync(new URL("../docs/dependencies.md", import.meta.url), page());
}
