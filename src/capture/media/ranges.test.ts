/** Files that came in several answers to ranges: whole to the byte, or none. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { keptExchange } from "../../../test/kept-exchange.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { composeHead } from "../netlog/head.ts";
import { answersToAsked } from "./asking.ts";
import { keepMedia } from "./post-media.ts";

const URL_OF = "https://square.example/film";
const FILM = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const digest = (bytes: Uint8Array): string => `sha256:${sha256(bytes)}`;
let folder: string;

before(async () => (folder = await mkdtemp(join(tmpdir(), "placard-ranges-"))));
after(() => rm(folder, { recursive: true, force: true }));

interface PartOptions {
  readonly headers?: readonly Header[];
  readonly bytes?: Uint8Array;
  readonly total?: number;
  readonly changes?: Partial<Exchange>;
  /** What it says of its version. */
  readonly version?: readonly Header[];
}

const ONE: readonly Header[] = [["ETag", '"one"']];

function part(
  from: number,
  to: number,
  { headers = [], bytes, total, changes, version = ONE }: PartOptions = {},
): Exchange {
  return keptExchange(URL_OF, bytes ?? FILM.subarray(from, to), {
    status: 206,
    responseHeaders: [
      ["Content-Type", "video/webm"],
      ["Content-Range", `bytes ${from}-${to - 1}/${total ?? FILM.length}`],
      ...version,
      ...headers,
    ],
    ...changes,
  });
}

async function keep(...exchanges: readonly Exchange[]) {
  const own = await mkdtemp(join(folder, "one-"));
  const { files, missing } = await keepMedia([URL_OF], { exchanges }, own);
  assert.equal((await readdir(own)).length, files.length, "nothing half-written stays");
  const [file] = files;
  return { file, bytes: file && (await readFile(file.path)), why: missing[0]?.why };
}

test("answers that together have all of it are one file, and the act can say of what it was made", async () => {
  const { file, bytes } = await keep(part(3000, 5000), part(0, 2000), part(1500, 3500), part(100, 200));
  assert.ok(FILM.equals(bytes ?? Buffer.alloc(0)));
  assert.equal(file?.sha256, sha256(FILM));
  assert.equal(file?.mediaType, "video/webm");
  assert.deepEqual(file?.joined, {
    of: "ranges",
    parts: [
      { digest: digest(FILM.subarray(0, 2000)), from: 0, bytes: 2000 },
      { digest: digest(FILM.subarray(1500, 3500)), from: 500, bytes: 1500 },
      { digest: digest(FILM.subarray(3000)), from: 500, bytes: 1500 },
    ],
  });
});

test("what broke off counts as far as it came, in chunks or not at all", async () => {
  const cut = { changes: { truncated: true, error: "ERR_ABORTED" }, bytes: FILM.subarray(0, 2500) };
  assert.ok(FILM.equals((await keep(part(0, 5000, cut), part(2400, 5000))).bytes ?? Buffer.alloc(0)));
  assert.equal((await keep(part(0, 5000, cut), part(2600, 5000))).why, "Only a part of it was fetched.");
  const stated: readonly Header[] = [["Content-Type", "video/webm"], ["Content-Length", "5000"], ...ONE];
  const begun = keptExchange(URL_OF, FILM.subarray(0, 2500), { truncated: true, responseHeaders: stated });
  assert.equal((await keep(begun, part(2000, 5000))).file?.sha256, sha256(FILM));
  const chunked = (bytes: Uint8Array): PartOptions => ({
    headers: [["Transfer-Encoding", "chunked"]],
    bytes: Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n0\r\n\r\n")]),
  });
  const inChunks = await keep(part(0, 2500, chunked(FILM.subarray(0, 2500))), part(2500, 5000));
  assert.equal(inChunks.file?.sha256, sha256(FILM));
  assert.equal(inChunks.file?.joined?.parts[0]?.digest, digest(FILM.subarray(0, 2500)), "of the content");
  const broken = part(0, 5000, { ...chunked(FILM.subarray(0, 2500)), changes: { truncated: true } });
  assert.equal((await keep(broken, part(2500, 5000))).file, undefined);
});

