/** Where a link stands that somebody asked to be saved, as screens are told. */
import { z } from "@hono/zod-openapi";
import type { AskedLink } from "../app/asked.ts";
import type { Step } from "../app/capture-process.ts";
import { codedSchema } from "./problem.ts";

export const linkStateSchema = z
  .object({
    item: z.string(),
    url: z.string(),
    state: z.enum(["queued", "opening", "recording", "sealing", "pausing", "sealed", "not-captured", "cancelled"]),
    step: z.string().optional().openapi({ description: "While it is under way: what is done now, in words." }),
    since: z.string().optional().openapi({ description: "… and since when (RFC 3339)." }),
    exhibit: z.string().optional(),
    doubt: z.string().optional(),
    cause: z.string().optional().openapi({ example: "login", description: "Why it was not captured, for programs." }),
    status: z.int().optional().openapi({ description: "… and the server's answer, where that is why." }),
    reason: z.string().optional(),
    told: codedSchema.optional().openapi({ description: "`reason` for other languages." }),
  })
  .openapi("Link");
export type LinkState = z.infer<typeof linkStateSchema>;

export function linkState(link: AskedLink, now: Step | undefined): LinkState {
  if (link.state !== "waiting") return link;
  const { item, url } = link;
  return now === undefined ? { item, url, state: "queued" } : underWay(item, url, now);
}

export function underWay(item: string, url: string, { step, phase, since }: Step): LinkState {
  return { item, url, state: phase, step, since: new Date(since).toISOString() };
}
