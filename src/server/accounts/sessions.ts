/** Where a member is signed in, and how that is ended. */
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

export interface SessionSummary {
  readonly id: string;
  readonly device: string;
  readonly method: string;
  readonly arrived: boolean;
  readonly startedAt: string;
  readonly endsAt: string;
}

export interface SessionStore {
  /** Newest first. */
  of(member: string): readonly SessionSummary[];
  /** Throws `not_found`, for somebody else's too. */
  end(member: string, id: string): void;
  /** Whether it began by a passkey, at most ten minutes ago. */
  showedPasskeyLately(member: string, id: string): boolean;
  /** All but this one. */
  endOthers(member: string, but: string): void;
}

const LATELY = 10 * 60_000;

export function openSessions(raw: DatabaseSync, clock: Clock): SessionStore {
  const select = raw.prepare(
    'SELECT * FROM "session" WHERE "userId" = ? AND "expiresAt" > ? ORDER BY "createdAt" DESC, "id"',
  );
  const remove = raw.prepare('DELETE FROM "session" WHERE "userId" = ? AND "id" = ?');
  const removeOthers = raw.prepare('DELETE FROM "session" WHERE "userId" = ? AND "id" <> ?');
  const byPasskey = raw.prepare(
    `SELECT 1 FROM "session" WHERE "userId" = ? AND "id" = ? AND "arrived" = 1 AND "method" = 'passkey' AND "createdAt" > ?`,
  );
  return {
    showedPasskeyLately: (member, id) =>
      byPasskey.get(member, id, new Date(clock.now() - LATELY).toISOString()) !== undefined,
    endOthers: (member, but) => void removeOthers.run(member, but),
    of: (member) =>
      select.all(member, new Date().toISOString()).map((row) => ({
        id: String(row["id"]),
        device: String(row["userAgent"]),
        method: String(row["method"]),
        arrived: row["arrived"] === 1,
        startedAt: String(row["createdAt"]),
        endsAt: String(row["expiresAt"]),
      })),
    end: (member, id) => {
      if (remove.run(member, id).changes === 0) throw new PlacardError("not_found", say("not_signed_in_there"));
    },
  };
}
