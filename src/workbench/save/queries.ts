import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api.ts";

export const savedQuery = queryOptions({ queryKey: ["captures"], queryFn: () => answer(api.captures.$get()) });
export type Saved = Awaited<ReturnType<NonNullable<(typeof savedQuery)["queryFn"]>>>["batches"][number];
export type SavedLink = Saved["links"][number];
