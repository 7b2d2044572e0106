/** Whoever asks: who they are, how they want things shown, and where they are signed in. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { HOUSE_LANGUAGES } from "../../app/setting-up.ts";
import { mayDo } from "../access.ts";
import { deviceOf } from "../accounts/device.ts";
import { MOTIONS, THEMES } from "../accounts/preferences.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { passwordSchema, roleSchema } from "./person.ts";

const meSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roleSchema,
    actor: z.string(),
    arrived: z.boolean(),
    may: z.array(z.string()).readonly().openapi({ description: "What this role may do: methods and paths." }),
    codes: z.boolean().openapi({ description: "Whether codes of an app are set up as a second factor." }),
    password: z
      .boolean()
      .openapi({ description: "Whether there is a password; without one, passkeys are all there is." }),
    recovery: z
      .object({ madeBy: z.string().nullable(), madeAt: z.string(), usedAt: z.string().nullable() })
      .optional()
      .openapi({ description: "A way back that was made for one, until one says that one has read it." }),
  })
  .openapi("Me");
const preferencesSchema = z
  .object({
    blur: z.boolean(),
    grey: z.boolean(),
    mute: z.boolean(),
    theme: z.enum(THEMES),
    language: z.enum(HOUSE_LANGUAGES),
    motion: z.enum(MOTIONS),
    breakAfter: z
      .int()
      .min(0)
      .max(1000)
      .openapi({ description: "Uncovered posts after which a break is suggested; 0 for never." }),
  })
  .openapi("Preferences");
const sessionSchema = z
  .object({
    id: z.string(),
    device: z.string(),
    method: z.string(),
    arrived: z.boolean(),
    startedAt: z.string(),
    endsAt: z.string(),
    current: z.boolean(),
  })
  .openapi("Session");

const getMe = createRoute({
  method: "get",
  path: "/me",
  description: "Who asks: name, role, and whether a second factor is still to be shown.",
  responses: { 200: { content: { "application/json": { schema: meSchema } }, description: "Who asks." }, ...PROBLEMS },
});
const preferencesAnswer = {
  200: { content: { "application/json": { schema: preferencesSchema } }, description: "All of them, as they are now." },
  ...PROBLEMS,
} as const;
const getPreferences = createRoute({
  method: "get",
  path: "/me/preferences",
  description: "How one wants to see things.",
  responses: preferencesAnswer,
});
const patchPreferences = createRoute({
  method: "patch",
  path: "/me/preferences",
  description: "Changes what is sent of one's preferences, and leaves the others.",
  request: {
    body: { required: true, content: { "application/json": { schema: preferencesSchema.partial().strict() } } },
  },
  responses: preferencesAnswer,
});
const getSessions = createRoute({
  method: "get",
  path: "/me/sessions",
  description: "Where one is signed in.",
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ sessions: z.array(sessionSchema) }) } },
      description: "Newest first.",
    },
    ...PROBLEMS,
  },
});
const deleteOtherSessions = createRoute({
  method: "delete",
  path: "/me/sessions",
  description: "Signs oneself out everywhere but here.",
  responses: { 204: { description: "Signed out there, at once." }, ...PROBLEMS },
});
const deleteSession = createRoute({
  method: "delete",
  path: "/me/sessions/{id}",
  description: "Signs oneself out on one device.",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "Signed out there, at once." }, ...PROBLEMS },
});

const postPassword = createRoute({
  method: "post",
  path: "/me/password",
  description: "The first password of who signs in by passkey alone, and has done so within the last ten minutes.",
  request: {
    body: { required: true, content: { "application/json": { schema: z.object({ password: passwordSchema }) } } },
  },
  responses: { 204: { description: "It is set; one is signed out everywhere but here." }, ...PROBLEMS },
});

export function meRoutes({ accounts }: Parts) {
  return new OpenAPIHono<Env>()
    .openapi(getMe, (c) => {
      const { id, name, role, actor, arrived } = c.get("member");
      const { codes, password } = accounts.members.factorsOf(id);
      const notice = arrived ? accounts.recoveries.noticeFor(id) : undefined;
      const recovery = notice === undefined ? {} : { recovery: notice };
      return c.json({ id, name, role, actor, arrived, may: mayDo(role), codes, password, ...recovery }, 200);
    })
    .openapi(getPreferences, (c) => c.json(accounts.preferences.of(c.get("member").id), 200))
    .openapi(patchPreferences, (c) => c.json(accounts.preferences.choose(c.get("member").id, c.req.valid("json")), 200))
    .openapi(getSessions, (c) => {
      const { id, session } = c.get("member");
      const sessions = accounts.sessions.of(id).map((each) => ({ ...each, current: each.id === session }));
      return c.json({ sessions }, 200);
    })
    .openapi(deleteOtherSessions, (c) => {
      const { id, session } = c.get("member");
      accounts.sessions.endOthers(id, session);
      return c.body(null, 204);
    })
    .openapi(postPassword, async (c) => {
      const device = deviceOf(c.req.header("user-agent"));
      await accounts.setFirstPassword(c.get("member"), c.req.valid("json").password, device);
      return c.body(null, 204);
    })
    .openapi(deleteSession, (c) => {
      accounts.sessions.end(c.get("member").id, c.req.valid("param").id);
      return c.body(null, 204);
    });
}
