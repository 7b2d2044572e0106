/** What is asked of exhibits and answered about them, in the form of the API. */
import { z } from "@hono/zod-openapi";
import { type FindOptions, STANDINGS } from "../../app/looking.ts";
import { codedSchema } from "../problem.ts";

const many = z.union([z.string().max(500), z.array(z.string().max(500)).max(50)]).optional();
const LONGEST_TYPED = 20_000;
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Filters; a list is given by naming one several times. */
export const filterQuery = z.object({
  text: z.string().max(LONGEST_TYPED).optional(),
  platform: many,
  case: many,
  tag: many,
  state: z.enum(["sealed", "erased"]).optional(),
  standing: z.union([z.enum(STANDINGS), z.array(z.enum(STANDINGS)).max(6)]).optional(),
  kind: z.enum(["captured", "received"]).optional(),
  actor: z.string().max(500).optional(),
  by: z.enum(["posted", "sealed"]).optional(),
  from: moment.optional(),
  to: moment.optional(),
});

export const findQuery = filterQuery.extend({
  sort: z.enum(["sealed", "posted"]).optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
const DAY = 86_400;

export function filterOf(query: z.infer<typeof filterQuery>) {
  const { text, state, kind, actor, by, from, to } = query;
  return {
    platforms: listOf(query.platform),
    cases: listOf(query.case),
    tags: listOf(query.tag),
    standings: listOf(query.standing),
    ...(text === undefined ? {} : { text }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(actor === undefined ? {} : { actor }),
    ...(by === undefined ? {} : { by }),
    ...(from === undefined ? {} : { from: secondsOf(from) }),
    // A day is meant to its end.
    ...(to === undefined ? {} : { to: secondsOf(to) + (to.length === 10 ? DAY - 1 : 0) }),
  } satisfies FindOptions;
}

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

const piece = z.object({ text: z.string(), found: z.literal(true).optional() });
/** Text in pieces, those marked that were looked for. Never markup. */
const pieces = z.array(piece).readonly().openapi("Pieces");

export const exhibitSchema = z
  .object({
    id: z.string(),
    state: z.enum(["sealed", "erased"]),
    kind: z.enum(["captured", "received"]).nullable(),
    sealedAt: z.string(),
    title: z.string().nullable(),
    url: z.string().nullable(),
    platform: z.string().nullable(),
    author: z.string().nullable(),
    postedAt: z.string().nullable(),
    caseName: z.string().nullable(),
    actor: z.string().nullable(),
    recaptureOf: z.string().nullable(),
    sample: z.boolean().openapi({ description: "Whether it is of the sample, and evidence of nothing." }),
    reason: z.string().nullable(),
    erasedAt: z.string().nullable(),
    standing: z.string().nullable(),
    standingSince: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
    checkedAt: z.string().nullable(),
  })
  .openapi("Exhibit");

export const foundSchema = exhibitSchema
  .extend({ tags: z.array(z.string()).readonly(), marks: z.object({ title: pieces, text: pieces, note: pieces }) })
  .openapi("FoundExhibit");

const count = z.object({ value: z.string().nullable(), count: z.number() });
const counts = z.array(count).readonly();
export const countsSchema = z
  .object({
    total: z.number(),
    platforms: counts,
    cases: counts,
    states: counts,
    standings: counts,
    kinds: counts,
    actors: counts,
    tags: counts,
  })
  .openapi("Counts");

export const chartsSchema = z
  .object({
    total: z.number(),
    withoutTime: z.number(),
    erased: z.number(),
    weeks: z.array(z.object({ week: z.string(), platform: z.string().nullable(), count: z.number() })).readonly(),
    hours: z.array(z.object({ weekday: z.number(), hour: z.number(), count: z.number() })).readonly(),
    platforms: counts,
    standings: counts,
  })
  .openapi("Charts");

export const casesSchema = z.object({
  cases: z.array(z.object({ name: z.string(), exhibits: z.number(), lastSealedAt: z.string() })).readonly(),
});

const texts = z.array(z.string()).readonly();
/** Sentences in English, and as codes for whoever says them in another language. */
const sentence = codedSchema.extend({ text: z.string() });
const told = z.array(sentence).readonly();
export const viewSchema = z
  .object({
    exhibit: exhibitSchema,
    words: texts,
    post: z.object({ text: z.string(), isVisible: z.boolean(), sources: z.string(), by: texts }).nullable(),
    note: z.string().nullable(),
    tags: z.array(z.string()).readonly(),
    facts: z
      .array(
        z.object({
          name: z.string(),
          label: z.string(),
          value: z.string(),
          sources: z.string(),
          by: texts,
          at: z.string().optional(),
          zoneless: z.literal(true).optional(),
          claimed: z.literal(true).optional(),
        }),
      )
      .readonly(),
    conflicts: z
      .array(
        z.object({
          text: z.string(),
          name: z.string(),
          sayings: z.array(z.object({ by: texts, value: z.string() })).readonly(),
        }),
      )
      .readonly(),
    provenance: told,
    technical: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
    files: z
      .array(
        z.object({
          name: z.string(),
          bytes: z.number(),
          width: z.number().optional(),
          height: z.number().optional(),
          url: z.string().optional(),
          mediaType: z.string().optional(),
          moves: z.boolean().optional(),
          joined: z.object({ parts: z.number(), fetched: z.number() }).optional(),
        }),
      )
      .readonly(),
    steps: z
      .array(
        z.object({
          at: z.string(),
          told,
          actor: z.string().nullable(),
          id: z.string().optional(),
        }),
      )
      .readonly(),
    recaptures: z
      .array(
        z.object({
          id: z.string(),
          at: z.string(),
          state: z.enum(["sealed", "erased"]),
          result: z.string().nullable(),
          changes: z.record(z.string(), z.unknown()),
          comparison: z.record(z.string(), z.unknown()),
          reason: z.string().nullable(),
          told: codedSchema.optional(),
          dueAt: z.string().nullable(),
        }),
      )
      .readonly(),
    next: texts,
    alike: z
      .array(
        z.object({ exhibit: exhibitSchema, why: z.enum(["same-words", "same-file", "picture-alike", "video-alike"]) }),
      )
      .readonly(),
    made: z
      .array(
        z.object({
          at: z.string(),
          size: z.string(),
          language: z.string(),
          placards: z.number(),
          actor: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .openapi("ExhibitView");

export const verdictSchema = z
  .object({
    verdict: z.enum(["holds", "fails", "unreadable"]),
    heading: sentence,
    meaning: z.array(sentence.partial({ code: true })).readonly(),
    checks: z
      .array(
        z.object({
          name: z.string(),
          state: z.enum(["holds", "fails", "withheld", "absent"]),
          why: z.string(),
          told: codedSchema.optional(),
        }),
      )
      .readonly(),
  })
  .openapi("Verdict");
