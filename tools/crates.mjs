// The crates that cinplan is made with, as cargo tells them: for docs/dependencies.md and the bill of materials.
import { execFileSync } from "node:child_process";

/**
 * @typedef {object} Crate
 * @property {string} id Cargo's own, by which crates name one another.
 * @property {string} name
 * @property {string} version
 * @property {string} licence An SPDX expression.
 * @property {string} description
 * @property {string} repository
 * @property {string} folder Where its source is.
 * @property {string[]} needs The ids of those it needs.
 */

/** @typedef {{ name: string, req: string, kind: "dev" | "build" | null }} Dependency */
/** @typedef {{ id: string, name: string, version: string, license: string | null, description: string | null, repository: string | null, manifest_path: string, dependencies: Dependency[] }} Package */
/** @typedef {{ packages: Package[], resolve: { nodes: { id: string, dependencies: string[] }[] } }} Metadata */

const MODULE = ["--no-default-features", "--features", "js"];
const TARGET = "wasm32-unknown-unknown";

/** What the WebAssembly module is compiled from, cinplan first. */
export function linked() {
  return compiled("normal,no-proc-macro");
}

/** The same, with the macros and scripts that run while it is compiled, and what these need. */
export function run() {
  return compiled("normal,build");
}

/** @param {string} edges */
function compiled(edges) {
  // The metadata names what features could bring too; the tree is what is compiled.
  const tree = cargo("tree", "--target", TARGET, "--edges", edges, "--prefix", "none", ...MODULE);
  const names = new Set(tree.split("\n").map((line) => line.split(" ", 2).join(" ")));
  return crates(MODULE, ({ name, version }) => names.has(`${name} v${version}`));
}

/** All in Cargo.lock, cinplan first. */
export function all() {
  return crates(["--all-features"], () => true);
}

/** What Cargo.toml itself asks for. */
export function direct() {
  return metadata("--no-deps").packages[0].dependencies;
}

/** @param {string[]} options @param {(of: Package) => boolean} wanted @returns {Crate[]} */
function crates(options, wanted) {
  const { packages, resolve } = metadata(...options);
  const found = packages.filter(wanted);
  const ids = new Set(found.map(({ id }) => id));
  const needs = new Map(resolve.nodes.map(({ id, dependencies }) => [id, dependencies.filter((needed) => ids.has(needed)).sort()]));
  return found
    .map(({ id, name, version, license, description, repository, manifest_path }) => ({
      id,
      name,
      version,
      // Some still write the "or" of SPDX as a slash.
      licence: (license ?? "").replaceAll("/", " OR "),
      description: (description ?? "").trim(),
      repository: repository ?? "",
      folder: manifest_path.replace(/[^/\\]+$/, ""),
      needs: needs.get(id) ?? [],
    }))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** cinplan, then the others by name. @param {Crate} of */
function rank({ name, version }) {
  return `${name === "cinplan" ? 0 : 1} ${name} ${version}`;
}

/** @param {string[]} options @returns {Metadata} */
function metadata(...options) {
  return JSON.parse(cargo("metadata", "--format-version", "1", ...options));
}

/** @param {string[]} args */
function cargo(...args) {
  return execFileSync("cargo", [...args, "--locked"], { encoding: "utf8", maxBuffer: 64e6, stdio: ["ignore", "pipe", "inherit"] });
}
