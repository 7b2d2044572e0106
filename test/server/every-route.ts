/** For each line of the access table, a request that the server would do: for tests that go through all there is. */
import { readFileSync } from "node:fs";
import type { Line, Role } from "../../src/server/access.ts";
import { MAIL, QUESTION } from "./asked-house.ts";
import { BASE_URL, codeAt, type EmptyHouse, emailOf, PASSWORD, SETUP_TOKEN } from "./house.ts";
import type { Known } from "./known-house.ts";
import { doWork, newKey } from "./sender.ts";

export interface RouteAsking {
  /** Whose cookies it is asked with; an owner's unless told. */
  readonly as?: Role | "nobody";
  readonly path?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A file that is handed in, as a form has it. */
  readonly file?: string | Uint8Array<ArrayBuffer>;
  /** Whether the device that asks does a piece of work first. */
  readonly works?: true;
  /** What is answered where it cannot be done here, and why not. */
  readonly refused?: readonly [status: number, why: string];
}

const wanted = (exhibit: string) => ({ ids: [exhibit], size: "A4", headline: "Seen on the lane" });
type Refused = NonNullable<RouteAsking["refused"]>;
const FOUNDED: Refused = [409, "there is a record already"];
const NO_CHALLENGE: Refused = [400, "no passkey has answered a challenge"];
const NO_PICTURE: Refused = [404, "nothing of it was recorded"];

type StepLine = `POST /api/exhibits/:id/${keyof Known["onTheWay"]}`;

function stepsOf({ onTheWay }: Known): Readonly<Record<StepLine, RouteAsking>> {
  const rows = Object.entries(onTheWay).map(([step, { id, json }]): [string, RouteAsking] => [
    `POST /api/exhibits/:id/${step}`,
    { path: `/api/exhibits/${id}/${step}`, json },
  ]);
  return Object.fromEntries(rows) as Record<StepLine, RouteAsking>;
}

type DeedLine = `POST /api/questions/:id/${keyof Known["asked"]}`;

function deedsOf({ asked }: Known): Readonly<Record<DeedLine, RouteAsking>> {
  const rows = Object.entries(asked).map(([deed, { id, json }]): [string, RouteAsking] => [
    `POST /api/questions/:id/${deed}`,
    { path: `/api/questions/${id}/${deed}`, json },
  ]);
  return Object.fromEntries(rows) as Record<DeedLine, RouteAsking>;
}

