// What cinplan is made with: each dependency has its reason, the bill of materials is right, and the package tells nothing
// of the machine that it was built on.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { parse } from "smol-toml";
import { page, unexplained } from "../../tools/dependencies.mjs";

const root = new URL("../../", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");
const json = (/** @type {string} */ path) => JSON.parse(read(path));

const files = readdirSync(new URL("pkg/", root), { encoding: "utf8", recursive: true }).filter((path) => statSync(new URL(`pkg/${path}`, root)).isFile());
/** @type {any} */
const bill = json("pkg/cinplan.cdx.json");

test("each dependency has its reason, and each reason its dependency", () => {
  assert.deepEqual(unexplained(), []);
  assert.equal(read("docs/dependencies.md"), page(), "run make docs");
});

test("what a host installs depends on nothing", () => {
  const manifest = json("pkg/package.json");
  for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies", "scripts"]) assert.equal(manifest[kind], undefined, kind);
});

test("the bill of materials holds to the schema of CycloneDX", () => {
  const schemas = "node_modules/@cyclonedx/cyclonedx-library/res/schema";
  // Its formats are those of addresses and times.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const part of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    const file = `${part}.SNAPSHOT.schema.json`;
    ajv.addSchema(json(`${schemas}/${file}`), new URL(file, bill.$schema).href);
  }
  /** @type {import("ajv").ValidateFunction<any>} */
  const valid = ajv.compile(json(`${schemas}/bom-1.6.SNAPSHOT.schema.json`));
  assert.ok(valid(bill), JSON.stringify(valid.errors, null, 2));
  assert.ok(!valid({ ...bill, components: [{ name: "serde" }] }), "a component without its type is refused");
});

test("the bill of materials names what the module is compiled from, with cargo's own hashes", () => {
  const tree = execFileSync("cargo", ["tree", "--locked", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro", "--no-default-features", "--features", "js", "--prefix", "none"], { cwd: fileURLToPath(root), encoding: "utf8" });
  const compiled = new Set([...tree.matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `pkg:cargo/${name}@${version}`));
  const own = `pkg:cargo/${json("pkg/package.json").name}@${json("pkg/package.json").version}`;
  assert.ok(compiled.delete(own));

  /** @type {{ purl: string, name: string, version: string, hashes?: { content: string }[] }[]} */
  const components = bill.components;
  const crates = components.filter(({ purl }) => purl.startsWith("pkg:cargo/"));
  assert.deepEqual(crates.map(({ purl }) => purl).sort(), [...compiled].sort());
  assert.deepEqual(components.filter((component) => !crates.includes(component)).map(({ name }) => name), ["rust-std"]);

  /** @type {any} */
  const lock = parse(read("Cargo.lock"));
  for (const { name, version, hashes } of crates) {
    const locked = lock.package.find((/** @type {any} */ one) => one.name === name && one.version === version);
    assert.equal(hashes?.[0].content, locked.checksum, name);
  }

  // Whatever is named is there once, and is told what it needs.
  const refs = bill.dependencies.map((/** @type {{ ref: string }} */ { ref }) => ref);
  assert.deepEqual([...refs].sort(), [bill.metadata.component["bom-ref"], ...components.map(({ purl }) => purl)].sort());
  for (const { ref, dependsOn } of bill.dependencies) for (const needed of dependsOn) assert.ok(refs.includes(needed), `${ref} needs ${needed}`);
  const reached = new Set([bill.metadata.component["bom-ref"]]);
  for (const ref of reached) for (const needed of bill.dependencies.find((/** @type {{ ref: string }} */ one) => one.ref === ref).dependsOn) reached.add(needed);
  assert.equal(reached.size, refs.length, "everything is needed by something");
});

test("the bill of materials holds the hash of every other file of the package, and no time", () => {
  const hashes = Object.fromEntries(bill.metadata.component.components.map((/** @type {any} */ { name, hashes }) => [name, hashes[0].content]));
  const truth = Object.fromEntries(
    files.filter((path) => path !== "cinplan.cdx.json").map((path) => [path, createHash("sha256").update(readFileSync(new URL(`pkg/${path}`, root))).digest("hex")]),
  );
  assert.deepEqual(hashes, truth);
  assert.doesNotMatch(read("pkg/cinplan.cdx.json"), /timestamp|\d\d:\d\d:\d\d/);
});

test("the notices of all that is in the module go with it", () => {
  const notices = read("pkg/LICENSE-THIRD-PARTY");
  for (const { name, version } of bill.components.slice(0, -1)) assert.match(notices, new RegExp(`(^|, )${name} ${version.replaceAll(".", "\\.")}(,|$)`, "m"));
});

test("the package tells nothing of the machine that it was built on", () => {
  const folders = [homedir(), process.env.CARGO_HOME, process.env.CARGO_TARGET_DIR, fileURLToPath(root).replace(/\/$/, "")];
  const own = folders.filter((folder) => folder && folder !== "/").map((folder) => `${folder}/`);
  // Folders of users and systems, and those of cargo.
  const any = /(?<![\w.\])}*:])\/(?:home|root|Users|tmp|private|var|usr|opt|mnt|workspace)\/\w|\b[A-Z]:\\\\?Users|registry\/src|\.cargo\/|\.rustup\/|index\.crates\.io/;
  for (const path of files) {
    const text = readFileSync(new URL(`pkg/${path}`, root), "latin1");
    for (const folder of own) assert.ok(!text.includes(folder), `${path} names ${folder}`);
    const found = any.exec(text);
    assert.equal(found && text.slice(Math.max(0, found.index - 40), found.index + 60), null, path);
  }
});

