/** list, as lines: straight from the index where it stands where the ledger does, else after opening the record. */
import { existsSync } from "node:fs";
import { type ListForm, listLines } from "../index/list-lines.ts";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { recordFolder } from "./record-folder.ts";

/** Pieces of text that each end in a line feed. Throws what opening a record throws. */
export async function* listExhibits(folder: string, form: ListForm): AsyncGenerator<string> {
  const paths = recordFolder(folder);
  const quick =
    existsSync(paths.recordFile) && existsSync(paths.commit)
      ? await currentLines(paths.commit, paths.index, form)
      : undefined;
  if (quick !== undefined) {
    yield* quick;
    return;
  }
  const { openContext } = await import("./open-record.ts");
  await using opened = await openContext(folder);
  yield* listLines(paths.index, await opened.context.log.head(), form) ?? [];
}

async function currentLines(commit: string, index: string, form: ListForm): Promise<Generator<string> | undefined> {
  const commitPoint = openSqliteCommitPoint(commit);
  try {
    const head = await commitPoint.read();
    return head === undefined ? undefined : listLines(index, head, form);
  } finally {
    await commitPoint.close();
  }
}
