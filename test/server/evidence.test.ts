/** What came with a post, what was made of it, and looking at it again. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openRecord, rebuildIndex } from "../../src/app/record.ts";
import { readPicture } from "../../src/capture/reading/read-picture.ts";
import { PNG } from "../placard-fixture.ts";
import { MOVING, tone, VIDEO } from "../sample-media.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { type Batch, itemsOf, saverIn } from "./saver.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";

const VECTORS = join(import.meta.dirname, "../vectors");
/** A post as a screenshot, with a link, a handle, Hebrew and a payload in it. */
const PICTURE = join(VECTORS, "reading.png");

let home: FoundedHouse;
/** Where the post stood that is gone. */
let site: Server;
let id: string;
before(async () => {
  home = await foundedHouse({ allowPrivate: true });
  await writeFile(join(home.folder, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  site = createServer((_, response) => response.writeHead(410).end("gone")).listen(0, "127.0.0.1");
  await once(site, "listening");
  const media = [
    { bytes: tone(), mediaType: "audio/wav" },
    { bytes: VIDEO, mediaType: "video/webm" },
    { bytes: MOVING, mediaType: "image/gif" },
    { bytes: PNG, mediaType: "image/png" },
    { bytes: Buffer.from("<!doctype html><script>alert(1)</script>"), mediaType: "video/mp4" },
  ];
  [id = ""] = await sealPosts(home.folder, [{ ...POST, case: "spring" }], media);
});
after(async () => {
  await home[Symbol.asyncDispose]();
  site.close();
});

type Role = keyof FoundedHouse["cookies"];
const ask = (path: string, role: Role = "contributor", method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies[role], ...(json === undefined ? {} : { json }) });
const viewOf = async (one: string, role?: Role) => (await good(await ask(`/api/exhibits/${one}`, role))).json();

test("of each file that came with a post it is said what it is by its bytes, whatever its server called it", async () => {
  const { files } = (await viewOf(id, "guest")) as {
    readonly files: readonly { readonly name: string; readonly mediaType?: string; readonly moves?: boolean }[];
  };
  assert.deepEqual(
    files
      .filter(({ name }) => name.startsWith("media/"))
      .map(({ name, mediaType, moves }) => [name, mediaType, moves === true]),
    [
      ["media/1", "audio/wave", false],
      ["media/2", "video/webm", false],
      ["media/3", "image/gif", true],
      ["media/4", "image/png", false],
      ["media/5", "application/octet-stream", false],
    ],
  );
});

test("sounds and videos are answered in parts, so that one can seek in them, and run nothing", async () => {
  for (const [n, bytes, type] of [
    [1, tone(), "audio/wave"],
    [2, VIDEO, "video/webm"],
  ] as const) {
    const answer = await home.ask(`/api/exhibits/${id}/media/${n}`, {
      cookie: home.cookies.guest,
      headers: { range: "bytes=100-" },
    });
    const header = (name: string) => answer.headers.get(name);
    assert.equal(answer.status, 206);
    assert.equal(header("content-type"), type);
    assert.equal(header("content-range"), `bytes 100-${bytes.length - 1}/${bytes.length}`);
    assert.deepEqual(
      [header("x-content-type-options"), header("content-security-policy"), header("accept-ranges")],
      ["nosniff", "default-src 'none'; sandbox", "bytes"],
    );
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes.subarray(100)));
  }
  const hidden = await ask(`/api/exhibits/${id}/media/5`);
  assert.deepEqual(
    [hidden.headers.get("content-type"), hidden.headers.get("content-disposition")?.slice(0, 10)],
    ["application/octet-stream", "attachment"],
  );
});

