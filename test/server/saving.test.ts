/** Saving over the server: links, by the real browser in its own process, and what those who look on are told. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { OpenAPIHono } from "@hono/zod-openapi";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { THREAD } from "../../src/sample/thread.ts";
import type { Role } from "../../src/server/access.ts";
import type { Env, Member } from "../../src/server/parts.ts";
import { eventRoutes } from "../../src/server/routes/events.ts";
import { arrive, type FoundedHouse, foundedHouse, joinAs } from "./house.ts";
import { type Batch, errorOf, itemsOf, readEvents, type Saver, saverIn } from "./saver.ts";

let house: FoundedHouse;
let forum: Forum;
/** Takes a link in and never answers. */
let silent: Server;
before(async () => {
  house = await foundedHouse({ allowPrivate: true });
  await writeFile(join(house.folder, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  forum = await startForum();
  silent = createServer(() => undefined);
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
});
after(async () => {
  await house[Symbol.asyncDispose]();
  await forum.close();
  silent.closeAllConnections();
  silent.close();
});

const as = (role: Role): Saver => saverIn(house, house.cookies[role]);
const post = (place: number): string => forum.postUrl(THREAD[place]?.id ?? "");
const stuck = (): string => `http://127.0.0.1:${(silent.address() as AddressInfo).port}/never`;

test("two links are saved, and one that is gone is not; who asked is sealed, and all who save are told", async () => {
  const contributor = as("contributor");
  forum.deletePost(THREAD[2]?.id ?? "");
  const told = readEvents(
    await as("reviewer").get("/api/events"),
    (events) => events.filter(({ data }) => /"state":"(?:sealed|not-captured)"/.test(data)).length === 3,
  );
  const guestTold = readEvents(await as("guest").get("/api/events"), (events) =>
    events.some(({ event }) => event === "exhibit"),
  );
  const urls = [post(0), post(1), post(2)];
  const answer = await contributor.post("/api/captures", { links: urls, caseName: "Lane", note: "by the bins" });
  assert.equal(answer.status, 202);
  const asked = (await answer.json()) as Batch;
  assert.deepEqual(
    asked.links.map(({ url, state }) => [url, state]),
    urls.map((url) => [url, "queued"]),
  );
  const done = await contributor.whenDone(itemsOf(asked));
  assert.deepEqual(
    done.map(({ state }) => state),
    ["sealed", "sealed", "not-captured"],
    JSON.stringify(done.map(({ reason }) => reason)),
  );
  assert.match(done[2]?.reason ?? "", /\w/);
  const { fields } = await house.house.record().show(done[0]?.exhibit ?? "");
  const { actor } = (await (await contributor.get("/api/me")).json()) as { actor: string };
  assert.deepEqual([fields["actor"], fields["case"], fields["note"]], [actor, "Lane", "by the bins"]);
  assert.equal(asked.actor, actor);
  const events = await told;
  assert.equal(events[0]?.event, "look");
  const states = new Set(
    events.filter(({ event }) => event === "link").map(({ data }) => (JSON.parse(data) as { state: string }).state),
  );
  assert.ok(states.has("opening") && states.has("recording") && states.has("sealed"), [...states].join());
  assert.ok(events.some(({ event, data }) => event === "exhibit" && data.includes(done[0]?.exhibit ?? "?")));
  assert.deepEqual(
    new Set((await guestTold).map(({ event }) => event).filter((event) => event !== "beat")),
    new Set(["look", "exhibit"]),
    "a guest is told of no link",
  );

  assert.equal(await errorOf(await contributor.post(`/api/captures/${done[0]?.item}/retry`)), "conflict");
  assert.equal(await errorOf(await contributor.post(`/api/captures/${done[2]?.item}/cancel`)), "conflict");
  assert.equal((await contributor.post(`/api/captures/${done[2]?.item}/retry`)).status, 202);
  const [retried] = await contributor.whenDone([done[2]?.item ?? ""]);
  assert.equal(retried?.state, "not-captured");
  const batches = await contributor.batches();
  assert.equal(batches.length, 1, "what was retried is told where it was asked for");
  assert.deepEqual(
    batches[0]?.links.map(({ url }) => url),
    urls,
  );
});

test("what is sent twice under one key is saved once; another's key is refused", async () => {
  const key = "00112233445566778899aabbccddeeff";
  const [first, second] = await Promise.all(
    [0, 1].map(async () => (await as("reviewer").post("/api/captures", { links: [`${post(0)}?twice`], key })).json()),
  );
  assert.deepEqual(itemsOf(first as Batch), itemsOf(second as Batch));
  assert.equal(
    await errorOf(await as("owner").post("/api/captures", { links: [`${post(0)}?other`], key })),
    "conflict",
  );
  await as("reviewer").whenDone(itemsOf(first as Batch));
  const rows = await house.house.record().list();
  assert.equal(rows.filter(({ url }) => url === `${post(0)}?twice`).length, 1);
});

test("a capture under way is cancelled, and so is what waits; others go on", async () => {
  const organiser = as("organiser");
  const links = [stuck(), `${stuck()}/2`, `${stuck()}/3`];
  const asked = (await (await organiser.post("/api/captures", { links })).json()) as Batch;
  const [opening, ...queued] = itemsOf(asked);
  const under = async () => (await organiser.batches()).flatMap((b) => b.links).find(({ item }) => item === opening);
  for (let i = 0; (await under())?.state === "queued"; i++) {
    assert.ok(i < 300, "it never began");
    await sleep(100);
  }
  const now = await under();
  assert.ok(now?.step !== undefined && Date.parse(now.since ?? "") <= Date.now());
  const other = saverIn(house, house.cookies.contributor);
  assert.equal((await other.post(`/api/captures/${opening}/cancel`)).status, 404, "a contributor cancels their own");
  for (const item of [...queued, opening ?? ""]) {
    assert.equal((await organiser.post(`/api/captures/${item}/cancel`)).status, 200);
  }
  const done = await organiser.whenDone(itemsOf(asked));
  assert.deepEqual(new Set(done.map(({ state }) => state)), new Set(["cancelled"]));
  const after = (await (await organiser.post("/api/captures", { links: [`${post(1)}?after`] })).json()) as Batch;
  assert.equal((await organiser.whenDone(itemsOf(after)))[0]?.state, "sealed");
});

test("what cannot be saved is refused at once, and says what is wrong", async () => {
  const owner = as("owner");
  const wrong: readonly (readonly [unknown, string])[] = [
    [{ links: [] }, "malformed"],
    [{ links: "" }, "malformed"],
    [{}, "malformed"],
    [{ links: ["ftp://forum.example/1"] }, "usage"],
    [{ links: ["javascript:alert(1)"] }, "usage"],
    [{ links: "https://forum.example/1\nhtps://forum.example/2" }, "usage"],
    [{ links: "no link in here" }, "usage"],
    [{ links: Array.from({ length: 501 }, (_, i) => `https://forum.example/${i}`) }, "malformed"],
    [{ links: Array.from({ length: 501 }, (_, i) => `https://forum.example/${i}`).join("\n") }, "too_large"],
    [{ links: "x".repeat(6 << 20) }, "too_large"],
    [{ links: [post(0)], key: "short" }, "malformed"],
    [{ links: [post(0)], actor: "somebody-else" }, "malformed"],
    [{ links: [post(0)], allowPrivate: true }, "malformed"],
  ];
  for (const [body, code] of wrong) {
    const answer = await owner.post("/api/captures", body);
    assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(body).slice(0, 80));
    assert.equal(await errorOf(answer), code, JSON.stringify(body).slice(0, 80));
  }
  for (const item of ["0".repeat(32), "..%2f..%2fx"]) {
    assert.ok([400, 404].includes((await owner.post(`/api/captures/${item}/cancel`)).status));
    assert.ok([400, 404].includes((await owner.post(`/api/captures/${item}/retry`)).status));
  }
});

test("five hundred links are taken at once, as a list or a text; one more is not, and nothing of it", async () => {
  await using other = await foundedHouse();
  // Nothing is captured here: without its browser whatever is asked for waits.
  await writeFile(join(other.folder, "config.json"), JSON.stringify({ browser: join(other.folder, "none") }));
  const owner = saverIn(other, other.cookies.owner);
  const links = (count: number, of: string): readonly string[] =>
    Array.from({ length: count }, (_, i) => `https://forum.example/${of}/${i}`);
  const wholes = [links(500, "list"), [...links(500, "text"), links(1, "text")[0]].join("\n")];
  for (const whole of wholes) {
    const answer = await owner.post("/api/captures", { links: whole });
    assert.equal(answer.status, 202);
    const asked = (await answer.json()) as Batch;
    assert.equal(new Set(itemsOf(asked)).size, 500, "each once");
    assert.ok(asked.links.every(({ state }) => state === "queued"));
  }
  for (const [more, code] of [
    [links(501, "more"), "malformed"],
    [links(501, "more").join("\n"), "too_large"],
  ] as const)
    assert.equal(await errorOf(await owner.post("/api/captures", { links: more })), code);
  const kept = (await owner.batches()).flatMap((batch) => batch.links.map(({ url }) => url));
  assert.deepEqual(kept.toSorted(), [...links(500, "list"), ...links(500, "text")].toSorted());
});

test("links into one's own network are refused as on the command line", async () => {
  await using strict = await foundedHouse();
  const owner = saverIn(strict, strict.cookies.owner);
  for (const link of ["http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/", "http://192.168.1.1/"]) {
    assert.equal(await errorOf(await owner.post("/api/captures", { links: [link] })), "usage", link);
    assert.equal(await errorOf(await owner.send(new Blob([`link\n${link}`]), "links.csv")), "usage", link);
  }
  assert.deepEqual(await owner.batches(), []);
});

test("a guest looks, and saves nothing; nobody else even looks", async () => {
  const guest = as("guest");
  assert.equal((await guest.get("/api/captures")).status, 403, "nor what the others noted of what they saved");
  assert.equal((await guest.post("/api/captures", { links: [post(0)] })).status, 403);
  assert.equal((await guest.send(new Blob(["x"]), "x.html", { from: "Ann" })).status, 403);
  const nobody = saverIn(house, "");
  for (const path of ["/api/captures", "/api/events"]) assert.equal((await nobody.get(path)).status, 401);
});

test("so many windows of one member's listen, and no more; one that closes makes room", async () => {
  const reviewer = as("reviewer");
  const open = [];
  for (let i = 0; i < 8; i++) open.push(await reviewer.get("/api/events"));
  assert.deepEqual(new Set(open.map(({ status }) => status)), new Set([200]));
  assert.equal((await reviewer.get("/api/events")).status, 503);
  assert.equal(
    (
      await as("owner")
        .get("/api/events")
        .then(async (r) => (await r.body?.cancel(), r))
    ).status,
    200,
  );
  for (const answer of open) await answer.body?.cancel();
  for (let i = 0; ; i++) {
    const again = await reviewer.get("/api/events");
    await again.body?.cancel();
    if (again.status === 200) break;
    assert.ok(i < 50);
    await sleep(20);
  }
});

test("listening ends with the session", async () => {
  const email = "leaver@example.org";
  await joinAs(house, house.cookies.owner, "guest", email);
  const { cookie } = await arrive(house, email);
  const { accounts, house: of } = house;
  const parts = { house: of, accounts, screens: "" };
  const app = new OpenAPIHono<Env>();
  app.use(async (c, next) => {
    c.set("member", (await accounts.memberOf(c.req.raw.headers)) as Member);
    return next();
  });
  const events = readEvents(
    await app.route("/", eventRoutes(parts, 50)).request("/events", { headers: { cookie } }),
    (seen) => seen.at(-1)?.event === "over",
  );
  await sleep(200);
  await house.ask("/api/auth/sign-out", { method: "POST", cookie, json: {} });
  const seen = (await events).map(({ event }) => event);
  assert.deepEqual([seen[0], seen[1], seen.at(-1)], ["look", "beat", "over"]);
});
