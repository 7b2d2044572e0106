import { PlacardError } from "../lib/error.ts";
import { onInterrupt } from "./interrupt.ts";
import { EXIT, type Output } from "./output.ts";

export interface ServeArguments {
  readonly port?: string;
  readonly host?: string;
  readonly publicUrl?: string;
  readonly sandboxUrl?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What P, L, A, C are on the keys of a telephone. */
const PORT = 7522;
const HIGHEST_PORT = 65_535;

/** Serves the workbench until Ctrl-C. */
export async function serve(record: string, options: ServeArguments, output: Output): Promise<number> {
  const { startServer } = await import("../server/start.ts");
  using interrupt = onInterrupt();
  const { host = "127.0.0.1", publicUrl, sandboxUrl } = options;
  await using server = await startServer({
    folder: record,
    host,
    port: portOf(options),
    publicUrl,
    sandboxUrl,
    certificate: pairOf(options),
  });
  output.result({ verb: "serve", url: server.url, firstUrl: server.firstUrl ?? null }, wordsOf(server));
  await new Promise<void>((done) => interrupt.signal.addEventListener("abort", () => done(), { once: true }));
  return EXIT.holds;
}

function portOf({ port = String(PORT) }: ServeArguments): number {
  const number = Number(port);
  if (/^\d+$/.test(port) && number <= HIGHEST_PORT) return number;
  throw new PlacardError("usage", `${port} is no port: it is a number from 0 to ${HIGHEST_PORT}.`);
}

function pairOf({ certificate: cert, key }: ServeArguments) {
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw new PlacardError("usage", "--certificate and --key go together.");
}

function wordsOf({ url, firstUrl }: { readonly url: string; readonly firstUrl: string | undefined }): string {
  const first = [
    "",
    "  Placard is open. Nobody belongs to it yet: whoever opens this link makes the group and is its first member.",
    "",
    `  ${firstUrl}`,
    "",
    "  Stop with Ctrl-C.",
    "",
  ];
  const later = ["", "  Placard is open at", "", `  ${url}`, "", "  Stop with Ctrl-C.", ""];
  return (firstUrl === undefined ? later : first).join("\n");
}
