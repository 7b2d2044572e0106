import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openSqliteCommitPoint } from "./commit-sqlite.ts";
import { EMPTY_ROOT } from "./merkle.ts";

/** What kill -9 cannot show, and only power loss would: that SQLite was told to wait for the disk at each commit. */
test("the very connection that commits waits for the disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-commit-"));
  const { exec } = DatabaseSync.prototype;
  const modes: unknown[] = [];
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (sql === "COMMIT") {
      modes.push(this.prepare("PRAGMA synchronous").get()?.["synchronous"]);
      modes.push(this.prepare("PRAGMA fullfsync").get()?.["fullfsync"]);
      modes.push(this.prepare("PRAGMA journal_mode").get()?.["journal_mode"]);
    }
    exec.call(this, sql);
  };
  const point = openSqliteCommitPoint(join(folder, "commit.sqlite"));
  try {
    await point.exclusively(async () => ({
      commit: { size: 0, root: EMPTY_ROOT, checkpoint: "none", time: 1 },
      result: undefined,
    }));
    // 2 is FULL (https://sqlite.org/pragma.html#pragma_synchronous).
    assert.deepEqual(modes, [2, 1, "wal"]);
  } finally {
    DatabaseSync.prototype.exec = exec;
    await point.close();
    await rm(folder, { recursive: true });
  }
});
