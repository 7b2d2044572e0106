import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { concat, utf8 } from "../../lib/bytes.ts";
import { openPending, type PendingFile } from "../../lib/durable.ts";
import { END, memberEnd, memberStart } from "../archive/record-member.ts";
import { inMemory, type RecordDraft, startRecord } from "../archive/warc-record.ts";
import { writeAround } from "./kept-body.ts";
import { compose, type Part } from "./parts.ts";

const folder = mkdtempSync(join(tmpdir(), "placard-kept-body-"));
// Where the time is up in the middle of a run, that run is still at work for a moment.
after(() => rmSync(folder, { recursive: true, maxRetries: 10 }));

const SEALED = "<urn:uuid:1>";
const SHARED = "<urn:uuid:2>";
const SECRET = "walker=seeded-7c1f";
const TEXT = Buffer.from("The lanterns on Hollow Lane stay dark until the hedges are cut. ".repeat(100));

function draft(body: Uint8Array, cookie = "removed-by-Placard"): RecordDraft {
  return {
    type: "response",
    date: "2026-03-14T21:07:00.000Z",
    contentType: "application/http; msgtype=response",
    headers: [["WARC-Target-URI", "https://townsquare.example/a.svg"]],
    head: utf8(`HTTP/1.1 200 OK\r\nSet-Cookie: ${cookie}\r\n\r\n`),
    body: inMemory(body),
    blockDigest: "sha256:00",
    about: {},
  };
}

async function written<T>(write: (file: PendingFile) => Promise<T>): Promise<readonly [T, Buffer]> {
  const path = join(folder, "file");
  const file = await openPending(folder, { mode: 0o600, scratch: true });
  try {
    const result = await write(file);
    await file.commit(path);
    return [result, readFileSync(path)];
  } finally {
    await file.discard();
  }
}

async function sealed(body: Uint8Array): Promise<Buffer> {
  const write = await startRecord(draft(body, SECRET), SEALED, []);
  return (await written(write))[1];
}

/** The parts that a record with this body is made of where `member` lies in an archive, 7 bytes from its beginning; and its own bytes. */
async function around(
  member: Uint8Array,
  body: Uint8Array,
  of: "archive" | "earlierArchive" = "archive",
): Promise<{ readonly parts: readonly Part[] | undefined; readonly own: Buffer; readonly whole: Buffer | undefined }> {
  const blob = new Blob(["before.", member as BlobPart, "behind"]);
  const sources = { archive: new Blob(), [of]: blob };
  const piece = { of, from: 7, bytes: member.length };
  const [parts, own] = await written((file) =>
    writeAround(file, piece, sources, { draft: draft(body), id: SHARED, more: [] }),
  );
  const whole =
    parts && gunzipSync(Buffer.from(await compose(parts, sources, new Blob([own as BlobPart])).arrayBuffer()));
  return { parts, own, whole };
}

test("a record with another head takes its body, packed, out of the sealed one; of its own it has only what is around", async () => {
  const long = Buffer.concat(Array.from({ length: 40 }, () => randomBytes(50_000)));
  for (const body of [TEXT, randomBytes(1024), randomBytes(300_000), long, Buffer.alloc(3_000_000, "hedge ")]) {
    for (const source of ["archive", "earlierArchive"] as const) {
      const { parts, own, whole } = await around(await sealed(body), body, source);
      assert.ok(parts !== undefined && whole !== undefined, `of ${body.length} bytes nothing was found`);
      assert.ok(own.length < 500, `${own.length} bytes of its own`);
      assert.deepEqual(
        parts.map((part) => ("own" in part ? "own" : part.of)),
        ["own", source, "own"],
      );
      const afresh = gunzipSync((await written(await startRecord(draft(body), SHARED, [])))[1]);
      assert.ok(whole.equals(afresh), "it is the very record that would be written afresh");
      assert.ok(!whole.includes(SECRET) && !whole.includes(SEALED));
    }
  }
});

test("nothing is taken of a body that is another, be it by one byte or one byte longer", async () => {
  const other = Buffer.from(TEXT);
  other[17] = 65;
  for (const body of [other, Buffer.concat([TEXT, Buffer.from(".")]), TEXT.subarray(1), TEXT.subarray(0, -1)]) {
    const { parts, own } = await around(await sealed(TEXT), body);
    assert.deepEqual([parts, own.length], [undefined, 0]);
  }
});

test("nothing is taken where the body does not stand alone: short, in one stream with its head, or leaning on what stood before", async () => {
  const short = TEXT.subarray(0, 1023);
  assert.equal((await around(await sealed(short), short)).parts, undefined);
  const head = Buffer.from(`WARC/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${TEXT.toString()}`);
  assert.equal((await around(gzipSync(Buffer.concat([head, TEXT, END])), TEXT)).parts, undefined);
  // Looks like one of ours, and its body's stream refers back to what a reader of it alone does not have.
  const leaning = deflateRawSync(TEXT, { dictionary: Buffer.from(SECRET.repeat(9) + TEXT.toString()), finishFlush: 2 });
  const forged = concat(memberStart(head, 4), leaning, memberEnd(0, 0));
  assert.equal((await around(forged, TEXT)).parts, undefined);
});

test("nothing is taken that has more in it than the body: a block behind it, a stream that has ended, another member", async () => {
  const packed = deflateRawSync(TEXT, { finishFlush: 2 });
  const start = memberStart(utf8("WARC/1.1\r\n\r\n\r\n\r\n"), 4);
  const secret = deflateRawSync(utf8(SECRET), { finishFlush: 2 });
  const end = memberEnd(0, 0);
  const ended = deflateRawSync(TEXT);
  const hidden: readonly Uint8Array[] = [
    concat(packed, secret),
    concat(ended, secret),
    concat(ended, utf8(SECRET)),
    concat(packed, Uint8Array.of(1, 0, 0, 255, 255), new Uint8Array(8), gzipSync(SECRET)),
    packed.subarray(0, -1),
    new Uint8Array(0),
  ];
  for (const body of hidden) assert.equal((await around(concat(start, body, end), TEXT)).parts, undefined);
  assert.ok((await around(concat(start, packed, end), TEXT)).parts !== undefined, "the same without it is taken");
});

test("whatever bytes lie there: the record as it is, or nothing taken", async () => {
  const sound = await sealed(TEXT);
  const right = gunzipSync((await written(await startRecord(draft(TEXT), SHARED, [])))[1]);
  const changed = fc
    .tuple(fc.nat(sound.length - 1), fc.uint8Array({ maxLength: 6 }), fc.nat(6))
    .map(([at, bytes, cut]) => concat(sound.subarray(0, at), bytes, sound.subarray(at + cut)));
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, fc.uint8Array({ maxLength: 200 })), async (member) => {
      const { parts, own, whole } = await around(member, TEXT);
      if (parts === undefined) assert.equal(own.length, 0);
      else assert.ok(whole?.equals(right));
    }),
    { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME },
  );
});
