/** A body that did not change is stored once: behind a head that did, it is taken out of the sealed record that has it. */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { PendingFile } from "../../lib/durable.ts";
import { findBody, SHORTEST_APART } from "../archive/record-member.ts";
import { frameOf, type RecordDraft } from "../archive/warc-record.ts";
import type { Header } from "../netlog/exchange.ts";
import { type Part, type Piece, pieceOf, type Sources } from "./parts.ts";

interface Rewritten {
  readonly draft: RecordDraft;
  readonly id: string;
  readonly more: readonly Header[];
}

/**
 * Writes to `file` what the record has around the body that `member` has packed, and returns the parts it is made of. Undefined, and nothing
 * written, where these would unpack to anything else than the record, byte for byte. Throws `storage`.
 */
export async function writeAround(
  file: PendingFile,
  member: Piece | undefined,
  sources: Sources,
  { draft, id, more }: Rewritten,
): Promise<readonly Part[] | undefined> {
  if (member === undefined || draft.body.length < SHORTEST_APART) return undefined;
  const sealed = pieceOf(member, sources);
  const found = await findBody(sealed);
  if (found === undefined) return undefined;
  const { start, end, sha256, bytes } = await frameOf(draft, id, more);
  const packed = sealed.slice(found.from, found.from + found.bytes);
  if ((await unpackedDigest(new Blob([start, packed, end] as BlobPart[]), bytes)) !== sha256) return undefined;
  await file.write(start);
  await file.write(end);
  const body: Piece = { of: member.of, from: member.from + found.from, bytes: found.bytes };
  return [{ own: start.length }, body, { own: end.length }];
}

/** Undefined where it is no gzip member, or unpacks to more than these bytes. */
async function unpackedDigest(member: Blob, most: number): Promise<string | undefined> {
  const hash = createHash("sha256");
  let length = 0;
  try {
    await pipeline(member.stream(), createGunzip(), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        length += chunk.length;
        if (length > most) throw new Error("It unpacks to something longer.");
        hash.update(chunk);
      }
    });
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}
