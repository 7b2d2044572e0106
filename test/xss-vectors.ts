/** The payloads of test/vectors/xss.txt, as they are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", "0": "\0", "\\": "\\" };

export const xssPayloads: readonly string[] = readFileSync(join(import.meta.dirname, "vectors/xss.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("# "))
  .map((line) =>
    line.replace(/\\(?:u\{([0-9a-f]+)\}|([nt0\\]))/g, (_, point: string | undefined, letter: string | undefined) =>
      point === undefined ? (ESCAPES[letter ?? ""] ?? "") : String.fromCodePoint(Number.parseInt(point, 16)),
    ),
  );
