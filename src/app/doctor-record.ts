/** What a record's folder looks like from outside. Nothing is opened for writing, and nothing is recovered: an audit looks inside. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { parseVerifierKey } from "../ledger/note.ts";
import { equal, toBase64 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { parseRecordFile, type RecordFile } from "../record/record-file.ts";
import { loadKeys } from "../vault/keys.ts";
import { note, type Sign, troubled, well, wrong } from "./doctor-sign.ts";
import type { RecordFolder } from "./record-folder.ts";
import { say } from "./said.ts";
import { parseSettings, type Settings } from "./settings.ts";

export interface RecordLook {
  readonly signs: readonly Sign[];
  /** Undefined where they cannot be used. */
  readonly settings: Settings | undefined;
}

export async function lookAtRecord(paths: RecordFolder, now: number): Promise<RecordLook> {
  if (!existsSync(paths.recordFile)) {
    const why = say("no_record_there", { folder: paths.root });
    return {
      signs: [note("record", why, say("init_makes"))],
      settings: parseSettings(undefined),
    };
  }
  const file = await signOf("record", async () => {
    const value = parseRecordFile(await readFile(paths.recordFile, "utf8"));
    return { value, sign: well("record", say("record_is", { name: value.name, folder: paths.root })) };
  });
  const settings = await signOf("settings", async () => {
    const there = existsSync(paths.settingsFile);
    const value = parseSettings(there ? await readFile(paths.settingsFile, "utf8") : undefined);
    return {
      value,
      sign: well("settings", there ? say("config_usable") : say("config_none")),
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
    if (isPlacardError(error)) return { sign: troubled(what, error) };
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return {
      sign: wrong(what, say("cannot_be_read", { why: (error as Error).message }), say("owner_permissions")),
    };
  }
}

async function lookAtKeys(paths: RecordFolder, file: RecordFile | undefined): Promise<Looked<undefined>> {
  const { publicKey, archivePublicKey } = await loadKeys(paths.keys);
  if (file === undefined) return { sign: note("keys", say("keys_readable")) };
  const same =
    equal(parseVerifierKey(file.vkey).publicKey, publicKey) && file.archiveKey === toBase64(archivePublicKey);
  if (!same) {
    throw new PlacardError("mismatch", say("keys_not_named"), {
      next: say("keys_bring_back"),
    });
  }
  return { sign: well("keys", say("keys_own")) };
}

function attestersOf({ timestampAuthorities, witnesses }: Settings): Sign {
  const count = timestampAuthorities.length + witnesses.length;
  if (count > 0) {
    const names = [
      ...timestampAuthorities.map(({ name }) => name),
      ...witnesses.map(({ vkey }) => vkey.split("+")[0] ?? vkey),
    ];
    return well("attesters", say("attesters_asked", { names: names.join(", ") }));
  }
  return note("attesters", say("nobody_vouches"), say("name_attester"));
}

async function lookAtClock(paths: RecordFolder, now: number): Promise<Looked<undefined>> {
  const commitPoint = openSqliteCommitPoint(paths.commit);
  try {
    const last = (await commitPoint.read())?.time ?? 0;
    if (last <= now) return { sign: well("clock", say("clock_later", { clockAt: new Date(now).toISOString() })) };
    const [reads, sealed] = [new Date(now).toISOString(), new Date(last).toISOString()];
    throw new PlacardError("clock_behind", say("clock_earlier", { clockAt: reads, sealedAt: sealed }), {
      next: say("set_clock_until"),
    });
  } finally {
    await commitPoint.close();
  }
}
