/** Vectors from the RFCs are in test/vectors; here is what holds of all messages, and the bounds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { frame } from "../../../test/websocket-frames.ts";
import { type Carried, readLines } from "../../../test/websocket-lines.ts";
import { OPCODE } from "./websocket-frames.ts";
import { messageBudget } from "./websocket-log.ts";

const MEBIBYTE = 1 << 20;

/** A message's payload as RFC 7692 §7.2.1 has it, each message with a window of its own. */
function deflated(content: string | Uint8Array): Buffer {
  const bytes = deflateRawSync(Buffer.from(content as string), { finishFlush: constants.Z_SYNC_FLUSH });
  assert.equal(bytes.subarray(-4).toString("hex"), "0000ffff");
  return bytes.subarray(0, -4);
}

const fromServer = (...frames: readonly Uint8Array[]): readonly Carried[] =>
  frames.map((bytes, i) => ({ from: "server", bytes, time: i }));

const message = fc.record({
  from: fc.constantFrom("browser" as const, "server" as const),
  content: fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.uint8Array({ maxLength: 70_000 })),
  frames: fc.integer({ min: 1, max: 4 }),
  compressed: fc.boolean(),
  cut: fc.integer({ min: 1, max: 5000 }),
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

/** Its frames, and a ping after each but the last, in pieces of `cut` bytes. */
function wireOf({ from, content, frames, compressed, cut }: Message, time: number): readonly Carried[] {
  const payload = compressed ? deflated(content) : Buffer.from(content as string);
  const mask = from === "browser" ? { mask: Uint8Array.of(1, 2, 3, time) } : {};
  const size = Math.ceil(payload.length / frames);
  const wire = Buffer.concat(
    Array.from({ length: frames }, (_, i) => {
      const opcode = i > 0 ? OPCODE.continuation : typeof content === "string" ? OPCODE.text : OPCODE.binary;
      const final = i === frames - 1;
      const part = payload.subarray(i * size, (i + 1) * size);
      const one = frame({ opcode, payload: part, final, compressed: compressed && i === 0, ...mask });
      return final ? one : Buffer.concat([one, frame({ opcode: OPCODE.ping, payload: "?", ...mask })]);
    }),
  );
  const pieces = Math.ceil(wire.length / cut);
  return Array.from({ length: pieces }, (_, i) => ({ from, time, bytes: wire.subarray(i * cut, (i + 1) * cut) }));
}

test("messages of both sides come out as they went in, in order, however they are framed, cut and compressed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (messages) => {
      const agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
      const lines = await readLines(messages.flatMap(wireOf), agreed);
      const said = lines.filter(({ kind }) => kind !== "ping");
      assert.equal(
        lines.length - said.length,
        messages.reduce((sum, { frames }) => sum + frames - 1, 0),
      );
      assert.equal(said.length, messages.length);
      for (const [i, { from, content, frames, compressed }] of messages.entries()) {
        const line = said[i] as Record<string, unknown>;
        const got = typeof content === "string" ? line["text"] : Buffer.from(line["base64"] as string, "base64");
        assert.deepEqual(got, typeof content === "string" ? content : Buffer.from(content));
        assert.deepEqual([line["from"], line["frames"] ?? 1, line["compressed"] ?? false], [from, frames, compressed]);
        assert.deepEqual([line["cut"], line["time"]], [undefined, new Date(i).toISOString()]);
      }
    }),
    { numRuns: 60 },
  );
});

test("a message longer than is kept: its beginning, its length, and that it is cut; the next one is whole", async () => {
  const text = `${"ü".repeat(MEBIBYTE)}end`;
  const lines = await readLines(
    fromServer(frame({ opcode: OPCODE.text, payload: `x${text}` }), frame({ opcode: OPCODE.text, payload: "next" })),
  );
  assert.deepEqual(
    lines.map(({ text: kept, length, cut }) => [(kept as string).length, length, cut]),
    [
      [MEBIBYTE / 2, 2 * MEBIBYTE + 4, "size"],
      [4, 4, undefined],
    ],
  );
  assert.ok(`x${text}`.startsWith(lines[0]?.["text"] as string));
});

