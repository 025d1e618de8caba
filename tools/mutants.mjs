// Tests the tests: changes the Rust code in one place at a time, as cargo-mutants would, and sees whether a test notices.
//
//   make mutants                            every change that there is
//   make mutants SAMPLE=600 SEED=1          so many of them by chance; the seed tells which
//   make mutants SHARD=3/50                 the fourth of fifty parts of all
//   make mutants MISSED=1                   those that no test noticed the last time
//   make mutants ARGS="--file src/day.rs"   whatever else cargo-mutants chooses by
//   make mutants QUICK=1                    leaves out what only cargo-mutants itself can try, a minute and more for each
//   make mutants TESTS="^(?!forms)"         by the tests alone whose program or name is like this: fewer are caught
//   make mutants JOBS=4                     so many tests at a time
//
// cargo-mutants compiles everything anew for each change, which takes days here. So the changes that it lists are put into
// one program, each behind a switch (tools/mutants/), and each is tried by those tests that come past it, first by what
// caught most so far in little time. What cannot be put behind a switch is left to cargo-mutants. What came of each is in
// target/mutants/outcomes.json.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";

/**
 * @typedef {{ line: number, column: number }} Position
 * @typedef {{ name: string, file: string, genre: string, replacement: string, span: { start: Position },
 *   function?: { return_type: string } }} Listed
 * @typedef {{ id: number, name: string, file: string, genre: string, replacement: string, line: number, column: number }} Mutant
 * @typedef {"caught" | "timeout" | "missed" | "unviable"} Outcome
 * @typedef {{ exe: string, name: string, time: number, reaches: Set<number>, tried: number, caught: number }} Test
 * @typedef {{ own: [string, number, number, number][], around: [string, number, number, number[]][], broken: number[],
 *   lost: number[] }} Places
 * @typedef {{ name: string, outcome: Outcome, by: string }} Result
 */

const { SAMPLE, SEED = "1", SHARD, MISSED, QUICK, ARGS = "", TESTS = "", JOBS = "2" } = process.env;
const work = resolve("target/mutants");
const tree = `${work}/tree`;
const outcomes = `${work}/outcomes.json`;
// Numbers that overflow are to be noticed as in any test; what checks a case thousands of times is to be quick.
const env = { ...process.env, CARGO_TARGET_DIR: `${work}/build`, CARGO_PROFILE_DEV_OPT_LEVEL: "1", CARGO_PROFILE_DEV_DEBUG: "none", RUSTFLAGS: "--cap-lints=allow" };

const args = ARGS.split(" ").filter(Boolean);
/** @type {Listed[]} */
const all = JSON.parse(execFileSync("cargo", ["mutants", "--list", "--json", ...args], { encoding: "utf8", maxBuffer: 1e9 }));
const chosen = choose(all);
const mutants = new Map(chosen.map((listed, place) => [place + 1, mutant(listed, place + 1)]));
console.log(`${mutants.size} of ${all.length} mutants`);

/** @type {Map<number, Result>} */
const results = new Map();
/** Those that cannot stand behind a switch, though they may compile. */
const alone = new Set(chosen.flatMap((listed, place) => (returnsHidden(listed) ? [place + 1] : [])));

copy();
const programs = build();
const tests = await record(programs);
await tryAll();
leave();
report();

/** @param {Listed[]} listed */
function choose(listed) {
  if (MISSED) {
    /** @type {Result[]} */
    const before = JSON.parse(readFileSync(outcomes, "utf8"));
    const missed = new Set(before.filter(({ outcome }) => outcome === "missed").map(({ name }) => name));
    return listed.filter(({ name }) => missed.has(name));
  }
  if (SHARD) {
    const [part, parts] = SHARD.split("/").map(Number);
    if (!(part < parts)) throw new Error(`SHARD is ${SHARD}: it has to be such as 0/50, up to 49/50.`);
    return listed.filter((_, place) => place % parts === part);
  }
  if (!SAMPLE) return listed;
  // By Fisher and Yates, with mulberry32 for chance.
  let state = Number(SEED);
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const deck = [...listed];
  for (let left = deck.length; left > 1; left--) {
    const at = Math.floor(chance() * left);
    [deck[at], deck[left - 1]] = [deck[left - 1], deck[at]];
  }
  return deck.slice(0, Number(SAMPLE));
}

