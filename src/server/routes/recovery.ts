/** The way back: a link that an owner or organiser makes for a member, and that the member uses once. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { deviceOf } from "../accounts/device.ts";
import { throttled } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { passwordSchema } from "./person.ts";

const ATTEMPTS_A_MINUTE = 30;
/** In a header, since addresses stand in the logs of proxies. */
const tokenHeader = z.object({ "placard-recovery": z.string().max(100) });
const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });

const makeRecovery = createRoute({
  method: "post",
  path: "/members/{id}/recovery",
  description:
    "Makes a link by which a member who has lost password and second factor begins anew; owners' by owners only.",
  request: { params: z.object({ id: z.string() }) },
  responses: {
    201: {
      content: json(z.object({ link: z.url(), expiresAt: z.string() })),
      description: "The link is told this once; it is good for two hours, and once. The member is told of it.",
    },
    ...PROBLEMS,
  },
});
const lookAtRecovery = createRoute({
  method: "get",
  path: "/recovery",
  description: "Whose way back a link is; its token is in the header Placard-Recovery.",
  request: { headers: tokenHeader },
  responses: {
    200: {
      content: json(z.object({ group: z.string(), name: z.string(), expiresAt: z.string() })),
      description: "Whose it is.",
    },
    ...PROBLEMS,
  },
});
const useRecovery = createRoute({
  method: "post",
  path: "/recovery",
  description: "Gives the member whose link it is a new password; second factors and sessions are gone.",
  request: {
    headers: tokenHeader,
    body: { required: true, content: json(z.object({ password: passwordSchema })) },
  },
  responses: { 204: { description: "Sign in with it, and set up a second factor." }, ...PROBLEMS },
});
const noteRecovery = createRoute({
  method: "delete",
  path: "/me/recovery",
  description: "Says that one has read that a way back was made; one not used yet is withdrawn.",
  responses: { 204: { description: "It is not told any more." }, ...PROBLEMS },
});

export function recoveryRoutes(parts: Parts) {
  const { accounts, house, sandbox } = parts;
  const routes = new OpenAPIHono<Env>();
  routes.on(["GET", "POST"], "/recovery", throttled(parts, ATTEMPTS_A_MINUTE));
  return routes
    .openapi(makeRecovery, (c) => {
      const device = deviceOf(c.req.header("user-agent"));
      const made = accounts.recoveries.make(c.get("member"), c.req.valid("param").id, device);
      // Behind the #, so that it stands in no server's log.
      return c.json({ link: `${accounts.baseUrl}/recover#${made.token}`, expiresAt: made.expiresAt }, 201);
    })
    .openapi(lookAtRecovery, (c) => {
      const { name, expiresAt } = accounts.recoveries.look(c.req.valid("header")["placard-recovery"]);
      return c.json({ group: house.record().name, name, expiresAt }, 200);
    })
    .openapi(useRecovery, async (c) => {
      const device = deviceOf(c.req.header("user-agent"));
      const token = c.req.valid("header")["placard-recovery"];
      const member = await accounts.recover(token, c.req.valid("json").password, device);
      sandbox?.rooms.closeOf(member);
      return c.body(null, 204);
    })
    .openapi(noteRecovery, (c) => {
      accounts.recoveries.noted(c.get("member").id);
      return c.body(null, 204);
    });
}
