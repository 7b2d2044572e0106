/** The members of the group: who they are, what they may do, and how they are forgotten. */
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { ROLES, type Role } from "../access.ts";
import { say } from "../said.ts";
import type { NewPasskey } from "./new-passkeys.ts";
import { forgetSearchesOf } from "./searches.ts";

export interface MemberSummary {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly actor: string;
  readonly joinedAt: string;
  /** Whether there is a second factor: a passkey, or codes. */
  readonly secured: boolean;
}

/** What somebody signs in with from the beginning: an account has one of these, or is not made. */
export type WayIn = { readonly passwordHash: string } | { readonly passkey: NewPasskey };

export interface NewMember {
  readonly name: string;
  readonly email: string;
  readonly wayIn: WayIn;
  readonly role: Role;
}

/** Who changes something about others. */
export interface Acting {
  readonly id: string;
  readonly role: Role;
}

export interface Members {
  readonly count: number;
  list(): readonly MemberSummary[];
  /** Within a transaction of the caller's. Returns the account's id. Throws `conflict` where the address has a member already. */
  add(member: NewMember): string;
  /** Open invitations of somebody whose role sinks are withdrawn. Throws `not_found`, `conflict` (the last owner), `not_allowed` (an owner's matter). */
  changeRole(acting: Acting, id: string, role: Role): MemberSummary;
  /** Erases name, address and everything that leads from one to the actor; whoever it was is signed out. Throws as above. */
  erase(acting: Acting, id: string): void;
  /**
   * Refuses whoever joined, or came back by a link, less than three days ago: with one account somebody could make themselves a second
   * person, or take another's place, and the others are to have the time to notice. Throws `not_allowed`.
   */
  refuseNewcomer(id: string): void;
  /** Whether there is anything to sign in with besides the password. */
  hasSecondFactor(id: string): boolean;
  factorsOf(id: string): Factors;
  /** The first password of somebody who has none. Throws `conflict` where there is one. */
  setFirstPassword(id: string, passwordHash: string): void;
}

/** What somebody can sign in with. */
export interface Factors {
  readonly passkeys: number;
  readonly codes: boolean;
  readonly password: boolean;
}

const NEWCOMER = 3 * 24 * 3_600_000;

const SELECT = `
  SELECT "id", "name", "email", "role", "actor", "createdAt",
    EXISTS (SELECT 1 FROM "passkey" WHERE "userId" = "user"."id")
    OR EXISTS (SELECT 1 FROM "twoFactor" WHERE "userId" = "user"."id" AND "verified" = 1) AS "secured"
  FROM "user"`;

const A_PASSWORD = `SELECT 1 FROM "account" WHERE "userId" = ?1 AND "providerId" = 'credential' AND "password" IS NOT NULL`;

export function openMembers(raw: DatabaseSync, clock: Clock): Members {
  const byId = raw.prepare(`${SELECT} WHERE "id" = ?`);
  const all = raw.prepare(`${SELECT} ORDER BY "createdAt", "id"`);
  const counted = raw.prepare('SELECT count(*) AS n, total("role" = \'owner\') AS owners FROM "user"');
  const setRole = raw.prepare('UPDATE "user" SET "role" = ? WHERE "id" = ?');
  const withdrawAll = raw.prepare("DELETE FROM invitations WHERE invitedBy = ?");
  const withdrawLinks = raw.prepare("DELETE FROM recoveries WHERE madeBy = ? AND usedAt IS NULL");
  const factors = raw.prepare(`SELECT (SELECT count(*) FROM "passkey" WHERE "userId" = ?1) AS passkeys,
    EXISTS (SELECT 1 FROM "twoFactor" WHERE "userId" = ?1 AND "verified" = 1) AS codes,
    EXISTS (${A_PASSWORD}) AS password`);
  const findPassword = raw.prepare(A_PASSWORD);

  // The founder was alone, and nobody's place was taken.
  const newSince = raw.prepare(`
    SELECT max("since") AS "since" FROM (
      SELECT "createdAt" AS "since" FROM "user" WHERE "id" = ?1
        AND EXISTS (SELECT 1 FROM "user" earlier WHERE earlier."createdAt" < "user"."createdAt")
      UNION ALL
      SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') FROM signIns
        WHERE member = ?1 AND succeeded = 1 AND method = 'link')`);

  const find = (id: string): MemberSummary => {
    const row = byId.get(id);
    if (row === undefined) throw new PlacardError("not_found", say("no_such_member"));
    return summaryOf(row);
  };
  const refuseLastOwner = ({ role }: MemberSummary): void => {
    if (role === "owner" && Number(counted.get()?.["owners"]) <= 1) {
      throw new PlacardError("conflict", say("only_owner"), {
        next: say("make_owner_first"),
      });
    }
  };
  return {
    get count() {
      return Number(counted.get()?.["n"]);
    },
    list: () => all.all().map(summaryOf),
    add: (member) => addMember(raw, clock, member),
    changeRole: (acting, id, role) =>
      transact(raw, () => {
        const member = find(id);
        refuseOwnersMatter(acting, member.role, role);
        if (role !== "owner") refuseLastOwner(member);
        setRole.run(role, id);
        if (ROLES.indexOf(role) > ROLES.indexOf(member.role)) {
          withdrawAll.run(id);
          withdrawLinks.run(id);
        }
        return { ...member, role };
      }),
    erase: (acting, id) =>
      transact(raw, () => {
        const member = find(id);
        refuseOwnersMatter(acting, member.role);
        refuseLastOwner(member);
        eraseMember(raw, id);
      }),
    refuseNewcomer: (id) => {
      const since = Date.parse(String(newSince.get(id)?.["since"] ?? ""));
      const from = since + NEWCOMER;
      if (clock.now() < from)
        throw new PlacardError("not_allowed", say("newcomer"), { next: say("ask_longer_member") });
    },
    hasSecondFactor: (id) => find(id).secured,
    factorsOf: (id) => {
      const row = factors.get(id);
      return { passkeys: Number(row?.["passkeys"]), codes: row?.["codes"] === 1, password: row?.["password"] === 1 };
    },
    setFirstPassword: (id, passwordHash) => {
      if (findPassword.get(id) !== undefined)
        throw new PlacardError("conflict", say("password_there"), { next: say("change_it") });
      givePassword(raw, id, passwordHash, clock.now());
    },
  };
}

