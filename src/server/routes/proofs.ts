/** The proofs of several exhibits at once, as one file. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { INERT } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { streamOf } from "../stream-of.ts";

const MOST = 100;

const handOut = createRoute({
  method: "post",
  path: "/proofs",
  description:
    "A download: the proofs of several exhibits as a ZIP. Where one cannot be made, `not-included.txt` in it says why.",
  request: {
    body: {
      content: {
        "application/json": { schema: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(MOST) }) },
      },
      required: true,
    },
  },
  responses: {
    200: {
      content: { "application/zip": { schema: z.string().openapi({ format: "binary" }) } },
      description: "The proofs.",
    },
    ...PROBLEMS,
  },
});

export function proofRoutes({ house }: Parts) {
  // Each lays all of them out on the disk.
  const places = placesFor(1, {
    message: say("proofs_busy"),
    next: say("wait_that_done"),
  });
  return new OpenAPIHono<Env>().openapi(handOut, async (c) => {
    const place = places.take(c.get("member").id);
    try {
      const archive = await house.record().archiveProofs(c.req.valid("json").ids, { signal: c.req.raw.signal });
      const body = streamOf(archive.pieces(), async () => {
        place[Symbol.dispose]();
        await archive[Symbol.asyncDispose]();
      });
      c.header("Content-Type", "application/zip");
      c.header("Content-Disposition", 'attachment; filename="proofs.zip"');
      c.header("Content-Security-Policy", INERT);
      return c.body(body) as never;
    } catch (error) {
      place[Symbol.dispose]();
      throw error;
    }
  });
}
