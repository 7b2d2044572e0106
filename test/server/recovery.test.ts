/** The way back to an account: who may make one, what it does, and what there is to be done with one that is not yours. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { recoverHere } from "../../src/server/recover-here.ts";
import { type EmptyHouse, emailOf, enrol, foundedHouse, good, PASSWORD, passwordOnly } from "./house.ts";

const NEW_PASSWORD = "another four plain words";
const HOUR = 3_600_000;

const ask = (house: EmptyHouse, cookie: string, id: string): Promise<Response> =>
  house.ask(`/api/members/${id}/recovery`, { method: "POST", cookie });

async function tokenOf(answer: Response): Promise<string> {
  const { link } = (await (await good(answer)).json()) as { link: string };
  assert.match(link, /\/recover#[\w-]{43}$/);
  return new URL(link).hash.slice(1);
}

const use = (house: EmptyHouse, token: string, password = NEW_PASSWORD): Promise<Response> =>
  house.ask("/api/recovery", { method: "POST", headers: { "placard-recovery": token }, json: { password } });

const meOf = async (house: EmptyHouse, cookie: string) =>
  (await (await good(await house.ask("/api/me", { cookie }))).json()) as {
    recovery?: { madeBy: string | null; usedAt: string | null };
  };

test("used once, everything of before is gone: password, second factor, sessions; and the member is told", async () => {
  await using house = await foundedHouse();
  const { organiser, contributor } = house.cookies;
  const actor = house.accounts.members.list().find(({ role }) => role === "contributor")?.actor;
  const token = await tokenOf(await ask(house, organiser, house.ids.contributor));
  assert.equal((await meOf(house, contributor)).recovery?.usedAt, null, "told already that it was made");
  await good(await use(house, token));
  assert.equal((await house.ask("/api/me", { cookie: contributor })).status, 401, "signed out at once");
  assert.equal((await use(house, token)).status, 404, "once");
  const old = await house.ask("/api/auth/sign-in/email", {
    method: "POST",
    json: { email: emailOf("contributor"), password: PASSWORD },
  });
  assert.equal(old.status, 401);
  const alone = await passwordOnly(house, emailOf("contributor"), NEW_PASSWORD);
  assert.equal((await house.ask("/api/exhibits", { cookie: alone })).status, 403, "a second factor is still to come");
  const { cookie } = await enrol(house, alone, NEW_PASSWORD);
  const { recovery } = await meOf(house, cookie);
  assert.equal(recovery?.madeBy, "organiser of the tests");
  assert.notEqual(recovery?.usedAt, null);
  const log = await house.ask(`/api/members/${house.ids.contributor}/sign-ins`, { cookie: house.cookies.owner });
  const { signIns } = (await log.json()) as { signIns: readonly { method: string }[] };
  assert.deepEqual(
    signIns.map(({ method }) => method).filter((method) => method.startsWith("link")),
    ["link", "link-made"],
  );
  await good(await house.ask("/api/me/recovery", { method: "DELETE", cookie }));
  assert.equal((await meOf(house, cookie)).recovery, undefined);
  const now = house.accounts.members.list().find(({ role }) => role === "contributor");
  assert.equal(now?.actor, actor, "the same person, under the same pseudonym");
});

test("an organiser makes none for an owner, nobody for themselves, and whoever may not invite makes none", async () => {
  await using house = await foundedHouse();
  const { cookies, ids } = house;
  assert.equal((await ask(house, cookies.organiser, ids.owner)).status, 403);
  assert.equal((await ask(house, cookies.owner, ids.owner)).status, 403);
  assert.equal((await ask(house, cookies.organiser, ids.organiser)).status, 403);
  for (const role of ["reviewer", "contributor", "guest"] as const)
    assert.equal((await ask(house, cookies[role], ids.guest)).status, 403, role);
});

test("one ends after two hours, with a newer one, when the member says so, and with its maker's role; all in the same words", async () => {
  let now = Date.now();
  await using house = await foundedHouse({ clock: { now: () => now } });
  const { cookies, ids } = house;
  const make = (by: string, of: string) => ask(house, by, of).then(tokenOf);
  const first = await make(cookies.organiser, ids.guest);
  const second = await make(cookies.organiser, ids.guest);
  const late = await make(cookies.organiser, ids.reviewer);
  const withdrawn = await make(cookies.organiser, ids.contributor);
  await good(await house.ask("/api/me/recovery", { method: "DELETE", cookie: cookies.contributor }));
  const said = new Set<string>();
  const refused = async (token: string): Promise<void> => {
    const answer = await use(house, token);
    assert.equal(answer.status, 404);
    said.add(await answer.text());
  };
  for (const token of [first, withdrawn, "", "nothing", "A".repeat(43)]) await refused(token);
  now += 2 * HOUR + 1;
  await refused(late);
  now -= 2 * HOUR;
  await good(
    await house.ask(`/api/members/${ids.guest}`, { method: "PATCH", cookie: cookies.owner, json: { role: "owner" } }),
  );
  await refused(second);
  await good(
    await house.ask(`/api/members/${ids.organiser}`, {
      method: "PATCH",
      cookie: cookies.owner,
      json: { role: "contributor" },
    }),
  );
  await refused(late);
  assert.equal(said.size, 1, [...said].join("\n"));
});

test("a password that is too short uses nothing up; links are guessed slowly; only a hash is on disk", async () => {
  await using house = await foundedHouse();
  const token = await tokenOf(await ask(house, house.cookies.owner, house.ids.guest));
  assert.equal((await use(house, token, "short")).status, 400);
  const looked = await house.ask("/api/recovery", { headers: { "placard-recovery": token } });
  assert.equal(((await looked.json()) as { name: string }).name, "guest of the tests");
  const file = await readFile(join(house.folder, "members.sqlite"));
  assert.ok(!file.includes(token));
  const statuses: number[] = [];
  for (let n = 0; n < 32; n += 1) {
    const asked = { headers: { "placard-recovery": `guess ${n}` }, from: "192.0.2.9" };
    statuses.push((await house.ask("/api/recovery", asked)).status);
  }
  assert.deepEqual(statuses.slice(-2), [429, 429]);
  await good(await use(house, token));
});

test("what the maker of one was called goes with them; so does what they made and nobody used", async () => {
  await using house = await foundedHouse();
  const { cookies, ids } = house;
  const open = await ask(house, cookies.organiser, ids.guest).then(tokenOf);
  const used = await ask(house, cookies.organiser, ids.contributor).then(tokenOf);
  await good(await use(house, used));
  await good(await house.ask(`/api/members/${ids.organiser}`, { method: "DELETE", cookie: cookies.owner }));
  assert.equal((await use(house, open)).status, 404);
  const cookie = await passwordOnly(house, emailOf("contributor"), NEW_PASSWORD);
  const { cookie: arrived } = await enrol(house, cookie, NEW_PASSWORD);
  assert.equal((await meOf(house, arrived)).recovery?.madeBy, null);
});

test("the only owner finds back by a command on the machine, while the server runs", async () => {
  await using house = await foundedHouse();
  const url = "http://localhost:7522";
  const { link, name } = await recoverHere(house.folder, url, undefined);
  assert.equal(name, "Ada Owner");
  assert.ok(link.startsWith(`${url}/recover#`));
  await good(await use(house, new URL(link).hash.slice(1)));
  assert.equal((await house.ask("/api/me", { cookie: house.cookies.owner })).status, 401);
  const cookie = await passwordOnly(house, emailOf("owner"), NEW_PASSWORD);
  const { cookie: arrived } = await enrol(house, cookie, NEW_PASSWORD);
  assert.equal((await meOf(house, arrived)).recovery?.madeBy, null);
  await assert.rejects(recoverHere(house.folder, url, "nobody@example.org"), /no member/);
  await assert.rejects(recoverHere(join(house.folder, "elsewhere"), url, undefined), /no group/);
});
