/** The window in which an owner signs in to a site, for captures under a session: one at a time, on the machine the server runs on. */
import type { Hiding } from "../app/hidden-names.ts";
import type { PlacardRecord } from "../app/record.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Problem, problem } from "./problem.ts";
import { say } from "./said.ts";

export interface SignInWindow {
  readonly name: string;
  readonly state: "open" | "kept" | "failed";
  /** Why nothing was kept. */
  readonly problem?: Problem["error"];
}

export interface SignInWindows extends AsyncDisposable {
  /** The one that is open, or what became of the last. */
  readonly last: SignInWindow | undefined;
  /** Resolves when the window is being opened. Throws `busy`, and what keeps it from being opened. */
  open(record: PlacardRecord, name: string, url: string, hiding: Hiding): Promise<void>;
  /** Gives it up; nothing is kept. */
  close(): Promise<void>;
}

export function openSignInWindows(): SignInWindows {
  let last: SignInWindow | undefined;
  let stop: AbortController | undefined;
  let running: Promise<void> = Promise.resolve();
  const close = async (): Promise<void> => {
    stop?.abort();
    await running;
  };
  return {
    get last() {
      return last;
    },
    open: async (record, name, url, hiding) => {
      if (stop !== undefined)
        throw new PlacardError("busy", say("window_open_already"), { next: say("finish_or_close") });
      const stopping = new AbortController();
      stop = stopping;
      const opening = Promise.withResolvers<void>();
      const done = record.logIn(name, url, {
        ...hiding,
        signal: stopping.signal,
        onProgress: () => {
          last = { name, state: "open" };
          opening.resolve();
        },
      });
      running = done
        .then(
          () => void (last = { name, state: "kept" }),
          (error: unknown) => void (last = failed(name, error)),
        )
        .finally(() => void (stop = undefined));
      await Promise.race([opening.promise, done]);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function failed(name: string, error: unknown): SignInWindow {
  if (!isPlacardError(error)) {
    return { name, state: "failed", problem: problem({ code: "fault", message: say("failed_itself") }).error };
  }
  return { name, state: "failed", problem: problem(error).error };
}
