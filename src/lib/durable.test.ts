import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { FAULTS, failingFileSystem } from "../../test/faults/failing-file-system.ts";
import { losesPower } from "../../test/faults/power-loss.ts";
import { fromUtf8, utf8 } from "./bytes.ts";
import {
  createDurable,
  type FileSystem,
  makeFolder,
  moveDurable,
  openPending,
  realFileSystem,
  removeDurable,
  TEMPORARY_PREFIX,
  writeDurable,
} from "./durable.ts";
import { isPlacardError } from "./error.ts";

interface Folder extends AsyncDisposable {
  readonly path: string;
  at(name: string): string;
}

async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "placard-"));
  return { path, at: (name) => join(path, name), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const read = async (path: string): Promise<string> => fromUtf8(await readFile(path));
const coded = (code: string) => (error: unknown) => isPlacardError(error, code as never);

/** A path as the lists below have it: random names are all "tmp". */
function short(path: unknown): string {
  const name = String(path).split("/").at(-1) as string;
  return name.startsWith(TEMPORARY_PREFIX) ? "tmp" : name.startsWith("placard-") ? "folder" : name;
}

const syncing = (name: string): string[] => [`open ${name} r`, `fsync ${name}`, `close ${name}`];

/** Notes the calls that change something, as the head of durable.ts lists them. */
function noting(): { readonly fs: FileSystem; readonly calls: string[] } {
  const calls: string[] = [];
  const fs = {
    open: async (...args: Parameters<FileSystem["open"]>) => {
      const file = await realFileSystem.open(...args);
      const name = short(args[0]);
      calls.push(`open ${name} ${String(args[1])}`);
      return Object.assign(Object.create(file) as typeof file, {
        write: (bytes: Uint8Array, offset: number) => (calls.push(`write ${name}`), file.write(bytes, offset)),
        sync: () => (calls.push(`fsync ${name}`), file.sync()),
        close: () => (calls.push(`close ${name}`), file.close()),
        readFile: () => file.readFile(),
      });
    },
    rename: (from: string, to: string) => (
      calls.push(`rename ${short(from)} ${short(to)}`), realFileSystem.rename(from, to)
    ),
    link: (from: string, to: string) => (calls.push(`link ${short(from)} ${short(to)}`), realFileSystem.link(from, to)),
    unlink: (path: string) => (calls.push(`unlink ${short(path)}`), realFileSystem.unlink(path)),
    mkdir: (path: string, options: { mode: number }) => (
      calls.push(`mkdir ${short(path)}`), realFileSystem.mkdir(path, options)
    ),
    rmdir: realFileSystem.rmdir,
  } as unknown as FileSystem;
  return { fs, calls };
}

test("where no folder can be made, that is said and not tried for ever", async () => {
  const enoent = Object.assign(new Error("ENOENT"), { code: "ENOENT" });
  let calls = 0;
  const mkdir = async (path: unknown): Promise<undefined> => {
    calls++;
    if (String(path) === "/somewhere") throw Object.assign(new Error("EEXIST"), { code: "EEXIST" });
    throw enoent;
  };
  const fs = {
    ...realFileSystem,
    mkdir: mkdir as FileSystem["mkdir"],
    open: (() => realFileSystem.open(tmpdir(), "r")) as FileSystem["open"],
  };
  await assert.rejects(makeFolder("/somewhere/a", { fs }), coded("storage"));
  assert.equal(calls, 3);
});

describe("the system calls, in order", () => {
  test("of writeDurable", async () => {
    await using folder = await newFolder();
    const { fs, calls } = noting();
    await writeDurable(folder.at("a"), utf8("x"), { fs });
    const expected =
      "open folder r, open tmp wx, write tmp, fsync tmp, close tmp, rename tmp a, fsync folder, close folder";
    assert.equal(calls.join(", "), expected);
  });

  test("of createDurable", async () => {
    await using folder = await newFolder();
    const { fs, calls } = noting();
    await createDurable(folder.at("a"), utf8("x"), { fs });
    const placed = "link tmp a, unlink tmp, fsync folder, close folder";
    assert.equal(calls.join(", "), `open folder r, open tmp wx, write tmp, fsync tmp, close tmp, ${placed}`);
  });

  test("of removeDurable, for one and for several", async () => {
    await using folder = await newFolder();
    const { fs, calls } = noting();
    for (const name of ["a", "b", "c"]) await writeFile(folder.at(name), "");
    await removeDurable(folder.at("a"), fs);
    await removeDurable([folder.at("b"), folder.at("c")], fs);
    assert.deepEqual(calls, ["unlink a", ...syncing("folder"), "unlink b", "unlink c", ...syncing("folder")]);
  });

  test("of moveDurable, a folder too", async () => {
    await using folder = await newFolder();
    const { fs, calls } = noting();
    await makeFolder(folder.at("within/piece"));
    await moveDurable(folder.at("within/piece"), folder.at("piece"), fs);
    assert.deepEqual(calls, ["rename piece piece", ...syncing("folder"), ...syncing("within")]);
    assert.deepEqual(await readdir(folder.at("within")), []);
    await assert.rejects(moveDurable(folder.at("within/piece"), folder.at("other")), coded("storage"));
  });

  test("of makeFolder, for each level that is missing; one that is there is synced as if it were new", async () => {
    await using folder = await newFolder();
    const { fs, calls } = noting();
    await makeFolder(folder.at("a/b"), { fs });
    assert.deepEqual(calls.splice(0), ["mkdir b", "mkdir a", ...syncing("folder"), "mkdir b", ...syncing("a")]);
    await makeFolder(folder.at("a/b"), { fs });
    assert.deepEqual(calls, ["mkdir b", ...syncing("a")]);
  });
});

test("writing replaces the whole file and leaves nothing beside it", async () => {
  await using folder = await newFolder();
  await writeDurable(folder.at("a"), utf8("first, and long"));
  await writeDurable(folder.at("a"), utf8("second"));
  assert.equal(await read(folder.at("a")), "second");
  assert.deepEqual(await readdir(folder.path), ["a"]);
});

test("a leftover of the same name as another's does not matter; leftovers are left alone", async () => {
  await using folder = await newFolder();
  await writeFile(folder.at(`${TEMPORARY_PREFIX}a-0123456789abcdef`), "torn");
  await writeDurable(folder.at("a"), utf8("x"));
  assert.deepEqual((await readdir(folder.path)).toSorted(), [`${TEMPORARY_PREFIX}a-0123456789abcdef`, "a"]);
});

test("two that write at once both finish; one of them wins whole", async () => {
  await using folder = await newFolder();
  const values = Array.from({ length: 8 }, (_, i) => String(i).repeat(5000));
  await Promise.all(values.map((value) => writeDurable(folder.at("a"), utf8(value))));
  assert.ok(values.includes(await read(folder.at("a"))));
  assert.deepEqual(await readdir(folder.path), ["a"]);
});

test("creating takes the same bytes again, and refuses others", async () => {
  await using folder = await newFolder();
  await createDurable(folder.at("a"), utf8("x"));
  await createDurable(folder.at("a"), utf8("x"));
  await assert.rejects(createDurable(folder.at("a"), utf8("y")), coded("conflict"));
  assert.equal(await read(folder.at("a")), "x");
  assert.deepEqual(await readdir(folder.path), ["a"]);
});

test("of two that create at once with other bytes, one is refused", async () => {
  await using folder = await newFolder();
  const outcomes = await Promise.allSettled(["x", "y"].map((text) => createDurable(folder.at("a"), utf8(text))));
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  assert.equal(refused.length, 1);
  assert.ok(coded("conflict")(refused[0]?.reason));
});

test("modes are as told", async () => {
  await using folder = await newFolder();
  await writeDurable(folder.at("a"), utf8("x"), { mode: 0o600 });
  await makeFolder(folder.at("b"), { mode: 0o700 });
  assert.equal((await stat(folder.at("a"))).mode & 0o777, 0o600);
  assert.equal((await stat(folder.at("b"))).mode & 0o777, 0o700);
});

test("what cannot be written is storage, and says what to do", async () => {
  await using folder = await newFolder();
  await writeFile(folder.at("a"), "");
  for (const path of [folder.at("missing/a"), folder.at("a/b")]) {
    await assert.rejects(
      writeDurable(path, utf8("x")),
      (error) => coded("storage")(error) && /disk/.test(nextOf(error)),
    );
  }
  await assert.rejects(makeFolder(folder.at("a/b")), coded("storage"));
  await chmod(folder.at("a"), 0o600);
});

const nextOf = (error: unknown): string => (isPlacardError(error) ? (error.next ?? "") : "");

test("removing what is missing, or below what is missing, does nothing", async () => {
  await using folder = await newFolder();
  await removeDurable([folder.at("a"), folder.at("missing/a")]);
  assert.deepEqual(await readdir(folder.path), []);
});

test("a pending file has no name until it is committed, and is gone when discarded", async () => {
  await using folder = await newFolder();
  const kept = await openPending(folder.path);
  await kept.write(utf8("one, "));
  await kept.write(utf8("two"));
  await kept.commit(folder.at("a"));
  await kept.discard();
  const dropped = await openPending(folder.path);
  await dropped.write(utf8("x"));
  await dropped.discard();
  assert.equal(await read(folder.at("a")), "one, two");
  assert.deepEqual(await readdir(folder.path), ["a"]);
});

describe("at any call that fails", () => {
  const operations = {
    writeDurable: (folder: Folder, fs: FileSystem) => writeDurable(folder.at("a"), utf8("new"), { fs }),
    createDurable: (folder: Folder, fs: FileSystem) => createDurable(folder.at("b"), utf8("new"), { fs }),
    openPending: async (folder: Folder, fs: FileSystem) => {
      const file = await openPending(folder.path, { fs });
      try {
        await file.write(utf8("new"));
        await file.commit(folder.at("a"));
      } finally {
        await file.discard();
      }
    },
  };

  for (const [name, operation] of Object.entries(operations)) {
    test(`${name} rejects with storage, leaves old or new whole, and no unfinished file`, async () => {
      for (const fault of FAULTS) {
        let at = 0;
        for (let came = true; came; at++) {
          await using folder = await newFolder();
          await writeFile(folder.at("a"), "old");
          const { fs, failed } = failingFileSystem({ ...fault, at });
          const rejection = await operation(folder, fs).then(
            () => undefined,
            (error: unknown) => error,
          );
          came = failed();
          if (rejection !== undefined) {
            assert.ok(coded("storage")(rejection), String(rejection));
            assert.match(nextOf(rejection), fault.code === "ENOSPC" ? /room/ : /disk/);
          }
          for (const file of await readdir(folder.path)) {
            if (file === "a") assert.ok(["old", "new"].includes(await read(folder.at("a"))));
            else assert.equal(file === "b" ? await read(folder.at("b")) : file, "new");
          }
        }
        assert.ok(at > 6, `${at} calls`);
      }
    });

    test(`${name} is there after power loss once it has resolved, and never torn`, async () => {
      let resolved = false;
      for (let at = 0; at < 20; at++) {
        await using folder = await newFolder();
        await writeFile(folder.at("a"), "old");
        const { fs, settle } = losesPower(at);
        resolved = await operation(folder, fs).then(
          () => true,
          () => false,
        );
        settle();
        const file = name === "createDurable" ? "b" : "a";
        const found = await read(folder.at(file)).catch(() => undefined);
        assert.ok(resolved ? found === "new" : [undefined, "old", "new"].includes(found), `${found} at call ${at}`);
        if (file === "a") assert.ok(found !== undefined, "the file was lost");
      }
      assert.ok(resolved);
    });
  }
});
