import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { testWithVectors } from "../../../test/shared-vectors.ts";
import { waczMembers, zipOf } from "../../../test/wacz-fixture.ts";
import { utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { digestInSlices } from "../../verify/digest.ts";
import { readReceived } from "./read.ts";
import type { ReceivedFile } from "./received.ts";

const digestBlob = digestInSlices(() => createHash("sha256"));
const read = (bytes: Uint8Array): Promise<ReceivedFile> => readReceived(new Blob([bytes as BlobPart]), { digestBlob });
const states = ({ checks }: ReceivedFile): readonly string[] => checks.map(({ name, state }) => `${name}: ${state}`);

function warcOf(digest: (block: string) => string | undefined, block = "A notice on Hollow Lane."): Uint8Array {
  const stated = digest(block);
  const info = "software: Somebody's Archiver 3\r\n";
  const head = (type: string, length: number, more: readonly string[]): string =>
    [
      "WARC/1.1",
      `WARC-Type: ${type}`,
      "WARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-000000000001>",
      "WARC-Date: 2026-03-01T10:00:00Z",
      ...more,
      `Content-Length: ${length}`,
      "",
      "",
    ].join("\r\n");
  const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${block}`;
  const more = [
    "WARC-Target-URI: https://townsquare.example/p/7",
    ...(stated === undefined ? [] : [`WARC-Block-Digest: ${stated}`]),
  ];
  return utf8(
    `${head("warcinfo", info.length, [])}${info}\r\n\r\n${head("response", http.length, more)}${http}\r\n\r\n`,
  );
}

const digestOf = (block: string, algorithm: string): Buffer =>
  createHash(algorithm).update(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${block}`).digest();

test("a WARC, plain and gzip: what it is about, and each record held to its digest", async () => {
  for (const pack of [(bytes: Uint8Array) => bytes, gzipSync]) {
    const sound = await read(pack(warcOf((block) => `sha256:${digestOf(block, "sha256").toString("hex")}`)));
    assert.deepEqual(sound.claims, {
      url: "https://townsquare.example/p/7",
      savedAt: "2026-03-01T10:00:00Z",
      software: "Somebody's Archiver 3",
    });
    assert.deepEqual(states(sound), ["record digests: holds"]);
    const wrong = await read(pack(warcOf(() => `sha1:${"A".repeat(32)}`)));
    assert.deepEqual(states(wrong), ["record digests: fails"]);
    assert.deepEqual(states(await read(pack(warcOf(() => undefined)))), ["record digests: absent"]);
  }
});

test("a WACZ: its hashes and its signature are looked at, sound or not", async () => {
  const sound = await read(new Uint8Array(await (await zipOf(waczMembers())).slice()));
  assert.equal(sound.kind, "wacz");
  assert.deepEqual(states(sound), ["archive contents: holds", "archive signature: absent"]);
  const swapped = waczMembers().map(
    ([name, bytes]) => [name, name.endsWith(".warc.gz") ? utf8("other") : bytes] as const,
  );
  assert.deepEqual(states(await read(await zipOf(swapped)))[0], "archive contents: fails");
});

test("a HAR and saved pages say whence they are", async () => {
  const har = {
    log: {
      version: "1.2",
      creator: { name: "A browser", version: "99" },
      pages: [{ title: "A thread on Hollow Lane", startedDateTime: "2026-03-01T10:00:00.000Z" }],
      entries: [{ request: { method: "GET", url: "https://townsquare.example/p/7" } }],
    },
  };
  assert.deepEqual((await read(utf8(JSON.stringify(har)))).claims, {
    url: "https://townsquare.example/p/7",
    title: "A thread on Hollow Lane",
    savedAt: "2026-03-01T10:00:00.000Z",
    software: "A browser 99",
  });
  const saved = `<!DOCTYPE html>\n<!-- saved from url=(0030)https://townsquare.example/p/7 -->\n<html><head><title>Bins &amp;\n lanes</title></head><body>…</body></html>`;
  const page = await read(utf8(saved));
  assert.deepEqual(
    [page.kind, page.claims.url, page.claims.title],
    ["html", "https://townsquare.example/p/7", "Bins & lanes"],
  );
  const single = `<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://townsquare.example/p/8 \n saved date: Sun Mar 01 2026\n--><title>x</title>`;
  assert.deepEqual((await read(utf8(single))).claims, {
    url: "https://townsquare.example/p/8",
    title: "x",
    savedAt: "Sun Mar 01 2026",
    software: "SingleFile",
  });
});

test("what cannot be taken in is refused, for the right reason", async () => {
  const lines = readFileSync(join(import.meta.dirname, "../../../test/vectors/received_invalid.txt"), "utf8").split(
    "\n",
  );
  let why = "";
  let refused = 0;
  for (const line of lines) {
    if (line.startsWith("#")) why = line.slice(2);
    if (!line.startsWith("{")) continue;
    const { file, error: code } = JSON.parse(line) as { file: string; error: "malformed" };
    await assert.rejects(
      read(Buffer.from(file, "base64")),
      (error) => isPlacardError(error) && assert.equal(error.code, code, `${why}: ${error.message}`) === undefined,
      why,
    );
    refused++;
  }
  assert.ok(refused >= 20);
});

test("a ZIP file is taken for no web archive, nor what only looks like a proof for one", async () => {
  const member = (name: string) => [[name, utf8("a lantern")] as const];
  const refused = (told: RegExp) => (error: unknown) =>
    isPlacardError(error, "unsupported") && told.test(`${error.message} ${error.next}`);
  await assert.rejects(zipOf(member("word/document.xml")).then(read), refused(/no datapackage\.json/));
  await assert.rejects(
    zipOf([...member("a.txt"), ...member("act.sdjwt")]).then(read),
    refused(/placard file.*placard verify/),
  );
  await assert.rejects(zipOf(member("act.sdjwt")).then(read), (error) => isPlacardError(error, "malformed"));
});

test("a small WARC cannot unpack to a huge one", { timeout: 60_000 }, async () => {
  const stop = AbortSignal.timeout(50);
  const head = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 999999999999\r\n\r\n";
  const bomb = Buffer.concat([gzipSync(head), ...Array.from({ length: 64 }, () => gzipSync(Buffer.alloc(1 << 20)))]);
  // Stopped, or refused: never held in memory.
  await assert.rejects(readReceived(new Blob([bomb]), { digestBlob, signal: stop }), isPlacardError);
});

testWithVectors("WARC files of others are read, or refused for a reason", "warc", async (folder) => {
  const expected: Readonly<Record<string, string>> = {
    "example.warc": "record digests: holds",
    "example.warc.gz": "record digests: holds",
    "example-resource.warc.gz": "record digests: holds",
    "example-iana.org-chunked.warc": "record digests: holds",
    "example-url-agnostic-revisit.warc.gz": "record digests: absent",
    "post-test-more.warc": "record digests: holds",
    "example-bad-length.warc": "record digests: fails",
  };
  for (const [name, outcome] of Object.entries(expected)) {
    const found = await read(readFileSync(join(folder, name))).then(
      (file) => states(file).join(", "),
      (error: unknown) => (isPlacardError(error) ? error.code : String(error)),
    );
    assert.equal(found, outcome, name);
  }
});

testWithVectors("WACZ files of others: unsound ones are called so", "wacz", async (folder) => {
  const look = async (name: string): Promise<ReceivedFile> => read(readFileSync(join(folder, name)));
  assert.deepEqual(states(await look("valid_example_1.wacz"))[0], "archive contents: holds");
  assert.deepEqual(states(await look("invalid_example_1.wacz"))[0], "archive contents: fails");
  const signed = await look("valid_signed_example_1.wacz");
  assert.equal(signed.claims.url, "https://example.com/");
  assert.match(signed.checks[1]?.why ?? "", /in the name of btrix-sign-test\.webrecorder\.net/);
});
