/**
 * Who may do what: one table for every route there is. A request that no line of it covers is answered "not found",
 * whatever handlers there are; test/server/access.test.ts holds every role against every line.
 */
import { TrieRouter } from "hono/router/trie-router";

/** From most to least. A guest looks; a contributor saves; a reviewer assesses; an organiser publishes and invites; an owner does all. */
export const ROLES = ["owner", "organiser", "reviewer", "contributor", "guest"] as const;
export type Role = (typeof ROLES)[number];

/** `anyone` needs no account; `arriving` is a member who signed in by password and has still to show a second factor. */
export type Allowed = readonly (Role | "anyone" | "arriving")[];

const ANYONE: Allowed = ["anyone"];
const ARRIVING: Allowed = [...ROLES, "arriving"];
const MEMBERS: Allowed = ROLES;
const KNOWN: Allowed = ["owner", "organiser", "reviewer", "contributor"];
export const INVITING: Allowed = ["owner", "organiser"];
const SAVERS: Allowed = KNOWN;
/** Who answers for what goes in and out: strangers trusted the group with it, and what is shown to the public cannot be taken back. */
const TAKERS: Allowed = ["owner", "organiser", "reviewer"];
const OWNERS: Allowed = ["owner"];

/** By method and path, as routes are written. */
export const ACCESS = {
  "GET /api/openapi.json": ANYONE,
  "GET /api/house": ANYONE,
  "POST /api/house": ANYONE,
  "POST /api/house/passkey": ANYONE,
  "GET /api/house/restore": ANYONE,
  "POST /api/house/restore": ANYONE,
  "POST /api/house/restore/try": ANYONE,
  "GET /api/me": ARRIVING,
  "GET /api/me/preferences": ARRIVING,
  "PATCH /api/me/preferences": MEMBERS,
  "GET /api/me/sessions": MEMBERS,
  "DELETE /api/me/sessions/:id": MEMBERS,
  "DELETE /api/me/sessions": MEMBERS,
  "DELETE /api/me/recovery": MEMBERS,
  "POST /api/me/password": MEMBERS,
  "POST /api/members/:id/recovery": INVITING,
  "GET /api/recovery": ANYONE,
  "POST /api/recovery": ANYONE,
  "GET /api/members": KNOWN,
  "PATCH /api/members/:id": INVITING,
  "DELETE /api/members/:id": INVITING,
  "GET /api/members/:id/sign-ins": MEMBERS,
  "GET /api/invitations": INVITING,
  "POST /api/invitations": INVITING,
  "DELETE /api/invitations/:id": INVITING,
  "GET /api/invitation": ANYONE,
  "POST /api/invitation/passkey": ANYONE,
  "POST /api/invitation": ANYONE,
  // Of what the library can do, these; all else below /api/auth/ is not there.
  "POST /api/auth/sign-in/email": ANYONE,
  "POST /api/auth/sign-out": ARRIVING,
  "POST /api/auth/change-password": MEMBERS,
  "POST /api/auth/two-factor/enable": ARRIVING,
  "POST /api/auth/two-factor/verify-totp": ANYONE,
  "POST /api/auth/two-factor/verify-backup-code": ANYONE,
  "POST /api/auth/two-factor/generate-backup-codes": MEMBERS,
  "POST /api/auth/two-factor/disable": MEMBERS,
  "GET /api/auth/passkey/generate-authenticate-options": ANYONE,
  "POST /api/auth/passkey/verify-authentication": ANYONE,
  "GET /api/auth/passkey/generate-register-options": ARRIVING,
  "POST /api/auth/passkey/verify-registration": ARRIVING,
  "GET /api/auth/passkey/list-user-passkeys": MEMBERS,
  "POST /api/auth/passkey/update-passkey": MEMBERS,
  "POST /api/auth/passkey/delete-passkey": MEMBERS,
  "GET /api/exhibits": MEMBERS,
  "POST /api/captures": SAVERS,
  "GET /api/captures": KNOWN,
  "POST /api/captures/:item/cancel": SAVERS,
  "POST /api/captures/:item/retry": SAVERS,
  "POST /api/imports": SAVERS,
  "GET /api/events": MEMBERS,
  "GET /api/exhibits/counts": MEMBERS,
  "GET /api/exhibits/charts": MEMBERS,
  "GET /api/cases": KNOWN,
  "GET /api/tags": KNOWN,
  "GET /api/exhibits/ids": KNOWN,
  "POST /api/filings": KNOWN,
  "GET /api/searches": KNOWN,
  "POST /api/searches": KNOWN,
  "PATCH /api/searches/:id": KNOWN,
  "DELETE /api/searches/:id": KNOWN,
  "GET /api/occasions": KNOWN,
  "POST /api/occasions": KNOWN,
  "DELETE /api/occasions/:id": KNOWN,
  "POST /api/proofs": KNOWN,
  "GET /api/exhibits/:id": MEMBERS,
  "GET /api/exhibits/:id/picture": MEMBERS,
  "GET /api/exhibits/:id/post-picture": MEMBERS,
  "GET /api/exhibits/:id/text": MEMBERS,
  "GET /api/exhibits/:id/media/:n": MEMBERS,
  "GET /api/exhibits/:id/thumbnail": MEMBERS,
  "GET /api/exhibits/:id/proof": MEMBERS,
  "POST /api/exhibits/:id/verify": MEMBERS,
  "POST /api/exhibits/:id/replay": MEMBERS,
  "DELETE /api/exhibits/:id": INVITING,
  "POST /api/exhibits/:id/again": SAVERS,
  "POST /api/exhibits/:id/times": SAVERS,
  "DELETE /api/exhibits/:id/times": SAVERS,
  "POST /api/recaptures": SAVERS,
  "POST /api/exhibits/:id/reading": KNOWN,
  "GET /api/publication-rules": KNOWN,
  "GET /api/exhibits/:id/publication": KNOWN,
  "POST /api/exhibits/:id/cleared": TAKERS,
  "POST /api/exhibits/:id/reasoned": TAKERS,
  "POST /api/exhibits/:id/held": TAKERS,
  "POST /api/exhibits/:id/released": TAKERS,
  "POST /api/exhibits/:id/approved": TAKERS,
  "POST /api/exhibits/:id/published": INVITING,
  "POST /api/exhibits/:id/corrected": TAKERS,
  "POST /api/exhibits/:id/confirmed": TAKERS,
  "POST /api/exhibits/:id/withdrawn": TAKERS,
  "GET /api/questions": KNOWN,
  "GET /api/questions/:id": KNOWN,
  "POST /api/questions": TAKERS,
  "POST /api/questions/:id/letters/preview": TAKERS,
  "POST /api/questions/:id/letters": TAKERS,
  "POST /api/questions/:id/carried": TAKERS,
  "POST /api/questions/:id/replied": TAKERS,
  "POST /api/questions/:id/classed": TAKERS,
  "POST /api/questions/:id/confirmed": TAKERS,
  "POST /api/questions/:id/looked": TAKERS,
  "POST /api/questions/:id/paused": TAKERS,
  "POST /api/questions/:id/resumed": TAKERS,
  "POST /api/questions/:id/withdrawn": TAKERS,
  "POST /api/mail": TAKERS,
  "POST /api/mail/exchange": TAKERS,
  "GET /api/exhibits/:id/redaction": TAKERS,
  "POST /api/exhibits/:id/redaction": TAKERS,
  "POST /api/exhibits/:id/redaction/preview": TAKERS,
  "POST /api/exhibits/:id/redaction/proposals": TAKERS,
  "GET /api/exhibits/:id/redaction/picture/:part": TAKERS,
  "GET /api/exhibits/:id/redaction/proof": TAKERS,
  "POST /api/placards/preview": KNOWN,
  "POST /api/placards": KNOWN,
  "GET /api/health": INVITING,
  "POST /api/back-up": OWNERS,
  "GET /api/case-folder": INVITING,
  "GET /api/dossier": INVITING,
  "GET /api/intake": ANYONE,
  "POST /api/intake/work": ANYONE,
  "POST /api/intake/sent": ANYONE,
  "GET /api/intake/receipt": ANYONE,
  "POST /api/intake/receipt/words": ANYONE,
  "POST /api/intake/receipt/withdrawal": ANYONE,
  "GET /api/intake/door": INVITING,
  "PUT /api/intake/door": INVITING,
  "GET /api/inbox": TAKERS,
  "GET /api/inbox/waiting": TAKERS,
  "POST /api/inbox/:ref/look": TAKERS,
  "GET /api/inbox/:ref/pictures/:n": TAKERS,
  "POST /api/inbox/:ref/save": TAKERS,
  "POST /api/inbox/:ref/pictures/:n/import": TAKERS,
  "POST /api/inbox/:ref/decline": TAKERS,
  "POST /api/inbox/:ref/reopen": TAKERS,
  "DELETE /api/inbox/:ref": TAKERS,
  "DELETE /api/inbox/:ref/contact": TAKERS,
  "GET /api/sample": INVITING,
  "POST /api/sample": INVITING,
  "DELETE /api/sample": INVITING,
  "GET /api/settings": OWNERS,
  "PATCH /api/settings": OWNERS,
  "POST /api/settings/try-authority": OWNERS,
  "POST /api/settings/try-witness": OWNERS,
  "GET /api/capture-sessions": OWNERS,
  "POST /api/capture-sessions": OWNERS,
  "DELETE /api/capture-sessions/:name": OWNERS,
  // Whoever may do this sees with the eyes of the account that signed in.
  "POST /api/capture-sessions/:name/captures": OWNERS,
  "DELETE /api/capture-window": OWNERS,
  "POST /api/cases": INVITING,
} as const satisfies Readonly<Record<string, Allowed>>;
/** A line of the table. */
export type Line = keyof typeof ACCESS;

/** What this role may do besides what anybody may: screens show the doors and buttons of these, and no others. */
export function mayDo(role: Role): readonly Line[] {
  return (Object.entries(ACCESS) as [Line, Allowed][]).flatMap(([line, allowed]) =>
    allowed.includes(role) ? [line] : [],
  );
}

const router = new TrieRouter<Allowed>();
for (const [line, allowed] of Object.entries(ACCESS)) {
  const [method = "", path = ""] = line.split(" ");
  router.add(method, path, allowed);
}

/** Who may do this; undefined where no line says so. Of several lines that cover a path, the one written without parameters counts. */
export function allowedFor(method: string, path: string): Allowed | undefined {
  const [found] = router.match(method, path);
  return (found.find(([, params]) => Object.keys(params).length === 0) ?? found[0])?.[0];
}
