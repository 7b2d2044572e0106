/**
 * What is done in a house that is killed meanwhile, besides what everything-kill.deep.test.ts does itself: each once, and how it is
 * seen afterwards whether it was done, and that it was so wholly.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PASSWORD } from "./house.ts";
import type { Ground } from "./killed-ground.ts";
import type { KilledServer, Told } from "./killed-server.ts";

/** Something that is done once; `seen` asks a server started anew whether it was, and that it was so wholly. */
export interface Deed {
  readonly name: string;
  run(server: KilledServer): Promise<Told | undefined>;
  seen(server: KilledServer): Promise<boolean>;
}

export const ok = (told: Told | undefined): boolean => told !== undefined && told.status < 300;

export async function mustGet(server: KilledServer, cookie: string, path: string): Promise<Told> {
  return (await server.ask(path, { cookie })) ?? assert.fail(`${path}: the server is gone`);
}

async function bodyOf<T>(server: KilledServer, cookie: string, path: string): Promise<T> {
  const told = await mustGet(server, cookie, path);
  assert.equal(told.status, 200, path);
  return told.body as T;
}

/** Guesses are limited, from this machine too: who tries too often waits. Whoever is no member is not tried at all. */
export async function mustSignIn(server: KilledServer, email: string, password = PASSWORD): Promise<void> {
  const json = { email, password };
  for (let tries = 0; ; tries++) {
    const told = await server.ask("/api/auth/sign-in/email", { method: "POST", json });
    if (ok(told)) return;
    assert.ok(told?.status === 429 && tries < 20, `a member cannot sign in: ${JSON.stringify(told)}`);
    await sleep(5_000);
  }
}

interface View {
  readonly tags: readonly string[];
  readonly next: readonly string[];
  readonly exhibit: { readonly caseName: string | null };
}

/** All of a round. */
export function deedsOf(ground: Ground, n: number): readonly Deed[] {
  const [few, at] = [n % 4 === 0, n / 4];
  const { token = "", email = "" } = ground.lost[at] ?? {};
  return [
    filingOne(ground, n),
    filingMany(ground, n),
    keeping(ground, "/api/searches", (name) => ({ name, search: { text: name }, shared: true })),
    keeping(ground, "/api/occasions", (name) => ({ day: "2026-03-14", name })),
    setting(ground),
    lookingAgain(ground, n),
    sampling(ground, n % 2 === 0),
    changingRole(ground, n % 2 === 0 ? "reviewer" : "guest"),
    removing(ground, n),
    n % 2 === 0 ? takingIn(ground, n) : declining(ground, n),
    cancelling(ground, n),
    retrying(ground, n),
    ...(few ? [makingWayBack(ground), usingWayBack(token, email), importingCase(ground, at)] : []),
  ];
}

const newName = (): string => `n${randomBytes(6).toString("hex")}`;

function filingOne({ cookie, kept }: Ground, n: number): Deed {
  const [id, tag] = [kept[n] ?? "", newName()];
  return {
    name: "a tag",
    run: (server) => server.ask("/api/filings", { method: "POST", cookie, json: { ids: [id], tag: [tag] } }),
    seen: async (server) => {
      const { tags } = await bodyOf<View>(server, cookie, `/api/exhibits/${id}`);
      return tags.filter((one) => one === tag).length === 1;
    },
  };
}

/** Of many, what is told is done; where nothing was told, some may be, each wholly. */
function filingMany({ reviewer: cookie, kept }: Ground, n: number): Deed {
  const caseName = `Case ${n}`;
  return {
    name: "many put in a case",
    run: (server) => server.ask("/api/filings", { method: "POST", cookie, json: { ids: kept, case: caseName } }),
    seen: async (server) => {
      const path = `/api/exhibits?limit=200&case=${encodeURIComponent(caseName)}`;
      const { exhibits } = await bodyOf<{ exhibits: { id: string; caseName: string }[] }>(server, cookie, path);
      for (const { id } of exhibits.slice(0, 1))
        assert.equal((await bodyOf<View>(server, cookie, `/api/exhibits/${id}`)).exhibit.caseName, caseName);
      return exhibits.length === kept.length;
    },
  };
}

