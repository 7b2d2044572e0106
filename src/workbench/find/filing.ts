/** Tags and cases, sent in parts: each part is on disk when it is answered, and the next is sent only then. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api } from "../api.ts";
import type { Coded } from "../words/said.ts";

/** At once; few enough that it is seen how far it is. */
const PART = 50;

export interface Filing {
  readonly tag?: string[];
  readonly untag?: string[];
  readonly case?: string | null;
}

export type FileOne = (filing: Filing) => Promise<void>;
export type FileMany = (ids: readonly string[], filing: Filing) => Promise<void>;

interface NotFiled {
  readonly id: string;
  readonly reason: string;
  readonly told?: Coded | undefined;
}

export interface Progress {
  readonly count: number;
  readonly done: number;
  readonly failed: readonly NotFiled[];
  readonly state: "working" | "stopped" | "done";
}

export async function filePart(ids: readonly string[], filing: Filing): Promise<readonly NotFiled[]> {
  const { results } = await answer(api.filings.$post({ json: { ids: [...ids], ...filing } }));
  return results.flatMap(({ id, outcome, reason, told }) =>
    outcome === "not-filed" ? [{ id, reason: reason ?? "", told }] : [],
  );
}

/** What lists, counts and pages say of tags and cases is fetched anew. */
export async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all(
    ["exhibits", "exhibit", "tags", "cases"].map((name) => queries.invalidateQueries({ queryKey: [name] })),
  );
}

/** Files many; can be stopped, and what is done stays done. Where no answer comes it ends there, and says how far it was. */
export function useFilingMany() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const stopping = useRef(false);
  const start: FileMany = async (ids, filing) => {
    stopping.current = false;
    setError(undefined);
    let now: Progress = { count: ids.length, done: 0, failed: [], state: "working" };
    setProgress(now);
    try {
      for (let from = 0; from < ids.length && !stopping.current; from += PART) {
        const part = ids.slice(from, from + PART);
        const failed = await filePart(part, filing);
        now = { ...now, done: now.done + part.length - failed.length, failed: [...now.failed, ...failed] };
        setProgress(now);
      }
      setProgress({ ...now, state: now.done + now.failed.length < now.count ? "stopped" : "done" });
    } catch (problem) {
      setError(problem);
      setProgress({ ...now, state: "stopped" });
    }
    await refresh(queries);
  };
  return {
    progress,
    error,
    start,
    stop: () => {
      stopping.current = true;
    },
    forget: () => {
      setProgress(undefined);
      setError(undefined);
    },
  };
}
