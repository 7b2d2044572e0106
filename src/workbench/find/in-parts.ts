/** Something done with many, sent in parts: each part is on disk when it is answered, and the next is sent only then. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
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

/** Can be stopped, and what is done stays done. Where no answer comes it ends there, and says how far it was. */
export function useInParts() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const stopping = useRef(false);
  /** Whether all was answered for. */
  const start = async (deed: Deed, ids: readonly string[], doPart: DoPart): Promise<boolean> => {
    stopping.current = false;
    setError(undefined);
    let now: Progress = { deed, count: ids.length, done: 0, failed: [], state: "working" };
    setProgress(now);
    try {
      for (let from = 0; from < ids.length && !stopping.current; from += PART) {
        const part = ids.slice(from, from + PART);
        const failed = await doPart(part);
        now = { ...now, done: now.done + part.length - failed.length, failed: [...now.failed, ...failed] };
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
    file: (ids: readonly string[], filing: Filing) => start("file", ids, (part) => filePart(part, filing)),
    lookAgain: (ids: readonly string[]) => start("again", ids, lookAgainAtPart),
    stop: () => {
      stopping.current = true;
    },
    forget: () => {
      setProgress(undefined);
      setError(undefined);
    },
  };
}
