/** The text in a picture, read by machine when somebody asks for it. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { WhichPicture } from "../../app/looking.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";

const readingSchema = z
  .object({
    text: z.string(),
    sureness: z.number().openapi({ description: "The machine's own estimate, 0 to 100." }),
    isCut: z.boolean(),
    links: z.array(z.string()).readonly(),
    handles: z
      .array(
        z.object({
          handle: z.string(),
          places: z.array(z.object({ name: z.string(), url: z.string() })).readonly(),
        }),
      )
      .readonly(),
  })
  .openapi("Reading");

const read = createRoute({
  method: "post",
  path: "/exhibits/{id}/reading",
  description:
    "Reads the text in one of an exhibit's pictures by machine, which may be wrong, and finds links and handles in it. Nothing of it is sealed or kept.",
  request: {
    params: z.object({ id: z.string().max(64) }),
    body: {
      content: {
        "application/json": {
          schema: z.object({
            file: z
              .string()
              .regex(/^(?:picture|post-picture|media\/[1-9]\d{0,2})$/)
              .openapi({ description: "As the exhibit names it: `picture`, `post-picture`, `media/1` …" }),
          }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: { content: { "application/json": { schema: readingSchema } }, description: "What the machine took it for." },
    ...PROBLEMS,
  },
});

/** Pictures of one member's that are read or wait for it. */
const EACH = 3;

export function readingRoutes({ house }: Parts) {
  const places = placesFor(EACH, {
    message: say("readings_busy"),
    next: say("wait_one_done"),
  });
  return new OpenAPIHono<Env>().openapi(read, async (c) => {
    const { id: member, role } = c.get("member");
    using _ = places.take(member);
    const { id } = c.req.valid("param");
    const which = pictureOf(c.req.valid("json").file);
    return c.json(await house.record().looking.reading(id, which, { isGuest: role === "guest" }), 200);
  });
}

function pictureOf(file: string): WhichPicture {
  if (file === "picture" || file === "post-picture") return file;
  return { media: Number(file.slice("media/".length)) };
}
