/** WebSockets and event streams of a real browser: what is said over them, and where in the archive it stands. */
import assert from "node:assert/strict";
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { findExhibit } from "../../src/app/acts.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { cdxj } from "../../src/capture/archive/cdxj.ts";
import { writeWarc } from "../../src/capture/archive/warc.ts";
import { entityOf } from "../../src/capture/netlog/entity.ts";
import type { Exchange, SpooledBytes } from "../../src/capture/netlog/exchange.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { makeCertificate } from "../../src/sample/conformance/certificate.ts";
import { hasDigest, type ReadRecord, readWarc } from "../read-warc.ts";
import { frame } from "../websocket-frames.ts";
import { parseLines } from "../websocket-lines.ts";
import { browse, untilDone } from "./netlog-browser.ts";
import { BYTES, DONE, EVENTS, LONG, serveTalk } from "./websocket-site.ts";

type Line = Readonly<Record<string, unknown>>;

function at(exchanges: readonly Exchange[], url: string): Exchange {
  return exchanges.find((one) => one.url === url) ?? assert.fail(`${url} is not recorded`);
}

const OF_THE_WIRE = ["time", "from", "length", "frames", "compressed"];

/** Lines of one side, without when and from whom, and without how the payload crossed the wire. */
function said(lines: readonly Line[], from: string): readonly Line[] {
  return lines
    .filter((line) => line["from"] === from)
    .map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => !OF_THE_WIRE.includes(name))));
}

async function bytesOf(body: Pick<SpooledBytes, "chunks">): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body.chunks()) pieces.push(new Uint8Array(piece));
  return Buffer.concat(pieces);
}

const FROM_SERVER: readonly Line[] = [
  { kind: "text", text: "Hello" },
  { kind: "ping", base64: Buffer.from("there?").toString("base64") },
  { kind: "text", text: LONG },
  { kind: "binary", base64: BYTES.toString("base64") },
  { kind: "text", text: "your turn" },
  { kind: "close", code: 4001, reason: "done" },
];
const FROM_BROWSER: readonly Line[] = [
  { kind: "pong", base64: Buffer.from("there?").toString("base64") },
  { kind: "text", text: "Grüße \u{1F33B}" },
  { kind: "binary", base64: Buffer.alloc(300, 7).toString("base64") },
  { kind: "text", text: LONG },
  { kind: "text", text: "again" },
  { kind: "text", text: "again" },
  { kind: "close", code: 4001, reason: "done" },
];

async function assertTalk(exchanges: readonly Exchange[], origin: string): Promise<void> {
  const ws = origin.replace("http", "ws");
  const linesAt = async (path: string): Promise<readonly Line[]> => {
    const { status, error, truncated, requestBody, responseBody, messages } = at(exchanges, `${ws}${path}`);
    assert.deepEqual(
      [status, error, truncated, requestBody.length, responseBody.length],
      [101, undefined, false, 0, 0],
    );
    return parseLines(messages ?? assert.fail("no messages"));
  };
  for (const path of ["/plain", "/deflated"]) {
    const lines = await linesAt(path);
    assert.deepEqual(said(lines, "server"), FROM_SERVER);
    assert.deepEqual(said(lines, "browser"), FROM_BROWSER);
    const times = lines.map(({ time }) => Date.parse(time as string));
    assert.deepEqual(times, times.toSorted());
    for (const line of lines) {
      const data = line["kind"] === "text" || line["kind"] === "binary";
      assert.equal(line["compressed"] ?? false, path === "/deflated" && data);
      if (line["kind"] === "close") assert.equal(line["length"], DONE.length);
    }
  }
  const [hello, broken] = said(await linesAt("/broken"), "server");
  assert.equal(hello?.["text"], "Hello");
  assert.deepEqual(broken, { kind: "broken", why: "reserved bits that are set", base64: "oQJubw==" });
  assert.deepEqual(said(await linesAt("/dropped"), "server"), [
    { kind: "text", text: "Hello" },
    { kind: "binary", cut: "unfinished", base64: Buffer.from("who").toString("base64") },
  ]);
  assert.deepEqual(said(await linesAt("/open"), "server"), [
    { kind: "text", text: "still here" },
    { kind: "text", cut: "unfinished", text: "half of" },
  ]);
}

test("every message, both ways, with and without TLS and compression, broken, dropped and still open", async () => {
  await using plain = await serveTalk();
  await using secure = await serveTalk(await makeCertificate());
  using run = await browse(async (page) => {
    for (const site of [plain, secure]) {
      await page.goto(`${site.origin}/`);
      await untilDone(page);
    }
  });
  await using log = await readNetLog(run.log, { scratch: run.folder, serverOf: run.serverOf });
  assert.deepEqual(log.discrepancies, []);
  for (const { origin } of [plain, secure]) {
    await assertTalk(log.exchanges, origin);
    const events = at(log.exchanges, `${origin}/events`);
    assert.equal((await bytesOf({ chunks: () => entityOf(events) })).toString(), EVENTS.join(""));
    assert.deepEqual([events.truncated, events.error], [true, "ERR_ABORTED"]);
  }
  await assertArchive(log.exchanges, run.folder);
});

