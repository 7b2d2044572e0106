import { PlacardError } from "../../lib/error.ts";
import { isJsonObject } from "../../lib/json.ts";

/** What the numbers of one log mean. They differ from version to version, so each log carries its own. */
export interface NetLogConstants {
  readonly eventNames: ReadonlyMap<number, string>;
  readonly sourceTypes: ReadonlyMap<number, string>;
  readonly errorNames: ReadonlyMap<number, string>;
  readonly begin: number;
  readonly end: number;
  /** Added to an event's time (ticks, milliseconds) it gives milliseconds since 1970. */
  readonly tickOffset: number;
}

/** Without these events there is no byte record to be had from the log. */
const NEEDED = [
  "REQUEST_ALIVE",
  "URL_REQUEST_START_JOB",
  "HTTP_TRANSACTION_SEND_REQUEST_HEADERS",
  "HTTP_TRANSACTION_READ_RESPONSE_HEADERS",
  "URL_REQUEST_JOB_FILTERED_BYTES_READ",
];

/** Reads the log's `constants` member; throws `unsupported` where it is not what we know. */
export function parseConstants(value: unknown): NetLogConstants {
  if (!isJsonObject(value)) throw unsupported("has no constants");
  const mode = value["logCaptureMode"];
  if (mode !== undefined && mode !== "Everything") {
    throw unsupported(`was taken in capture mode ${JSON.stringify(mode).slice(0, 40)}, without the bytes`);
  }
  const phases = value["logEventPhase"];
  const begin = isJsonObject(phases) ? phases["PHASE_BEGIN"] : undefined;
  const end = isJsonObject(phases) ? phases["PHASE_END"] : undefined;
  const tickOffset = Number(value["timeTickOffset"] ?? Number.NaN);
  if (typeof begin !== "number" || typeof end !== "number" || !Number.isSafeInteger(tickOffset)) {
    throw unsupported("does not say what its phases and times mean");
  }
  const eventNames = byNumber(value["logEventTypes"]);
  const known = new Set(eventNames.values());
  const missing = NEEDED.filter((name) => !known.has(name));
  if (missing.length > 0) throw unsupported(`does not know ${missing.join(", ")}`);
  return {
    eventNames,
    sourceTypes: byNumber(value["logSourceType"]),
    errorNames: byNumber(value["netError"]),
    begin,
    end,
    tickOffset,
  };
}

function byNumber(value: unknown): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (!isJsonObject(value)) return names;
  for (const [name, number] of Object.entries(value)) if (typeof number === "number") names.set(number, name);
  return names;
}

export function unsupported(what: string): PlacardError {
  return new PlacardError("unsupported", `The browser's network log ${what}, so the bytes cannot be read from it.`, {
    next: "Use another version of Chromium, or capture with decoded bodies.",
  });
}