function keeping({ cookie }: Ground, path: string, json: (name: string) => object): Deed {
  const name = newName();
  return {
    name: path,
    run: (server) => server.ask(path, { method: "POST", cookie, json: json(name) }),
    seen: async (server) => {
      const lists = await bodyOf<Record<string, { name: string }[]>>(server, cookie, path);
      const those = Object.values(lists)
        .flat()
        .filter((one) => one.name === name);
      assert.ok(those.length <= 1, "kept twice");
      return those.length === 1;
    },
  };
}

function setting({ cookie }: Ground): Deed {
  const capturedBy = newName();
  return {
    name: "settings",
    run: async (server) => {
      const seen = await server.ask("/api/settings", { cookie });
      if (!ok(seen)) return undefined;
      const { revision } = (seen as Told).body as { revision: string };
      return server.ask("/api/settings", {
        method: "PATCH",
        cookie,
        json: { revision, capturedBy, site: `https://${capturedBy}.example` },
      });
    },
    seen: async (server) => {
      const now = await bodyOf<{ capturedBy?: string; site?: string }>(server, cookie, "/api/settings");
      const isDone = now.capturedBy === capturedBy;
      assert.equal(now.site === `https://${capturedBy}.example`, isDone, "half set");
      return isDone;
    },
  };
}

function lookingAgain({ cookie, kept }: Ground, n: number): Deed {
  const path = `/api/exhibits/${kept[n] ?? ""}`;
  return {
    name: "asked to look again",
    run: (server) => server.ask(`${path}/again`, { method: "POST", cookie }),
    seen: async (server) => {
      const { next } = await bodyOf<View>(server, cookie, path);
      assert.ok(next.length <= 1, "asked twice");
      return next.length === 1;
    },
  };
}

function sampling({ cookie }: Ground, isMade: boolean): Deed {
  return {
    name: isMade ? "a sample made" : "a sample removed",
    run: (server) => server.ask("/api/sample", { method: isMade ? "POST" : "DELETE", cookie }),
    seen: async (server) => {
      const { state } = await bodyOf<{ state: string }>(server, cookie, "/api/sample");
      return (state !== "none") === isMade;
    },
  };
}

interface Members {
  readonly members: readonly { readonly id: string; readonly role: string }[];
}

function changingRole({ cookie, roled }: Ground, role: string): Deed {
  return {
    name: "a role changed",
    run: (server) => server.ask(`/api/members/${roled}`, { method: "PATCH", cookie, json: { role } }),
    seen: async (server) => {
      const { members } = await bodyOf<Members>(server, cookie, "/api/members");
      return members.find(({ id }) => id === roled)?.role === role;
    },
  };
}

function removing({ cookie, going }: Ground, n: number): Deed {
  const gone = going[n] ?? "";
  return {
    name: "a member removed",
    run: (server) => server.ask(`/api/members/${gone}`, { method: "DELETE", cookie }),
    seen: async (server) => {
      const { members } = await bodyOf<Members>(server, cookie, "/api/members");
      return members.every(({ id }) => id !== gone);
    },
  };
}

function makingWayBack({ cookie, guest }: Ground): Deed {
  let token: string | undefined;
  return {
    name: "a way back made",
    run: async (server) => {
      const told = await server.ask(`/api/members/${guest}/recovery`, { method: "POST", cookie });
      if (ok(told)) token = new URL(((told as Told).body as { link: string }).link).hash.slice(1);
      return told;
    },
    seen: async (server) => {
      if (token === undefined) return false;
      return ok(await server.ask("/api/recovery", { headers: { "placard-recovery": token } }));
    },
  };
}

function usingWayBack(token: string, email: string): Deed {
  const headers = { "placard-recovery": token };
  const password = `${PASSWORD} ${newName()}`;
  return {
    name: "a way back used",
    run: (server) => server.ask("/api/recovery", { method: "POST", headers, json: { password } }),
    seen: async (server) => {
      const isUsed = !ok(await server.ask("/api/recovery", { headers }));
      await mustSignIn(server, email, isUsed ? password : PASSWORD);
      return isUsed;
    },
  };
}

