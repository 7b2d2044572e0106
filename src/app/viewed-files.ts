/** Which files of an exhibit can be asked for by name, and what each of them is. */
import { isMovingPicture, TELLING_BYTES } from "../capture/media/picture-kind.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { Vault } from "../vault/vault.ts";
import { mediaTypeOf } from "./exhibit-file.ts";
import { openField, SHARED_ARCHIVE } from "./shared-archive.ts";

type Fields = Readonly<Record<string, Json>>;

export interface ViewedFile {
  readonly name: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  /** The address the page fetched it from. */
  readonly url?: string;
  /** Of the post's media: as it is handed out, which is by its bytes. */
  readonly mediaType?: string;
  /** Of a picture: whether it may move. */
  readonly moves?: boolean;
  /** Of what came in several answers: of how many parts it was made, and how many of them the capture asked for. */
  readonly joined?: { readonly parts: number; readonly fetched: number };
}

export async function filesOf(vault: Vault, fields: Fields): Promise<readonly ViewedFile[]> {
  const named: readonly (readonly [string, string])[] = [
    ["picture", pictureIn(fields)],
    ["post-picture", "postPicture"],
    ["text", "visibleText" in fields ? "visibleText" : "sharedText"],
    ["replay", archiveIn(fields)],
  ];
  const media = Object.keys(fields)
    .filter((name) => /^media\d+$/.test(name))
    .map((name) => [`media/${name.slice("media".length)}`, name] as const);
  const rows = [...named, ...media].flatMap(([name, field]) => {
    const bytes = bytesOf(fields, field);
    return bytes === undefined ? [] : [{ name, field, bytes }];
  });
  return Promise.all(
    rows.map(async ({ name, field, bytes }) => ({
      name,
      bytes,
      ...aboutFile(fields[field === "received" ? "picture" : `${field}About`]),
      ...(name.startsWith("media/") ? await kindIn(vault, fields, field) : {}),
    })),
  );
}

/** Of a picture that was handed in, that picture. */
function pictureIn(fields: Fields): string {
  return fields["kind"] === "picture" ? "received" : "screenshot";
}

function archiveIn(fields: Fields): string {
  if (fields["kind"] === "wacz") return "received";
  return SHARED_ARCHIVE in fields ? SHARED_ARCHIVE : "archive";
}

function bytesOf(fields: Fields, name: string): number | undefined {
  const ref = fields[name];
  return isJsonObject(ref) && typeof ref["bytes"] === "number" ? ref["bytes"] : undefined;
}

function aboutFile(about: Json | undefined): Omit<ViewedFile, "name" | "bytes"> {
  if (!isJsonObject(about)) return {};
  const { width, height, url, joined } = about;
  return {
    ...(typeof width === "number" && typeof height === "number" ? { width, height } : {}),
    ...(typeof url === "string" ? { url } : {}),
    ...joinedOf(joined),
  };
}

function joinedOf(joined: Json | undefined): Pick<ViewedFile, "joined"> {
  const parts = isJsonObject(joined) ? joined["parts"] : undefined;
  if (!Array.isArray(parts)) return {};
  const fetched = parts.filter((part: Json) => isJsonObject(part) && part["fetched"] === true);
  return { joined: { parts: parts.length, fetched: fetched.length } };
}

/** Nothing is said of one that the vault lacks; asking for it says why. */
async function kindIn(vault: Vault, fields: Fields, field: string): Promise<Pick<ViewedFile, "mediaType" | "moves">> {
  const blob = await openField(vault, fields, field);
  if (blob === undefined) return {};
  const beginning = new Uint8Array(await blob.slice(0, TELLING_BYTES).arrayBuffer());
  const moves = isMovingPicture(beginning);
  return { mediaType: mediaTypeOf(beginning), ...(moves ? { moves } : {}) };
}
