/** For each line of the access table, a request that the server would do: for tests that go through all there is. */
import type { Role } from "../../src/server/access.ts";
import { codeAt, emailOf, PASSWORD } from "./house.ts";

export interface RouteAsking {
  /** Whose cookies it is asked with; an owner's unless told. */
  readonly as?: Role | "nobody";
  readonly path?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A file that is handed in, as a form has it. */
  readonly file?: string;
}

/** What there is to ask about. */
export interface Known {
  readonly exhibit: string;
  /** Another, that may be erased. */
  readonly spare: string;
  readonly caseName: string;
  readonly guest: string;
  /** A link that was not captured. */
  readonly item: string;
  /** One that waits. */
  readonly waiting: string;
  /** Of a member who is signed in elsewhere besides. */
  readonly session: string;
  readonly invitation: { readonly id: string; readonly token: string };
  readonly secret: Uint8Array;
}

const wanted = (exhibit: string) => ({ ids: [exhibit], size: "A4", headline: "Seen on the lane" });

export function askings(known: Known): Readonly<Record<string, RouteAsking>> {
  const { exhibit, spare, caseName, guest, item, waiting, session, invitation, secret } = known;
  const person = { name: "Nina New", email: emailOf("nina"), password: PASSWORD };
  const token = { "placard-invitation": invitation.token };
  return {
    "POST /api/house": { as: "nobody", json: { ...person, group: "Another" } },
    "PATCH /api/me/preferences": { json: { theme: "dark" } },
    "DELETE /api/me/sessions/:id": { path: `/api/me/sessions/${session}` },
    "PATCH /api/members/:id": { path: `/api/members/${guest}`, json: { role: "contributor" } },
    "DELETE /api/members/:id": { path: `/api/members/${guest}` },
    "GET /api/members/:id/sign-ins": { path: `/api/members/${guest}/sign-ins` },
    "POST /api/invitations": { json: { role: "guest" } },
    "DELETE /api/invitations/:id": { path: `/api/invitations/${invitation.id}` },
    "GET /api/invitation": { as: "nobody", headers: token },
    "POST /api/invitation": { as: "nobody", headers: token, json: person },
    "POST /api/auth/sign-in/email": { as: "nobody", json: { email: emailOf("reviewer"), password: PASSWORD } },
    "POST /api/auth/sign-out": { as: "contributor" },
    "POST /api/auth/change-password": {
      as: "reviewer",
      json: { currentPassword: PASSWORD, newPassword: `${PASSWORD} again` },
    },
    "POST /api/auth/two-factor/enable": { json: { password: PASSWORD } },
    "POST /api/auth/two-factor/verify-totp": { json: { code: codeAt(secret) } },
    "POST /api/auth/two-factor/verify-backup-code": { json: { code: "aaaaa-bbbbb" } },
    "POST /api/auth/two-factor/generate-backup-codes": { json: { password: PASSWORD } },
    "POST /api/auth/two-factor/disable": { as: "organiser", json: { password: PASSWORD } },
    "POST /api/captures": { json: { links: ["https://townsquare.example/p/1"], caseName } },
    "POST /api/captures/:item/cancel": { path: `/api/captures/${waiting}/cancel` },
    "POST /api/captures/:item/retry": { path: `/api/captures/${item}/retry` },
    "POST /api/recaptures": { json: { ids: [exhibit] } },
    "POST /api/imports": { file: "<!doctype html><title>Bins on the lane</title>" },
    "GET /api/exhibits/:id/media/:n": { path: `/api/exhibits/${exhibit}/media/1` },
    "DELETE /api/exhibits/:id": { path: `/api/exhibits/${spare}`, json: { reason: "asked for" } },
    "POST /api/placards/preview": { json: wanted(exhibit) },
    "POST /api/placards": { json: wanted(exhibit) },
    "POST /api/back-up": { json: { passphrase: "lantern-ladder-lattice-lemon" } },
    "GET /api/case-folder": { path: `/api/case-folder?case=${encodeURIComponent(caseName)}` },
  };
}
