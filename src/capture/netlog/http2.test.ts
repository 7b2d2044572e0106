import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scanFrames } from "./http2.ts";

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

function encode({ type, flags, stream, payload }: Frame): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

function data(stream: number, text: string, padding?: number, flags = 0): Frame {
  const bytes = Buffer.from(text);
  const payload = padding === undefined ? bytes : Buffer.concat([Buffer.from([padding]), bytes, Buffer.alloc(padding)]);
  return { type: 0, flags: flags | (padding === undefined ? 0 : 8), stream, payload };
}

function scan(wire: Buffer, cut: number, preface = false): Record<string, string> {
  const streams: Record<string, string> = {};
  const scanner = scanFrames(
    {
      data: (stream, bytes) => {
        streams[stream] = (streams[stream] ?? "") + Buffer.from(bytes).toString("latin1");
      },
      end: (stream) => {
        streams[stream] = `${streams[stream] ?? ""}|`;
      },
    },
    preface,
  );
  for (let at = 0; at < wire.length; at += cut) scanner.push(wire.subarray(at, at + cut));
  return streams;
}

const FRAMES: readonly Frame[] = [
  { type: 4, flags: 0, stream: 0, payload: Buffer.alloc(12, 0xff) },
  data(1, "hel"),
  data(3, "other", 0),
  { type: 1, flags: 4, stream: 5, payload: Buffer.from("not data") },
  data(1, "lo ", 255),
  data(1, "", 3),
  data(1, "world", 7, 1),
  { type: 0xbb, flags: 0xff, stream: 3, payload: Buffer.from("an unknown kind") },
  { type: 1, flags: 5, stream: 7, payload: Buffer.from("head and end") },
  data(3, "", undefined, 1),
];

test("DATA payloads come out by stream, without padding, however the bytes are cut", () => {
  const wire = Buffer.concat(FRAMES.map(encode));
  const expected = { 1: "hello world|", 3: "other|", 7: "|" };
  for (let cut = 1; cut <= wire.length; cut++) assert.deepEqual(scan(wire, cut), expected);
});

test("the client's preface is passed over", () => {
  const wire = Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), ...FRAMES.map(encode)]);
  for (const cut of [1, 5, 24, 25, 1000]) assert.equal(scan(wire, cut, true)[1], "hello world|");
});

test("any bytes at all are scanned without an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (bytes, cut) => {
      scan(Buffer.from(bytes), cut);
    }),
    { numRuns: 2000 },
  );
});
