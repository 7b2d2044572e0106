/** Placards: the very page that prints, and the pack as one PDF. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { PackOptions } from "../../app/looking.ts";
import { HOUSE_LANGUAGES } from "../../app/setting-up.ts";
import { PlacardError } from "../../lib/error.ts";
import { INERT } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { turnsFor } from "../turns.ts";

const wanted = z
  .object({
    ids: z
      .array(z.string().max(64))
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, "one exhibit is named twice"),
    headline: z.string().max(1000).optional(),
    size: z.enum(["A4", "A3", "A2", "A1"]),
    language: z
      .enum(HOUSE_LANGUAGES)
      .optional()
      .openapi({ description: "Of what Placard says on them; English where nothing is said." }),
    picture: z.boolean().optional(),
  })
  .openapi("WantedPlacards");
const request = { body: { content: { "application/json": { schema: wanted } }, required: true } } as const;

const preview = createRoute({
  method: "post",
  path: "/placards/preview",
  description: "Lays placards out and lets the page be looked at, on another host.",
  request,
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ url: z.string() }) } },
      description: "Where the page stands that prints, for a while.",
    },
    ...PROBLEMS,
  },
});
const print = createRoute({
  method: "post",
  path: "/placards",
  description: "Makes placards ready for the printer, as one PDF, and seals that they were made.",
  request,
  responses: {
    200: {
      content: { "application/pdf": { schema: z.string().openapi({ format: "binary" }) } },
      description: "A sheet for the steward, then the placards.",
    },
    ...PROBLEMS,
  },
});

/** Of one member's, waiting or under way: each letter of a headline asks for a preview. */
const EACH = 16;
/** Packs that are laid out or printed at once. */
const IN_ALL = 2;

export function placardRoutes({ house, sandbox }: Parts) {
  const turns = turnsFor(
    IN_ALL,
    placesFor(EACH, {
      message: say("placards_busy"),
      next: say("wait_they"),
    }),
  );
  return new OpenAPIHono<Env>()
    .openapi(preview, async (c) => {
      if (sandbox === undefined) throw new PlacardError("unsupported", say("no_preview_place"));
      const { ids, ...options } = c.req.valid("json");
      const { id } = c.get("member");
      const { rooms } = sandbox;
      using _ = await turns.take(id, c.req.raw.signal);
      const { pagesClosed } = rooms;
      const html = await house.record().looking.preview(ids, optionsOf(options));
      if (rooms.pagesClosed !== pagesClosed)
        throw new PlacardError("conflict", say("erased_meanwhile"), { next: say("try_again") });
      return c.json({ url: `${sandbox.origin}/p/${rooms.let({ kind: "page", html }, id)}` }, 200);
    })
    .openapi(print, async (c) => {
      const { ids, ...options } = c.req.valid("json");
      const { signal } = c.req.raw;
      const { id, actor } = c.get("member");
      using _ = await turns.take(id, signal);
      const pdf = await house.record().looking.pack(ids, { ...optionsOf(options), actor, signal });
      c.header("Content-Type", "application/pdf");
      c.header("Content-Disposition", 'attachment; filename="placards.pdf"');
      c.header("Content-Security-Policy", INERT);
      return c.body(Uint8Array.from(pdf));
    });
}

function optionsOf({ headline, size, language, picture }: Omit<z.infer<typeof wanted>, "ids">): PackOptions {
  return {
    size,
    ...(headline === undefined ? {} : { headline }),
    ...(language === undefined ? {} : { language }),
    ...(picture === undefined ? {} : { picture }),
  };
}
