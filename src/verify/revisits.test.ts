import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { waczMembers, zipOf } from "../../test/wacz-fixture.ts";
import { concat, toHex, utf8 } from "../lib/bytes.ts";
import { sha256 } from "../lib/sha256.ts";
import { checkRevisits } from "./revisits.ts";
import type { Check } from "./verdict.ts";
import { openZip } from "./zip.ts";

const PICTURE = "A drawing of a lantern, in letters. ".repeat(100);
const digestOf = (text: string): string => `sha256:${toHex(sha256(utf8(text)))}`;

interface RecordOf {
  readonly type: "response" | "revisit";
  readonly payload: string;
  readonly isChunked?: boolean;
  /** What record and index say of it. */
  readonly digest?: string;
  readonly inIndex?: Readonly<Record<string, unknown>>;
}

async function archiveOf(records: readonly RecordOf[], moreIndex = ""): Promise<Blob> {
  const members: Uint8Array[] = [];
  const lines: string[] = [];
  let offset = 0;
  for (const { type, payload, isChunked = false, digest = digestOf(payload), inIndex = {} } of records) {
    const coding = isChunked ? "Transfer-Encoding: chunked\r\n" : "";
    const block = `HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n${coding}\r\n${type === "revisit" ? "" : payload}`;
    const head = `WARC/1.1\r\nWARC-Type: ${type}\r\nWARC-Payload-Digest: ${digest}\r\nContent-Length: ${utf8(block).length}`;
    const packed = new Uint8Array(gzipSync(utf8(`${head}\r\n\r\n${block}\r\n\r\n`)));
    const mime = type === "revisit" ? "warc/revisit" : "image/png";
    const said = {
      url: "https://townsquare.example/a",
      digest,
      mime,
      offset,
      length: packed.length,
      filename: "data.warc.gz",
    };
    lines.push(`example,townsquare)/a 20260314210700 ${JSON.stringify({ ...said, ...inIndex })}\n`);
    offset += packed.length;
    members.push(packed);
  }
  const bytes = await zipOf(waczMembers({ warc: concat(...members), index: utf8(lines.join("") + moreIndex) }));
  return new Blob([bytes]);
}

async function check(archive: Blob, earlier?: readonly Blob[]): Promise<Check | undefined> {
  return checkRevisits(await openZip(archive), earlier);
}

const REVISIT: RecordOf = { type: "revisit", payload: PICTURE };
const PAYLOAD: RecordOf = { type: "response", payload: PICTURE };

test("an archive that revisits nothing has no such check, whatever its index is", async () => {
  assert.equal(await check(await archiveOf([PAYLOAD])), undefined);
  assert.equal(await check(await archiveOf([PAYLOAD], "\u0000 no line at all {")), undefined);
});

test("found in itself, or in the archive that came with it: holds", async () => {
  assert.equal((await check(await archiveOf([PAYLOAD, REVISIT])))?.state, "holds");
  assert.equal((await check(await archiveOf([REVISIT]), [await archiveOf([PAYLOAD])]))?.state, "holds");
  const large = { ...PAYLOAD, payload: PICTURE.repeat(2000) };
  const revisit = { ...REVISIT, payload: large.payload };
  assert.equal((await check(await archiveOf([revisit]), [await archiveOf([large])]))?.state, "holds");
});

test("of a payload in chunks the digest may be of what they hold, or of the chunks as they came", async () => {
  const inChunks = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
  for (const digest of [digestOf(PICTURE), digestOf(inChunks(PICTURE))]) {
    const chunked = { ...PAYLOAD, payload: inChunks(PICTURE), digest, isChunked: true };
    assert.equal(
      (await check(await archiveOf([{ ...REVISIT, digest }]), [await archiveOf([chunked])]))?.state,
      "holds",
    );
  }
  const FORGED = [inChunks(PICTURE.replace("lantern", "hedge")), inChunks(PICTURE).slice(0, -5), PICTURE];
  for (const payload of FORGED) {
    const forged = { ...PAYLOAD, payload, digest: digestOf(PICTURE), isChunked: true };
    assert.equal(
      (await check(await archiveOf([REVISIT]), [await archiveOf([forged])]))?.code,
      payload === PICTURE ? undefined : "mismatch",
    );
  }
});

test("not found: by itself it is not whole, in a file without the earlier archive withheld, in one with another it fails", async () => {
  const archive = await archiveOf([REVISIT, REVISIT]);
  const other = await archiveOf([{ ...PAYLOAD, payload: "Another drawing." }]);
  assert.deepEqual([(await check(archive))?.state, (await check(archive))?.code], ["fails", "not_found"]);
  assert.equal((await check(archive, []))?.state, "withheld");
  assert.deepEqual(
    [(await check(archive, [other]))?.state, (await check(archive, [other]))?.code],
    ["fails", "mismatch"],
  );
});

test("what lies is found out: other bytes than the digest says, another record than the index says, no record there", async () => {
  const forged = await archiveOf([
    { ...PAYLOAD, payload: PICTURE.replace("lantern", "hedge"), digest: digestOf(PICTURE) },
  ]);
  assert.equal((await check(await archiveOf([REVISIT]), [forged]))?.code, "mismatch");
  const claimsMore = await archiveOf([
    { ...REVISIT, digest: digestOf("something else"), inIndex: { digest: digestOf(PICTURE) } },
  ]);
  assert.equal((await check(claimsMore, [await archiveOf([PAYLOAD])]))?.code, "mismatch");
  const revisitsRevisit = await archiveOf([{ ...REVISIT, inIndex: { mime: "image/png" } }]);
  assert.equal((await check(await archiveOf([REVISIT]), [revisitsRevisit]))?.code, "mismatch");
  const LIES = [
    { offset: 1 },
    { offset: 10 ** 9 },
    { offset: -1 },
    { offset: "0x0" },
    { length: 3 },
    { length: 0 },
    { filename: "other.warc.gz" },
    { filename: 7 },
    { digest: 7 },
  ];
  for (const inIndex of LIES) {
    const wrong = await check(await archiveOf([{ ...REVISIT, inIndex }]), [await archiveOf([PAYLOAD])]);
    assert.equal(wrong?.state, "fails", JSON.stringify(inIndex));
    assert.equal(wrong.code, "malformed", JSON.stringify(inIndex));
  }
});

test("an index that names more revisits than any page has is too large to be looked into", async () => {
  const line = `a 1 ${JSON.stringify({ mime: "warc/revisit", digest: "sha256:00", filename: "data.warc.gz", offset: 0, length: 1 })}\n`;
  assert.equal((await check(await archiveOf([], line.repeat(20_001))))?.code, "too_large");
});

test("any index: a check, and never an error of another kind", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '"mime":"warc/revisit"',
      '{"digest":"',
      '"digest": "sha256:00"',
      "{",
      "}",
      "\n",
      '"offset":',
      "9",
      ",",
    ),
    fc.string({ maxLength: 12 }),
  );
  const index = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  await fc.assert(
    fc.asyncProperty(index, async (more) => {
      const found = await check(await archiveOf([PAYLOAD], more));
      assert.ok(found === undefined || ["fails", "holds"].includes(found.state));
    }),
    { numRuns: 150 },
  );
});
