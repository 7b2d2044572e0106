/** What members are told of what was sent in. */
import { z } from "@hono/zod-openapi";
import type { House } from "../house.ts";
import type { Intake } from "../intake/open.ts";
import { type Sent, STATES } from "../intake/sent.ts";
import { STANDINGS, type StandingPart, standingOf } from "../intake/standing.ts";
import { codedSchema } from "../problem.ts";

export const rowSchema = z
  .object({
    ref: z.string().openapi({ description: "The beginning of the sender’s code." }),
    at: z.string(),
    state: z.enum(STATES),
    looked: z.boolean(),
    unread: z.boolean().openapi({ description: "Whether the sender has added a word since somebody looked." }),
    open: z.boolean().openapi({ description: "Whether it waits for somebody." }),
    links: z.int(),
    pictures: z.int(),
    messages: z.int(),
    toErase: z.array(z.string()).openapi({ description: "Exhibits that stand, of what the sender has taken back." }),
  })
  .openapi("SentRow");
export const sentSchema = z
  .object({
    ref: z.string(),
    state: z.enum(STATES),
    reason: z.string().optional(),
    contact: z.string().optional(),
    messages: z.array(z.object({ at: z.string(), text: z.string() })),
    parts: z.array(
      z.object({
        n: z.int(),
        kind: z.enum(["link", "picture"]),
        standing: z.enum(STANDINGS),
        url: z.string().optional(),
        bytes: z.int(),
        exhibit: z.string().optional(),
        why: z.string().optional(),
        told: codedSchema.optional().openapi({ description: "`why` for other languages." }),
      }),
    ),
  })
  .openapi("Sent");

const momentOf = (at: number): string => new Date(at).toISOString();

export async function rowsOf(house: House): Promise<z.infer<typeof rowSchema>[]> {
  const intake = await house.intake();
  return Promise.all(intake.sent.list().map((sent) => rowOf(house, intake, sent)));
}

async function rowOf(
  house: House,
  intake: Intake,
  { ref, at, state, lookedAt, unread }: Sent,
): Promise<z.infer<typeof rowSchema>> {
  const parts = state === "withdrawn" ? await standingOf(house.record(), intake, ref) : intake.sent.parts(ref);
  const count = (kind: string): number => parts.filter((part) => part.kind === kind).length;
  const toErase = parts.flatMap((part) => ("exhibit" in part ? [(part as StandingPart).exhibit ?? ""] : []));
  return {
    ref,
    at: momentOf(at),
    state,
    looked: lookedAt !== null,
    unread: unread === 1,
    open: state === "waiting" || unread === 1 || toErase.length > 0,
    links: count("link"),
    pictures: count("picture"),
    messages: intake.sent.words(ref).length,
    toErase,
  };
}

/** Throws `not_found`. */
export async function toldOf(house: House, ref: string): Promise<z.infer<typeof sentSchema>> {
  const intake = await house.intake();
  const { state, reason, contact } = intake.sent.get(ref);
  const parts = await standingOf(house.record(), intake, ref);
  return {
    ref,
    state,
    ...(reason === null ? {} : { reason }),
    ...(contact === null ? {} : { contact }),
    messages: intake.sent.words(ref).map(({ at, text }) => ({ at: momentOf(at), text })),
    parts: parts.map(({ n, kind, standing, url, bytes, exhibit, why, told }) => ({
      n,
      kind,
      standing,
      bytes,
      ...(url === null ? {} : { url }),
      ...(exhibit === undefined ? {} : { exhibit }),
      ...(why === undefined ? {} : { why }),
      ...(told === undefined ? {} : { told }),
    })),
  };
}
