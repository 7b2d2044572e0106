/** doctor: whether this machine and this record can do what captures, seals and prints need. */
import { type Clock, systemClock } from "../lib/clock.ts";
import { freeRoom } from "../lib/room.ts";
import { lookAtBrowser, recallBrowser, type TriedBrowser } from "./doctor-browser.ts";
import { lookAtRecord } from "./doctor-record.ts";
import { note, type Sign, well, wrong } from "./doctor-sign.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { recordFolder } from "./record-folder.ts";
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
  if (now >= EARLIEST && now < LATEST) return well("clock", `It reads ${reads}.`);
  return wrong(
    "clock",
    `It reads ${reads}, which cannot be.`,
    "Set this machine's clock right before you seal anything.",
  );
}

function diskSign(folder: string, { capture }: Settings): Sign {
  const free = freeRoom(folder);
  const words = `${(free / 1e9).toFixed(1)} GB are free`;
  if (free < LEAST_ROOM) return wrong("disk", `Only ${words}.`, "Free some room before you capture anything.");
  const asked = capture.diskMiB * MEBIBYTE * 4;
  if (free >= asked) return well("disk", `${words}.`);
  return note(
    "disk",
    `${words}: a capture may take a quarter of that, which is less than the ${capture.diskMiB} MiB of its bound.`,
    "Ordinary pages need far less; for large ones, free some room.",
  );
}