/** @param {Listed} listed @param {number} id @returns {Mutant} */
function mutant({ name, file, genre, replacement, span }, id) {
  return { id, name, file, genre, replacement, ...span.start };
}

/** An `impl Iterator` is of one type, which a switch cannot change. @param {Listed} listed */
function returnsHidden(listed) {
  return listed.genre === "FnValue" && /\bimpl\b/.test(listed.function?.return_type ?? "");
}

function copy() {
  mkdirSync(tree, { recursive: true });
  for (const name of readdirSync(".")) {
    if ([".git", "node_modules", "pkg", "target"].includes(name)) continue;
    cpSync(name, `${tree}/${name}`, { recursive: true, preserveTimestamps: true });
  }
  // A library for Rust alone, which the tests are linked with.
  writeFileSync(`${tree}/Cargo.toml`, readFileSync("Cargo.toml", "utf8").replace('"cdylib", ', ""));
}

/** Compiles with every switch that can be; what cannot is either no Rust, or is left to cargo-mutants. */
function build() {
  const tool = `${work}/tool`;
  execFileSync("cargo", ["build", "--quiet", "--locked", "--manifest-path", "tools/mutants/Cargo.toml", "--target-dir", tool], { stdio: "inherit" });
  for (;;) {
    const places = place(`${tool}/debug/mutants`);
    const checked = cargo("check", "--lib");
    if (checked.status === 0) break;
    if (!drop(checked.messages, places)) throw new Error(checked.messages.map(({ message }) => message?.rendered).join("\n"));
  }
  console.log(`${live().length} stand behind switches, ${results.size} do not compile, ${alone.size} are left to cargo-mutants`);
  const built = cargo("test", "--no-run", "--tests");
  if (built.status !== 0) throw new Error(built.messages.map(({ message }) => message?.rendered).join("\n"));
  return built.messages.filter(({ reason, executable }) => reason === "compiler-artifact" && executable).map(({ executable }) => String(executable));
}

function live() {
  return [...mutants.values()].filter(({ id }) => !results.has(id) && !alone.has(id));
}

/** @param {string} tool @returns {Places} */
function place(tool) {
  // As new, so that cargo compiles it.
  cpSync("src", `${tree}/src`, { recursive: true });
  writeFileSync(`${work}/chosen.json`, JSON.stringify(live()));
  execFileSync(tool, [`${work}/chosen.json`, ".", tree, `${work}/places.json`], { stdio: "inherit" });
  appendFileSync(`${tree}/src/lib.rs`, switches(mutants.size + 1));
  /** @type {Places} */
  const places = JSON.parse(readFileSync(`${work}/places.json`, "utf8"));
  for (const id of places.broken) settle(id, "unviable", "");
  for (const id of places.lost) alone.add(id);
  return places;
}

/** The module that the switches ask: one mutant is on, or every one that is come past is written down. @param {number} count */
function switches(count) {
  return `
#[doc(hidden)]
pub mod mutants {
    use std::io::Write;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    static CURRENT: LazyLock<u32> = LazyLock::new(|| std::env::var("MUTANT").map_or(0, |id| id.parse().unwrap_or(u32::MAX)));
    static SEEN: [AtomicBool; ${count}] = [const { AtomicBool::new(false) }; ${count}];
    #[inline(never)]
    fn seen(id: u32) {
        if !SEEN[id as usize].swap(true, Relaxed) {
            let path = std::env::var("REACHED").expect("a file to write to");
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).expect("a file");
            file.write_all(format!("{id} ").as_bytes()).expect("written");
        }
    }
    pub fn on(id: u32) -> bool {
        let current = *CURRENT;
        if current == u32::MAX { seen(id) }
        current == id
    }
}
`;
}

/** @param {string[]} command */
function cargo(...command) {
  const { status, stdout } = spawnSync("cargo", [...command, "--locked", "--message-format=json"], { cwd: tree, env, encoding: "utf8", maxBuffer: 1e9, stdio: ["ignore", "pipe", "pipe"] });
  /** @type {any[]} */
  const messages = stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  return { status, messages };
}

