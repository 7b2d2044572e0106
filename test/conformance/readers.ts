/**
 * What others ask of an archive: `warcio`, as its reader and its indexer take it apart, and the rules by which py-wacz
 * (0.6.0, `wacz validate`) accepts a file, in our words.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { CDXIndexer, WARCParser } from "warcio";
import { hasDigest, type ReadRecord, readWarc } from "../read-warc.ts";

type Members = ReadonlyMap<string, Uint8Array>;

/** Holds the archive at `path` to all of it; returns its records. `warcPath` is where its WARC file is put. */
export async function assertOthersRead(path: string, warcPath: string): Promise<readonly ReadRecord[]> {
  const members = await unpack(path);
  assertWaczRules(members);
  await writeFile(warcPath, members.get("archive/data.warc.gz") ?? assert.fail("no WARC file"));
  const records = await readWarc(warcPath);
  assertDigests(records);
  await assertHttpReadable(warcPath, records.length);
  await assertSameIndex(warcPath, text(members, "indexes/index.cdx"));
  return records;
}

async function unpack(path: string): Promise<Members> {
  const members = new Map<string, Uint8Array>();
  for (const entry of await new ZipReader(new BlobReader(await openAsBlob(path))).getEntries()) {
    if (entry.directory) continue;
    assert.ok(!members.has(entry.filename), `${entry.filename} is there once`);
    // Archive and index are looked into where they lie, so they are stored.
    assert.equal(entry.compressionMethod, 0, entry.filename);
    members.set(entry.filename, await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }));
  }
  return members;
}

interface DataPackage {
  readonly profile: string;
  readonly wacz_version: string;
  readonly created: string;
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly hash: string;
    readonly bytes: number;
  }[];
}

const text = (members: Members, name: string): string =>
  Buffer.from(members.get(name) ?? assert.fail(`${name} is missing`)).toString();

function assertWaczRules(members: Members): void {
  const names = [...members.keys()];
  const manifest = JSON.parse(text(members, "datapackage.json")) as DataPackage;
  assert.equal(manifest.wacz_version, "1.1.1", "the version py-wacz knows as its own");
  for (const needed of [
    /^archive\/[^/]+\.warc(\.gz)?$/,
    /^indexes\/index\.(cdx|cdx\.gz|idx)$/,
    /^pages\/pages\.jsonl$/,
  ])
    assert.ok(
      names.some((name) => needed.test(name)),
      `something like ${needed}`,
    );
  assertDataPackage(manifest);
  const listed = new Map(manifest.resources.map((resource) => [resource.path, resource]));
  const rest = names.filter((name) => !/^datapackage(-digest)?\.json$/.test(name));
  assert.deepEqual(
    [...listed.keys()].toSorted(),
    rest.toSorted(),
    "every file is listed, and every listed file is there",
  );
  for (const name of rest) {
    const bytes = members.get(name) as Uint8Array;
    assert.deepEqual([listed.get(name)?.hash, listed.get(name)?.bytes], [hashOf(bytes), bytes.length], name);
  }
  const digest = JSON.parse(text(members, "datapackage-digest.json")) as {
    readonly hash: string;
    readonly signedData: { readonly hash: string; readonly created: string };
  };
  const hash = hashOf(members.get("datapackage.json") as Uint8Array);
  assert.deepEqual([digest.hash, digest.signedData.hash], [hash, hash]);
  assert.equal(digest.signedData.created, manifest.created, "signed when it was made");
  assertPages(text(members, "pages/pages.jsonl"), text(members, "indexes/index.cdx"));
}

/** Frictionless Data Package v1: what its validator holds a package and its resources to. */
function assertDataPackage({ profile, created, resources }: DataPackage): void {
  assert.equal(profile, "data-package");
  assert.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  assert.ok(resources.length > 0);
  assert.equal(new Set(resources.map(({ name }) => name)).size, resources.length, "names are unique");
  for (const { name, path } of resources) {
    assert.match(name, /^[a-z0-9._/-]+$/);
    assert.ok(!path.startsWith("/") && !path.split("/").includes(".."), `${path} leads nowhere else`);
  }
}

/** A header with format and id, then pages with address and time; and each is to be found in the index. */
function assertPages(pages: string, index: string): void {
  const [header, ...rest] = pages
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  assert.ok(header?.["format"] !== undefined && header["id"] !== undefined);
  assert.ok(rest.length > 0);
  for (const { url = "", ts = "" } of rest) {
    assert.ok(!Number.isNaN(Date.parse(ts)), ts);
    const bare = JSON.stringify(url.split("#")[0]);
    assert.ok(index.includes(`"url":${bare}`), `${url} is in the index`);
  }
}

const hashOf = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

function assertDigests(records: readonly ReadRecord[]): void {
  for (const { header, block, payload, url } of records) {
    assert.ok(hasDigest(block, header("WARC-Block-Digest") ?? ""), `${url}: digest of the block`);
    const stated = header("WARC-Payload-Digest");
    if (stated !== undefined) assert.ok(hasDigest(payload, stated), `${url}: digest of the payload`);
  }
}

/** As replay reads: heads parsed, chunks and codings undone. */
async function assertHttpReadable(path: string, expected: number): Promise<void> {
  let read = 0;
  for await (const record of WARCParser.iterRecords(createReadStream(path) as AsyncIterable<Uint8Array>)) {
    await record.readFully(true);
    if (record.warcType === "response")
      assert.ok(Number(record.httpHeaders?.statusCode) >= 100, `${record.warcTargetURI}`);
    read += 1;
  }
  assert.equal(read, expected);
}

/**
 * What warcio's own indexer makes of the responses is what our index says, digests apart: ours has them without transfer
 * coding. Notes beside a response (a WebSocket's messages) are in no index of ours.
 */
async function assertSameIndex(path: string, index: string): Promise<void> {
  const indexer = new CDXIndexer({ format: "cdxj", noSurt: false });
  const source = [{ filename: "data.warc.gz", reader: createReadStream(path) as AsyncIterable<Uint8Array> }];
  const found: string[] = [];
  for await (const entry of indexer.iterIndex(source as Parameters<typeof indexer.iterIndex>[0]))
    found.push(indexer.serializeCDXJ(entry));
  const plain = (line: string): string => {
    const [, key = "", json = "{}"] = /^(\S+ \d+) (.*)$/.exec(line) ?? [];
    const { digest: _, ...rest } = JSON.parse(json) as Record<string, string | number>;
    return `${key} ${JSON.stringify(
      Object.entries(rest)
        .map(([name, value]) => [name, String(value)])
        .toSorted(),
    )}`;
  };
  const lines = index.trimEnd().split("\n");
  assert.deepEqual(lines, lines.toSorted(), "the index is sorted");
  const responses = found.flatMap((entry) => entry.split("\n")).filter((line) => line.includes('"status"'));
  assert.deepEqual(lines.map(plain).toSorted(), responses.map(plain).toSorted());
}
