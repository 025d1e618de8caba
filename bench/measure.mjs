// Times contenders round by round, each in turn, so that a slow moment of the machine meets all of them alike. Only ratios
// within one round are worth anything.

/** @typedef {{ [contender: string]: number[] }} Samples Nanoseconds a call, one for each round. */
/** @typedef {{ median: number, low: number, high: number }} Spread The median with the quartiles. */

/**
 * Milliseconds. Where there is one, the clock of the processor's time in this process: what others do on the machine does
 * not count in it.
 */
const now =
  typeof process === "undefined"
    ? () => performance.now()
    : () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      };

/**
 * @param {{ [contender: string]: (call: number) => unknown }} contenders
 * @param {{ rounds: number, ms: number, warm: number }} options Milliseconds of one sample, and of running before the first.
 * @returns {Samples}
 */
export function measure(contenders, { rounds, ms, warm }) {
  const all = Object.entries(contenders).map(([name, run]) => ({ name, run, ...warmed(run, ms, warm) }));
  /** @type {Samples} */
  const samples = Object.fromEntries(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      // Who comes after whom changes from round to round: what one leaves behind falls on each of the others.
      const one = all[(turn * (1 + (round % 2 ? all.length - 2 : 0)) + round) % all.length];
      const start = now();
      for (let call = 0; call < one.calls; call += 1) one.run(one.called + call);
      samples[one.name].push(((now() - start) * 1e6) / one.calls);
      one.called += one.calls;
    }
  }
  return samples;
}

/**
 * Runs one until it has settled, and tells how many calls fill a sample.
 * @param {(call: number) => unknown} run
 * @param {number} ms
 * @param {number} warm
 */
function warmed(run, ms, warm) {
  let called = 0;
  let took = 0;
  const until = now() + warm;
  while (now() < until || called < 3) {
    const start = now();
    const before = called;
    do run(called++);
    while (now() - start < warm / 8);
    took = (now() - start) / (called - before);
  }
  return { called, calls: Math.max(1, Math.round(ms / took)) };
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
