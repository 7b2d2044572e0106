/** What a reader of our WARC files can count on. Read back with warcio's own parser. */
import assert from "node:assert/strict";
import { randomBytes, X509Certificate } from "node:crypto";
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { WARCParser } from "warcio";
import { hasDigest, type ReadRecord, readWarc } from "../../../test/read-warc.ts";
import { spoiled, spoiledBody } from "../../../test/spoiled.ts";
import type { Exchange, Header, SpooledBytes } from "../netlog/exchange.ts";
import { composeHead } from "../netlog/head.ts";
import { readNetLog } from "../netlog/read.ts";
import { writeWarc } from "./warc.ts";

const vectors = join(import.meta.dirname, "../../../test/vectors/netlog");
const folder = mkdtempSync(join(tmpdir(), "placard-warc-"));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "data.warc.gz");
const options = { software: "Placard test", createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 6) };

function spooled(...pieces: readonly (string | Uint8Array)[]): SpooledBytes {
  const bytes = pieces.map((piece) => Buffer.from(piece as string));
  return {
    length: Buffer.concat(bytes).length,
    chunks: () => spoiled(bytes),
  };
}

function exchange(changes: Partial<Exchange> = {}): Exchange {
  const requestHeaders: Header[] = [["Host", "townsquare.example"]];
  const responseHeaders: Header[] = changes.responseHeaders?.slice() ?? [["Content-Type", "Text/HTML; charset=utf-8"]];
  return {
    url: "https://townsquare.example/post/1",
    method: "GET",
    protocol: "http/1.1",
    mainFrame: true,
    startedAt: options.createdAt,
    finishedAt: options.createdAt + 5,
    server: { address: "2001:db8::1", port: 443 },
    tls: { version: "tls/1.3", cipher: "TLS_AES_128_GCM_SHA256", chain: [] },
    requestHead: composeHead("GET /post/1 HTTP/1.1", requestHeaders),
    requestHeaders,
    requestBody: spooled(),
    status: 200,
    statusText: "OK",
    responseHead: composeHead("HTTP/1.1 200 OK", responseHeaders),
    responseHeaders,
    responseBody: spooled("hello"),
    form: "wire",
    truncated: false,
    ...changes,
  };
}

for (const name of ["http1.json", "http2.json"]) {
  test(`${name}: each exchange is a request and a response whose blocks are its own bytes and match their digests`, async () => {
    await using log = await readNetLog(join(vectors, name), { scratch: folder });
    const { entries, bytes } = await writeWarc(log.exchanges, path, options);
    const records = await readWarc(path);
    const messages = records.filter(({ type }) => type !== "metadata");
    assert.deepEqual(
      messages.map((one) => one.type),
      ["warcinfo", ...log.exchanges.flatMap(() => ["request", "response"])],
    );
    assert.equal(bytes, readFileSync(path).length);
    for (const [index, one] of log.exchanges.entries()) {
      const [request, response] = messages.slice(1 + 2 * index);
      assert.ok(request && response);
      assert.deepEqual(request.block, await joined(one.requestHead, one.requestBody));
      assert.deepEqual(response.block, await joined(one.responseHead, one.responseBody));
      assert.equal(request.header("WARC-Concurrent-To"), response.header("WARC-Record-ID"));
      assert.equal(response.header("WARC-Concurrent-To"), undefined);
      for (const record of [request, response]) {
        assert.ok(hasDigest(record.block, record.header("WARC-Block-Digest") ?? ""));
        const payload = record.header("WARC-Payload-Digest");
        const chunked = /^transfer-encoding: chunked\r$/im.test(record.block.toString("latin1"));
        assert.equal(payload === undefined, chunked);
        if (payload !== undefined) assert.ok(hasDigest(record.payload, payload));
        assert.equal(record.url, one.url);
        assert.equal(record.header("WARC-Date"), new Date(one.startedAt).toISOString());
        assert.equal(record.header("WARC-IP-Address"), "127.0.0.1");
        assert.deepEqual(certificatesOf(record, records), one.tls?.chain ?? []);
      }
      assert.equal(response.header("WARC-Truncated"), one.truncated ? "disconnect" : undefined);
    }
    assert.equal(new Set(records.map((one) => one.header("WARC-Record-ID"))).size, records.length);
    assert.deepEqual(
      entries.map((one) => one.id),
      records.map((one) => one.header("WARC-Record-ID")),
    );
  });
}

/** DER in base64, the server's own first, as the record that this one names has them. */
function certificatesOf(record: ReadRecord, records: readonly ReadRecord[]): readonly string[] {
  const named = record.header("WARC-Placard-Certificates");
  if (named === undefined) return [];
  const at = records.findIndex((one) => one.header("WARC-Record-ID") === named);
  const found = records[at];
  assert.ok(found?.type === "metadata" && at < records.indexOf(record), "they stand before what names them");
  return found.block
    .toString()
    .split("-----END CERTIFICATE-----\n")
    .slice(0, -1)
    .map((pem) => new X509Certificate(`${pem}-----END CERTIFICATE-----`).raw.toString("base64"));
}

