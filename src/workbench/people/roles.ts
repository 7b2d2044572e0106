/** Which roles somebody may give. */
import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

export type Me = InferResponseType<typeof api.me.$get, 200>;
export type Role = Me["role"];
export type MemberOf = InferResponseType<typeof api.members.$get, 200>["members"][number];

const BELOW_OWNER: readonly Role[] = ["organiser", "reviewer", "contributor", "guest"];

/** Who invites, erases, keeps and hands out. */
export function leads(me: Me | undefined): me is Me & { readonly role: "owner" | "organiser" } {
  return me?.role === "owner" || me?.role === "organiser";
}

/** Who sees what strangers sent in. */
export function takesIn(me: Me | undefined): boolean {
  return leads(me) || me?.role === "reviewer";
}

/** Only an owner makes owners. */
export function rolesGivenBy(role: Role): readonly Role[] {
  return role === "owner" ? ["owner", ...BELOW_OWNER] : role === "organiser" ? BELOW_OWNER : [];
}
