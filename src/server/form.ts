/** A form with one file in it, as it comes in: the file is handed on piece by piece and never held. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

export interface Form<T> {
  readonly file: T;
  /** As the sender's machine called it: a stranger's word. */
  readonly fileName: string;
  readonly fields: ReadonlyMap<string, string>;
}

const LIMITS = {
  files: 1,
  fields: 8,
  parts: 10,
  fieldNameSize: 64,
  fieldSize: 1 << 16,
  headerPairs: 32,
  headerSize: 1 << 13,
};

/** Milliseconds in which nothing more of it comes. */
const IDLE = 60_000;

/**
 * Reads a `multipart/form-data` request whose part `file` is a file, and gives its bytes to `take`, with the fields that came before it. Throws `malformed` where
 * it is none, breaks off, or holds more than one file, `cancelled` where nothing more comes for a minute, and what `take` throws; what was taken is disposed of then.
 */
export async function readForm<T extends AsyncDisposable>(
  request: Request,
  take: (chunks: AsyncIterable<Uint8Array>, before: ReadonlyMap<string, string>) => Promise<T>,
  idle = IDLE,
): Promise<Form<T>> {
  const parser = openParser(request);
  const fields = new Map<string, string>();
  const stop = new AbortController();
  let stream: BusboyFileStream | undefined;
  let taken: Promise<{ readonly file: T; readonly fileName: string }> | undefined;
  let refused: unknown;
  /** What is left of it is read and dropped, so that whoever sends it hears why. */
  const refuse = (why: string): void => void (refused ??= malformed(why));
  const breakOff = (error: unknown): void => {
    refused ??= error;
    stop.abort();
    // Whoever takes it must not wait for the rest.
    stream?.destroy(error instanceof Error ? error : undefined);
  };
  parser.on("field", (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) refuse("a field is too long");
    fields.set(name, value);
  });
  for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const)
    parser.on(limit, () => refuse("it holds more than one file, or too much besides"));
  parser.on("file", (name, part, fileName) => {
    part.on("error", () => undefined);
    if (name !== "file") {
      refuse("its file is not in the field “file”");
      return void part.resume();
    }
    stream = part;
    taken = take(part, fields).then((file) => ({ file, fileName }));
    taken.catch(breakOff);
  });
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => void (timer = setTimeout(() => breakOff(stalled()), idle));
  // The time that taking it takes is not the sender's.
  const timed = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    wait();
    for await (const chunk of chunks) {
      clearTimeout(timer);
      yield chunk;
      wait();
    }
  };
  try {
    await pipeline(Readable.fromWeb(request.body as ReadableStream), timed, parser, { signal: stop.signal });
  } catch (cause) {
    breakOff(malformed("it broke off", cause));
  } finally {
    clearTimeout(timer);
  }
  return { ...(await whatWasTaken(taken, () => refused)), fields };
}

async function whatWasTaken<T extends { readonly file: AsyncDisposable }>(
  taken: Promise<T> | undefined,
  refusal: () => unknown,
): Promise<T> {
  const done = await taken?.catch(() => undefined);
  if (refusal() === undefined && done !== undefined) return done;
  await done?.file[Symbol.asyncDispose]();
  throw refusal() ?? malformed("there is no file in it");
}

function openParser({ headers, body }: Request): BusboyInstance {
  const type = headers.get("content-type") ?? "";
  if (body === null || !/^multipart\/form-data\s*;/i.test(type)) throw malformed("it is not sent as a form");
  try {
    return new Busboy({ headers: { "content-type": type }, limits: LIMITS });
  } catch (cause) {
    throw malformed("it is not sent as a form", cause);
  }
}

function stalled(): PlacardError {
  return new PlacardError("cancelled", say("nothing_more_came"), { next: say("send_once_more") });
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", say("file_not_arrived", { why }), {
    cause,
    next: say("send_by_itself"),
  });
}