/** The type holds that no line is without one. */
export function askings(known: Known): Readonly<Record<Line, RouteAsking>> {
  const { exhibit, spare, caseName, guest, contributor, item, waiting, session, invitation, recovery, sent } = known;
  const { search, spareSearch, occasion, revision } = known;
  const person = { name: "Nina New", email: emailOf("nina"), password: PASSWORD };
  const token = { "placard-invitation": invitation.token };
  const setup = { as: "nobody", headers: { "placard-setup": SETUP_TOKEN } } as const;
  const wayBack = { as: "nobody", headers: { "placard-recovery": recovery } } as const;
  const passphrase = "lantern-ladder-lattice-lemon";
  const receipt = (code: string) => ({ as: "nobody", headers: { "placard-receipt": code } }) as const;
  const inbox = (code: string, rest = "") =>
    ({ as: "reviewer", path: `/api/inbox/${code.slice(0, 9)}${rest}` }) as const;
  const post = (rest = "") => ({ path: `/api/exhibits/${exhibit}${rest}` });
  return {
    "GET /api/openapi.json": { as: "nobody" },
    "GET /api/house": { as: "nobody" },
    "POST /api/house": { ...setup, json: { ...person, group: "Another" }, refused: FOUNDED },
    "POST /api/house/passkey": { ...setup, json: { name: "Nina New", email: emailOf("nina") }, refused: FOUNDED },
    "GET /api/house/restore": { ...setup, refused: FOUNDED },
    "POST /api/house/restore": { ...setup, file: "no back-up", refused: FOUNDED },
    "POST /api/house/restore/try": { ...setup, json: { passphrase, beginning: "AAAA" }, refused: FOUNDED },
    "GET /api/me": {},
    "GET /api/me/preferences": {},
    "PATCH /api/me/preferences": { json: { theme: "dark" } },
    "GET /api/me/sessions": {},
    "DELETE /api/me/sessions/:id": { path: `/api/me/sessions/${session}` },
    "DELETE /api/me/sessions": {},
    "DELETE /api/me/recovery": {},
    "POST /api/me/password": { json: { password: PASSWORD }, refused: [409, "there is a password"] },
    "POST /api/members/:id/recovery": { path: `/api/members/${contributor}/recovery` },
    "GET /api/recovery": wayBack,
    "POST /api/recovery": { ...wayBack, json: { password: `${PASSWORD} anew` } },
    "GET /api/members": {},
    "PATCH /api/members/:id": { path: `/api/members/${guest}`, json: { role: "contributor" } },
    "DELETE /api/members/:id": { path: `/api/members/${guest}` },
    "GET /api/members/:id/sign-ins": { path: `/api/members/${guest}/sign-ins` },
    "GET /api/invitations": {},
    "POST /api/invitations": { json: { role: "guest" } },
    "DELETE /api/invitations/:id": { path: `/api/invitations/${invitation.spare}` },
    "GET /api/invitation": { as: "nobody", headers: token },
    "POST /api/invitation": { as: "nobody", headers: token, json: person },
    "POST /api/invitation/passkey": {
      as: "nobody",
      headers: token,
      json: { name: "Nina New", email: emailOf("nina") },
    },
    "POST /api/auth/sign-in/email": { as: "nobody", json: { email: emailOf("reviewer"), password: PASSWORD } },
    "POST /api/auth/sign-out": { as: "contributor" },
    "POST /api/auth/change-password": {
      as: "reviewer",
      json: { currentPassword: PASSWORD, newPassword: `${PASSWORD} again` },
    },
    "POST /api/auth/two-factor/enable": { json: { password: PASSWORD }, refused: [400, "there is a second factor"] },
    "POST /api/auth/two-factor/verify-totp": {
      json: { code: codeAt(Buffer.from(known.secret, "hex")) },
      refused: [401, "the code of another app"],
    },
    "POST /api/auth/two-factor/verify-backup-code": { json: { code: "aaaaa-bbbbb" }, refused: [401, "no such code"] },
    "POST /api/auth/two-factor/generate-backup-codes": { json: { password: PASSWORD } },
    "POST /api/auth/two-factor/disable": { as: "organiser", json: { password: PASSWORD } },
    "GET /api/auth/passkey/generate-authenticate-options": { as: "nobody" },
    "POST /api/auth/passkey/verify-authentication": { as: "nobody", json: { response: {} }, refused: NO_CHALLENGE },
    "GET /api/auth/passkey/generate-register-options": {},
    "POST /api/auth/passkey/verify-registration": { json: { response: {} }, refused: NO_CHALLENGE },
    "GET /api/auth/passkey/list-user-passkeys": {},
    "POST /api/auth/passkey/update-passkey": { json: { id: "none", name: "Desk" }, refused: [404, "no such passkey"] },
    "POST /api/auth/passkey/delete-passkey": { json: { id: "none" }, refused: [404, "no such passkey"] },
    "GET /api/exhibits": {},
    "POST /api/captures": { json: { links: ["https://townsquare.example/p/1"], caseName } },
    "POST /api/capture-sessions/:name/captures": {
      path: "/api/capture-sessions/nobody/captures",
      json: { links: ["https://townsquare.example/p/2"] },
      refused: [409, "no such session is kept"],
    },
    "GET /api/captures": {},
    "POST /api/captures/:item/cancel": { path: `/api/captures/${waiting}/cancel` },
    "POST /api/captures/:item/retry": { path: `/api/captures/${item}/retry` },
    "POST /api/recaptures": { json: { ids: [exhibit] } },
    "POST /api/imports": { file: "<!doctype html><title>Bins on the lane</title>" },
    "GET /api/events": {},
    "GET /api/exhibits/counts": {},
    "GET /api/exhibits/charts": {},
    "GET /api/cases": {},
    "GET /api/tags": {},
    "GET /api/exhibits/ids": {},
    "POST /api/filings": { json: { ids: [exhibit], tag: ["lane"] } },
    "GET /api/searches": {},
    "POST /api/searches": { json: { name: "Bins", search: { text: "bins" }, shared: false } },
    "PATCH /api/searches/:id": { path: `/api/searches/${search}`, json: { shared: true } },
    "DELETE /api/searches/:id": { path: `/api/searches/${spareSearch}` },
    "GET /api/occasions": {},
    "POST /api/occasions": { json: { day: "2026-03-14", name: "The march" } },
    "DELETE /api/occasions/:id": { path: `/api/occasions/${occasion}` },
    "POST /api/proofs": { json: { ids: [exhibit] } },
    "GET /api/exhibits/:id": post(),
    "GET /api/exhibits/:id/picture": post("/picture"),
    "GET /api/exhibits/:id/post-picture": { ...post("/post-picture"), refused: NO_PICTURE },
    "GET /api/exhibits/:id/text": post("/text"),
    "GET /api/exhibits/:id/media/:n": post("/media/1"),
    "GET /api/exhibits/:id/thumbnail": post("/thumbnail"),
    "GET /api/exhibits/:id/proof": post("/proof"),
    "POST /api/exhibits/:id/verify": post("/verify"),
    "POST /api/exhibits/:id/replay": post("/replay"),
    "DELETE /api/exhibits/:id": { path: `/api/exhibits/${spare}`, json: { reason: "asked for" } },
    "POST /api/exhibits/:id/again": post("/again"),
    "POST /api/exhibits/:id/times": { ...post("/times"), json: { again: [3_600_000] } },
    "DELETE /api/exhibits/:id/times": post("/times"),
    "POST /api/exhibits/:id/reading": { ...post("/reading"), json: { file: "media/1" } },
    "GET /api/publication-rules": {},
    "GET /api/exhibits/:id/publication": post("/publication"),
    ...stepsOf(known),
    "GET /api/questions": {},
    "GET /api/questions/:id": { path: `/api/questions/${known.asked.looked.id}` },
    "POST /api/questions": { json: QUESTION },
    ...deedsOf(known),
    "POST /api/mail": { path: `/api/mail?of=${known.asked.replied.id}`, file: MAIL },
    "POST /api/mail/exchange": { refused: [400, "the group has no mail account"] },
    "GET /api/exhibits/:id/redaction": { as: "reviewer", ...post("/redaction") },
    "POST /api/exhibits/:id/redaction": {
      as: "reviewer",
      ...post("/redaction"),
      json: { boxes: [{ x: 0, y: 0, width: 64, height: 64 }], fields: ["author"], words: ["A Neighbour"] },
    },
    "POST /api/exhibits/:id/redaction/preview": {
      as: "reviewer",
      ...post("/redaction/preview"),
      json: { fields: ["author"] },
    },
    "POST /api/exhibits/:id/redaction/proposals": {
      as: "reviewer",
      ...post("/redaction/proposals"),
      json: { part: 0 },
    },
    "GET /api/exhibits/:id/redaction/picture/:part": { as: "reviewer", ...post("/redaction/picture/0?covered=0-3") },
    "GET /api/exhibits/:id/redaction/proof": { as: "reviewer", ...post("/redaction/proof") },
    "POST /api/placards/preview": { json: wanted(exhibit) },
    "POST /api/placards": { json: wanted(exhibit), refused: [500, "no browser here"] },
    "GET /api/health": {},
    "POST /api/back-up": { json: { passphrase } },
    "GET /api/case-folder": { path: `/api/case-folder?case=${encodeURIComponent(caseName)}` },
    "GET /api/dossier": { path: `/api/dossier?case=${encodeURIComponent(caseName)}&form=html` },
    "GET /api/intake": { as: "nobody" },
    "POST /api/intake/work": { as: "nobody" },
    "POST /api/intake/sent": {
      as: "nobody",
      works: true,
      json: { key: newKey(), links: "https://townsquare.example/p/9" },
    },
    "GET /api/intake/receipt": receipt(sent.open),
    "POST /api/intake/receipt/words": { ...receipt(sent.open), json: { text: "One more word" } },
    "POST /api/intake/receipt/withdrawal": { ...receipt(sent.withdrawn), json: {} },
    "GET /api/intake/door": {},
    "PUT /api/intake/door": { json: { open: true, greeting: "Send us links.", reasons: ["We have it."] } },
    "GET /api/inbox": { as: "reviewer" },
    "GET /api/inbox/waiting": { as: "reviewer" },
    "POST /api/inbox/:ref/look": inbox(sent.open, "/look"),
    "GET /api/inbox/:ref/pictures/:n": inbox(sent.open, "/pictures/2"),
    "POST /api/inbox/:ref/save": { ...inbox(sent.open, "/save"), json: {} },
    "POST /api/inbox/:ref/pictures/:n/import": {
      ...inbox(sent.open, "/pictures/2/import"),
      json: { from: "a neighbour" },
    },
    "POST /api/inbox/:ref/decline": { ...inbox(sent.waiting, "/decline"), json: { reason: "We have it." } },
    "POST /api/inbox/:ref/reopen": inbox(sent.declined, "/reopen"),
    "DELETE /api/inbox/:ref": inbox(sent.erased),
    "DELETE /api/inbox/:ref/contact": inbox(sent.open, "/contact"),
    "GET /api/sample": {},
    "POST /api/sample": {},
    "DELETE /api/sample": {},
    "GET /api/settings": {},
    "PATCH /api/settings": { json: { revision, capturedBy: "The neighbours" } },
    "POST /api/settings/try-authority": {
      json: { name: "Nobody", url: "http://127.0.0.1:9/", hash: "sha256", certificate: `${"A".repeat(43)}=` },
      refused: [400, "nobody is asked in one's own network"],
    },
    "POST /api/settings/try-witness": {
      json: { vkey: known.vkey, url: "http://127.0.0.1:9/" },
      refused: [400, "nobody is asked in one's own network"],
    },
    "GET /api/capture-sessions": {},
    "POST /api/capture-sessions": {
      json: { name: "lantern", url: "https://townsquare.example/", hide: ["Jo Keeper"] },
      refused: [403, "who asks sits elsewhere"],
    },
    "DELETE /api/capture-sessions/:name": {
      path: "/api/capture-sessions/none",
      refused: [404, "there is no such session"],
    },
    "DELETE /api/capture-window": {},
    "POST /api/cases": { file: new Uint8Array(readFileSync(known.caseFile)) },
  };
}