/** Takes out the mutants that errors are about, and tells whether there were any. @param {any[]} messages @param {Places} places */
function drop(messages, places) {
  // Errors that come of the switch and not of what is behind it: in a constant, and in what is borrowed or moved.
  const ofSwitch = /^E0(015|010|373|382|49\d|50\d|51[56]|521|59[67]|621|71[26])$/;
  let dropped = false;
  /** @typedef {{ file_name: string, byte_start: number, byte_end: number, is_primary: boolean }} Span */
  /** @param {Span} span @param {string} [code] */
  const dropAt = (span, code = "") => {
    const within = (/** @type {[string, number, number, ...unknown[]]} */ [file, start, end]) => file === span.file_name && start <= span.byte_start && span.byte_end <= end;
    const own = places.own.filter(within).sort((one, other) => one[2] - one[1] - (other[2] - other[1]))[0];
    const around = places.around.filter(within).sort((one, other) => one[2] - one[1] - (other[2] - other[1]))[0];
    const ids = own ? [own[3]] : (around?.[3] ?? []);
    for (const id of ids) {
      if (own && !ofSwitch.test(code)) settle(id, "unviable", code);
      else alone.add(id);
    }
    return ids.length > 0;
  };
  for (const { message } of messages) {
    if (message?.level !== "error") continue;
    /** @type {{ spans: Span[], code?: { code: string } }} */
    const { spans, code } = message;
    const [main, more] = [spans.filter(({ is_primary }) => is_primary), spans.filter(({ is_primary }) => !is_primary)];
    // Where something is moved before it is used, say, the switch stands at the side of the error.
    const found = main.map((span) => dropAt(span, code?.code)).some(Boolean) || more.map((span) => dropAt(span, code?.code)).some(Boolean);
    if (found) dropped = true;
    else if (code?.code === "E0004") {
      // What is told of a match that leaves something out is what it looks at. The arm that is switched off comes next.
      const arms = places.own.filter(([file, start, , id]) => main.some((span) => file === span.file_name && start >= span.byte_end) && mutants.get(id)?.genre === "MatchArm");
      const next = arms.sort((one, other) => one[1] - other[1])[0];
      if (next) alone.add(next[3]);
      dropped ||= next !== undefined;
    }
  }
  return dropped;
}

/** Runs every test once, and notes how long it takes and which mutants it comes past. @param {string[]} programs */
async function record(programs) {
  const named = programs.flatMap((exe) => {
    const listed = execFileSync(exe, ["--list", "--format=terse"], { cwd: tree, env, encoding: "utf8" });
    return [...listed.matchAll(/^(.*): test$/gm)].map(([, name], place) => ({ exe, name, reached: `${work}/reached-${basename(exe)}-${place}` }));
  }).filter(({ exe, name }) => RegExp(TESTS).test(`${basename(exe)} ${name}`));
  /** @type {Test[]} */
  const found = [];
  await sideBySide(named, async ({ exe, name, reached }) => {
    rmSync(reached, { force: true });
    const { outcome, time, said } = await run(exe, name, { MUTANT: "all", REACHED: reached }, 1200);
    if (outcome !== "missed") throw new Error(`${name} fails without any change:\n${said}`);
    const reaches = existsSync(reached) ? readFileSync(reached, "utf8").trim().split(" ").map(Number) : [];
    rmSync(reached, { force: true });
    found.push({ exe, name, time, reaches: new Set(reaches), tried: 0, caught: 0 });
  });
  console.log(`${found.length} tests take ${Math.round(found.reduce((sum, { time }) => sum + time, 0))} seconds`);
  return found;
}

/** As many at a time as JOBS says. @template T @param {T[]} items @param {(item: T) => Promise<void>} work */
async function sideBySide(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Number(JOBS) }, worker));
}

/**
 * One test in a process of its own. "missed" is one that passes.
 * @param {string} exe @param {string} name @param {Record<string, string>} settings @param {number} seconds
 * @returns {Promise<{ outcome: Outcome, time: number, said: string }>}
 */
