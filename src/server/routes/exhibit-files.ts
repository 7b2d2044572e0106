/** The files of an exhibit, its proof, and its replay. Not JSON, and never anything that runs. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { WhichFile } from "../../app/looking.ts";
import { PlacardError } from "../../lib/error.ts";
import { answerFile } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { handOut } from "../streamed-proof.ts";
import { viewerOf } from "../viewer-of.ts";

const byId = z.object({ id: z.string().max(64) });
const binary = (type: string, description: string) => ({
  200: { content: { [type]: { schema: z.string().openapi({ format: "binary" }) } }, description },
  206: { description: "A part of it." },
  416: { description: "It has no such part." },
  ...PROBLEMS,
});
const fileRoute = <const Path extends string>(path: Path, type: string, description: string) =>
  createRoute({
    method: "get",
    path: `/exhibits/{id}/${path}` as const,
    description,
    request: { params: byId },
    responses: binary(type, "The file."),
  });

const picture = fileRoute("picture", "image/png", "The picture of the page.");
const postPicture = fileRoute("post-picture", "image/png", "The picture of the post alone.");
const text = fileRoute("text", "text/plain", "The text that a reader of the page saw.");
const thumbnail = fileRoute("thumbnail", "image/png", "A small picture.");
const proof = fileRoute("proof", "application/zip", "The placard file, to be handed to anyone.");
const media = createRoute({
  method: "get",
  path: "/exhibits/{id}/media/{n}",
  description: "The n-th picture, sound or video that came with the post.",
  request: { params: byId.extend({ n: z.coerce.number().int().min(1).max(999) }) },
  responses: binary("application/octet-stream", "A picture, sound or video of the post."),
});
const replay = createRoute({
  method: "post",
  path: "/exhibits/{id}/replay",
  description: "Opens the page as it was, in a place of its own on another host.",
  request: { params: byId },
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ url: z.string() }) } },
      description: "Where the page is shown as it was, for a while.",
    },
    ...PROBLEMS,
  },
});

/** Proofs of one member's that are handed out at once. */
const EACH = 2;

export function exhibitFileRoutes({ house, sandbox }: Parts) {
  const looking = () => house.record().looking;
  const places = placesFor(EACH, {
    message: say("proofs_busy"),
    next: say("wait_one_done"),
  });
  const send = async (c: Context<Env>, id: string, which: WhichFile): Promise<Response> => {
    const { blob, mediaType, isSafe, name } = await looking().file(id, which, viewerOf(c));
    return answerFile(c, { blob, mediaType, inline: isSafe, name });
  };
  return new OpenAPIHono<Env>()
    .openapi(picture, (c) => send(c, c.req.valid("param").id, "picture"))
    .openapi(postPicture, (c) => send(c, c.req.valid("param").id, "post-picture"))
    .openapi(text, (c) => send(c, c.req.valid("param").id, "text"))
    .openapi(media, (c) => send(c, c.req.valid("param").id, { media: c.req.valid("param").n }))
    .openapi(thumbnail, async (c) => {
      const png = await looking().thumbnail(c.req.valid("param").id, viewerOf(c));
      const blob = new Blob([Uint8Array.from(png)]);
      return answerFile(c, { blob, mediaType: "image/png", inline: true, name: "thumbnail.png" });
    })
    .openapi(proof, async (c) => {
      const place = places.take(c.get("member").id);
      return handOut(c, place, async () => {
        const { id, chunks } = await looking().proof(c.req.valid("param").id, viewerOf(c));
        return { name: `${id}.placard`, chunks };
      });
    })
    .openapi(replay, async (c) => {
      if (sandbox === undefined) throw new PlacardError("unsupported", say("no_replay_place"));
      const viewer = viewerOf(c);
      const { id, page: url } = await looking().file(c.req.valid("param").id, "replay", viewer);
      const room = sandbox.rooms.let({ kind: "replay", id, url, viewer }, c.get("member").id);
      return c.json({ url: `${sandbox.origin}/r/${room}/` }, 200);
    });
}
