/** Who signed in when, how, and from what kind of device; and how often an address was tried with a wrong password. */
import { createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";

/**
 * `link-made` and `link`: a way back was made for this member, and was used. `password-set`: somebody who had a passkey
 * alone chose a password.
 */
export const SIGN_IN_METHODS = [
  "password",
  "code",
  "recovery",
  "passkey",
  "link-made",
  "link",
  "password-set",
] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

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
  /**
   * Whether a password may be tried for an address, whether anybody has it or not. One that may counts as wrong until it
   * has `ended`, so that those tried at once are no more than those tried one after another.
   */
  mayTry(email: string): boolean;
  ended(email: string): void;
}

const WINDOW = 15 * 60_000;
const MOST_WRONG = 10;
/** A check that broke off without an end is forgotten after this. */
const LONGEST_CHECK = 60_000;
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
  const checks = countChecks(clock);
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
    mayTry: (email) => {
      const address = addressOf(email);
      const known = Number(wrong.get(address, clock.now() - WINDOW)?.["n"]);
      if (known + checks.count(address) >= MOST_WRONG) return false;
      checks.begin(address);
      return true;
    },
    ended: (email) => checks.end(addressOf(email)),
  };
}

/** The checks under way, by address: when each began, the oldest first. */
function countChecks(clock: Clock) {
  const begun = new Map<string, readonly number[]>();
  const of = (address: string): readonly number[] =>
    (begun.get(address) ?? []).filter((at) => at > clock.now() - LONGEST_CHECK);
  const keep = (address: string, times: readonly number[]): void => {
    if (times.length === 0) begun.delete(address);
    else begun.set(address, times);
  };
  return {
    count: (address: string): number => of(address).length,
    begin: (address: string): void => keep(address, [...of(address), clock.now()]),
    end: (address: string): void => keep(address, of(address).slice(1)),
  };
}
