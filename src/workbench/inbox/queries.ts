import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";

export const inboxQuery = queryOptions({
  queryKey: ["inbox"],
  queryFn: () => answer(api.inbox.$get()),
  refetchOnMount: "always",
});
export const doorQuery = queryOptions({ queryKey: ["door"], queryFn: () => answer(api.intake.door.$get()) });

export type Door = Awaited<ReturnType<NonNullable<(typeof doorQuery)["queryFn"]>>>;

/** All of one; asking tells its sender that somebody looked. */
export const sentQuery = (ref: string) =>
  queryOptions({
    queryKey: ["inbox", "sent", ref],
    queryFn: () => answer(api.inbox[":ref"].look.$post({ param: { ref } })),
    // What a stranger wrote is not kept longer than it is looked at.
    gcTime: 0,
  });

export type SentRow = Awaited<ReturnType<NonNullable<(typeof inboxQuery)["queryFn"]>>>["sent"][number];
export type Sent = Awaited<ReturnType<NonNullable<ReturnType<typeof sentQuery>["queryFn"]>>>;
export type Part = Sent["parts"][number];

export function lookAgain(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: inboxQuery.queryKey });
}

/** Something is done with one, and all that is told of it fetched anew. */
export function useDoing<T>(doing: (what: T) => Promise<unknown>, onDone?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: doing,
    onSettled: () => lookAgain(queries),
    ...(onDone === undefined ? {} : { onSuccess: onDone }),
  });
}
