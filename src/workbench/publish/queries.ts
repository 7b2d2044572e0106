/** An exhibit's way to the public: how it stands, the rules, and the steps. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { answer, api } from "../api.ts";
import { exhibitQuery } from "../look/queries.ts";

const of = api.exhibits[":id"];
export type Publication = InferResponseType<typeof of.publication.$get, 200>;
export type Rules = InferResponseType<(typeof api)["publication-rules"]["$get"], 200>;
export type HoldKind = Publication["standing"]["holds"][number]["hold"];
export type WithdrawalKind = NonNullable<Publication["standing"]["withdrawn"]>["because"];

export const publicationQuery = (id: string) =>
  queryOptions({
    queryKey: ["exhibit", id, "publication"],
    queryFn: () => answer(of.publication.$get({ param: { id } })),
  });

export const rulesQuery = queryOptions({
  queryKey: ["publication-rules"],
  queryFn: () => answer(api["publication-rules"].$get()),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Takes a step; whatever came of it, all that is shown is asked for anew. */
export function useStep<Said>(id: string, take: (said: Said) => Promise<Publication>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: take,
    onSuccess: (told) => queries.setQueryData(publicationQuery(id).queryKey, told),
    onError: () => queries.invalidateQueries({ queryKey: publicationQuery(id).queryKey }),
    onSettled: () => queries.invalidateQueries({ queryKey: exhibitQuery(id).queryKey, exact: true }),
  });
}
