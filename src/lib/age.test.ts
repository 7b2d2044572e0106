import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { Decrypter, Encrypter } from "age-encryption";
import { spoiled } from "../../test/spoiled.ts";
import { openAge, sealAge } from "./age.ts";
import { isPlacardError } from "./error.ts";
import { whole } from "./pieces.ts";

const PASSPHRASE = "lantern-ladder-lattice";
const work = 4;
const LENGTHS = [0, 1, 65_535, 65_536, 65_537, 131_072, 300_001];

async function* inPieces(bytes: Uint8Array, size = 10_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const seal = (bytes: Uint8Array): Promise<Buffer> => whole(sealAge(spoiled(inPieces(bytes)), PASSPHRASE, { work }));
const open = (file: Uint8Array, passphrase = PASSPHRASE): Promise<Buffer> =>
  whole(openAge(spoiled(inPieces(file)), passphrase));

test("what is sealed is opened, by us and by age's author's own library, whatever its length", async () => {
  for (const length of LENGTHS) {
    const bytes = randomBytes(length);
    const file = await seal(bytes);
    assert.ok((await open(file)).equals(bytes), `${length} bytes`);
    const theirs = new Decrypter();
    theirs.addPassphrase(PASSPHRASE);
    assert.ok(Buffer.from(await theirs.decrypt(Uint8Array.from(file))).equals(bytes), `${length} bytes, theirs`);
  }
});

test("what age's author's library seals is opened", async () => {
  for (const length of LENGTHS) {
    const bytes = randomBytes(length);
    const theirs = new Encrypter();
    theirs.setPassphrase(PASSPHRASE);
    theirs.setScryptWorkFactor(work);
    assert.ok((await open(await theirs.encrypt(Uint8Array.from(bytes)))).equals(bytes), `${length} bytes`);
  }
});

const REFUSED = ["malformed", "mismatch", "unsupported", "too_large"];
const refused = (error: unknown): boolean => isPlacardError(error) && REFUSED.includes(error.code);

test("another passphrase opens nothing", async () => {
  const file = await seal(randomBytes(10));
  await assert.rejects(open(file, "lantern-ladder-lattices"), (error) => isPlacardError(error, "mismatch"));
});

test("no byte can be changed, none left out, none added", async () => {
  const bytes = randomBytes(70_000);
  const file = await seal(bytes);
  const header = file.indexOf("\n---") + 70;
  const places = [
    ...Array.from({ length: header }, (_, i) => i),
    ...Array.from({ length: 40 }, (_, i) => header + i * Math.floor((file.length - header) / 40)),
    file.length - 1,
  ];
  for (const at of places) {
    const flipped = Uint8Array.from(file);
    flipped[at] = (flipped[at] as number) ^ 1;
    await assert.rejects(open(flipped), refused, `byte ${at}`);
  }
  for (const length of [0, 1, 10, header - 5, header + 20, 65_700, file.length - 16, file.length - 1]) {
    await assert.rejects(open(file.subarray(0, length)), refused, `cut to ${length}`);
  }
  await assert.rejects(open(Buffer.concat([file, Buffer.from("x")])), refused);
  // A whole chunk, cut off where one ends.
  await assert.rejects(open(file.subarray(0, header + 65_552)), refused);
});

test("a file may not ask for more work than a machine has", async () => {
  const file = (await seal(randomBytes(10))).toString("latin1").replace(/ 4\n/, " 30\n");
  await assert.rejects(open(Buffer.from(file, "latin1")), (error) => isPlacardError(error, "too_large"));
});
