import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { FUZZ_TIME } from "../../test/fuzz-time.ts";
import { collect, type Members, zipMember, zipOf } from "../../test/wacz-fixture.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import { crc32 } from "../lib/crc32.ts";
import { type ErrorCode, isPlacardError, PlacardError } from "../lib/error.ts";
import { writeZip } from "../lib/zip-writer.ts";
import { openZip, readMember, type ZipOptions } from "./zip.ts";

const MEMBERS: Members = [
  ["one.txt", utf8("one")],
  ["folder/two.bin", new Uint8Array(300).fill(2)],
  ["ünï/three", utf8("")],
];

async function contentsOf(zip: Uint8Array, options?: ZipOptions): Promise<Members> {
  const { entries } = await openZip(new Blob([zip as BlobPart]), options);
  return Promise.all(entries.map(async (entry) => [entry.name, await readMember(entry, 1 << 20)] as const));
}

async function refuses(zip: Uint8Array, code: ErrorCode, words: RegExp, options?: ZipOptions): Promise<void> {
  await assert.rejects(contentsOf(zip, options), (error: unknown) => {
    assert.ok(isPlacardError(error, code), String(error));
    assert.match(error.message, words);
    return true;
  });
}

/** One member, deflated or not, with whatever is wrong with it. */
function handMade(changes: {
  readonly method?: number;
  readonly flags?: number;
  readonly packed?: Uint8Array;
  readonly contents?: Uint8Array;
  readonly crc?: number;
  readonly local?: Uint8Array;
  readonly extra?: Uint8Array;
  readonly after?: Uint8Array;
}): Uint8Array {
  const contents = changes.contents ?? utf8("contents ".repeat(50));
  const method = changes.method ?? 8;
  const packed = changes.packed ?? (method === 8 ? new Uint8Array(deflateRawSync(contents)) : contents);
  const extra = changes.extra ?? new Uint8Array();
  const name = utf8("a");
  const fixed = (descriptor: boolean): Uint8Array => {
    const bytes = new DataView(new ArrayBuffer(26));
    bytes.setUint16(0, 20, true);
    bytes.setUint16(2, changes.flags ?? 0, true);
    bytes.setUint16(4, method, true);
    if (!descriptor) {
      bytes.setUint32(10, changes.crc ?? crc32(contents), true);
      bytes.setUint32(14, packed.length, true);
      bytes.setUint32(18, contents.length, true);
    }
    bytes.setUint16(22, name.length, true);
    bytes.setUint16(24, extra.length, true);
    return new Uint8Array(bytes.buffer);
  };
  const hasDescriptor = ((changes.flags ?? 0) & 8) !== 0;
  const local = changes.local ?? concat(utf8("PK\x03\x04"), fixed(hasDescriptor), name, extra);
  const before = concat(local, packed, changes.after ?? new Uint8Array());
  const central = concat(utf8("PK\x01\x02"), new Uint8Array([20, 3]), fixed(false), new Uint8Array(14), name, extra);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, 1, true);
  end.setUint16(10, 1, true);
  end.setUint32(12, central.length, true);
  end.setUint32(16, before.length, true);
  return concat(before, central, new Uint8Array(end.buffer));
}

function descriptor(contents: Uint8Array, packedBytes: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(16));
  bytes.setUint32(0, 0x08074b50, true);
  bytes.setUint32(4, crc32(contents), true);
  bytes.setUint32(8, packedBytes, true);
  bytes.setUint32(12, contents.length, true);
  return new Uint8Array(bytes.buffer);
}

test("what our writer packs is read back, member by member", async () => {
  assert.deepEqual(await contentsOf(await zipOf(MEMBERS), { plain: true }), MEMBERS);
  assert.deepEqual(await contentsOf(await zipOf([])), []);
});

test("deflated members and data descriptors are read where they agree", async () => {
  const contents = utf8("contents ".repeat(50));
  const packed = new Uint8Array(deflateRawSync(contents));
  assert.deepEqual(await contentsOf(handMade({})), [["a", contents]]);
  const described = handMade({ flags: 8, after: descriptor(contents, packed.length) });
  assert.deepEqual(await contentsOf(described), [["a", contents]]);
  await refuses(
    handMade({ flags: 8, after: descriptor(contents, packed.length + 1) }),
    "malformed",
    /described in two ways/,
  );
  const dated = handMade({ extra: new Uint8Array([0x55, 0x54, 1, 0, 0]) });
  assert.deepEqual(await contentsOf(dated), [["a", contents]]);
});

