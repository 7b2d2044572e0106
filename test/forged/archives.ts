/** Files whose blobs are not those that were sealed, and archives that were wrong when they were sealed. */

import { concat, fromUtf8, toHex, utf8 } from "../../src/lib/bytes.ts";
import type { Json } from "../../src/lib/json.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import { ARCHIVE_KEY, capturedAct, honestParts, pack, seal } from "../placard-fixture.ts";
import { archiveKey, type Members, PAGES, waczMembers, withMembers, zipOf } from "../wacz-fixture.ts";
import { type Case, changed, type Expected, HOLDS, honest, honestMembers, judged, repacked, swap } from "./case.ts";

const WARC_NAME = "archive/data.warc.gz";
const OTHER_WARC = utf8("WARC/1.1\r\nWARC-Type: response\r\n\r\nAnother notice altogether.\r\n\r\n");
const sound = waczMembers({ key: ARCHIVE_KEY });
const [archive, screenshot, visibleText] = honest.blobs as [Uint8Array, Uint8Array, Uint8Array];

const nameOf = (bytes: Uint8Array): string => `blobs/${toHex(sha256(bytes))}`;
const memberOf = (members: Members, name: string): Uint8Array =>
  members.find(([other]) => other === name)?.[1] ?? new Uint8Array();
const contents = (code: "mismatch" | "malformed"): Expected => ({ fails: { "archive contents": code } });

export async function forgedArchives(): Promise<readonly Case[]> {
  return [
    ...(await blobs()),
    ...(await replaced()),
    ...(await sealedWrong()),
    await withoutKey(),
    ...(await byteRecords()),
  ];
}

async function blobs(): Promise<readonly Case[]> {
  const longer = withMembers(honestMembers, { [nameOf(visibleText)]: concat(visibleText, utf8("!")) });
  const hidden = await honestParts({ hide: ["author", "url", "screenshot"] });
  return Promise.all([
    changed("a blob withheld", { blobs: [archive, screenshot] }, { ...HOLDS, withheld: ["visibleText"] }),
    changed("all blobs withheld", { blobs: [] }, { ...HOLDS, withheld: ["archive", "screenshot", "visibleText"] }),
    changed(
      "fields withheld",
      { ...hidden, blobs: [archive, visibleText] },
      { ...HOLDS, withheld: ["screenshot", "withheld"] },
    ),
    changed("a withheld field's blob", hidden, { fails: { file: "mismatch" }, withheld: ["screenshot"] }),
    changed("an extra blob", { blobs: [...honest.blobs, utf8("x")] }, { fails: { file: "mismatch" } }),
    repacked("a blob that goes on", longer, { fails: { visibleText: "mismatch" } }),
    repacked("two blobs under each other's names", exchanged(nameOf(screenshot), nameOf(visibleText)), {
      fails: { screenshot: "mismatch", visibleText: "mismatch" },
    }),
  ]);
}

function exchanged(a: string, b: string): Members {
  return withMembers(honestMembers, { [a]: memberOf(honestMembers, b), [b]: memberOf(honestMembers, a) });
}

/** The archive replaced after it was sealed. */
async function replaced(): Promise<readonly Case[]> {
  const name = nameOf(archive);
  const rehashed = await zipOf(waczMembers({ warc: OTHER_WARC, key: archiveKey(9) }));
  const swapped = await zipOf(withMembers(sound, { [WARC_NAME]: OTHER_WARC }));
  return Promise.all([
    repacked("the WARC swapped", withMembers(honestMembers, { [name]: swapped }), {
      fails: { archive: "mismatch", "archive contents": "mismatch" },
    }),
    repacked("the WARC swapped, hashed and signed again", withMembers(honestMembers, { [name]: rehashed }), {
      fails: { archive: "mismatch", "archive signature": "mismatch" },
    }),
    changed(
      "the WARC swapped, under its own name",
      { blobs: [rehashed, screenshot, visibleText] },
      { fails: { file: "mismatch" }, withheld: ["archive"] },
    ),
    repacked("an archive that is no ZIP", withMembers(honestMembers, { [name]: utf8("no archive") }), {
      fails: { archive: "mismatch", "archive contents": "malformed" },
    }),
  ]);
}

