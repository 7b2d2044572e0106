/** Signing in: who has arrived, who has not, and what is told of it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newPasskey, type Passkey } from "./authenticator.ts";
import {
  arrive,
  BASE_URL,
  codeAt,
  cookiesOf,
  type EmptyHouse,
  type Enrolled,
  emailOf,
  emptyHouse,
  enrol,
  type FoundedHouse,
  foundedHouse,
  good,
  type HouseOptions,
  joinAs,
  PASSWORD,
  passwordOnly,
} from "./house.ts";

const post = (house: EmptyHouse, path: string, cookie: string | undefined, json: unknown): Promise<Response> =>
  house.ask(`/api/auth${path}`, { method: "POST", cookie, json });

const meOf = async (house: EmptyHouse, cookie: string): Promise<Record<string, unknown> | number> => {
  const answer = await house.ask("/api/me", { cookie });
  return answer.ok ? ((await answer.json()) as Record<string, unknown>) : answer.status;
};
const arrivedOf = async (house: EmptyHouse, cookie: string): Promise<unknown> => {
  const me = await meOf(house, cookie);
  return typeof me === "number" ? me : me["arrived"];
};

async function register(house: EmptyHouse, cookie: string, passkey: Passkey): Promise<Response> {
  const asked = await house.ask("/api/auth/passkey/generate-register-options", { cookie });
  if (!asked.ok) return asked;
  const { challenge } = (await asked.json()) as { challenge: string };
  return post(house, "/passkey/verify-registration", cookiesOf(asked, cookie), passkey.register(challenge));
}

async function signInBy(house: EmptyHouse, passkey: Passkey, cookie = ""): Promise<Response> {
  const asked = await good(await house.ask("/api/auth/passkey/generate-authenticate-options", { cookie }));
  const { challenge } = (await asked.json()) as { challenge: string };
  return post(house, "/passkey/verify-authentication", cookiesOf(asked, cookie), passkey.answer(challenge));
}

/** Has joined, and has still to arrive. */
const NEW = emailOf("new");
/** Has arrived by an app, with a password. */
const CODED = emailOf("coded");
let joined: FoundedHouse;
let coded: Enrolled;
// Passwords are slow to check on purpose: these two are made once, and each test has a copy of its own.
before(async () => {
  joined = await foundedHouse();
  for (const email of [NEW, CODED]) await joinAs(joined, joined.cookies.owner, "contributor", email);
  coded = await arrive(joined, CODED);
});
after(() => joined[Symbol.asyncDispose]());
const houseOfTwo = (parts: HouseOptions = {}): Promise<FoundedHouse> =>
  foundedHouse({ copyOf: joined.folder, ...parts });

test("a password alone has not arrived, and reaches nothing but the setting up of a second factor", async () => {
  await using house = await houseOfTwo();
  const before = await passwordOnly(house, NEW);
  assert.equal(await arrivedOf(house, before), false);
  const refused = await house.ask("/api/exhibits", { cookie: before });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /second_factor/);
  const { cookie } = await enrol(house, before);
  assert.equal(await arrivedOf(house, cookie), true);
  assert.equal((await house.ask("/api/exhibits", { cookie })).status, 200);
  assert.notEqual(cookie, before);
  assert.equal(await meOf(house, before), 401, "the session from before is over");
});

test("with codes set up, the password asks for one, and gives no session before", async () => {
  await using house = await houseOfTwo();
  const { secret, recoveryCodes } = coded;
  const asked = await passwordOnly(house, CODED);
  assert.equal(await meOf(house, asked), 401);
  assert.equal((await post(house, "/two-factor/verify-totp", asked, { code: "000000" })).status, 401);
  assert.equal((await post(house, "/two-factor/verify-totp", undefined, { code: codeAt(secret) })).status, 401);
  const verified = await good(await post(house, "/two-factor/verify-totp", asked, { code: codeAt(secret) }));
  assert.equal(await arrivedOf(house, cookiesOf(verified, asked)), true);
  const [code = ""] = recoveryCodes;
  const again = await passwordOnly(house, CODED);
  const recovered = await good(await post(house, "/two-factor/verify-backup-code", again, { code }));
  assert.equal(await arrivedOf(house, cookiesOf(recovered, again)), true);
  const third = await passwordOnly(house, CODED);
  assert.equal((await post(house, "/two-factor/verify-backup-code", third, { code })).status, 401, "once only");
});

