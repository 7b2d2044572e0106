import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { type AuditResult, audit } from "./audit.ts";
import { eraseExhibit } from "./erase-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";
import { type Sealed, seal, sealAll } from "./seal.ts";

let folder: string;
let record: string;
/** Two exhibits that share a picture, one that is erased; then the act of the erasure, then 300 more. */
let shared: readonly Sealed[];
let erased: Sealed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-audit-"));
  record = join(folder, "whole");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await using opened = await openContext(record);
  const { context } = opened;
  const exhibit = async (name: string): Promise<Sealed> => {
    const screenshot = { ...(await context.vault.putBlob([utf8("the same picture")], "image/png")) };
    const archive = { ...(await context.vault.putBlob([utf8(`archive of ${name}`)], "application/wacz")) };
    const act = {
      act: "captured",
      url: `https://townsquare.example/p/${name}`,
      postText: "Invented.",
      archive,
      screenshot,
    };
    return seal(context, act, [archive.sha256, screenshot.sha256]);
  };
  shared = [await exhibit("a"), await exhibit("b")];
  erased = await exhibit("c");
  await eraseExhibit(context, erased.id, "asked for");
  await sealAll(
    context,
    Array.from({ length: 300 }, (_, i) => ({ act: "captured", title: `Post ${i}` })),
  );
});
after(() => rm(folder, { recursive: true }));

let copies = 0;

/** What the audit says of the record after some harm was done to it; the erasure, which is always found, left out. */
async function auditAfter(harm: (path: string) => Promise<unknown>, whileOpen = false): Promise<AuditResult> {
  const path = join(folder, String(copies++));
  await cp(record, path, { recursive: true });
  if (!whileOpen) await harm(path);
  await using opened = await openContext(path, { forAudit: true });
  if (whileOpen) await harm(path);
  const result = await audit(opened.context);
  return { ...result, findings: result.findings.filter(({ state }) => state !== "erased") };
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, "latin1");
  const changed = change(text);
  assert.notEqual(changed, text);
  await writeFile(path, changed, "latin1");
}

const acts = (path: string): string => join(path, "vault", "acts", "000");
const line = (n: number, change: (line: string) => string) => (text: string) =>
  text
    .split("\n")
    .with(n, change(text.split("\n")[n] as string))
    .join("\n");
const named = ({ findings }: AuditResult) =>
  findings.map(({ what, state, position, id, field }) =>
    [what, state, position, id, field].filter((v) => v !== undefined),
  );

async function blobPath(path: string, content: string): Promise<string> {
  for (const entry of await readdir(join(path, "vault", "blobs"), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(file, "utf8")) === content) return file;
  }
  throw new Error(`no blob says ${content}`);
}

test("a whole record holds, its erasure is told with the reason", async () => {
  await using opened = await openContext(record);
  const result = await audit(opened.context);
  assert.deepEqual([result.verdict, result.acts, result.size, result.blobs], ["holds", 304, 304, 3]);
  assert.equal(result.findings.length, 1);
  const [finding] = result.findings;
  assert.deepEqual([finding?.state, finding?.id, finding?.position], ["erased", erased.id, 2]);
  assert.match(finding?.why ?? "", /asked for/);
});

