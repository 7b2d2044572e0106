import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Http1Response, readHttp1Response } from "./http1.ts";

interface Parted {
  readonly head: string;
  readonly headers: Http1Response["headers"];
  readonly status: number | undefined;
  readonly body: string;
  readonly switched: string;
  readonly state: string;
  readonly entityBytes: number;
}

/** Feeds `wire` cut after every length in `cuts` (taken in turn). */
function part(wire: string, method = "GET", cuts: readonly number[] = [wire.length]): Parted {
  let response: Http1Response | undefined;
  const body: Uint8Array[] = [];
  const switched: Uint8Array[] = [];
  const reader = readHttp1Response(method, {
    head: (found) => {
      response = found;
    },
    body: (bytes) => body.push(bytes),
    switched: (bytes) => switched.push(bytes),
  });
  const bytes = Buffer.from(wire, "latin1");
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = Math.max(1, cuts[turn % cuts.length] ?? 1);
    reader.push(bytes.subarray(at, at + length));
    at += length;
  }
  return {
    head: Buffer.from(response?.head ?? []).toString("latin1"),
    headers: response?.headers ?? [],
    status: response?.statusLine?.status,
    body: Buffer.concat(body).toString("latin1"),
    switched: Buffer.concat(switched).toString("latin1"),
    state: reader.state,
    entityBytes: reader.entityBytes,
  };
}

const CASES: readonly (readonly [what: string, wire: string, body: string, state: string, method?: string])[] = [
  ["a declared length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", "complete"],
  ["what follows belongs to nobody", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello", "he", "complete"],
  [
    "a declared length said twice",
    "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhe",
    "he",
    "complete",
  ],
  [
    "lengths that contradict",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhel",
    "hel",
    "until-close",
  ],
  ["a body cut short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "hello", "body"],
  ["no length", "HTTP/1.0 200 OK\r\n\r\nhello", "hello", "until-close"],
  [
    "chunks with extension and trailer",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\nmore",
    "5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
    "complete",
  ],
  ["chunks that break off", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "5\r\nhel", "body"],
  ["chunks off the rails", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello", "x\r\nhello", "broken"],
  [
    "chunked overrules a length",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "0\r\n\r\n",
    "complete",
  ],
  ["no body on 204", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", "", "complete"],
  ["no body on 304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "", "complete"],
  ["no body for HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "", "complete", "HEAD"],
  [
    "interim responses",
    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "ok",
    "complete",
  ],
  ["bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "ok", "complete"],
  ["stray line ends before", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", "complete"],
];

for (const [what, wire, body, state, method] of CASES) {
  test(`${what}: the same however the bytes are cut`, () => {
    const whole = part(wire, method);
    assert.equal(whole.body, body);
    assert.equal(whole.state, state);
    for (const length of [1, 2, 3, 7]) assert.deepEqual(part(wire, method, [length]), whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (cuts) => {
        assert.deepEqual(part(wire, method, cuts), whole);
      }),
      { numRuns: 50 },
    );
  });
}

test("a head is kept as it stands; its headers keep order, case and duplicates, folded lines joined", () => {
  const head = "HTTP/1.1 404 Not  Here\r\nA: 1\r\nb:2 \r\na: 3\r\n 4\r\nno colon\r\nContent-Length: 0\r\n\r\n";
  const found = part(head);
  assert.equal(found.head, head);
  assert.equal(found.status, 404);
  assert.deepEqual(found.headers, [
    ["A", "1"],
    ["b", "2"],
    ["a", "3 4"],
    ["Content-Length", "0"],
  ]);
});

test("what follows a 101 is the other protocol's, in one piece with the head or after it", () => {
  const wire = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nframes";
  for (const cuts of [[wire.length], [1], [5, 60]]) {
    const { state, switched, body } = part(wire, "GET", cuts);
    assert.deepEqual({ state, switched, body }, { state: "complete", switched: "frames", body: "" });
  }
});

test("a head without end is given up, not gathered for ever", () => {
  const { state } = part(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(600_000)}`, "GET", [50_000]);
  assert.equal(state, "broken");
});

test("any bytes at all are parted without an error", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "HTTP/1.1 200 OK\r\n",
      "Transfer-Encoding: chunked\r\n",
      "Content-Length: 5\r\n",
      "\r\n",
      "5\r\n",
      "0\r\n\r\n",
    ),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (pieces, cut) => {
      part(pieces.join(""), "GET", [cut]);
    }),
    { numRuns: 500 },
  );
});
