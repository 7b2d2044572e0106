/** Acts that a dishonest record seals so that a careless verifier would look away; and archives by themselves. */
import { utf8 } from "../../src/lib/bytes.ts";
import type { Act } from "../../src/record/act.ts";
import { ARCHIVE_KEY, capturedAct, honestParts, POLICY, pack, refOf, seal } from "../placard-fixture.ts";
import { archiveKey, deflatedZip, waczMembers, withMembers, zipOf } from "../wacz-fixture.ts";
import { type Case, type Expected, HOLDS, honestAct, judged, unreadable } from "./case.ts";

const OTHER = utf8("WARC/1.1\r\nWARC-Type: response\r\n\r\nAnother notice altogether.\r\n\r\n");
const sound = waczMembers({ key: ARCHIVE_KEY });

export async function evasions(): Promise<readonly Case[]> {
  return [...(await oddActs()), ...(await bareArchives())];
}

async function oddActs(): Promise<readonly Case[]> {
  const { act, blobs } = honestAct;
  const [archive, screenshot, visibleText] = blobs as [Uint8Array, Uint8Array, Uint8Array];
  const forged = await capturedAct(await zipOf(withMembers(sound, { "archive/data.warc.gz": OTHER })));
  const sealed = async (name: string, odd: Act, shown: readonly Uint8Array[], expected: Expected): Promise<Case> =>
    judged(name, await pack(await honestParts({ sealed: seal(odd), blobs: shown })), expected);
  const asText = { ...refOf(forged.blobs[0] as Uint8Array, "text/plain") };
  return Promise.all([
    sealed("a forged archive sealed as text", { ...act, archive: asText }, forged.blobs, {
      fails: { "archive contents": "mismatch" },
    }),
    sealed("an archive that is only told of", { ...act, archive: "a.wacz" }, [screenshot, visibleText], {
      fails: { archive: "malformed" },
    }),
    sealed(
      "a reference with a member more",
      { ...act, archive: { ...refOf(archive, "application/wacz"), name: "a" } },
      [screenshot, visibleText],
      {
        fails: { archive: "malformed" },
      },
    ),
    sealed("an archive key that is none", { ...act, archiveKey: null }, blobs, {
      fails: { "archive signature": "mismatch" },
    }),
    sealed(
      "a length that is not the blob's",
      { ...act, visibleText: { ...refOf(visibleText, "text/plain"), bytes: 40 } },
      blobs,
      {
        fails: { visibleText: "mismatch" },
      },
    ),
    sealed(
      "blobs under the names of checks",
      { ...act, trust: { ...refOf(OTHER, "text/plain") }, file: { ...refOf(OTHER, "text/plain") } },
      [...blobs, OTHER],
      {
        ...HOLDS,
        holds: ["field trust", "field file"],
        absent: ["trust"],
      },
    ),
    sealed("a kind of act that only looks like a capture", { ...act, act: "c\u0430ptured" }, blobs, {
      ...HOLDS,
      absent: ["origin"],
    }),
    sealed("a kind of act that is no name", { ...act, act: ["captured"] as unknown as string }, blobs, {
      ...HOLDS,
      absent: ["origin"],
    }),
    sealed(
      "one blob in two fields, once with another length",
      { ...act, copy: { ...refOf(visibleText, "text/plain"), bytes: 1 } },
      blobs,
      {
        fails: { copy: "mismatch" },
      },
    ),
    sealed(
      "a forged archive for sharing, sealed as text",
      { ...act, sharedArchive: asText },
      [...blobs, forged.blobs[0] as Uint8Array],
      {
        fails: { "sharedArchive contents": "mismatch" },
      },
    ),
    sealed("an archive for sharing that is only told of", { ...act, sharedArchive: "a.wacz" }, blobs, {
      fails: { sharedArchive: "malformed" },
    }),
    sealed(
      "a second archive under another name",
      { ...act, secondCopy: { ...refOf(forged.blobs[0] as Uint8Array, "application/wacz") } },
      [...blobs, forged.blobs[0] as Uint8Array],
      {
        fails: { "secondCopy contents": "mismatch" },
      },
    ),
  ]);
}

async function bareArchives(): Promise<readonly Case[]> {
  const bare = async (name: string, members: typeof sound, expected: Expected): Promise<Case> =>
    judged(`an archive by itself: ${name}`, await zipOf(members), expected);
  const unsigned = withMembers(sound, { "datapackage-digest.json": undefined });
  const another = waczMembers({ warc: OTHER, key: archiveKey(9) }).at(-1)?.[1] as Uint8Array;
  return [
    await bare("sound", sound, { ...HOLDS, holds: ["file", "archive contents"], absent: ["archive signature"] }),
    await bare("sound, before a reader who said whom to trust", sound, {
      fails: { trust: "mismatch" },
      policy: POLICY,
    }),
    await bare("unsigned", unsigned, { ...HOLDS, absent: ["archive signature"] }),
    judged("an archive by itself: deflated", await deflatedZip(sound, (name) => !name.startsWith("archive/")), HOLDS),
    await bare("the WARC swapped", withMembers(sound, { "archive/data.warc.gz": OTHER }), {
      fails: { "archive contents": "mismatch" },
    }),
    await bare("the digest of another", withMembers(sound, { "datapackage-digest.json": another }), {
      fails: { "archive signature": "mismatch" },
    }),
    await bare("a placard's act beside it", [...sound, ["act.sdjwt", utf8("x")]], {
      fails: { "archive contents": "malformed" },
    }),
    await bare("its list is no JSON", withMembers(sound, { "datapackage.json": utf8("{") }), {
      fails: { "archive contents": "malformed", "archive signature": "mismatch" },
    }),
    unreadable(
      "an archive by itself: a member twice",
      await zipOf([...sound, sound[0] as (typeof sound)[number]]),
      "malformed",
    ),
  ];
}
