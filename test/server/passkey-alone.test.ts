/** Beginning and joining with a passkey and no password: whole or not at all, and what such an account may and may not do. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { newPasskey, type Passkey } from "./authenticator.ts";
import {
  BASE_URL,
  cookiesOf,
  type EmptyHouse,
  emailOf,
  emptyHouse,
  enrol,
  type FoundedHouse,
  found,
  foundedHouse,
  good,
  PASSWORD,
  passwordOnly,
  SETUP_TOKEN,
} from "./house.ts";

const SETUP = { "placard-setup": SETUP_TOKEN };
const ADA = { name: "Ada Owner", email: emailOf("ada") };
const NINA = { name: "Nina New", email: emailOf("nina") };
const NEW_PASSWORD = "four quite plain words";

/** Made for this, with an address in it at which one would ask whether it was withdrawn: http://crl.example/list */
const CERTIFICATE = Buffer.from(
  [
    "MIIBrDCCAVOgAwIBAgIUf+phmAnUVub8EsZUmY/Pj5f0UhUwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLa2V5LmV4YW1wbGUwIBcN",
    "MjYxMTMwMTEyMzU4WhgPMjEyNjExMDYxMTIzNThaMBYxFDASBgNVBAMMC2tleS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0D",
    "AQcDQgAESiz+0K+a/awmVsUkNUYMm1k3ZSMHNydaLH3v1x2Y+e4OTAvGKJ/ZViKPNBnJGT9JFwTNF7VDb0XzU0DGJ3fAE6N9MHsw",
    "HQYDVR0OBBYEFHqZ8rJFKGSeeonyZlpxefLYWsjSMB8GA1UdIwQYMBaAFHqZ8rJFKGSeeonyZlpxefLYWsjSMA8GA1UdEwEB/wQF",
    "MAMBAf8wKAYDVR0fBCEwHzAdoBugGYYXaHR0cDovL2NybC5leGFtcGxlL2xpc3QwCgYIKoZIzj0EAwIDRwAwRAIgbaADW8BJWcJz",
    "gD9+nHLf3ZoJpfwVSi8MqCwv+zT/oywCIGjsiNuaMY4mOdc9vBLhI2fqxieTnfRniCT2P9sMsaq5",
  ].join(""),
  "base64",
);