/** Archives that the record itself sealed, wrong from the start: what a verifier sees only from inside. */
async function sealedWrong(): Promise<readonly Case[]> {
  const unsigned: Expected = { fails: { "archive signature": "mismatch" } };
  const digest = fromUtf8(memberOf(sound, "datapackage-digest.json"));
  const manifest = fromUtf8(memberOf(sound, "datapackage.json"));
  const withDigest = (text: string): Members => withMembers(sound, { "datapackage-digest.json": utf8(text) });
  const withManifest = (text: string): Members => withMembers(sound, { "datapackage.json": utf8(text) });
  const another = waczMembers({ warc: OTHER_WARC, key: ARCHIVE_KEY }).at(-1)?.[1] as Uint8Array;
  const cases: Readonly<Record<string, readonly [members: Members, expected: Expected]>> = {
    "sealed: nothing wrong": [sound, HOLDS],
    "sealed: the WARC swapped": [withMembers(sound, { [WARC_NAME]: OTHER_WARC }), contents("mismatch")],
    "sealed: the WARC swapped, hashed and signed by another": [
      waczMembers({ warc: OTHER_WARC, key: archiveKey(9) }),
      unsigned,
    ],
    "sealed: a page added": [
      withMembers(sound, { "pages/pages.jsonl": concat(PAGES, utf8('{"url":"https://a.example/"}\n')) }),
      contents("mismatch"),
    ],
    "sealed: a page edited in place": [
      withMembers(sound, { "pages/pages.jsonl": utf8(swap(fromUtf8(PAGES), "All", "all")) }),
      contents("mismatch"),
    ],
    "sealed: no digest": [withMembers(sound, { "datapackage-digest.json": undefined }), unsigned],
    "sealed: no signature": [withDigest(swap(digest, /,"signedData":.*\}\}/, "}")), unsigned],
    "sealed: an empty signature": [
      withDigest(swap(digest, /"signature":"[^"]+"/, '"signature":""')),
      { fails: { "archive signature": "unsupported" } },
    ],
    "sealed: the signature of another archive": [withMembers(sound, { "datapackage-digest.json": another }), unsigned],
    "sealed: the list edited": [withManifest(swap(manifest, "1.1.1", "1.1.0")), unsigned],
    "sealed: the list names a member twice": [
      withManifest(swap(manifest, '"wacz_version"', '"profile":"x","wacz_version"')),
      { fails: { "archive contents": "malformed", "archive signature": "mismatch" } },
    ],
    "sealed: a length that is not the file's": [
      withManifest(swap(manifest, `"bytes":${PAGES.length}`, `"bytes":${PAGES.length + 1}`)),
      { fails: { "archive contents": "mismatch", "archive signature": "mismatch" } },
    ],
    // Made into text, an object that has a member "toString" would throw.
    "sealed: a hash that is no text": [
      withManifest('{"profile":"data-package","resources":[{"path":"a","stats":{"bytes":1,"hash":{"toString":1}}}]}'),
      { fails: { "archive contents": "malformed", "archive signature": "mismatch" } },
    ],
    "sealed: an extra file": [[...sound, ["archive/more.warc.gz", utf8("x")]], contents("malformed")],
    "sealed: a listed file missing": [withMembers(sound, { "indexes/index.cdx": undefined }), contents("malformed")],
    "sealed: a member twice": [[...sound, ["pages/pages.jsonl", PAGES]], contents("malformed")],
    "sealed: a path upwards": [[...sound, ["../pages.jsonl", PAGES]], contents("malformed")],
  };
  return Promise.all(
    Object.entries(cases).map(async ([name, [members, expected]]) => {
      const { act, blobs } = await capturedAct(await zipOf(members));
      return judged(name, await pack(await honestParts({ sealed: seal(act), blobs })), expected);
    }),
  );
}

/** A signature whose key the file does not name says nothing, and is not counted. */
async function withoutKey(): Promise<Case> {
  const { act } = await honestParts({ hide: ["archiveKey", "act"] });
  return changed(
    "archive key and kind of act withheld",
    { act },
    { ...HOLDS, withheld: ["withheld"], absent: ["origin"] },
  );
}

/** What the act says of its byte record is passed on, and never taken for more than its word. */
async function byteRecords(): Promise<readonly Case[]> {
  const { act, blobs } = await capturedAct();
  const saying = async (byteRecord: Json) => ({ sealed: seal({ ...act, byteRecord }), blobs });
  const told = { ...HOLDS, absent: ["byte record"] };
  const hidden = { act: (await honestParts({ hide: ["byteRecord"] })).act };
  const decoded = await saying("decoded");
  return [
    await changed("its kind of byte record withheld", hidden, { ...HOLDS, withheld: ["byte record", "withheld"] }),
    judged("a decoded byte record", await pack(await honestParts(decoded)), told),
    judged(
      "a decoded byte record, its kind of act withheld",
      await pack(await honestParts({ ...decoded, hide: ["act"] })),
      told,
    ),
    judged("a byte record of a kind to come", await pack(await honestParts(await saying("quic-log"))), told),
    judged("a byte record that is no word", await pack(await honestParts(await saying({ byteRecord: [] }))), told),
  ];
}
