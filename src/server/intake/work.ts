/**
 * A piece of work that a sender's device does before something is taken in: nothing for one person, much for who sends
 * thousands. Signed, good for a while, and once.
 */
import { randomInt } from "node:crypto";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

/** https://altcha.org/docs/v2/proof-of-work; each try is as many rounds of SHA-256. A telephone does some 100 tries a second. */
const ALGORITHM = "PBKDF2/SHA-256";
const ROUNDS = 5_000;
export const FEWEST_TRIES = 150;
const MOST_TRIES = 350;
const GOOD_FOR = 10 * 60_000;
/** What was sent lately doubles the work, and doubles it again. */
const BUSY = 20;
const VERY_BUSY = 60;

const challengeSchema = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.string().max(40),
    cost: z.int().max(ROUNDS),
    expiresAt: z.int(),
    keyLength: z.int().max(64),
    keyPrefix: z.string().max(128),
    keySignature: z.string().max(128),
    nonce: z.string().max(64),
    salt: z.string().max(64),
  }),
  signature: z.string().max(128),
});
const doneSchema = z.strictObject({
  challenge: challengeSchema,
  solution: z.object({ counter: z.int(), derivedKey: z.string().max(128), time: z.number().optional() }),
});
export type Challenge = z.infer<typeof challengeSchema>;

/** In base64, so that it fits into a header. */
export const LONGEST_WORK = 4_096;

export interface DoneWork {
  /** No two pieces of work bear the same. */
  readonly name: string;
  /** When it is good for nothing any more, in milliseconds since 1970. */
  readonly until: number;
}

/** `lately`: how much was sent within the hour. */
export async function newWork(secret: string, lately: number): Promise<Challenge> {
  const times = lately > VERY_BUSY ? 4 : lately > BUSY ? 2 : 1;
  const made = await createChallenge({
    algorithm: ALGORITHM,
    cost: ROUNDS,
    counter: times * randomInt(FEWEST_TRIES, MOST_TRIES),
    deriveKey,
    expiresAt: new Date(Date.now() + GOOD_FOR),
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: `${secret} key`,
  });
  return challengeSchema.parse(JSON.parse(JSON.stringify(made)));
}

/** Throws `usage` where it is not done, not ours, or too old. */
export async function checkWork(secret: string, sent: string): Promise<DoneWork> {
  const done = doneSchema.safeParse(parsed(sent));
  if (!done.success) throw notDone();
  const { challenge, solution } = done.data;
  const { verified } = await verifySolution({
    challenge,
    solution: { ...solution, time: solution.time ?? 0 },
    deriveKey,
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: `${secret} key`,
  });
  if (!verified) throw notDone();
  return { name: challenge.parameters.nonce, until: challenge.parameters.expiresAt * 1_000 };
}

function parsed(sent: string): unknown {
  try {
    return JSON.parse(Buffer.from(sent, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}

export function notDone(): PlacardError {
  return new PlacardError("usage", say("work_missing"), {
    next: say("work_anew"),
  });
}
