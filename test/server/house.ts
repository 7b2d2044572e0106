/** A house as it is after day one: a founded record, and a signed-in member of each role. No sockets. */
import { createHmac } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../../src/lib/clock.ts";
import { ROLES, type Role } from "../../src/server/access.ts";
import { openAccounts } from "../../src/server/accounts/open.ts";
import { createApp } from "../../src/server/app.ts";
import { type House, openHouse } from "../../src/server/house.ts";
import type { Accounts, Parts } from "../../src/server/parts.ts";

export const BASE_URL = "http://localhost:8000";
export const SETUP_TOKEN = "setup-token-of-the-tests";
export const PASSWORD = "correct horse battery staple";

export interface Asking {
  readonly method?: string;
  /** A role's cookies, or any. */
  readonly cookie?: string | undefined;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The network address; each of a house's requests has another unless told, so that limits are met on purpose only. */
  readonly from?: string;
}

/** Whatever answers requests: a house without sockets, or a server. */
export interface Askable {
  ask(path: string, asking?: Asking): Promise<Response>;
}

export interface EmptyHouse extends AsyncDisposable, Askable {
  readonly folder: string;
  readonly house: House;
  readonly accounts: Accounts;
  readonly app: ReturnType<typeof createApp>;
}

export interface FoundedHouse extends EmptyHouse {
  /** The value of the Cookie header of each role's member, who has arrived. */
  readonly cookies: Readonly<Record<Role, string>>;
  readonly ids: Readonly<Record<Role, string>>;
}

export const emailOf = (role: string): string => `${role}@example.org`;

export interface HouseOptions extends Partial<Parts> {
  /** Over this folder, which is left where it is. */
  readonly folder?: string;
  /** Over a copy of this one. */
  readonly copyOf?: string | undefined;
  readonly baseUrl?: string;
  readonly clock?: Clock;
}

