/** Waits until a page shows what it was sent: bytes that have arrived are seen only after its script has run and a frame was made. */

import { comesWithin } from "./comes-within.ts";
import type { Look } from "./page.ts";

/** Milliseconds for two frames, and for a page that is busy to have done what waits to be done. */
const LONGEST = 500;
/** A page behind windows that it opened has no clock that runs. */
const LATE = 200;

/**
 * Two frames are made, so that what watches for something to come into view has been told; then a moment comes in which
 * nothing waits to be run. A page that is never idle is waited for no longer than this.
 */
const SHOWN = `new Promise((done) => {
  setTimeout(done, ${LONGEST});
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done())));
})`;

export async function untilShown(look: Look): Promise<void> {
  await comesWithin(LONGEST + LATE, look(SHOWN, "a promise"));
}
