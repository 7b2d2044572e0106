/** What a printed file is, page by page: the sizes always, the words where poppler is there to read them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const POINTS_AN_INCH = 72;
const MM_AN_INCH = 25.4;

/** Width and height of each page in whole millimetres, in their order. https://www.iso.org/standard/75839.html 7.7.3 */
export function pdfSizes(file: string): readonly (readonly [width: number, height: number])[] {
  const text = readFileSync(file, "latin1");
  const objects = new Map(
    [...text.matchAll(/(\d+) 0 obj\b([^]*?)\bendobj/g)].map(([, number = "", body = ""]) => [number, body]),
  );
  const pagesBelow = (number: string): readonly string[] => {
    const body = objects.get(number) ?? "";
    const [, kids] = /\/Kids\s*\[([^\]]*)\]/.exec(body) ?? [];
    if (kids === undefined) return [body];
    return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid = ""]) => pagesBelow(kid));
  };
  const [, root = ""] = /\/Type\s*\/Catalog[^]*?\/Pages (\d+) 0 R/.exec(text) ?? /\/Pages (\d+) 0 R/.exec(text) ?? [];
  return pagesBelow(root).map((page) => {
    const [, width, height] =
      /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(page) ?? assert.fail(page.slice(0, 200));
    return [inMm(width), inMm(height)];
  });
}

const inMm = (points = ""): number => Math.round((Number(points) / POINTS_AN_INCH) * MM_AN_INCH);

/** Undefined where there is nothing to read it with; where all is to be tested there must be. */
export function pdfTexts(file: string): readonly string[] | undefined {
  const { error, stdout } = spawnSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
  if (error === undefined) return stdout.split("\f").slice(0, -1);
  assert.equal(process.env["CI"], undefined, "poppler-utils (pdftotext) is not installed");
  return undefined;
}
