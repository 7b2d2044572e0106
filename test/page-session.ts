/** What a page is recorded with, as a capture has it, where a test has no more to say than what it names. */
import { DEFAULT_BOUNDS } from "../src/capture/browser/bounds.ts";
import type { SessionOptions } from "../src/capture/session.ts";
import { systemClock } from "../src/lib/clock.ts";

export function pageSession(
  named: Pick<SessionOptions, "browser" | "folder" | "gate"> & Partial<SessionOptions>,
): SessionOptions {
  return {
    signal: new AbortController().signal,
    bounds: DEFAULT_BOUNDS,
    clock: systemClock,
    onProgress: () => undefined,
    ...named,
  };
}
