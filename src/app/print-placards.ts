/** print: exhibits → a PDF of placards, one a page. */
import type { PlacardFit } from "../show/fit-page.ts";
import type { PlacardContent, PlacardLanguage, PlacardSize } from "../show/placard.ts";
import { browserFor } from "./browser-for.ts";
import type { RecordContext } from "./context.ts";
import { contentOf, type Wanted } from "./placard-content.ts";
import { sealMade } from "./placards-made.ts";
import { assertWritable, writeTarget } from "./write-target.ts";

export interface PrintOptions extends Wanted {
  readonly size?: PlacardSize;
}

export interface PrintedPlacard {
  readonly id: string;
  /** What became of the exhibit's words. */
  readonly quotation: "whole" | "shortened" | "none";
}

export interface PrintResult {
  readonly file: string;
  readonly pages: number;
  readonly size: PlacardSize;
  readonly language: PlacardLanguage;
  readonly bytes: number;
  /** In the order of the pages. */
  readonly placards: readonly PrintedPlacard[];
  /** Whether the code leads to a web site; without `site` in the settings it holds the exhibit's id. */
  readonly codeLeads: boolean;
}

/** Throws `usage`, `not_found`, `erased`, `no_browser`, `storage`. */
export async function printExhibits(
  context: RecordContext,
  ids: readonly string[],
  target: string,
  options: PrintOptions = {},
): Promise<PrintResult> {
  const { size = "A3", language = "en" } = options;
  await assertWritable(target);
  const contents: PlacardContent[] = [];
  for (const [i, id] of ids.entries())
    contents.push(await contentOf(context, id, options, { n: i + 1, of: ids.length }));
  const { placardHtml } = await import("../show/placard.ts");
  const { printPlacards } = await import("../show/print.ts");
  const browser = await browserFor(context);
  let fits: readonly PlacardFit[] = [];
  const onFit = (found: readonly PlacardFit[]): void => {
    fits = found;
  };
  const pdf = await printPlacards(placardHtml(contents, { size, language }), { browser, size, onFit });
  const bytes = await writeTarget(target, [pdf]);
  await sealMade(
    context,
    contents.map(({ id }) => id),
    { size, language },
  );
  const placards = contents.map((content, i) => ({ id: content.id, quotation: quoted(content, fits[i]) }));
  return {
    file: target,
    pages: ids.length,
    size,
    language,
    bytes,
    placards,
    codeLeads: context.settings.site !== undefined,
  };
}

function quoted({ quotation }: PlacardContent, fit: PlacardFit | undefined): PrintedPlacard["quotation"] {
  if (quotation === undefined) return "none";
  return fit?.shortened === true ? "shortened" : "whole";
}
