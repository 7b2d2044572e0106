import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { isPlacardError } from "../lib/error.ts";
import { createKeys, loadKeys } from "./keys.ts";

async function scratch(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), "placard-keys-"));
  return { folder: join(root, "keys"), [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

const message = new TextEncoder().encode("sha256:00");

test("keys are made once, privately, and loaded again as the same", async () => {
  await using at = await scratch();
  const made = await createKeys(at.folder);
  assert.equal((await stat(at.folder)).mode & 0o777, 0o700);
  assert.deepEqual((await readdir(at.folder)).toSorted(), ["archive.pem", "log.pem"]);
  for (const name of await readdir(at.folder)) {
    assert.equal((await stat(join(at.folder, name))).mode & 0o777, 0o600);
    assert.match(await readFile(join(at.folder, name), "utf8"), /^-----BEGIN PRIVATE KEY-----\n/);
  }
  const loaded = await loadKeys(at.folder);
  assert.deepEqual(loaded.publicKey, made.publicKey);
  assert.deepEqual(loaded.archivePublicKey, made.archivePublicKey);
  assert.equal(made.publicKey.length, 32);
  assert.ok(ed25519.verify(loaded.sign(message), message, made.publicKey, { zip215: false }));
});

test("archives are signed as their readers expect: P-384, SHA-256, raw signature", async () => {
  await using at = await scratch();
  const { archivePublicKey, signArchive } = await createKeys(at.folder);
  const signature = signArchive(message);
  assert.equal(signature.length, 96);
  assert.equal(archivePublicKey.length, 120);
  const key = createPublicKey({ key: Buffer.from(archivePublicKey), format: "der", type: "spki" });
  assert.ok(verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature));
  const imported = await crypto.subtle.importKey(
    "spki",
    new Uint8Array(archivePublicKey),
    { name: "ECDSA", namedCurve: "P-384" },
    false,
    ["verify"],
  );
  assert.ok(
    await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, new Uint8Array(signature), message),
  );
});

test("keys are never made over others, and an interrupted run can be done again", async () => {
  await using at = await scratch();
  const first = await createKeys(at.folder);
  await assert.rejects(createKeys(at.folder), (error) => isPlacardError(error, "conflict"));
  assert.deepEqual((await loadKeys(at.folder)).publicKey, first.publicKey);
  await rm(join(at.folder, "log.pem"));
  const again = await createKeys(at.folder);
  assert.deepEqual(again.archivePublicKey, first.archivePublicKey);
  assert.notDeepEqual(again.publicKey, first.publicKey);
});

test("of two that make keys at once, one is told so, and the keys are whole", async () => {
  await using at = await scratch();
  const outcomes = await Promise.allSettled([createKeys(at.folder), createKeys(at.folder)]);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") assert.ok(isPlacardError(outcome.reason, "conflict"), outcome.reason);
  }
  const made = outcomes.find((outcome) => outcome.status === "fulfilled");
  assert.ok(made !== undefined);
  assert.deepEqual((await loadKeys(at.folder)).publicKey, made.value.publicKey);
});

test("keys that others may read are refused, with the command that mends it", {
  skip: process.platform === "win32",
}, async () => {
  await using at = await scratch();
  await createKeys(at.folder);
  for (const [path, mode, wanted] of [
    [join(at.folder, "log.pem"), 0o640, "chmod 600"],
    [join(at.folder, "archive.pem"), 0o604, "chmod 600"],
    [at.folder, 0o755, "chmod 700"],
  ] as const) {
    const before = (await stat(path)).mode;
    await chmod(path, mode);
    await assert.rejects(
      loadKeys(at.folder),
      (error) => isPlacardError(error, "storage") && (error.next ?? "").includes(`${wanted} "${path}"`),
    );
    await chmod(path, before);
  }
  await loadKeys(at.folder);
});

test("a missing, wrong or exchanged key file is named", async () => {
  await using at = await scratch();
  await assert.rejects(loadKeys(at.folder), (error) => isPlacardError(error, "not_found"));
  await createKeys(at.folder);
  const log = join(at.folder, "log.pem");
  const pem = await readFile(log);
  for (const wrong of [await readFile(join(at.folder, "archive.pem")), "nonsense", "", "x".repeat(5000)]) {
    await writeFile(log, wrong);
    await assert.rejects(
      loadKeys(at.folder),
      (error) => isPlacardError(error, "malformed") && error.message.includes("log.pem"),
    );
  }
  await writeFile(log, pem);
  await rm(join(at.folder, "archive.pem"));
  await assert.rejects(
    loadKeys(at.folder),
    (error) => isPlacardError(error, "not_found") && error.message.includes("archive.pem"),
  );
});