test("what a member says of itself is what the directory says of it: name, flags, method, time", async () => {
  const sound = handMade({});
  // Behind the signature and the version needed: flags, method, time, date; the name behind the fixed part.
  for (const at of [7, 8, 10, 13, 30]) {
    const forged = sound.slice();
    forged[at] = (forged[at] as number) ^ (at === 30 ? 3 : 8);
    await refuses(forged, "malformed", /described in two ways/);
  }
  const unsigned = sound.slice();
  unsigned[0] = 0;
  await refuses(unsigned, "malformed", /described in two ways/);
});

test("a member that other readers know by another name, or as a link, is refused", async () => {
  // Info-ZIP's Unicode path: version, CRC of the name, and the name that unzip and others then take.
  const path = concat(new Uint8Array([0x75, 0x70, 6, 0, 1, 0x43, 0xbe, 0xb7, 0xe8]), utf8("b"));
  await refuses(handMade({ extra: path }), "malformed", /names "a" otherwise/);
  const linked = handMade({});
  const attributes = linked.length - 22 - 47 + 38;
  linked.set([0, 0, 0xff, 0xa1], attributes);
  await refuses(linked, "malformed", /"a" is no plain file/);
  linked.set([0, 0, 0xa4, 0x81], attributes);
  assert.equal((await contentsOf(linked)).length, 1);
});

test("where a file must be plain, only what our own writer packs is taken", async () => {
  const plain = { plain: true };
  const zip = await zipOf(MEMBERS);
  assert.deepEqual(await contentsOf(zip, plain), MEMBERS);
  await refuses(handMade({}), "unsupported", /is compressed/, plain);
  await refuses(handMade({ method: 0 }), "malformed", /says more than it needs to/, plain);
  await refuses(handMade({ method: 0, flags: 8, after: new Uint8Array(12) }), "malformed", /says more than/, plain);
  const directory = zip.length - 22 - MEMBERS.reduce((sum, [name]) => sum + 46 + utf8(name).length, 0);
  // Version needed in the local header; version made by, attributes within and without in the directory.
  for (const at of [4, directory + 4, directory + 36, directory + 38]) {
    const touched = zip.slice();
    touched[at] = (touched[at] as number) ^ 1;
    assert.deepEqual(await contentsOf(touched), MEMBERS);
    await refuses(touched, "malformed", /says more than it needs to/, plain);
  }
});

test("two members of one name are refused, also where only some systems see one name", async () => {
  for (const [a, b] of [
    ["a", "a"],
    ["File", "fILE"],
    ["straße", "STRASSE"],
    ["\u00e9", "\u00c9"],
  ] as const) {
    await refuses(
      await zipOf([
        [a, utf8("1")],
        [b, utf8("2")],
      ]),
      "malformed",
      /two members/,
    );
  }
});

test("names that lead elsewhere are refused", async () => {
  const names = [
    "../a",
    "a/../b",
    "/a",
    "a//b",
    "a/",
    ".",
    "a\\b",
    "C:a",
    "a\0b",
    "a\n",
    "e\u0301",
    "a.",
    "a ",
    "",
    "a?",
  ];
  for (const name of names) await refuses(await zipOf([[name, utf8("1")]]), "malformed", /could lead elsewhere/);
  await refuses(await zipOf([["x".repeat(513), utf8("1")]]), "malformed", /directory is broken/);
});

test("bytes before, between, behind or beside members are refused", async () => {
  const zip = await zipOf(MEMBERS);
  await refuses(concat(utf8("#!"), zip), "malformed", /does not lie where it says/);
  await refuses(concat(zip, utf8("\n")), "malformed", /does not end as a ZIP/);
  const first = await zipOf([MEMBERS[0] as Members[number]]);
  // A member that the directory does not list, and one that it lists from the second on.
  const local = first.length - 22 - 46 - "one.txt".length;
  const hidden = concat(first.subarray(0, local), utf8("hidden"), first.subarray(local));
  new DataView(hidden.buffer).setUint32(hidden.length - 6, local + 6, true);
  await refuses(hidden, "malformed", /between its last member and its directory/);
  const shifted = concat(utf8("hidden"), first);
  const view = new DataView(shifted.buffer);
  view.setUint32(shifted.length - 6, local + 6, true);
  view.setUint32(shifted.length - 22 - "one.txt".length - 4, 6, true);
  await refuses(shifted, "malformed", /something lies before/);
  const commented = concat(zip, utf8("hi"));
  new DataView(commented.buffer).setUint16(zip.length - 2, 2, true);
  await refuses(commented, "malformed", /does not end as a ZIP/);
});

