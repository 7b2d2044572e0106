/** Whether there is a group yet, and how it begins. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PlacardError } from "../../lib/error.ts";
import { Turnstile } from "../../lib/turnstile.ts";
import { throttled } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { problem } from "../problem.ts";
import { say } from "../said.ts";
import { holdsSetupLink, NOT_THE_LINK, SETUP_HEADER } from "../setup-link.ts";
import { askedSchema, isOneWay, letIn, nameSchema, ONE_WAY, personBy, personSchema, whoSchema } from "./person.ts";

const ATTEMPTS_A_MINUTE = 20;
const PATIENCE = 30_000;
/** What a passkey was made for. */
const SETTING_UP = "setup";

const houseSchema = z
  .object({
    founded: z.boolean().openapi({ description: "Whether there is a record and somebody to look after it." }),
    name: z.string().optional().openapi({ description: "Told to members, and to whoever sets it up." }),
  })
  .openapi("House");

const getHouse = createRoute({
  method: "get",
  path: "/house",
  description: "Whether the group has begun; a member is told its name besides.",
  responses: {
    200: { content: { "application/json": { schema: houseSchema } }, description: "What there is." },
    ...PROBLEMS,
  },
});

const postHouse = createRoute({
  method: "post",
  path: "/house",
  description:
    "Begins the group: founds the record and makes its first member, who holds the link that Placard printed when it started.",
  request: {
    headers: z.object({ "placard-setup": z.string().optional() }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: personSchema
            .extend({
              group: z
                .string()
                .trim()
                .optional()
                .openapi({ description: "Not asked where there is a record already." }),
            })
            .refine(isOneWay, ONE_WAY),
        },
      },
    },
  },
  responses: {
    201: {
      content: { "application/json": { schema: houseSchema } },
      description: "Founded; its first member may sign in, or is signed in where they came by a passkey.",
    },
    ...PROBLEMS,
  },
});

const askForPasskey = createRoute({
  method: "post",
  path: "/house/passkey",
  description: "By what the first member's passkey is made, which POST /api/house then has within five minutes.",
  request: {
    headers: z.object({ "placard-setup": z.string().optional() }),
    body: {
      required: true,
      content: { "application/json": { schema: whoSchema.extend({ group: nameSchema.optional() }) } },
    },
  },
  responses: {
    200: { content: { "application/json": { schema: askedSchema } }, description: "Nothing is kept of it." },
    ...PROBLEMS,
  },
});

export function houseRoutes(parts: Parts) {
  const { house, accounts } = parts;
  const oneAtATime = new Turnstile();
  const routes = new OpenAPIHono<Env>();
  const slowly = throttled(parts, ATTEMPTS_A_MINUTE);
  routes.post("/house", slowly);
  routes.post("/house/passkey", slowly);
  return routes
    .openapi(getHouse, (c) => {
      const setsUp = !accounts.hasMembers && holdsSetupLink(parts, c.req.header(SETUP_HEADER));
      const named = house.isFounded && (c.get("member") !== undefined || setsUp) ? { name: house.record().name } : {};
      return c.json({ founded: house.isFounded && accounts.hasMembers, ...named }, 200);
    })
    .openapi(askForPasskey, async (c) => {
      if (accounts.hasMembers) throw begunAlready();
      if (!holdsSetupLink(parts, c.req.header(SETUP_HEADER))) return c.json(problem(NOT_THE_LINK), 403);
      return c.json((await accounts.newPasskeys.ask(SETTING_UP, c.req.valid("json"))) as Asked, 200);
    })
    .openapi(postHouse, async (c) => {
      const { group, ...told } = c.req.valid("json");
      const leave = await oneAtATime.enter(PATIENCE);
      try {
        if (accounts.hasMembers) throw begunAlready();
        if (!holdsSetupLink(parts, c.req.header(SETUP_HEADER))) return c.json(problem(NOT_THE_LINK), 403);
        const person = await personBy(accounts, SETTING_UP, told);
        // The record first: if this is cut short, the same link makes its first member the next time.
        if (!house.isFounded) await house.found(group ?? "");
        await accounts.begin();
        await letIn(c, accounts, person, await accounts.foundBy(person));
      } finally {
        leave();
      }
      return c.json({ founded: true, name: house.record().name }, 201);
    });
}

type Asked = z.infer<typeof askedSchema>;

const begunAlready = (): PlacardError => new PlacardError("conflict", say("group_begun"), { next: say("sign_in") });