test("a code that was seen over a shoulder is good for nothing", async () => {
  await using house = await houseOfTwo();
  const code = codeAt(coded.secret);
  const asked = await passwordOnly(house, CODED);
  await good(await post(house, "/two-factor/verify-totp", asked, { code }));
  const thief = await passwordOnly(house, CODED);
  for (const again of [code, ` ${code} `])
    assert.equal((await post(house, "/two-factor/verify-totp", thief, { code: again })).status, 401);
  assert.equal(await meOf(house, thief), 401);
  const next = codeAt(coded.secret, Date.now() + 30_000);
  await good(await post(house, "/two-factor/verify-totp", thief, { code: next }));
});

test("no device is trusted so that a password would do", async () => {
  await using house = await houseOfTwo();
  const asked = await passwordOnly(house, CODED);
  const verified = await good(
    await post(house, "/two-factor/verify-totp", asked, { code: codeAt(coded.secret), trustDevice: true }),
  );
  const kept = cookiesOf(verified, asked);
  assert.doesNotMatch(kept, /trust/);
  const json = { email: CODED, password: PASSWORD };
  const next = await good(await post(house, "/sign-in/email", kept, json));
  assert.equal(await meOf(house, cookiesOf(next, kept)), 401);
});

test("whoever arrives ends the sessions of theirs that never did", async () => {
  await using house = await houseOfTwo();
  const thief = await passwordOnly(house, NEW);
  await post(house, "/two-factor/enable", thief, { password: PASSWORD });
  await arrive(house, NEW);
  assert.equal(await meOf(house, thief), 401);
});

test("a passkey arrives at once; with one, the password cannot set up another factor", async () => {
  await using house = await houseOfTwo();
  const passkey = newPasskey(BASE_URL);
  const before = await passwordOnly(house, NEW);
  const registered = await good(await register(house, before, passkey));
  assert.equal(await arrivedOf(house, cookiesOf(registered, before)), true);
  assert.equal(await meOf(house, before), 401);

  const signedIn = await good(await signInBy(house, passkey));
  assert.equal(await arrivedOf(house, cookiesOf(signedIn)), true);

  const thief = await passwordOnly(house, NEW);
  assert.equal(await arrivedOf(house, thief), false);
  for (const attempt of [
    () => post(house, "/two-factor/enable", thief, { password: PASSWORD }),
    () => register(house, thief, newPasskey(BASE_URL)),
    () => post(house, "/two-factor/verify-totp", thief, { code: "123456" }),
    () => post(house, "/two-factor/verify-backup-code", thief, { code: "123456" }),
  ]) {
    const answer = await attempt();
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /second factor already/);
  }
  const arrived = await good(await signInBy(house, passkey, thief));
  assert.equal(await arrivedOf(house, cookiesOf(arrived, thief)), true);
});

test("a passkey that does not ask who holds it is no second factor", async () => {
  await using house = await houseOfTwo();
  const before = await passwordOnly(house, NEW);
  const refused = await register(house, before, newPasskey(BASE_URL, false));
  assert.equal(refused.status, 401);
  assert.match(await refused.text(), /PIN/);
  assert.equal(await arrivedOf(house, before), false);
});

test("a passkey made for another site is refused", async () => {
  await using house = await houseOfTwo();
  const before = await passwordOnly(house, NEW);
  assert.ok((await register(house, before, newPasskey("http://elsewhere.example"))).status >= 400);
  assert.equal(await arrivedOf(house, before), false);
});

test("without the second factor that was taken away, nobody has arrived", async () => {
  await using house = await houseOfTwo();
  const { owner } = house.cookies;
  assert.ok((await post(house, "/two-factor/disable", owner, { password: "another password" })).status >= 400);
  const disabled = await good(await post(house, "/two-factor/disable", owner, { password: PASSWORD }));
  const cookie = cookiesOf(disabled, owner);
  assert.equal(await arrivedOf(house, cookie), false);
  assert.equal(await meOf(house, owner), 401);
  assert.equal(await arrivedOf(house, (await enrol(house, cookie)).cookie), true);
});

