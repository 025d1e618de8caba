// Times contenders round by round, each in turn, so that a slow moment of the machine meets all of them alike. Only ratios
// within one round are worth anything.

/** @typedef {{ [contender: string]: number[] }} Samples Nanoseconds a call, one for each round. */
/** @typedef {{ median: number, low: number, high: number }} Spread The median with the quartiles. */

/**
 * @typedef {object} Effort
 * @property {number} rounds
 * @property {number} ms Milliseconds of one sample.
 * @property {number} warm Milliseconds of running before the first.
 */

/**
 * The processor's time in milliseconds, which what others do on the machine does not count in: of this process, or of the
 * thread of this page, which its runner looks up.
 * @type {() => number | Promise<number>}
 */
export const now =
  typeof process === "undefined"
    ? () => /** @type {typeof globalThis & { threadTime: () => Promise<number> }} */ (globalThis).threadTime()
    : () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      };

/**
 * @param {{ [contender: string]: (call: number) => unknown }} contenders
 * @param {Effort} effort
 * @returns {Promise<Samples>}
 */
export async function measure(contenders, { rounds, ms, warm }) {
  const looking = await costOfLooking();
  const all = [];
  for (const [name, run] of Object.entries(contenders)) {
    all.push({ name, run, ...(await settle(run, await warmUp(run, warm), ms, looking)) });
  }
  /** @type {Samples} */
  const samples = Object.fromEntries(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Who comes after whom changes from round to round: what one leaves behind falls on each of the others.
    const order = round % 2 ? [...all].reverse() : all;
    for (let turn = 0; turn < order.length; turn += 1) {
      const one = order[(turn + round) % order.length];
      const took = await timed(one.run, one.called, one.calls);
      samples[one.name].push((Math.max(took - looking, took / 2) * 1e6) / one.calls);
      one.called += one.calls;
    }
  }
  return samples;
}

/**
 * How many calls take as long as a sample is to be. Looking at the clock may take longer than some calls, and not the same
 * each time, so only what took a good part of a sample counts.
 * @param {(call: number) => unknown} run @param {number} called @param {number} ms @param {number} looking
 */
async function settle(run, called, ms, looking) {
  for (let calls = 1; ; calls *= 4) {
    const took = (await timed(run, called, calls)) - looking;
    called += calls;
    if (took >= ms / 4) return { called, calls: Math.max(1, Math.round((calls * ms) / took)) };
  }
}

/** Milliseconds of some calls. @param {(call: number) => unknown} run @param {number} from @param {number} calls */
export async function timed(run, from, calls) {
  const start = await now();
  for (let call = 0; call < calls; call += 1) run(from + call);
  return (await now()) - start;
}

/** What looking at the clock twice takes by itself, in milliseconds. */
export async function costOfLooking() {
  const costs = [];
  for (let look = 0; look < 7; look += 1) costs.push(await timed(() => {}, 0, 0));
  return spread(costs).median;
}

/** Runs one until it has settled, and tells how often. @param {(call: number) => unknown} run @param {number} warm */
async function warmUp(run, warm) {
  let called = 0;
  const until = (await now()) + warm;
  do {
    const pause = performance.now() + warm / 10;
    do run(called++);
    while (performance.now() < pause);
  } while ((await now()) < until);
  return called;
}

/** @param {number[]} values @returns {Spread} */
export function spread(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (/** @type {number} */ part) => {
    const place = part * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * How much of another's time one takes, round by round.
 * @param {Samples} samples
 * @param {string} one
 * @param {string} other
 */
export function ratio(samples, one, other) {
  return spread(samples[one].map((sample, round) => sample / samples[other][round]));
}
