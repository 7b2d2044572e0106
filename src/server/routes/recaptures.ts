/** Having links looked at again: one, or all that were chosen. It is done in turn by the process that captures. */

import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { MOST_AT_ONCE } from "../../app/many.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { codedSchema } from "../problem.ts";
import { say } from "../said.ts";

const lookAgain = createRoute({
  method: "post",
  path: "/exhibits/{id}/again",
  description: "Has an exhibit's link looked at again, as soon as its turn comes; answered when that is on disk.",
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: {
    202: {
      content: { "application/json": { schema: z.object({ id: z.string(), dueAt: z.string() }) } },
      description: "Of which exhibit it is, and since when it is due.",
    },
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
    .openapi(lookAgainAtMany, async (c) => {
      const { id, actor } = c.get("member");
      using _ = places.take(id);
      const results = await house.record().lookAgainAtMany(c.req.valid("json").ids, { actor, allowPrivate });
      house.captures.wake();
      return c.json({ results }, 202);
    });
}
