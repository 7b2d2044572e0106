import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { after, before, test } from "node:test";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../../test/timestamp-authority.ts";
import { listen } from "../../test/witness-server.ts";
import { utf8 } from "../lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { makeTimestampRequest } from "../verify/timestamp.ts";
import { requestTimestamp, type TimestampOptions } from "./timestamp-client.ts";

const skip = opensslMissing();
const message = utf8("placard/test\n3\nAAAA\n\n— placard/test BBBB\n");
const asked = (): TimestampOptions => ({ hash: "sha256", nonce: randomBytes(16), now: Date.now() });
let authority: TimestampAuthority;

before(async () => {
  if (!skip) authority = await startTimestampAuthority({ key: "ec" });
});
after(async () => authority?.[Symbol.asyncDispose]());

/** A server whose answers to requests (DER) `answer` makes. */
const answering = (answer: (request: Uint8Array) => Uint8Array) =>
  listen(async (request, response) => {
    response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(answer(await bodyOf(request)));
  });

test("what an authority gives is taken as it came, and only as it came", { skip }, async () => {
  const headers: (string | undefined)[] = [];
  await using server = await listen(async (request, response) => {
    headers.push(request.method, request.headers["content-type"]);
    // In pieces, as it may come over a network.
    for (const byte of authority.reply(await bodyOf(request))) response.write(Uint8Array.of(byte));
    response.end();
  });
  const { token, time } = await requestTimestamp(server.url, message, asked());
  assert.deepEqual(headers, ["POST", "application/timestamp-query"]);
  assert.equal(authority.opensslVerify(token, message), "");
  assert.ok(Math.abs(time - Date.now()) < 60_000);
});

test("an answer that does not hold is not taken, whatever is wrong with it", { skip }, async () => {
  const earlier = authority.reply(makeTimestampRequest(message, asked()));
  const another = (request: Uint8Array): Uint8Array => {
    const at = Buffer.from(request).indexOf(Uint8Array.of(4, 32)) + 2;
    return authority.reply(request.map((byte, i) => (i === at ? byte ^ 1 : byte)));
  };
  const lastBitTurned = (request: Uint8Array): Uint8Array => {
    const answer = authority.reply(request);
    return answer.map((byte, i) => (i === answer.length - 1 ? byte ^ 1 : byte));
  };
  const cases: Readonly<Record<string, readonly [(request: Uint8Array) => Uint8Array, RegExp]>> = {
    "to another request": [() => earlier, /nonce/],
    "over another text": [another, /over something else/],
    "with another signature": [lastBitTurned, /signature/],
    "cut short": [(request) => authority.reply(request).slice(0, -1), /no good timestamp/],
    "with more after it": [
      (request) => Buffer.concat([authority.reply(request), Uint8Array.of(0)]),
      /no good timestamp/,
    ],
    "a refusal": [() => authority.reply(Uint8Array.of(0x30, 3, 2, 1, 1)), /refused.*status 2/],
    "a web page": [() => utf8("<!doctype html><title>Townsquare</title>"), /no good timestamp/],
    nothing: [() => new Uint8Array(), /no good timestamp/],
    endless: [() => new Uint8Array((1 << 16) + 1), /longer than 64 KiB/],
  };
  for (const [name, [answer, why]] of Object.entries(cases)) {
    await using server = await answering(answer);
    await assert.rejects(requestTimestamp(server.url, message, asked()), is("remote", why), name);
  }
});

test("a token of another time than ours, or of another authority than configured, is not taken", { skip }, async () => {
  const offBy = (milliseconds: number) =>
    requestTimestamp(authority.url, message, { ...asked(), now: Date.now() + milliseconds });
  for (const off of [-3_600_000, 3_600_000]) await assert.rejects(offBy(off), is("remote", /clock/));
  await offBy(60_000);
  const anchored = (sha256: Uint8Array) =>
    requestTimestamp(authority.url, message, { ...asked(), anchor: { name: "A", sha256 } });
  await assert.rejects(anchored(new Uint8Array(32)), is("remote", /another certificate/));
  await anchored(authority.anchor);
});

test("an authority that answers otherwise is not followed, nor waited for", async () => {
  let followed = 0;
  await using elsewhere = await listen((_, response) => {
    followed++;
    response.end();
  });
  const answers: readonly ((response: ServerResponse) => void)[] = [
    ...[301, 302, 307, 308].map((status) => (response: ServerResponse) => {
      response.writeHead(status, { location: elsewhere.url }).end();
    }),
    (response) => response.writeHead(500).end(),
    (response) => response.writeHead(404).end("nobody here"),
    (response) => response.socket?.destroy(),
  ];
  for (const answer of answers) {
    await using server = await listen((_, response) => answer(response));
    await assert.rejects(requestTimestamp(server.url, message, asked()), is("remote"));
  }
  assert.equal(followed, 0);

  await using silent = await listen(() => undefined);
  await using unending = await listen((_, response) => {
    response.writeHead(200).write("0");
  });
  for (const { url } of [silent, unending]) {
    const late = requestTimestamp(url, message, { ...asked(), patience: 50 });
    await assert.rejects(late, is("remote", /within 0\.05 s/));
    const stop = new AbortController();
    const stopped = requestTimestamp(url, message, { ...asked(), signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await assert.rejects(stopped, is("cancelled"));
  }
  const gone = await listen(() => undefined);
  await gone[Symbol.asyncDispose]();
  await assert.rejects(requestTimestamp(gone.url, message, asked()), is("remote", /could not be reached/));
  for (const url of ["", "tsa.example", "ftp://tsa.example", "file:///etc/hosts"]) {
    await assert.rejects(requestTimestamp(url, message, asked()), is("usage"));
  }
});

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function is(code: ErrorCode, why = /./) {
  return (error: unknown): boolean => isPlacardError(error, code) && why.test(error.message);
}