test("a post is looked at again by who may save: asked once, done in turn, sealed with who asked, and told on its page", async () => {
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/p/1`;
  const [first = ""] = await sealPosts(home.folder, [{ ...POST, url, finalUrl: url }]);
  assert.equal((await ask(`/api/exhibits/${first}/again`, "guest", "POST")).status, 403);
  const asked = await ask(`/api/exhibits/${first}/again`, "contributor", "POST");
  assert.equal(asked.status, 202);
  const { id: of, dueAt } = (await asked.json()) as { readonly id: string; readonly dueAt: string };
  assert.equal(of, first);
  assert.deepEqual((await viewOf(first)).next, [dueAt]);
  const twice = await good(await ask(`/api/exhibits/${first}/again`, "reviewer", "POST"));
  assert.deepEqual(await twice.json(), { id: first, dueAt });
  let view = await viewOf(first);
  for (const until = Date.now() + 60_000; view.recaptures.length === 0; view = await viewOf(first)) {
    assert.ok(Date.now() < until, "not looked at again in time");
    await sleep(100);
  }
  const { actor } = await (await ask("/api/me")).json();
  assert.deepEqual(
    view.steps.map((step: { readonly told: readonly { readonly text: string }[] }) =>
      step.told.map(({ text }) => text).join(" "),
    ),
    ["Recorded, and sealed.", "Looked at again: it was not there."],
  );
  assert.equal(view.steps[1].actor, actor);
  for (; view.next.length > 0; view = await viewOf(first)) await sleep(50);
  assert.equal(view.recaptures.length, 1, "asked for twice, looked at once");
  const again = await good(await ask(`/api/exhibits/${view.recaptures[0].id}/again`, "contributor", "POST"));
  assert.equal((await again.json()).id, first, "of what was found, the first is looked at");
});

test("of many, each is answered for by itself; a link that is due already is not asked for twice", async () => {
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/p/2`;
  const [one = "", gone = ""] = await sealPosts(home.folder, [
    { ...POST, url, finalUrl: url },
    { ...POST, url, finalUrl: url },
  ]);
  const [signedIn = "", theirs = ""] = await sealActs(home.folder, [
    { ...POST, session: "lane" },
    { act: "received", receivedFrom: "a neighbour" },
  ]);
  await good(await ask(`/api/exhibits/${gone}`, "owner", "DELETE", { reason: "asked for" }));
  const ids = [one, gone, signedIn, theirs, "nonsense", "PLC-0000-0000-0000-0000", one];
  assert.equal((await ask("/api/recaptures", "guest", "POST", { ids })).status, 403);
  const asked = async (of: readonly string[] = ids) => {
    const answer = await ask("/api/recaptures", "contributor", "POST", { ids: of });
    assert.equal(answer.status, 202);
    const { results } = (await answer.json()) as {
      results: readonly { outcome: string; told?: { code: string } }[];
    };
    return results.map(({ outcome, told }) => told?.code ?? outcome);
  };
  assert.deepEqual(await asked(), [
    "asked",
    "erased_no_link",
    "which_session",
    "received_not_again",
    "not_an_id",
    "no_exhibit",
  ]);
  const [first] = await asked();
  assert.ok(first === "as-it-was" || (await viewOf(one)).recaptures.length > 0, `${first}`);
  let view = await viewOf(one);
  for (const until = Date.now() + 180_000; view.recaptures.length === 0; view = await viewOf(one)) {
    assert.ok(Date.now() < until, "not looked at again in time");
    await sleep(100);
  }
  assert.equal(view.recaptures[0].result, "gone");
  for (; view.next.length > 0; view = await viewOf(one)) await sleep(50);
  assert.deepEqual(await asked([view.recaptures[0].id, one]), ["asked", "as-it-was"], "two captures of one link");
  for (const ids of [[], Array.from({ length: 201 }, (_, i) => `PLC-${i}`)])
    assert.equal((await ask("/api/recaptures", "contributor", "POST", { ids })).status, 400);
});

test("when to look again is planned, once however often it is pressed, and taken back: a contributor's own only", async () => {
  const hour = 3_600_000;
  const [one = ""] = await sealPosts(home.folder, [POST]);
  const times = `/api/exhibits/${one}/times`;
  const plan = (again: readonly number[], role: Role, of = times) => ask(of, role, "POST", { again });
  assert.equal((await plan([hour], "guest")).status, 403);
  for (const [again, status] of [
    [[], 400],
    [[1000], 400],
    [[hour], 201],
    [[hour], 201],
  ] as const)
    assert.equal((await plan(again, "contributor")).status, status, String(again));
  const { next } = await (await good(await plan([24 * hour, 168 * hour], "reviewer"))).json();
  assert.deepEqual(
    next.map((time: string) => Math.round((Date.parse(time) - Date.now()) / hour)),
    [1, 24, 168],
  );
  assert.deepEqual((await viewOf(one)).next, next);
  assert.equal((await ask(times, "guest", "DELETE")).status, 403);
  const left = await good(await ask(times, "contributor", "DELETE"));
  assert.deepEqual((await left.json()).next, next.slice(1), "what another planned stays");
  const many = Array.from({ length: 12 }, (_, i) => (200 + i) * hour);
  assert.equal((await plan(many, "contributor")).status, 201);
  const tooMany = await plan(
    many.map((time) => 2 * time),
    "contributor",
  );
  assert.equal((await tooMany.json()).error.told.code, "looks_enough");
  const none = await good(await ask(times, "reviewer", "DELETE"));
  assert.deepEqual(await none.json(), { id: one, next: [] });
  const [signedIn = "", theirs = ""] = await sealActs(home.folder, [
    { ...POST, session: "lane" },
    { act: "received", receivedFrom: "a neighbour" },
  ]);
  for (const other of [signedIn, theirs])
    assert.equal((await plan([hour], "owner", `/api/exhibits/${other}/times`)).status, 400);
});

test("what was received, erased or seen signed in is not looked at again here, and that is said", async () => {
  const [signedIn = ""] = await sealActs(home.folder, [{ ...POST, session: "lane" }]);
  const [theirs = ""] = await sealActs(home.folder, [{ act: "received", receivedFrom: "a neighbour" }]);
  for (const one of [signedIn, theirs]) {
    const refused = await ask(`/api/exhibits/${one}/again`, "owner", "POST");
    assert.equal(refused.status, 400);
    assert.deepEqual((await viewOf(one)).next, []);
  }
});

