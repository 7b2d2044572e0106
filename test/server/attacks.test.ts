/** What somebody outside tries: from another site, by guessing, by asking who is there, by leading on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BASE_URL,
  type EmptyHouse,
  emailOf,
  emptyHouse,
  enrol,
  found,
  foundedHouse,
  good,
  joinAs,
  PASSWORD,
  passwordOnly,
  SETUP_TOKEN,
} from "./house.ts";

const WRONG = "not the password at all";

const signIn = (
  house: EmptyHouse,
  json: unknown,
  from?: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  house.ask("/api/auth/sign-in/email", { method: "POST", json, headers, ...(from === undefined ? {} : { from }) });

test("what another site sends with a member's cookies is not done", async () => {
  await using house = await foundedHouse();
  const cookie = house.cookies.owner;
  const path = `/api/members/${house.ids.guest}`;
  const json = { role: "owner" };
  const elsewhere: readonly Record<string, string>[] = [
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { origin: "http://localhost:9999" },
    { origin: "http://127.0.0.1:8000" },
    { origin: `${BASE_URL}.elsewhere.example` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://elsewhere.example", "content-type": "text/plain" },
    { origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" },
  ];
  for (const headers of elsewhere) {
    assert.equal(
      (await house.ask(path, { method: "PATCH", cookie, json, headers })).status,
      403,
      JSON.stringify(headers),
    );
    assert.equal((await house.ask(path, { method: "DELETE", cookie, headers })).status, 403, JSON.stringify(headers));
    const out = await house.ask("/api/auth/sign-out", { method: "POST", cookie, json: {}, headers });
    assert.equal(out.status, 403, JSON.stringify(headers));
    const login = await signIn(house, { email: emailOf("guest"), password: PASSWORD }, undefined, headers);
    assert.equal(login.status, 403, JSON.stringify(headers));
  }
  assert.equal((await house.ask("/api/me", { cookie })).status, 200);
  assert.equal(house.accounts.members.list().filter(({ role }) => role === "owner").length, 1);
});

test("no other site is let read an answer", async () => {
  await using house = await foundedHouse();
  const answer = await house.ask("/api/me", {
    cookie: house.cookies.owner,
    headers: { origin: "https://elsewhere.example" },
  });
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
});

test("passwords are guessed slowly from one address, whatever it says of itself", async () => {
  await using house = await foundedHouse();
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const headers = {
      "x-forwarded-for": `203.0.113.${n}`,
      "placard-client": `203.0.113.${n}`,
      forwarded: `for=203.0.113.${n}`,
    };
    statuses.push((await signIn(house, { email: `${n}@example.org`, password: WRONG }, "192.0.2.1", headers)).status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 429, 429, 429]);
  assert.equal((await signIn(house, { email: "x@example.org", password: WRONG }, "192.0.2.2")).status, 401);
});

test("behind a proxy of ours it is the proxy's word that counts, its last", async () => {
  await using house = await foundedHouse({ behindProxy: true });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const headers = { "x-forwarded-for": `203.0.113.${n}, 198.51.100.7` };
    statuses.push((await signIn(house, { email: `${n}@example.org`, password: WRONG }, "127.0.0.1", headers)).status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
  const another = { "x-forwarded-for": "198.51.100.8" };
  assert.equal((await signIn(house, { email: "x@example.org", password: WRONG }, "127.0.0.1", another)).status, 401);
});

test("one account is guessed at slowly from any number of addresses, one after another or at once, whether anybody has it or not", async () => {
  await using house = await foundedHouse();
  for (const email of [emailOf("guest"), "nobody@example.org"]) {
    const guess = async (): Promise<number> => (await signIn(house, { email, password: WRONG })).status;
    for (let n = 0; n < 4; n += 1) assert.equal(await guess(), 401, email);
    const atOnce = await Promise.all(Array.from({ length: 30 }, guess));
    assert.equal(atOnce.filter((status) => status === 401).length, 6, email);
    assert.equal(atOnce.filter((status) => status === 429).length, 24, email);
    assert.deepEqual([await guess(), await guess()], [429, 429], email);
    assert.equal((await signIn(house, { email: email.toUpperCase(), password: PASSWORD })).status, 429, email);
  }
  for (let n = 0; n < 11; n += 1) await passwordOnly(house, emailOf("reviewer"));
});

test("codes are guessed slowly", async () => {
  await using house = await foundedHouse();
  const challenged = await passwordOnly(house, emailOf("guest"));
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const json = { code: `00000${n}` };
    const asking = { method: "POST", cookie: challenged, json, from: "192.0.2.1" };
    statuses.push((await house.ask("/api/auth/two-factor/verify-totp", asking)).status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
  // From many addresses: the challenge is used up after five.
  for (let n = 5; n < 7; n += 1)
    await house.ask("/api/auth/two-factor/verify-totp", {
      method: "POST",
      cookie: challenged,
      json: { code: `00000${n}` },
    });
  const last = { method: "POST", cookie: challenged, json: { code: "000009" } };
  assert.match(await (await house.ask("/api/auth/two-factor/verify-totp", last)).text(), /Sign in again/);
});

test("the setup link and invitations are guessed slowly", async () => {
  await using house = await emptyHouse();
  const json = { group: "G", name: "N", email: "n@example.org", password: PASSWORD };
  const statuses = new Set<number>();
  for (let n = 0; n < 25; n += 1) {
    const headers = { "placard-setup": `guess ${n}` };
    statuses.add((await house.ask("/api/house", { method: "POST", json, headers, from: "192.0.2.1" })).status);
  }
  assert.deepEqual([...statuses], [403, 429]);
  await good(await found(house));
  let last = 0;
  for (let n = 0; n < 35; n += 1) {
    const headers = { "placard-invitation": `guess-${n}` };
    last = (await house.ask("/api/invitation", { headers, from: "192.0.2.1" })).status;
  }
  assert.equal(last, 429);
});

test("a wrong password and an unknown address are answered alike", async () => {
  await using house = await foundedHouse();
  const told = async (email: string): Promise<unknown> => {
    const answer = await signIn(house, { email, password: WRONG });
    const headers = [...answer.headers].filter(([name]) => name !== "content-security-policy");
    return { status: answer.status, headers, body: await answer.text() };
  };
  assert.deepEqual(await told(emailOf("guest")), await told("nobody@example.org"));
});

test("a wrong password takes as long as an unknown address", async () => {
  await using house = await foundedHouse();
  const took = async (email: string): Promise<number> => {
    const from = performance.now();
    await signIn(house, { email, password: WRONG });
    return performance.now() - from;
  };
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let n = 0; n < 7; n += 1) {
    known.push(await took(emailOf("guest")));
    unknown.push(await took("nobody@example.org"));
  }
  const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[3] ?? 0;
  const ratio = median(known) / median(unknown);
  assert.ok(ratio > 0.5 && ratio < 2, `known ${median(known)} ms, unknown ${median(unknown)} ms`);
});

test("nobody is led to another site", async () => {
  await using house = await foundedHouse();
  await joinAs(house, house.cookies.owner, "guest", emailOf("led"));
  const person = { email: emailOf("led"), password: PASSWORD };
  const elsewhere = [
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://localhost:8000@elsewhere.example",
    "http://localhost:8000.elsewhere.example",
    "javascript:alert(1)",
    "/%2f/elsewhere.example",
  ];
  for (const callbackURL of elsewhere) {
    const answer = await signIn(house, { ...person, callbackURL });
    assert.equal(answer.status, 403, callbackURL);
    assert.equal(answer.headers.get("location"), null);
    assert.equal(answer.headers.getSetCookie().length, 0);
  }
  const own = await good(await signIn(house, { ...person, callbackURL: "/cases" }));
  assert.equal(own.headers.get("location"), null);
});

test("what passwords and tokens are is not in what is printed, and nobody outside is asked", async () => {
  const printed: string[] = [];
  const called: string[] = [];
  const before = { out: process.stdout.write, err: process.stderr.write, fetch: globalThis.fetch };
  const listen = (write: typeof process.stdout.write): typeof process.stdout.write =>
    ((chunk: string | Uint8Array, ...rest: []) => {
      printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1"));
      return write.call(process.stdout, chunk, ...rest);
    }) as typeof process.stdout.write;
  process.stdout.write = listen(before.out);
  process.stderr.write = listen(before.err);
  globalThis.fetch = (input) => {
    called.push(String(input));
    return Promise.reject(new Error("no network"));
  };
  const secrets = [PASSWORD, WRONG, SETUP_TOKEN];
  try {
    await using house = await emptyHouse();
    await good(await found(house));
    await signIn(house, { email: emailOf("owner"), password: WRONG });
    await signIn(house, {
      email: emailOf("owner"),
      password: WRONG,
      callbackURL: `https://elsewhere.example/${WRONG}`,
    });
    await signIn(house, { email: [], password: { [WRONG]: 1 } });
    await signIn(house, `{"email": "${WRONG}`);
    const alone = await passwordOnly(house, emailOf("owner"));
    const { cookie, recoveryCodes } = await enrol(house, alone);
    secrets.push(
      ...recoveryCodes,
      ...[alone, cookie].flatMap((each) => each.split(/[=;.]\s*/).filter((part) => part.length > 20)),
    );
    await house.ask("/api/invitation", { headers: { "placard-invitation": WRONG } });
  } finally {
    process.stdout.write = before.out;
    process.stderr.write = before.err;
    globalThis.fetch = before.fetch;
  }
  const text = printed.join("");
  assert.deepEqual(
    secrets.filter((secret) => text.includes(secret)),
    [],
  );
  assert.deepEqual(called, []);
});