test("nothing of what validator could do with addresses and patterns is in the module", () => {
  const names = readFileSync(new URL("target/wasm/compiled.wasm", root), "latin1");
  // A name that was mangled tells its crate with the number of its letters before it; a trait of it is told with two dots.
  const has = (/** @type {string} */ crate) => new RegExp(`(?:_ZN|_)${crate.length}${crate}\\d|\\b${crate}\\.\\.`).test(names);
  for (const crate of ["cinplan", "validator", "serde_wasm_bindgen", "chrono"]) assert.ok(has(crate), `${crate} is in the module`);
  const unused = ["url", "idna", "idna_adapter", "form_urlencoded", "percent_encoding", "regex", "regex_automata", "regex_syntax", "aho_corasick"];
  assert.deepEqual(unused.filter(has), []);
});

test("a licence that is not allowed, a crate in two versions, a crate that is forbidden and one from elsewhere are found", () => {
  const rules = read("deny.toml");
  /** What is said of the crates as they are, by rules in which something reads otherwise. */
  const told = (/** @type {string} */ from, /** @type {string} */ to) => {
    assert.ok(rules.includes(from), from);
    const folder = mkdtempSync(join(tmpdir(), "cinplan-"));
    try {
      writeFileSync(join(folder, "deny.toml"), rules.replace(from, to));
      const { status, stdout, stderr } = spawnSync("tools/deny.sh", [join(folder, "deny.toml")], { cwd: fileURLToPath(root), encoding: "utf8" });
      return [status === 0, ...(stdout + stderr).match(/(?:bans|licenses|sources) (?:ok|FAILED)/g) ?? []].join(", ");
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  assert.equal(told("", ""), "true, bans ok, licenses ok, sources ok");
  assert.equal(told('"Unicode-3.0"', ""), "false, bans ok, licenses FAILED, sources ok");
  assert.equal(told("skip = [", "skip-tree = [] # ["), "false, bans FAILED, licenses ok, sources ok");
  assert.equal(told("idna_adapter@>=1.1", "idna_adapter@>=1.0"), "false, bans FAILED, licenses ok, sources ok");
  assert.equal(told('unknown-registry = "deny"', 'unknown-registry = "deny"\nallow-registry = []'), "false, bans ok, licenses ok, sources FAILED");
});
