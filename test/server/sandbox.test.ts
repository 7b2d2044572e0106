import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isPlacardError } from "../../src/lib/error.ts";
import { placesFor } from "../../src/server/places.ts";
import { say } from "../../src/server/said.ts";
import { createSandbox, sandboxOrigin } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { turnsFor } from "../../src/server/turns.ts";
import { ARCHIVE_KEY } from "../placard-fixture.ts";
import { waczMembers, zipOf } from "../wacz-fixture.ts";
import { BASE_URL, type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";

const ORIGIN = "http://127.0.0.1:8001";
const sandbox = { origin: ORIGIN, rooms: openRooms() };
/** All of it: whatever is let besides is looked at by whoever changes this. */
const POLICY = [
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'",
  "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:",
  "frame-src 'self'; worker-src 'self' blob:; form-action 'none'; base-uri 'none'",
  `frame-ancestors 'self' ${BASE_URL}`,
].join("; ");
let home: FoundedHouse;
let shown: ReturnType<typeof createSandbox>;
let id: string;
before(async () => {
  home = await foundedHouse({ sandbox });
  shown = createSandbox({ house: home.house, sandbox, workbench: BASE_URL });
  [id = ""] = await sealPosts(home.folder, [POST]);
});
after(() => home[Symbol.asyncDispose]());

const roomOf = async (path: string, json?: unknown): Promise<string> => {
  const answer = await good(
    await home.ask(path, { method: "POST", cookie: home.cookies.contributor, ...(json === undefined ? {} : { json }) }),
  );
  const { url } = (await answer.json()) as { url: string };
  assert.ok(url.startsWith(`${ORIGIN}/`));
  return url;
};

test("a page is replayed under a name that nobody can guess, in ranges, without cookies, framed by the workbench alone", async () => {
  const url = await roomOf(`/api/exhibits/${id}/replay`);
  assert.match(url, /\/r\/[\w-]{32}\/$/);
  assert.notEqual(url, await roomOf(`/api/exhibits/${id}/replay`));
  const cookie = { headers: { cookie: home.cookies.owner } };
  const page = await good(await shown.request(url, cookie));
  assert.equal(page.headers.get("content-security-policy"), POLICY);
  assert.match(await page.text(), /url="https:\/\/townsquare\.example\/p\/88213"/);
  const part = await shown.request(`${url}archive.wacz`, { headers: { range: "bytes=-22" } });
  assert.equal(part.status, 206);
  assert.equal((await part.arrayBuffer()).byteLength, 22);
  const whole = new Uint8Array(await (await good(await shown.request(`${url}archive.wacz`))).arrayBuffer());
  assert.deepEqual([...whole.subarray(0, 2)], [0x50, 0x4b]);
  for (const path of [url, `${url}archive.wacz`, `${ORIGIN}/replay/ui.js`, `${ORIGIN}/look.css`, `${ORIGIN}/none`]) {
    const answer = await shown.request(path, cookie);
    const told = ["x-content-type-options", "referrer-policy", "cross-origin-resource-policy", "permissions-policy"];
    assert.deepEqual(
      [answer.headers.getSetCookie(), ...told.map((name) => answer.headers.get(name))],
      [
        [],
        "nosniff",
        "no-referrer",
        "same-origin",
        "camera=(), microphone=(), geolocation=(), payment=(), autoplay=()",
      ],
      path,
    );
    if (!path.endsWith(".wacz")) assert.equal(answer.headers.get("content-security-policy"), POLICY, path);
    await answer.arrayBuffer();
  }
});

test("an archive that others made is replayed as well, and said to be theirs", async () => {
  const file = join(home.folder, "theirs.wacz");
  await writeFile(file, await zipOf(waczMembers({ key: ARCHIVE_KEY })));
  const received = await home.house.record().import(file, { from: "a friend" });
  const answer = await good(await home.ask(`/api/exhibits/${received.id}`, { cookie: home.cookies.guest }));
  const view = (await answer.json()) as {
    provenance: readonly { readonly text: string }[];
    files: readonly { name: string }[];
  };
  assert.match(view.provenance.map(({ text }) => text).join(" "), /Others made this file\. “a friend” gave it to us/);
  assert.deepEqual(
    view.files.map(({ name }) => name),
    ["replay"],
  );
  const url = await roomOf(`/api/exhibits/${received.id}/replay`);
  const archive = await good(await shown.request(`${url}archive.wacz`));
  assert.deepEqual(new Uint8Array(await archive.arrayBuffer()), new Uint8Array(await readFile(file)));
});

test("nothing else is there", async () => {
  const names = [
    "/",
    "/api/exhibits",
    "/r/",
    "/r/x/",
    `/r/${"a".repeat(32)}/`,
    `/r/${"a".repeat(32)}/archive.wacz`,
    "/p/x",
    "/replay/package.json",
    "/replay/..%2fpackage.json",
    "/replay/__proto__",
    "/replay/toString",
  ];
  for (const path of names) assert.equal((await shown.request(`${ORIGIN}${path}`)).status, 404, path);
  const said = async (path: string): Promise<string> => (await shown.request(`${ORIGIN}${path}`)).text();
  assert.match(await said("/p/x"), /<html lang="en" dir="ltr">.+<p>There is nothing here, or not any more\.<\/p>/s);
  assert.match(await said("/p/x?in=he"), /<html lang="he" dir="rtl">.+<p>אין כאן דבר, או שכבר אין\.<\/p>/s);
  const replay = await roomOf(`/api/exhibits/${id}/replay`);
  assert.match(await (await shown.request(`${replay}?in=he`)).text(), /<html lang="he".+<title>כפי שתועד<\/title>/);
});

test("the replaying program is served as it was published", async () => {
  for (const name of ["ui.js", "sw.js"]) {
    const served = Buffer.from(await (await good(await shown.request(`${ORIGIN}/replay/${name}`))).arrayBuffer());
    const published = await readFile(
      fileURLToPath(import.meta.resolve("replaywebpage/index.html")).replace("index.html", name),
    );
    assert.ok(served.equals(published), name);
  }
});

test("a room is closed when its exhibit is erased, and when nobody has looked into it for long", async () => {
  const [gone = ""] = await sealPosts(home.folder, [{ ...POST, title: "Gone" }]);
  const url = await roomOf(`/api/exhibits/${gone}/replay`);
  await good(
    await home.ask(`/api/exhibits/${gone}`, {
      method: "DELETE",
      cookie: home.cookies.owner,
      json: { reason: "asked for" },
    }),
  );
  assert.equal((await shown.request(`${url}archive.wacz`)).status, 410);
  let now = 0;
  const rooms = openRooms(() => now);
  const name = rooms.let({ kind: "page", html: "" }, "a");
  now = 29 * 60_000;
  assert.ok(rooms.enter(name) !== undefined);
  now += 31 * 60_000;
  assert.equal(rooms.enter(name), undefined);
});

test("a preview is closed when anything is erased, and a member's rooms when they have another role or are gone", async () => {
  const [gone = ""] = await sealActs(home.folder, [{ title: "Gone" }]);
  const preview = await roomOf("/api/placards/preview", { ids: [id], size: "A3" });
  await good(await shown.request(preview));
  const cookie = home.cookies.owner;
  await good(await home.ask(`/api/exhibits/${gone}`, { method: "DELETE", cookie, json: { reason: "asked for" } }));
  assert.equal((await shown.request(preview)).status, 404);

  const replay = await roomOf(`/api/exhibits/${id}/replay`);
  await good(await shown.request(replay));
  const path = `/api/members/${home.ids.contributor}`;
  await good(await home.ask(path, { method: "PATCH", cookie, json: { role: "guest" } }));
  assert.equal((await shown.request(replay)).status, 404);
  await good(await home.ask(path, { method: "PATCH", cookie, json: { role: "contributor" } }));
});

test("rooms are bounded, in number and in what they hold, and nobody is put out by somebody who has more", () => {
  const rooms = openRooms();
  const page = (mebibytes: number) => ({ kind: "page", html: "x".repeat(mebibytes << 20) }) as const;
  const own = rooms.let(page(1), "a");
  const many = Array.from({ length: 60 }, () => rooms.let(page(0), "b"));
  assert.equal(many.filter((name) => rooms.enter(name) !== undefined).length, 50);
  const large = Array.from({ length: 9 }, () => rooms.let(page(8), "c"));
  assert.deepEqual(
    large.map((name) => rooms.enter(name) !== undefined),
    [false, false, ...Array.from({ length: 7 }, () => true)],
  );
  assert.ok(rooms.enter(own) !== undefined);
  assert.throws(
    () => rooms.let(page(65), "c"),
    (error) => isPlacardError(error, "too_large"),
  );
});

test("placards are made one at a time for each, and so many in all; nobody waits for another's queue", async () => {
  const turns = turnsFor(2, placesFor(3, { message: say("placards_busy"), next: say("wait_they") }));
  const { signal } = new AbortController();
  const first = await turns.take("a", signal);
  const order: string[] = [];
  const wait = async (whose: string, name: string): Promise<Disposable> => {
    const turn = await turns.take(whose, signal);
    order.push(name);
    return turn;
  };
  const second = wait("a", "a2");
  const gone = turns.take("a", AbortSignal.abort());
  gone.catch(() => undefined);
  await assert.rejects(turns.take("a", signal), (error) => isPlacardError(error, "busy"));
  const other = await wait("b", "b1");
  const third = wait("c", "c1");
  await new Promise(setImmediate);
  assert.deepEqual(order, ["b1"]);
  other[Symbol.dispose]();
  (await third)[Symbol.dispose]();
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  await assert.rejects(gone, (error) => isPlacardError(error, "cancelled"));
  assert.deepEqual(order, ["b1", "c1", "a2"]);
  (await turns.take("a", signal))[Symbol.dispose]();
});

test("the workbench lets itself be joined by that one origin, and by no other", async () => {
  const { headers } = await home.ask("/");
  assert.ok(headers.get("content-security-policy")?.split("; ").includes(`frame-src ${ORIGIN}`));
});

test("captured pages are not shown on the workbench's own host, nor on one below or above it", () => {
  for (const [origin, workbench] of [
    ["http://localhost:8001", BASE_URL],
    ["https://pages.placard.example", "https://placard.example"],
    ["https://placard.example", "https://app.placard.example"],
    ["https://placard.example.:8443", "https://placard.example"],
  ] as const)
    assert.throws(
      () => createSandbox({ house: home.house, sandbox: { origin, rooms: openRooms() }, workbench }),
      (error) => isPlacardError(error, "usage"),
      origin,
    );
  const apart = { origin: "https://placard-pages.example", rooms: openRooms() };
  createSandbox({ house: home.house, sandbox: apart, workbench: "https://pages.example" });
});

test("the address of captured pages is taken as an origin, over TLS where the workbench is", () => {
  assert.equal(sandboxOrigin("https://Pages.example:443/", "https://placard.example"), "https://pages.example");
  assert.equal(sandboxOrigin("http://127.0.0.1:9000/", BASE_URL), "http://127.0.0.1:9000");
  for (const url of ["http://pages.example", "pages.example", "javascript:alert(1)", ""])
    assert.throws(
      () => sandboxOrigin(url, "https://placard.example"),
      (error) => isPlacardError(error, "usage"),
      url,
    );
});

test("the preview is the very page that prints, and may do nothing but lay itself out", async () => {
  const url = await roomOf("/api/placards/preview", { ids: [id], headline: "<b>Look</b>", size: "A3" });
  const page = await good(await shown.request(url));
  assert.equal(
    page.headers.get("content-security-policy"),
    `sandbox allow-scripts; connect-src 'none'; frame-ancestors ${BASE_URL}`,
  );
  const html = await page.text();
  assert.ok(html.includes("&lt;b&gt;Look&lt;/b&gt;") && !html.includes("<b>Look</b>"));
  assert.ok(html.includes("default-src &#39;none&#39;") && html.includes(id));
  assert.ok(html.includes("We were here before the lane had a name."));
});

test("what cannot be printed is refused by name", async () => {
  const ask = (json: unknown) =>
    home.ask("/api/placards/preview", { method: "POST", cookie: home.cookies.contributor, json });
  const [bare = ""] = await sealActs(home.folder, [{ title: "bare" }]);
  for (const json of [
    { ids: [], size: "A3" },
    { ids: [id], size: "A9" },
    { ids: [id, id], size: "A3" },
    { ids: [bare], size: "A3" },
    { ids: [id], size: "A3", headline: "one two three four five six seven eight" },
  ]) {
    assert.equal((await ask(json)).status, 400, JSON.stringify(json));
  }
  assert.equal((await ask({ ids: ["PLC-0000-0000-0000-0000"], size: "A3" })).status, 404);
});