/** Only owners make owners, or touch them. */
export function refuseOwnersMatter(acting: Acting, ...roles: readonly Role[]): void {
  if (acting.role === "owner" || !roles.includes("owner")) return;
  throw new PlacardError("not_allowed", say("owners_matter"), {
    next: say("ask_an_owner"),
  });
}

function summaryOf(row: Record<string, unknown>): MemberSummary {
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    email: String(row["email"]),
    role: row["role"] as Role,
    actor: String(row["actor"]),
    joinedAt: String(row["createdAt"]),
    secured: row["secured"] === 1,
  };
}

const newId = (): string => randomBytes(16).toString("hex");
const newActor = (): string => `actor-${randomBytes(8).toString("hex")}`;

/** The library has no way to make an account together with other things or not at all, so its rows are written here. */
function addMember(raw: DatabaseSync, clock: Clock, { name, email, wayIn, role }: NewMember): string {
  const id = newId();
  const now = new Date(clock.now()).toISOString();
  const address = email.trim().toLowerCase();
  if (raw.prepare('SELECT 1 FROM "user" WHERE "email" = ?').get(address) !== undefined) {
    throw new PlacardError("conflict", say("no_account_made"), {
      next: say("another_email"),
    });
  }
  raw
    .prepare(
      `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "twoFactorEnabled", "role", "actor")
       VALUES (?, ?, ?, 0, ?, ?, 0, ?, ?)`,
    )
    .run(id, name.trim(), address, now, now, role, newActor());
  if ("passkey" in wayIn) givePasskey(raw, id, wayIn.passkey, now);
  else givePassword(raw, id, wayIn.passwordHash, clock.now());
  return id;
}

/** In the place of the one there was, if any. */
export function givePassword(raw: DatabaseSync, id: string, passwordHash: string, at: number): void {
  const now = new Date(at).toISOString();
  const { changes } = raw
    .prepare(`UPDATE "account" SET "password" = ?, "updatedAt" = ? WHERE "userId" = ? AND "providerId" = 'credential'`)
    .run(passwordHash, now, id);
  if (changes > 0) return;
  raw
    .prepare(
      `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
       VALUES (?, ?, 'credential', ?, ?, ?, ?)`,
    )
    .run(newId(), id, id, passwordHash, now, now);
}

export const isPasskeyKnown = (raw: DatabaseSync, credentialId: string): boolean =>
  raw.prepare('SELECT 1 FROM "passkey" WHERE "credentialID" = ?').get(credentialId) !== undefined;

function givePasskey(raw: DatabaseSync, member: string, passkey: NewPasskey, now: string): void {
  const { name, credentialId, publicKey, counter, deviceType, backedUp, transports, aaguid } = passkey;
  if (isPasskeyKnown(raw, credentialId))
    throw new PlacardError("conflict", say("key_known"), { next: say("another_key") });
  raw
    .prepare(
      `INSERT INTO "passkey" ("id", "name", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp",
         "transports", "createdAt", "aaguid") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      newId(),
      name,
      publicKey,
      member,
      credentialId,
      counter,
      deviceType,
      backedUp ? 1 : 0,
      transports,
      now,
      aaguid,
    );
}

function eraseMember(raw: DatabaseSync, id: string): void {
  for (const table of ["session", "account", "twoFactor", "passkey"]) {
    raw.prepare(`DELETE FROM "${table}" WHERE "userId" = ?`).run(id);
  }
  // What is under way: a code that was asked for, a passkey being made. Its value is, or has in it, the account's id.
  raw.prepare('DELETE FROM "verification" WHERE instr("value", ?) > 0').run(id);
  // The address under its key too: whoever holds the key could try addresses against it.
  raw
    .prepare("DELETE FROM signIns WHERE member = ? OR address IN (SELECT address FROM signIns WHERE member = ?)")
    .run(id, id);
  raw.prepare("DELETE FROM preferences WHERE member = ?").run(id);
  forgetSearchesOf(raw, id);
  raw.prepare("DELETE FROM invitations WHERE invitedBy = ?").run(id);
  raw.prepare("DELETE FROM recoveries WHERE member = ?").run(id);
  // Of what they made for others nothing leads to them any more; what was not used is good for nothing.
  raw.prepare("DELETE FROM recoveries WHERE madeBy = ? AND usedAt IS NULL").run(id);
  raw.prepare("UPDATE recoveries SET madeBy = NULL WHERE madeBy = ?").run(id);
  raw.prepare('DELETE FROM "user" WHERE "id" = ?').run(id);
}
