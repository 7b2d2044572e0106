/** A record's settings as its file has them now: read anew whenever another stands in its place. */
import { readFileSync, statSync } from "node:fs";
import { isPlacardError } from "../lib/error.ts";
import { parseSettings, type Settings } from "./settings.ts";

export interface LiveSettings {
  /** Where the file was spoilt meanwhile, as it last could be read; placard doctor and the health page say so. */
  now(): Settings;
}

/** Throws `malformed`. */
export function openSettings(path: string): LiveSettings {
  let seen = markOf(path);
  let settings = parseSettings(textAt(path));
  return {
    now: () => {
      const mark = markOf(path);
      if (mark === seen) return settings;
      seen = mark;
      try {
        settings = parseSettings(textAt(path));
      } catch (error) {
        if (!isPlacardError(error)) throw error;
      }
      return settings;
    },
  };
}

/** Undefined where there is none: all settings may be missing. */
export function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function markOf(path: string): string {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? "" : `${status.ino} ${status.size} ${status.mtimeNs}`;
}
