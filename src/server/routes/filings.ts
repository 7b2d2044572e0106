/** What members file exhibits under after they were sealed: tags and cases; and which exhibits "all that match" are. */

import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { MOST_AT_ONCE } from "../../app/many.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { codedSchema } from "../problem.ts";
import { say } from "../said.ts";
import { viewerOf } from "../viewer-of.ts";
import { filterOf, filterQuery } from "./exhibit-schemas.ts";

const MOST_IDS = 5000;
const LONGEST_CASE = 10_000;

const answered = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { content: { "application/json": { schema } }, description },
  ...PROBLEMS,
});
const tags = z.array(z.string().max(500)).max(50).optional();

const listTags = createRoute({
  method: "get",
  path: "/tags",
  description: "The tags there are, and how many exhibits have each.",
  responses: answered(
    z.object({ tags: z.array(z.object({ tag: z.string(), exhibits: z.number() })).readonly() }),
    "The most used first.",
  ),
});
const listIds = createRoute({
  method: "get",
  path: "/exhibits/ids",
  description:
    "Which exhibits a filter leaves, by id, without those that are erased: to do something with all of them.",
  request: { query: filterQuery },
  responses: answered(
    z.object({ ids: z.array(z.string()).readonly(), total: z.number() }),
    `The newest first, at most ${MOST_IDS}; \`total\` is how many there are.`,
  ),
});
const fileExhibits = createRoute({
  method: "post",
  path: "/filings",
  description: "Tags exhibits, takes tags off them, or puts them in a case. Each change is sealed in the record.",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z
            .strictObject({
              ids: z.array(z.string().max(64)).min(1).max(MOST_AT_ONCE),
              tag: tags,
              untag: tags,
              case: z.string().max(LONGEST_CASE).nullable().optional(),
            })
            .openapi("Filing", {
              description: "`case`: null takes them out of their case; left out, they stay in it.",
            }),
        },
      },
      required: true,
    },
  },
  responses: answered(
    z.object({
      results: z
        .array(
          z.object({
            id: z.string(),
            outcome: z.enum(["filed", "as-it-was", "not-filed"]),
            reason: z.string().optional(),
            told: codedSchema.optional(),
          }),
        )
        .readonly(),
    }),
    "What came of each. What is `filed` is on disk.",
  ),
});

export function filingRoutes({ house }: Parts) {
  const places = placesFor(1, {
    message: say("filing_busy"),
    next: say("wait_that_done"),
  });
  return new OpenAPIHono<Env>()
    .openapi(listTags, async (c) => c.json({ tags: await house.record().looking.tags() }, 200))
    .openapi(listIds, async (c) =>
      c.json(await house.record().looking.idsOf(filterOf(c.req.valid("query")), MOST_IDS, viewerOf(c)), 200),
    )
    .openapi(fileExhibits, async (c) => {
      const { ids, tag, untag, case: caseName } = c.req.valid("json");
      const { id, actor } = c.get("member");
      using _ = places.take(id);
      const filing = {
        ...(tag === undefined ? {} : { tag }),
        ...(untag === undefined ? {} : { untag }),
        ...(caseName === undefined ? {} : { caseName }),
      };
      const results = await house.record().fileUnder(ids, filing, actor);
      for (const { id: exhibit, outcome } of results)
        if (outcome === "filed") house.news.tell({ kind: "exhibit", id: exhibit });
      return c.json({ results }, 200);
    });
}