/** The WARC: messages beside the handshake, for people and not for replay; the event stream an ordinary response, cut. */
async function assertArchive(exchanges: readonly Exchange[], folder: string): Promise<void> {
  const path = join(folder, "data.warc.gz");
  const { entries } = await writeWarc(exchanges, path, { software: "test", createdAt: 0 });
  const records = await readWarc(path);
  const isTalk = (one: ReadRecord): boolean => one.header("Content-Type") === "application/x-ndjson";
  const metadata = records.filter((one) => one.type === "metadata" && isTalk(one));
  const sockets = exchanges.filter((one) => one.messages !== undefined);
  assert.deepEqual(
    metadata.map((one) => one.url),
    sockets.map((one) => one.url),
  );
  for (const one of metadata) {
    const handshake = records.find((other) => other.header("WARC-Record-ID") === one.header("WARC-Concurrent-To"));
    assert.deepEqual([handshake?.type, handshake?.url], ["response", one.url]);
    assert.match(handshake?.block.toString("latin1") ?? "", /^HTTP\/1\.1 101 /);
    assert.ok(hasDigest(one.block, one.header("WARC-Block-Digest") ?? ""));
    for (const line of one.block.toString().trimEnd().split("\n")) assert.ok(Date.parse(JSON.parse(line).time) > 0);
  }
  const index = cdxj(entries, "data.warc.gz");
  const responses = records.filter((one) => one.type === "response").length;
  assert.equal(index.trimEnd().split("\n").length, responses);
  assert.doesNotMatch(index, /ndjson/);
  const events = records.find((one) => one.type === "response" && one.url?.endsWith("/events"));
  assert.equal(events?.header("WARC-Truncated"), "unspecified");
}

test("a capture with messages in it is sealed, exported and holds", async () => {
  await using site = await serveTalk();
  await using folder = await mkdtempDisposable(join(tmpdir(), "placard-talk-"));
  const path = join(folder.path, "record");
  await initRecord(path, { name: "Hollow Lane Residents" });
  await using opened = await openContext(path);
  const [outcome] = await captureAll(opened.context, [`${site.origin}/`], { allowPrivate: true });
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  const { summary, fields } = await findExhibit(opened.context, (outcome as { id: string }).id);
  assert.equal(fields["byteRecord"], "network-log");
  const file = join(folder.path, "talk.placard");
  await exportExhibit(opened.context, summary.id, file);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds");
  assert.equal(verdict.checks.find(({ name }) => name === "archive contents")?.state, "holds");
  const { sha256 } = fields["archive"] as { sha256: string };
  const archive = (await opened.context.vault.openBlob(sha256)) ?? assert.fail("no archive");
  const talks = await metadataIn(archive, folder.path);
  assert.equal(talks.length, 5);
  assert.deepEqual(said(talks[0] ?? [], "browser"), FROM_BROWSER);
});

async function metadataIn(archive: Blob, folder: string): Promise<readonly (readonly Line[])[]> {
  const members = await new ZipReader(new BlobReader(archive)).getEntries();
  const warc = members.find(({ filename }) => filename === "archive/data.warc.gz");
  assert.ok(warc !== undefined && !warc.directory);
  const path = join(folder, "sealed.warc.gz");
  await writeFile(path, await warc.getData(new Uint8ArrayWriter()));
  return (await readWarc(path))
    .filter(({ type }) => type === "metadata")
    .map(({ block }) =>
      block
        .toString()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );
}

test("a WebSocket on a stream of HTTP/2 (RFC 8441): its frames are the bodies of a CONNECT, as they crossed the wire", async () => {
  const hello = frame({ opcode: 1, payload: "Hello" });
  const server = http2.createSecureServer({ ...(await makeCertificate()), settings: { enableConnectProtocol: true } });
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
    stream.on("error", () => undefined);
    stream.respond({ ":status": 200, ...(headers[":protocol"] ? {} : { "content-type": "text/html" }) });
    if (headers[":protocol"] === "websocket") stream.write(hello);
    else
      stream.end(`<script>new WebSocket("wss://" + location.host + "/socket").onmessage = (event) => {
      event.target.send("Hello");
      setTimeout(() => { document.title = "done"; }, 200);
    };</script>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  using run = await browse(async (page) => {
    await page.goto(`${origin}/`);
    await untilDone(page);
  });
  for (const session of sessions) session.destroy();
  await new Promise((done) => server.close(done));
  await using log = await readNetLog(run.log, { scratch: run.folder, serverOf: run.serverOf });
  assert.deepEqual(log.discrepancies, []);
  const socket = at(log.exchanges, `${origin.replace("https", "wss")}/socket`);
  assert.match(Buffer.from(socket.requestHead).toString(), /^CONNECT \/socket HTTP\/1\.1\r\nhost: localhost/);
  assert.deepEqual(
    [socket.status, socket.protocol, socket.error, socket.truncated, socket.messages],
    [200, "h2", "ERR_ABORTED", true, undefined],
  );
  assert.deepEqual(await bytesOf(socket.responseBody), hello);
  // A masked frame with a text of five bytes.
  const [first, second, ...rest] = await bytesOf(socket.requestBody);
  assert.deepEqual([first, second, rest.length], [0x81, 0x85, 9]);
});
