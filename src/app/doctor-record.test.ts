/** What placard doctor says of a record's folder; what it says of the browser is in test/e2e/doctor.test.ts. */
import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { lookAtRecord } from "./doctor-record.ts";
import { initRecord } from "./init-record.ts";
import { recordFolder } from "./record-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "placard-doctor-"));
const record = join(folder, "record");
before(() => initRecord(record, { name: "Hollow Lane Residents" }));
after(() => rmSync(folder, { recursive: true }));

async function states(root: string, now = Date.now()): Promise<Record<string, string>> {
  const { signs } = await lookAtRecord(recordFolder(root), now);
  for (const { why, next } of signs) assert.match(`${why} ${next ?? ""}`, /^[^\p{Cc}]{10,}[.)]? ?$/u);
  return Object.fromEntries(signs.map(({ what, state }) => [what, state]));
}

function copy(name: string): string {
  const root = join(folder, name);
  cpSync(record, root, { recursive: true });
  return root;
}

const WELL = { record: "well", settings: "well", keys: "well", attesters: "note", clock: "well" };

test("a new record is well, and nobody vouches for it yet", async () => {
  const before = readdirSync(record);
  assert.deepEqual(await states(record), WELL);
  assert.deepEqual(readdirSync(record), before);
});

test("where there is no record, that is all it says", async () => {
  assert.deepEqual(await states(join(folder, "nowhere")), { record: "note" });
});

test("keys that others may read, or of another record, or gone, are wrong", async () => {
  const shared = copy("shared");
  chmodSync(join(shared, "keys", "log.pem"), 0o644);
  assert.deepEqual(await states(shared), { ...WELL, keys: "wrong" });
  const foreign = copy("foreign");
  await initRecord(join(folder, "other"), { name: "Others" });
  rmSync(join(foreign, "keys"), { recursive: true });
  cpSync(join(folder, "other", "keys"), join(foreign, "keys"), { recursive: true });
  chmodSync(join(foreign, "keys"), 0o700);
  assert.deepEqual(await states(foreign), { ...WELL, keys: "wrong" });
  rmSync(join(foreign, "keys"), { recursive: true });
  assert.deepEqual(await states(foreign), { ...WELL, keys: "wrong" });
});

test("settings that cannot be used are wrong, and those who vouch are named", async () => {
  const root = copy("settings");
  writeFileSync(join(root, "config.json"), '{"sight":1}');
  const { attesters: _, ...rest } = WELL;
  assert.deepEqual(await states(root), { ...rest, settings: "wrong" });
  writeFileSync(
    join(root, "config.json"),
    JSON.stringify({ timestampAuthorities: [{ name: "Example TSA", url: "https://tsa.example/" }] }),
  );
  assert.deepEqual(await states(root), { ...WELL, attesters: "well" });
});

test("a clock behind what was sealed is wrong, and so is a record.json of no record", async () => {
  assert.deepEqual(await states(record, Date.UTC(2020, 0, 1)), { ...WELL, clock: "wrong" });
  const root = copy("damaged");
  writeFileSync(join(root, "record.json"), "{}");
  assert.deepEqual(await states(root), { ...WELL, record: "wrong", keys: "note" });
});
