// Puts the package together in pkg/: the compiled module, the hand-written modules with their types, and the data.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";
import { notices } from "./notices.mjs";

// Made aside and moved, so that pkg/ is always whole, for a page that is open on it too.
const out = `target/pkg.${process.pid}`;
mkdirSync(`${out}/requirements`, { recursive: true });

for (const name of ["cinplan.js", "cinplan.d.ts", "cinplan_bg.wasm", "cinplan_bg.wasm.d.ts"]) {
  cpSync(`target/wasm/${name}`, `${out}/${name}`);
}
cpSync("js", out, { recursive: true });
cpSync("procedures", `${out}/procedures`, { recursive: true });
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  if (existsSync(name)) cpSync(name, `${out}/${name}`);
}
writeFileSync(`${out}/LICENSE-THIRD-PARTY`, notices());

// The version is the crate's.
const { version } = readToml("Cargo.toml").package;
const { name, ...manifest } = JSON.parse(readFileSync("js/package.json", "utf8"));
writeJson(`${out}/package.json`, { name, version, ...manifest });

// What a requirement says, for whoever asks "why?"; the rest of an entry is for those who work on cinplan.
for (const file of readdirSync("requirements").filter((file) => file.endsWith(".toml"))) {
  /** @type {{ id: string, section: string, says: string, note?: string }[]} */
  const requirements = readToml(`requirements/${file}`).requirement;
  writeJson(
    `${out}/requirements/${file.replace(/toml$/, "json")}`,
    requirements.map(({ id, section, says, note }) => ({ id, section, says, note })),
  );
}

renameSync(out, replaced("pkg"));

// Types for those who import the hand-written modules. What is wrong in them is for `make test` to say.
spawnSync("node_modules/.bin/tsc", ["-p", "tools/declarations.json"], { stdio: "ignore" });

/** @param {string} path @returns {any} */
function readToml(path) {
  return parse(readFileSync(path, "utf8"));
}

/** @param {string} path @param {unknown} value */
function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2) + "\n");
}

/** @param {string} path */
function replaced(path) {
  rmSync(path, { recursive: true, force: true });
  return path;
}
