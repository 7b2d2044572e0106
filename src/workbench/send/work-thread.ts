/** The thread of work.ts: tries until one fits, and says which. */
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

const PATIENCE = 5 * 60_000;

globalThis.addEventListener("message", ({ data }: MessageEvent<Challenge>) => {
  void solveChallenge({ challenge: data, deriveKey, timeout: PATIENCE })
    .catch(() => null)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    .then((solution) => globalThis.postMessage(solution));
});
