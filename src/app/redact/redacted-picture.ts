/** The picture of a page with some of its tiles taken out, and what proves the others (docs/formats/picture.md, "Redacted"). */
import { hash } from "node:crypto";
import { readPicture, tileSalt } from "../../capture/picture/picture.ts";
import { encodePng } from "../../capture/picture/png-writer.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import type { Vault } from "../../vault/vault.ts";
import { cutTile, tileLeaf } from "../../verify/picture.ts";
import { sealedTilesIn, type TileProof, writeShownTiles } from "../../verify/shown-tiles.ts";
import { say } from "../said.ts";
import { openField } from "../shared-archive.ts";
import { coverTile } from "./tiles.ts";

type Fields = Readonly<Record<string, Json>>;

export interface RedactedPicture {
  /** PNG. */
  readonly picture: Uint8Array;
  readonly proof: Uint8Array;
}

/** `withheld`: numbers of tiles. Throws `not_found` (no picture, or not sealed tile by tile), `malformed`. */
export async function redactPicture(
  vault: Vault,
  fields: Fields,
  withheld: ReadonlySet<number>,
): Promise<RedactedPicture> {
  const sealed = sealedTilesIn(fields["screenshotTiles"]);
  const [screenshot, seed] = await Promise.all([
    openField(vault, fields, "screenshot"),
    openField(vault, fields, "tileSeed"),
  ]);
  if (screenshot === undefined || seed === undefined) throw new PlacardError("not_found", say("no_tiles"));
  const picture = await readPicture(await screenshot.bytes());
  const secret = await seed.bytes();
  const tiles = Array.from({ length: sealed.count }, (_, index): TileProof => {
    const salt = tileSalt(secret, index);
    if (!withheld.has(index)) return { salt };
    return { leaf: tileLeaf(sealed, { index, salt, rgb: cutTile(picture, index) }, sha256) };
  });
  for (const index of withheld) coverTile(picture, index);
  return { picture: await encodePng(picture), proof: writeShownTiles(tiles) };
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
