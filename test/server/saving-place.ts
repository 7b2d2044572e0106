/** A server with a record of its own, and members told apart by a header: accounts are tested elsewhere. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "../../src/server/access.ts";
import { type App, createApp } from "../../src/server/app.ts";
import { type House, openHouse } from "../../src/server/house.ts";
import type { Accounts } from "../../src/server/parts.ts";

export interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly app: App;
  readonly house: House;
  /** Whoever signs out is nobody at the next question. */
  readonly signedOut: Set<string>;
  as(member: string): Asker;
}

export interface Asker {
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown): Promise<Response>;
  send(file: Blob | undefined, name: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
}

const ORIGIN = "http://localhost";

/** `member` is "role name". */
function accountsFor(signedOut: ReadonlySet<string>): Accounts {
  return {
    handle: async () => new Response(null, { status: 404 }),
    memberOf: async (headers) => {
      const who = headers.get("x-member");
      if (who === null || signedOut.has(who)) return undefined;
      const [role, name = ""] = who.split(" ");
      return { id: who, name, role: role as Role, actor: `actor-${name}`, arrived: true };
    },
  };
}

export async function openPlace(options: { readonly allowPrivate?: boolean; readonly folder?: string } = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "placard-saving-")));
  const house = await openHouse(join(folder, "record"));
  if (!house.isFounded) {
    await house.found("Hollow Lane Residents");
    await writeFile(join(folder, "record", "config.json"), JSON.stringify({ capture: { gapSeconds: 0, atOnce: 2 } }));
  }
  const signedOut = new Set<string>();
  const accounts = accountsFor(signedOut);
  const app = createApp({ house, accounts, screens: folder, allowPrivate: options.allowPrivate ?? true });
  return {
    folder,
    app,
    house,
    signedOut,
    as: (member: string) => asker(app, member),
    [Symbol.asyncDispose]: async () => {
      await house[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  } satisfies Place;
}

function asker(app: App, member: string): Asker {
  const headers = { "x-member": member, origin: ORIGIN };
  const request = async (path: string, init: RequestInit): Promise<Response> =>
    app.request(`${ORIGIN}${path}`, { ...init, headers: { ...headers, ...(init.headers as object) } });
  return {
    get: (path) => request(path, {}),
    post: (path, body) =>
      request(path, {
        method: "POST",
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      }),
    send: (file, name, fields = {}) => {
      const form = new FormData();
      if (file !== undefined) form.append("file", file, name);
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      return request("/api/imports", { method: "POST", body: form });
    },
  };
}
