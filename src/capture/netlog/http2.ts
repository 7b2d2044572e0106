/** Parts the payloads of DATA frames from the bytes of an HTTP/2 connection (RFC 9113 §4.1, §6.1). */

const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const HEADER_BYTES = 9;
const DATA = 0;
const HEADERS = 1;
const END_STREAM = 0x1;
const PADDED = 0x8;

export interface FrameSink {
  data(stream: number, bytes: Uint8Array): void;
  /** The peer will send nothing more on this stream. */
  end(stream: number): void;
}

export interface FrameScanner {
  push(bytes: Uint8Array): void;
}

/** `preface`: whether the bytes start with the client's connection preface (§3.4). */
export function scanFrames(sink: FrameSink, preface: boolean): FrameScanner {
  const header = new Uint8Array(HEADER_BYTES);
  let headerBytes = 0;
  let skip = preface ? PREFACE.length : 0;
  let frame: Frame | undefined;

  const startFrame = (): void => {
    headerBytes = 0;
    const [high = 0, middle = 0, low = 0, type = 0, flags = 0] = header;
    const stream = new DataView(header.buffer).getUint32(5) & 0x7fffffff;
    const length = (high << 16) | (middle << 8) | low;
    const padded = type === DATA && (flags & PADDED) !== 0;
    frame = { type, stream, remaining: length, padding: padded ? undefined : 0, ends: (flags & END_STREAM) !== 0 };
    if (length === 0) endFrame();
  };

  const endFrame = (): void => {
    if (frame?.ends && (frame.type === DATA || frame.type === HEADERS)) sink.end(frame.stream);
    frame = undefined;
  };

  const takePayload = (bytes: Uint8Array): number => {
    const current = frame as Frame;
    if (current.padding === undefined) {
      current.padding = bytes[0] as number;
      current.remaining -= 1;
      if (current.remaining === 0) endFrame();
      return 1;
    }
    const taken = Math.min(bytes.length, current.remaining);
    const content = Math.min(taken, current.remaining - current.padding);
    if (current.type === DATA && content > 0) sink.data(current.stream, bytes.subarray(0, content));
    current.remaining -= taken;
    if (current.remaining === 0) endFrame();
    return taken;
  };

  return {
    push(bytes) {
      let at = Math.min(skip, bytes.length);
      skip -= at;
      while (at < bytes.length) {
        if (frame !== undefined) {
          at += takePayload(bytes.subarray(at));
          continue;
        }
        header[headerBytes++] = bytes[at++] as number;
        if (headerBytes === HEADER_BYTES) startFrame();
      }
    },
  };
}

interface Frame {
  readonly type: number;
  readonly stream: number;
  remaining: number;
  /** Bytes of padding at the end; undefined while its length is still to be read. */
  padding: number | undefined;
  readonly ends: boolean;
}