test("certificates are written once, for all that came by them, and as many as are kept", async () => {
  await using log = await readNetLog(join(vectors, "http2.json"), { scratch: folder });
  const [{ tls } = assert.fail()] = log.exchanges;
  assert.ok(tls !== undefined);
  const [certificate = ""] = tls.chain;
  const by = (chain: readonly string[], url = "https://townsquare.example/"): Exchange =>
    exchange({ url, tls: { ...tls, chain } });
  const long = Array<string>(11).fill(certificate);
  await writeWarc([by([certificate]), by([certificate], "wss://townsquare.example/talk"), by(long)], path, options);
  const records = await readWarc(path);
  assert.deepEqual(
    records.map(({ type }) => type),
    ["warcinfo", "metadata", "request", "response", "request", "response", "metadata", "request", "response"],
  );
  const kept = records.flatMap((record) => (record.type === "response" ? [certificatesOf(record, records)] : []));
  assert.deepEqual(kept, [[certificate], [certificate], long.slice(0, 10)]);
  const cut = records.filter(({ type }) => type === "metadata").map((one) => one.header("WARC-Truncated"));
  assert.deepEqual(cut, [undefined, "length"], "of which not all is kept, it is said");
  const unsent = { requestHead: new Uint8Array(), responseHead: new Uint8Array() };
  await writeWarc([exchange({ ...unsent, tls })], path, options);
  assert.deepEqual((await readWarc(path)).length, 1, "of a connection by which nothing came there is none");
});

