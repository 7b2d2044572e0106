import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { concat, utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { compose, joinParts, openParts, type Part, type Piece, partsHeader } from "./parts.ts";

const sources = { archive: new Blob(["0123456789"]), earlierArchive: new Blob(["ABCDE"]) };
const piece = (from: number, bytes: number, of: Piece["of"] = "archive"): Piece => ({ of, from, bytes });

test("parts give the bytes they stand for; neighbours are joined", async () => {
  const parts: readonly Part[] = [
    { own: 1 },
    { own: 2 },
    piece(0, 3),
    piece(3, 2),
    piece(9, 1),
    piece(0, 2, "earlierArchive"),
    piece(2, 1, "earlierArchive"),
    piece(3, 1),
    { own: 0 },
    { own: 1 },
  ];
  const joined = joinParts(parts);
  assert.deepEqual(joined, [
    { own: 3 },
    piece(0, 5),
    piece(9, 1),
    piece(0, 3, "earlierArchive"),
    piece(3, 1),
    { own: 1 },
  ]);
  const file = new Blob([concat(partsHeader(joined), utf8("abcd"))]);
  assert.equal(await (await openParts(file, sources)).text(), "abc012349ABC3d");
});

test("more parts than one Blob is made of", async () => {
  const parts = Array.from({ length: 150_000 }, (_, i): Part => piece(i % 10, 1));
  assert.equal((await compose(parts, sources, new Blob()).text()).length, 150_000);
});

test("a list of another form, and one that does not fit its original, is refused", async () => {
  const file = (head: string, own = ""): Blob => new Blob([`${head}\n${own}`]);
  const list = (parts: string): string => `{"format":"placard-parts/1","parts":${parts}}`;
  for (const [blob, code] of [
    [new Blob([]), "malformed"],
    [new Blob([list("[]")]), "malformed"],
    [file("{}"), "malformed"],
    [file("[]"), "malformed"],
    [file("not JSON"), "malformed"],
    [file('{"format":"placard-parts/2","parts":[]}'), "malformed"],
    [file(list("7")), "malformed"],
    [file(list('["1"]')), "malformed"],
    [file(list("[-1]"), ""), "malformed"],
    [file(list("[0.5]")), "malformed"],
    [file(list("[[0]]")), "malformed"],
    [file(list("[[0,1,2]]")), "malformed"],
    [file(list('[[0,1,"archive"]]')), "malformed"],
    [file(list('[[0,1,"earlierArchive",0]]')), "malformed"],
    [file(list("[[0,-1]]")), "malformed"],
    [file(list("[[8,3]]")), "mismatch"],
    [file(list('[[3,3,"earlierArchive"]]')), "mismatch"],
    [file(list("[2]"), "a"), "mismatch"],
    [file(list("[1]"), "ab"), "mismatch"],
  ] as const) {
    await assert.rejects(openParts(blob, sources), (error) => isPlacardError(error, code), await blob.text());
  }
});

test("pieces of an archive that is gone: that is said, and nothing else is put in their place", async () => {
  const file = new Blob([partsHeader([piece(0, 2, "earlierArchive")]) as BlobPart]);
  await assert.rejects(openParts(file, { archive: sources.archive }), (error) => isPlacardError(error, "not_found"));
});

test("whatever the bytes, they are read or refused by an error of ours", async () => {
  const sound = concat(partsHeader([{ own: 2 }, piece(1, 4), piece(0, 1, "earlierArchive")]), utf8("ab"));
  const changed = fc
    .tuple(fc.nat(sound.length - 1), fc.uint8Array({ maxLength: 6 }), fc.nat(6))
    .map(([at, bytes, cut]) => concat(sound.subarray(0, at), bytes, sound.subarray(at + cut)));
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      try {
        const blob = await openParts(new Blob([bytes as BlobPart]), sources);
        assert.equal((await blob.arrayBuffer()).byteLength, blob.size);
      } catch (error) {
        assert.ok(isPlacardError(error), String(error));
      }
    }),
    { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME },
  );
});
