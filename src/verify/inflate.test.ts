import assert from "node:assert/strict";
import { Transform } from "node:stream";
import { test } from "node:test";
import { createInflateRaw, deflateRawSync } from "node:zlib";
import { utf8 } from "../lib/bytes.ts";

const text = utf8("A notice on Hollow Lane. ".repeat(1000));
const packed = new Uint8Array(deflateRawSync(text));
const cases: Readonly<Record<string, readonly [packed: readonly Uint8Array[], length: number, isSound: boolean]>> = {
  sound: [[packed], text.length, true],
  "nothing, packed": [[new Uint8Array([3, 0])], 0, true],
  "a byte behind it": [[packed, new Uint8Array(1)], text.length, false],
  "a second stream behind it": [[packed, packed], text.length, false],
  "much behind it": [[packed, new Uint8Array(300_000)], text.length, false],
  "a byte behind nothing": [[new Uint8Array([3, 0, 0])], 0, false],
  "a byte short": [[packed.slice(0, -1)], text.length, false],
  "no stream at all": [[], 0, false],
  "longer than it says": [[packed], text.length - 1, false],
  "shorter than it says": [[packed], text.length + 1, false],
};

/** As in Node 24: what follows the stream is passed over. */
class LenientStream {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;

  constructor() {
    const { readable, writable } = Transform.toWeb(createInflateRaw());
    this.readable = readable as ReadableStream;
    this.writable = writable;
  }
}

for (const [platform, stream] of [
  ["this platform", DecompressionStream],
  ["one that passes over what follows", LenientStream],
] as const) {
  test(`what is packed unpacks to exactly what it says, with nothing behind it: ${platform}`, async () => {
    const before = globalThis.DecompressionStream;
    globalThis.DecompressionStream = stream as typeof DecompressionStream;
    try {
      const { inflate } = await import(`./inflate.ts?${platform.length}`);
      for (const [name, [parts, length, isSound]] of Object.entries(cases)) {
        const found = await inflate(new Blob([...parts] as BlobPart[]), length).catch(() => undefined);
        assert.equal(found?.length === length, isSound, name);
        if (isSound) assert.deepEqual(found, text.subarray(0, length), name);
      }
    } finally {
      globalThis.DecompressionStream = before;
    }
  });
}
