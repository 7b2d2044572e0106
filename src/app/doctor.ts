/** doctor: whether this machine and this record can do what captures, seals and prints need. */
import { type Clock, systemClock } from "../lib/clock.ts";
import { freeRoom } from "../lib/room.ts";
import { lookAtBrowser, recallBrowser, type TriedBrowser } from "./doctor-browser.ts";
import { lookAtRecord } from "./doctor-record.ts";
import { note, type Sign, well, wrong } from "./doctor-sign.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { recordFolder } from "./record-folder.ts";
import { say } from "./said.ts";
import { parseSettings, type Settings } from "./settings.ts";

export type { Sign };

export interface DoctorOptions {
  readonly environment?: Environment;
  readonly clock?: Clock;
  readonly onProgress?: (step: string) => void;
  /** Takes the last trial's word for the browser, which is quick and starts nothing. */
  readonly withoutTrial?: boolean;
}

export interface Diagnosis {
  /** `fails` where any sign is `wrong`. */
  readonly verdict: "holds" | "fails";
  readonly signs: readonly Sign[];
  /** Undefined where there is none, or it could not be tried. */
  readonly browser?: TriedBrowser;
}

const MEBIBYTE = 1024 ** 2;
/** A capture takes a quarter of the free room at most (src/capture/browser/bounds.ts); below this nothing comes of it. */
const LEAST_ROOM = 1024 * MEBIBYTE;
/** Placard is not older than this; a clock before it is wrong. */
const EARLIEST = Date.UTC(2026, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Looks at everything and changes nothing but the cache folder; throws `storage` where that cannot be written. */
export async function diagnose(folder: string, options: DoctorOptions = {}): Promise<Diagnosis> {
  const { environment = readEnvironment(), clock = systemClock, onProgress = () => undefined } = options;
  const now = clock.now();
  const { signs, settings = parseSettings(undefined) } = await lookAtRecord(recordFolder(folder), now);
  const clockSigns = signs.some(({ what }) => what === "clock") ? [] : [clockSign(now)];
  const look = options.withoutTrial
    ? await recallBrowser(environment, settings)
    : await lookAtBrowser(environment, settings, now, onProgress);
  const all = [...look.signs, diskSign(folder, settings), ...clockSigns, ...signs];
  const verdict = all.some(({ state }) => state === "wrong") ? "fails" : "holds";
  return { verdict, signs: all, ...(look.browser === undefined ? {} : { browser: look.browser }) };
}

function clockSign(now: number): Sign {
  const reads = new Date(now).toISOString();
  if (now >= EARLIEST && now < LATEST) return well("clock", say("clock_reads", { clockAt: reads }));
  return wrong("clock", say("clock_cannot_be", { clockAt: reads }), say("set_clock_first"));
}

function diskSign(folder: string, { capture }: Settings): Sign {
  const free = freeRoom(folder);
  const gigabytes = (free / 1e9).toFixed(1);
  if (free < LEAST_ROOM) return wrong("disk", say("only_free", { free: gigabytes }), say("free_before"));
  const asked = capture.diskMiB * MEBIBYTE * 4;
  if (free >= asked) return well("disk", say("is_free", { free: gigabytes }));
  return note("disk", say("quarter_free", { free: gigabytes, bound: capture.diskMiB }), say("ordinary_need_less"));
}
