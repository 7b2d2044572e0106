/** What the server tells without being asked, taken into what the screens have fetched. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

/** By the name of the event. `data` is what was told, parsed; check it before use. */
export type Hearers = Readonly<Record<string, (data: unknown, queries: QueryClient) => void>>;

/**
 * Listens while the screen stands. A lost connection comes back by itself; what was missed is then fetched anew.
 */
export function useEvents(path: string, hearers: Hearers): void {
  const queries = useQueryClient();
  const hear = useEffectEvent((name: string, data: unknown) => hearers[name]?.(data, queries));
  const names = Object.keys(hearers).join(" ");
  useEffect(() => {
    const source = new EventSource(path);
    let wasLost = false;
    source.addEventListener("error", () => {
      wasLost = true;
    });
    source.addEventListener("open", () => {
      if (wasLost) void queries.invalidateQueries();
      wasLost = false;
    });
    for (const name of names.split(" ")) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => hear(name, parsed(data)));
    }
    return () => source.close();
  }, [path, names, queries]);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
