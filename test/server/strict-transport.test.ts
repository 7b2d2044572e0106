/** Who came over TLS once is told to come no other way, by both servers, whatever was asked; nobody is told so in the open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { BASE_URL, emptyHouse } from "./house.ts";

const HEADER = "strict-transport-security";

async function toldBy(workbench: string, sandboxOrigin: string): Promise<readonly (string | null)[]> {
  const sandbox = { origin: sandboxOrigin, rooms: openRooms() };
  await using house = await emptyHouse({ baseUrl: workbench, sandbox });
  const shown = createSandbox({ house: house.house, sandbox, workbench });
  const answers = [
    house.ask("/"),
    house.ask("/api/house"),
    house.ask("/api/none"),
    house.ask("/api/house", { method: "POST", json: {}, headers: { origin: "https://elsewhere.example" } }),
    shown.request(`${sandboxOrigin}/replay/sw.js`),
    shown.request(`${sandboxOrigin}/none`),
  ];
  return (await Promise.all(answers)).map(({ headers }) => headers.get(HEADER));
}

test("browsers are told to come over TLS only, where people come over TLS", async () => {
  const told = await toldBy("https://placard.example:7522", "https://placard-pages.example:7523");
  assert.deepEqual(new Set(told), new Set(["max-age=31536000"]));
});

test("nobody is told so in the open, nor under this machine's own names, which other programs answer to as well", async () => {
  const told = [
    ...(await toldBy(BASE_URL, "http://127.0.0.1:8001")),
    ...(await toldBy("https://localhost:8000", "https://127.0.0.1:8001")),
    ...(await toldBy("https://[::1]:8000", "https://placard.localhost:8001")),
  ];
  assert.deepEqual(new Set(told), new Set([null]));
});
