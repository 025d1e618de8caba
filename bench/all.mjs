// All measurements that run in Node and in a page alike.
import { growth } from "./growth.mjs";
import { spread } from "./measure.mjs";
import { each, one } from "./one.mjs";
import { PEERS } from "./peers/index.mjs";
import { whole } from "./whole.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Samples } from "./measure.mjs" */
/** @import { Subjects } from "./subjects.mjs" */

/**
 * @typedef {object} Measured
 * @property {{ [subject: string]: Samples }} whole
 * @property {{ [subject: string]: Samples }} one
 * @property {{ [subject: string]: number[] }} each Nanoseconds of each edit of the mix; only where the clock is fine enough.
 * @property {Samples} growth
 */

/**
 * @param {Engine} engine
 * @param {Subjects} subjects
 * @param {{ rounds: number, ms: number }} effort
 * @param {(name: string) => void} [tell]
 * @returns {Measured}
 */
export function all(engine, { procedure, shape, subjects, growing }, { rounds, ms }, tell = () => {}) {
  const peers = Object.fromEntries(Object.entries(PEERS).map(([name, peer]) => [name, peer(shape)]));
  const others = { peers };
  /** @type {Measured} */
  const measured = { whole: {}, one: {}, each: {}, growth: {} };
  for (const subject of subjects) {
    tell(subject.name);
    measured.whole[subject.name] = whole(engine, procedure, subject, others, { rounds, ms, warm: 80 });
    const { plan, edits } = subject;
    if (!edits) continue;
    measured.one[subject.name] = one(engine, procedure, { plan, edits }, others, { rounds: Math.ceil(rounds / 2), ms, warm: 50 });
    if (isFine()) measured.each[subject.name] = each(engine, procedure, { plan, edits }, 9);
  }
  tell("growth");
  measured.growth = growth(engine, procedure, growing, { rounds: Math.ceil(rounds / 2), ms: ms * 2, warm: 200 });
  return measured;
}

/** Whether the clock tells a microsecond; a page's clock is made coarse on purpose. */
function isFine() {
  const steps = [];
  for (let last = performance.now(); steps.length < 50; ) {
    const now = performance.now();
    if (now > last) steps.push(now - last);
    last = now;
  }
  return spread(steps).median < 0.002;
}