function run(exe, name, settings, seconds) {
  return new Promise((done) => {
    const begun = performance.now();
    const child = spawn(exe, [name, "--exact", "--test-threads=1"], { cwd: tree, env: { ...env, ...settings }, stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (data) => (said = (said + data).slice(-4000)));
    let late = false;
    const clock = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, seconds * 1000);
    child.on("close", (status) => {
      clearTimeout(clock);
      done({ outcome: late ? "timeout" : status === 0 ? "missed" : "caught", time: (performance.now() - begun) / 1000, said });
    });
  });
}

async function tryAll() {
  const waiting = live();
  let tried = 0;
  await sideBySide(waiting, async (mutant) => {
    /** @type {Outcome} */
    let outcome = "missed";
    let by = "no test comes past it";
    // First what has caught most for the time it takes.
    const worth = (/** @type {Test} */ { time, tried, caught }) => (caught + 1) / (tried + 2) / (time + 0.1);
    for (const test of tests.filter(({ reaches }) => reaches.has(mutant.id)).sort((one, other) => worth(other) - worth(one))) {
      const { exe, name, time } = test;
      by = "";
      ({ outcome } = await run(exe, name, { MUTANT: String(mutant.id) }, Math.max(60, time * 10)));
      test.tried++;
      if (outcome === "missed") continue;
      test.caught++;
      by = `${basename(exe).replace(/-[0-9a-f]+$/, "")} ${name}`;
      break;
    }
    settle(mutant.id, outcome, by);
    tried++;
    if (outcome === "missed") console.log(`missed: ${mutant.name}${by && `: ${by}`}`);
    if (tried % 50 === 0) console.log(`${tried} of ${waiting.length} tried`);
  });
}

/** @param {number} id @param {Outcome} outcome @param {string} by */
function settle(id, outcome, by) {
  const name = mutants.get(id)?.name;
  if (name) results.set(id, { name, outcome, by });
  alone.delete(id);
  writeFileSync(outcomes, JSON.stringify([...results.values()], null, 1));
}

/** Gives cargo-mutants what no switch can be put before. */
function leave() {
  if (alone.size === 0 || QUICK) return;
  console.log(`cargo-mutants tries ${alone.size} one by one`);
  const names = [...alone].flatMap((id) => ["--re", `^${mutants.get(id)?.name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`]);
  spawnSync("cargo", ["mutants", ...names], { stdio: "inherit" });
  /** @type {{ outcomes: { scenario: { Mutant?: { name: string } }, summary: string }[] }} */
  const told = JSON.parse(readFileSync(`${work}/mutants.out/outcomes.json`, "utf8"));
  /** @type {Record<string, Outcome>} */
  const said = { CaughtMutant: "caught", MissedMutant: "missed", Timeout: "timeout", Unviable: "unviable" };
  for (const { scenario, summary } of told.outcomes) {
    const id = [...alone].find((id) => mutants.get(id)?.name === scenario.Mutant?.name);
    if (id !== undefined) settle(id, said[summary], "cargo mutants");
  }
}

function report() {
  const list = [...results.values()];
  const of = (/** @type {Outcome} */ outcome) => list.filter((result) => result.outcome === outcome);
  const [caught, late, missed, unviable] = [of("caught"), of("timeout"), of("missed"), of("unviable")];
  const viable = caught.length + late.length + missed.length;
  const share = (caught.length + late.length) / viable;
  console.log(`\n${list.length} of ${all.length} mutants: ${caught.length} caught, ${late.length} never come to an end, ${missed.length} missed, ${unviable.length} do not compile, ${alone.size} not tried`);
  if (viable === 0) return;
  console.log(`Caught: ${(100 * share).toFixed(1)} in 100 of those that compile`);
  if (SAMPLE) {
    // Wilson's interval, which holds for few misses too.
    const z = 1.96;
    const middle = (share + z ** 2 / (2 * viable)) / (1 + z ** 2 / viable);
    const reach = (z / (1 + z ** 2 / viable)) * Math.sqrt((share * (1 - share)) / viable + z ** 2 / (4 * viable ** 2));
    console.log(`Of all mutants, by 95 chances in 100: between ${(100 * (middle - reach)).toFixed(1)} and ${(100 * (middle + reach)).toFixed(1)}`);
  }
  for (const { name, by } of missed) console.log(`  ${name}${by && `: ${by}`}`);
}
