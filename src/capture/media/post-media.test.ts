import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { keptExchange } from "../../../test/kept-exchange.ts";
import { contentOf } from "../netlog/content.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { keepMedia } from "./post-media.ts";

const at = (name: string): string => `https://square.example/${name}`;
const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("a lantern ".repeat(900))]);
const headers = (...more: readonly Header[]): { readonly responseHeaders: readonly Header[] } => ({
  responseHeaders: [["Content-Type", "image/png"], ...more],
});
let folder: string;

before(async () => (folder = await mkdtemp(join(tmpdir(), "placard-media-"))));
after(() => rm(folder, { recursive: true, force: true }));

async function keep(addresses: readonly string[], exchanges: readonly Exchange[]) {
  const own = await mkdtemp(join(folder, "one-"));
  const kept = await keepMedia(addresses, { exchanges }, own);
  assert.equal((await readdir(own)).length, kept.files.length, "nothing half-written stays");
  return kept;
}

test("what crossed the wire is a file, without its codings", async () => {
  const coded: readonly (readonly [string, Uint8Array, Exchange["responseHeaders"]])[] = [
    ["plain", PNG, []],
    ["gzip", gzipSync(PNG), [["content-encoding", "gzip"]]],
    ["br", brotliCompressSync(PNG), [["Content-Encoding", "BR"]]],
    ["zstd", zstdCompressSync(PNG), [["content-encoding", "zstd"]]],
    ["deflate", deflateSync(PNG), [["content-encoding", "deflate"]]],
    ["twice", brotliCompressSync(gzipSync(PNG)), [["content-encoding", "gzip, br"]]],
    ["identity", PNG, [["content-encoding", "identity"]]],
    ["part", PNG, [["content-range", `bytes 0-${PNG.length - 1}/${PNG.length}`]]],
    [
      "chunks",
      Buffer.concat([Buffer.from(`${PNG.length.toString(16)}\r\n`), PNG, Buffer.from("\r\n0\r\n\r\n")]),
      [["Transfer-Encoding", "chunked"]],
    ],
  ];
  for (const [name, body, more] of coded) {
    const status = name === "part" ? 206 : 200;
    const { files, missing } = await keep([at(name)], [keptExchange(at(name), body, { status, ...headers(...more) })]);
    assert.deepEqual(missing, [], name);
    assert.deepEqual(
      files.map(({ url, mediaType, bytes }) => [url, mediaType, bytes]),
      [[at(name), "image/png", PNG.length]],
    );
    assert.ok(PNG.equals(await readFile(files[0]?.path as string)), name);
  }
});

test("redirects are followed, the same bytes are one file, and fragments do not count", async () => {
  const sent = keptExchange(at("a"), new Uint8Array(), { status: 302, redirectedTo: at("b#x") });
  const exchanges = [sent, keptExchange(at("b"), PNG, headers()), keptExchange(at("c"), PNG, headers())];
  const { files, missing } = await keep([at("a"), at("b"), `${at("c")}#t=1`], exchanges);
  assert.deepEqual([files.map(({ url }) => url), missing], [[at("a")], []]);
});

