/** Heavy work in turn: one at a time of whoever asks, and so many in all. */
import { PlacardError } from "../lib/error.ts";
import type { Places } from "./places.ts";

export interface Turns {
  /**
   * Resolves when it is this one's turn; dispose of it to let the next in. Throws `busy` where as many of theirs wait as may,
   * `cancelled` where whoever asked has gone meanwhile.
   */
  take(whose: string, signal: AbortSignal): Promise<Disposable>;
}

export function turnsFor(inAll: number, waiting: Places): Turns {
  const running = new Set<string>();
  const queue: { readonly whose: string; readonly go: () => void }[] = [];
  const letIn = (): void => {
    while (running.size < inAll) {
      const at = queue.findIndex(({ whose }) => !running.has(whose));
      const [next] = at < 0 ? [] : queue.splice(at, 1);
      if (next === undefined) return;
      running.add(next.whose);
      next.go();
    }
  };
  return {
    take: async (whose, signal) => {
      const place = waiting.take(whose);
      await new Promise<void>((go) => {
        queue.push({ whose, go });
        letIn();
      });
      const leave = (): void => {
        place[Symbol.dispose]();
        running.delete(whose);
        letIn();
      };
      if (!signal.aborted) return { [Symbol.dispose]: leave };
      leave();
      throw new PlacardError("cancelled", "Whoever asked for this has gone.");
    },
  };
}