test("a compressed message that inflates to more than is kept is cut, and the next goes on from all of it", async () => {
  const long = `${"a".repeat(2 * MEBIBYTE)}Townsquare`;
  const both = deflateRawSync(long, { finishFlush: constants.Z_SYNC_FLUSH });
  // "Townsquare" once more, as a reference of length 10 and distance 10 into the window.
  const next = deflateRawSync("Townsquare", {
    dictionary: Buffer.from(long.slice(-32768)),
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  const lines = await readLines(
    fromServer(
      ...[both, next].map((bytes) => frame({ opcode: OPCODE.text, compressed: true, payload: bytes.subarray(0, -4) })),
    ),
    "permessage-deflate",
  );
  assert.deepEqual([String(lines[0]?.["text"]).length, lines[0]?.["cut"]], [MEBIBYTE, "size"]);
  assert.deepEqual([lines[1]?.["text"], lines[1]?.["cut"]], ["Townsquare", undefined]);
});

test("a bomb is not inflated but kept as it came, and so is what goes on from it", async () => {
  const bomb = deflated(Buffer.alloc(64 * MEBIBYTE));
  const compressed = true;
  const budget = messageBudget();
  const lines = await readLines(
    fromServer(
      frame({ opcode: OPCODE.binary, payload: bomb, compressed }),
      frame({ opcode: OPCODE.text, payload: deflated("after"), compressed }),
    ),
    "permessage-deflate",
    budget,
  );
  assert.deepEqual(
    lines.map(({ deflated: kept }) => kept),
    [bomb.toString("base64"), deflated("after").toString("base64")],
  );
  assert.ok(budget.inflatable < messageBudget().inflatable, "its work is counted");
});

test("once all there is to inflate is used up, messages are kept as they came", async () => {
  const payload = deflated("Hello");
  const one = frame({ opcode: OPCODE.text, payload, compressed: true });
  const agreed = "permessage-deflate; server_no_context_takeover";
  const lines = await readLines(fromServer(one, one), agreed, { ...messageBudget(), inflatable: 5 });
  assert.deepEqual(
    lines.map(({ text, deflated: kept }) => [text, kept]),
    [
      ["Hello", undefined],
      [undefined, payload.toString("base64")],
    ],
  );
});

test("once there is no room for a line, no other is written, and the last one says how much is missing", async () => {
  const frames = ["one", "two, which is longer than there is room for", "three"].map((payload) =>
    frame({ opcode: OPCODE.text, payload }),
  );
  const lines = await readLines(fromServer(...frames), "", { ...messageBudget(), writable: 110 });
  assert.deepEqual(
    lines.map(({ text, kind, messages, length }) => [text, kind, messages, length]),
    [
      ["one", "text", undefined, 3],
      [undefined, "left out", 2, 48],
    ],
  );
});

test("what is held in memory is bounded over all messages under way, and given back", async () => {
  const budget = { ...messageBudget(), holdable: 1000 };
  const lines = await readLines(
    fromServer(
      frame({ opcode: OPCODE.text, payload: "a".repeat(900), final: false }),
      frame({ opcode: OPCODE.ping, payload: "b".repeat(120) }),
      frame({ opcode: OPCODE.continuation, payload: "c" }),
      frame({ opcode: OPCODE.text, payload: "d".repeat(1000) }),
    ),
    "",
    budget,
  );
  assert.deepEqual(
    lines.map(({ kind, length, cut }) => [kind, length, cut]),
    [
      ["ping", 120, "size"],
      ["text", 901, undefined],
      ["text", 1000, undefined],
    ],
  );
  assert.equal(budget.holdable, 1000);
});

test("a message of a million frames of a byte each takes no more room than its bytes", async () => {
  const part = Buffer.concat(
    Array.from({ length: 1000 }, () => frame({ opcode: OPCODE.continuation, payload: "x", final: false })),
  );
  const carried = [frame({ opcode: OPCODE.text, payload: "x", final: false }), ...Array<Buffer>(1000).fill(part)];
  const before = process.memoryUsage().rss;
  const [line] = await readLines(fromServer(...carried));
  assert.deepEqual([line?.["frames"], line?.["length"], line?.["cut"]], [1_000_001, 1_000_001, "unfinished"]);
  assert.ok(process.memoryUsage().rss - before < 100 * MEBIBYTE);
});
