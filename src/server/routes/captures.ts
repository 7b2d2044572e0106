/** Links to be saved: asked for, looked at while they are worked on, cancelled, tried again. */

import { randomBytes } from "node:crypto";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import type { AskedLinks } from "../../app/asked.ts";
import { PlacardError } from "../../lib/error.ts";
import { mayDo } from "../access.ts";
import { PROBLEMS } from "../errors.ts";
import type { House } from "../house.ts";
import { linkState, linkStateSchema } from "../link-state.ts";
import type { Env, Member, Parts } from "../parts.ts";
import { problemSchema } from "../problem.ts";
import { say } from "../said.ts";

const MOST_LINKS = 500;
const LONGEST_TEXT = 1 << 20;
const LONGEST_BODY = 5 << 20;
/** When something is to be looked at again: an hour to five years from then, in milliseconds. */
export const again = z.array(z.int().min(3_600_000).max(157_680_000_000)).max(12);

const askSchema = z
  .strictObject({
    links: z
      .union([z.array(z.string().max(8192)).min(1).max(MOST_LINKS), z.string().min(1).max(LONGEST_TEXT)])
      .openapi({
        description: "A list, or a text with one link a line, or a pasted table.",
      }),
    caseName: z.string().max(10_000).optional(),
    note: z.string().max(10_000).optional(),
    again: again.optional().openapi({ description: "When to look at each again: milliseconds after it is sealed." }),
    key: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional()
      .openapi({ description: "Made at random by who asks: what is sent twice under one key is saved once." }),
  })
  .openapi("Asking");
type Asking = z.infer<typeof askSchema>;

export const batchSchema = z
  .object({
    batch: z.string(),
    askedAt: z.string(),
    actor: z.string().optional(),
    caseName: z.string().optional(),
    note: z.string().optional(),
    sample: z.boolean().optional().openapi({ description: "Whether it is the sample to play with." }),
    signedIn: z.boolean().optional().openapi({ description: "Whether they are captured under a session." }),
    session: z.string().optional().openapi({ description: "… and under which, for who may capture under one." }),
    links: z.array(linkStateSchema),
  })
  .openapi("Batch");

const listSchema = z
  .object({
    batches: z.array(batchSchema),
    trouble: problemSchema.shape.error.optional().openapi({ description: "What keeps all that is queued waiting." }),
  })
  .openapi("Batches");

const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });
const newKey = (): string => randomBytes(16).toString("hex");
const itemParams = z.object({ item: z.string().regex(/^[0-9a-f]{32}$/) });

const ask = createRoute({
  method: "post",
  path: "/captures",
  description: "Asks for links to be saved; answered when they are on disk, before they are opened.",
  request: { body: { content: json(askSchema), required: true } },
  responses: { 202: { content: json(batchSchema), description: "On disk; it will be saved." }, ...PROBLEMS },
});
const askUnder = createRoute({
  method: "post",
  path: "/capture-sessions/{name}/captures",
  description: "The same, captured under a session: seen by the account that signed in for it.",
  request: {
    params: z.object({ name: z.string().min(1).max(64) }),
    body: { content: json(askSchema), required: true },
  },
  responses: { 202: { content: json(batchSchema), description: "On disk; it will be saved." }, ...PROBLEMS },
});
const list = createRoute({
  method: "get",
  path: "/captures",
  description: "What was asked for lately, and where each link stands.",
  responses: { 200: { content: json(listSchema), description: "Newest first." }, ...PROBLEMS },
});
const cancel = createRoute({
  method: "post",
  path: "/captures/{item}/cancel",
  description: "Stops a link that waits or is under way; a contributor, their own only.",
  request: { params: itemParams },
  responses: { 200: { content: json(linkStateSchema), description: "As it stands now." }, ...PROBLEMS },
});
const retry = createRoute({
  method: "post",
  path: "/captures/{item}/retry",
  description:
    "Tries a link again that was not captured or was cancelled; a contributor, their own only, and one under a session, who may use it.",
  request: { params: itemParams },
  responses: { 202: { content: json(linkStateSchema), description: "As it stands now." }, ...PROBLEMS },
});

