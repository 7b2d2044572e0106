/** What more than one screen asks the server for, and how long an answer is good. */
import { QueryClient, queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { answer, api, OFFLINE, Problem } from "./api.ts";

const FRESH_MS = 30_000;
const TRIES = 2;
/** Placard may run on this very computer: that it is without a network does not make the server unreachable. */
const networkMode = "always";

export function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode,
        staleTime: FRESH_MS,
        // A refusal stays one; only silence is worth asking again.
        retry: (failures, error) => error instanceof Problem && error.code === OFFLINE && failures < TRIES,
      },
      mutations: { networkMode, retry: false },
    },
  });
}

export const houseQuery = queryOptions({ queryKey: ["house"], queryFn: () => answer(api.house.$get()) });
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: () => answer(api.me.$get()) });
export const preferencesQuery = queryOptions({
  queryKey: ["me", "preferences"],
  queryFn: () => answer(api.me.preferences.$get()),
});
export const sessionsQuery = queryOptions({
  queryKey: ["me", "sessions"],
  queryFn: () => answer(api.me.sessions.$get()),
});
export const membersQuery = queryOptions({ queryKey: ["members"], queryFn: () => answer(api.members.$get()) });
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => answer(api.invitations.$get()),
});

export const casesQuery = queryOptions({ queryKey: ["cases"], queryFn: () => answer(api.cases.$get()) });
export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: () => answer(api.health.$get()),
  staleTime: 0,
});

export const waitingQuery = queryOptions({
  queryKey: ["inbox", "waiting"],
  queryFn: () => answer(api.inbox.waiting.$get()),
  refetchInterval: 120_000,
});

export type Preferences = InferResponseType<typeof api.me.preferences.$get, 200>;
