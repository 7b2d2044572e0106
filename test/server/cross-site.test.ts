/** What another site has an owner's browser send: every route that changes something refuses it, and nothing is done. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ACCESS, type Line } from "../../src/server/access.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { askings, askLine } from "./every-route.ts";
import { BASE_URL, type EmptyHouse, foundedHouse } from "./house.ts";
import { knownIn } from "./known-house.ts";

const sandbox = { origin: "http://127.0.0.1:8001", rooms: openRooms() };

/** What browsers say of where a request comes from. A form needs no leave to be sent to anybody, whatever it says or leaves out. */
const ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
  { origin: "https://elsewhere.example" },
  { origin: "null" },
  { origin: sandbox.origin },
  { origin: "http://localhost:8080" },
  { origin: "https://localhost:8000" },
  { origin: `${BASE_URL}.elsewhere.example` },
  { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site", "content-type": "text/plain" },
  { origin: BASE_URL, "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "multipart/form-data; boundary=x" },
];

/** As the house is asked, but with these headers and no others that a browser adds. */
const sendingOnly = (house: EmptyHouse, headers: Readonly<Record<string, string>>): EmptyHouse => {
  const request: EmptyHouse["app"]["request"] = (input, init, env) => {
    const sent = new Headers(init?.headers);
    sent.delete("origin");
    for (const [name, value] of Object.entries(headers)) sent.set(name, value);
    return house.app.request(input, { ...init, headers: sent }, env);
  };
  const ask: EmptyHouse["ask"] = async (path, { method = "GET", cookie, json, headers: own = {} } = {}) =>
    request(
      `${BASE_URL}${path}`,
      {
        method,
        headers: { "content-type": "application/json", ...own, ...(cookie === undefined ? {} : { cookie }) },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      },
      { incoming: { socket: { remoteAddress: "10.0.0.9" } } },
    );
  return {
    ...house,
    ask,
    app: new Proxy(house.app, { get: (app, key) => (key === "request" ? request : Reflect.get(app, key)) }),
  };
};

/** Every byte that the house keeps. */
async function keptIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // SQLite's own shared memory: who reads notes it there.
    if (entry.isFile() && !entry.name.endsWith("-shm")) kept.set(path, await readFile(path, "latin1"));
  }
  return kept;
}

test("whatever another site has an owner's browser send is refused on every route, and nothing is done", async () => {
  await using house = await foundedHouse({ sandbox });
  const all = askings(await knownIn(house));
  const lines = (Object.keys(ACCESS) as Line[]).filter((line) => !line.startsWith("GET "));
  assert.ok(lines.length > 50);
  const before = await keptIn(house.folder);
  const wrong: string[] = [];
  for (const headers of ELSEWHERE) {
    const from = sendingOnly(house, headers);
    for (const line of lines) {
      const { works: _, ...asking } = all[line];
      const answer = await askLine(from, { ...asking, as: "owner" }, line, house.cookies);
      const text = await answer.text();
      const isRefused = answer.status === 403 && (text.includes('"code":"elsewhere"') || text === "Forbidden");
      if (!isRefused || answer.headers.getSetCookie().length > 0)
        wrong.push(`${line} ${JSON.stringify(headers)}: ${answer.status} ${text.slice(0, 120)}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(await keptIn(house.folder), before);
  // Else it would be something else that was refused, or compared.
  const own = await askLine(house, all["PATCH /api/me/preferences"], "PATCH /api/me/preferences", house.cookies);
  assert.equal(own.status, 200);
  assert.notDeepEqual(await keptIn(house.folder), before);
});
