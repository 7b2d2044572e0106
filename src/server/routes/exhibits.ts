/** Exhibits: found, counted, and each by itself. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { ExhibitSummary } from "../../app/looking.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { viewerOf } from "../viewer-of.ts";
import {
  casesSchema,
  chartsSchema,
  countsSchema,
  filterOf,
  filterQuery,
  findQuery,
  foundSchema,
  verdictSchema,
  viewSchema,
} from "./exhibit-schemas.ts";

const answered = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { content: { "application/json": { schema } }, description },
  ...PROBLEMS,
});
const byId = z.object({ id: z.string().max(64) });

const findExhibits = createRoute({
  method: "get",
  path: "/exhibits",
  description: "Exhibits, narrowed and sorted by what the address says, a page at a time.",
  request: { query: findQuery },
  responses: answered(
    z.object({ exhibits: z.array(foundSchema).readonly(), next: z.string().optional() }),
    "Newest first; `next` is the cursor of the page after.",
  ),
});
const countExhibits = createRoute({
  method: "get",
  path: "/exhibits/counts",
  description: "Counts what a filter leaves, by platform, case, standing and state.",
  request: { query: filterQuery },
  responses: answered(countsSchema, "How many there are of each kind, for filters."),
});
const chartExhibits = createRoute({
  method: "get",
  path: "/exhibits/charts",
  description: "The same filter's exhibits as numbers to draw.",
  request: { query: filterQuery },
  responses: answered(chartsSchema, "Per week and platform, by weekday and hour (UTC), and what became of them."),
});
const listCases = createRoute({
  method: "get",
  path: "/cases",
  description: "The cases there are, and how much is in each.",
  responses: answered(casesSchema, "The newest first."),
});
const viewExhibit = createRoute({
  method: "get",
  path: "/exhibits/{id}",
  description: "One exhibit: what it says, what is known of it, and what happened to it.",
  request: { params: byId },
  responses: answered(viewSchema, "All that is known of one."),
});
const verifyExhibit = createRoute({
  method: "post",
  path: "/exhibits/{id}/verify",
  description: "Checks an exhibit's proof now, as anyone else would.",
  request: { params: byId },
  responses: answered(verdictSchema, "What the verifier says of its proof."),
});
const eraseExhibit = createRoute({
  method: "delete",
  path: "/exhibits/{id}",
  description: "Erases an exhibit for good, with a reason.",
  request: {
    params: byId,
    body: {
      content: { "application/json": { schema: z.object({ reason: z.string().trim().min(1).max(2000) }) } },
      required: true,
    },
  },
  responses: answered(
    z.object({ id: z.string(), reason: z.string(), recaptures: z.array(z.string()).readonly() }),
    "Its words and files are gone; that it was sealed, and why it was erased, stays.",
  ),
});

/** Checks of one member's at once; each writes a whole proof. */
const EACH = 2;

export function exhibitRoutes({ house, sandbox }: Parts) {
  const looking = () => house.record().looking;
  const places = placesFor(EACH, {
    message: say("checks_busy"),
    next: say("wait_one_done"),
  });
  return new OpenAPIHono<Env>()
    .openapi(findExhibits, async (c) => {
      const { sort, cursor, limit, ...filter } = c.req.valid("query");
      const asked = {
        ...filterOf(filter),
        ...(sort === undefined ? {} : { sort }),
        ...(cursor === undefined ? {} : { cursor }),
        ...(limit === undefined ? {} : { limit }),
      };
      const { exhibits, next } = await looking().find(asked, viewerOf(c));
      const shown = exhibits.map(({ marks, tags, ...row }) => ({ ...exhibitOf(row), tags, marks }));
      return c.json({ exhibits: shown, ...(next === undefined ? {} : { next }) }, 200);
    })
    .openapi(countExhibits, async (c) => {
      return c.json(await looking().counts(filterOf(c.req.valid("query")), viewerOf(c)), 200);
    })
    .openapi(chartExhibits, async (c) => {
      return c.json(await looking().charts(filterOf(c.req.valid("query")), viewerOf(c)), 200);
    })
    .openapi(listCases, async (c) => c.json({ cases: await looking().cases() }, 200))
    .openapi(viewExhibit, async (c) => {
      const { summary, history, alike, ...view } = await looking().view(c.req.valid("param").id, viewerOf(c));
      const recaptures = history.recaptures.map((one) => ({
        ...one,
        changes: { ...one.changes },
        comparison: { ...one.comparison },
      }));
      const similar = alike.map(({ exhibit, why }) => ({ exhibit: exhibitOf(exhibit), why }));
      const body = { exhibit: exhibitOf(summary), ...view, recaptures, next: history.next, alike: similar };
      return c.json(body as z.input<typeof viewSchema>, 200);
    })
    .openapi(verifyExhibit, async (c) => {
      using _ = places.take(c.get("member").id);
      const { checks, ...verdict } = await looking().verify(c.req.valid("param").id);
      const each = checks.map(({ name, state, why, told }) => ({ name, state, why, ...(told && { told }) }));
      return c.json({ ...verdict, checks: each }, 200);
    })
    .openapi(eraseExhibit, async (c) => {
      const { reason } = c.req.valid("json");
      try {
        return c.json(await house.record().erase(c.req.valid("param").id, reason, c.get("member").actor), 200);
      } finally {
        sandbox?.rooms.closePages();
      }
    });
}

function exhibitOf(row: ExhibitSummary) {
  const { id, state, kind, sealedAt, title, url, platform, author, postedAt, caseName, actor, recaptureOf } = row;
  const { reason, erasedAt, standing, standingSince, lastSeenAt, checkedAt } = row;
  const about = { id, state, kind, sealedAt, title, url, platform, author, postedAt, actor, recaptureOf };
  const since = { reason, erasedAt, standing, standingSince, lastSeenAt, checkedAt };
  return { ...about, ...since, caseName, sample: row.sample === 1 };
}
