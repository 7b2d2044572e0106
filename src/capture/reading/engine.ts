/** The engine that reads text in pictures (Tesseract), as a thread starts it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { engineFiles, LANGUAGES } from "./engine-files.ts";

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
  /** Lines of twelve columns: blocks, paragraphs, lines and words, with their boxes. */
  GetTSVText(page: number): string;
  /** 0 to 100. */
  MeanTextConf(): number;
}
type Factory = (options: Readonly<Record<string, unknown>>) => Promise<Engine>;

/** Neural networks alone; the older engine is not there. */
const LSTM_ONLY = 1;

/** Reads a picture (PGM); what it then says is asked of the reader. Throws where it cannot. */
export async function readWithEngine(pgm: Uint8Array): Promise<Reader> {
  const { engine, reader } = await openReader();
  engine.FS.writeFile("/input", pgm);
  if (reader.SetImageFile(1, 0) !== 0 || reader.Recognize(null) !== 0) throw new Error("It could not be read.");
  return reader;
}

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
