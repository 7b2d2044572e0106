/** What of an exhibit is not for the public: what is proposed, what it would leave, and what a member seals. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { answerFile } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { handOut } from "../streamed-proof.ts";

const MOST_BOXES = 1000;
const side = z.number().min(-1e6).max(1e6);
const boxSchema = z.object({ x: side, y: side, width: side, height: side }).openapi("Box");
const proposalSchema = z
  .object({
    kind: z.enum(["name", "handle", "avatar", "face", "code", "word", "contact"]),
    by: z.enum(["page", "reading", "codes", "faces"]).openapi({
      description: "The page's own marks, or a machine that read the picture or looked for codes or faces.",
    }),
    box: boxSchema,
  })
  .openapi("Proposal");
const namesSchema = z.array(z.string().max(200)).max(200);
const wordsSchema = z.array(z.string().max(200)).max(100);

const viewSchema = z
  .object({
    id: z.string(),
    picture: z
      .object({
        width: z.number(),
        height: z.number(),
        tile: z.number(),
        parts: z.array(z.number()).readonly().openapi({ description: "Rows of each part, from the top." }),
      })
      .optional(),
    standing: z
      .object({
        boxes: z.array(boxSchema).readonly(),
        fields: z.array(z.string()).readonly(),
        words: z.array(z.string()).readonly(),
        position: z.number(),
        at: z.string(),
        actor: z.string().nullable(),
      })
      .optional(),
    proposals: z.array(proposalSchema).readonly(),
    fields: z.array(z.string()).readonly(),
    names: z.array(z.string()).readonly(),
  })
  .openapi("Redaction");

const params = z.object({ id: z.string().max(64) });
const body = <T extends z.ZodType>(schema: T) => ({ content: { "application/json": { schema } }, required: true });
const answered = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { content: { "application/json": { schema } }, description },
  ...PROBLEMS,
});

const view = createRoute({
  method: "get",
  path: "/exhibits/{id}/redaction",
  description: "What of an exhibit is withheld in public, where its page shows people, and what there is to decide.",
  request: { params },
  responses: answered(viewSchema, "All that is to be known before one decides."),
});
const seal = createRoute({
  method: "post",
  path: "/exhibits/{id}/redaction",
  description: "Seals what of an exhibit is withheld in public; it takes the place of what was said of that before.",
  request: {
    params,
    body: body(z.strictObject({ boxes: z.array(boxSchema).max(MOST_BOXES), fields: namesSchema, words: wordsSchema })),
  },
  responses: answered(
    z.object({ id: z.string(), tiles: z.number(), of: z.number(), fields: z.array(z.string()).readonly() }),
    "How many of the picture's squares are withheld, of how many, and which fields.",
  ),
});
const preview = createRoute({
  method: "post",
  path: "/exhibits/{id}/redaction/preview",
  description: "What the public would be told by an exhibit's fields. Nothing is sealed.",
  request: {
    params,
    body: body(z.strictObject({ fields: namesSchema.default([]), words: wordsSchema.default([]) })),
  },
  responses: answered(
    z.object({
      fields: z
        .array(z.object({ name: z.string(), state: z.enum(["shown", "chosen", "told"]), value: z.string().optional() }))
        .readonly(),
    }),
    "`chosen` is withheld as one said; `told`, because it would tell of what is withheld.",
  ),
});
const propose = createRoute({
  method: "post",
  path: "/exhibits/{id}/redaction/proposals",
  description:
    "Has a machine look through one part of the page's picture for names, handles, addresses, words, codes and faces. It errs both ways. Nothing of it is sealed or kept.",
  request: {
    params,
    body: body(z.strictObject({ part: z.int().min(0).max(4096), words: wordsSchema.default([]) })),
  },
  responses: answered(
    z.object({ proposals: z.array(proposalSchema).readonly(), parts: z.number(), isCut: z.boolean() }),
    "What was found in this part.",
  ),
});
const picture = createRoute({
  method: "get",
  path: "/exhibits/{id}/redaction/picture/{part}",
  description: "A part of the page's picture, with some of its squares covered as the public would see them.",
  request: {
    params: params.extend({ part: z.coerce.number().int().min(0).max(4096) }),
    query: z.object({
      covered: z
        .string()
        .max(20_000)
        .regex(/^(?:\d{1,7}-\d{1,7}(?:,\d{1,7}-\d{1,7}){0,999})?$/)
        .default("")
        .openapi({ description: "Numbers of squares, as runs: `0-3,20-23`." }),
    }),
  },
  responses: {
    200: {
      content: { "image/png": { schema: z.string().openapi({ format: "binary" }) } },
      description: "The part, and nothing in the file but its pixels.",
    },
    206: { description: "A part of it." },
    416: { description: "It has no such part." },
    ...PROBLEMS,
  },
});
const proof = createRoute({
  method: "get",
  path: "/exhibits/{id}/redaction/proof",
  description: "The placard file of what may be shown, to be handed to anyone.",
  request: { params },
  responses: {
    200: {
      content: { "application/zip": { schema: z.string().openapi({ format: "binary" }) } },
      description: "The file.",
    },
    ...PROBLEMS,
  },
});

/** Looks of one member's that are under way or wait for their turn, and proofs that are handed out. */
const EACH = 2;
/** Longest run of squares that is followed: those of a whole picture. */
const MOST_TILES = 1 << 17;

export function redactionRoutes({ house }: Parts) {
  const redacting = () => house.record().redacting;
  const looks = placesFor(EACH, { message: say("readings_busy"), next: say("wait_one_done") });
  const proofs = placesFor(EACH, { message: say("proofs_busy"), next: say("wait_one_done") });
  return new OpenAPIHono<Env>()
    .openapi(view, async (c) => c.json(await redacting().view(c.req.valid("param").id), 200))
    .openapi(seal, async (c) =>
      c.json(await redacting().seal(c.req.valid("param").id, c.req.valid("json"), c.get("member").actor), 200),
    )
    .openapi(preview, async (c) =>
      c.json({ fields: await redacting().preview(c.req.valid("param").id, c.req.valid("json")) }, 200),
    )
    .openapi(propose, async (c) => {
      using _ = looks.take(c.get("member").id);
      const { part, words } = c.req.valid("json");
      return c.json(await redacting().propose(c.req.valid("param").id, part, words), 200);
    })
    .openapi(picture, async (c) => {
      const { id, part } = c.req.valid("param");
      const png = await redacting().picture(id, part, tilesIn(c.req.valid("query").covered));
      const blob = new Blob([Uint8Array.from(png)]);
      return answerFile(c, { blob, mediaType: "image/png", inline: true, name: "part.png" });
    })
    .openapi(proof, async (c) => {
      const place = proofs.take(c.get("member").id);
      return handOut(c, place, async () => {
        const { id, chunks } = await redacting().proof(c.req.valid("param").id);
        return { name: `${id}-redacted.placard`, chunks };
      });
    });
}

function tilesIn(runs: string): ReadonlySet<number> {
  const tiles = new Set<number>();
  for (const run of runs === "" ? [] : runs.split(",")) {
    const [first = 0, last = 0] = run.split("-").map(Number);
    for (let tile = first; tile <= last && tiles.size < MOST_TILES; tile++) tiles.add(tile);
  }
  return tiles;
}
