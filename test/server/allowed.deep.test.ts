/** Whoever the access table allows something can do it: every role, at every line, with a request that the server does. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openContext } from "../../src/app/open-record.ts";
import { keepSession } from "../../src/app/sessions.ts";
import { ACCESS, type Allowed, type Line, ROLES, type Role } from "../../src/server/access.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { askings, askLine, inOrder, type RouteAsking } from "./every-route.ts";
import { cookiesOf, emailOf, type FoundedHouse, foundedHouse, good, joinAs, passwordOnly, textOf } from "./house.ts";
import { type Known, knownIn } from "./known-house.ts";
import {
  arrivesByCodes,
  arrivesByPasskey,
  goesThroughCodes,
  goesThroughPasskeys,
  type Note,
  signsInEachWay,
} from "./own-account.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

/** No request here can have an answer that it was done. Each is still asked, and refused for this reason and no other. */
const CANNOT: Readonly<Partial<Record<Line, string>>> = {
  "POST /api/house": "a member is there after the house only; nobody's is in day-one.test.ts",
  "POST /api/house/passkey": "likewise; nobody's is in passkey-alone.test.ts",
  "GET /api/house/restore": "likewise; nobody's is in restoring.test.ts",
  "POST /api/house/restore": "likewise; nobody's is in restoring.test.ts",
  "POST /api/house/restore/try": "likewise; nobody's is in restoring.test.ts",
  "POST /api/placards": "it needs a browser; done in e2e/workbench-look.test.ts",
  "POST /api/capture-sessions":
    "it needs a window before who asks; the browser's part is in e2e/session-window.test.ts",
  "POST /api/mail/exchange": "there is no mail account; done in questions.test.ts",
  "POST /api/settings/try-authority": "nobody is asked in one's own network; done in settings.test.ts",
  "POST /api/settings/try-witness": "nobody is asked in one's own network; done in settings.test.ts",
};

/** Steps of own-account.ts, each of which needs the one before. */
const OF_ACCOUNT =
  /^(?:POST \/api\/me\/password|POST \/api\/auth\/two-factor\/.*|(?:GET|POST) \/api\/auth\/passkey\/.*)$/;

type Asker = Role | "anyone" | "arriving";
const isAllowed = (allowed: Allowed, asker: Asker): boolean => allowed.includes("anyone") || allowed.includes(asker);
const linesOf = (asker: Asker): readonly Line[] =>
  (Object.keys(ACCESS) as Line[]).filter((line) => isAllowed(ACCESS[line], asker));

let root: string;
/** Made once; each asker has a copy. */
let prepared: { readonly folder: string; readonly known: Known; readonly cut: string; readonly arriving: string };
before(async () => {
  root = await mkdtemp(join(tmpdir(), "placard-allowed-"));
  const folder = join(root, "record");
  await using house = await foundedHouse({ folder });
  const known = await knownIn(house);
  const [cut = ""] = await sealPosts(folder, [{ ...POST, title: "Cut out" }], [], true);
  await using opened = await openContext(folder);
  const session = { name: "lantern", site: "https://townsquare.example", hide: [], signedInAt: Date.now() };
  await keepSession(opened.context, { ...session, state: { cookies: [], origins: [] } });
  for (const name of ["arriving", "coming"]) await joinAs(house, house.cookies.owner, "contributor", emailOf(name));
  const arriving = await passwordOnly(house, emailOf("arriving"));
  prepared = { folder, known, cut, arriving };
});
after(() => rm(root, { recursive: true, force: true }));

interface Told {
  readonly done: ReadonlySet<Line>;
  /** What was refused, with what was said. */
  readonly refused: ReadonlyMap<Line, string>;
}

function noting(): Told & { readonly note: Note } {
  const done = new Set<Line>();
  const refused = new Map<Line, string>();
  return {
    done,
    refused,
    note: async (line, answer) => {
      // One that goes on for as long as somebody listens cannot be read twice.
      const text =
        answer.headers.get("content-type") === "application/json" ? await answer.clone().text() : await textOf(answer);
      if (answer.ok) done.add(line);
      else refused.set(line, `${answer.status} ${text.slice(0, 200)}`);
      return answer;
    },
  };
}

/** What is one's own, where that is what a line is about. */
async function ownIn(house: FoundedHouse, role: Role): Promise<Partial<Record<Line, RouteAsking>>> {
  const { accounts, ids, cookies } = house;
  const own = ids[role];
  const keep = (name: string): string =>
    accounts.searches.keep(own, { name, search: { text: "lane" }, shared: false }).id;
  const { actor } = (await (await good(await house.ask("/api/me", { cookie: cookies[role] }))).json()) as {
    readonly actor: string;
  };
  const links = ["https://townsquare.example/p/17", "https://townsquare.example/p/18"];
  const record = house.house.record();
  const asked = await record.askFor(links, { key: randomBytes(16).toString("hex"), actor });
  const [given = "", waiting = ""] = asked.links.map(({ item }) => item);
  await record.cancelAsked(given);
  const day = { day: "2026-03-03", name: "Meeting", caseName: null, actor };
  const other = role === "guest" ? ids.contributor : ids.guest;
  const wayBack = accounts.recoveries.make({ id: ids.owner, role: "owner" }, other, "a computer").token;
  return {
    "GET /api/members/:id/sign-ins": { path: `/api/members/${own}/sign-ins` },
    "PATCH /api/searches/:id": { path: `/api/searches/${keep("My lanes")}`, json: { shared: true } },
    "DELETE /api/searches/:id": { path: `/api/searches/${keep("My lanterns")}` },
    "DELETE /api/occasions/:id": { path: `/api/occasions/${accounts.occasions.note(day).id}` },
    "POST /api/captures/:item/cancel": { path: `/api/captures/${waiting}/cancel` },
    "POST /api/captures/:item/retry": { path: `/api/captures/${given}/retry` },
    "GET /api/recovery": { headers: { "placard-recovery": wayBack } },
    "POST /api/recovery": { headers: { "placard-recovery": wayBack }, json: { password: "four quite plain words" } },
    "POST /api/auth/sign-in/email": { json: { email: emailOf("arriving"), password: "correct horse battery staple" } },
  };
}