async function joined(head: Uint8Array, body: SpooledBytes): Promise<Buffer> {
  const pieces = [Buffer.from(head)];
  for await (const piece of body.chunks()) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

test("an entry names the very gzip member of its record", async () => {
  const { entries } = await writeWarc([exchange()], path, options);
  const file = readFileSync(path);
  let end = 0;
  for (const entry of entries) {
    assert.equal(entry.offset, end);
    end = entry.offset + entry.length;
    const text = gunzipSync(file.subarray(entry.offset, end)).toString();
    assert.match(text, new RegExp(`^WARC/1\\.1\r\nWARC-Type: ${entry.type}\r\nWARC-Record-ID: ${entry.id}\r\n`));
  }
  assert.equal(end, file.length);
  assert.deepEqual(
    entries.map(({ type, url, method, status, mime, truncated }) => ({ type, url, method, status, mime, truncated })),
    [
      { type: "warcinfo" },
      { type: "request", url: "https://townsquare.example/post/1", method: "GET" },
      {
        type: "response",
        url: "https://townsquare.example/post/1",
        method: "GET",
        status: 200,
        mime: "text/html",
        truncated: false,
      },
    ].map((one) => ({
      url: undefined,
      method: undefined,
      status: undefined,
      mime: undefined,
      truncated: undefined,
      ...one,
    })),
  );
});

test("warcio's reader undoes the chunks, so replay tools can show it", async () => {
  const headers: Header[] = [["Transfer-Encoding", "chunked"]];
  const chunked = exchange({
    responseHeaders: headers,
    responseBody: spooled("5\r\nhel", "lo\r\n0\r\n\r\n"),
  });
  const { entries } = await writeWarc([chunked], path, options);
  const source = createReadStream(path) as AsyncIterable<Uint8Array>;
  for await (const record of WARCParser.iterRecords(source)) {
    if (record.warcType === "response") assert.equal(await record.contentText(), "hello");
  }
  assert.ok(hasDigest(Buffer.from("hello"), entries[2]?.payloadDigest ?? ""), "the index has the entity's digest");
});

test("a transfer coding that is gone from the body is not claimed in the head", async () => {
  const headers: Header[] = [["Transfer-Encoding", "chunked"]];
  await writeWarc([exchange({ responseHeaders: headers, form: "entity" })], path, options);
  const [, , response] = await readWarc(path);
  assert.equal(response?.block.toString(), "HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\nhello");
});

test("protocol, TLS and cipher are stated in the fields that WARC practice has for them", async () => {
  await writeWarc([exchange({ protocol: "h2" })], path, options);
  const text = gunzipSync(readFileSync(path)).toString();
  assert.equal(
    text.split("WARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\nWARC-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n").length,
    3,
  );
  assert.equal(text.split("WARC-IP-Address: 2001:db8::1\r\n").length, 3);
  assert.match(text, /^WARC-Date: 2026-01-02T03:04:05\.006Z\r$/m);
});

test("an address with three commas stays one address", async () => {
  await writeWarc([exchange({ url: "https://townsquare.example/,,,/a?b=,,,c" })], path, options);
  const text = gunzipSync(readFileSync(path)).toString();
  assert.equal(text.split("WARC-Target-URI: https://townsquare.example/,,,/a?b=,,,c\r\n").length, 3);
});

test("text takes a fraction of its length and what is compressed already no more than its length, long or short", async () => {
  const text = Buffer.from("The residents of Hollow Lane met about the hedge. ".repeat(60_000));
  const media = randomBytes(text.length);
  const bodies = [text, media, text.subarray(0, 200_000), media.subarray(0, 200_000)];
  const { entries } = await writeWarc(
    bodies.map((body) => exchange({ responseBody: spooled(...halves(body)) })),
    path,
    options,
  );
  const lengths = entries.filter(({ type }) => type === "response").map(({ length }) => length);
  const shares = lengths.map((length, i) => length / (bodies[i] as Buffer).length);
  assert.deepEqual(
    shares.map((share) => (share < 0.1 ? "small" : share < 1.01 ? "whole" : "larger")),
    ["small", "whole", "small", "whole"],
  );
  const read = (await readWarc(path)).filter(({ type }) => type === "response");
  assert.deepEqual(
    read.map(({ payload }, i) => payload.equals(bodies[i] as Buffer)),
    [true, true, true, true],
  );
});

const halves = (bytes: Buffer): readonly Buffer[] => [
  bytes.subarray(0, bytes.length / 2),
  bytes.subarray(bytes.length / 2),
];

test("why a response is truncated is said only where it is known", async () => {
  const cut = { truncated: true };
  const each = [
    exchange(cut),
    exchange({ ...cut, error: "ERR_ABORTED" }),
    exchange({ ...cut, error: "ERR_CONNECTION_RESET" }),
  ];
  await writeWarc(each, path, options);
  const reasons = (await readWarc(path))
    .filter((one) => one.type === "response")
    .map((one) => one.header("WARC-Truncated"));
  assert.deepEqual(reasons, ["unspecified", "unspecified", "disconnect"]);
});

test("what never reached the wire has no record; what had no answer has a request alone", async () => {
  const unanswered = exchange({ status: 0, responseHead: new Uint8Array(0), error: "ERR_EMPTY_RESPONSE" });
  const unsent = exchange({ status: 0, requestHead: new Uint8Array(0), responseHead: new Uint8Array(0) });
  const { entries } = await writeWarc([unanswered, unsent], path, options);
  assert.deepEqual(
    entries.map((one) => one.type),
    ["warcinfo", "request"],
  );
});

test("the same exchanges give the same file, byte for byte", async () => {
  await writeWarc([exchange(), exchange()], path, options);
  const once = readFileSync(path);
  await writeWarc([exchange(), exchange()], path, options);
  assert.deepEqual(readFileSync(path), once);
});

test("pieces are good only until the next is asked for: bodies of every kind and length are written as they came", async () => {
  const text = Buffer.from("The hedge on Hollow Lane was cut again. ".repeat(70_000));
  const framed = Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), text, Buffer.from("\r\n0\r\n\r\n")]);
  const bodies = [text, randomBytes(3_000_000), text.subarray(0, 300_000), randomBytes(300_000), text.subarray(0, 900)];
  const plain = bodies.map((body) => exchange({ requestBody: spoiledBody(body), responseBody: spoiledBody(body) }));
  const chunked = exchange({ responseHeaders: [["Transfer-Encoding", "chunked"]], responseBody: spoiledBody(framed) });
  const exchanges = [...plain, chunked];
  const { entries } = await writeWarc(exchanges, path, options);
  const blocks = (await readWarc(path)).slice(1).map((record) => record.block);
  for (const [i, { requestHead, responseHead }] of exchanges.entries()) {
    const [sent, received] = [bodies[i] ?? Buffer.alloc(0), bodies[i] ?? framed];
    assert.ok(blocks[2 * i]?.equals(Buffer.concat([requestHead, sent])), `request ${i}`);
    assert.ok(blocks[2 * i + 1]?.equals(Buffer.concat([responseHead, received])), `response ${i}`);
  }
  for (const [i, body] of [...bodies, text].entries()) {
    assert.ok(hasDigest(body, entries[2 * i + 2]?.payloadDigest ?? ""), `the payload of response ${i}`);
  }
});

test("a body that cannot be read leaves no file behind", async () => {
  const broken = exchange({
    responseBody: {
      length: 5,
      async *chunks() {
        yield Buffer.from("he");
        throw new Error("the disk is gone");
      },
    },
  });
  const before = readdirSync(folder);
  await assert.rejects(writeWarc([broken], join(folder, "other.warc.gz"), options), /the disk is gone/);
  assert.deepEqual(readdirSync(folder), before);
});
