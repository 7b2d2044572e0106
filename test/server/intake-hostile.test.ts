/** Floods, full disks, and what hostile senders send: refused, or harmless, and never half kept. */
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32, deflateSync } from "node:zlib";
import { Hono } from "hono";
import sharp from "sharp";
import { previewOf } from "../../src/app/sent-picture.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { boundedBody } from "../../src/server/intake/bounded-body.ts";
import { openIntakeDatabase } from "../../src/server/intake/database.ts";
import { openLimit } from "../../src/server/intake/limits.ts";
import { SentIn } from "../../src/server/intake/sent.ts";
import { newFolder } from "../faults/place.ts";
import { xssPayloads } from "../xss-vectors.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { doWork, inbox, newKey, openDoor, receipt, send, sendIn } from "./sender.ts";

const LINK = "https://x.example/posts/1";
const HOUR = 3_600_000;
let home: FoundedHouse;
let work: string;
before(async () => {
  home = await foundedHouse();
  await openDoor(home, home.cookies.owner);
  work = await doWork(ask);
});
after(() => home[Symbol.asyncDispose]());

const ask = (...args: Parameters<FoundedHouse["ask"]>) => home.ask(...args);
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64");
const waiting = async (): Promise<number> => {
  const answer = await good(await ask("/api/inbox/waiting", { cookie: home.cookies.reviewer }));
  return ((await answer.json()) as { waiting: number }).waiting;
};

/** A part of a PNG. */
function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Of this size by its header, and of nothing but white. */
function paper(width: number, height: number, rows = Buffer.alloc(height * (1 + width))): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("what is no link or no picture is refused with a reason, costs no work, and leaves nothing", async () => {
  const zip = "PK\u0003\u0004rest";
  const refused: readonly (readonly [string, object])[] = [
    ["nothing", {}],
    ["words only", { words: "Look at x.example" }],
    ["a script", { links: "javascript:alert(1)" }],
    ["a file", { links: "file:///etc/passwd" }],
    ["this machine", { links: "http://127.0.0.1:7522/" }],
    ["the metadata of a cloud", { links: "http://169.254.169.254/latest" }],
    ["a name and password", { links: "https://a:b@x.example/" }],
    ["too many links", { links: Array.from({ length: 21 }, (_, i) => `${LINK}?${i}`).join("\n") }],
    ["a drawing", { pictures: [base64("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")] }],
    ["a page", { pictures: [base64("<!doctype html><script>alert(1)</script>")] }],
    ["a moving picture", { pictures: [base64("GIF89a....")] }],
    ["an archive", { pictures: [base64(zip)] }],
    ["nothing in it", { pictures: [""] }],
    ["no base64", { pictures: [`${base64(paper(9, 9))}<>`] }],
    ["too large a picture", { pictures: [base64(Buffer.concat([paper(9, 9), Buffer.alloc(8 << 20)]))] }],
    ["three pictures", { pictures: Array<string>(3).fill(base64(paper(9, 9))) }],
    ["too long words", { links: LINK, words: "a".repeat(4_001) }],
    ["what is not asked for", { links: LINK, state: "taken" }],
    ["no key", { links: LINK, key: "../../x" }],
  ];
  for (const [what, sending] of refused) {
    const answer = await send(ask, sending, { work });
    assert.ok(answer.status === 400 || answer.status === 413, `${what}: ${answer.status} ${await answer.text()}`);
  }
  const large = await ask("/api/intake/sent", {
    method: "POST",
    headers: { "placard-work": work },
    json: { key: newKey(), words: "a".repeat(24 << 20) },
  });
  assert.equal(large.status, 413);
  assert.equal(await waiting(), 0);
  assert.equal((await send(ask, { links: LINK }, { work })).status, 201);
});

test("of a picture that is something else too, members see what it shows and nothing of the rest", async () => {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#223344" } })
    .jpeg()
    .toBuffer();
  const both = [paper(30, 20), jpeg].map((bytes) =>
    Buffer.concat([bytes, Buffer.from("<script>alert('beside')</script>")]),
  );
  const bomb = paper(30_000, 30_000, Buffer.alloc(1 << 20));
  const codes = [await sendIn(ask, { pictures: both.map(base64) }), await sendIn(ask, { pictures: [base64(bomb)] })];
  const [ref = "", bombs = ""] = codes.map((code) => code.slice(0, 9));
  for (const n of [1, 2]) {
    const answer = await good(await ask(`/api/inbox/${ref}/pictures/${n}`, { cookie: home.cookies.reviewer }));
    assert.equal(answer.headers.get("content-type"), "image/png");
    assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'; sandbox/);
    const drawn = Buffer.from(await answer.arrayBuffer());
    assert.ok(!drawn.includes("beside"));
    assert.equal((await sharp(drawn).metadata()).width, n === 1 ? 30 : 40);
  }
  assert.equal((await ask(`/api/inbox/${bombs}/pictures/1`, { cookie: home.cookies.reviewer })).status, 413);
  for (const path of ["..%2f..%2fkeys", "0000-0000%00", "%2e%2e"])
    assert.ok(
      [400, 404].includes(
        (await ask(`/api/inbox/${path}/look`, { method: "POST", cookie: home.cookies.owner, json: {} })).status,
      ),
    );
  const broken = Buffer.concat([paper(9, 9).subarray(0, 40), Buffer.alloc(100)]);
  await assert.rejects(previewOf(broken), { code: "malformed" });
});

