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
const SAVERS: Allowed = ["owner", "organiser", "reviewer", "contributor"];

/** By method and path, as routes are written. */
export const ACCESS: Readonly<Record<string, Allowed>> = {
  "GET /api/openapi.json": ANYONE,
  "GET /api/house": ANYONE,
  "GET /api/me": ARRIVING,
  "GET /api/exhibits": MEMBERS,
  "POST /api/captures": SAVERS,
  "GET /api/captures": MEMBERS,
  "POST /api/captures/:item/cancel": SAVERS,
  "POST /api/captures/:item/retry": SAVERS,
  "POST /api/imports": SAVERS,
  "GET /api/events": MEMBERS,
};

const router = new TrieRouter<Allowed>();
for (const [line, allowed] of Object.entries(ACCESS)) {
  const [method = "", path = ""] = line.split(" ");
  router.add(method, path, allowed);
}

/** Who may do this; undefined where no line says so. Of several lines that cover a path, the one written without parameters counts. */
export function allowedFor(method: string, path: string): Allowed | undefined {
  const [found] = router.match(method === "HEAD" ? "GET" : method, path);
  return (found.find(([, params]) => Object.keys(params).length === 0) ?? found[0])?.[0];
}