interface Way {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
const FOUNDING: Way = { path: "/api/house", headers: SETUP };

const post = (house: EmptyHouse, path: string, json: unknown, more: object = {}): Promise<Response> =>
  house.ask(path, { method: "POST", json, ...more });

async function challengeBy(house: EmptyHouse, { path, headers }: Way, who: object): Promise<string> {
  const asked = await good(await post(house, `${path}/passkey`, who, { headers }));
  return ((await asked.json()) as { challenge: string }).challenge;
}

/** Both halves, as the screens ask for them. */
async function comeBy(house: EmptyHouse, way: Way, passkey: Passkey, who: object): Promise<Response> {
  const made = passkey.register(await challengeBy(house, way, who));
  return post(house, way.path, { ...who, passkey: { name: "Desk", ...made } }, { headers: way.headers });
}

async function invited({ accounts, ids }: FoundedHouse): Promise<Way> {
  const { token } = accounts.invitations.invite({ id: ids.owner, role: "owner" }, "contributor");
  return { path: "/api/invitation", headers: { "placard-invitation": token } };
}

async function signInBy(house: EmptyHouse, passkey: Passkey, cookie = ""): Promise<Response> {
  const asked = await good(await house.ask("/api/auth/passkey/generate-authenticate-options", { cookie }));
  const { challenge } = (await asked.json()) as { challenge: string };
  const sent = { cookie: cookiesOf(asked, cookie) };
  return post(house, "/api/auth/passkey/verify-authentication", passkey.answer(challenge), sent);
}

/** Somebody who has a passkey and nothing else. */
async function joined(house: FoundedHouse) {
  const passkey = newPasskey(BASE_URL);
  const cookie = cookiesOf(await good(await comeBy(house, await invited(house), passkey, NINA)));
  return { passkey, cookie, id: memberCalled(house, NINA.email)?.id ?? "" };
}

const memberCalled = ({ accounts }: EmptyHouse, email: string) =>
  accounts.members.list().find((one) => one.email === email);

const meOf = async (house: EmptyHouse, cookie: string) => {
  const answer = await house.ask("/api/me", { cookie });
  return answer.ok ? ((await answer.json()) as Record<string, unknown>) : answer.status;
};

const passwordOf = (house: EmptyHouse, email: string, password: string): Promise<Response> =>
  post(house, "/api/auth/sign-in/email", { email, password });

test("the group begins with a passkey alone; whoever made it is in, and comes back by it", async () => {
  await using house = await emptyHouse();
  const passkey = newPasskey(BASE_URL);
  const founded = await good(await comeBy(house, FOUNDING, passkey, { group: "Northside", ...ADA }));
  assert.deepEqual(await founded.json(), { founded: true, name: "Northside" });
  const me = (await meOf(house, cookiesOf(founded))) as Record<string, unknown>;
  assert.deepEqual([me["role"], me["arrived"], me["password"], me["codes"]], ["owner", true, false, false]);
  const again = cookiesOf(await good(await signInBy(house, passkey)));
  assert.equal((await house.ask("/api/exhibits", { cookie: again })).status, 200);
  const log = await house.ask(`/api/members/${String(me["id"])}/sign-ins`, { cookie: again });
  const { signIns } = (await log.json()) as { signIns: readonly { method: string; succeeded: boolean }[] };
  assert.deepEqual(
    signIns.map(({ method, succeeded }) => [method, succeeded]),
    [
      ["passkey", true],
      ["passkey", true],
    ],
  );
});

test("an invited person joins with a passkey alone; the invitation is used up by it, and not before", async () => {
  await using house = await foundedHouse();
  const way = await invited(house);
  await challengeBy(house, way, NINA);
  assert.equal(memberCalled(house, NINA.email), undefined, "nobody before there is a passkey");
  const look = () => house.ask(way.path, { headers: way.headers });
  assert.equal((await look()).status, 200, "still open: whoever gave up comes back by the same link");
  const passkey = newPasskey(BASE_URL);
  const joining = await good(await comeBy(house, way, passkey, NINA));
  const me = (await meOf(house, cookiesOf(joining))) as Record<string, unknown>;
  assert.deepEqual([me["role"], me["arrived"], me["password"]], ["contributor", true, false]);
  assert.equal((await look()).status, 404);
  assert.equal((await comeBy(house, way, newPasskey(BASE_URL), ADA).catch(() => ({ status: 404 }))).status, 404);
  await good(await signInBy(house, passkey));
});

test("given up half way, a password does as well, with the same link", async () => {
  await using house = await foundedHouse();
  const way = await invited(house);
  await challengeBy(house, way, NINA);
  await good(await post(house, way.path, { ...NINA, password: PASSWORD }, { headers: way.headers }));
  const cookie = await passwordOnly(house, NINA.email);
  assert.equal(((await meOf(house, cookie)) as Record<string, unknown>)["arrived"], false);
});

test("without the link there is nothing to make a passkey by, and nothing is made of one", async () => {
  await using house = await emptyHouse();
  const passkey = newPasskey(BASE_URL);
  const challenge = await challengeBy(house, FOUNDING, ADA);
  for (const headers of [{}, { "placard-setup": "guess" }] as Record<string, string>[]) {
    assert.equal((await post(house, "/api/house/passkey", ADA, { headers })).status, 403);
    const json = { group: "Northside", ...ADA, passkey: passkey.register(challenge) };
    assert.equal((await post(house, "/api/house", json, { headers })).status, 403);
  }
  assert.equal(
    (await post(house, "/api/invitation/passkey", NINA, { headers: { "placard-invitation": "x" } })).status,
    404,
  );
  assert.deepEqual(existsSync(house.folder) ? await readdir(house.folder) : [], []);
});

test("a passkey that is wrong in any way makes nothing, and leaves the link open", async () => {
  await using house = await foundedHouse();
  const way = await invited(house);
  const other = await invited(house);
  const statusOf = async (passkey: unknown): Promise<number> =>
    (await post(house, way.path, { ...NINA, passkey }, { headers: way.headers })).status;
  const fresh = () => challengeBy(house, way, NINA);
  const used = newPasskey(BASE_URL).register(await challengeBy(house, other, NINA));
  assert.equal(await statusOf(used), 409, "asked for by another link");
  assert.equal(await statusOf(newPasskey(BASE_URL).register("A".repeat(43))), 409, "a challenge nobody gave");
  assert.equal(await statusOf(newPasskey("http://elsewhere.example").register(await fresh())), 400, "another site's");
  assert.equal(await statusOf(newPasskey(BASE_URL, false).register(await fresh())), 400, "asks nobody who they are");
  const answering = newPasskey(BASE_URL).answer(await fresh());
  assert.equal(await statusOf(answering), 400, "a sign-in is no registration");
  const once = newPasskey(BASE_URL).register(await fresh());
  const broken = structuredClone(once) as { response: { response: { attestationObject: string } } };
  broken.response.response.attestationObject = "o2NmbXQ";
  assert.equal(await statusOf(broken), 400);
  for (const nothing of [null, {}, { response: {} }, "x", 1]) assert.equal(await statusOf(nothing), 400);
  const both = { ...NINA, password: PASSWORD, passkey: once };
  assert.equal((await post(house, way.path, both, { headers: way.headers })).status, 400, "one way in, not two");
  assert.equal((await post(house, way.path, NINA, { headers: way.headers })).status, 400, "nor none");
  assert.equal(memberCalled(house, NINA.email), undefined);
  assert.equal(await statusOf(once), 204, "the right one does it");
});

test("a challenge is good for five minutes, and once", async () => {
  let now = Date.now();
  await using house = await foundedHouse({ clock: { now: () => now } });
  const way = await invited(house);
  const late = newPasskey(BASE_URL).register(await challengeBy(house, way, NINA));
  now += 5 * 60_000;
  const refused = await post(house, way.path, { ...NINA, passkey: late }, { headers: way.headers });
  assert.equal(refused.status, 409);
  assert.match(await refused.text(), /took too long/);
  const passkey = newPasskey(BASE_URL);
  const taken = { ...NINA, email: emailOf("guest"), passkey: passkey.register(await challengeBy(house, way, NINA)) };
  assert.equal((await post(house, way.path, taken, { headers: way.headers })).status, 409, "the address is somebody's");
  const again = { ...NINA, passkey: taken.passkey };
  assert.equal((await post(house, way.path, again, { headers: way.headers })).status, 409, "used");
  assert.equal(memberCalled(house, NINA.email), undefined);
});

test("two who come by one link at once: one is a member, and the other nobody", async () => {
  await using house = await foundedHouse();
  const way = await invited(house);
  const come = (email: string) => comeBy(house, way, newPasskey(BASE_URL), { ...NINA, email });
  const answers = await Promise.all([come(emailOf("one")), come(emailOf("two"))]);
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 404]);
  assert.equal(answers.find(({ status }) => status === 404)?.headers.getSetCookie().length, 0);
  await using empty = await emptyHouse();
  const begin = () => comeBy(empty, FOUNDING, newPasskey(BASE_URL), { group: "Northside", ...ADA });
  assert.deepEqual((await Promise.all([begin(), begin()])).map(({ status }) => status).toSorted(), [201, 409]);
});

