/** Having links looked at again: one, or all that were chosen, now or at times to come. It is done in turn by the process that captures. */

import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { MOST_AT_ONCE } from "../../app/many.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { codedSchema } from "../problem.ts";
import { say } from "../said.ts";
import { again } from "./captures.ts";

const ofOne = z.object({ id: z.string().max(64) });
const lookAgain = createRoute({
  method: "post",
  path: "/exhibits/{id}/again",
  description: "Has an exhibit's link looked at again, as soon as its turn comes; answered when that is on disk.",
  request: { params: ofOne },
  responses: {
    202: {
      content: { "application/json": { schema: z.object({ id: z.string(), dueAt: z.string() }) } },
      description: "Of which exhibit it is, and since when it is due.",
    },
    ...PROBLEMS,
  },
});
const plannedSchema = z.object({
  id: z.string().openapi({ description: "Of which exhibit it is: the first of its link." }),
  next: z.array(z.string()).readonly().openapi({ description: "All that is planned for it now, the next first." }),
});
const plan = createRoute({
  method: "post",
  path: "/exhibits/{id}/times",
  description:
    "Plans when an exhibit's link is looked at again. What lies within ten minutes of what is planned already is that.",
  request: {
    params: ofOne,
    body: {
      content: {
        "application/json": {
          schema: z.strictObject({ again: again.min(1).openapi({ description: "Milliseconds from now." }) }),
        },
      },
      required: true,
    },
  },
  responses: {
    201: { content: { "application/json": { schema: plannedSchema } }, description: "On disk." },
    ...PROBLEMS,
  },
});
const takeBack = createRoute({
  method: "delete",
  path: "/exhibits/{id}/times",
  description: "Takes back what is planned and not due yet; a contributor, what they planned themselves.",
  request: { params: ofOne },
  responses: {
    200: { content: { "application/json": { schema: plannedSchema } }, description: "What is left." },
    ...PROBLEMS,
  },
});
const lookAgainAtMany = createRoute({
  method: "post",
  path: "/recaptures",
  description: "The same for several exhibits' links, each answered for by itself.",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(MOST_AT_ONCE) }),
        },
      },
      required: true,
    },
  },
  responses: {
    202: {
      content: {
        "application/json": {
          schema: z.object({
            results: z
              .array(
                z.object({
                  id: z.string(),
                  outcome: z.enum(["asked", "as-it-was", "not-asked"]).openapi({
                    description: "`as-it-was`: its link is due already.",
                  }),
                  reason: z.string().optional(),
                  told: codedSchema.optional(),
                }),
              )
              .readonly(),
          }),
        },
      },
      description: "What came of each. What is `asked` is on disk.",
    },
    ...PROBLEMS,
  },
});

export function recaptureRoutes({ house, allowPrivate = false }: Parts) {
  const places = placesFor(1, {
    message: say("recaptures_busy"),
    next: say("wait_that_done"),
  });
  return new OpenAPIHono<Env>()
    .openapi(lookAgain, async (c) => {
      const { actor } = c.get("member");
      const asked = await house.record().lookAgainSoon(c.req.valid("param").id, { actor, allowPrivate });
      house.captures.wake();
      return c.json(asked, 202);
    })
    .openapi(plan, async (c) => {
      const { actor } = c.get("member");
      const { again: after } = c.req.valid("json");
      const planned = await house.record().planLooks(c.req.valid("param").id, after, { actor, allowPrivate });
      house.captures.wake();
      house.news.tell({ kind: "exhibit", id: planned.id });
      return c.json(planned, 201);
    })
    .openapi(takeBack, async (c) => {
      const { role, actor } = c.get("member");
      const theirs = role === "contributor" ? actor : undefined;
      const planned = await house.record().takeBackLooks(c.req.valid("param").id, theirs);
      house.news.tell({ kind: "exhibit", id: planned.id });
      return c.json(planned, 200);
    })
    .openapi(lookAgainAtMany, async (c) => {
      const { id, actor } = c.get("member");
      using _ = places.take(id);
      const results = await house.record().lookAgainAtMany(c.req.valid("json").ids, { actor, allowPrivate });
      house.captures.wake();
      return c.json({ results }, 202);
    });
}
