/** So many at once of whoever asks, so that nobody takes all there is. */
import { PlacardError } from "../lib/error.ts";
import type { Told } from "../lib/told.ts";

export interface Places {
  /** Throws `busy` where all of this one's are taken; dispose of it to give the place back. */
  take(whose: string): Disposable;
}

export function placesFor(each: number, refusal: { readonly message: Told; readonly next: Told }): Places {
  const taken = new Map<string, number>();
  return {
    take: (whose) => {
      const now = taken.get(whose) ?? 0;
      if (now >= each) throw new PlacardError("busy", refusal.message, { next: refusal.next });
      taken.set(whose, now + 1);
      return {
        [Symbol.dispose]: () => {
          const left = (taken.get(whose) ?? 1) - 1;
          if (left === 0) taken.delete(whose);
          else taken.set(whose, left);
        },
      };
    },
  };
}
