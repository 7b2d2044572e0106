/** The sample to play with: made with one click, and removed with one. */
import { setTimeout as sleep } from "node:timers/promises";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PlacardError } from "../../lib/error.ts";
import { PROBLEMS } from "../errors.ts";
import type { House } from "../house.ts";
import type { Env, Parts } from "../parts.ts";
import { codedSchema } from "../problem.ts";
import { say } from "../said.ts";

const sampleSchema = z
  .object({
    state: z.enum(["none", "making", "there"]),
    posts: z.number().int().openapi({ description: "How many it has." }),
    exhibits: z.array(z.string()).readonly().openapi({ description: "Those that are sealed." }),
    reason: z.string().optional().openapi({ description: "Why some of it could not be made." }),
    told: codedSchema.optional().openapi({ description: "`reason` for other languages." }),
  })
  .openapi("Sample");
const answered = (description: string) => ({
  content: { "application/json": { schema: sampleSchema } },
  description,
});

const see = createRoute({
  method: "get",
  path: "/sample",
  description: "Whether there is a sample to play with, and how far it is.",
  responses: { 200: answered("How it stands."), ...PROBLEMS },
});
const make = createRoute({
  method: "post",
  path: "/sample",
  description: "Makes the sample: a few invented posts, captured and sealed as any other, and marked as a sample.",
  responses: { 202: answered("It is being made."), ...PROBLEMS },
});
const remove = createRoute({
  method: "delete",
  path: "/sample",
  description: "Erases the sample, and takes it out of every list.",
  responses: { 200: answered("It is gone."), ...PROBLEMS },
});

/** Milliseconds that a capture under way may take to stop, and between two looks at it. */
const PATIENCE = 15_000;
const LOOK = 100;

export function sampleRoutes({ house, sandbox }: Parts) {
  const sample = () => house.record().sample;
  return new OpenAPIHono<Env>()
    .openapi(see, async (c) => c.json(await sample().state(), 200))
    .openapi(make, async (c) => {
      const made = await sample().make(c.get("member").actor);
      house.captures.wake();
      house.news.tell({ kind: "look" });
      return c.json(made, 202);
    })
    .openapi(remove, async (c) => {
      try {
        await stopped(house, await sample().cancel());
        await sample().remove(c.get("member").actor);
        return c.json(await sample().state(), 200);
      } finally {
        sandbox?.rooms.closePages();
        house.news.tell({ kind: "look" });
      }
    });
}

/** What is just being sealed would come back after it was removed. Throws `busy`. */
async function stopped({ captures }: House, items: readonly string[]): Promise<void> {
  for (const item of items) captures.stop(item);
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(LOOK)) {
    if (items.every((item) => captures.stepOf(item) === undefined)) return;
  }
  throw new PlacardError("busy", say("sample_being_made"), { next: say("wait_then_remove") });
}
