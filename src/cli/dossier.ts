import { counted, openRecord } from "../app/record.ts";
import { houseLanguage } from "./hand-out.ts";
import { onInterrupt } from "./interrupt.ts";
import { EXIT, type Output, oneLine } from "./output.ts";

export interface DossierArguments {
  readonly out: string;
  readonly language: string;
  readonly also?: string[];
}

export async function dossier(
  folder: string,
  caseName: string,
  { out, language, also = [] }: DossierArguments,
  output: Output,
): Promise<number> {
  const spoken = houseLanguage(language, "dossiers speak");
  await using record = await openRecord(folder);
  using interrupt = onInterrupt();
  const made = await record.writeDossier(caseName, out, {
    language: spoken,
    also,
    signal: interrupt.signal,
    onProgress: (done, total) => output.progress(`exhibit ${done} of ${total}`),
  });
  const cut = made.shown < made.passed ? ` There is room for ${made.shown} of these.` : "";
  output.result(
    { verb: "dossier", ...made },
    `Wrote ${oneLine(made.file)}: ${counted(made.exhibits, "exhibit")}, of which ${made.passed} may be shown.${cut}`,
  );
  return EXIT.holds;
}
