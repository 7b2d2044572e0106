/** Parts frames from the bytes that one side of a WebSocket sent (RFC 6455 §5), however they are cut into reads. */

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const LONGEST_HEADER = 14;
const LONGEST_CONTROL = 125;

export interface WebSocketFrame {
  readonly opcode: number;
  /** The last frame of its message. */
  readonly final: boolean;
  /** The message this frame begins is compressed (RFC 7692 §6). */
  readonly compressed: boolean;
}

export interface WebSocketFrameSink {
  frame(frame: WebSocketFrame): void;
  /** A piece of the frame's payload, unmasked. */
  payload(bytes: Uint8Array): void;
  endOfFrame(): void;
  /** What came is against the protocol; nothing after it can be parted, and all that follows is `stray`. */
  broken(why: string): void;
  stray(bytes: Uint8Array): void;
}

interface Rules {
  /** What a browser sends is masked, what a server sends is not (§5.1). */
  readonly masked: boolean;
  /** Compression was agreed upon. */
  readonly compression: boolean;
}

export interface WebSocketFrameScanner {
  push(bytes: Uint8Array): void;
  /** Bytes of a frame's header that is not whole yet. */
  readonly pending: Uint8Array;
}

export function scanWebSocketFrames(sink: WebSocketFrameSink, rules: Rules): WebSocketFrameScanner {
  const header = new Uint8Array(LONGEST_HEADER);
  let headerBytes = 0;
  const scan: { state: "header" | "payload" | "broken" } = { state: "header" };
  let remaining = 0;
  let unmask: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes;
  /** A message has begun and not ended. */
  let open = false;
  let closed = false;

  const startFrame = (): void => {
    const found = parseHeader(header.subarray(0, headerBytes));
    const why = closed ? "a frame after the closing one" : whyBroken(found, rules, open);
    if (why !== undefined) {
      scan.state = "broken";
      sink.broken(why);
      sink.stray(header.slice(0, headerBytes));
      return;
    }
    if (found.opcode < OPCODE.close) open = !found.final;
    closed ||= found.opcode === OPCODE.close;
    remaining = found.length;
    unmask = unmasking(found.mask);
    headerBytes = 0;
    scan.state = "payload";
    sink.frame({ opcode: found.opcode, final: found.final, compressed: found.reserved !== 0 });
  };

  const takeHeader = (byte: number): void => {
    header[headerBytes++] = byte;
    if (headerBytes >= headerLength(header, headerBytes)) startFrame();
  };

  const takePayload = (bytes: Uint8Array): number => {
    const taken = bytes.subarray(0, remaining);
    if (taken.length > 0) sink.payload(unmask(taken));
    remaining -= taken.length;
    if (remaining === 0) {
      scan.state = "header";
      sink.endOfFrame();
    }
    return taken.length;
  };

  return {
    get pending() {
      return header.subarray(0, scan.state === "header" ? headerBytes : 0);
    },
    push(bytes) {
      let at = 0;
      while (at < bytes.length && scan.state !== "broken") {
        if (scan.state === "header") takeHeader(bytes[at++] as number);
        // A frame without payload ends where its header does.
        if (scan.state === "payload") at += takePayload(bytes.subarray(at));
      }
      if (at < bytes.length) sink.stray(bytes.subarray(at));
    },
  };
}

interface FrameHeader {
  readonly final: boolean;
  /** The three reserved bits; 4 is RSV1. */
  readonly reserved: number;
  readonly opcode: number;
  readonly mask: Uint8Array | undefined;
  readonly length: number;
  /** §5.2: "the minimal number of bytes MUST be used". */
  readonly shortest: boolean;
}

/** How long the header is whose first `got` bytes have come. */
function headerLength(header: Uint8Array, got: number): number {
  if (got < 2) return 2;
  const second = header[1] as number;
  const length = second & 0x7f;
  return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + (second & 0x80 ? 4 : 0);
}

function parseHeader(header: Uint8Array): FrameHeader {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const [first = 0, second = 0] = header;
  const short = second & 0x7f;
  const length = short === 127 ? Number(view.getBigUint64(2)) : short === 126 ? view.getUint16(2) : short;
  return {
    final: (first & 0x80) !== 0,
    reserved: (first >> 4) & 7,
    opcode: first & 0xf,
    mask: second & 0x80 ? header.slice(-4) : undefined,
    length,
    shortest: short < 126 || length > (short === 126 ? 125 : 0xffff),
  };
}

function whyBroken(frame: FrameHeader, rules: Rules, open: boolean): string | undefined {
  const control = frame.opcode >= OPCODE.close;
  if (!Object.values<number>(OPCODE).includes(frame.opcode)) return "an opcode that is not defined";
  const begins = frame.opcode === OPCODE.text || frame.opcode === OPCODE.binary;
  if (frame.reserved !== 0 && !(frame.reserved === 4 && rules.compression && begins))
    return "reserved bits that are set";
  if ((frame.mask !== undefined) !== rules.masked) return rules.masked ? "a frame without mask" : "a masked frame";
  if (!Number.isSafeInteger(frame.length)) return "a length past all bounds";
  if (!frame.shortest) return "a length that is not in its shortest form";
  if (control && frame.length > LONGEST_CONTROL) return "a control frame that is too long";
  if (control && !frame.final) return "a control frame in parts";
  if (frame.opcode === OPCODE.continuation && !open) return "a continuation of nothing";
  if (begins && open) return "a message inside another";
  return undefined;
}

/** RFC 6455 §5.3; the payload comes in pieces, so the place in the mask is kept. */
function unmasking(mask: Uint8Array | undefined): (bytes: Uint8Array) => Uint8Array {
  if (mask === undefined) return (bytes) => bytes;
  let at = 0;
  return (bytes) => bytes.map((byte) => byte ^ (mask[at++ & 3] as number));
}