test("a screenshot that was handed in is read by machine, with the link and the handle in it; nothing of that is sealed", async () => {
  const record = home.house.record();
  const sealed = await record.import(PICTURE, { from: "a neighbour" });
  const before = await record.show(sealed.id);
  const path = `/api/exhibits/${sealed.id}/reading`;
  const json = { file: "picture" };
  assert.equal((await ask(path, "guest", "POST", json)).status, 403);
  const answer = await good(await ask(path, "contributor", "POST", json));
  const reading = await answer.json();
  assert.match(reading.text, /We were here before the lane had a name\./);
  assert.match(reading.text, /היינו כאן לפני/);
  assert.match(reading.text, /<img src=x onerror=alert\(1\)>/, "as the text it is");
  assert.equal(answer.headers.get("content-type"), "application/json");
  assert.ok(!/[\u200e\u200f\u202a-\u202e]/.test(reading.text) && !reading.isCut);
  assert.ok(reading.sureness > 60, `${reading.sureness}`);
  assert.deepEqual(reading.links, ["https://townsquare.example/p/88213"]);
  assert.equal(reading.handles.length, 1);
  assert.deepEqual((await record.show(sealed.id)).fields, before.fields);
  const started = performance.now();
  await good(await ask(path, "reviewer", "POST", json));
  assert.ok(performance.now() - started < 1_000, "kept for whoever asks next");
  const picture = await good(await ask(`/api/exhibits/${sealed.id}/picture`, "guest"));
  assert.equal(picture.headers.get("content-type"), "image/png");
  await good(await ask(`/api/exhibits/${sealed.id}`, "owner", "DELETE", { reason: "asked for" }));
  assert.equal((await ask(path, "contributor", "POST", json)).status, 410);
});

test("what is no picture, is not there, or cannot be decoded is not read, and that is said", async () => {
  const read = async (file: string) =>
    (await ask(`/api/exhibits/${id}/reading`, "contributor", "POST", { file })).status;
  for (const [file, status] of [
    ["media/1", 400],
    ["media/5", 400],
    ["media/9", 404],
    ["text", 400],
    ["../keys", 400],
  ] as const)
    assert.equal(await read(file), status, file);
  await assert.rejects(readPicture(new Blob([new Uint8Array(await readFile(PICTURE)).slice(0, 400)])), {
    code: "malformed",
  });
  await assert.rejects(readPicture(new Blob(["GIF89a"]), 5_000), { code: "malformed" });
  await assert.rejects(readPicture(new Blob([new Uint8Array(await readFile(PICTURE))]), 1), { code: "malformed" });
});

test("a spreadsheet of links is handed in, as programs write it: each link in it is saved; one that is none says what to do", async () => {
  const saver = saverIn(home, home.cookies.contributor);
  const spreadsheet = async (name: string) => new Blob([new Uint8Array(await readFile(join(VECTORS, name)))]);
  const answer = await good(await saver.send(await spreadsheet("links.ods"), "links.ods", { caseName: "Lane" }));
  assert.equal(answer.status, 202);
  const batch = (await answer.json()) as Batch;
  assert.deepEqual(
    batch.links.map(({ url }) => url),
    ["https://townsquare.example/p/1", "https://townsquare.example/p/2?a=1&b=2"],
  );
  for (const item of itemsOf(batch)) await saver.post(`/api/captures/${item}/cancel`);
  const whole = await spreadsheet("links.xlsx");
  const refused = await saver.send(whole.slice(0, whole.size - 40), "links.xlsx");
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /save the table as CSV/);
});

test("what placards were made of it is in the record: when, how large, in what pack and by whom, and no words", async () => {
  const [other = ""] = await sealPosts(home.folder, [{ ...POST, title: "Another" }]);
  assert.deepEqual((await viewOf(id)).made, []);
  const headline = "Said in public";
  const wanted = { ids: [id, other], headline, size: "A4", language: "he" };
  const pdf = await good(await ask("/api/placards", "reviewer", "POST", wanted));
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    "%PDF-",
  );
  const { actor } = await (await ask("/api/me", "reviewer")).json();
  for (const one of [id, other]) {
    const { made, steps } = await viewOf(one);
    assert.equal(made.length, 1);
    assert.deepEqual({ ...made[0], at: "" }, { at: "", size: "A4", language: "he", placards: 2, actor });
    assert.equal(steps.length, 1);
  }
  await sealActs(home.folder, [{ act: "printed", exhibits: [id], size: "A3" }]);
  assert.equal((await viewOf(id)).made[0]?.language, "en", "there was no other when none was said");
  const { exhibits } = await (await ask("/api/exhibits?limit=1")).json();
  assert.equal(exhibits[0].title, "Another", "that something was printed is no exhibit");
  await good(await ask(`/api/exhibits/${other}`, "owner", "DELETE", { reason: "asked for" }));
  await home.house[Symbol.asyncDispose]();
  await rebuildIndex(home.folder);
  await using record = await openRecord(home.folder);
  assert.equal((await record.looking.view(id, { isGuest: false })).made.length, 2, "found again by a rebuilt index");
  const { findings } = await record.audit();
  assert.deepEqual(
    findings.filter(({ state }) => state !== "erased"),
    [],
  );
});
