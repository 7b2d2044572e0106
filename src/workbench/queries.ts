/** What more than one screen asks the server for, and how long an answer is good. */
import { QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, api, OFFLINE, Problem } from "./api.ts";

const FRESH_MS = 30_000;
const TRIES = 2;

export function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A refusal stays one; only silence is worth asking again.
        retry: (failures, error) => error instanceof Problem && error.code === OFFLINE && failures < TRIES,
      },
      mutations: { retry: false },
    },
  });
}

export const houseQuery = queryOptions({ queryKey: ["house"], queryFn: () => answer(api.house.$get()) });
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: () => answer(api.me.$get()) });
