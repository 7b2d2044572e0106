/** What of posts is uncovered in this window, and how all of it is covered again at once. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { meQuery, preferencesQuery } from "../queries.ts";
import { countUncovered } from "./exposure.ts";

interface Covers {
  /** How often all was covered: what was asked for before counts no more. */
  readonly round: number;
  /** How much is uncovered now. */
  readonly open: number;
  /** Whether the titles of posts were asked for. */
  readonly titles: boolean | undefined;
}

let covers: Covers = { round: 0, open: 0, titles: undefined };
const hearers = new Set<() => void>();

function change(now: Partial<Covers>): void {
  covers = { ...covers, ...now };
  for (const hear of hearers) hear();
}

function listen(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

function useCovers(): Covers {
  return useSyncExternalStore(listen, () => covers);
}

/** Also where a member wants posts uncovered: from now on each is asked for, until the window is loaded anew. */
export function coverAll(): void {
  change({ round: covers.round + 1, titles: undefined });
}

export function useIsOpen(): boolean {
  return useCovers().open > 0;
}

/** While it is shown there is something to cover. */
export function useCountedOpen(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return undefined;
    change({ open: covers.open + 1 });
    return () => change({ open: covers.open - 1 });
  }, [isShown]);
}

/** The posts that stand beneath: each is counted when something of it is uncovered. */
export const Posts = createContext<readonly string[]>([]);

/** Of something that belongs to posts: whether it is shown, and how it is asked for and covered again. */
export function useCover() {
  const ids = useContext(Posts);
  const { round } = useCovers();
  const { data: me } = useQuery(meQuery);
  const { data: wanted } = useQuery(preferencesQuery);
  const [asked, setAsked] = useState<{ readonly round: number; readonly isShown: boolean }>();
  // Until it is known what the member wants, it is covered.
  const byItself = round === 0 && wanted?.blur === false;
  const isShown = asked?.round === round ? asked.isShown : byItself;
  const actor = me?.actor;
  const all = ids.join(" ");
  useCountedOpen(isShown);
  useEffect(() => {
    if (isShown && actor !== undefined) for (const id of all.split(" ")) if (id !== "") countUncovered(actor, id);
  }, [isShown, actor, all]);
  return { isShown, show: () => setAsked({ round, isShown: true }), cover: () => setAsked({ round, isShown: false }) };
}

/** Titles are words of posts too: covered as they are, and asked for all at once. */
export function useTitles() {
  const { round, titles } = useCovers();
  const { data: wanted } = useQuery(preferencesQuery);
  const byItself = round === 0 && wanted?.blur === false;
  return { isShown: titles ?? byItself, set: (isShown: boolean) => change({ titles: isShown }) };
}
