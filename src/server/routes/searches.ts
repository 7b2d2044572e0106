/** What members keep beside the record for finding: named searches, and occasions for the charts. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { INVITING } from "../access.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";

const answered = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { content: { "application/json": { schema } }, description },
  ...PROBLEMS,
});
const bodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { content: { "application/json": { schema } }, required: true },
});
const byId = z.object({ id: z.string().max(64) });
const done = z.object({ done: z.literal(true) });
const name = z.string().trim().min(1).max(80);
const word = z.string().max(500).optional();
/** As the Find screen's address says it (src/workbench/look/queries.ts). */
const search = z.strictObject({
  text: word,
  platform: word,
  case: word,
  tag: word,
  actor: word,
  state: word,
  standing: word,
  from: word,
  to: word,
  by: word,
  sort: word,
});
const saved = z
  .object({
    id: z.string(),
    name: z.string(),
    search: z.record(z.string(), z.string()),
    shared: z.boolean(),
    own: z.boolean(),
  })
  .openapi("SavedSearch");
const occasion = z
  .object({ id: z.string(), day: z.string(), name: z.string(), caseName: z.string().nullable(), actor: z.string() })
  .openapi("Occasion");

const listSearches = createRoute({
  method: "get",
  path: "/searches",
  description: "The searches one has kept, and those that others have shared with the group.",
  responses: answered(z.object({ searches: z.array(saved).readonly() }), "By name."),
});
const keepSearch = createRoute({
  method: "post",
  path: "/searches",
  description: "Keeps a search under a name.",
  request: bodyOf(z.strictObject({ name, search, shared: z.boolean() })),
  responses: answered(saved, "It is on disk."),
});
const changeSearch = createRoute({
  method: "patch",
  path: "/searches/{id}",
  description: "Renames a search of one's own, shares it, or keeps it to oneself again.",
  request: { params: byId, ...bodyOf(z.strictObject({ name: name.optional(), shared: z.boolean().optional() })) },
  responses: answered(saved, "As it is now."),
});
const forgetSearch = createRoute({
  method: "delete",
  path: "/searches/{id}",
  description: "Deletes a search of one's own; organisers and owners, one that is shared, too.",
  request: { params: byId },
  responses: answered(done, "It is gone."),
});
const listOccasions = createRoute({
  method: "get",
  path: "/occasions",
  description: "Days that the group has noted, for the charts: all of them, or a case's with those of no case.",
  request: { query: z.object({ case: z.string().max(10_000).optional() }) },
  responses: answered(z.object({ occasions: z.array(occasion).readonly() }), "By day."),
});
const noteOccasion = createRoute({
  method: "post",
  path: "/occasions",
  description: "Notes what happened on a day.",
  request: bodyOf(z.strictObject({ day: z.iso.date(), name, case: z.string().min(1).max(10_000).optional() })),
  responses: answered(occasion, "It is on disk."),
});
const forgetOccasion = createRoute({
  method: "delete",
  path: "/occasions/{id}",
  description: "Removes an occasion that one noted; organisers and owners, any.",
  request: { params: byId },
  responses: answered(done, "It is gone."),
});

export function searchRoutes({ accounts }: Parts) {
  return new OpenAPIHono<Env>()
    .openapi(listSearches, (c) => c.json({ searches: accounts.searches.list(c.get("member").id) }, 200))
    .openapi(keepSearch, (c) => {
      const { search: asked, ...rest } = c.req.valid("json");
      return c.json(accounts.searches.keep(c.get("member").id, { ...rest, search: said(asked) }), 200);
    })
    .openapi(changeSearch, (c) => {
      const change = said(c.req.valid("json"));
      return c.json(accounts.searches.change(c.get("member").id, c.req.valid("param").id, change), 200);
    })
    .openapi(forgetSearch, (c) => {
      const { id, role } = c.get("member");
      accounts.searches.forget({ member: id, leads: INVITING.includes(role) }, c.req.valid("param").id);
      return c.json({ done: true } as const, 200);
    })
    .openapi(listOccasions, (c) => c.json({ occasions: accounts.occasions.list(c.req.valid("query").case) }, 200))
    .openapi(noteOccasion, (c) => {
      const { day, name: named, case: caseName = null } = c.req.valid("json");
      return c.json(accounts.occasions.note({ day, name: named, caseName, actor: c.get("member").actor }), 200);
    })
    .openapi(forgetOccasion, (c) => {
      const { role, actor } = c.get("member");
      accounts.occasions.forget(c.req.valid("param").id, INVITING.includes(role) ? undefined : actor);
      return c.json({ done: true } as const, 200);
    });
}

type Said<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** Without what was not said. */
function said<T extends object>(given: T): Said<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Said<T>;
}
