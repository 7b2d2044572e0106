/** What happens, for whoever looks on: told to all who listen now, and kept for nobody. Who was away looks again. */
import type { LinkState } from "./link-state.ts";

export type News =
  | { readonly kind: "link"; readonly link: LinkState }
  | { readonly kind: "exhibit"; readonly id: string }
  /** Much may have changed, or it is not known what. */
  | { readonly kind: "look" };

export interface NewsDesk {
  tell(news: News): void;
  /** The returned function ends it. */
  listen(listener: (news: News) => void): () => void;
}

export function openNewsDesk(): NewsDesk {
  const listeners = new Set<(news: News) => void>();
  return {
    tell: (news) => {
      for (const listener of listeners) listener(news);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
