/** What a record's folder looks like from outside. Nothing is opened for writing, and nothing is recovered: an audit looks inside. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { parseVerifierKey } from "../ledger/note.ts";
import { equal, toBase64 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { parseRecordFile, type RecordFile } from "../record/record-file.ts";
import { loadKeys } from "../vault/keys.ts";
import { note, type Sign, well, wrong } from "./doctor-sign.ts";
import type { RecordFolder } from "./record-folder.ts";
import { parseSettings, type Settings } from "./settings.ts";

export interface RecordLook {
  readonly signs: readonly Sign[];
  /** Undefined where they cannot be used. */
  readonly settings: Settings | undefined;
}

export async function lookAtRecord(paths: RecordFolder, now: number): Promise<RecordLook> {
  if (!existsSync(paths.recordFile)) {
    const why = `There is no record in ${paths.root}; what belongs to one was not looked at.`;
    return {
      signs: [note("record", why, "placard init makes one; --record DIR names another folder.")],
      settings: parseSettings(undefined),
    };
  }
  const file = await signOf("record", async () => {
    const value = parseRecordFile(await readFile(paths.recordFile, "utf8"));
    return { value, sign: well("record", `${value.name}, in ${paths.root}.`) };
  });
  const settings = await signOf("settings", async () => {
    const there = existsSync(paths.settingsFile);
    const value = parseSettings(there ? await readFile(paths.settingsFile, "utf8") : undefined);
    return {
      value,
      sign: well("settings", there ? "config.json can be used." : "There is no config.json; everything is as usual."),
    };
  });
  const keys = await signOf("keys", () => lookAtKeys(paths, file.value));
  const attesters = settings.value === undefined ? [] : [attestersOf(settings.value)];
  const clock = await signOf("clock", () => lookAtClock(paths, now));
  return {
    signs: [file, settings, keys].map(({ sign }) => sign).concat(attesters, clock.sign),
    settings: settings.value,
  };
}

interface Looked<T> {
  readonly sign: Sign;
  readonly value?: T;
}

/** What `look` throws of ours is what is wrong; what the system throws (permissions, a folder in a file's place) too. */
async function signOf<T>(what: string, look: () => Promise<Looked<T>>): Promise<Looked<T>> {
  try {
    return await look();
  } catch (error) {
    if (isPlacardError(error)) return { sign: wrong(what, error.message, error.next) };
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return {
      sign: wrong(what, `It cannot be read: ${(error as Error).message}`, "Look at its owner and permissions."),
    };
  }
}

async function lookAtKeys(paths: RecordFolder, file: RecordFile | undefined): Promise<Looked<undefined>> {
  const { publicKey, archivePublicKey } = await loadKeys(paths.keys);
  if (file === undefined)
    return { sign: note("keys", "They can be read; whether they are this record's cannot be told.") };
  const same =
    equal(parseVerifierKey(file.vkey).publicKey, publicKey) && file.archiveKey === toBase64(archivePublicKey);
  if (!same) {
    throw new PlacardError("mismatch", "The keys in the keys folder are not those that record.json names.", {
      next: "Bring the keys folder back from a back-up of this very record.",
    });
  }
  return { sign: well("keys", "They are the record's own, and nobody else on this machine may read them.") };
}

function attestersOf({ timestampAuthorities, witnesses }: Settings): Sign {
  const count = timestampAuthorities.length + witnesses.length;
  if (count > 0) {
    const names = [
      ...timestampAuthorities.map(({ name }) => name),
      ...witnesses.map(({ vkey }) => vkey.split("+")[0] ?? vkey),
    ];
    return well("attesters", `After each capture these are asked for their word: ${names.join(", ")}.`);
  }
  return note(
    "attesters",
    "Nobody else vouches for the time: when something was sealed is this record's own word.",
    "Name a timestamp authority or a witness in config.json (docs/settings.md).",
  );
}

async function lookAtClock(paths: RecordFolder, now: number): Promise<Looked<undefined>> {
  const commitPoint = openSqliteCommitPoint(paths.commit);
  try {
    const last = (await commitPoint.read())?.time ?? 0;
    if (last <= now)
      return { sign: well("clock", `It reads ${new Date(now).toISOString()}, later than all that was sealed.`) };
    const [reads, sealed] = [now, last].map((time) => new Date(time).toISOString());
    throw new PlacardError("clock_behind", `It reads ${reads}, earlier than the last entry was sealed (${sealed}).`, {
      next: "Set this machine's clock right; until then nothing can be sealed.",
    });
  } finally {
    await commitPoint.close();
  }
}
