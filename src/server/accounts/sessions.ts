/** Where a member is signed in, and how that is ended. */
import type { DatabaseSync } from "node:sqlite";
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
  /** All but this one. */
  endOthers(member: string, but: string): void;
}

export function openSessions(raw: DatabaseSync): SessionStore {
  const select = raw.prepare(
    'SELECT * FROM "session" WHERE "userId" = ? AND "expiresAt" > ? ORDER BY "createdAt" DESC, "id"',
  );
  const remove = raw.prepare('DELETE FROM "session" WHERE "userId" = ? AND "id" = ?');
  const removeOthers = raw.prepare('DELETE FROM "session" WHERE "userId" = ? AND "id" <> ?');
  return {
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