test("a small file cannot unpack to a large one, and contents must be those announced", async () => {
  const zeros = new Uint8Array(1 << 24);
  const bomb = handMade({ contents: new Uint8Array(100), packed: new Uint8Array(deflateRawSync(zeros)) });
  await refuses(bomb, "malformed", /unpacks to more/);
  const told = handMade({ contents: zeros });
  await refuses(told, "too_large", /larger than/);
  await refuses(handMade({ crc: 1 }), "mismatch", /checksum/);
  await refuses(
    handMade({ contents: utf8("longer than it is"), packed: new Uint8Array(deflateRawSync(utf8("x"))) }),
    "mismatch",
    /checksum/,
  );
  await refuses(handMade({ packed: new Uint8Array([1, 2, 3]) }), "malformed", /cannot be unpacked/);
  const trailing = concat(new Uint8Array(deflateRawSync(utf8("contents ".repeat(50)))), utf8("more"));
  await refuses(handMade({ packed: trailing }), "malformed", /cannot be unpacked/);
});

test("encryption, other methods and several parts are refused", async () => {
  for (const flags of [1, 0x40, 0x2000, 0x20]) await refuses(handMade({ flags }), "unsupported", /encrypted or packed/);
  for (const method of [1, 9, 12, 14, 93, 99]) await refuses(handMade({ method }), "unsupported", /packed in a way/);
  const parts = await zipOf(MEMBERS);
  parts[parts.length - 18] = 1;
  await refuses(parts, "unsupported", /several parts/);
  const unmarked = await zipOf([["é", utf8("")]]);
  for (const at of [6, 30 + 2 + 8]) unmarked[at + 1] = 0;
  await refuses(unmarked, "malformed", /could lead elsewhere/);
});

test("too many members, and directories too large, are refused before they are read", async () => {
  const many = Array.from({ length: 10_001 }, (_, i) => [`m${i}`, new Uint8Array()] as const);
  await refuses(await zipOf(many), "too_large", /more than 10000/);
  const sparse = concat(new Uint8Array(1 << 23), utf8("PK\x05\x06"), new Uint8Array(18));
  const view = new DataView(sparse.buffer);
  view.setUint16(sparse.length - 14, 1, true);
  view.setUint16(sparse.length - 12, 1, true);
  view.setUint32(sparse.length - 10, 1 << 23, true);
  await refuses(sparse, "too_large", /4 MiB/);
});

/** A Blob that says it is longer than 4 GiB, and is zero but for its last bytes. */
class FarBlob extends Blob {
  readonly #pieces: readonly (readonly [at: number, bytes: Uint8Array])[];
  readonly #range: readonly [number, number];
  declare readonly size: number;

  constructor(pieces: readonly (readonly [number, Uint8Array])[], range: readonly [number, number]) {
    super();
    this.#pieces = pieces;
    this.#range = range;
    Object.defineProperty(this, "size", { value: range[1] - range[0] });
  }

  override slice(start = 0, end = this.size): Blob {
    return new FarBlob(this.#pieces, [this.#range[0] + start, Math.min(this.#range[0] + end, this.#range[1])]);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    for (const [at, bytes] of this.#pieces) {
      for (let i = 0; i < bytes.length; i++) {
        const place = at + i - this.#range[0];
        if (place >= 0 && place < whole.length) whole[place] = bytes[i] as number;
      }
    }
    return whole.buffer;
  }
}

test("members past 4 GiB are found where ZIP64 says they are", async () => {
  const large = 2 ** 32 + 5;
  const pieces: [number, Uint8Array][] = [];
  let at = 0;
  const small = zipMember(["small", utf8("at the far end")]);
  const huge = { name: "huge", bytes: large, crc32: 7, chunks: () => [] };
  for await (const chunk of writeZip([huge, small])) {
    pieces.push([at, chunk]);
    at += chunk.length + (pieces.length === 1 ? large : 0);
  }
  const zip = await openZip(new FarBlob(pieces, [0, at]), { plain: true });
  assert.deepEqual(
    zip.entries.map((entry) => [entry.name, entry.bytes]),
    [
      ["huge", large],
      ["small", 14],
    ],
  );
  const entry = zip.find("small");
  assert.ok(entry !== undefined);
  assert.deepEqual(await readMember(entry, 100), utf8("at the far end"));
});

test("whatever the bytes, only our errors come out", async () => {
  const zip = await collect(writeZip(MEMBERS.map(zipMember)));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(zip.length),
      async (changes, length) => {
        const bytes = zip.slice(0, length % 4 === 0 ? length : zip.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        await contentsOf(bytes).catch((error: unknown) => assert.ok(error instanceof PlacardError, String(error)));
      },
    ),
    { numRuns: 1e6, interruptAfterTimeLimit: FUZZ_TIME },
  );
});
