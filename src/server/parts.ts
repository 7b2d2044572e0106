/** What the routes work with, and what they know of who asks. */
import type { Role } from "./access.ts";
import type { House } from "./house.ts";

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
}

export interface Accounts {
  /** Answers everything below /api/auth/. */
  handle(request: Request): Promise<Response>;
  memberOf(headers: Headers): Promise<Member | undefined>;
}

export interface Parts {
  readonly house: House;
  readonly accounts: Accounts;
  /** The folder the built screens lie in. */
  readonly screens: string;
  /** Whether links into one's own machine and network may be saved. For tests only. */
  readonly allowPrivate?: boolean;
}

/** What handlers find in their context. */
export interface Env {
  readonly Variables: { readonly member: Member; readonly nonce: string };
}
