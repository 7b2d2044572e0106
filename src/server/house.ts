/** The record this server works on. On day one there is none yet. */
import { existsSync } from "node:fs";
import { finishFounding, foundRecord } from "../app/found-record.ts";
import { openRecord, type PlacardRecord } from "../app/record.ts";
import { recordFolder } from "../app/record-folder.ts";
import { PlacardError } from "../lib/error.ts";

export interface House extends AsyncDisposable {
  readonly folder: string;
  /** The record, open. Throws `not_found` where none has been made yet. */
  record(): PlacardRecord;
  /** Whether a record has been made. */
  readonly isFounded: boolean;
  /** Makes the record. Throws `conflict` where there is one, `usage` where the name is none. */
  found(name: string): Promise<void>;
}

/** Opens the record in `folder`, where there is one. Throws what opening one throws. */
export async function openHouse(folder: string): Promise<House> {
  await finishFounding(folder);
  let record = existsSync(recordFolder(folder).recordFile) ? await openRecord(folder) : undefined;
  return {
    folder,
    get isFounded() {
      return record !== undefined;
    },
    record: () => {
      if (record !== undefined) return record;
      throw new PlacardError("not_found", "There is no record yet.", {
        next: "Open Placard's first page; it asks what the group is called.",
      });
    },
    found: async (name) => {
      if (record !== undefined) throw new PlacardError("conflict", "There is a record already.");
      await foundRecord(folder, name);
      record = await openRecord(folder);
    },
    [Symbol.asyncDispose]: async () => record?.[Symbol.asyncDispose](),
  };
}
