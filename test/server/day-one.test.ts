/** How a group begins: once, by whoever has the link that Placard printed, whole or not at all. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { foundRecord } from "../../src/app/found-record.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openHouse } from "../../src/server/house.ts";
import { arrive, emailOf, emptyHouse, found, good, PASSWORD, SETUP_TOKEN } from "./house.ts";

const PERSON = { name: "Ada Owner", email: emailOf("owner"), password: PASSWORD };
const SETUP = { "placard-setup": SETUP_TOKEN };

const begin = (house: Awaited<ReturnType<typeof emptyHouse>>, json: unknown, headers: Record<string, string> = SETUP) =>
  house.ask("/api/house", { method: "POST", headers, json });

async function temporary(): Promise<string & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "placard-day-one-"));
  return Object.assign(path, { [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) });
}

test("the first member founds the record and owns it", async () => {
  await using house = await emptyHouse();
  assert.deepEqual(await (await house.ask("/api/house")).json(), { founded: false });
  assert.equal((await found(house)).status, 201);
  assert.deepEqual(await (await house.ask("/api/house")).json(), { founded: true });
  const { cookie } = await arrive(house, emailOf("owner"));
  assert.deepEqual(await (await house.ask("/api/house", { cookie })).json(), {
    founded: true,
    name: "Northside Monitor",
  });
  const me = (await (await house.ask("/api/me", { cookie })).json()) as Record<string, unknown>;
  assert.equal(me["role"], "owner");
  assert.match(String(me["actor"]), /^actor-[0-9a-f]{16}$/);
});

test("what is private is the owner's alone to read", async () => {
  await using house = await emptyHouse();
  await found(house);
  for (const file of ["members.sqlite", "keys/accounts.secret"]) {
    assert.equal((await stat(join(house.folder, file))).mode & 0o777, 0o600, file);
  }
});

test("without the printed link, or with half an answer, nothing is made", async () => {
  await using house = await emptyHouse();
  for (const headers of [{}, { "placard-setup": "" }, { "placard-setup": `${SETUP_TOKEN}x` }]) {
    const refused = await begin(house, { group: "Northside", ...PERSON }, headers as Record<string, string>);
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /"code":"setup"/);
  }
  for (const wrong of [
    { password: "eleven char" },
    { email: "nobody" },
    { name: " " },
    { group: "two\nlines" },
    { group: "" },
  ]) {
    assert.equal((await begin(house, { group: "Northside", ...PERSON, ...wrong })).status, 400, JSON.stringify(wrong));
  }
  assert.deepEqual(existsSync(house.folder) ? await readdir(house.folder) : [], []);
  assert.equal((await found(house)).status, 201);
});

test("a server that printed no link is not founded by anyone", async () => {
  await using house = await emptyHouse({ setupToken: undefined } as never);
  assert.equal((await begin(house, { group: "Northside", ...PERSON })).status, 403);
});

test("it happens once, also when two ask at once", async () => {
  await using house = await emptyHouse();
  const answers = await Promise.all([found(house), found(house), found(house)]);
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409]);
  assert.equal((await found(house, "Another group")).status, 409);
  assert.equal(house.accounts.members.count, 1);
});

test("before it, nobody signs in and nothing is written", async () => {
  await using house = await emptyHouse();
  const json = { email: PERSON.email, password: PASSWORD };
  assert.equal((await house.ask("/api/auth/sign-in/email", { method: "POST", json })).status, 404);
  assert.equal((await house.ask("/api/invitation", { headers: { "placard-invitation": "abc" } })).status, 404);
  assert.equal((await house.ask("/api/members")).status, 401);
  assert.deepEqual(existsSync(house.folder) ? await readdir(house.folder) : [], []);
});

test("a founding that fails after the record was made goes on where it was, also after a restart", async () => {
  await using folder = await temporary();
  {
    await using house = await emptyHouse({ folder: `${folder}` });
    // The list of members cannot be opened: a folder lies where it should be.
    await mkdir(join(`${folder}`, "members.sqlite"));
    assert.ok((await found(house)).status >= 500);
    assert.deepEqual(await (await house.ask("/api/house")).json(), { founded: false });
    assert.deepEqual(await (await house.ask("/api/house", { headers: SETUP })).json(), {
      founded: false,
      name: "Northside Monitor",
    });
  }
  await rm(join(`${folder}`, "members.sqlite"), { recursive: true });
  await using house = await emptyHouse({ folder: `${folder}` });
  const answer = await good(await begin(house, PERSON));
  assert.deepEqual(await answer.json(), { founded: true, name: "Northside Monitor" });
});

test("a record made on the command line gets its first member the same way", async () => {
  await using folder = await temporary();
  await initRecord(`${folder}`, { name: "Made before" });
  await using house = await emptyHouse({ folder: `${folder}` });
  assert.deepEqual(await (await good(await begin(house, PERSON))).json(), { founded: true, name: "Made before" });
});

test("cut short at any step of making the record, it is made anew or finished", async () => {
  await using base = await temporary();
  const whole = join(`${base}`, "whole");
  await foundRecord(whole, "Whole");
  assert.ok(!existsSync(join(whole, ".founding")));
  const pieces = ["keys", "ledger", "vault", "commit.sqlite", "record.json"];
  for (let moved = 0; moved <= pieces.length; moved += 1) {
    const folder = join(`${base}`, `after-${moved}`);
    await cp(whole, join(folder, ".founding"), { recursive: true });
    for (const piece of pieces.slice(0, moved)) await rename(join(folder, ".founding", piece), join(folder, piece));
    await using house = await openHouse(folder);
    assert.equal(house.isFounded, true, `after ${moved}`);
    assert.equal(house.record().name, "Whole");
    assert.deepEqual(await house.record().list(), []);
    assert.ok(!existsSync(join(folder, ".founding")));
  }
  for (let made = 0; made < pieces.length; made += 1) {
    const folder = join(`${base}`, `made-${made}`);
    await mkdir(join(folder, ".founding"), { recursive: true });
    for (const piece of pieces.slice(0, made))
      await cp(join(whole, piece), join(folder, ".founding", piece), { recursive: true });
    await using house = await openHouse(folder);
    assert.equal(house.isFounded, false, `made ${made}`);
    await house.found("Anew");
    assert.equal(house.record().name, "Anew");
    assert.ok(!existsSync(join(folder, ".founding")));
  }
});