test("what is malformed is refused in plain words, and is no fault", async () => {
  await using house = await foundedHouse();
  const { owner } = house.cookies;
  for (const json of ["{", "[]", "null", '"text"', '{"role":{"$ne":null}}']) {
    for (const [method, path] of [
      ["POST", "/api/invitations"],
      ["PATCH", `/api/members/${house.ids.guest}`],
      ["PATCH", "/api/me/preferences"],
      ["POST", "/api/auth/sign-in/email"],
      ["POST", "/api/auth/two-factor/verify-totp"],
      ["POST", "/api/auth/passkey/verify-authentication"],
      ["POST", "/api/house"],
    ] as const) {
      const answer = await house.ask(path, { method, cookie: owner, json });
      const text = await answer.text();
      assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${json}: ${answer.status} ${text}`);
      assert.match(text, /^\{"error":\{"code":"\w+","message":"[^"]/, `${path} ${json}`);
    }
  }
});

test("a head alone is not answered: no place is taken that nobody gives back", async () => {
  await using house = await foundedHouse();
  const { owner } = house.cookies;
  for (let n = 0; n < 9; n += 1)
    assert.equal((await house.ask("/api/events", { method: "HEAD", cookie: owner })).status, 405);
  const answer = await house.ask("/api/events", { cookie: owner });
  assert.equal(answer.status, 200);
  await answer.body?.cancel();
  for (const path of ["/api/case-folder?case=x", "/api/exhibits/x/proof", "/api/me", "/api/none"])
    assert.equal((await house.ask(path, { method: "HEAD", cookie: owner })).status, 405, path);
  assert.equal((await house.ask("/", { method: "HEAD" })).status, 200);
});

test("from whoever has not signed in, nothing large is read", async () => {
  await using house = await foundedHouse();
  const large = JSON.stringify({ email: emailOf("guest"), password: "x".repeat(1_000_000) });
  for (const path of ["/api/auth/sign-in/email", "/api/house", "/api/invitation", "/api/invitations"]) {
    assert.equal((await house.ask(path, { method: "POST", json: large })).status, 413, path);
  }
  const { owner } = house.cookies;
  for (const [method, path] of [
    ["POST", "/api/placards"],
    ["POST", "/api/placards/preview"],
    ["DELETE", "/api/exhibits/x"],
  ] as const)
    assert.equal((await house.ask(path, { method, cookie: owner, json: large })).status, 413, path);
  // Without a length, as a stream has it.
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
  });
  const request = new Request(`${BASE_URL}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    duplex: "half",
  } as RequestInit);
  assert.equal((await house.app.request(request)).status, 413);
});

test("what is shared where nobody is signed in is not looked at, whatever is in it and wherever it comes from", async () => {
  await using house = await foundedHouse();
  const asked = { method: "POST", json: "x".repeat(1_000_000), headers: { "content-type": "multipart/form-data" } };
  const answer = await house.ask("/share?to=//elsewhere.example", asked);
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/save?files=away"]);
});
