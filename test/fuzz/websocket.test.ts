/** WebSocket bytes from outside: whatever they are, lines of JSON within the bounds, the same however the bytes are cut. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { messageBudget } from "../../src/capture/netlog/websocket-log.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { frame } from "../websocket-frames.ts";
import { type Carried, readLines } from "../websocket-lines.ts";

const budget = { numRuns: 1_000_000, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false };

const payload = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .string({ maxLength: 100 })
    .map((text) => Uint8Array.from(deflateRawSync(text, { finishFlush: 2 }).subarray(0, -4))),
  fc.constantFrom(Buffer.alloc(70_000, "long"), Buffer.alloc(126)),
);
const piece = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 10, 3, 15),
      payload,
      final: fc.boolean(),
      compressed: fc.boolean(),
      masked: fc.boolean(),
    })
    .map(({ masked, ...rest }) => frame(masked ? { ...rest, mask: Uint8Array.of(9, 8, 7, 6) } : rest)),
);
const side = fc.record({ from: fc.constantFrom("browser" as const, "server" as const), bytes: piece });
const extensions = fc.constantFrom("", "permessage-deflate", "permessage-deflate; server_no_context_takeover");
const small = { ...messageBudget(), writable: 2000, holdable: 50_000, inflatable: 5000 };

function cutUp(carried: Iterable<Carried>, cut: number): readonly Carried[] {
  return [...carried].flatMap((one) =>
    Array.from({ length: Math.ceil(one.bytes.length / cut) }, (_, i) => ({
      ...one,
      bytes: one.bytes.subarray(i * cut, (i + 1) * cut),
    })),
  );
}

test("any bytes of either side", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(side, { maxLength: 12 }),
      extensions,
      fc.integer({ min: 1, max: 99 }),
      async (sides, agreed, cut) => {
        const carried = sides.map((one, time) => ({ ...one, time }));
        const lines = await readLines(carried, agreed);
        for (const { kind, length } of lines) {
          assert.match(kind as string, /^(text|binary|ping|pong|close|broken)$/);
          assert.ok(Number.isSafeInteger(length));
        }
        assert.deepEqual(await readLines(cutUp(carried, cut), agreed), lines);
        const room = { ...small };
        const less = await readLines(carried, agreed, room);
        assert.ok(room.writable >= 0 && room.holdable === small.holdable);
        assert.ok(JSON.stringify(less).length < 4000);
      },
    ),
    budget,
  );
});
