/** The thread of read-picture.ts: decodes one picture, reads it, says what it read, and is ended. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { isPlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { boundDecoders, decodePicture } from "../media/decode-picture.ts";
import { say } from "../said.ts";
import { engineFiles, LANGUAGES } from "./engine-files.ts";
import { greyTop } from "./grey.ts";

export type ReadingReport =
  | { readonly text: string; readonly sureness: number; readonly isCut: boolean }
  | { readonly why: string | Told; readonly isTooLarge: boolean };

/** Of Tesseract's interface, what is used here. */
interface Engine {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
  readonly TessBaseAPI: new () => Reader;
}
interface Reader {
  Init(path: null, languages: string, engine: number): number;
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  /** 0 to 100. */
  MeanTextConf(): number;
}
type Factory = (options: Readonly<Record<string, unknown>>) => Promise<Engine>;

/** Neural networks alone; the older engine is not there. */
const LSTM_ONLY = 1;

async function openReader(): Promise<{ readonly engine: Engine; readonly reader: Reader }> {
  const files = engineFiles();
  const quiet = (): undefined => undefined;
  const factory = createRequire(import.meta.url)(files.program) as Factory;
  const engine = await factory({ wasmBinary: readFileSync(files.wasm), print: quiet, printErr: quiet });
  for (const name of LANGUAGES)
    engine.FS.writeFile(`${name}.traineddata`, gunzipSync(readFileSync(files.language(name))));
  const reader = new engine.TessBaseAPI();
  if (reader.Init(null, LANGUAGES.join("+"), LSTM_ONLY) !== 0) throw new Error("The languages could not be loaded.");
  return { engine, reader };
}

async function read(bytes: Uint8Array): Promise<ReadingReport> {
  try {
    const { pgm, isCut } = greyTop(await decodePicture(bytes, { upright: true }));
    const { engine, reader } = await openReader();
    engine.FS.writeFile("/input", pgm);
    if (reader.SetImageFile(1, 0) !== 0 || reader.Recognize(null) !== 0) throw new Error("It could not be read.");
    return { text: reader.GetUTF8Text(), sureness: reader.MeanTextConf(), isCut };
  } catch (error) {
    const why = isPlacardError(error) ? (error.told ?? error.message) : say("picture_not_read_at_all");
    return { why, isTooLarge: isPlacardError(error, "too_large") };
  }
}

boundDecoders();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.postMessage(await read(workerData as Uint8Array));