test("a passkey that somebody has already is nobody else's", async () => {
  await using house = await foundedHouse();
  const { passkey, cookie } = await joined(house);
  const twin = await comeBy(house, await invited(house), passkey, ADA);
  assert.equal(twin.status, 409);
  assert.equal(memberCalled(house, ADA.email), undefined);
  const asked = await good(
    await house.ask("/api/auth/passkey/generate-register-options", { cookie: house.cookies.guest }),
  );
  const { challenge } = (await asked.json()) as { challenge: string };
  const sent = { cookie: cookiesOf(asked, house.cookies.guest) };
  const added = await post(house, "/api/auth/passkey/verify-registration", passkey.register(challenge), sent);
  assert.equal(added.status, 409);
  assert.equal(await meOf(house, cookie).then((me) => (me as { name: string }).name), NINA.name);
});

test("what a key says of its maker is not looked up anywhere: it is refused", async () => {
  await using house = await foundedHouse();
  const way = await invited(house);
  const called: string[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (input) => {
    called.push(String(input));
    return Promise.reject(new Error("no network"));
  };
  try {
    for (const format of ["apple", "android-key", "tpm", "packed", "unheard-of"]) {
      const attested = newPasskey(BASE_URL, true, { format, certificate: CERTIFICATE });
      const asked = await good(
        await house.ask("/api/auth/passkey/generate-register-options", { cookie: house.cookies.guest }),
      );
      const { challenge } = (await asked.json()) as { challenge: string };
      const sent = { cookie: cookiesOf(asked, house.cookies.guest) };
      const body = attested.register(challenge);
      assert.equal((await post(house, "/api/auth/passkey/verify-registration", body, sent)).status, 400, format);
      assert.equal((await comeBy(house, way, attested, NINA)).status, 400, format);
    }
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(called, []);
});

test("no password signs in who has none, in the same words and the same time as anywhere", async () => {
  await using house = await foundedHouse();
  await joined(house);
  const told = async (email: string, password: string) => {
    const from = performance.now();
    const answer = await passwordOf(house, email, password);
    const took = performance.now() - from;
    const headers = [...answer.headers].filter(([name]) => name !== "content-security-policy");
    return { took, said: { status: answer.status, headers, body: await answer.text() } };
  };
  const times: Record<string, number[]> = { none: [], unknown: [], known: [] };
  const emails = { none: NINA.email, unknown: "nobody@example.org", known: emailOf("guest") };
  for (let n = 0; n < 5; n += 1) {
    const saids = [];
    for (const [kind, email] of Object.entries(emails)) {
      const { took, said } = await told(email, `${PASSWORD} ${n}`);
      times[kind]?.push(took);
      saids.push(said);
    }
    assert.equal(saids[0]?.status, 401);
    assert.deepEqual(saids[0], saids[1]);
    assert.deepEqual(saids[0], saids[2]);
  }
  for (const password of ["", PASSWORD, "null", "undefined"])
    assert.equal((await passwordOf(house, NINA.email, password)).status, 401, password);
  const median = (kind: string): number => times[kind]?.toSorted((a, b) => a - b)[2] ?? 0;
  for (const kind of ["unknown", "known"]) {
    const ratio = median("none") / median(kind);
    assert.ok(ratio > 0.5 && ratio < 2, `${kind}: ${JSON.stringify(times)}`);
  }
});

test("who has no password sets one with the passkey just shown; others of theirs are signed out; it is in the log", async () => {
  let now = Date.now();
  await using house = await foundedHouse({ clock: { now: () => now } });
  const { passkey, cookie, id } = await joined(house);
  const set = (by: string, password = NEW_PASSWORD) => post(house, "/api/me/password", { password }, { cookie: by });
  now += 11 * 60_000;
  const late = await set(cookie);
  assert.equal(late.status, 403);
  assert.match(await late.text(), /Sign in with it once more/);
  // Nor is a passkey added to a screen found open, by which one would have been shown.
  for (const asked of [
    await house.ask("/api/auth/passkey/generate-register-options", { cookie }),
    await post(house, "/api/auth/passkey/verify-registration", { response: {} }, { cookie }),
  ])
    assert.match(await asked.text(), /Sign in with it once more/);
  now -= 11 * 60_000;
  const shown = cookiesOf(await good(await signInBy(house, passkey, cookie)), cookie);
  assert.equal((await set(shown, "short")).status, 400);
  await good(await set(shown));
  assert.equal(await meOf(house, cookie), 401, "signed out there");
  const me = (await meOf(house, shown)) as Record<string, unknown>;
  assert.deepEqual([me["arrived"], me["password"]], [true, true]);
  assert.equal((await set(shown, `${NEW_PASSWORD} again`)).status, 409, "the first only; then it is changed");
  const [newest] = house.accounts.signIns.of(id);
  assert.deepEqual([newest?.method, newest?.succeeded], ["password-set", true]);
  // The password alone has not arrived, and sets up nothing beside the passkey.
  const thief = await passwordOnly(house, NINA.email, NEW_PASSWORD);
  assert.equal(((await meOf(house, thief)) as Record<string, unknown>)["arrived"], false);
  assert.equal((await set(thief)).status, 403);
  const enabling = { password: NEW_PASSWORD };
  assert.equal((await post(house, "/api/auth/two-factor/enable", enabling, { cookie: thief })).status, 403);
  // With a password there can be an app.
  await enrol(house, shown, NEW_PASSWORD);
});

test("without a password there is no app and nothing to change, and nobody else's session sets one", async () => {
  await using house = await foundedHouse();
  const { cookie } = await joined(house);
  const refused = async (path: string, json: object): Promise<void> => {
    const answer = await post(house, path, json, { cookie });
    assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
  };
  for (const password of ["", PASSWORD]) {
    await refused("/api/auth/two-factor/enable", { password });
    await refused("/api/auth/two-factor/disable", { password });
    await refused("/api/auth/two-factor/generate-backup-codes", { password });
    await refused("/api/auth/change-password", { currentPassword: password, newPassword: NEW_PASSWORD });
  }
  await refused("/api/auth/two-factor/enable", {});
  assert.equal((await post(house, "/api/me/password", { password: NEW_PASSWORD })).status, 401);
  assert.equal(((await meOf(house, cookie)) as Record<string, unknown>)["password"], false);
});

test("the last passkey of who has no password stays, also where two are removed at once", async () => {
  await using house = await foundedHouse();
  const { cookie } = await joined(house);
  const keys = async (): Promise<readonly { id: string; name: string }[]> =>
    (await (await good(await house.ask("/api/auth/passkey/list-user-passkeys", { cookie }))).json()) as never;
  const remove = (id: string) => post(house, "/api/auth/passkey/delete-passkey", { id }, { cookie });
  const [first] = await keys();
  assert.equal(first?.name, "Desk");
  const only = await remove(first?.id ?? "");
  assert.equal(only.status, 409);
  assert.match(await only.text(), /all there is to sign in with.*Add another passkey first/);
  const asked = await good(await house.ask("/api/auth/passkey/generate-register-options", { cookie }));
  const { challenge } = (await asked.json()) as { challenge: string };
  const sent = { cookie: cookiesOf(asked, cookie) };
  const second = newPasskey(BASE_URL);
  const added = await good(
    await post(house, "/api/auth/passkey/verify-registration", second.register(challenge), sent),
  );
  assert.equal(((await meOf(house, cookiesOf(added, cookie))) as { arrived: boolean }).arrived, true);
  const both = await Promise.all((await keys()).map(({ id }) => remove(id)));
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409]);
  assert.equal((await keys()).length, 1);
});

