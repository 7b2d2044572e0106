/** What a reader of our WACZ files can count on, by the WACZ 1.1.1, CDXJ 0.1.0 and WACZ signing specs. */
import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { createReadStream, existsSync, mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { CDXIndexer } from "warcio";
import { toBase64, toHex } from "../../lib/bytes.ts";
import { sha256, startPureHash } from "../../lib/sha256.ts";
import { digestInSlices } from "../../verify/digest.ts";
import { verifyWacz } from "../../verify/wacz.ts";
import { readNetLog } from "../netlog/read.ts";
import { packWacz, type WaczContents } from "./wacz.ts";
import { writeWarc } from "./warc.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const spki = publicKey.export({ type: "spki", format: "der" });
const folder = mkdtempSync(join(tmpdir(), "placard-wacz-"));
const target = join(folder, "archive.wacz");
const warc = join(folder, "data.warc.gz");
const created = Date.UTC(2026, 2, 15, 8, 12, 30, 250);
let contents: WaczContents;
let members: ReadonlyMap<string, Uint8Array>;

before(async () => {
  await using log = await readNetLog(join(import.meta.dirname, "../../../test/vectors/netlog/http1.json"), {
    scratch: folder,
  });
  const { entries } = await writeWarc(log.exchanges, warc, { software: "Placard test", createdAt: created });
  contents = {
    warc,
    entries,
    pages: [{ url: "https://townsquare.example/p/1", title: "A notice — 'Hollow Lane' \ud800", time: created }],
    software: "Placard test",
    created,
    sign: (message) => sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }),
    publicKeySpki: spki,
  };
  await packWacz(contents, target);
  const reader = new ZipReader(new BlobReader(await openAsBlob(target)));
  const found = new Map<string, Uint8Array>();
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    assert.equal(entry.compressionMethod, 0, `${entry.filename} is stored`);
    found.set(entry.filename, await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }));
  }
  members = found;
});
after(() => rmSync(folder, { recursive: true }));

const member = (name: string): Buffer => Buffer.from(members.get(name) ?? assert.fail(`${name} is missing`));
const json = (name: string): Record<string, unknown> => JSON.parse(member(name).toString()) as Record<string, unknown>;
interface CdxjLine {
  readonly key: string;
  readonly time: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

function cdxjLines(text: string): readonly CdxjLine[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [key = "", time = ""] = line.split(" ", 2);
      return { key, time, fields: JSON.parse(line.slice(key.length + time.length + 2)) as CdxjLine["fields"] };
    });
}

test("it holds the members that WACZ asks for, and nothing else", () => {
  assert.deepEqual(
    [...members.keys()],
    ["archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"],
  );
  assert.deepEqual(member("archive/data.warc.gz"), readFileSync(warc), "the WARC is packed as it is");
});

test("every member is listed with its length and SHA-256", () => {
  const { resources, ...rest } = json("datapackage.json");
  assert.deepEqual(rest, {
    profile: "data-package",
    wacz_version: "1.1.1",
    software: "Placard test",
    created: "2026-03-15T08:12:30.250Z",
    title: "A notice — 'Hollow Lane' \ud800",
    mainPageUrl: "https://townsquare.example/p/1",
    mainPageDate: "2026-03-15T08:12:30.250Z",
  });
  const listed = ["archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"].map((path) => ({
    name: path.slice(path.indexOf("/") + 1),
    path,
    hash: `sha256:${toHex(sha256(member(path)))}`,
    bytes: member(path).length,
  }));
  assert.deepEqual(resources, listed);
});

test("the signature is the anonymous one of the signing spec, and another implementation verifies it", () => {
  const { signedData, ...rest } = json("datapackage-digest.json") as { signedData: Record<string, string> };
  const hash = `sha256:${toHex(sha256(member("datapackage.json")))}`;
  assert.deepEqual(rest, { path: "datapackage.json", hash });
  const { signature = "", ...said } = signedData;
  assert.deepEqual(said, {
    hash,
    created: json("datapackage.json")["created"],
    software: "Placard test",
    version: "0.1.0",
    publicKey: toBase64(spki),
  });
  const key = createPublicKey({ key: Buffer.from(said["publicKey"] as string, "base64"), format: "der", type: "spki" });
  const raw = Buffer.from(signature, "base64");
  assert.equal(raw.length, 96);
  assert.ok(verify("sha256", Buffer.from(hash), { key, dsaEncoding: "ieee-p1363" }, raw));
});

