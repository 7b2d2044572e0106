/**
 * Who was signed in here last, so that the workbench opens without an answer, and what they had typed. No name: what lies on
 * a device does not tell who somebody's pseudonym is.
 */
import type { Role } from "../people/roles.ts";

interface Remembered {
  readonly actor: string;
  readonly role: Role;
  readonly may: readonly string[];
}

const MEMBER = "placard-member";

export function rememberMember({ actor, role, may }: Remembered): void {
  localStorage.setItem(MEMBER, JSON.stringify({ actor, role, may }));
}

/** In the form in which the server tells it. */
export function rememberedMember() {
  const kept = localStorage.getItem(MEMBER);
  if (kept === null) return undefined;
  return { id: "", name: "", arrived: true, codes: true, password: true, ...(JSON.parse(kept) as Remembered) };
}

export function forgetMember(): void {
  localStorage.removeItem(MEMBER);
}
