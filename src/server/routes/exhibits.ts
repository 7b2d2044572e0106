/** Exhibits: lists, and each by itself. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";

const exhibitSchema = z
  .object({ id: z.string(), state: z.enum(["sealed", "erased"]), title: z.string().nullable(), sealedAt: z.string() })
  .openapi("Exhibit");

const listExhibits = createRoute({
  method: "get",
  path: "/exhibits",
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ exhibits: z.array(exhibitSchema) }) } },
      description: "Newest first.",
    },
    ...PROBLEMS,
  },
});

export function exhibitRoutes({ house }: Parts) {
  return new OpenAPIHono<Env>().openapi(listExhibits, async (c) => {
    const rows = await house.record().list();
    const exhibits = rows.map(({ id, state, title, sealedAt }) => ({ id, state, title, sealedAt })).toReversed();
    return c.json({ exhibits }, 200);
  });
}
