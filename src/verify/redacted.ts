/** "redacted picture": that what is shown of a screenshot is what was sealed, tile by tile, and which of it is withheld. */
import type { Fields } from "./blob-checks.ts";
import { holds, look } from "./check.ts";
import type { Redacted } from "./placard-file.ts";
import { readPlainPng } from "./plain-png.ts";
import { say } from "./said.ts";
import { checkShownTiles, readShownTiles, sealedTilesIn } from "./shown-tiles.ts";
import type { Check } from "./verdict.ts";

export const REDACTED_PICTURE = "redacted picture";

/** Of a file that has none there is nothing to say. */
export async function checkRedacted(redacted: Redacted | undefined, fields: Fields): Promise<readonly Check[]> {
  if (redacted === undefined) return [];
  const { check } = await look(REDACTED_PICTURE, async () => {
    const { withheld, count } = await withheldTiles(redacted, fields);
    const values = { shown: count - withheld.length, count, withheld: withheld.length };
    return { check: holds(REDACTED_PICTURE, say("tiles_shown", values)) };
  });
  return [check];
}

/** The numbers of the tiles that are not shown. Throws `malformed`, `mismatch`, `too_large`, `unsupported`. */
export async function withheldTiles(
  { picture, proof }: Redacted,
  fields: Fields,
): Promise<{ readonly withheld: readonly number[]; readonly count: number }> {
  const sealed = sealedTilesIn(fields["screenshotTiles"]);
  const tiles = readShownTiles(proof, sealed.count);
  return { withheld: await checkShownTiles(await readPlainPng(picture), tiles, sealed), count: sealed.count };
}
