import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api.ts";

/** What a list is narrowed to; part of the address, so that it can be shared. */
export interface Search {
  readonly text?: string;
  readonly platform?: string;
  readonly case?: string;
  readonly state?: "sealed" | "erased";
  readonly standing?: Standing;
  readonly from?: string;
  readonly to?: string;
  /** Which time these are about, and which the list goes by: when posts were posted; else, when they were saved. */
  readonly by?: "posted";
  readonly sort?: "posted";
  readonly tag?: string;
  /** The pseudonym of who saved it. */
  readonly actor?: string;
}

/** The Find screen's address: what it is narrowed to, and how that is shown. */
export interface FindSearch extends Search {
  readonly view?: "charts";
}

export const STANDINGS = ["unchanged", "edited", "page-changed", "gone", "not-reachable", "unchecked"] as const;
type Standing = (typeof STANDINGS)[number];
const STATES = ["sealed", "erased"] as const;
const PAGE = "40";
/** Of what is looked for: it stands in the address. */
export const LONGEST_TEXT = 500;

/** What an address says, taken at its word only where it is one of ours. */
export function searchOf(given: Readonly<Record<string, unknown>>): Search {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value.slice(0, LONGEST_TEXT) : undefined;
  };
  const day = (name: string): string | undefined =>
    /^\d{4}-\d\d-\d\d$/.test(text(name) ?? "") ? text(name) : undefined;
  const postedOr = (name: string) => (given[name] === "posted" ? given[name] : undefined);
  const asked = {
    text: text("text"),
    platform: text("platform"),
    case: text("case"),
    state: STATES.find((one) => one === given["state"]),
    standing: STANDINGS.find((one) => one === given["standing"]),
    from: day("from"),
    to: day("to"),
    by: postedOr("by"),
    sort: postedOr("sort"),
    tag: text("tag"),
    actor: text("actor"),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** Whether it leaves anything out: an order does not, nor does what a span of time would be about. */
export function isNarrowed(search: Search): boolean {
  return Object.keys(search).some((name) => name !== "by" && name !== "sort");
}

export function findSearchOf(given: Readonly<Record<string, unknown>>): FindSearch {
  return { ...searchOf(given), ...(given["view"] === "charts" ? { view: "charts" } : {}) };
}

const TABS = ["page", "replay", "changes"] as const;

/** An exhibit's address: which of its tabs is open; the post itself where none is named. */
export function tabSearchOf({ tab }: { readonly tab?: unknown }): { readonly tab?: (typeof TABS)[number] } {
  const known = TABS.find((one) => one === tab);
  return known === undefined ? {} : { tab: known };
}

export const foundQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ["exhibits", search],
    queryFn: ({ pageParam }) =>
      answer(
        api.exhibits.$get({ query: { ...search, limit: PAGE, ...(pageParam === "" ? {} : { cursor: pageParam }) } }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });

export const countsQuery = (search: Search) =>
  queryOptions({
    queryKey: ["exhibits", "counts", search],
    queryFn: () => answer(api.exhibits.counts.$get({ query: { ...search } })),
    placeholderData: (before) => before,
  });

const LOOK_MS = 3_000;

/** By how much this device's clock may be behind the server's. */
const SKEW_MS = 60_000;

/** Of a time at which something is to be looked at again: whether it has come. */
export const isDue = (time: string): boolean => Date.parse(time) <= Date.now() + SKEW_MS;

export const exhibitQuery = (id: string) =>
  queryOptions({
    queryKey: ["exhibit", id],
    queryFn: () => answer(api.exhibits[":id"].$get({ param: { id } })),
    // While it is looked at again, what comes of it is waited for.
    refetchInterval: ({ state }) => (state.data?.next.some(isDue) ? LOOK_MS : false),
  });

export type View = Awaited<ReturnType<NonNullable<ReturnType<typeof exhibitQuery>["queryFn"]>>>;
export type Found = Awaited<ReturnType<NonNullable<ReturnType<typeof foundQuery>["queryFn"]>>>["exhibits"][number];