/** A house before day one, over an empty folder, unless told. */
export async function emptyHouse(options: HouseOptions = {}): Promise<EmptyHouse> {
  const root = await mkdtemp(join(tmpdir(), "placard-house-"));
  const { folder = join(root, "record"), copyOf, baseUrl = BASE_URL, clock = systemClock, ...parts } = options;
  if (copyOf !== undefined) await cp(copyOf, folder, { recursive: true });
  const screens = join(root, "screens");
  await mkdir(screens);
  await writeFile(join(screens, "index.html"), "<!doctype html><title>Placard</title>");
  const house = await openHouse(folder);
  const accounts = await openAccounts(folder, { baseUrl, clock });
  const app = createApp({ house, accounts, screens, setupToken: SETUP_TOKEN, ...parts });
  let asked = 0;
  return {
    folder,
    house,
    accounts,
    app,
    ask: async (path, { method = "GET", cookie, json, headers = {}, from } = {}) => {
      asked += 1;
      const remoteAddress = from ?? `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
      const sent = new Headers({ origin: baseUrl, ...headers });
      if (cookie !== undefined) sent.set("cookie", cookie);
      if (json !== undefined && !sent.has("content-type")) sent.set("content-type", "application/json");
      const body = json === undefined ? {} : { body: typeof json === "string" ? json : JSON.stringify(json) };
      return app.request(
        `${baseUrl}${path}`,
        { method, headers: sent, ...body },
        { incoming: { socket: { remoteAddress } } },
      );
    },
    [Symbol.asyncDispose]: async () => {
      await accounts[Symbol.asyncDispose]();
      await house[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export async function found(house: Askable, group = "Northside Monitor", setup = SETUP_TOKEN): Promise<Response> {
  return house.ask("/api/house", {
    method: "POST",
    headers: { "placard-setup": setup },
    json: { group, name: "Ada Owner", email: emailOf("owner"), password: PASSWORD },
  });
}

/** The Cookie header after an answer. */
export function cookiesOf(response: Response, before = ""): string {
  const jar = new Map(
    before
      .split("; ")
      .filter((pair) => pair !== "")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (value === "" || /max-age=0(?:;|$)/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** Throws unless the answer is good, saying what it was instead. */
export async function good(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.status}: ${await response.text()}`);
}

/** Signs in by password alone: the cookies of somebody who has still to arrive, or of whom a code is asked. */
export async function passwordOnly(house: Askable, email: string, password = PASSWORD): Promise<string> {
  return cookiesOf(
    await good(await house.ask("/api/auth/sign-in/email", { method: "POST", json: { email, password } })),
  );
}

export interface Enrolled {
  readonly cookie: string;
  readonly secret: Uint8Array;
  readonly recoveryCodes: readonly string[];
}

/** Sets up codes as a second factor, and so arrives. */
export async function enrol(house: Askable, cookie: string, password = PASSWORD): Promise<Enrolled> {
  const enabled = await good(
    await house.ask("/api/auth/two-factor/enable", { method: "POST", cookie, json: { password } }),
  );
  const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
  const secret = fromBase32(new URL(totpURI).searchParams.get("secret") ?? "");
  const verified = await good(
    await house.ask("/api/auth/two-factor/verify-totp", { method: "POST", cookie, json: { code: codeAt(secret) } }),
  );
  return { cookie: cookiesOf(verified, cookie), secret, recoveryCodes: backupCodes };
}

export async function arrive(house: Askable, email: string): Promise<Enrolled> {
  return enrol(house, await passwordOnly(house, email));
}

/** Invites somebody and accepts for them. */
export async function joinAs(house: Askable, inviter: string, role: Role, email = emailOf(role)): Promise<void> {
  const invited = await good(await house.ask("/api/invitations", { method: "POST", cookie: inviter, json: { role } }));
  const { link } = (await invited.json()) as { link: string };
  const person = { name: `${role} of the tests`, email, password: PASSWORD };
  const headers = { "placard-invitation": new URL(link).hash.slice(1) };
  await good(await house.ask("/api/invitation", { method: "POST", headers, json: person }));
}

/** Of houses that were founded and left: to be copied. */
export interface Templates {
  readonly members: {
    readonly folder: string;
    readonly cookies: Readonly<Record<Role, string>>;
    readonly ids: Readonly<Record<Role, string>>;
  };
  /** Only its owner has arrived. */
  readonly owner: {
    readonly folder: string;
    readonly cookie: string;
    /** Of the owner's authenticator app, in hexadecimal. */
    readonly secret: string;
  };
}

/** Where this names a folder with templates, they are copied from there. */
export const TEMPLATES = "PLACARD_TEST_HOUSES";

let templates: Promise<Templates> | undefined;

/** Passwords are slow to check on purpose, so that the members are made once a run of the tests (founded.ts), and copied. */
async function templatesOfRun(): Promise<Templates> {
  const folder = process.env[TEMPLATES];
  return folder === undefined
    ? makeTemplates()
    : (JSON.parse(await readFile(join(folder, NAMES), "utf8")) as Templates);
}

const NAMES = "templates.json";

/** As if all members had joined a week before: who is new takes no part in what is published. */
export function joinedLongAgo(folder: string): void {
  const raw = new DatabaseSync(join(folder, "members.sqlite"));
  raw.exec(`UPDATE "user" SET "createdAt" = strftime('%Y-%m-%dT%H:%M:%fZ', "createdAt", '-7 days')`);
  raw.close();
}

/** Founds a house and has a member of each role arrive, in a folder that is gone when this process ends. */
export async function makeTemplates(): Promise<Templates & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), "placard-founded-"));
  process.once("exit", () => rmSync(root, { recursive: true, force: true }));
  await using house = await emptyHouse();
  const copyAs = async (name: string): Promise<string> => {
    await cp(house.folder, join(root, name), { recursive: true });
    return join(root, name);
  };
  await good(await found(house));
  const { cookie, secret } = await arrive(house, emailOf("owner"));
  const owner = { folder: await copyAs("owner"), cookie, secret: Buffer.from(secret).toString("hex") };
  const cookies: Partial<Record<Role, string>> = { owner: cookie };
  for (const role of ROLES.filter((each) => each !== "owner")) {
    await joinAs(house, cookie, role);
    cookies[role] = (await arrive(house, emailOf(role))).cookie;
  }
  const ids = Object.fromEntries(house.accounts.members.list().map(({ role, id }) => [role, id]));
  const members = { folder: await copyAs("members"), cookies, ids } as Templates["members"];
  joinedLongAgo(members.folder);
  await writeFile(join(root, NAMES), JSON.stringify({ owner, members }));
  return { root, owner, members };
}

/** A founded house with one member of each role, all of whom have arrived. Each has a copy of its own, unless told: of what became of one. */
export async function foundedHouse(parts: HouseOptions = {}): Promise<FoundedHouse> {
  templates ??= templatesOfRun();
  const { folder, cookies, ids } = (await templates).members;
  const house = await emptyHouse({ copyOf: folder, ...parts });
  return Object.assign(house, { cookies, ids });
}

/** To be copied (`copyOf`): a founded house whose owner has arrived. Cookies hold wherever it is served without TLS. */
export async function ownersHouse(): Promise<{ folder: string; cookie: string; secret: Uint8Array }> {
  templates ??= templatesOfRun();
  const { secret, ...owner } = (await templates).owner;
  return { ...owner, secret: Buffer.from(secret, "hex") };
}

/** https://www.rfc-editor.org/rfc/rfc6238 */
export function codeAt(secret: Uint8Array, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** https://www.rfc-editor.org/rfc/rfc4648#section-6 */
export function fromBase32(text: string): Uint8Array {
  const bits = [...text.replace(/=+$/, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** What an answer says; of one that goes on for as long as somebody listens, nothing. */
export async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get("content-type")?.startsWith("text/event-stream") !== true) return answer.text();
  await answer.body?.cancel();
  return "";
}
