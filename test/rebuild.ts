/** A file made again from its archive alone, as docs/formats/media.md says: by somebody who has that page, and nothing of ours. */
import { createHash } from "node:crypto";
import { WARCParser } from "warcio";
import { openZip } from "../src/verify/zip.ts";

export interface ToldPart {
  readonly digest: string;
  readonly from: number;
  readonly bytes: number;
}

/** `archive`: a WACZ. */
export async function rebuild(archive: Blob, parts: readonly ToldPart[]): Promise<Buffer> {
  const contents = await contentsIn(archive);
  const bytesOf = ({ digest, from, bytes }: ToldPart): Buffer => {
    const content = contents.get(digest);
    if (content === undefined) throw new Error(`the archive has no answer with ${digest}`);
    return content.subarray(from, from + bytes);
  };
  return Buffer.concat(parts.map(bytesOf));
}

async function contentsIn(archive: Blob): Promise<ReadonlyMap<string, Buffer>> {
  const warc = (await openZip(archive)).find("archive/data.warc.gz");
  if (warc === undefined) throw new Error("the archive has no WARC file");
  const contents = new Map<string, Buffer>();
  const source = warc.packed.stream() as unknown as AsyncIterable<Uint8Array>;
  for await (const record of WARCParser.iterRecords(source)) {
    if (record.warcType !== "response") continue;
    const content = Buffer.from(await record.readFully(true));
    contents.set(`sha256:${createHash("sha256").update(content).digest("hex")}`, content);
  }
  return contents;
}
