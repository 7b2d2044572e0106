import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import { type NetLogConstants, parseConstants, unsupported } from "./constants.ts";
import type { NetLogLimits } from "./limits.ts";
import { readLines } from "./lines.ts";

/** The furthest a date can be from 1970, in milliseconds (ECMA-262 §21.4.1.1). */
const LATEST = 8.64e15;

export interface NetLogEvent {
  readonly name: string;
  readonly phase: "begin" | "end" | "none";
  /** The thing it happened to (a request, a socket …): number and kind. */
  readonly source: number;
  readonly sourceType: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly params: JsonObject;
  /** The parameter `bytes`, base64 as it stands in the log, where it is not among `params`; good as long as its batch. */
  readonly base64?: Buffer;
}

export interface EventBatch {
  readonly events: readonly NetLogEvent[];
  readonly constants: NetLogConstants;
  /** Set in the last batch, where the list of events was properly closed. */
  readonly complete: boolean;
}

/**
 * The events of a log, batch by batch, in the order they happened. The layout relied on is Chromium's
 * FileNetLogObserver: `{"constants":{…},` on the first line, `"events": [` on the second, then an event a line, the
 * last one closed by `]`. A last line that is cut off is dropped: the browser was killed. `written`: see lines.ts.
 */
export async function* readEvents(
  path: string,
  limits: NetLogLimits,
  written?: Promise<unknown>,
): AsyncGenerator<EventBatch> {
  let constants: NetLogConstants | undefined;
  let opened = false;
  let cut: PlacardError | undefined;
  for await (const lines of readLines(path, limits, written)) {
    const events: NetLogEvent[] = [];
    for (const line of lines) {
      if (cut !== undefined) throw cut;
      const { rest, base64 } = partBytes(line);
      const text = rest.toString("utf8").trim();
      if (constants === undefined) {
        constants = parseFirstLine(text);
        continue;
      }
      if (!opened) {
        if (!/^"events"\s*:\s*\[$/.test(text)) throw unsupported("is not laid out as expected");
        opened = true;
        continue;
      }
      const { body, last } = stripSeparator(text);
      if (body !== "") {
        const value = parseLine(body);
        if (value instanceof PlacardError) cut = value;
        else events.push(toEvent(value, constants, base64));
      }
      if (last && cut === undefined) {
        yield { events, constants, complete: true };
        return;
      }
    }
    if (constants !== undefined) yield { events, constants, complete: false };
  }
  if (!opened) throw unsupported("is cut off before its first event");
}

/** `"bytes":"`, which is nothing else: a quotation mark inside of a string has a backslash before it. */
const BYTES = Buffer.from(',"bytes":"');
/** How a line with parameters begins; what no other object begins after belongs to them. */
const PARAMS = Buffer.from('{"params":{');
const BRACE = 0x7b;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A line without the bytes that it holds. They are nearly all of a log, four times over, and most of them nobody asks for:
 * as text they would be what most memory is taken for.
 */
function partBytes(line: Buffer): { readonly rest: Buffer; readonly base64?: Buffer } {
  const found = line.indexOf(BYTES);
  if (found < 0 || line.includes(BYTES, found + 1)) return { rest: line };
  const start = found + BYTES.length;
  const end = line.indexOf(QUOTE, start);
  if (end < 0) return { rest: line };
  const base64 = line.subarray(start, end);
  const isParameter =
    line.subarray(0, PARAMS.length).equals(PARAMS) && !line.subarray(PARAMS.length, found).includes(BRACE);
  if (!isParameter || base64.includes(BACKSLASH)) return { rest: line };
  return { rest: Buffer.concat([line.subarray(0, start), line.subarray(end)]), base64 };
}

function parseFirstLine(text: string): NetLogConstants {
  const match = /^\{\s*"constants"\s*:\s*(\{.*\})\s*,$/s.exec(text);
  if (match === null) throw unsupported("is not laid out as expected");
  const value = parseLine(match[1] as string);
  if (value instanceof PlacardError) throw value;
  return parseConstants(value);
}

function stripSeparator(text: string): { readonly body: string; readonly last: boolean } {
  const end = /\]\s*,?$/.exec(text);
  // An event ends in `}`, so a bracket that is not inside it can only close the list.
  if (end !== null) return { body: text.slice(0, end.index).trim(), last: true };
  return { body: text.endsWith(",") ? text.slice(0, -1) : text, last: false };
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return new PlacardError("malformed", "A line of the network log is not valid JSON.", { cause });
  }
}

function toEvent(value: unknown, constants: NetLogConstants, base64: Buffer | undefined): NetLogEvent {
  if (!isJsonObject(value)) throw malformed("an event that is not an object");
  const { source, type, phase, time, params } = value;
  if (!isJsonObject(source)) throw malformed("an event without a source");
  const id = source["id"];
  const at = Number(typeof time === "string" || typeof time === "number" ? time : Number.NaN) + constants.tickOffset;
  if (!Number.isSafeInteger(id) || !(Math.abs(at) <= LATEST)) throw malformed("an event without a source or time");
  return {
    name: constants.eventNames.get(type as number) ?? "",
    phase: phase === constants.begin ? "begin" : phase === constants.end ? "end" : "none",
    source: id as number,
    sourceType: constants.sourceTypes.get(source["type"] as number) ?? "",
    time: at,
    params: isJsonObject(params) ? params : {},
    ...(base64 === undefined ? {} : { base64 }),
  };
}

function malformed(what: string): PlacardError {
  return new PlacardError("malformed", `The network log has ${what}.`);
}
