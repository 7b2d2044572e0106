/** Sending in without an account: what the form says, the piece of work, and what is sent. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { PlacardError } from "../../lib/error.ts";
import { clientOf } from "../client.ts";
import { PROBLEMS, refuse } from "../errors.ts";
import { boundedBody } from "../intake/bounded-body.ts";
import { readContents } from "../intake/contents.ts";
import { type Limit, limited, openLimit, TOO_OFTEN } from "../intake/limits.ts";
import { codeOf } from "../intake/receipt.ts";
import { LARGEST_PICTURE, LONGEST_CONTACT, LONGEST_WORDS, MOST_LINKS, MOST_PICTURES } from "../intake/sent.ts";
import { checkWork, LONGEST_WORK, newWork } from "../intake/work.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";

const MINUTE = 60_000;
const LOOKS = { within: MINUTE, each: 60, inAll: 3_000 };
const WORKS = { within: MINUTE, each: 30, inAll: 600 };
const ATTEMPTS = { within: 10 * MINUTE, each: 30, inAll: 600 };
/** What was taken in. */
const TAKEN = { within: 60 * MINUTE, each: 10, inAll: 150 };
/** Bodies that are read at once. */
const READ_EACH = 2;
const READ_IN_ALL = 8;
/** In base64, four characters for three bytes. */
const LONGEST_PICTURE_TEXT = Math.ceil(LARGEST_PICTURE / 3) * 4;
const LONGEST_LINKS = 64 * 1024;
const BODY = { most: MOST_PICTURES * LONGEST_PICTURE_TEXT + 256 * 1024, idle: 30_000, longest: 10 * MINUTE };

const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });

const formSchema = z
  .object({
    open: z.boolean(),
    group: z.string().optional().openapi({ description: "To whom one sends; told while the form is open." }),
    greeting: z.string().optional(),
    links: z.int().optional().openapi({ description: "At most so many." }),
    pictures: z.int().optional(),
    pictureBytes: z.int().optional().openapi({ description: "A picture has at most so many bytes." }),
  })
  .openapi("Form");
const workSchema = z
  .object({ challenge: z.unknown().openapi({ description: "As ALTCHA has it, version 2." }) })
  .openapi("Work");
const sentSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .openapi({ description: "Made at random by who sends: what is sent twice under one key is taken in once." }),
    links: z.string().max(LONGEST_LINKS).default(""),
    pictures: z
      .array(z.string().max(LONGEST_PICTURE_TEXT).openapi({ format: "byte" }))
      .max(MOST_PICTURES)
      .default([])
      .openapi({ description: "Screenshots: PNG, JPEG or WebP, in base64." }),
    words: z.string().max(LONGEST_WORDS).default(""),
    contact: z.string().max(LONGEST_CONTACT).default(""),
  })
  .openapi("SendingIn");

const getForm = createRoute({
  method: "get",
  path: "/intake",
  description: "Whether something can be sent in without an account, to whom, and what is wanted.",
  responses: { 200: { content: json(formSchema), description: "What the form says." }, ...PROBLEMS },
});
const postWork = createRoute({
  method: "post",
  path: "/intake/work",
  description: "A piece of work for the sender’s device: good for ten minutes, and once.",
  responses: { 200: { content: json(workSchema), description: "The work." }, ...PROBLEMS },
});
const postSent = createRoute({
  method: "post",
  path: "/intake/sent",
  description:
    "Takes in links and screenshots of somebody without an account, whose device has done a piece of work. Answered when all of it is on disk; nothing is opened or fetched before a member wants it.",
  request: {
    headers: z.object({
      "placard-work": z
        .string()
        .max(LONGEST_WORK)
        .openapi({ description: "Challenge and solution, as ALTCHA has them, in base64." }),
    }),
    body: { content: json(sentSchema), required: true },
  },
  responses: {
    201: {
      content: json(z.object({ code: z.string().openapi({ description: "The receipt’s; told here only." }) })),
      description: "On disk.",
    },
    ...PROBLEMS,
  },
});

export function intakeRoutes(parts: Parts) {
  const { house, allowPrivate = false } = parts;
  const taken = openLimit(TAKEN);
  const routes = new OpenAPIHono<Env>();
  routes.use("/intake", limited(parts, LOOKS));
  routes.use("/intake/work", limited(parts, WORKS));
  routes.use("/intake/sent", limited(parts, ATTEMPTS), guarded(parts, taken), boundedBody(BODY));
  return routes
    .openapi(getForm, async (c) => {
      const door = house.isFounded ? (await house.intake()).door : undefined;
      if (door?.open !== true) return c.json({ open: false }, 200);
      const bounds = { links: MOST_LINKS, pictures: MOST_PICTURES, pictureBytes: LARGEST_PICTURE };
      return c.json({ open: true, group: house.record().name, greeting: door.greeting, ...bounds }, 200);
    })
    .openapi(postWork, async (c) => {
      const { door, workSecret } = await house.intake();
      if (!door.open) throw closed();
      return c.json({ challenge: await newWork(workSecret, taken.count) }, 200);
    })
    .openapi(postSent, async (c) => {
      const intake = await house.intake();
      const { key, ...written } = c.req.valid("json");
      // Once more, and in full: what came before this only kept the body of who had done nothing from being read.
      const work = await checkWork(intake.workSecret, c.req.valid("header")["placard-work"]);
      const contents = readContents(written, allowPrivate);
      const code = codeOf(intake.receiptSecret, key);
      if (intake.sent.take({ code, ...contents }, work) === "new") {
        taken.note(clientOf(c, parts));
        house.news.tell({ kind: "look" });
      }
      return c.json({ code }, 201);
    });
}

/** Before a body is read: whether the form is open, the work done, and there is room for one more. */
function guarded(parts: Parts, taken: Limit): MiddlewareHandler<Env> {
  const refusal = { message: say("many_sending"), next: say("try_in_a_minute") };
  const [each, inAll] = [placesFor(READ_EACH, refusal), placesFor(READ_IN_ALL, refusal)];
  return async (c, next) => {
    const { door, workSecret } = await parts.house.intake();
    if (!door.open) throw closed();
    const client = clientOf(c, parts);
    if (!taken.has(client)) return refuse(c, ...TOO_OFTEN);
    await checkWork(workSecret, (c.req.header("placard-work") ?? "").slice(0, LONGEST_WORK));
    using places = new DisposableStack();
    places.use(each.take(client));
    places.use(inAll.take("all"));
    return await next();
  };
}

function closed(): PlacardError {
  return new PlacardError("not_found", say("form_closed"));
}
