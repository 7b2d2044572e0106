/** Coming back with a receipt: what became of it, one more word, taking it back. All that is not there is answered alike. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PlacardError } from "../../lib/error.ts";
import { PROBLEMS } from "../errors.ts";
import { plain } from "../intake/contents.ts";
import { limited } from "../intake/limits.ts";
import type { Intake } from "../intake/open.ts";
import { readCode } from "../intake/receipt.ts";
import type { Sent } from "../intake/sent.ts";
import { STANDINGS, standingOf } from "../intake/standing.ts";
import { takeAway } from "../intake/taking.ts";
import type { Env, Parts } from "../parts.ts";
import { say } from "../said.ts";

/** Guesses at codes of 120 bits; and nobody who was given one need look more often. */
const LOOKS = { within: 60_000, each: 20, inAll: 600 };
const LONGEST_WORD = 2_000;
const LONGEST_CODE = 100;

const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });
/** In a header, since addresses stand in the logs of proxies. */
const codeHeader = z.object({ "placard-receipt": z.string().max(LONGEST_CODE) });

const receiptSchema = z
  .object({
    ref: z.string().openapi({ description: "The beginning of the code, by which members know it." }),
    at: z.string(),
    state: z.enum(["received", "looked", "taken", "declined", "withdrawn", "erased"]),
    reason: z.string().optional().openapi({ description: "Why it was not taken, where the group says so." }),
    parts: z.array(z.object({ n: z.int(), kind: z.enum(["link", "picture"]), standing: z.enum(STANDINGS) })),
    words: z.int().openapi({ description: "How many messages were sent with it." }),
  })
  .openapi("Receipt");

const getReceipt = createRoute({
  method: "get",
  path: "/intake/receipt",
  description:
    "What became of what was sent in under the code in the header Placard-Receipt; not what it was, in case the code is in other hands.",
  request: { headers: codeHeader },
  responses: { 200: { content: json(receiptSchema), description: "As it stands now." }, ...PROBLEMS },
});
const postWords = createRoute({
  method: "post",
  path: "/intake/receipt/words",
  description: "Adds a word for the group.",
  request: {
    headers: codeHeader,
    body: { content: json(z.strictObject({ text: z.string().max(LONGEST_WORD) })), required: true },
  },
  responses: { 200: { content: json(receiptSchema), description: "On disk." }, ...PROBLEMS },
});
const postWithdrawal = createRoute({
  method: "post",
  path: "/intake/receipt/withdrawal",
  description: "Takes it back: what is not sealed is erased at once; of what is, the members are asked to erase it.",
  request: { headers: codeHeader },
  responses: { 200: { content: json(receiptSchema), description: "As it stands now." }, ...PROBLEMS },
});

export function receiptRoutes(parts: Parts) {
  const { house } = parts;
  const routes = new OpenAPIHono<Env>();
  const limit = limited(parts, LOOKS);
  routes.use("/intake/receipt", limit);
  routes.use("/intake/receipt/words", limit);
  routes.use("/intake/receipt/withdrawal", limit);
  const open = async (headers: z.infer<typeof codeHeader>): Promise<readonly [Intake, Sent]> => {
    if (!house.isFounded) throw unknown();
    const intake = await house.intake();
    return [intake, findSent(intake, headers["placard-receipt"])];
  };
  const told = async (intake: Intake, { ref }: Sent): Promise<z.infer<typeof receiptSchema>> => {
    const { at, reason, ...sent } = intake.sent.get(ref);
    const parts = await standingOf(house.record(), intake, ref);
    return {
      ref,
      at: new Date(at).toISOString(),
      state: stateOf(sent),
      ...(reason === null ? {} : { reason }),
      parts: parts.map(({ n, kind, standing }) => ({ n, kind, standing })),
      words: intake.sent.words(ref).length,
    };
  };
  return routes
    .openapi(getReceipt, async (c) => c.json(await told(...(await open(c.req.valid("header")))), 200))
    .openapi(postWords, async (c) => {
      const [intake, sent] = await open(c.req.valid("header"));
      const text = plain(c.req.valid("json").text);
      if (text === "") throw new PlacardError("usage", say("no_word"));
      if (sent.state === "withdrawn" || sent.state === "erased")
        throw new PlacardError("conflict", say("nothing_to_add_to"));
      intake.sent.add(sent.ref, text);
      house.news.tell({ kind: "look" });
      return c.json(await told(intake, sent), 200);
    })
    .openapi(postWithdrawal, async (c) => {
      const [intake, sent] = await open(c.req.valid("header"));
      if (sent.state !== "erased") await takeAway(house, intake, sent.ref, "withdrawn");
      return c.json(await told(intake, sent), 200);
    });
}

function stateOf({ state, lookedAt }: Pick<Sent, "state" | "lookedAt">): z.infer<typeof receiptSchema>["state"] {
  if (state !== "waiting") return state;
  return lookedAt === null ? "received" : "looked";
}

function findSent(intake: Intake, typed: string): Sent {
  const code = readCode(typed);
  const found = code === undefined ? undefined : intake.sent.find(code);
  if (found === undefined) throw unknown();
  return found;
}

function unknown(): PlacardError {
  return new PlacardError("not_found", say("code_not_known"), {
    next: say("look_at_each_letter"),
  });
}
