import { queryOptions } from "@tanstack/react-query";
import { countKept } from "../save/outbox.ts";
import { keptFiles } from "./kept-files.ts";

/** What of this member's waits on this device. */
export const keptQuery = (actor: string) =>
  queryOptions({
    queryKey: ["kept", actor],
    queryFn: async () => ({ links: countKept(actor), files: await keptFiles(actor) }),
    staleTime: 0,
  });
