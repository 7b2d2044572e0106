/** A report of a case, as a web page or a PDF. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { HOUSE_LANGUAGES } from "../../app/setting-up.ts";
import { INERT } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { turnsFor } from "../turns.ts";

const file = z.string().openapi({ format: "binary" });

const route = createRoute({
  method: "get",
  path: "/dossier",
  description: "A download: a report of a case, of what two people agreed may be shown of it, with counts of all else.",
  request: {
    query: z.object({
      case: z.string().min(1).max(10_000),
      form: z.enum(["pdf", "html"]),
      language: z
        .enum(HOUSE_LANGUAGES)
        .optional()
        .openapi({ description: "Of what Placard says in it; English where nothing is said." }),
      also: z
        .union([z.array(z.string().max(40)).max(1000), z.string().max(40)])
        .optional()
        .openapi({ description: "Exhibits besides that were erased." }),
    }),
  },
  responses: {
    200: {
      content: { "application/pdf": { schema: file }, "text/html": { schema: file } },
      description: "The report.",
    },
    ...PROBLEMS,
  },
});

const MEDIA_TYPES = { pdf: "application/pdf", html: "text/html; charset=utf-8" } as const;

export function dossierRoutes({ house }: Parts) {
  // Each reads what is shown of a case, pictures too, and lays it out.
  const turns = turnsFor(1, placesFor(2, { message: say("exports_busy"), next: say("wait_until_done_try") }));
  return new OpenAPIHono<Env>().openapi(route, async (c) => {
    const { case: caseName, form, language, also = [] } = c.req.valid("query");
    const { signal } = c.req.raw;
    using _ = await turns.take(c.get("member").id, signal);
    const { bytes } = await house.record().dossier(caseName, form, {
      ...(language === undefined ? {} : { language }),
      also: [also].flat(),
      signal,
    });
    c.header("Content-Type", MEDIA_TYPES[form]);
    c.header("Content-Disposition", `attachment; filename="placard-dossier.${form}"`);
    c.header("Content-Security-Policy", INERT);
    return c.body(Uint8Array.from(bytes)) as never;
  });
}
