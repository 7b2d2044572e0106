/**
 * The promise of the byte record, against a real browser: every request a server saw is there, and the bytes are the
 * server's own. The servers write down what they heard and said; nothing here trusts the log about itself.
 */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { WARCParser } from "warcio";
import { writeWarc } from "../../src/capture/archive/warc.ts";
import { entityOf } from "../../src/capture/netlog/entity.ts";
import type { Exchange } from "../../src/capture/netlog/exchange.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { makeCertificate } from "../../src/sample/conformance/certificate.ts";
import { hasDigest, readWarc } from "../read-warc.ts";
import { browse, untilDone } from "./netlog-browser.ts";
import { type Answer, type Http2Answer, LARGE, type Served, serveHttp1, serveHttp2 } from "./wire-site.ts";

const deep = process.env["PLACARD_DEEP"] === "1";
/** Chromium's next connection pool logs other events; the record must not depend on which one is in use. */
const POOLS: readonly (readonly string[])[] = deep ? [[], ["--enable-features=HappyEyeballsV3"]] : [[]];

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const RESIDENTS = "Hollow Lane Residents ".repeat(400);
const GZIPPED = gzipSync(RESIDENTS);
const BROTLI = brotliCompressSync("Townsquare ".repeat(2000));

const SCRIPT = `
  const get = (path, options) => fetch(path, options).then((r) => r.arrayBuffer()).catch(() => 0);
  (async () => {
    await Promise.all(["/brotli", "/chunked", "/chunked-gzip", "/twice", "/old", "/moved", "/missing", "/none", "/hints",
      "/large", "/cut", "/cut-chunk", "/,,,/%2C?q=a,,,b"].map((path) => get(path)));
    await get("/head", { method: "HEAD" });
    await get("/post", { method: "POST", body: "hello=world" });
    await get("/upload", { method: "POST", body: new Uint8Array(300000).fill(7) });
    await get("/part", { headers: { Range: "bytes=0-3" } });
    await get("/kept"); await get("/kept");
    await get("/warm"); await get("/dropped");
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/socket");
    await new Promise((done) => { socket.onclose = socket.onerror = done; });
    fetch("/endless");
    setTimeout(() => { document.title = "done"; }, 150);
  })();`;

const ok = (headers: string, body: string | Buffer): Answer => {
  const bytes = Buffer.from(body);
  const head = Buffer.from(`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`, "latin1");
  return { pieces: [Buffer.concat([head, bytes])] };
};
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