test("where answers differ about a byte, or are of different versions, there is no file", async () => {
  const other = Buffer.from(FILM.subarray(1500, 3500));
  other[700] = (other[700] ?? 0) ^ 1;
  for (const lie of [part(1500, 3500, { bytes: other }), part(2100, 2300, { bytes: other.subarray(600, 800) })]) {
    const { why } = await keep(part(0, 3000), lie, part(3000, 5000));
    assert.equal(why, "What came in several answers is not the same in all.");
  }
  const etag = (value: string): PartOptions => ({ version: [["ETag", value]] });
  const versions = "What came of it is of different versions, and none came whole.";
  assert.equal((await keep(part(0, 3000, etag('"a"')), part(3000, 5000, etag('"b"')))).why, versions);
  assert.equal((await keep(part(0, 3000), part(3000, 5000, { total: 5001 }))).why, versions);
  const elsewhere = [["ETag", '"a"'] as const, ["Last-Modified", "Sat, 28 Feb 2026 10:00:00 GMT"] as const];
  const later = [["ETag", '"a"'] as const, ["Last-Modified", "Sat, 28 Feb 2026 11:00:00 GMT"] as const];
  assert.equal((await keep(part(0, 3000, { version: elsewhere }), part(3000, 5000, { version: later }))).why, versions);
  const both = await keep(part(0, 3000, etag('"a"')), part(0, 5000, etag('"b"')), part(3000, 5000, etag('"a"')));
  assert.equal(both.file?.sha256, sha256(FILM), "one of them whole is enough");
});

const MODIFIED: Header = ["Last-Modified", "Sat, 28 Feb 2026 10:00:00 GMT"];
const LATER: Header = ["Date", "Sat, 28 Feb 2026 10:01:00 GMT"];

test("parts are put together only where their server says for certain that they are of one version (RFC 9110 §15.3.7.3)", async () => {
  const untold = "It came in parts, and its server does not say for certain that they are of one and the same version.";
  const halves = (first: readonly Header[], second: readonly Header[], ...more: readonly Exchange[]) =>
    keep(part(0, 3000, { version: first }), part(3000, 5000, { version: second }), ...more);
  const weak: readonly (readonly [readonly Header[], readonly Header[]])[] = [
    [[], []],
    [ONE, []],
    [[["ETag", 'W/"one"']], [["ETag", 'W/"one"']]],
    [
      [["ETag", 'W/"one"'], MODIFIED, LATER],
      [["ETag", 'W/"one"'], MODIFIED, LATER],
    ],
    [[["ETag", "one"]], [["ETag", "one"]]],
    [[["ETag", '"one", "one"']], [["ETag", '"one", "one"']]],
    [[MODIFIED], [MODIFIED]],
    [
      [MODIFIED, ["Date", "Sat, 28 Feb 2026 10:00:59 GMT"]],
      [MODIFIED, LATER],
    ],
    [
      [MODIFIED, ["Date", "2026-03-01"]],
      [MODIFIED, LATER],
    ],
    [
      [["Last-Modified", "yesterday"], LATER],
      [["Last-Modified", "yesterday"], LATER],
    ],
    [[...ONE], [MODIFIED, LATER]],
  ];
  for (const [first, second] of weak)
    assert.equal((await halves(first, second)).why, untold, JSON.stringify([first, second]));
  for (const strong of [ONE, [MODIFIED, LATER], [...ONE, MODIFIED]] as const)
    assert.equal((await halves(strong, strong)).file?.sha256, sha256(FILM));
  assert.equal((await halves([...ONE, MODIFIED, LATER], [MODIFIED, LATER])).file?.sha256, sha256(FILM));
  const inOne = await halves([], [], part(0, 5000, { version: [] }));
  assert.equal(inOne.file?.sha256, sha256(FILM), "one answer is of one version");
  const other = part(0, 5000, { version: [], bytes: Buffer.alloc(5000, 7) });
  assert.equal(
    (await keep(part(0, 3000, { version: [] }), { ...other, status: 206 })).file?.sha256,
    sha256(Buffer.alloc(5000, 7)),
  );
});

test("an answer that says to be all and is shorter or longer is not all", async () => {
  for (const length of [100, 4999, 5001]) {
    const lie = part(0, 5000, { bytes: Buffer.alloc(length, 7) });
    assert.deepEqual([(await keep(lie)).file, (await keep(lie)).why], [undefined, "Only a part of it was fetched."]);
  }
});

