/** What is taken out of the house: the whole record as one encrypted file, and a case as a folder for others. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { PlacardError } from "../../lib/error.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { streamOf } from "../stream-of.ts";

const LONGEST_BODY = 16_384;
const file = z.string().openapi({ format: "binary" });

const backUpSchema = z
  .strictObject({ passphrase: z.string().min(1).max(1024) })
  .openapi("BackUp", { description: "12 to 1,024 characters. It is kept nowhere." });

const backUpRoute = createRoute({
  method: "post",
  path: "/back-up",
  description:
    "A download: the record as an age file. It is checked while it is given, and broken off before its end where it does not hold what it should.",
  request: {
    body: { required: true, content: { "application/json": { schema: backUpSchema } } },
  },
  responses: {
    200: { content: { "application/octet-stream": { schema: file } }, description: "The file." },
    ...PROBLEMS,
  },
});

const caseRoute = createRoute({
  method: "get",
  path: "/case-folder",
  description: "A download: the case's folder (docs/formats/case-folder.md) as a ZIP.",
  request: {
    query: z.object({
      case: z.string().min(1).max(10_000),
      also: z
        .union([z.array(z.string().max(40)).max(1000), z.string().max(40)])
        .optional()
        .openapi({ description: "Exhibits besides, such as one that was erased." }),
    }),
  },
  responses: {
    200: { content: { "application/zip": { schema: file } }, description: "The folder." },
    ...PROBLEMS,
  },
});

export function keepingRoutes({ house }: Parts) {
  // Each reads all there is, and lays it out on the disk besides.
  const places = placesFor(1, {
    message: say("exports_busy"),
    next: say("wait_until_done_try"),
  });
  const app = new OpenAPIHono<Env>();
  app.use("/back-up", bodyLimit({ maxSize: LONGEST_BODY, onError: refuseLong }));
  return app
    .openapi(backUpRoute, async (c) => {
      const { passphrase } = c.req.valid("json");
      const record = house.record();
      const place = places.take("back-up");
      try {
        const packing = await record.streamBackUp(passphrase, { signal: c.req.raw.signal });
        const body = streamOf(packing.verified(), async () => {
          place[Symbol.dispose]();
          await packing[Symbol.asyncDispose]();
        });
        const day = packing.description.madeAt.slice(0, 10);
        return c.body(body, 200, download(`placard-${day}.age`, "application/octet-stream")) as never;
      } catch (error) {
        place[Symbol.dispose]();
        throw error;
      }
    })
    .openapi(caseRoute, async (c) => {
      const { case: caseName, also = [] } = c.req.valid("query");
      const record = house.record();
      const place = places.take("case");
      try {
        const archive = await record.archiveCase(caseName, { also: [also].flat(), signal: c.req.raw.signal });
        const body = streamOf(archive.pieces(), async () => {
          place[Symbol.dispose]();
          await archive[Symbol.asyncDispose]();
        });
        return c.body(body, 200, download("placard-case.zip", "application/zip")) as never;
      } catch (error) {
        place[Symbol.dispose]();
        throw error;
      }
    });
}

function download(name: string, mediaType: string): Record<string, string> {
  return { "Content-Type": mediaType, "Content-Disposition": `attachment; filename="${name}"` };
}

function refuseLong(): never {
  throw new PlacardError("too_large", say("longer_than_passphrase"));
}