describe("acts", () => {
  test("one that cannot be read is named, and all after it are looked at", async () => {
    const result = await auditAfter((path) =>
      edit(acts(path), (text) => line(40, () => "nothing")(line(1, (act) => act.replace(/~(.)/, "~*$1"))(text))),
    );
    assert.equal(result.verdict, "fails");
    assert.equal(result.acts, 302);
    const found = named(result);
    assert.deepEqual(found[0], ["act", "altered", 1, shared[1]?.id]);
    assert.deepEqual(found[1]?.slice(0, 3), ["act", "altered", 40]);
    // What only the unreadable act points at is pointed at by nobody.
    assert.deepEqual(found.slice(2), [["blob", "unreferenced"]]);
  });

  test("another act in its place is altered; the ledger is not blamed", async () => {
    const result = await auditAfter((path) =>
      edit(acts(path), (text) => line(7, () => text.split("\n")[8] as string)(text)),
    );
    assert.deepEqual(
      named(result).map((found) => found.slice(0, 3)),
      [["act", "altered", 7]],
    );
  });

  test("a field that does not fit its digest is named, and the others are still read", async () => {
    const result = await auditAfter((path) =>
      edit(acts(path), (text) =>
        line(0, (act) => {
          const parts = act.split("~");
          const at = parts.findIndex((part) => Buffer.from(part, "base64url").toString().includes('"postText"'));
          const forged = Buffer.from(parts[at] as string, "base64url")
            .toString()
            .replace("Invented.", "Forged.");
          return parts.with(at, Buffer.from(forged).toString("base64url")).join("~");
        })(text),
      ),
    );
    assert.deepEqual(named(result), [["act", "altered", 0, shared[0]?.id]]);
    assert.match(result.findings[0]?.why ?? "", /postText/);
  });

  test("fields that are gone without an erasure are missing", async () => {
    const result = await auditAfter((path) =>
      edit(
        acts(path),
        line(5, (act) => `${act.split("~")[0]}~`),
      ),
    );
    assert.deepEqual(named(result)[0]?.slice(0, 3), ["act", "missing", 5]);
  });

  test("fields that came back after an erasure, as from a backup, are found", async () => {
    const path = join(folder, "brought-back");
    await initRecord(path, { name: "Hollow Lane Residents" });
    await using opened = await openContext(path);
    const { context } = opened;
    const sealed = await seal(context, { act: "captured", postText: "Invented." });
    await sealAll(context, [{ act: "captured", title: "Another" }]);
    const [older] = await collect(context.vault.readActs(0, 1));
    await eraseExhibit(context, sealed.id, "asked for");
    await edit(
      join(path, "vault", "acts", "000.p", "3"),
      line(0, () => `${[older?.jwt, ...(older?.disclosures ?? [])].join("~")}~`),
    );
    const result = await audit(context);
    assert.deepEqual(named(result), [["act", "altered", 0, sealed.id]]);
    assert.match(result.findings[0]?.why ?? "", /index --rebuild/);
  });

  test("the end of the vault lost: every act that is missing is named", async () => {
    const result = await auditAfter((path) => rm(join(path, "vault", "acts", "001.p"), { recursive: true }));
    assert.equal(result.findings.length, 304 - 256);
    assert.deepEqual(new Set(result.findings.map(({ state }) => state)), new Set(["missing"]));
    assert.deepEqual([result.findings[0]?.position, result.findings.at(-1)?.position], [256, 303]);
    assert.ok(result.findings.every(({ id }) => id?.startsWith("PLC-")));
  });
});

describe("blobs", () => {
  test("missing: named by the exhibit and field", async () => {
    const result = await auditAfter(async (path) => rm(await blobPath(path, "archive of a")));
    assert.deepEqual(named(result), [["blob", "missing", 0, shared[0]?.id, "archive"]]);
  });

  test("altered, of the same length: named by every exhibit that shares it", async () => {
    const result = await auditAfter(async (path) =>
      writeFile(await blobPath(path, "the same picture"), "the same pictures".slice(0, 15) + "E"),
    );
    assert.deepEqual(named(result), [
      ["blob", "altered", 0, shared[0]?.id, "screenshot"],
      ["blob", "altered", 1, shared[1]?.id, "screenshot"],
    ]);
  });

  test("that nobody points at: told, and no failure", async () => {
    const result = await auditAfter(async (path) => {
      await using opened = await openContext(path);
      await opened.context.vault.putBlob([utf8("left over")], "text/plain");
    });
    assert.deepEqual(named(result), [["blob", "unreferenced"]]);
    assert.equal(result.verdict, "holds");
  });
});

describe("the ledger's files", () => {
  const flip = async (path: string, at: number): Promise<void> => {
    const bytes = await readFile(path);
    await writeFile(path, bytes.with(at, (bytes[at] as number) ^ 1));
  };

  test("an entry altered: the ledger is blamed, at its place", async () => {
    const result = await auditAfter((path) => flip(join(path, "ledger/tile/entries/000"), 34 * 9 + 20), true);
    assert.deepEqual(named(result), [["ledger", "altered", 9]]);
  });

  test("a tile altered, deep inside: named", async () => {
    for (const tile of ["0/000", "0/001.p/48", "1/000.p/1"]) {
      const result = await auditAfter((path) => flip(join(path, "ledger/tile", tile), 3), true);
      assert.equal(result.verdict, "fails");
      assert.equal(result.findings.length, 1, tile);
      assert.match(result.findings[0]?.why ?? "", /[Tt]ile 0|Tile 1/);
    }
  });

  test("files missing: each is named, and the root is still reached from what is left", async () => {
    const lost = async (path: string): Promise<void> => {
      await rm(join(path, "ledger/tile/entries/000"));
      await rm(join(path, "ledger/tile/0/001.p"), { recursive: true });
    };
    const result = await auditAfter(lost, true);
    assert.deepEqual(named(result), [
      ["ledger", "missing"],
      ["ledger", "missing"],
    ]);
    assert.match(result.findings.map(({ why }) => why).join(), /entries\/000.*0\/001/);
    const both = await auditAfter(async (path) => {
      await lost(path);
      await rm(join(path, "vault/acts/001.p"), { recursive: true });
    }, true);
    assert.equal(both.findings.filter(({ what, state }) => what === "act" && state === "missing").length, 48);
  });

  test("opening heals what it can, and the audit then holds", async () => {
    const result = await auditAfter((path) => rm(join(path, "ledger", "tile"), { recursive: true }));
    assert.deepEqual([result.verdict, named(result)], ["holds", []]);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