/** Asks as the row has it. */
export async function askLine(
  house: EmptyHouse,
  asking: RouteAsking,
  line: Line,
  cookies: Readonly<Record<string, string>>,
): Promise<Response> {
  const [method = "", written = ""] = line.split(" ");
  const { as = "owner", path = written, json, file, works } = asking;
  const cookie = as === "nobody" ? undefined : cookies[as];
  const work = works === true ? { "placard-work": await doWork((at, how) => house.ask(at, how)) } : {};
  const headers = { ...asking.headers, ...work };
  if (file === undefined)
    return house.ask(path, { method, cookie, headers, ...(method === "GET" ? {} : { json: json ?? {} }) });
  const form = new FormData();
  form.append("from", "a neighbour");
  form.append("file", new Blob([file]), "page.html");
  return house.app.request(
    `${BASE_URL}${path}`,
    { method, body: form, headers: { origin: BASE_URL, ...(cookie === undefined ? {} : { cookie }), ...headers } },
    { incoming: { socket: { remoteAddress: "10.0.0.9" } } },
  );
}

/** What takes away what others ask for comes late, and what ends the session that is asked with comes last. */
const LATE = ["DELETE", "two-factor/disable", "change-password", "sign-out", "me/sessions"];
const lateness = (line: Line): number => LATE.findLastIndex((one) => line.includes(one));

export const inOrder = (lines: readonly Line[]): readonly Line[] => lines.toSorted((a, b) => lateness(a) - lateness(b));

/** As the app itself has them, whatever the table says; each once. */
export function routesOf({ app }: EmptyHouse): readonly Line[] {
  const routes = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}` as Line))];
}
