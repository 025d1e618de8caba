// The API of cinplan.js as plain JavaScript in one file, with that of form.js and the requirements.
export * from "./cinplan.js";
export * from "./form.js";
// Both name the stages.
export type { Stage } from "./cinplan.js";

import type { Requirement } from "./why.js";

/** Initialises cinplan; nothing is fetched, and nothing but the signature is asynchronous. */
export default function init(): Promise<void>;
/** Initialises cinplan at once. */
export function initSync(): void;
/** The requirements of a procedure that ships, which "Why?" shows; none for any other. */
export function requirements(procedure: string): Requirement[];
