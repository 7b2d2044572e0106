/** What is taken out of the house: the record as a back-up, a case as a ZIP. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { restoreRecord } from "../../src/app/record.ts";
import { openZip } from "../../src/verify/zip.ts";
import { emailOf, type FoundedHouse, foundedHouse, joinAs } from "./house.ts";

const PASSPHRASE = "lantern-ladder-lattice-lemon";
let house: FoundedHouse;
let folder: string;

before(async () => {
  house = await foundedHouse();
  folder = await mkdtemp(join(tmpdir(), "placard-keeping-"));
  await writeFile(join(folder, "page.html"), "<!doctype html><title>Bins on the lane</title>");
  const record = house.house.record();
  await record.import(join(folder, "page.html"), { from: "a neighbour", caseName: "Spring & lane" });
});
after(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const scratch = (): Promise<readonly string[]> => readdir(join(house.folder, "scratch"));
const backUp = (json: unknown) => house.ask("/api/back-up", { method: "POST", cookie: house.cookies.owner, json });

/** How many rows the lists of the accounts have. */
function countedIn(record: string) {
  const raw = new DatabaseSync(join(record, "members.sqlite"), { readOnly: true });
  const rows = (table: string): number => Number(raw.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.["n"]);
  const counted = {
    user: rows("user"),
    twoFactor: rows("twoFactor"),
    session: rows("session"),
    verification: rows("verification"),
    rateLimit: rows("rateLimit"),
    invitations: rows("invitations"),
    waysBack: rows("recoveries"),
  };
  raw.close();
  return counted;
}

test("an owner downloads the record as one file, accounts and all but no open door, which restores to a record that holds", async () => {
  const inviting = { method: "POST", cookie: house.cookies.owner, json: { role: "guest" } };
  assert.equal((await house.ask("/api/invitations", inviting)).status, 201);
  const owner = { id: house.ids.owner, role: "owner" } as const;
  const { recoveries } = house.accounts;
  await joinAs(house, house.cookies.owner, "guest", emailOf("back"));
  const back = house.accounts.members.list().find(({ id }) => !Object.values(house.ids).includes(id))?.id ?? "";
  recoveries.use(recoveries.make(owner, back, "a computer").token, "none", "a computer");
  recoveries.make(owner, house.ids.reviewer, "a computer");
  const answer = await backUp({ passphrase: PASSPHRASE });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="placard-[\d-]+\.age"$/);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  await writeFile(join(folder, "record.age"), new Uint8Array(await answer.arrayBuffer()));
  const { audit, name } = await restoreRecord(join(folder, "record.age"), join(folder, "restored"), PASSPHRASE);
  assert.deepEqual([audit.verdict, name], ["holds", "Northside Monitor"]);
  const names = await readdir(join(folder, "restored"));
  assert.ok(names.includes("members.sqlite"), names.join());
  assert.ok((await readdir(join(folder, "restored/keys"))).includes("accounts.secret"));
  const [had, has] = [house.folder, join(folder, "restored")].map(countedIn);
  assert.ok(had !== undefined && had.session > 0 && had.invitations > 0 && had.waysBack === 2, JSON.stringify(had));
  assert.deepEqual(has, { ...had, session: 0, verification: 0, rateLimit: 0, invitations: 0, waysBack: 1 });
  assert.deepEqual(await scratch(), []);
});

test("whoever goes away leaves nothing, and the next can begin; not as a form, nor from another site", async () => {
  const sent = (headers: Readonly<Record<string, string>>, json: unknown) =>
    house.ask("/api/back-up", { method: "POST", cookie: house.cookies.owner, headers, json });
  const answer = await backUp({ passphrase: PASSPHRASE });
  assert.equal(answer.status, 200);
  assert.equal((await scratch()).length, 1);
  assert.equal((await backUp({ passphrase: PASSPHRASE })).status, 503);
  await answer.body?.cancel();
  assert.deepEqual(await scratch(), []);
  const form = new URLSearchParams({ passphrase: PASSPHRASE }).toString();
  assert.equal((await sent({ "content-type": "application/x-www-form-urlencoded" }, form)).status, 415);
  assert.equal((await sent({ origin: "https://elsewhere.example" }, { passphrase: PASSPHRASE })).status, 403);
});

test("a passphrase that is too short or too long is refused, and so is none", async () => {
  for (const json of [{ passphrase: "lantern" }, { passphrase: "x".repeat(2000) }, {}]) {
    const answer = await backUp(json);
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { error: { message: string } }).error.message.length > 10, true);
  }
  assert.deepEqual(await scratch(), []);
});

test("owner and organiser download a case as a ZIP, nobody else", async () => {
  const path = `/api/case-folder?case=${encodeURIComponent("Spring & lane")}`;
  for (const role of ["owner", "organiser"] as const) {
    const answer = await house.ask(path, { cookie: house.cookies[role] });
    assert.equal(answer.status, 200);
    const zip = await openZip(new Blob([await answer.arrayBuffer()]), { plain: true });
    const names = zip.entries.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => !name.startsWith("exhibits/")),
      ["README.txt", "datapackage.json", "exhibits.csv", "exhibits.jsonld"],
    );
    assert.equal(names.filter((name) => name.endsWith(".placard")).length, 1);
  }
  for (const role of ["reviewer", "contributor", "guest"] as const)
    assert.equal((await house.ask(path, { cookie: house.cookies[role] })).status, 403);
  assert.equal((await house.ask("/api/case-folder?case=None", { cookie: house.cookies.owner })).status, 404);
  assert.deepEqual(await scratch(), []);
});

test("owner and organiser download a dossier of a case, nobody else", async () => {
  const path = (form: string, name = "Spring & lane") =>
    `/api/dossier?${new URLSearchParams({ case: name, form, language: "he" })}`;
  for (const role of ["owner", "organiser"] as const) {
    const answer = await house.ask(path("html"), { cookie: house.cookies[role] });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="placard-dossier.html"$/);
    assert.match(answer.headers.get("content-security-policy") ?? "", /sandbox/);
    assert.match(await answer.text(), /<html lang="he" dir="rtl">/);
  }
  for (const role of ["reviewer", "contributor", "guest"] as const)
    assert.equal((await house.ask(path("html"), { cookie: house.cookies[role] })).status, 403);
  const owner = { cookie: house.cookies.owner };
  assert.equal((await house.ask(path("html", "None"), owner)).status, 404);
  assert.equal((await house.ask(path("docx"), owner)).status, 400);
});
