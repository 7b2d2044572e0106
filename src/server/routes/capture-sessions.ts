/** Sessions for captures: what is kept of them is told by name and site only, and never shown again. For owners. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { LONGEST_HIDDEN, MOST_HIDDEN } from "../../app/hidden-names.ts";
import { PlacardError } from "../../lib/error.ts";
import { clientOf } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { problemSchema } from "../problem.ts";
import { say } from "../said.ts";
import { isLoopback } from "../serve.ts";

const sessionsSchema = z
  .object({
    sessions: z.array(
      z.object({
        name: z.string(),
        site: z.string(),
        hides: z.number().int().openapi({ description: "How many names are taken out of what is handed out." }),
        signedInAt: z.string(),
      }),
    ),
    damaged: z.array(z.object({ id: z.string() })).openapi({ description: "They can only be removed." }),
    here: z.boolean().openapi({ description: "Whether who asks sits at the machine that a window would open on." }),
    window: z
      .object({
        name: z.string(),
        state: z.enum(["open", "kept", "failed"]),
        problem: problemSchema.shape.error.optional(),
      })
      .optional()
      .openapi({ description: "The window that is open, or what became of the last." }),
  })
  .openapi("CaptureSessions");
const openingSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  hide: z.array(z.string().max(LONGEST_HIDDEN)).max(MOST_HIDDEN).optional().openapi({
    description: "What the site calls the account, each of three characters, or two of another script than Latin.",
  }),
  hideNothing: z.boolean().optional().openapi({ description: "The site shows no name: said in place of `hide`." }),
});

const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });
const list = createRoute({
  method: "get",
  path: "/capture-sessions",
  description: "The sessions that links can be captured under, and the window to sign in, if there is one.",
  responses: { 200: { content: json(sessionsSchema), description: "By name." }, ...PROBLEMS },
});
const open = createRoute({
  method: "post",
  path: "/capture-sessions",
  description:
    "Opens a window to sign in, on the machine Placard runs on; only for who sits there. Either `hide` names somebody or `hideNothing` is true: most sites show who is signed in.",
  request: { body: { required: true, content: json(openingSchema) } },
  responses: { 202: { description: "It is opening; the session is kept when it is closed." }, ...PROBLEMS },
});
const remove = createRoute({
  method: "delete",
  path: "/capture-sessions/{name}",
  description: "Removes a session without a trace; a damaged one by its id.",
  request: { params: z.object({ name: z.string().max(200) }) },
  responses: { 204: { description: "Nothing of it is left." }, ...PROBLEMS },
});
const close = createRoute({
  method: "delete",
  path: "/capture-window",
  description: "Closes the window to sign in; nothing is kept.",
  responses: { 204: { description: "It is closed, if there was one." }, ...PROBLEMS },
});

export function captureSessionRoutes(parts: Parts) {
  const { house } = parts;
  const isHere = (c: Context<Env>): boolean => parts.behindProxy !== true && isLoopback(clientOf(c, parts));
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { whole, damaged } = await house.record().sessions();
      const sessions = whole.map(({ name, site, hide, signedInAt }) => ({
        name,
        site,
        hides: hide.length,
        signedInAt: new Date(signedInAt).toISOString(),
      }));
      const { last } = house.signInWindows;
      const window = last === undefined ? {} : { window: last };
      return c.json({ sessions, damaged: damaged.map(({ id }) => ({ id })), here: isHere(c), ...window }, 200);
    })
    .openapi(open, async (c) => {
      if (!isHere(c)) {
        throw new PlacardError("not_allowed", say("window_elsewhere"), {
          next: say("sit_down_there"),
        });
      }
      const { name, url, hide = [], hideNothing = false } = c.req.valid("json");
      await house.signInWindows.open(house.record(), name, url, { hide, hideNothing });
      return c.body(null, 202);
    })
    .openapi(remove, async (c) => {
      await house.record().forgetSession(c.req.valid("param").name);
      return c.body(null, 204);
    })
    .openapi(close, async (c) => {
      await house.signInWindows.close();
      return c.body(null, 204);
    });
}