test("whatever is written stays the text it is, for members and for the sender", async () => {
  const inert = (answer: Response): void => {
    assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
    assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  };
  const seen = (text: string): string =>
    text
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]/gu, "")
      .trim();
  const all = xssPayloads.join(" ");
  const { owner } = home.cookies;
  await openDoor(home, owner, all.slice(0, 2_000));
  inert(await good(await ask("/api/intake")));
  const code = await sendIn(ask, { links: LINK, words: all.slice(0, 4_000), contact: all.slice(0, 300) });
  for (const i of [0, 1, 2, 3])
    await receipt(ask, code, "/words", { text: all.slice(4_000 + i * 2_000, 6_000 + i * 2_000) });
  const answer = await good(
    await ask(`/api/inbox/${code.slice(0, 9)}/look`, { method: "POST", cookie: owner, json: {} }),
  );
  inert(answer);
  const { messages } = (await answer.json()) as { messages: readonly { text: string }[] };
  assert.equal(messages[0]?.text, seen(all.slice(0, 4_000)));
  for (const text of xssPayloads.filter((_, i) => i % 8 === 0)) {
    const told = await inbox(ask, owner, `/${code.slice(0, 9)}/decline`, "POST", { reason: text.slice(0, 500) });
    assert.equal(told.reason ?? "", seen(text.slice(0, 500)));
    await inbox(ask, owner, `/${code.slice(0, 9)}/reopen`);
    inert(
      await ask("/api/intake/receipt", {
        headers: { "placard-receipt": text.replace(/[^\x20-\x7e]/g, "").slice(0, 100) },
      }),
    );
  }
});

test("so much an hour from one address and no more, whatever it says of itself, and so much in all", async () => {
  await using behind = await foundedHouse({ behindProxy: true });
  await openDoor(behind, behind.cookies.owner);
  const asking = (...args: Parameters<FoundedHouse["ask"]>) => behind.ask(...args);
  const works = await Promise.all(Array.from({ length: 12 }, () => doWork(asking)));
  const statuses: number[] = [];
  for (const [i, one] of works.entries()) {
    // The last address counts; what stands before it is the sender's own word.
    const headers = { "x-forwarded-for": `198.51.100.${i}, ${i === 11 ? "203.0.113.8" : "203.0.113.7"}` };
    statuses.push((await send(asking, { links: `${LINK}?${i}` }, { work: one, headers })).status);
  }
  assert.deepEqual(statuses, [...Array<number>(10).fill(201), 429, 201]);

  let now = 0;
  const limit = openLimit({ within: HOUR, each: 2, inAll: 3 }, () => now);
  for (const client of ["a", "a", "b"]) limit.note(client);
  assert.deepEqual([limit.has("a"), limit.has("c"), limit.count], [false, false, 3]);
  now = HOUR + 1;
  assert.deepEqual([limit.has("a"), limit.count], [true, 0]);
});

test("what waits has a limit; a disk that takes no more keeps nothing of it, and says so; what is old is forgotten", async () => {
  const folder = await newFolder();
  const raw = await openIntakeDatabase(join(folder, "intake.sqlite"));
  let [now, count] = [0, 0];
  const sent = new SentIn(raw, { waiting: 3, bytes: 3 << 20 }, () => now);
  const take = (bytes: number) => {
    const code = `0000-00${String(count++).padStart(2, "0")}-0000-0000-0000-0000`;
    const pictures = bytes === 0 ? [] : [{ bytes: new Uint8Array(bytes), mediaType: "image/png", item: newKey() }];
    sent.take({ code, links: [LINK], pictures, words: "w", contact: "c" }, { name: code, until: now + HOUR });
    return code;
  };
  const rows = (table: string): number => Number(raw.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
  const all = () => ["sent", "parts", "words", "spent"].map(rows);
  const first = take(2 << 20);
  const before = all();
  assert.throws(() => take(2 << 20), { code: "busy" });
  raw.exec("PRAGMA max_page_count = 700");
  assert.throws(() => take(1 << 20), { code: "storage" });
  raw.exec("PRAGMA max_page_count = 100000");
  assert.deepEqual(all(), before);
  assert.deepEqual([take(0), take(0)].length, 2);
  assert.throws(() => take(0), { code: "busy" });
  sent.decline(first.slice(0, 9), "");
  now = 31 * 24 * HOUR;
  sent.forget();
  assert.equal(sent.list().length, 3);
  assert.equal(raw.prepare("SELECT count(*) AS n FROM parts WHERE picture IS NOT NULL").get()?.["n"], 0);
  assert.equal(sent.find(first)?.state, "declined");
  now = 600 * 24 * HOUR;
  sent.forget();
  assert.deepEqual([sent.find(first), rows("parts")], [undefined, 0]);
  raw.close();
  await rm(folder, { recursive: true });
});

test("who sends slowly, or nothing more, is not waited for", async () => {
  const app = new Hono().use("*", boundedBody({ most: 100, idle: 30, longest: 80 })).post("/", (c) => c.text("taken"));
  const asked = async (body: ReadableStream | string): Promise<unknown> => {
    let code: unknown;
    app.onError((error, c) => {
      code = isPlacardError(error) ? error.code : error;
      return c.text("refused");
    });
    const answer = await app.request("/", { method: "POST", body, duplex: "half" } as RequestInit);
    return code ?? answer.text();
  };
  const drip = () =>
    new ReadableStream({
      pull: async (controller) => {
        await sleep(20);
        controller.enqueue(new Uint8Array(1));
      },
    });
  assert.equal(await asked("a"), "taken");
  assert.equal(await asked("a".repeat(101)), "too_large");
  assert.equal(await asked(new ReadableStream({ pull: () => sleep(60_000, undefined, { ref: false }) })), "cancelled");
  assert.equal(await asked(drip()), "cancelled");
});
