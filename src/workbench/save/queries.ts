import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api.ts";

export const savedQuery = queryOptions({
  queryKey: ["captures"],
  queryFn: () => answer(api.captures.$get()),
  // What happened while the screen was away was not heard.
  refetchOnMount: "always",
});
type SavedList = Awaited<ReturnType<NonNullable<(typeof savedQuery)["queryFn"]>>>;
export type SavedBatch = SavedList["batches"][number];
export type SavedLink = SavedBatch["links"][number];

const STATES: Readonly<Record<SavedLink["state"], true>> = {
  queued: true,
  opening: true,
  recording: true,
  sealing: true,
  pausing: true,
  sealed: true,
  "not-captured": true,
  cancelled: true,
};
const TEXTS = ["step", "since", "exhibit", "doubt", "cause", "reason"] as const;

/** What was told of one link, where it has the shape of one. */
export function linkOf(told: unknown): SavedLink | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const { item, url, state, told: reasonTold, ...rest } = told as Readonly<Record<string, unknown>>;
  if (typeof item !== "string" || typeof url !== "string" || typeof state !== "string") return undefined;
  if (!Object.hasOwn(STATES, state)) return undefined;
  const texts = TEXTS.flatMap((name) => (typeof rest[name] === "string" ? [[name, rest[name]] as const] : []));
  const status = Number.isInteger(rest["status"]) ? { status: rest["status"] as number } : {};
  const coded = isCoded(reasonTold) ? { told: reasonTold } : {};
  return { item, url, state: state as SavedLink["state"], ...Object.fromEntries(texts), ...status, ...coded };
}

/** Without it, who reads another language would be told in English what the list tells in theirs. */
function isCoded(told: unknown): told is NonNullable<SavedLink["told"]> {
  if (typeof told !== "object" || told === null) return false;
  const { code, values } = told as Readonly<Record<string, unknown>>;
  return typeof code === "string" && (values === undefined || (typeof values === "object" && values !== null));
}

/** Puts what was told of one link into the list as it was fetched, so that it need not be fetched for every step of each. */
export function takeLink(queries: QueryClient, told: unknown): void {
  const { queryKey } = savedQuery;
  const link = linkOf(told);
  // An answer that is on its way may be older than what was told, and would cover it.
  if (link === undefined || queries.isFetching({ queryKey }) > 0) return void queries.invalidateQueries({ queryKey });
  queries.setQueryData(queryKey, (list) => {
    if (list === undefined) return list;
    const batches = list.batches.map((batch) => ({
      ...batch,
      links: batch.links.map((one) => (one.item === link.item ? link : one)),
    }));
    return { ...list, batches };
  });
}