interface Sent {
  readonly state: string;
  readonly parts: readonly { readonly standing: string }[];
}

async function standingOf(server: KilledServer, cookie: string, ref: string): Promise<Sent> {
  const told = await server.ask(`/api/inbox/${ref}/look`, { method: "POST", cookie });
  assert.ok(ok(told), JSON.stringify(told));
  return told?.body as Sent;
}

/** Its links are asked for once, and it says so. */
function takingIn({ cookie, sent }: Ground, n: number): Deed {
  const ref = sent[n] ?? "";
  return {
    name: "something sent in taken",
    run: (server) => server.ask(`/api/inbox/${ref}/save`, { method: "POST", cookie, json: {} }),
    seen: async (server) => {
      const { parts } = await standingOf(server, cookie, ref);
      const asked = (await linksOf(server, cookie)).filter(({ url }) => url.endsWith(`/sent/${n}`));
      const isTaken = parts[0]?.standing !== "waiting";
      assert.equal(asked.length, isTaken ? 1 : 0, "what is told as taken is asked for, once");
      return isTaken;
    },
  };
}

function declining({ cookie, sent }: Ground, n: number): Deed {
  const ref = sent[n] ?? "";
  return {
    name: "something sent in declined",
    run: (server) =>
      server.ask(`/api/inbox/${ref}/decline`, { method: "POST", cookie, json: { reason: "We have it." } }),
    seen: async (server) => (await standingOf(server, cookie, ref)).state === "declined",
  };
}

interface Link {
  readonly item: string;
  readonly url: string;
  readonly state: string;
}

async function linksOf(server: KilledServer, cookie: string): Promise<readonly Link[]> {
  const { batches } = await bodyOf<{ batches: { links: Link[] }[] }>(server, cookie, "/api/captures");
  return batches.flatMap(({ links }) => links);
}

const stateOf = async (server: KilledServer, cookie: string, item: string): Promise<string> =>
  (await linksOf(server, cookie)).find((link) => link.item === item)?.state ?? "gone";

function cancelling({ cookie, waiting }: Ground, n: number): Deed {
  const item = waiting[n] ?? "";
  return {
    name: "a capture cancelled",
    run: (server) => server.ask(`/api/captures/${item}/cancel`, { method: "POST", cookie }),
    seen: async (server) => (await stateOf(server, cookie, item)) === "cancelled",
  };
}

function retrying({ cookie, cancelled }: Ground, n: number): Deed {
  const item = cancelled[n] ?? "";
  return {
    name: "a capture tried again",
    run: (server) => server.ask(`/api/captures/${item}/retry`, { method: "POST", cookie }),
    seen: async (server) => {
      const state = await stateOf(server, cookie, item);
      assert.notEqual(state, "gone");
      return state !== "cancelled";
    },
  };
}

/** Of a case, each exhibit is whole or not there; it is acknowledged by its last line. */
function importingCase({ cookie, cases }: Ground, at: number): Deed {
  return {
    name: "a case taken in",
    run: async (server) => {
      const told = await server.ask("/api/cases", { cookie }, { base64: cases[at] ?? "", key: newName() });
      const said = Buffer.from(String(told?.body), "base64").toString();
      return told === undefined || /"taken":\{.*"sealed":2/.test(said) ? told : { ...told, status: 500 };
    },
    seen: async (server) => {
      const path = `/api/exhibits?limit=200&case=${encodeURIComponent(`Elsewhere ${at}`)}`;
      const { exhibits } = await bodyOf<{ exhibits: { id: string }[] }>(server, cookie, path);
      assert.ok(exhibits.length <= 2, "taken in twice");
      for (const { id } of exhibits)
        assert.equal((await mustGet(server, cookie, `/api/exhibits/${id}/proof`)).status, 200);
      return exhibits.length === 2;
    },
  };
}
