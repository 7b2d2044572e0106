/** Invitations: made by owners and organisers, accepted by whoever has the link. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { throttled } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { askedSchema, isOneWay, letIn, ONE_WAY, personBy, personSchema, roleSchema, whoSchema } from "./person.ts";

const ATTEMPTS_A_MINUTE = 30;

const invitationSchema = z
  .object({
    id: z.string(),
    role: roleSchema,
    invitedBy: z.string().openapi({ description: "The id of a member." }),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi("Invitation");
/** In a header, since addresses stand in the logs of proxies. */
const tokenHeader = z.object({ "placard-invitation": z.string().max(100) });

const listInvitations = createRoute({
  method: "get",
  path: "/invitations",
  description: "The invitations that nobody has accepted yet.",
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ invitations: z.array(invitationSchema) }) } },
      description: "Those that are open, newest first.",
    },
    ...PROBLEMS,
  },
});
const postInvitation = createRoute({
  method: "post",
  path: "/invitations",
  description: "Makes a link by which one person joins, with the role it names.",
  request: { body: { required: true, content: { "application/json": { schema: z.object({ role: roleSchema }) } } } },
  responses: {
    201: {
      content: { "application/json": { schema: invitationSchema.extend({ link: z.url() }) } },
      description: "The link is told this once; it is good for one person and a week.",
    },
    ...PROBLEMS,
  },
});
const deleteInvitation = createRoute({
  method: "delete",
  path: "/invitations/{id}",
  description: "Takes an invitation back.",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "Its link is good for nothing any more." }, ...PROBLEMS },
});
const getInvitation = createRoute({
  method: "get",
  path: "/invitation",
  description:
    "What an invitation is to; whoever holds its link may ask, with its token in the header Placard-Invitation.",
  request: { headers: tokenHeader },
  responses: {
    200: {
      content: {
        "application/json": { schema: z.object({ group: z.string(), role: roleSchema, expiresAt: z.string() }) },
      },
      description: "To what one is invited.",
    },
    ...PROBLEMS,
  },
});
const acceptInvitation = createRoute({
  method: "post",
  path: "/invitation",
  description: "Accepts the invitation whose token is in the header Placard-Invitation.",
  request: {
    headers: tokenHeader,
    body: { required: true, content: { "application/json": { schema: personSchema.refine(isOneWay, ONE_WAY) } } },
  },
  responses: {
    204: { description: "A member now, who may sign in, or is signed in where they came by a passkey." },
    ...PROBLEMS,
  },
});
const askForPasskey = createRoute({
  method: "post",
  path: "/invitation/passkey",
  description: "By what an invited person's passkey is made, which POST /api/invitation then has within five minutes.",
  request: { headers: tokenHeader, body: { required: true, content: { "application/json": { schema: whoSchema } } } },
  responses: {
    200: { content: { "application/json": { schema: askedSchema } }, description: "The invitation stays open." },
    ...PROBLEMS,
  },
});
/** What a passkey was made for. */
const linkOf = (token: string): string => `invitation ${token}`;

export function invitationRoutes(parts: Parts) {
  const { accounts, house } = parts;
  const routes = new OpenAPIHono<Env>();
  const slowly = throttled(parts, ATTEMPTS_A_MINUTE);
  routes.post("/invitation/passkey", slowly);
  routes.on(["GET", "POST"], "/invitation", slowly);
  return routes
    .openapi(listInvitations, (c) => c.json({ invitations: [...accounts.invitations.list()] }, 200))
    .openapi(postInvitation, (c) => {
      const { token, ...invitation } = accounts.invitations.invite(c.get("member"), c.req.valid("json").role);
      // Behind the #, so that it stands in no server's log.
      return c.json({ ...invitation, link: `${accounts.baseUrl}/join#${token}` }, 201);
    })
    .openapi(deleteInvitation, (c) => {
      accounts.invitations.withdraw(c.get("member"), c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(getInvitation, (c) => {
      const { role, expiresAt } = accounts.invitations.look(c.req.valid("header")["placard-invitation"]);
      return c.json({ group: house.record().name, role, expiresAt }, 200);
    })
    .openapi(askForPasskey, async (c) => {
      const token = c.req.valid("header")["placard-invitation"];
      accounts.invitations.look(token);
      // Whether the address is somebody's already is not told here: an invitation would be good for asking after many.
      return c.json((await accounts.newPasskeys.ask(linkOf(token), c.req.valid("json"))) as Asked, 200);
    })
    .openapi(acceptInvitation, async (c) => {
      const token = c.req.valid("header")["placard-invitation"];
      accounts.invitations.look(token);
      const person = await personBy(accounts, linkOf(token), c.req.valid("json"));
      await letIn(c, accounts, person, await accounts.acceptInvitation(token, person));
      return c.body(null, 204);
    });
}

type Asked = z.infer<typeof askedSchema>;
