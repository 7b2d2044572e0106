import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import type { Search } from "../look/queries.ts";

export const tagsQuery = queryOptions({ queryKey: ["tags"], queryFn: () => answer(api.tags.$get()) });
export const searchesQuery = queryOptions({ queryKey: ["searches"], queryFn: () => answer(api.searches.$get()) });

export const occasionsQuery = (caseName: string | undefined) =>
  queryOptions({
    queryKey: ["occasions", caseName ?? ""],
    queryFn: () => answer(api.occasions.$get({ query: caseName === undefined ? {} : { case: caseName } })),
  });

export const chartsQuery = (search: Search) =>
  queryOptions({
    queryKey: ["exhibits", "charts", search],
    queryFn: () => answer(api.exhibits.charts.$get({ query: { ...search } })),
    placeholderData: (before) => before,
  });

export type Charts = Awaited<ReturnType<NonNullable<ReturnType<typeof chartsQuery>["queryFn"]>>>;
export type Occasion = Awaited<
  ReturnType<NonNullable<ReturnType<typeof occasionsQuery>["queryFn"]>>
>["occasions"][number];
export type SavedSearch = Awaited<ReturnType<NonNullable<(typeof searchesQuery)["queryFn"]>>>["searches"][number];
