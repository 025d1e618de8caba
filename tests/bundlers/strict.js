// What a team writes whose host may forbid WebAssembly: the build without it is bundled too, and taken where it has to be.
import init from "cinplan/auto.js";

document.documentElement.dataset.ready = await init({ plain: () => import("cinplan/plain.js") });
// The element looks for the files beside it unless cinplan is initialised before.
await import("cinplan/element.js");
