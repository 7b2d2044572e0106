/** What the routes work with, and what they know of who asks. */
import type { Role } from "./access.ts";
import type { Invitations } from "./accounts/invitations.ts";
import type { Members } from "./accounts/members.ts";
import type { NewPasskey, NewPasskeys } from "./accounts/new-passkeys.ts";
import type { OccasionStore } from "./accounts/occasions.ts";
import type { PreferenceStore } from "./accounts/preferences.ts";
import type { Recoveries } from "./accounts/recoveries.ts";
import type { SearchStore } from "./accounts/searches.ts";
import type { SessionStore } from "./accounts/sessions.ts";
import type { SignInLog } from "./accounts/sign-in-log.ts";
import type { House } from "./house.ts";
import type { Sandbox } from "./sandbox-rooms.ts";

/** A member of the group who asks, as the session tells. */
export interface Member {
  /** Of the account; never leaves the house. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The pseudonym under which acts are sealed. */
  readonly actor: string;
  /** False after a password alone: a second factor is still to come. */
  readonly arrived: boolean;
  /** The id of the session, among this member's. */
  readonly session: string;
}

/** What somebody tells of themselves to become a member, and what they will sign in with. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly by: { readonly password: string } | { readonly passkey: NewPasskey };
}

/** Of a request below /api/auth/, what the server itself knows. */
export interface AskingToSignIn {
  /** The network address. */
  readonly client: string;
  readonly member: Member | undefined;
  /** As the access table writes it. */
  readonly path: string;
}

/** Before the record is founded, whatever needs members throws `not_found`. */
export interface Accounts extends AsyncDisposable {
  /** The origin at which people reach the workbench. */
  readonly baseUrl: string;
  readonly hasMembers: boolean;
  /** Opens them once there is a record; then does nothing. */
  begin(): Promise<void>;
  /** Answers what is below /api/auth/. */
  handle(request: Request, asking: AskingToSignIn): Promise<Response>;
  memberOf(headers: Headers): Promise<Member | undefined>;
  /** Of people who are not members yet. */
  readonly newPasskeys: NewPasskeys;
  /** Makes the first member, an owner, and returns the id. Throws `conflict` where there is one. */
  foundBy(person: Person): Promise<string>;
  /** Returns the new member's id. Throws `not_found` (no open invitation), `conflict`. */
  acceptInvitation(token: string, person: Person): Promise<string>;
  /** Signs in whose passkey was taken a moment ago: what cookies the answer sets. */
  beginByPasskey(member: string, userAgent: string): Promise<readonly string[]>;
  /**
   * The first password of somebody who signs in by passkey alone; other sessions of theirs end. Throws `conflict` where
   * there is one, `not_allowed` where the passkey was not shown lately.
   */
  setFirstPassword(member: Member, password: string, device: string): Promise<void>;
  /** A new password, by a link that was made for it; returns the member's id. Throws `not_found`. */
  recover(token: string, password: string, device: string): Promise<string>;
  readonly recoveries: Recoveries;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly preferences: PreferenceStore;
  readonly searches: SearchStore;
  readonly occasions: OccasionStore;
  readonly sessions: SessionStore;
  readonly signIns: SignInLog;
}

export interface Parts {
  readonly house: House;
  readonly accounts: Accounts;
  /** The folder the built screens lie in. */
  readonly screens: string;
  /** Whether links into one's own machine and network may be saved. For tests only. */
  readonly allowPrivate?: boolean;
  /** Bytes that are kept free on the record's disk (room.ts). */
  readonly keptFree?: number;
  /** Printed at the start while there is no member; whoever has it makes the first. */
  readonly setupToken?: string;
  /** Whether a reverse proxy of ours stands before the server, so that the last X-Forwarded-For is to be believed. */
  readonly behindProxy?: boolean;
  /** Where captured pages are shown. Without it there is no replay, and no preview of placards. */
  readonly sandbox?: Sandbox;
}

/** What handlers find in their context. */
export interface Env {
  readonly Variables: { readonly member: Member; readonly nonce: string };
}
