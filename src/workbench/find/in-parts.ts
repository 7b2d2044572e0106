/** Something done with many, sent in parts: each part is on disk when it is answered, and the next is sent only then. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api } from "../api.ts";
import { type Filing, filePart, lookAgainAtPart, type NotDone, refresh } from "./filing.ts";

/** At once; few enough that it is seen how far it is. */
const PART = 50;

/** What is done; the words that tell of it go by it. */
export type Deed = "file" | "again";

export interface Progress {
  readonly deed: Deed;
  readonly count: number;
  readonly done: number;
  readonly failed: readonly NotDone[];
  readonly state: "working" | "stopped" | "done";
}

type DoPart = (ids: readonly string[]) => Promise<readonly NotDone[]>;
interface Part {
  readonly ids: readonly string[];
  /** Of all that there are, as far as is known. */
  readonly count: number;
}

/** Can be stopped, and what is done stays done. Where no answer comes it ends there, and says how far it was. */
export function useInParts() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const stopping = useRef(false);
  /** Whether all was answered for. */
  const start = async (deed: Deed, parts: AsyncIterable<Part>, doPart: DoPart, first = 0): Promise<boolean> => {
    stopping.current = false;
    setError(undefined);
    let now: Progress = { deed, count: first, done: 0, failed: [], state: "working" };
    setProgress(now);
    try {
      for await (const { ids, count } of parts) {
        if (stopping.current) break;
        const failed = await doPart(ids);
        now = { ...now, count, done: now.done + ids.length - failed.length, failed: [...now.failed, ...failed] };
        setProgress(now);
      }
      now = { ...now, state: now.done + now.failed.length < now.count ? "stopped" : "done" };
    } catch (problem) {
      setError(problem);
      now = { ...now, state: "stopped" };
    }
    setProgress(now);
    await refresh(queries);
    return now.state === "done";
  };
  return {
    progress,
    error,
    file: (ids: readonly string[], filing: Filing) =>
      start("file", partsOf(ids), (part) => filePart(part, filing), ids.length),
    lookAgain: (ids: readonly string[]) => start("again", partsOf(ids), lookAgainAtPart, ids.length),
    /** `exhibits`: how many are said to be in it. */
    renameCase: (name: string, to: string, exhibits: number) =>
      start("file", partsOfCase(name), (part) => filePart(part, { case: to }), exhibits),
    stop: () => {
      stopping.current = true;
    },
    forget: () => {
      setProgress(undefined);
      setError(undefined);
    },
  };
}

async function* partsOf(all: readonly string[]): AsyncGenerator<Part> {
  for (let from = 0; from < all.length; from += PART) yield { ids: all.slice(from, from + PART), count: all.length };
}

/** The server names some thousands at once. Those that were put elsewhere are in it no more; what was not is not asked for twice. */
async function* partsOfCase(name: string): AsyncGenerator<Part> {
  const asked = new Set<string>();
  for (;;) {
    const { ids, total } = await answer(api.exhibits.ids.$get({ query: { case: name } }));
    const left = ids.filter((id) => !asked.has(id));
    if (left.length === 0) return;
    const count = asked.size + left.length + Math.max(0, total - ids.length);
    for await (const part of partsOf(left)) {
      yield { ids: part.ids, count };
      for (const id of part.ids) asked.add(id);
    }
  }
}
