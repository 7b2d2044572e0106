/** Members, roles, invitations, preferences, and how somebody is forgotten. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Role } from "../../src/server/access.ts";
import {
  arrive,
  type EmptyHouse,
  emailOf,
  emptyHouse,
  type FoundedHouse,
  foundedHouse,
  good,
  joinAs,
  PASSWORD,
  passwordOnly,
} from "./house.ts";

const DAY = 24 * 3_600_000;

const setRole = (house: FoundedHouse, by: Role, of: Role, role: Role): Promise<Response> =>
  house.ask(`/api/members/${house.ids[of]}`, { method: "PATCH", cookie: house.cookies[by], json: { role } });
const remove = (house: FoundedHouse, by: Role, of: Role): Promise<Response> =>
  house.ask(`/api/members/${house.ids[of]}`, { method: "DELETE", cookie: house.cookies[by] });

async function invite(
  house: EmptyHouse,
  cookie: string,
  role: Role,
): Promise<{ readonly id: string; readonly token: string }> {
  const invited = await good(await house.ask("/api/invitations", { method: "POST", cookie, json: { role } }));
  const { id, link } = (await invited.json()) as { id: string; link: string };
  assert.match(link, /^http:\/\/localhost:8000\/join#[\w-]{43}$/);
  return { id, token: new URL(link).hash.slice(1) };
}
const accept = (house: EmptyHouse, token: string, email: string): Promise<Response> =>
  house.ask("/api/invitation", {
    method: "POST",
    headers: { "placard-invitation": token },
    json: { name: "Somebody New", email, password: PASSWORD },
  });
const look = (house: EmptyHouse, token: string): Promise<Response> =>
  house.ask("/api/invitation", { headers: { "placard-invitation": token } });

test("the last owner stays one", async () => {
  await using house = await foundedHouse();
  const demoted = await setRole(house, "owner", "owner", "guest");
  assert.equal(demoted.status, 409);
  assert.match(await demoted.text(), /only owner/);
  assert.equal((await remove(house, "owner", "owner")).status, 409);
  await good(await setRole(house, "owner", "organiser", "owner"));
  await good(await setRole(house, "owner", "owner", "guest"));
  assert.equal((await setRole(house, "organiser", "organiser", "reviewer")).status, 409);
});

test("an organiser neither makes owners nor touches them", async () => {
  await using house = await foundedHouse();
  const { organiser } = house.cookies;
  assert.equal((await setRole(house, "organiser", "guest", "owner")).status, 403);
  assert.equal((await setRole(house, "organiser", "organiser", "owner")).status, 403);
  assert.equal((await setRole(house, "organiser", "owner", "guest")).status, 403);
  assert.equal((await remove(house, "organiser", "owner")).status, 403);
  const inviting = { method: "POST", cookie: organiser, json: { role: "owner" } };
  assert.equal((await house.ask("/api/invitations", inviting)).status, 403);
  const owners = await invite(house, house.cookies.owner, "owner");
  assert.equal((await house.ask(`/api/invitations/${owners.id}`, { method: "DELETE", cookie: organiser })).status, 403);
  await good(await setRole(house, "organiser", "guest", "reviewer"));
  await good(await remove(house, "organiser", "guest"));
});

test("addresses are told to those who invite, and to oneself", async () => {
  await using house = await foundedHouse();
  const seen = async (role: Role): Promise<readonly unknown[]> => {
    const answer = await good(await house.ask("/api/members", { cookie: house.cookies[role] }));
    const { members } = (await answer.json()) as { members: Record<string, unknown>[] };
    assert.equal(members.length, 5);
    return members.map(({ email }) => email).filter((email) => email !== undefined);
  };
  assert.equal((await seen("owner")).length, 5);
  assert.equal((await seen("organiser")).length, 5);
  assert.deepEqual(await seen("reviewer"), [emailOf("reviewer")]);
});

test("an invitation is good for one person", async () => {
  await using house = await foundedHouse();
  const { token } = await invite(house, house.cookies.organiser, "reviewer");
  const told = (await (await good(await look(house, token))).json()) as Record<string, unknown>;
  assert.equal(told["group"], "Northside Monitor");
  assert.equal(told["role"], "reviewer");
  const answers = await Promise.all(["a", "b", "c"].map((name) => accept(house, token, emailOf(name))));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 404, 404]);
  assert.equal(house.accounts.members.count, 6);
  const newest = house.accounts.members.list().at(-1);
  assert.equal(newest?.role, "reviewer");
});

test("an invitation ends after a week, when it is withdrawn, and with whoever invited; all in the same words", async () => {
  let now = Date.now();
  const template = await foundedHouse();
  await using house = await emptyHouse({ copyOf: template.folder, clock: { now: () => now } });
  await using _ = template;
  const { owner, organiser } = template.cookies;
  const late = await invite(house, owner, "guest");
  const withdrawn = await invite(house, owner, "guest");
  const orphaned = await invite(house, organiser, "guest");
  await good(await house.ask(`/api/invitations/${withdrawn.id}`, { method: "DELETE", cookie: owner }));
  await good(await house.ask(`/api/members/${template.ids.organiser}`, { method: "DELETE", cookie: owner }));
  now += 7 * DAY - 1000;
  assert.equal((await look(house, late.token)).status, 200);
  now += 2000;
  const never = "x".repeat(43);
  const words = new Set<string>();
  for (const token of [late.token, withdrawn.token, orphaned.token, never]) {
    for (const answer of [await look(house, token), await accept(house, token, emailOf("late"))]) {
      assert.equal(answer.status, 404);
      words.add(await answer.text());
    }
  }
  assert.equal(words.size, 1);
  assert.equal(house.accounts.members.count, 4);
});

test("invitations of somebody whose role sinks are good for nothing any more, and stay so", async () => {
  await using house = await foundedHouse();
  await good(await setRole(house, "owner", "organiser", "owner"));
  const seconds = await invite(house, house.cookies.organiser, "owner");
  await good(await setRole(house, "owner", "organiser", "guest"));
  assert.equal((await accept(house, seconds.token, emailOf("late"))).status, 404);
  await good(await setRole(house, "owner", "organiser", "owner"));
  assert.equal((await accept(house, seconds.token, emailOf("late"))).status, 404);
  const kept = await invite(house, house.cookies.owner, "guest");
  assert.equal((await accept(house, kept.token, emailOf("kept"))).status, 204);
});

test("an invitation that was left in the list is looked at again: whether its inviter may still invite so", async () => {
  await using house = await foundedHouse();
  const { token } = await invite(house, house.cookies.organiser, "reviewer");
  const raw = new DatabaseSync(join(house.folder, "members.sqlite"));
  const become = (role: Role) =>
    raw.prepare('UPDATE "user" SET "role" = ? WHERE "id" = ?').run(role, house.ids.organiser);
  become("contributor");
  assert.equal((await accept(house, token, emailOf("late"))).status, 404);
  become("organiser");
  raw.exec("UPDATE invitations SET role = 'owner'");
  raw.close();
  assert.equal((await accept(house, token, emailOf("late"))).status, 404);
});

test("at most fifty invitations are open at a time", async () => {
  await using house = await foundedHouse();
  const asking = { method: "POST", cookie: house.cookies.organiser, json: { role: "guest" } };
  for (let n = 0; n < 50; n += 1) await good(await house.ask("/api/invitations", asking));
  const refused = await house.ask("/api/invitations", asking);
  assert.equal(refused.status, 409);
  assert.match(await refused.text(), /50 invitations are open/);
});

test("an invitation that somebody fills in wrongly stays open", async () => {
  await using house = await foundedHouse();
  const { token } = await invite(house, house.cookies.owner, "guest");
  const taken = await accept(house, token, emailOf("Owner").toUpperCase());
  assert.equal(taken.status, 409);
  assert.doesNotMatch(await taken.text(), /owner|exists|taken/i);
  assert.equal(house.accounts.members.count, 5);
  assert.equal((await accept(house, token, "Mixed.Case@Example.org")).status, 204);
  await passwordOnly(house, "mixed.case@example.org");
});

test("only the hash of an invitation is on disk", async () => {
  await using house = await foundedHouse();
  const { token, id } = await invite(house, house.cookies.owner, "guest");
  const bytes = await readFile(join(house.folder, "members.sqlite"));
  assert.ok(bytes.includes(id));
  assert.ok(!bytes.includes(token));
});

test("whoever is removed is signed out at once, and nothing leads from them to their pseudonym", async () => {
  await using house = await foundedHouse();
  await joinAs(house, house.cookies.owner, "contributor", "forgotten.person@example.org");
  const { cookie } = await arrive(house, "forgotten.person@example.org");
  const me = (await (await house.ask("/api/me", { cookie })).json()) as { id: string; actor: string };
  await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { theme: "dark" } });
  const wrong = { email: "forgotten.person@example.org", password: "not the password at all" };
  await house.ask("/api/auth/sign-in/email", { method: "POST", json: wrong });
  // Half-way through a second passkey, and asked for a code elsewhere.
  await good(await house.ask("/api/auth/passkey/generate-register-options", { cookie }));
  await passwordOnly(house, "forgotten.person@example.org");
  const traces = ["forgotten.person", me.id, me.actor];
  const onDisk = async (): Promise<readonly string[]> => {
    const files = (await readdir(house.folder)).filter((name) => name.startsWith("members.sqlite"));
    const bytes = await Promise.all(files.map((name) => readFile(join(house.folder, name))));
    return traces.filter((trace) => bytes.some((each) => each.includes(trace)));
  };
  assert.deepEqual(await onDisk(), traces);
  await good(await house.ask(`/api/members/${me.id}`, { method: "DELETE", cookie: house.cookies.owner }));
  assert.equal((await house.ask("/api/me", { cookie })).status, 401);
  assert.deepEqual(await onDisk(), []);
  const signIn = { email: "forgotten.person@example.org", password: PASSWORD };
  assert.equal((await house.ask("/api/auth/sign-in/email", { method: "POST", json: signIn })).status, 401);
});

test("actors are unlike one another, and outlive neither name nor address", async () => {
  await using house = await foundedHouse();
  const members = house.accounts.members.list();
  assert.equal(new Set(members.map(({ actor }) => actor)).size, members.length);
  for (const { actor } of members) assert.match(actor, /^actor-[0-9a-f]{16}$/);
});

test("until chosen otherwise nothing shows itself unasked; what is chosen is remembered, for oneself", async () => {
  await using house = await foundedHouse();
  const { guest, reviewer } = house.cookies;
  const of = async (cookie: string): Promise<unknown> =>
    (await good(await house.ask("/api/me/preferences", { cookie }))).json();
  const first = {
    blur: true,
    grey: true,
    mute: true,
    theme: "system",
    language: "en",
    motion: "system",
    breakAfter: 20,
  };
  assert.deepEqual(await of(guest), first);
  const choose = (json: unknown) => house.ask("/api/me/preferences", { method: "PATCH", cookie: guest, json });
  await good(await choose({ grey: false, language: "he" }));
  await good(await choose({ theme: "contrast" }));
  assert.deepEqual(await of(guest), { ...first, grey: false, language: "he", theme: "contrast" });
  assert.deepEqual(await of(reviewer), first);
  for (const wrong of [
    { blur: "no" },
    { theme: "pink" },
    { breakAfter: -1 },
    { breakAfter: 1.5 },
    { role: "owner" },
    [],
  ])
    assert.equal((await choose(wrong)).status, 400, JSON.stringify(wrong));
});
