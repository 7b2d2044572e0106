/** Who signed in when, how, and from what kind of device; and how often an address was tried with a wrong password. */
import { createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";

export type SignInMethod = "password" | "code" | "recovery" | "passkey";

export interface SignIn {
  readonly at: string;
  readonly method: SignInMethod;
  readonly device: string;
  readonly succeeded: boolean;
}

export interface Attempt {
  readonly member?: string | undefined;
  readonly email?: string | undefined;
  readonly method: SignInMethod;
  readonly device: string;
  readonly succeeded: boolean;
}

export interface SignInLog {
  /** Of an address nobody has, the same is written as of one that somebody has, so that both take as long. */
  add(attempt: Attempt): void;
  /** Newest first, at most 200. */
  of(member: string): readonly SignIn[];
  /** Whether an address has been tried wrongly so often that it must wait; whether anybody has it or not. */
  mustWait(email: string): boolean;
}

const WINDOW = 15 * 60_000;
const MOST_WRONG = 10;
const STRANGERS_KEPT = 24 * 3_600_000;
const MOST_TOLD = 200;

export function openSignInLog(raw: DatabaseSync, secret: string, clock: Clock): SignInLog {
  const addressOf = (email: string): string =>
    createHmac("sha256", secret).update(`address ${email.trim().toLowerCase()}`).digest("hex");
  const insert = raw.prepare(
    "INSERT INTO signIns (at, member, address, method, device, succeeded) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const forget = raw.prepare("DELETE FROM signIns WHERE member IS NULL AND at < ?");
  const told = raw.prepare(
    "SELECT at, method, device, succeeded FROM signIns WHERE member = ? ORDER BY at DESC, rowid DESC LIMIT ?",
  );
  const wrong = raw.prepare("SELECT count(*) AS n FROM signIns WHERE address = ? AND at > ? AND succeeded = 0");
  return {
    add: ({ member, email, method, device, succeeded }) => {
      const now = clock.now();
      const address = email === undefined ? null : addressOf(email);
      insert.run(now, member ?? null, address, method, device, succeeded ? 1 : 0);
      forget.run(now - STRANGERS_KEPT);
    },
    of: (member) =>
      told.all(member, MOST_TOLD).map((row) => ({
        at: new Date(Number(row["at"])).toISOString(),
        method: row["method"] as SignInMethod,
        device: String(row["device"]),
        succeeded: row["succeeded"] === 1,
      })),
    mustWait: (email) => Number(wrong.get(addressOf(email), clock.now() - WINDOW)?.["n"]) >= MOST_WRONG,
  };
}
