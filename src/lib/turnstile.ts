import { PlacardError } from "./error.ts";

/** Lets one caller through at a time, in the order in which they came; within one process. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Resolves with the function that lets the next caller in, to be called exactly once.
   * Throws `busy` where the turn has not come within `patience` milliseconds.
   */
  async enter(patience: number): Promise<() => void> {
    const before = this.#last;
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    this.#last = Promise.all([before, left]);
    try {
      await within(before, patience);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}

async function within(promise: Promise<unknown>, patience: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PlacardError("busy", `Nothing was free within ${patience} ms.`)), patience);
  });
  try {
    await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