test("a new password ends the other sessions, and whoever gave it stays", async () => {
  await using house = await houseOfTwo();
  const { secret, cookie } = coded;
  const asked = await passwordOnly(house, CODED);
  const other = cookiesOf(
    await good(await post(house, "/two-factor/verify-totp", asked, { code: codeAt(secret) })),
    asked,
  );
  const change = { currentPassword: PASSWORD, newPassword: "another long password", revokeOtherSessions: false };
  assert.equal((await post(house, "/change-password", cookie, { ...change, newPassword: "too short" })).status, 400);
  const changed = await good(await post(house, "/change-password", cookie, change));
  assert.equal(await arrivedOf(house, cookiesOf(changed, cookie)), true);
  assert.equal(await meOf(house, other), 401);
  assert.equal((await post(house, "/sign-in/email", undefined, { email: CODED, password: PASSWORD })).status, 401);
});

test("signing in gives a new token, whatever was there before", async () => {
  await using house = await houseOfTwo();
  const planted = "placard.session_token=planted.value";
  const json = { email: NEW, password: PASSWORD };
  const signedIn = cookiesOf(await good(await post(house, "/sign-in/email", planted, json)), planted);
  assert.doesNotMatch(signedIn, /planted/);
  const again = cookiesOf(await good(await post(house, "/sign-in/email", signedIn, json)), signedIn);
  assert.notEqual(again, signedIn);
  assert.equal(await meOf(house, planted), 401);
});

test("signing out ends the session, not only the cookie", async () => {
  await using house = await houseOfTwo();
  await good(await post(house, "/sign-out", house.cookies.guest, {}));
  assert.equal(await meOf(house, house.cookies.guest), 401);
});

test("cookies are for us alone, and for TLS where there is some", async () => {
  for (const baseUrl of [BASE_URL, "https://placard.example"]) {
    await using house = await houseOfTwo({ baseUrl });
    const json = { email: NEW, password: PASSWORD };
    const lines = (await good(await post(house, "/sign-in/email", undefined, json))).headers.getSetCookie();
    assert.ok(lines.length > 0);
    for (const line of lines) {
      assert.match(line, /; HttpOnly/i);
      assert.match(line, /; SameSite=(?:Lax|Strict)/i);
      assert.equal(/; Secure/i.test(line), baseUrl.startsWith("https:"), line);
      assert.doesNotMatch(line, /; Domain=/i);
      assert.match(line, /; Path=\/(?:;|$)/i);
      assert.equal(line.startsWith("__Host-placard."), baseUrl.startsWith("https:"), line);
    }
  }
});

test("over TLS too, one arrives by a second factor and stays", async () => {
  await using house = await houseOfTwo({ baseUrl: "https://placard.example" });
  const { cookie, secret } = await arrive(house, NEW);
  assert.equal(await arrivedOf(house, cookie), true);
  const asked = await passwordOnly(house, NEW);
  const verified = await good(await post(house, "/two-factor/verify-totp", asked, { code: codeAt(secret) }));
  assert.equal(await arrivedOf(house, cookiesOf(verified, asked)), true);
});

test("no token stands in an answer that scripts can read", async () => {
  await using house = await houseOfTwo();
  const answer = await good(await post(house, "/sign-in/email", undefined, { email: NEW, password: PASSWORD }));
  const [, token = ""] = /session_token=([^.;]+)/.exec(answer.headers.getSetCookie().join()) ?? [];
  assert.ok(token.length >= 32);
  assert.ok(!(await answer.text()).includes(decodeURIComponent(token)));
  const registered = await register(house, cookiesOf(answer), newPasskey(BASE_URL));
  assert.doesNotMatch(await (await good(registered)).text(), /token/i);
});

test("sessions and devices are listed, and each can be ended at once, one's own only", async () => {
  await using house = await houseOfTwo();
  const { secret, cookie } = coded;
  const asked = await passwordOnly(house, CODED);
  const phone = await house.ask("/api/auth/two-factor/verify-totp", {
    method: "POST",
    cookie: asked,
    headers: { "user-agent": "Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0" },
    json: { code: codeAt(secret) },
  });
  const other = cookiesOf(await good(phone), asked);
  const list = async (): Promise<readonly Record<string, unknown>[]> =>
    (
      (await (await good(await house.ask("/api/me/sessions", { cookie }))).json()) as {
        sessions: Record<string, unknown>[];
      }
    ).sessions;
  const sessions = await list();
  assert.equal(sessions.length, 2);
  assert.deepEqual(sessions.map(({ device, current }) => [device, current]).toSorted(), [
    ["A browser", true],
    ["Firefox on Android", false],
  ]);
  const id = sessions.find(({ current }) => current === false)?.["id"];
  const end = (by: string) => house.ask(`/api/me/sessions/${String(id)}`, { method: "DELETE", cookie: by });
  assert.equal((await end(house.cookies.owner)).status, 404, "not somebody else's");
  assert.equal(await arrivedOf(house, other), true);
  assert.equal((await end(cookie)).status, 204);
  assert.equal(await meOf(house, other), 401);
  assert.equal((await list()).length, 1);
});

