/** A back-up put back on day one, by whoever has the printed link: whole or not at all, and only where there is nothing yet. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { initRecord } from "../../src/app/init-record.ts";
import { backUp as makeBackUp } from "../../src/app/keeping/back-up.ts";
import { openContext } from "../../src/app/open-record.ts";
import { arrive, type EmptyHouse, emailOf, emptyHouse, found, foundedHouse, good, SETUP_TOKEN } from "./house.ts";

const PASSPHRASE = "lantern-ladder-lattice-lemon";
const SETUP = { "placard-setup": SETUP_TOKEN };
let folder: string;
let backUp: Uint8Array<ArrayBuffer>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-restoring-"));
  await using house = await foundedHouse();
  backUp = await backUpOf(house.folder);
});
after(() => rm(folder, { recursive: true }));

/** Of a record, under a passphrase that takes no second to try; `keeping.test.ts` makes one as the server does. */
async function backUpOf(record: string): Promise<Uint8Array<ArrayBuffer>> {
  await using opened = await openContext(record);
  const file = join(folder, `${basename(record)}.age`);
  await makeBackUp(opened.context, file, PASSPHRASE, { work: 4 });
  return Uint8Array.from(await readFile(file));
}

interface Sent {
  readonly passphrase?: string | undefined;
  readonly file?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As a browser sends it. */
async function restore(house: EmptyHouse, { passphrase, file = backUp, headers = SETUP }: Sent): Promise<Response> {
  const form = new FormData();
  if (passphrase !== undefined) form.append("passphrase", passphrase);
  form.append("file", new Blob([file]), "placard.age");
  const sent = new Request("http://localhost:8000/api/house/restore", { method: "POST", body: form });
  const body = new Uint8Array(await sent.arrayBuffer());
  const contentType = sent.headers.get("content-type") ?? "";
  return house.app.request(
    sent.url,
    { method: "POST", body, headers: { origin: "http://localhost:8000", "content-type": contentType, ...headers } },
    { incoming: { socket: { remoteAddress: "10.0.0.9" } } },
  );
}

function tryIt(house: EmptyHouse, passphrase: string, beginning: Uint8Array = backUp.subarray(0, 2048)) {
  const json = { passphrase, beginning: Buffer.from(beginning).toString("base64") };
  return house.ask("/api/house/restore/try", { method: "POST", headers: SETUP, json });
}

const left = async (house: EmptyHouse): Promise<readonly string[]> =>
  existsSync(house.folder) ? readdir(house.folder) : [];

test("what was backed up is back: its members sign in, its record holds, and no link begins it anew", async () => {
  await using house = await emptyHouse();
  assert.equal((await tryIt(house, PASSPHRASE)).status, 204);
  const answer = await good(await restore(house, { passphrase: PASSPHRASE }));
  const told = (await answer.json()) as Record<string, unknown>;
  assert.deepEqual([told["name"], told["holds"], told["hasMembers"]], ["Northside Monitor", true, true]);
  assert.match(String(told["madeAt"]), /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(await (await house.ask("/api/house")).json(), { founded: true });
  assert.equal((await found(house, "Another group")).status, 409);
  assert.equal((await restore(house, { passphrase: PASSPHRASE })).status, 409);
  assert.equal(house.house.record().name, "Northside Monitor");
  assert.equal(house.accounts.members.count, 5);
});

test("the passphrase is tried before the whole is sent, and one that is wrong puts nothing back", async () => {
  await using house = await emptyHouse();
  const wrong = await tryIt(house, "lantern-ladder-lattice-lemons");
  assert.equal(wrong.status, 409);
  assert.match(await wrong.text(), /"mismatch"/);
  assert.match(await (await tryIt(house, PASSPHRASE, new Uint8Array(40))).text(), /"malformed"/);
  for (const sent of [
    { passphrase: "lantern-ladder-lattice-lemons" },
    { passphrase: PASSPHRASE, file: backUp.slice(0, -20) },
    { passphrase: PASSPHRASE, file: Uint8Array.from(backUp, (byte, at) => (at === 70_000 ? byte ^ 1 : byte)) },
    { passphrase: undefined },
  ]) {
    const refused = await restore(house, sent);
    assert.ok([400, 409].includes(refused.status), `${refused.status}`);
    assert.match(await refused.text(), /"message":"[^"]{10,}/);
    assert.deepEqual(await left(house), []);
  }
  assert.equal((await restore(house, { passphrase: PASSPHRASE })).status, 201, "and then it still can be");
});

test("without the printed link nothing is tried, told or put back; from another site neither", async () => {
  await using house = await emptyHouse();
  for (const headers of [{}, { "placard-setup": "another" }]) {
    assert.equal((await restore(house, { passphrase: PASSPHRASE, headers: headers as never })).status, 403);
    assert.equal((await house.ask("/api/house/restore", { headers: headers as never })).status, 403);
  }
  const elsewhere = { ...SETUP, origin: "https://elsewhere.example" };
  assert.equal((await restore(house, { passphrase: PASSPHRASE, headers: elsewhere })).status, 403);
  assert.deepEqual(await left(house), []);
  assert.deepEqual(await (await house.ask("/api/house/restore", { headers: SETUP })).json(), {
    step: "none",
    done: 0,
    total: 0,
  });
});

test("over a record that is there already nothing is put back, and it stays as it was", async () => {
  const there = join(folder, "there");
  await initRecord(there, { name: "Made before" });
  await using house = await emptyHouse({ folder: there });
  const refused = await restore(house, { passphrase: PASSPHRASE });
  assert.equal(refused.status, 409);
  assert.match(await refused.text(), /another folder/);
  assert.equal(house.house.record().name, "Made before");
});

test("a back-up without members gets its first one afterwards", async () => {
  const plain = join(folder, "plain");
  await initRecord(plain, { name: "Without members" });
  await using house = await emptyHouse();
  const file = await backUpOf(plain);
  const told = await (await good(await restore(house, { passphrase: PASSPHRASE, file }))).json();
  assert.equal((told as { hasMembers: boolean }).hasMembers, false);
  await good(await found(house, ""));
  await arrive(house, emailOf("owner"));
  assert.equal(house.house.record().name, "Without members");
});
