import assert from "node:assert/strict";
import { test } from "node:test";
import { testSigner } from "../../test/note-keys.ts";
import { tinyLog } from "../../test/tiny-log.ts";
import { listen, originHash, startWitness } from "../../test/witness-server.ts";
import { verifyCosignatures } from "../ledger/cosignature.ts";
import { parseNote, parseVerifierKey } from "../ledger/note.ts";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { askWitness, type WitnessRequest } from "./witness-client.ts";

const signer = testSigner("log.example/hollow-lane", 1);
const witness = testSigner("witness.example/w1", 3, 4);
const log = tinyLog(signer);

async function request(size: number, more: Partial<WitnessRequest> = {}): Promise<WitnessRequest> {
  const consistencyProof = (oldSize: number) => log.consistency(oldSize, size);
  const times = { signedAt: Date.now(), now: Date.now() };
  return { vkey: witness.vkey, checkpoint: await log.checkpoint(size), size, consistencyProof, ...times, ...more };
}

test("a witness cosigns a log from its first checkpoint on, whatever size it knows", async () => {
  await using server = await startWitness(witness, [signer.vkey], () => 1_767_225_600);
  for (const size of [0, 1, 5, 5, 300]) {
    const asked = await request(size, { signedAt: 1_767_225_000_000, now: 1_767_225_601_000 });
    const { line, time } = await askWitness(server.url, asked);
    assert.equal(time, 1_767_225_600);
    const cosigned = verifyCosignatures(parseNote(`${asked.checkpoint}${line}\n`), [parseVerifierKey(witness.vkey)]);
    assert.deepEqual(
      cosigned.map(({ key, time }) => [key.name, time]),
      [[witness.name, time]],
    );
  }
  // Size 0 and then 1 are no news to it; later it first says which size it knows.
  assert.deepEqual(server.statuses, [200, 200, 409, 200, 409, 200, 409, 200]);
  await askWitness(`${server.url}/`, await request(301, { knownSize: 300, now: 1_767_225_600_000, signedAt: 0 }));
  assert.deepEqual(server.statuses.slice(8), [200]);
  const published = await fetch(`${server.url}/${originHash(signer.name)}/checkpoint`);
  assert.match(await published.text(), /^log\.example\/hollow-lane\n301\n[^]*\n— witness\.example\/w1 [^]*\n$/);
  assert.equal((await fetch(`${server.url}/${originHash("other.example")}/checkpoint`)).status, 404);
});

test("a witness that has seen more of the log than we have is told apart from one that fails", async () => {
  await using server = await startWitness(witness, [signer.vkey]);
  await askWitness(server.url, await request(9));
  await assert.rejects(askWitness(server.url, await request(8)), is("inconsistent"));
});

test("a witness whose clock is wrong is not kept as one who saw it then", async () => {
  const signedAt = 1_767_225_600_000;
  const now = signedAt + 86_400_000;
  for (const [seconds, taken] of [
    [1, false],
    [signedAt / 1000 - 601, false],
    [signedAt / 1000 - 600, true],
    [now / 1000 + 600, true],
    [now / 1000 + 601, false],
    [Number.MAX_SAFE_INTEGER, false],
  ] as const) {
    await using server = await startWitness(witness, [signer.vkey], () => seconds);
    const asking = askWitness(server.url, await request(5, { signedAt, now }));
    if (taken) assert.equal((await asking).time, seconds);
    else await assert.rejects(asking, is("remote", /another time|past all calendars/));
  }
});

test("a log that was rewritten gets no cosignature", async () => {
  await using server = await startWitness(witness, [signer.vkey]);
  await askWitness(server.url, await request(9));
  const other = tinyLog(signer, "another entry");
  const consistencyProof = (oldSize: number) => other.consistency(oldSize, 12);
  const checkpoint = await other.checkpoint(12);
  await assert.rejects(askWitness(server.url, { ...(await request(12)), checkpoint, consistencyProof }), is("remote"));
  const sameSize = await other.checkpoint(9);
  await assert.rejects(askWitness(server.url, { ...(await request(9)), checkpoint: sameSize }), is("remote"));
  assert.deepEqual(server.statuses, [200, 409, 422, 409, 422]);
});

test("a witness that does not know the log refuses it", async () => {
  await using server = await startWitness(witness, [testSigner("other.example", 2).vkey]);
  await assert.rejects(askWitness(server.url, await request(3)), is("remote", /404/));
});

test("an answer that is not the witness's cosignature is not taken", async () => {
  const good = await request(3);
  const lineBy = async (name: string, seed: number, size = 3): Promise<string> => {
    await using server = await startWitness(testSigner(name, seed, 4), [signer.vkey]);
    const asked = await request(size, { vkey: testSigner(name, seed, 4).vkey });
    return `${(await askWitness(server.url, asked)).line}\n`;
  };
  const mine = await lineBy(witness.name, 3);
  const answers: readonly (readonly [status: number, mediaType: string, body: string])[] = [
    [200, "text/plain", ""],
    [200, "text/plain", "\n"],
    [200, "text/plain", mine.slice(0, -1)],
    [200, "text/plain", `${mine}\n`],
    [200, "text/plain", await lineBy("witness.example/w2", 4)],
    [200, "text/plain", await lineBy(witness.name, 4)],
    [200, "text/plain", await lineBy(witness.name, 3, 4)],
    [200, "text/plain", "\u0000".repeat(10)],
    [200, "text/plain", "x".repeat(200_000)],
    [200, "text/plain", mine.repeat(200)],
    [201, "text/plain", mine],
    [302, "text/plain", mine],
    [403, "text/plain", "no"],
    [500, "text/plain", mine],
    [409, "text/plain", "3\n"],
    [409, "text/x.tlog.size", "3"],
    [409, "text/x.tlog.size", "03\n"],
    [409, "text/x.tlog.size", "-1\n"],
    [409, "text/x.tlog.size", "9007199254740993\n"],
    [409, "text/x.tlog.size", "0\n"],
  ];
  for (const [status, mediaType, body] of answers) {
    await using server = await listen((_, response) => {
      response.writeHead(status, { "content-type": mediaType, location: "/elsewhere" }).end(body);
    });
    await assert.rejects(askWitness(server.url, good), is("remote"), `${status} ${body.slice(0, 60)}`);
  }
  // Others' lines beside the witness's own are nothing to us.
  await using server = await listen(async (_, response) => {
    response.end((await lineBy("witness.example/w2", 4)) + mine);
  });
  assert.equal(`${(await askWitness(server.url, good)).line}\n`, mine);
});

test("a witness that does not answer, or never ends, is given up", async () => {
  await using silent = await listen(() => undefined);
  await assert.rejects(askWitness(silent.url, await request(3, { patience: 50 })), is("remote", /within 0.05 s/));
  await using endless = await listen((_, response) => {
    response.write("— witness.example/w1 ");
  });
  await assert.rejects(askWitness(endless.url, await request(3, { patience: 50 })), is("remote"));
  const stop = AbortSignal.abort();
  await assert.rejects(askWitness(silent.url, await request(3, { signal: stop })), is("cancelled"));
  const gone = await listen(() => undefined);
  await gone[Symbol.asyncDispose]();
  await assert.rejects(askWitness(gone.url, await request(3)), is("remote", /could not be reached/));
  for (const url of ["", "witness.example", "ftp://witness.example", "file:///etc/hosts"]) {
    await assert.rejects(askWitness(url, await request(3)), is("usage"));
  }
});

function is(code: ErrorCode, message = /./) {
  return (error: unknown): boolean => isPlacardError(error, code) && message.test(error.message);
}
