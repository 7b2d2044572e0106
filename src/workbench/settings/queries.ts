/** Settings as the server has them, and how they are changed. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { InferRequestType, InferResponseType } from "hono/client";
import { answer, api, Problem } from "../api.ts";

export type Settings = InferResponseType<typeof api.settings.$get, 200>;
export type Authority = Settings["timestampAuthorities"][number];
export type Witness = Settings["witnesses"][number];
type Change = Omit<InferRequestType<typeof api.settings.$patch>["json"], "revision">;

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => answer(api.settings.$get()),
  staleTime: 0,
});
export const captureSessionsQuery = queryOptions({
  queryKey: ["capture-sessions"],
  queryFn: () => answer(api["capture-sessions"].$get()),
  staleTime: 0,
});

/** Changes what is told and leaves the rest; where somebody else was quicker, theirs are shown. */
export function useChange(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => {
      const revision = queries.getQueryData(settingsQuery.queryKey)?.revision ?? "";
      return answer(api.settings.$patch({ json: { revision, ...change } }));
    },
    onSuccess: (now) => {
      queries.setQueryData(settingsQuery.queryKey, now);
      onDone();
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === "conflict")
        void queries.invalidateQueries({ queryKey: settingsQuery.queryKey });
    },
  });
}
