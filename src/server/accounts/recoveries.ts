/**
 * The way back for a member who has lost password and second factor: one link, for two hours, used once. Whoever uses it
 * chooses a new password and begins anew with the rest. Only the token's hash is kept; that it was made, and used, the
 * member is told when they are next there.
 */
import { createHash, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { INVITING, type Role } from "../access.ts";
import { say } from "../said.ts";
import { type Acting, givePassword, refuseOwnersMatter } from "./members.ts";
import type { SignInLog } from "./sign-in-log.ts";

export interface RecoveryLink {
  /** Told this once. */
  readonly token: string;
  readonly expiresAt: string;
}

export interface RecoveryNotice {
  /** The maker's name; null where it was made on the machine, or they are no longer there. */
  readonly madeBy: string | null;
  readonly madeAt: string;
  readonly usedAt: string | null;
}

export interface Recoveries {
  /** A former link of theirs is good for nothing any more. Throws `not_found`, `not_allowed` (an owner's matter, or oneself). */
  make(acting: Acting, member: string, device: string): RecoveryLink;
  /** By whoever has the record's folder; without an address, for the only owner. Throws `not_found`, `usage`. */
  makeHere(email: string | undefined): RecoveryLink & { readonly name: string };
  /** Throws `not_found`, in the same words for one that was used, is too old, never was, or whose maker may not any more. */
  look(token: string): { readonly member: string; readonly name: string; readonly expiresAt: string };
  /** A new password; second factors and sessions are gone; all of it or nothing. Returns whose. Throws as above. */
  use(token: string, passwordHash: string, device: string): string;
  /** What there is to be told to this member. */
  noticeFor(member: string): RecoveryNotice | undefined;
  /** It was read; a link not used yet is good for nothing any more. */
  noted(member: string): void;
}

const TOKEN_BYTES = 32;
const LASTS = 2 * 3_600_000;
const HERE = "the machine Placard runs on";

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const timeOf = (at: unknown): string => new Date(Number(at)).toISOString();

export function openRecoveries(raw: DatabaseSync, log: SignInLog, clock: Clock): Recoveries {
  const roleOf = raw.prepare('SELECT "role", "name" FROM "user" WHERE "id" = ?');
  const replace = raw.prepare(
    "INSERT OR REPLACE INTO recoveries (member, token, madeBy, madeAt, expiresAt, usedAt) VALUES (?, ?, ?, ?, ?, NULL)",
  );
  const byToken = raw.prepare(`
    SELECT recoveries.*, held."name", held."role" AS role, maker."role" AS makerRole
    FROM recoveries JOIN "user" held ON held."id" = member LEFT JOIN "user" maker ON maker."id" = madeBy
    WHERE token = ? AND usedAt IS NULL AND expiresAt > ?`);
  const notice = raw.prepare(`
    SELECT recoveries.*, maker."name" AS maker FROM recoveries LEFT JOIN "user" maker ON maker."id" = madeBy
    WHERE member = ?`);
  const remove = raw.prepare("DELETE FROM recoveries WHERE member = ?");

  const write = (member: string, madeBy: string | null, device: string): RecoveryLink => {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const now = clock.now();
    replace.run(member, hashOf(token), madeBy, now, now + LASTS);
    log.add({ member, method: "link-made", device, succeeded: true });
    return { token, expiresAt: timeOf(now + LASTS) };
  };
  const look = (token: string) => {
    const row = byToken.get(hashOf(token), clock.now());
    if (row !== undefined && (row["madeBy"] === null || mayMake(row["makerRole"] as Role | null, row["role"] as Role)))
      return { member: String(row["member"]), name: String(row["name"]), expiresAt: timeOf(row["expiresAt"]) };
    throw new PlacardError("not_found", say("way_back_not_open"), {
      next: say("ask_sender"),
    });
  };
  return {
    make: (acting, member, device) =>
      transact(raw, () => {
        const found = roleOf.get(member);
        if (found === undefined) throw new PlacardError("not_found", say("no_such_member"));
        refuseOwnersMatter(acting, found["role"] as Role);
        if (acting.id === member)
          throw new PlacardError("not_allowed", say("for_others"), {
            next: say("change_own"),
          });
        return write(member, acting.id, device);
      }),
    makeHere: (email) =>
      transact(raw, () => {
        const { id, name } = memberHere(raw, email);
        return { ...write(id, null, HERE), name };
      }),
    look,
    use: (token, passwordHash, device) =>
      transact(raw, () => {
        const { member } = look(token);
        beginAnew(raw, member, passwordHash, clock.now());
        raw.prepare("UPDATE recoveries SET usedAt = ?, token = NULL WHERE member = ?").run(clock.now(), member);
        log.add({ member, method: "link", device, succeeded: true });
        return member;
      }),
    noticeFor: (member) => {
      const row = notice.get(member);
      if (row === undefined) return undefined;
      const { maker, madeAt, usedAt } = row;
      return {
        madeBy: typeof maker === "string" ? maker : null,
        madeAt: timeOf(madeAt),
        usedAt: usedAt === null ? null : timeOf(usedAt),
      };
    },
    noted: (member) => void remove.run(member),
  };
}

const mayMake = (maker: Role | null, member: Role): boolean =>
  maker !== null && INVITING.includes(maker) && (member !== "owner" || maker === "owner");

function memberHere(raw: DatabaseSync, email: string | undefined): { readonly id: string; readonly name: string } {
  const rows =
    email === undefined
      ? raw.prepare(`SELECT "id", "name" FROM "user" WHERE "role" = 'owner'`).all()
      : raw.prepare('SELECT "id", "name" FROM "user" WHERE "email" = ?').all(email.trim().toLowerCase());
  const [row] = rows;
  if (row === undefined) throw new PlacardError("not_found", say("no_such_address"));
  if (rows.length > 1)
    throw new PlacardError("usage", "There are several owners.", {
      next: "Say whose way back it is by their e-mail address.",
    });
  return { id: String(row["id"]), name: String(row["name"]) };
}

function beginAnew(raw: DatabaseSync, member: string, passwordHash: string, now: number): void {
  givePassword(raw, member, passwordHash, now);
  raw.prepare('UPDATE "user" SET "twoFactorEnabled" = 0 WHERE "id" = ?').run(member);
  for (const table of ["session", "twoFactor", "passkey"])
    raw.prepare(`DELETE FROM "${table}" WHERE "userId" = ?`).run(member);
  // What is under way: a code that was asked for, a passkey being made.
  raw.prepare('DELETE FROM "verification" WHERE instr("value", ?) > 0').run(member);
}
