/**
 * An exhibit on its way to the public: how far it is, and each step by itself, so that who may take it stands in the one table
 * (docs/law-and-care.md says what they are for).
 */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { RULES, type StepTaken } from "../../app/publication/publication.ts";
import type { Told } from "../../lib/told.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { codedSchema } from "../problem.ts";

const kindsOf = <Kind extends string>(table: Readonly<Record<Kind, unknown>>) =>
  z.enum(Object.keys(table) as [Kind, ...Kind[]]);
const holdKind = kindsOf(RULES.holds);
const withdrawalKind = kindsOf(RULES.withdrawals);

const byId = z.object({ id: z.string().max(64) });
const act = z.string().max(64);
const why = z.string().max(2000);
const word = z.string().max(200);

const redaction = z.object({ id: z.string(), position: z.number() });
const noteSchema = z.object({
  id: z.string(),
  text: z.string(),
  masked: z.array(z.string()).readonly(),
  unmasked: z.array(z.object({ word: z.string(), why: z.string() })).readonly(),
});
const agreedSchema = z.object({ redaction, note: noteSchema, approval: z.string(), approvedAt: z.string() });
const viewSchema = z
  .object({
    id: z.string(),
    isPublic: z.boolean().openapi({ description: "Whether the public may see it now." }),
    isAgreed: z.boolean().openapi({ description: "Whether a placard of it is no draft." }),
    quotation: z.string().nullable().openapi({ description: "The post's words as they would be shown." }),
    masked: z.array(z.string()).readonly().openapi({ description: "Which of its words are masked in that." }),
    standing: z.object({
      step: z.enum(["draft", "redaction-checked", "note-written", "approved", "published"]),
      redaction: redaction.optional(),
      cleared: z.string().optional(),
      note: noteSchema.optional(),
      holds: z
        .array(
          z.object({
            id: z.string(),
            hold: holdKind,
            why: z.string(),
            at: z.string(),
            until: z.string().optional(),
          }),
        )
        .readonly(),
      preparers: z
        .array(z.string())
        .readonly()
        .openapi({ description: "Whose hand is in it: none of them agrees to it." }),
      isSigned: z.boolean(),
      onlyCoder: z.string().optional(),
      agreed: agreedSchema.optional(),
      publication: agreedSchema.extend({ at: z.string(), firstAt: z.string() }).optional(),
      suspendedAt: z.string().optional(),
      withdrawn: z.object({ at: z.string(), because: withdrawalKind }).optional(),
      corrections: z
        .array(
          z.object({
            id: z.string(),
            at: z.string(),
            what: z.string(),
            why: z.string(),
            by: z.string().nullable(),
            confirmedAt: z.string().optional(),
          }),
        )
        .readonly(),
    }),
  })
  .openapi("Publication");

const answered = {
  200: {
    content: { "application/json": { schema: viewSchema } },
    description: "How it stands now; what was said is on disk.",
  },
  ...PROBLEMS,
};
const step = <Name extends string, T extends z.ZodType>(name: Name, schema: T, description: string) =>
  createRoute({
    method: "post",
    path: `/exhibits/{id}/${name}` as const,
    description,
    request: { params: byId, body: { content: { "application/json": { schema } }, required: true } },
    responses: answered,
  });

const toldSchema = z.object({ text: z.string(), told: codedSchema });
const ruleSchema = z.object({ kind: z.string(), why: toldSchema, law: z.array(z.string()).readonly() });
const rules = createRoute({
  method: "get",
  path: "/publication-rules",
  description:
    "What must be so before anything is shown to the public, what keeps it back, and for what it is taken back.",
  responses: {
    200: {
      content: {
        "application/json": {
          schema: z.object({
            gates: z.array(ruleSchema).readonly(),
            holds: z.array(ruleSchema.extend({ ends: z.boolean() })).readonly(),
            withdrawals: z.array(ruleSchema.omit({ law: true })).readonly(),
          }),
        },
      },
      description: "In plain words; the law is named as lay people read it (docs/law-and-care.md).",
    },
    ...PROBLEMS,
  },
});
const look = createRoute({
  method: "get",
  path: "/exhibits/{id}/publication",
  description: "How far an exhibit is on its way to the public.",
  request: { params: byId },
  responses: answered,
});
const clear = step(
  "cleared",
  z.strictObject({ redaction: act }),
  "Says that somebody has looked at what this redaction leaves.",
);
const reason = step(
  "reasoned",
  z.strictObject({
    note: z.string().max(10_000),
    masked: z.array(word).max(200).default([]),
    unmasked: z.array(z.strictObject({ word, why })).max(200).default([]),
  }),
  "Says why the public should know of it, and which words are masked, or shown on purpose.",
);
const hold = step(
  "held",
  z.strictObject({ hold: holdKind, why, until: z.string().max(40).optional() }),
  "Keeps it from the public, at once.",
);
const release = step("released", z.strictObject({ held: act, why }), "Lets go of a hold.");
const approve = step(
  "approved",
  z.strictObject({ cleared: act, note: act }),
  "Agrees, as a second person, to exactly this redaction and this note.",
);
const publish = step("published", z.strictObject({ approval: act }), "Makes public what was agreed to.");
const correct = step(
  "corrected",
  z.strictObject({ what: why, why }),
  "Proposes a correction; public once another member agrees to it.",
);
const confirm = step("confirmed", z.strictObject({ correction: act }), "Agrees to another's correction.");
const withdraw = step("withdrawn", z.strictObject({ because: withdrawalKind }), "Takes it from the public, at once.");

const tellWhy = ({ text, code }: Told) => ({ text, told: { code } });
const rulesTold = {
  gates: Object.entries(RULES.gates).map(([kind, { why: said, law }]) => ({ kind, why: tellWhy(said), law })),
  holds: Object.entries(RULES.holds).map(([kind, { why: said, law, ends }]) => ({
    kind,
    why: tellWhy(said),
    law,
    ends,
  })),
  withdrawals: Object.entries(RULES.withdrawals).map(([kind, { why: said }]) => ({ kind, why: tellWhy(said) })),
};

export function publicationRoutes({ house, accounts }: Parts) {
  const take = async (given: string, taken: StepTaken, actor: string) => {
    const view = await house.record().publications.take(given, taken, actor);
    house.news.tell({ kind: "exhibit", id: view.id });
    return view;
  };
  /** What adds to what is public takes people who have been here a while; what takes away from it, anybody. */
  const add = (given: string, taken: StepTaken, member: Env["Variables"]["member"]) => {
    accounts.members.refuseNewcomer(member.id);
    return take(given, taken, member.actor);
  };
  return new OpenAPIHono<Env>()
    .openapi(rules, (c) => c.json(rulesTold, 200))
    .openapi(look, async (c) => c.json(await house.record().publications.of(c.req.valid("param").id), 200))
    .openapi(clear, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "cleared", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(reason, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "reasoned", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(hold, async (c) =>
      c.json(await take(c.req.valid("param").id, { act: "held", ...c.req.valid("json") }, c.get("member").actor), 200),
    )
    .openapi(release, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "released", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(approve, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "approved", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(publish, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "published", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(correct, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "corrected", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(confirm, async (c) =>
      c.json(await add(c.req.valid("param").id, { act: "confirmed", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(withdraw, async (c) =>
      c.json(
        await take(c.req.valid("param").id, { act: "withdrawn", ...c.req.valid("json") }, c.get("member").actor),
        200,
      ),
    );
}
