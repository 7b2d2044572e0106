/** What waits on this device is sent: now, every so often, and as soon as there is a network. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { Problem } from "../api.ts";
import { meQuery } from "../queries.ts";
import { uploadFile } from "../save/files.ts";
import { countKept, isRefusal, sendKept } from "../save/outbox.ts";
import { savedQuery } from "../save/queries.ts";
import { keptQuery } from "./kept.ts";
import { forgetFile, type KeptFile, keepFiles, keptFiles } from "./kept-files.ts";
import { useReach } from "./reach.ts";

/** Milliseconds between two attempts. */
const AGAIN = 15_000;
const LOCK = "placard-outbox";

export function useSending(actor: string): void {
  const queries = useQueryClient();
  const isReached = useReach();
  const attempt = useEffectEvent(async (): Promise<void> => {
    const files = (await keptFiles(actor)).filter(({ refused }) => refused === undefined);
    const isWaiting = files.length > 0 || countKept(actor) > 0;
    if (!isWaiting && isReached) return;
    // Somebody else may have signed in meanwhile, in another window.
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0, retry: false }).catch(() => undefined);
    if (isWaiting && me?.actor === actor) await inOneWindow(() => sendAll(queries, actor));
  });
  useEffect(() => {
    const again = (): void => void attempt();
    again();
    const timer = setInterval(again, AGAIN);
    globalThis.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", again);
    };
  }, []);
}

/** The key makes that nothing is saved twice; that it is not sent twice spares the network. */
async function inOneWindow(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
}

async function sendAll(queries: QueryClient, actor: string): Promise<void> {
  await sendKept(actor);
  for (const one of await keptFiles(actor)) if (one.refused === undefined) await sendFile(one);
  for (const queryKey of [keptQuery(actor).queryKey, savedQuery.queryKey]) void queries.invalidateQueries({ queryKey });
}

async function sendFile(one: KeptFile): Promise<void> {
  try {
    await uploadFile(one);
  } catch (error) {
    // Its owner sees why, and disposes of it; all else is tried again.
    if (isRefusal(error) && error instanceof Problem) {
      const { message: refused, told } = error;
      await keepFiles([{ ...one, refused, ...(told === undefined ? {} : { told }) }]);
    }
    return;
  }
  await forgetFile(one.key);
}