/** What there is here besides. */
function moreIn(cut: string): Partial<Record<Line, RouteAsking>> {
  return {
    "GET /api/exhibits/:id/post-picture": { path: `/api/exhibits/${cut}/post-picture` },
    "POST /api/capture-sessions/:name/captures": {
      path: "/api/capture-sessions/lantern/captures",
      json: { links: ["https://townsquare.example/p/2"] },
    },
    "DELETE /api/capture-sessions/:name": { path: "/api/capture-sessions/lantern" },
  };
}

/** A session of theirs that is not the one they ask with. */
async function elsewhere(house: FoundedHouse, cookie: string): Promise<string> {
  const answer = await good(await house.ask("/api/me/sessions", { cookie }));
  const { sessions } = (await answer.json()) as { sessions: readonly { id: string; current: boolean }[] };
  return sessions.find(({ current }) => !current)?.id ?? "";
}

async function asRole(role: Role): Promise<Told> {
  await using house = await foundedHouse({
    copyOf: prepared.folder,
    sandbox: { origin: "http://127.0.0.1:8001", rooms: openRooms() },
  });
  const { note, ...told } = noting();
  let cookie = await goesThroughPasskeys(house, role, note);
  const session = await elsewhere(house, cookie);
  const rows = { ...askings({ ...prepared.known, session }), ...moreIn(prepared.cut), ...(await ownIn(house, role)) };
  cookie = await goesThroughCodes(house, role, cookie, note);
  for (const line of leavingLast(linesOf(role).filter((one) => !OF_ACCOUNT.test(one)))) {
    const answer = await note(line, await askLine(house, { ...rows[line], as: role }, line, { [role]: cookie }));
    if (line.endsWith("change-password")) cookie = cookiesOf(answer, cookie);
  }
  return told;
}

/** What ends the session that is asked with. */
const LEAVING = ["change-password", "sign-out"];
const leaving = (line: Line): number => LEAVING.findIndex((one) => line.includes(one));
const leavingLast = (lines: readonly Line[]): readonly Line[] =>
  inOrder(lines).toSorted((a, b) => leaving(a) - leaving(b));

/** Nobody, at every line that is for anyone. */
async function asNobody(): Promise<Told> {
  await using house = await foundedHouse({ copyOf: prepared.folder });
  const { note, ...told } = noting();
  const rows = askings(prepared.known);
  for (const line of inOrder(linesOf("anyone").filter((one) => !one.includes("verify-"))))
    await note(line, await askLine(house, { ...rows[line], as: "nobody" }, line, {}));
  await signsInEachWay(house, "organiser", note);
  return told;
}

/** Who has still to arrive, at every line that is for them. */
async function asArriving(): Promise<Told> {
  await using house = await foundedHouse({ copyOf: prepared.folder });
  const { note, ...told } = noting();
  const rows = askings(prepared.known);
  const cookies = { guest: prepared.arriving };
  for (const line of ["GET /api/me", "GET /api/me/preferences"] as const)
    await note(line, await askLine(house, { ...rows[line], as: "guest" }, line, cookies));
  await arrivesByPasskey(house, prepared.arriving, note);
  const cookie = await arrivesByCodes(house, await passwordOnly(house, emailOf("coming")), note);
  await note("POST /api/auth/sign-out", await house.ask("/api/auth/sign-out", { method: "POST", cookie, json: {} }));
  return told;
}

function assertAllDone({ done, refused }: Told, allowed: readonly Line[]): void {
  const undone = allowed.filter((line) => !done.has(line) && !(line in CANNOT));
  assert.deepEqual(
    undone.map((line) => `${line}: ${refused.get(line)}`),
    [],
  );
  assert.deepEqual(
    [...done].filter((line) => line in CANNOT),
    [],
    "what can be done need not be named",
  );
  const rows = askings(prepared.known);
  for (const line of allowed.filter((one) => one in CANNOT)) {
    const said = refused.get(line) ?? "";
    assert.equal(Number(said.slice(0, 3)), rows[line].refused?.[0], `${line}: ${said}`);
    assert.doesNotMatch(said, /"code":"(?:role|second_factor|signed_out)"|There is no such page/, line);
  }
}

test("anyone: all that the table allows is done", async () => {
  assertAllDone(await asNobody(), linesOf("anyone"));
});

test("arriving: all that the table allows is done", async () => {
  const theirs = linesOf("arriving").filter((line) => (ACCESS[line] as Allowed).includes("arriving"));
  assertAllDone(await asArriving(), theirs);
});

for (const role of ROLES)
  test(`${role}: all that the table allows is done`, async () => assertAllDone(await asRole(role), linesOf(role)));