const HTTP1: Readonly<Record<string, Answer>> = {
  "/": ok(
    "Content-Type: text/html\r\n",
    `<!doctype html><link rel="stylesheet" href="/style.css"><img src="/dot.png"><script>${SCRIPT}</script>`,
  ),
  "/style.css": ok("Content-Type: text/css\r\nContent-Encoding: gzip\r\n", gzipSync("p { color: teal }".repeat(99))),
  "/dot.png": ok("Content-Type: image/png\r\n", PNG),
  "/brotli": ok("Content-Encoding: br\r\n", BROTLI),
  "/chunked": {
    pieces: [
      `${CHUNKED}Trailer: X-Sum\r\n\r\n`,
      "5;kind=first\r\nhel",
      "lo\r\n6\r\n world\r\n",
      "0\r\nX-Sum: 11\r\n\r\n",
    ],
  },
  "/chunked-gzip": {
    pieces: [
      `${CHUNKED}Content-Encoding: gzip\r\n\r\n`,
      `${(20).toString(16)}\r\n`,
      Buffer.concat([GZIPPED.subarray(0, 20), Buffer.from(`\r\n${(GZIPPED.length - 20).toString(16)}\r\n`)]),
      Buffer.concat([GZIPPED.subarray(20), Buffer.from("\r\n0\r\n\r\n")]),
    ],
  },
  "/twice": ok("X-A: 1\r\nx-b:2\r\nX-a:   3  \r\nSet-Cookie: a=1\r\nX-Latin: \xfc\r\nSet-Cookie: b=2\r\n", "twice"),
  "/old": { pieces: ["HTTP/1.0 200 Fine\r\nContent-Type: text/plain\r\n\r\n", "until the end"], hangUp: true },
  "/moved": { pieces: ["HTTP/1.1 302 Found\r\nLocation: /twice?after\r\nContent-Length: 4\r\n\r\ngone"] },
  "/missing": { pieces: ["HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nnone\n"] },
  "/none": { pieces: ["HTTP/1.1 204 No Content\r\n\r\n"] },
  "/hints": { interim: "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n", ...ok("", "after the hints") },
  "/large": ok("Content-Type: application/octet-stream\r\n", LARGE),
  "/cut": { pieces: ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x".repeat(500)], hangUp: true },
  "/cut-chunk": { pieces: [`${CHUNKED}\r\n`, `1f4\r\n${"y".repeat(300)}`], hangUp: true },
  "/head": { pieces: ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"] },
  "/part": { pieces: ["HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/10\r\nContent-Length: 4\r\n\r\n0123"] },
  "/kept": ok("Cache-Control: max-age=1000\r\n", "kept"),
  "/socket": { pieces: ["HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno\n"] },
  "/endless": { pieces: [`${CHUNKED}\r\n`, "3\r\none\r\n"] },
};

function answerHttp1({ path }: Served, seen: number): Answer {
  if (path === "/dropped" && seen === 0) return { pieces: [], hangUp: true };
  return HTTP1[path.replace(/\?after$/, "")] ?? ok("Content-Type: text/plain\r\n", `answer to ${path}`);
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(new Uint8Array(piece));
  return Buffer.concat(all);
}

function asked({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

/** Checks that what a server wrote down and what the log gave are the same exchanges, byte for byte. */
async function assertSame(exchanges: readonly Exchange[], origin: string, served: readonly Served[]): Promise<void> {
  const mine = exchanges.filter((one) => one.url.replace(/^ws/, "http").startsWith(origin));
  assert.deepEqual(
    mine
      .map((one) => asked({ method: one.method, path: new URL(one.url).pathname + new URL(one.url).search }))
      .toSorted(),
    served.map(asked).toSorted(),
  );
  const left = [...served];
  for (const one of mine) {
    const request = Buffer.concat([one.requestHead, await bytesOf(one.requestBody.chunks())]);
    const response = Buffer.concat([one.responseHead, await bytesOf(one.responseBody.chunks())]);
    const index = left.findIndex((other) => other.request.equals(request) && other.response.equals(response));
    assert.ok(index >= 0, `${one.method} ${one.url}: no server heard and said these bytes`);
    left.splice(index, 1);
    assert.equal(one.form, "wire");
  }
}

/** Checks that the exchanges' WARC, read back by warcio, has every digest right and can be decoded. */
async function assertWarcHolds(exchanges: readonly Exchange[], folder: string): Promise<void> {
  const path = join(folder, "data.warc.gz");
  await writeWarc(exchanges, path, { software: "test", createdAt: 0 });
  const records = await readWarc(path);
  for (const one of records) {
    assert.ok(hasDigest(one.block, one.header("WARC-Block-Digest") as string), `${one.url}`);
    const payload = one.header("WARC-Payload-Digest");
    if (payload !== undefined) assert.ok(hasDigest(one.payload, payload), `${one.url}`);
  }
  const decoded = new Map<string, string>();
  for await (const record of WARCParser.iterRecords(createReadStream(path) as AsyncIterable<Uint8Array>)) {
    if (record.warcType !== "response") continue;
    decoded.set(new URL(record.warcTargetURI as string).pathname, await record.contentText());
  }
  // warcio undoes gzip but not Brotli; either way the record holds the encoded bytes.
  assert.ok((decoded.get("/chunked-gzip") ?? decoded.get("/gzip")) === RESIDENTS);
}

function only(exchanges: readonly Exchange[], path: string): Exchange {
  const found = exchanges.filter((one) => new URL(one.url).pathname === path);
  assert.equal(found.length, 1, path);
  return found[0] as Exchange;
}

for (const pool of POOLS) {
  test(
    `HTTP/1: every request the server saw is recorded, byte for byte, with and without TLS ${pool}`.trim(),
    async () => {
      const keys = await makeCertificate();
      await using plain = await serveHttp1(answerHttp1);
      await using secure = await serveHttp1(answerHttp1, keys);
      using run = await browse(async (page) => {
        for (const site of [plain, secure]) {
          await page.goto(`${site.origin}/`);
          await untilDone(page);
        }
      }, pool);
      await using log = await readNetLog(run.log, { scratch: run.folder, serverOf: run.serverOf });

      assert.deepEqual(log.discrepancies, []);
      assert.deepEqual(log.ownRequests, []);
      assert.equal(log.complete, true);
      // Under a certificate it does not trust, the browser keeps nothing in its cache.
      assert.deepEqual(log.cached, [`${plain.origin}/kept`]);
      await assertSame(log.exchanges, plain.origin, plain.served);
      await assertSame(log.exchanges, secure.origin, secure.served);

      for (const site of [plain, secure]) {
        const mine = log.exchanges.filter((one) => one.url.startsWith(site.origin));
        const truncated = mine.filter((one) => one.truncated).map((one) => new URL(one.url).pathname);
        assert.deepEqual(truncated.toSorted(), ["/cut", "/cut-chunk", "/endless"]);
        assert.equal(only(mine, "/cut").error, "ERR_CONTENT_LENGTH_MISMATCH");
        assert.equal(only(mine, "/endless").error, "ERR_ABORTED");
        assert.equal(only(mine, "/old").protocol, "http/1.0");
        assert.equal(only(mine, "/old").statusText, "Fine");
        assert.equal(only(mine, "/moved").redirectedTo, `${site.origin}/twice?after`);
        assert.deepEqual(
          mine.filter((one) => one.mainFrame).map((one) => one.url),
          [`${site.origin}/`],
        );
        const [dropped, retried] = mine.filter((one) => one.url.endsWith("/dropped"));
        assert.equal(dropped?.status, 0);
        assert.equal(retried?.status, 200);
        const twice = mine.find((one) => one.url.endsWith("/twice")) as Exchange;
        assert.deepEqual(twice.responseHeaders.slice(0, 6), [
          ["X-A", "1"],
          ["x-b", "2"],
          ["X-a", "3"],
          ["Set-Cookie", "a=1"],
          ["X-Latin", "\xfc"],
          ["Set-Cookie", "b=2"],
        ]);
        assert.equal((await bytesOf(entityOf(only(mine, "/chunked")))).toString(), "hello world");
        assert.deepEqual(await bytesOf(entityOf(only(mine, "/chunked-gzip"))), GZIPPED);
        for (const one of mine) {
          assert.deepEqual(one.server, { address: "127.0.0.1", port: Number(new URL(site.origin).port) });
          assert.ok(Math.abs(one.startedAt - Date.now()) < 60_000 && one.finishedAt >= one.startedAt);
          assert.equal(one.tls?.version, site === secure ? "tls/1.3" : undefined);
          if (site === secure)
            assert.deepEqual(one.tls?.chain, [new X509Certificate(keys.cert).raw.toString("base64")]);
        }
      }
      await assertWarcHolds(log.exchanges, run.folder);
      await log[Symbol.asyncDispose]();
      assert.deepEqual(readdirSync(run.folder), ["data.warc.gz", "net.json"]);
    },
  );
}

const HTTP2: Readonly<Record<string, Http2Answer>> = {
  "/": {
    status: 200,
    headers: { "content-type": "text/html" },
    body: Buffer.from(`<!doctype html><script>
      const get = (path, options) => fetch(path, options).then((r) => r.arrayBuffer()).catch(() => 0);
      (async () => {
        await Promise.all(["/gzip", "/brotli", "/twice", "/moved", "/none", "/empty", "/large", "/reset", "/short"].map((p) => get(p)));
        await get("/post", { method: "POST", body: "hello=world" });
        await get("/upload", { method: "POST", body: new Uint8Array(300000).fill(7) });
        document.title = "done";
      })();</script>`),
  },
  "/gzip": { status: 200, headers: { "content-encoding": "gzip" }, body: GZIPPED },
  "/brotli": { status: 200, headers: { "content-encoding": "br" }, body: BROTLI },
  "/twice": {
    status: 200,
    headers: { "x-a": "1", "set-cookie": ["a=1", "b=2"], "x-b": "2" },
    body: Buffer.from("twice"),
  },
  "/moved": { status: 302, headers: { location: "/twice?after", "content-length": "4" }, body: Buffer.from("gone") },
  "/none": { status: 204 },
  "/empty": { status: 200, headers: { "content-length": "0" } },
  "/large": { status: 200, body: LARGE },
  "/reset": { status: 200, headers: { "content-length": "1000" }, body: Buffer.from("z".repeat(500)), reset: true },
  "/short": { status: 200, headers: { "content-length": "1000" }, body: Buffer.from("ended too early") },
};

for (const pool of POOLS) {
  test(
    `HTTP/2: every stream is recorded, its DATA frames' payloads byte for byte, padding removed ${pool}`.trim(),
    async () => {
      const keys = await makeCertificate();
      const missing: Http2Answer = { status: 404, body: Buffer.from("none") };
      await using site = await serveHttp2((path) => HTTP2[path.replace(/\?after$/, "")] ?? missing, keys);
      using run = await browse(async (page) => {
        await page.goto(`${site.origin}/`);
        await untilDone(page);
      }, pool);
      await using log = await readNetLog(run.log, { scratch: run.folder, serverOf: run.serverOf });

      assert.deepEqual(log.discrepancies, []);
      const path = (one: Exchange): string => one.url.slice(site.origin.length);
      const served = site.served.toSorted((a, b) => (asked(a) < asked(b) ? -1 : 1));
      const exchanges = log.exchanges.toSorted((a, b) =>
        asked({ method: a.method, path: path(a) }) < asked({ method: b.method, path: path(b) }) ? -1 : 1,
      );
      assert.deepEqual(
        exchanges.map((one) => asked({ method: one.method, path: path(one) })),
        served.map(asked),
      );
      for (const [index, one] of exchanges.entries()) {
        const { answer, requestBody } = served[index] as (typeof served)[number];
        assert.equal(one.status, answer.status);
        assert.ok((await bytesOf(one.responseBody.chunks())).equals(answer.body ?? Buffer.alloc(0)), one.url);
        assert.ok((await bytesOf(one.requestBody.chunks())).equals(requestBody), one.url);
        assert.deepEqual([one.protocol, one.form, one.tls?.version], ["h2", "wire", "tls/1.3"]);
        assert.equal(one.truncated, path(one) === "/reset" || path(one) === "/short", one.url);
        assert.match(
          Buffer.from(one.requestHead).toString("latin1"),
          new RegExp(`^${one.method} /[^ ]* HTTP/1\\.1\r\nhost: `),
        );
      }
      const twice = only(
        exchanges.filter((one) => !one.url.includes("?")),
        "/twice",
      );
      assert.deepEqual(twice.responseHeaders.slice(0, 4), [
        ["x-a", "1"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
        ["x-b", "2"],
      ]);
      assert.equal(only(exchanges, "/reset").error, "ERR_HTTP2_PROTOCOL_ERROR");
      await assertWarcHolds(log.exchanges, run.folder);
    },
  );
}
