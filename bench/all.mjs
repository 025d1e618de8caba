// All measurements that run in Node and in a page alike.
import { batch } from "./batch.mjs";
import { growth } from "./growth.mjs";
import { each, one } from "./one.mjs";
import { PEERS, ajv } from "./peers/index.mjs";
import { plain } from "./plain/index.mjs";
import { typesOf } from "./types.mjs";
import { whole } from "./whole.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Samples } from "./measure.mjs" */
/** @import { Subjects } from "./subjects.mjs" */

/**
 * @typedef {object} Measured
 * @property {{ [subject: string]: Samples }} whole
 * @property {{ [subject: string]: Samples }} one
 * @property {{ [subject: string]: number[] }} each Nanoseconds of each edit of the mix, in Node alone.
 * @property {{ [subject: string]: Samples }} batch
 * @property {Samples} growth
 */

/**
 * @param {Engine} engine
 * @param {Subjects} subjects
 * @param {{ rounds: number, ms: number }} effort
 * @param {(name: string) => void} [tell]
 * @returns {Promise<Measured>}
 */
export async function all(engine, { procedure, shape, subjects, growing }, { rounds, ms }, tell = () => {}) {
  const peers = Object.fromEntries(Object.entries(PEERS).map(([name, peer]) => [name, peer(shape)]));
  const withTypes = { ...peers, "ajv, types alone": ajv(typesOf(shape)) };
  /** @type {Measured} */
  const measured = { whole: {}, one: {}, each: {}, batch: {}, growth: {} };
  for (const subject of subjects) {
    const { name, edits } = subject;
    tell(name);
    measured.whole[name] = await whole(engine, procedure, subject, { peers: withTypes, plain }, { rounds, ms, warm: 120 });
    if (name.endsWith("few")) measured.batch[name] = await batch(engine, procedure, subject, { peers, plain }, { rounds: Math.ceil(rounds / 3), ms: ms * 4, warm: 120 });
    if (!edits) continue;
    measured.one[name] = await one(engine, procedure, { ...subject, edits }, { peers, plain }, { rounds: Math.ceil(rounds / 2), ms, warm: 60 });
    // A page's thread is asked for its time from outside, which is too far for a single edit.
    if (typeof process !== "undefined") measured.each[name] = await each(engine, procedure, { ...subject, edits }, rounds);
  }
  tell("growth");
  measured.growth = await growth(engine, procedure, growing, { rounds: Math.ceil(rounds / 3), ms: ms * 2, warm: 120 });
  return measured;
}
