/** Invitations: one link each, for one person, for a week. Only the token's hash is kept. */
import { createHash, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { INVITING, type Role } from "../access.ts";
import { say } from "../said.ts";
import { type Acting, type Members, type NewMember, refuseOwnersMatter } from "./members.ts";

export interface Invitation {
  readonly id: string;
  readonly role: Role;
  /** The account's id of whoever invited. */
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface Invitations {
  /** Those that are open, newest first. */
  list(): readonly Invitation[];
  /** The token is told this once. Throws `not_allowed` where it is an owner's matter, `conflict` where very many are open. */
  invite(acting: Acting, role: Role): Invitation & { readonly token: string };
  /** Throws `not_found`, `not_allowed`. */
  withdraw(acting: Acting, id: string): void;
  /** Throws `not_found`, with the same words for one that was used, is too old, never was, or whose inviter may not invite so any more. */
  look(token: string): Invitation;
  /** Makes the member, whose id it returns, and uses the invitation up, both or neither. Throws `not_found` as above, `conflict`. */
  accept(token: string, person: Omit<NewMember, "role">): string;
}

const TOKEN_BYTES = 32;
const LASTS = 7 * 24 * 3_600_000;
const MOST_OPEN = 50;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

export function openInvitations(raw: DatabaseSync, members: Members, clock: Clock): Invitations {
  const open = raw.prepare("SELECT * FROM invitations WHERE expiresAt > ? ORDER BY createdAt DESC, id");
  const byToken = raw.prepare(`
    SELECT invitations.*, "user"."role" AS inviter FROM invitations JOIN "user" ON "user"."id" = invitedBy
    WHERE token = ? AND expiresAt > ?`);
  const counted = raw.prepare("SELECT count(*) AS n FROM invitations");
  const byId = raw.prepare("SELECT * FROM invitations WHERE id = ?");
  const insert = raw.prepare(
    "INSERT INTO invitations (id, token, role, invitedBy, createdAt, expiresAt) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const remove = raw.prepare("DELETE FROM invitations WHERE id = ?");
  const prune = raw.prepare("DELETE FROM invitations WHERE expiresAt <= ?");

  const look = (token: string): Invitation => {
    const row = byToken.get(hashOf(token), clock.now());
    if (row !== undefined && mayInvite(row["inviter"] as Role, row["role"] as Role)) return invitationOf(row);
    throw new PlacardError("not_found", say("invitation_not_open"), {
      next: say("ask_sender"),
    });
  };
  return {
    list: () => open.all(clock.now()).map(invitationOf),
    invite: (acting, role) => {
      refuseOwnersMatter(acting, role);
      const token = randomBytes(TOKEN_BYTES).toString("base64url");
      const now = clock.now();
      prune.run(now);
      if (Number(counted.get()?.["n"]) >= MOST_OPEN) {
        throw new PlacardError("conflict", say("too_many_invitations", { count: MOST_OPEN }), {
          next: say("take_invitations_back"),
        });
      }
      const id = randomBytes(8).toString("hex");
      insert.run(id, hashOf(token), role, acting.id, now, now + LASTS);
      return { ...invitationOf(byId.get(id) ?? {}), token };
    },
    withdraw: (acting, id) => {
      const row = byId.get(id);
      if (row === undefined) throw new PlacardError("not_found", say("no_such_invitation"));
      refuseOwnersMatter(acting, invitationOf(row).role);
      remove.run(id);
    },
    look,
    accept: (token, person) =>
      transact(raw, () => {
        const { id, role } = look(token);
        const member = members.add({ ...person, role });
        remove.run(id);
        return member;
      }),
  };
}

const mayInvite = (inviter: Role, role: Role): boolean =>
  INVITING.includes(inviter) && (role !== "owner" || inviter === "owner");

function invitationOf(row: Record<string, unknown>): Invitation {
  return {
    id: String(row["id"]),
    role: row["role"] as Role,
    invitedBy: String(row["invitedBy"]),
    createdAt: new Date(Number(row["createdAt"])).toISOString(),
    expiresAt: new Date(Number(row["expiresAt"])).toISOString(),
  };
}
