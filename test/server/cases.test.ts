/** A case that another group handed out as a ZIP, taken in over the server: each proof verified and sealed as received, or refused. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { initRecord } from "../../src/app/init-record.ts";
import { openRecord } from "../../src/app/record.ts";
import { whole } from "../../src/lib/pieces.ts";
import { openZip, readMember } from "../../src/verify/zip.ts";
import { deflatedZip, type Members, zipOf } from "../wacz-fixture.ts";
import { BASE_URL, type FoundedHouse, foundedHouse } from "./house.ts";

let house: FoundedHouse;
let folder: string;
let archive: Uint8Array<ArrayBuffer>;

before(async () => {
  house = await foundedHouse();
  folder = await mkdtemp(join(tmpdir(), "placard-cases-"));
  const theirs = join(folder, "theirs");
  await initRecord(theirs, { name: "Southside Watch" });
  await using record = await openRecord(theirs);
  for (const name of ["bins", "hedges"]) {
    await writeFile(join(folder, `${name}.html`), `<!doctype html><title>${name}</title>`);
    await record.import(join(folder, `${name}.html`), { from: "a neighbour", caseName: "Spring" });
  }
  await using made = await record.archiveCase("Spring");
  archive = new Uint8Array(await whole(made.pieces()));
});
after(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Line {
  readonly done?: number;
  readonly total?: number;
  readonly taken?: { readonly sealed: number; readonly there: number; readonly refused: readonly { file: string }[] };
  readonly error?: { readonly code: string; readonly next?: string };
}

async function send(file: Uint8Array<ArrayBuffer>, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([file]), "case.zip");
  const sent = new Request(`${BASE_URL}/api/cases`, { method: "POST", body: form });
  return house.app.request(sent.url, {
    method: "POST",
    body: new Uint8Array(await sent.arrayBuffer()),
    headers: {
      origin: BASE_URL,
      cookie: house.cookies.organiser,
      "content-type": sent.headers.get("content-type") ?? "",
    },
  });
}

async function told(
  file: Uint8Array<ArrayBuffer>,
  fields?: Readonly<Record<string, string>>,
): Promise<readonly Line[]> {
  const answer = await send(file, fields);
  assert.equal(answer.status, 200);
  return (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const scratch = (): Promise<readonly string[]> => readdir(join(house.folder, "scratch"));
const exhibits = () => house.house.record().list();

async function members(): Promise<Members> {
  const zip = await openZip(new Blob([archive]));
  return Promise.all(zip.entries.map(async (entry) => [entry.name, await readMember(entry, 1 << 26)] as const));
}

test("each proof is sealed as received from them, step by step; a second time it is there already", async () => {
  const lines = await told(archive);
  assert.deepEqual(lines[0], { done: 0, total: 2 });
  assert.deepEqual(lines.at(-1)?.taken, {
    caseName: "Spring",
    from: "the record “Southside Watch”",
    sealed: 2,
    there: 0,
    refused: [],
  });
  const rows = await exhibits();
  assert.deepEqual(
    rows.map(({ receivedFrom, caseName }) => [receivedFrom, caseName]),
    Array.from({ length: 2 }, () => ["the record “Southside Watch”", "Spring"]),
  );
  const { fields } = await house.house.record().show(rows[0]?.id ?? "");
  assert.match(String(fields["actor"]), /^actor-/);
  assert.deepEqual((await told(archive)).at(-1)?.taken?.there, 2);
  assert.deepEqual(await scratch(), []);
});

test("packed anew by another program, in a folder and compressed, under a name of one's own", async () => {
  const inFolder = (await members()).map(([name, bytes]) => [`Spring/${name}`, bytes] as const);
  const lines = await told(await deflatedZip(inFolder, () => true), { caseName: "From the south", from: "Southside" });
  assert.equal(lines.at(-1)?.taken?.sealed, 2);
  assert.equal((await exhibits()).filter(({ caseName }) => caseName === "From the south").length, 2);
});

test("a proof that was changed is refused by its name, and the rest is taken in", async () => {
  const all = await members();
  const name = all.map(([each]) => each).find((each) => each.endsWith(".placard"));
  const changed = all.map(([each, bytes]) => {
    const middle = bytes.length >> 1;
    return [each, each === name ? bytes.map((byte, at) => (at === middle ? byte ^ 1 : byte)) : bytes] as const;
  });
  const { taken } = (await told(await zipOf(changed), { caseName: "Changed" })).at(-1) ?? {};
  assert.deepEqual([taken?.sealed, taken?.refused.map(({ file }) => `exhibits/${file}`)], [1, [name]]);
});

test("what is no case is refused with what to do next, and nothing stays", async () => {
  const before = (await exhibits()).length;
  const bytes = new TextEncoder().encode("x");
  const cases: Record<string, Uint8Array<ArrayBuffer>> = {
    "no ZIP": new TextEncoder().encode("no ZIP at all, and long enough to be one"),
    "cut short": archive.slice(0, -30),
    "no proofs": await zipOf([["exhibits/readme.txt", bytes]]),
    "out of the folder": await zipOf([["exhibits/../../outside.placard", bytes]]),
    "from a drive": await zipOf([["exhibits/C:\\outside.placard", bytes]]),
    "two folders": await zipOf([
      ["a/exhibits/one.placard", bytes],
      ["b/exhibits/two.placard", bytes],
    ]),
  };
  for (const [what, file] of Object.entries(cases)) {
    const [line] = await told(file);
    assert.ok(["malformed", "unsupported"].includes(line?.error?.code ?? ""), `${what}: ${JSON.stringify(line)}`);
  }
  assert.equal((await exhibits()).length, before);
  assert.deepEqual(await scratch(), []);
});

test("who goes away stops it; what was sealed by then stays, and the next time it goes on", async () => {
  const answer = await send(archive, { caseName: "Stopped" });
  await answer.body?.cancel();
  // Its place is free again once the file is done with.
  while ((await scratch()).length > 0) await sleep(20);
  const lines = await told(archive, { caseName: "Stopped" });
  const { sealed = 0, there = 0 } = lines.at(-1)?.taken ?? {};
  assert.equal(sealed + there, 2);
  assert.deepEqual(await scratch(), []);
});