test("our own verifier agrees", async () => {
  const options = { digestBlob: digestInSlices(startPureHash), expectedKey: toBase64(spki) };
  const { checks } = await verifyWacz(await openAsBlob(target), options);
  assert.deepEqual(
    checks.map(({ state }) => state),
    ["holds", "holds"],
    JSON.stringify(checks),
  );
});

test("the list of pages begins with its format and names the page that was captured", () => {
  const [header, page, ...more] = member("pages/pages.jsonl")
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  assert.deepEqual(header, { format: "json-pages-1.0", id: "pages", title: "All Pages" });
  assert.deepEqual(page, {
    id: "page-1",
    url: "https://townsquare.example/p/1",
    ts: "2026-03-15T08:12:30.250Z",
    title: "A notice — 'Hollow Lane' \ud800",
  });
  assert.deepEqual(more, []);
});

test("each line of the index leads to the very record, in the archive as it lies on disk", async () => {
  const lines = cdxjLines(member("indexes/index.cdx").toString());
  assert.ok(lines.length > 2);
  for (const { fields, time } of lines) {
    assert.equal(fields["filename"], "data.warc.gz");
    const [offset, length] = [Number(fields["offset"]), Number(fields["length"])];
    const record = gunzipSync(member("archive/data.warc.gz").subarray(offset, offset + length));
    const head = record.subarray(0, record.indexOf("\r\n\r\n")).toString();
    assert.match(head, /^WARC\/1\.1\r\n/);
    assert.match(head, /\r\nWARC-Type: response\r\n/);
    assert.ok(head.includes(`\r\nWARC-Target-URI: ${fields["url"]}\r\n`), head);
    assert.equal(/\r\nWARC-Date: (.*)/.exec(head)?.[1]?.replace(/\D/g, "").slice(0, 14), time);
    const status = record
      .subarray(head.length + 4)
      .toString("latin1")
      .split(" ")[1];
    assert.equal(String(fields["status"]), status);
  }
});

test("warcio's indexer finds the same records in the same places", async () => {
  const indexer = new CDXIndexer({ format: "cdxj", noSurt: false });
  const found: string[] = [];
  const source = [{ filename: "data.warc.gz", reader: createReadStream(warc) as AsyncIterable<Uint8Array> }];
  for await (const entry of indexer.iterIndex(source as Parameters<typeof indexer.iterIndex>[0]))
    found.push(indexer.serializeCDXJ(entry));
  const bare = ({ key, time, fields }: CdxjLine): object => {
    const { digest: _, filename: __, ...rest } = fields;
    return {
      key,
      time,
      ...rest,
      status: String(rest["status"]),
      offset: Number(rest["offset"]),
      length: Number(rest["length"]),
    };
  };
  const byOffset = (lines: readonly CdxjLine[]) =>
    lines.toSorted((a, b) => Number(a.fields["offset"]) - Number(b.fields["offset"])).map(bare);
  const ours = cdxjLines(member("indexes/index.cdx").toString());
  assert.deepEqual(byOffset(ours), byOffset(cdxjLines(found.join("\n"))));
  assert.deepEqual(
    ours.map(({ key, time }) => `${key} ${time}`),
    ours.map(({ key, time }) => `${key} ${time}`).toSorted(),
    "sorted",
  );
});

test("the same contents give the same archive, but for the signature", async () => {
  const again = join(folder, "again.wacz");
  await packWacz({ ...contents, sign: () => new Uint8Array(96) }, again);
  const [one, other] = [readFileSync(target), readFileSync(again)];
  const digestAt = one.indexOf("datapackage-digest.json");
  assert.ok(digestAt > 0);
  assert.ok(one.subarray(0, digestAt - 30).equals(other.subarray(0, digestAt - 30)));
});

test("where it cannot be finished, nothing is left", async () => {
  const failing = join(folder, "failing.wacz");
  const before = readdirSync(folder);
  await assert.rejects(
    packWacz(
      {
        ...contents,
        sign: () => {
          throw new Error("no key");
        },
      },
      failing,
    ),
    /no key/,
  );
  await assert.rejects(packWacz({ ...contents, warc: join(folder, "none") }, failing));
  assert.equal(existsSync(failing), false);
  assert.deepEqual(readdirSync(folder), before);
});