test("what was not received whole, or is no media, is no file, and it is said why", async () => {
  const half: readonly Header[] = [["Content-Range", `bytes 0-9/${PNG.length}`]];
  const cases: Readonly<Record<string, readonly [string, readonly Exchange[]]>> = {
    never: ["The page did not fetch it.", []],
    posted: ["The page did not fetch it.", [keptExchange(at("posted"), PNG, { method: "POST", ...headers() })]],
    gone: ["The server answered with 404.", [keptExchange(at("gone"), PNG, { status: 404, ...headers() })]],
    mute: ["No answer came.", [keptExchange(at("mute"), new Uint8Array(), { status: 0 })]],
    cut: ["It was not received to its end.", [keptExchange(at("cut"), PNG, { truncated: true, ...headers() })]],
    broken: [
      "It was not received to its end.",
      [keptExchange(at("broken"), PNG, { error: "ERR_FAILED", ...headers() })],
    ],
    half: ["Only a part of it was fetched.", [keptExchange(at("half"), PNG, { status: 206, ...headers(...half) })]],
    pieces: [
      "Only a part of it was fetched.",
      [1, 2].map(() => keptExchange(at("pieces"), PNG.subarray(0, 10), { status: 206, ...headers(...half) })),
    ],
    mislabelled: [
      "Only a part of it was fetched.",
      [keptExchange(at("mislabelled"), PNG, { status: 206, ...headers(...half) })],
    ],
    empty: ["What the server sent is empty.", [keptExchange(at("empty"), new Uint8Array(), headers())]],
    page: [
      "What the server sent is no picture, video or sound.",
      [keptExchange(at("page"), Buffer.from("<!doctype html>"), { responseHeaders: [["Content-Type", "text/html"]] })],
    ],
    odd: [
      "We cannot decode “constructor”.",
      [keptExchange(at("odd"), PNG, headers(["content-encoding", "constructor"]))],
    ],
    false: [
      "The content is not in the coding that its server states.",
      [keptExchange(at("false"), PNG, headers(["content-encoding", "gzip"]))],
    ],
    short: [
      "The content is not in the coding that its server states.",
      [keptExchange(at("short"), gzipSync(PNG).subarray(0, 40), headers(["content-encoding", "gzip"]))],
    ],
    often: [
      "The content is coded too many times over.",
      [keptExchange(at("often"), PNG, headers(["content-encoding", "gzip, gzip, gzip"]))],
    ],
    circle: [
      "It is sent on too many times.",
      [keptExchange(at("circle"), new Uint8Array(), { status: 302, redirectedTo: at("circle") })],
    ],
  };
  for (const [name, [why, exchanges]] of Object.entries(cases)) {
    const { files, missing } = await keep([at(name)], exchanges);
    assert.deepEqual([files, missing], [[], [{ url: at(name), why }]], name);
  }
  const { missing } = await keep(["blob:https://square.example/1", "lane"], []);
  assert.deepEqual(
    missing.map(({ why }) => why),
    ["The page's script put it together from pieces; these are in the archive.", "It has no address on the web."],
  );
});

test("content that unpacks to more than is asked for is read no further", async () => {
  const bomb = keptExchange(at("bomb"), gzipSync(Buffer.alloc(64 << 20)), headers(["content-encoding", "gzip"]));
  let read = 0;
  const reading = async (): Promise<void> => {
    for await (const chunk of contentOf(bomb, 100_000)) read += chunk.length;
  };
  await assert.rejects(reading, { code: "too_large" });
  assert.ok(read <= 100_000);
});

test("of very many, the first twelve are files", async () => {
  const urls = Array.from({ length: 60 }, (_, i) => at(`n${i}`));
  const { files, missing } = await keep(
    urls,
    urls.map((url) => keptExchange(url, Buffer.concat([PNG, Buffer.from(url)]), headers())),
  );
  assert.deepEqual([files.length, missing.length], [12, 20]);
});

test("the type is what the bytes show of pictures, and what the server says of the rest", async () => {
  const type = async (bytes: string, declared: string): Promise<string | undefined> => {
    const body = Buffer.from(bytes, "latin1");
    const { files } = await keep(
      [at("t")],
      [keptExchange(at("t"), body, { responseHeaders: [["content-type", declared]] })],
    );
    return files[0]?.mediaType;
  };
  assert.equal(await type("\xff\xd8\xff\xe0", "image/png"), "image/jpeg");
  assert.equal(await type("RIFF1234WEBPVP8 ", "application/octet-stream"), "image/webp");
  assert.equal(await type("1234ftypisom", "audio/mp4; codecs=x"), "audio/mp4");
  assert.equal(await type("1234ftypisom", ""), "video/mp4");
  assert.equal(await type("<svg/>", "image/svg+xml;charset=utf-8"), "image/svg+xml");
  assert.equal(await type("lane", "image/<script>"), undefined);
});
