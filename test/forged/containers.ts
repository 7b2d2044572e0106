/** Files whose ZIP is not as it must be. */
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { pack } from "../placard-fixture.ts";
import { deflatedZip, type Members, withMembers, zipOf } from "../wacz-fixture.ts";
import { type Case, changed, HOLDS, honest, honestMembers, repacked, unreadable } from "./case.ts";

const isText = (name: string): boolean => !name.startsWith("blobs/");
const withKey = (text: string): Members => withMembers(honestMembers, { "log.vkey": utf8(text) });

export async function forgedContainers(): Promise<readonly Case[]> {
  const zip = await pack(honest);
  return [
    await changed("untouched", {}, HOLDS),
    unreadable("its texts deflated", await deflatedZip(honestMembers, isText), "unsupported"),
    unreadable("packed by another writer", await deflatedZip(honestMembers, () => false), "malformed"),
    unreadable("its blobs deflated", await deflatedZip(honestMembers, () => true), "unsupported"),
    unreadable("nothing at all", new Uint8Array(), "malformed"),
    unreadable("no ZIP", utf8("This is a letter, not a placard file.\n"), "malformed"),
    unreadable("an empty ZIP", await zipOf([]), "malformed"),
    unreadable("bytes before it", concat(utf8("MZ"), zip), "malformed"),
    unreadable("bytes behind it", concat(zip, utf8("\0")), "malformed"),
    unreadable("cut short", zip.slice(0, -1), "malformed"),
    unreadable("its directory cut off", zip.slice(0, zip.length >> 1), "malformed"),
    ...(await extraMembers()),
    ...(await memberSizes()),
    ...(await keyLines()),
  ];
}

async function extraMembers(): Promise<readonly Case[]> {
  const names = {
    "the act twice": "act.sdjwt",
    "the act twice, in capitals": "ACT.SDJWT",
    "a path upwards": "../act.sdjwt",
    "an absolute path": "/etc/act.sdjwt",
    "a path of another system": "blobs\\act.sdjwt",
    "an extra file": "readme.txt",
    "an extra file named as what every object has": "constructor",
    "a folder": "tiles/",
    "a blob that is named by no hash": `blobs/${"0".repeat(63)}`,
    "a blob named in capitals": `blobs/${"A".repeat(64)}`,
    "a timestamp with a leading zero": "timestamps/00.tsr",
  };
  return Promise.all(
    Object.entries(names).map(async ([what, name]) =>
      unreadable(what, await zipOf([...honestMembers, [name, utf8("x")]]), "malformed"),
    ),
  );
}

async function memberSizes(): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const limits = { "act.sdjwt": 1_048_576, "ledger.tlog-proof": 1_048_576, "log.vkey": 1024 };
  for (const [name, limit] of Object.entries(limits)) {
    const large = (bytes: number) => withMembers(honestMembers, { [name]: new Uint8Array(bytes).fill(65) });
    cases.push(
      unreadable(`${name} missing`, await zipOf(withMembers(honestMembers, { [name]: undefined })), "malformed"),
      unreadable(`${name} just too large`, await zipOf(large(limit + 1)), "too_large"),
      unreadable(`${name} of ten megabytes`, await zipOf(large(10_000_000)), "too_large"),
      unreadable(`${name} a bomb`, await deflatedZip(large(20_000_000), () => true), "unsupported"),
    );
  }
  const many = Array.from({ length: 17 }, (_, i) => [`timestamps/${i}.tsr`, utf8("x")] as const);
  const token = new Uint8Array(65_537);
  return [
    ...cases,
    unreadable("seventeen timestamps", await zipOf([...honestMembers, ...many]), "too_large"),
    unreadable("a timestamp too large", await zipOf([...honestMembers, ["timestamps/0.tsr", token]]), "too_large"),
    unreadable(
      "an act that is not UTF-8",
      await zipOf(withMembers(honestMembers, { "act.sdjwt": new Uint8Array([0xff, 0xfe]) })),
      "malformed",
    ),
  ];
}

async function keyLines(): Promise<readonly Case[]> {
  const unknownKey = { fails: { signature: "malformed", checkpoint: "malformed", trust: "malformed" } } as const;
  return [
    await repacked("a key with a carriage return", withKey(`${honest.vkey}\r\n`), unknownKey),
    await repacked("an empty key", withKey("\n"), unknownKey),
    unreadable("a key without its line feed", await zipOf(withKey(honest.vkey)), "malformed"),
    unreadable("two keys", await zipOf(withKey(`${honest.vkey}\n${honest.vkey}\n`)), "malformed"),
  ];
}
