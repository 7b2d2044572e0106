/** Placards for several people to carry: what prints, to be looked at, and all of it as one PDF. */
import { PlacardError } from "../lib/error.ts";
import type { PlacardLanguage, PlacardSize } from "../show/placard.ts";
import { browserFor } from "./browser-for.ts";
import type { RecordContext } from "./context.ts";
import { contentOf } from "./placard-content.ts";
import { sealMade } from "./placards-made.ts";
import { say } from "./said.ts";
import { thumbnailOf } from "./thumbnail.ts";

export interface PackOptions {
  readonly headline?: string;
  readonly size: PlacardSize;
  /** Of what Placard says on them and on the steward's sheet; English where nothing is said. */
  readonly language?: PlacardLanguage;
  /** The post's picture beside its words. */
  readonly picture?: boolean;
  /** Pseudonym of who has them made. */
  readonly actor?: string;
  readonly signal?: AbortSignal;
}

const MOST = 100;

/** Throws `usage` (none, too many, a headline that is too long), `not_found`, `erased`. */
export async function previewPlacards(
  context: RecordContext,
  ids: readonly string[],
  options: PackOptions,
): Promise<string> {
  const { placardHtml } = await import("../show/placard.ts");
  const { size, language = "en" } = options;
  return placardHtml(await contentsOf(context, ids, options), { size, language });
}

async function contentsOf(context: RecordContext, ids: readonly string[], options: PackOptions) {
  if (ids.length === 0 || ids.length > MOST) {
    throw new PlacardError("usage", say("pack_size", { most: MOST, count: ids.length }));
  }
  const number = (i: number) => ({ n: i + 1, of: ids.length });
  return Promise.all(ids.map((id, i) => contentOf(context, id, options, number(i))));
}

/** That they were made is sealed. Throws as `previewPlacards`, what sealing throws, and `no_browser`, `unsupported` (a character without a typeface), `cancelled`. */
export async function printPack(
  context: RecordContext,
  ids: readonly string[],
  options: PackOptions,
): Promise<Uint8Array> {
  const [{ placardHtml }, { printPlacards }, { stewardSheet }] = await Promise.all([
    import("../show/placard.ts"),
    import("../show/print.ts"),
    import("../show/steward.ts"),
  ]);
  const { size, language = "en", signal } = options;
  const contents = await contentsOf(context, ids, options);
  const pictures = await Promise.all(contents.map(({ id }) => smallPicture(context, id)));
  const rows = contents.map((content, i) => ({ content, picture: pictures[i] }));
  const first = stewardSheet(rows, context.file.name, language);
  const browser = await browserFor(context);
  const page = placardHtml(contents, { size, language, first });
  const pdf = await printPlacards(page, { browser, size, ...(signal === undefined ? {} : { signal }) });
  await sealMade(
    context,
    contents.map(({ id }) => id),
    { size, language, actor: options.actor },
  );
  return pdf;
}

/** A placard without a small picture is carried all the same. What a guest may see may lie on a table. */
async function smallPicture(context: RecordContext, id: string): Promise<Uint8Array | undefined> {
  return thumbnailOf(context, id, { isGuest: true }).catch((error: unknown) => {
    if (error instanceof PlacardError) return undefined;
    throw error;
  });
}