test("coded, nonsensical or posted ranges are nothing to make a file of", async () => {
  const rest = part(2500, 5000);
  const zipped = gzipSync(FILM.subarray(0, 2500));
  for (const odd of [
    part(0, 2500, { headers: [["Content-Encoding", "gzip"]], bytes: zipped }),
    part(0, 2500, {
      changes: {
        responseHeaders: [
          ["Content-Type", "multipart/byteranges; boundary=a"],
          ["Content-Range", "bytes 0-2499/5000"],
          ...ONE,
        ],
      },
    }),
    part(0, 2500, { changes: { method: "POST" } }),
    part(0, 2500, { bytes: FILM.subarray(0, 2400) }),
    part(0, 2500, { bytes: FILM.subarray(0, 2600) }),
    part(0, 2500, { headers: [["Content-Range", "bytes 0-2499/5000"]] }),
    part(0, 2500, { changes: { responseHeaders: [["Content-Range", "bytes 2499-0/5000"]] } }),
    part(0, 2500, { changes: { responseHeaders: [["Content-Range", "bytes 0-2499/*"]] } }),
    part(0, 2500, { changes: { responseHeaders: [["Content-Range", "bytes 0-9999999999999999/99999999999999999"]] } }),
  ]) {
    assert.equal((await keep(odd, rest)).why, "Only a part of it was fetched.");
  }
});

test("of what is too large a part is no file, and it is said why", async () => {
  assert.equal(
    (await keep(part(0, 5000, { total: 300 << 20 }))).why,
    "It is larger than is kept as a file of its own.",
  );
});

test("of very many parts there is no file", async () => {
  const each = 2;
  const parts = Array.from({ length: 1001 }, (_, i) => part(i * each, (i + 1) * each, { total: 1001 * each }));
  const { why } = await keep(...parts);
  assert.equal(why, "It came in more pieces than are put together; they are in the archive.");
});

test("parts that unpack to very much, or lie in an answer over and over, are read no further than is worth it", async () => {
  const started = performance.now();
  const bomb = gzipSync(Buffer.alloc(200 << 20));
  const bombs = Array.from({ length: 30 }, () =>
    keptExchange(URL_OF, bomb, { responseHeaders: [["Content-Encoding", "gzip"]], truncated: false }),
  ).map((one) => ({ ...one, status: 206 }));
  assert.equal((await keep(part(0, 2500), ...bombs)).why, "Only a part of it was fetched.");
  const many = Array.from({ length: 2001 }, () => part(0, 10));
  assert.equal((await keep(...many)).why, "It came in more pieces than are put together; they are in the archive.");
  assert.ok(performance.now() - started < 20_000);
});

test("whatever parts come, the file is the whole or there is none", async () => {
  const span = fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 120 }), fc.nat(120));
  const whole = FILM.subarray(0, 300);
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 12 }), async (spans) => {
      const covered = new Set<number>();
      const parts = spans.map(([from, length, lost]) => {
        const to = Math.min(300, from + length);
        const end = Math.max(from + 1, to - lost);
        for (let i = from; i < end; i++) covered.add(i);
        const options = { total: 300, bytes: whole.subarray(from, end), changes: { truncated: end < to } };
        return part(from, to, options);
      });
      const { bytes } = await keep(...parts);
      assert.equal(bytes !== undefined, covered.size === 300);
      if (bytes !== undefined) assert.ok(whole.equals(bytes));
    }),
    { numRuns: 1e6, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false },
  );
});

test("what the capture asked for is told from what the page asked for, also where it was sent on", () => {
  const asked = [{ url: URL_OF, range: "bytes=5-9" }];
  const request = (headers: readonly Header[], changes: Partial<Exchange> = {}): Exchange =>
    keptExchange(URL_OF, FILM, {
      requestHeaders: headers,
      requestHead: composeHead("GET /film HTTP/1.1", headers),
      ...changes,
    });
  const own: readonly Header[] = [
    ["Range", "bytes=5-9"],
    ["Accept-Language", "*"],
  ];
  const sent = request(own, { redirectedTo: "https://square.example/b" });
  const onward = request(own, { url: "https://square.example/b" });
  const pages = [
    request([...own, ["Referer", "https://square.example/"]]),
    request([...own, ["Cookie", "who=me"]]),
    request([["Range", "bytes=5-9"]]),
    request([["Accept-Language", "*"]]),
    request(own, { url: "https://square.example/c" }),
    request(own, { method: "HEAD" }),
  ];
  assert.deepEqual([...answersToAsked([...pages, sent, onward], asked)], [sent, onward]);
});
