/** What is asked of the server for many, a part at a time: tags, cases, looking again. */
import type { QueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import type { Coded } from "../words/said.ts";

export interface Filing {
  readonly tag?: string[];
  readonly untag?: string[];
  readonly case?: string | null;
}

export interface NotDone {
  readonly id: string;
  /** The server's words, which are English. */
  readonly reason: string;
  readonly told?: Coded | undefined;
}

export type FileOne = (filing: Filing) => Promise<void>;

/** Does with many what was typed. Resolves to whether all of it was answered for. */
export type ManyDeed = (typed: string) => Promise<boolean>;
/** Does with one what was typed. Rejects where it was not done. */
export type OneDeed = (typed: string) => Promise<void>;

export async function filePart(ids: readonly string[], filing: Filing): Promise<readonly NotDone[]> {
  const { results } = await answer(api.filings.$post({ json: { ids: [...ids], ...filing } }));
  return results.flatMap(({ id, outcome, reason, told }) =>
    outcome === "not-filed" ? [{ id, reason: reason ?? "", told }] : [],
  );
}

export async function lookAgainAtPart(ids: readonly string[]): Promise<readonly NotDone[]> {
  const { results } = await answer(api.recaptures.$post({ json: { ids: [...ids] } }));
  return results.flatMap(({ id, outcome, reason = "", told }) =>
    outcome === "not-asked" ? [{ id, reason, told }] : [],
  );
}

/** What lists, counts and pages say of tags and cases is fetched anew. */
export async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all(
    ["exhibits", "exhibit", "tags", "cases"].map((name) => queries.invalidateQueries({ queryKey: [name] })),
  );
}