export function captureRoutes({ house, allowPrivate = false }: Parts) {
  const routes = new OpenAPIHono<Env>();
  const bounded = bodyLimit({
    maxSize: LONGEST_BODY,
    onError: () => {
      throw new PlacardError("too_large", say("too_many_links"), { next: say("save_in_parts") });
    },
  });
  routes.use("/captures", bounded);
  routes.use("/capture-sessions/:name/captures", bounded);
  const askFor = async (member: Member, { links, key = newKey(), caseName, note, again }: Asking, session?: string) => {
    const asked = await house.record().askFor(links, {
      key,
      actor: member.actor,
      ...(caseName === undefined ? {} : { caseName }),
      ...(note === undefined ? {} : { note }),
      ...(again === undefined ? {} : { again }),
      ...(allowPrivate ? { allowPrivate } : {}),
      ...(session === undefined ? {} : { session }),
    });
    house.captures.wake();
    house.news.tell({ kind: "look" });
    return batchOf(house, asked, member);
  };
  return routes
    .openapi(ask, async (c) => c.json(await askFor(c.get("member"), c.req.valid("json")), 202))
    .openapi(askUnder, async (c) =>
      c.json(await askFor(c.get("member"), c.req.valid("json"), c.req.valid("param").name), 202),
    )
    .openapi(list, async (c) => {
      const batches = (await house.record().asked()).map((asked) => batchOf(house, asked, c.get("member")));
      const { trouble } = house.captures;
      return c.json({ batches, ...(trouble === undefined ? {} : { trouble }) }, 200);
    })
    .openapi(cancel, async (c) => {
      const { item } = c.req.valid("param");
      await requireTheirs(house, item, c.get("member"));
      await house.record().cancelAsked(item);
      house.captures.stop(item);
      return c.json(await toldOf(house, item), 200);
    })
    .openapi(retry, async (c) => {
      const { item } = c.req.valid("param");
      const { session } = await requireTheirs(house, item, c.get("member"));
      if (session !== undefined && !mayUseSessions(c.get("member")))
        throw new PlacardError("not_allowed", say("session_owners_only"), { next: say("ask_owner") });
      if (house.captures.stepOf(item) !== undefined)
        throw new PlacardError("busy", say("link_being_stopped"), { next: say("try_in_a_moment") });
      await house.record().retryAsked(item);
      house.captures.wake();
      return c.json(await toldOf(house, item), 202);
    });
}

/** A contributor disposes of what they asked for themselves. */
async function requireTheirs(house: House, item: string, { role, actor }: Member): Promise<AskedLinks> {
  const batch = await house.record().askedFor(item);
  if (role !== "contributor" || batch.actor === actor) return batch;
  // Not told apart from one that is not there.
  throw new PlacardError("not_found", say("link_not_known"), { next: say("ask_anew") });
}

async function toldOf(house: House, item: string) {
  const { links } = await house.record().askedFor(item);
  const link = links.find((one) => one.item === item);
  if (link === undefined) throw new PlacardError("not_found", say("link_not_known"));
  const told = linkState(link, house.captures.stepOf(item));
  house.news.tell({ kind: "link", link: told });
  return told;
}

const mayUseSessions = ({ role }: Pick<Member, "role">): boolean =>
  mayDo(role).includes("POST /api/capture-sessions/:name/captures");

/** The name of a session is told to who may capture under it. */
export function batchOf(
  house: House,
  { links, session, ...asked }: AskedLinks,
  member: Pick<Member, "role">,
): z.infer<typeof batchSchema> {
  const mayKnow = mayUseSessions(member);
  return {
    ...asked,
    ...(session === undefined ? {} : { signedIn: true, ...(mayKnow ? { session } : {}) }),
    links: links.map((link) => linkState(link, house.captures.stepOf(link.item))),
  };
}