test("who signed in is told to themselves and to owners", async () => {
  await using house = await houseOfTwo();
  const agent = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
  const wrong = { email: NEW, password: "not the password at all" };
  await house.ask("/api/auth/sign-in/email", { method: "POST", headers: agent, json: wrong });
  const { cookie } = await arrive(house, NEW);
  const asked = await passwordOnly(house, NEW);
  await post(house, "/two-factor/verify-totp", asked, { code: "000000" });
  const id = house.accounts.members.list().find((each) => each.email === NEW)?.id;
  const path = `/api/members/${id}/sign-ins`;
  const told = (await (await good(await house.ask(path, { cookie }))).json()) as { signIns: Record<string, unknown>[] };
  assert.deepEqual(
    told.signIns.map(({ method, device, succeeded }) => [method, device, succeeded]),
    [
      ["code", "A browser", false],
      ["code", "A browser", true],
      ["password", "A browser", true],
      ["password", "Firefox on Linux", false],
    ],
  );
  assert.equal((await house.ask(path, { cookie: house.cookies.owner })).status, 200);
  assert.equal((await house.ask(path, { cookie: house.cookies.organiser })).status, 403);
});

test("who is signed in stays so over a restart", async () => {
  await using house = await houseOfTwo();
  await using again = await emptyHouse({ copyOf: house.folder });
  assert.equal(await arrivedOf(again, house.cookies.reviewer), true);
});

test("another spelling of a path is the same path: it neither opens what is closed nor is counted apart", async () => {
  await using house = await houseOfTwo();
  const before = await passwordOnly(house, NEW);
  await good(await register(house, before, newPasskey(BASE_URL)));
  const thief = await passwordOnly(house, NEW);
  for (const path of ["/two-factor/%65nable", "/two%2Dfactor/enable", "/two-factor/enabl%65?a=b"]) {
    const answer = await post(house, path, thief, { password: PASSWORD });
    assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`);
  }
  const statuses: number[] = [];
  for (const path of ["sign-in/email", "%73ign-in/email", "sign-in/%65mail", "sign-in/e%6Dail", "sign-in/emai%6c"]) {
    const json = { email: "nobody@example.org", password: "not the password at all" };
    statuses.push((await house.ask(`/api/auth/${path}`, { method: "POST", json, from: "192.0.2.1" })).status);
  }
  assert.ok(statuses.filter((status) => status === 401).length <= 3, String(statuses));
});

test("the only second factor is not taken away; where a passkey is left, taking the app away leaves one signed in", async () => {
  await using house = await houseOfTwo();
  const before = await passwordOnly(house, NEW);
  const registered = await good(await register(house, before, newPasskey(BASE_URL)));
  let cookie = cookiesOf(registered, before);
  const listed = await good(await house.ask("/api/auth/passkey/list-user-passkeys", { cookie }));
  const [{ id } = { id: "" }] = (await listed.json()) as readonly { id: string }[];
  const only = await post(house, "/passkey/delete-passkey", cookie, { id });
  assert.equal(only.status, 409);
  assert.match(await only.text(), /Add another passkey or an app first/);
  ({ cookie } = await enrol(house, cookie));
  cookie = cookiesOf(await good(await post(house, "/two-factor/disable", cookie, { password: PASSWORD })), cookie);
  assert.equal(await arrivedOf(house, cookie), true);
  assert.equal((await post(house, "/passkey/delete-passkey", cookie, { id })).status, 409);
  ({ cookie } = await enrol(house, cookie));
  await good(await post(house, "/passkey/delete-passkey", cookie, { id }));
  assert.equal(await arrivedOf(house, cookie), true);
});

test("all other sessions end at one word, one's own only", async () => {
  await using house = await houseOfTwo();
  const { contributor, owner } = house.cookies;
  const other = await passwordOnly(house, NEW);
  await good(await house.ask("/api/me/sessions", { method: "DELETE", cookie: contributor }));
  const told = await good(await house.ask("/api/me/sessions", { cookie: contributor }));
  assert.equal(((await told.json()) as { sessions: readonly unknown[] }).sessions.length, 1);
  assert.equal(await arrivedOf(house, owner), true);
  assert.equal(await arrivedOf(house, other), false);
});