test("a way back gives who has no password one, and takes the passkey", async () => {
  await using house = await foundedHouse();
  const { passkey, cookie, id } = await joined(house);
  const made = house.accounts.recoveries.make({ id: house.ids.owner, role: "owner" }, id, "a computer");
  const headers = { "placard-recovery": made.token };
  await good(await post(house, "/api/recovery", { password: NEW_PASSWORD }, { headers }));
  assert.equal(await meOf(house, cookie), 401);
  assert.equal((await signInBy(house, passkey)).status, 401);
  const alone = await passwordOnly(house, NINA.email, NEW_PASSWORD);
  assert.equal((await house.ask("/api/exhibits", { cookie: alone })).status, 403);
  const { cookie: arrived } = await enrol(house, alone, NEW_PASSWORD);
  assert.equal((await house.ask("/api/exhibits", { cookie: arrived })).status, 200);
});

test("the passkey of who was removed opens nothing", async () => {
  await using house = await foundedHouse();
  const { passkey, cookie, id } = await joined(house);
  await good(await house.ask(`/api/members/${id}`, { method: "DELETE", cookie: house.cookies.owner }));
  assert.equal(await meOf(house, cookie), 401);
  assert.equal((await signInBy(house, passkey)).status, 401);
});

test("the session of who came by a passkey is a new one, for us alone, and no script reads its token", async () => {
  for (const baseUrl of [BASE_URL, "https://placard.example"]) {
    await using house = await emptyHouse({ baseUrl });
    const planted = "placard.session_token=planted.value";
    const made = newPasskey(baseUrl).register(await challengeBy(house, FOUNDING, ADA));
    const json = { group: "Northside", ...ADA, passkey: made };
    const answer = await good(await post(house, "/api/house", json, { headers: SETUP, cookie: planted }));
    const lines = answer.headers.getSetCookie().filter((line) => line.includes("session_token="));
    assert.equal(lines.length, 1);
    const [line = ""] = lines;
    assert.match(line, /; HttpOnly/i);
    assert.match(line, /; SameSite=Lax/i);
    assert.equal(line.startsWith("__Host-placard.") && /; Secure/i.test(line), baseUrl.startsWith("https:"), line);
    const [, token = ""] = /session_token=([^.;]+)/.exec(line) ?? [];
    assert.ok(token.length >= 32 && token !== "planted");
    assert.ok(!(await answer.text()).includes(decodeURIComponent(token)));
    assert.equal((await found(house)).status, 409);
  }
});

test("what begins a session by a passkey is the server's alone", async () => {
  await using house = await foundedHouse();
  const json = { member: house.ids.owner };
  for (const path of ["/api/auth/passkey/begun", "/api/auth/begin-by-passkey"])
    for (const cookie of [undefined, house.cookies.guest, house.cookies.owner])
      assert.equal((await post(house, path, json, { cookie })).status, 404, path);
});
