// Writes pkg/cinplan.cdx.json: the bill of materials of the package, in CycloneDX. The last step of a build.
//
// The same sources and tools give the same bytes: it has no time, and its serial number is a hash of the rest.
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";
import { linked, run } from "./crates.mjs";

const NAME = "cinplan.cdx.json";

/** @typedef {import("./crates.mjs").Crate} Crate */

const { devDependencies } = readJson("package.json");
const { name, version, description, license } = readJson("pkg/package.json");
const own = purl("npm", name, version);
const [crate, ...module] = linked();
const known = new Set(module.map(({ id }) => id));
const compiler = run().filter(({ id }) => id !== crate.id && !known.has(id));
const hashes = checksums();
const made = producers("target/wasm/compiled.wasm");
const [rust] = made["processed-by"].rustc.split(" ");

// The module says which compiler made it; its standard library comes with that.
const library = {
  type: "library",
  "bom-ref": purl("generic", "rust-std", rust),
  name: "rust-std",
  version: rust,
  description: "The standard library of Rust",
  ...licence("MIT OR Apache-2.0"),
  purl: purl("generic", "rust-std", rust),
  ...source("https://github.com/rust-lang/rust"),
};

const bill = {
  $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    lifecycles: [{ phase: "build" }],
    component: {
      type: "library",
      "bom-ref": own,
      name,
      version,
      description,
      ...licence(license),
      purl: own,
      components: files("pkg").map((path) => ({ type: "file", "bom-ref": `file:${path}`, name: path, hashes: hash("pkg", path) })),
    },
  },
  components: [...module.map(component), library],
  dependencies: [
    { ref: own, dependsOn: [...crate.needs.filter((id) => known.has(id)).map(ref), library["bom-ref"]].sort() },
    ...module.map(({ id, needs }) => ({ ref: ref(id), dependsOn: needs.map(ref) })),
    { ref: library["bom-ref"], dependsOn: [] },
  ],
  formulation: [
    {
      components: [
        ...tools().map(([type, name, version]) => ({ type: "application", "bom-ref": purl(type, name, version), name, version, purl: purl(type, name, version) })),
        ...compiler.map(component),
      ],
    },
  ],
};

const digest = createHash("sha256").update(JSON.stringify(bill)).digest("hex");
// Version 8 of a UUID is one of the maker's own kind.
const serialNumber = `urn:uuid:${[digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`, digest.slice(20, 32)].join("-")}`;
const { $schema, bomFormat, specVersion, ...rest } = bill;
writeFileSync(`target/${NAME}`, JSON.stringify({ $schema, bomFormat, specVersion, serialNumber, ...rest }, null, 2) + "\n");
renameSync(`target/${NAME}`, `pkg/${NAME}`);

// npm packs the modes of files too; a strict mask of the builder would hand out files that others cannot read.
for (const path of [...files("pkg"), NAME]) chmodSync(`pkg/${path}`, 0o644);

/** @param {Crate} of */
function component({ id, name, version, description, licence: expression, repository }) {
  const checksum = hashes.get(`${name} ${version}`);
  if (!checksum) throw new Error(`Cargo.lock holds no checksum of ${name} ${version}`);
  return {
    type: "library",
    "bom-ref": ref(id),
    name,
    version,
    description,
    hashes: [{ alg: "SHA-256", content: checksum }],
    ...licence(expression),
    purl: ref(id),
    ...source(repository),
  };
}

/** What turned sources into the files of the package: where it comes from, its name and version. */
function tools() {
  const wasmPack = process.env.WASM_PACK;
  const bindgen = module.find(({ name }) => name === "wasm-bindgen")?.version;
  if (!wasmPack || !bindgen) throw new Error("WASM_PACK is not set: run make");
  return [
    ["generic", "rustc", rust],
    ["cargo", "wasm-pack", wasmPack],
    ["cargo", "wasm-bindgen-cli", bindgen],
    ...["binaryen", "esbuild", "typescript"].map((name) => ["npm", name, devDependencies[name]]),
  ];
}

/** A crate as package URLs name it. @param {string} id */
function ref(id) {
  const { name, version } = [...module, ...compiler].find((crate) => crate.id === id) ?? crate;
  return purl("cargo", name, version);
}

/** @param {string} type @param {string} name @param {string} version */
function purl(type, name, version) {
  return `pkg:${type}/${name}@${encodeURIComponent(version)}`;
}

/** @param {string} expression */
function licence(expression) {
  return { licenses: [{ expression, acknowledgement: "declared" }] };
}

/** @param {string} url */
function source(url) {
  return url ? { externalReferences: [{ type: "vcs", url }] } : {};
}

/** The hashes of crates as cargo checked them, by name and version. @returns {Map<string, string>} */
function checksums() {
  /** @type {any} */
  const lock = parse(readFileSync("Cargo.lock", "utf8"));
  return new Map(lock.package.map((/** @type {any} */ { name, version, checksum }) => [`${name} ${version}`, checksum]));
}

/** What a module says of its makers: a list of fields, each with names and versions. @param {string} path @returns {Record<string, Record<string, string>>} */
function producers(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  const bytes = Buffer.from(WebAssembly.Module.customSections(module, "producers")[0]);
  let at = 0;
  // Each length and text here is short enough for one byte of length.
  const count = () => bytes[at++];
  const text = () => {
    const length = count();
    return bytes.toString("utf8", at, (at += length));
  };
  return Object.fromEntries(Array.from({ length: count() }, () => [text(), Object.fromEntries(Array.from({ length: count() }, () => [text(), text()]))]));
}

/** The files below a folder. @param {string} folder */
function files(folder) {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((path) => statSync(`${folder}/${path}`).isFile());
  return paths.filter((path) => path !== NAME).sort();
}

/** @param {string} folder @param {string} path */
function hash(folder, path) {
  return [{ alg: "SHA-256", content: createHash("sha256").update(readFileSync(`${folder}/${path}`)).digest("hex") }];
}

/** @param {string} path @returns {any} */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
