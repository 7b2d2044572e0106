/** The members of the group: who they are, what they may do, when they signed in. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PlacardError } from "../../lib/error.ts";
import { SIGN_IN_METHODS } from "../accounts/sign-in-log.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Member, Parts } from "../parts.ts";
import { say } from "../said.ts";
import { roleSchema } from "./person.ts";

const memberSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().optional().openapi({ description: "Told to owners and organisers, and to oneself." }),
    role: roleSchema,
    actor: z.string().openapi({ description: "The pseudonym under which what they do is sealed." }),
    joinedAt: z.string(),
    secured: z.boolean().openapi({ description: "Whether there is a second factor." }),
  })
  .openapi("Member");
const signInSchema = z
  .object({
    at: z.string(),
    method: z.enum(SIGN_IN_METHODS),
    device: z.string(),
    succeeded: z.boolean(),
  })
  .openapi("SignIn");
const idParam = z.object({ id: z.string() });

const listMembers = createRoute({
  method: "get",
  path: "/members",
  description: "Who is in the group.",
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ members: z.array(memberSchema) }) } },
      description: "In the order in which they joined.",
    },
    ...PROBLEMS,
  },
});
const patchMember = createRoute({
  method: "patch",
  path: "/members/{id}",
  description: "Gives a member another role; what concerns owners is for owners.",
  request: {
    params: idParam,
    body: { required: true, content: { "application/json": { schema: z.object({ role: roleSchema }) } } },
  },
  responses: {
    200: { content: { "application/json": { schema: memberSchema } }, description: "With the new role, at once." },
    ...PROBLEMS,
  },
});
const deleteMember = createRoute({
  method: "delete",
  path: "/members/{id}",
  description: "Removes a member; what concerns owners is for owners.",
  request: { params: idParam },
  responses: {
    204: { description: "Signed out at once; name, address and all that leads from them to the pseudonym are erased." },
    ...PROBLEMS,
  },
});
const listSignIns = createRoute({
  method: "get",
  path: "/members/{id}/sign-ins",
  description: "When and how a member signed in; of others, an owner alone is told.",
  request: { params: idParam },
  responses: {
    200: {
      content: { "application/json": { schema: z.object({ signIns: z.array(signInSchema) }) } },
      description: "Newest first.",
    },
    ...PROBLEMS,
  },
});

export function memberRoutes({ accounts, sandbox }: Parts) {
  return new OpenAPIHono<Env>()
    .openapi(listMembers, (c) => {
      const asking = c.get("member");
      const members = accounts.members
        .list()
        .map(({ email, ...told }) => (seesAddress(asking, told.id) ? { ...told, email } : told));
      return c.json({ members }, 200);
    })
    .openapi(patchMember, (c) => {
      const { id } = c.req.valid("param");
      const member = accounts.members.changeRole(c.get("member"), id, c.req.valid("json").role);
      // What was let was let to the role there was.
      sandbox?.rooms.closeOf(id);
      return c.json(member, 200);
    })
    .openapi(deleteMember, (c) => {
      const { id } = c.req.valid("param");
      accounts.members.erase(c.get("member"), id);
      sandbox?.rooms.closeOf(id);
      return c.body(null, 204);
    })
    .openapi(listSignIns, (c) => {
      const { id } = c.req.valid("param");
      const asking = c.get("member");
      if (id !== asking.id && asking.role !== "owner")
        throw new PlacardError("not_allowed", say("sign_ins_owner_only"));
      return c.json({ signIns: [...accounts.signIns.of(id)] }, 200);
    });
}

function seesAddress({ id, role }: Member, of: string): boolean {
  return role === "owner" || role === "organiser" || id === of;
}
