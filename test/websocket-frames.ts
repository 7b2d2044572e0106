/** WebSocket frames as a peer would write them (RFC 6455 §5.2), for tests. */

export interface FrameToWrite {
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  readonly final?: boolean;
  /** RSV1: the message is compressed. */
  readonly compressed?: boolean;
  /** A browser's frames are masked. */
  readonly mask?: Uint8Array;
}

export function frame({ opcode, payload = "", final = true, compressed = false, mask }: FrameToWrite): Buffer {
  const bytes = Buffer.from(payload as string);
  const first = (final ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode;
  const masked = mask === undefined ? 0 : 0x80;
  const head =
    bytes.length < 126
      ? Buffer.from([first, masked | bytes.length])
      : bytes.length < 0x10000
        ? Buffer.from([first, masked | 126, bytes.length >> 8, bytes.length & 0xff])
        : Buffer.concat([Buffer.from([first, masked | 127, 0, 0, 0, 0]), bytesOf32(bytes.length)]);
  if (mask === undefined) return Buffer.concat([head, bytes]);
  return Buffer.concat([head, mask, bytes.map((byte, i) => byte ^ (mask[i % 4] as number))]);
}

function bytesOf32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
