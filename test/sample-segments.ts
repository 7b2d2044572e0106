/** Segments of videos in their right structure, with nothing to see in them: made for tests. */

/** MPEG-TS: packets of 188 bytes, each with its sync byte. */
export function tsSegment(seed: number, packets = 6): Buffer {
  const bytes = Buffer.from(Array.from({ length: 188 * packets }, (_, i) => (i * 31 + seed * 17) % 251));
  for (let at = 0; at < bytes.length; at += 188) bytes[at] = 0x47;
  return bytes;
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
}

/** Fragmented MP4: what initialises it. */
export function mp4Init(seed = 0): Buffer {
  return Buffer.concat([box("ftyp", Buffer.from("iso6\0\0\0\0iso6", "latin1")), box("moov", Buffer.alloc(40, seed))]);
}

export function mp4Segment(seed: number, bytes = 500): Buffer {
  return Buffer.concat([
    box("styp", Buffer.from("msdh\0\0\0\0msdh", "latin1")),
    box("moof", Buffer.alloc(30, seed)),
    box("mdat", Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 13 + seed) % 241))),
  ]);
}

/** A media playlist of these, with an end. */
export function playlistOf(segments: readonly string[], head = ""): string {
  return `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n${head}${segments.map((one) => `#EXTINF:2,\n${one}\n`).join("")}#EXT-X-ENDLIST\n`;
}
