/** MPEG-TS (ISO/IEC 13818-1) around pictures in H.264, as segments of a stream have it: one program of one video. */

export interface CodedPicture {
  /** Seconds. */
  readonly time: number;
  readonly isKey: boolean;
  /** With start codes (H.264, Annex B). */
  readonly bytes: Uint8Array;
}

const PACKET = 188;
const VIDEO = 0x101;
const PROGRAM = 0x100;
/** Ticks of its clock a second, and how long after its start the first picture is shown. */
const TICKS = 90_000;
const FIRST = 9_000;

export function transportStream(pictures: readonly CodedPicture[]): Buffer {
  const counts = new Map<number, number>();
  const packet = (id: number, isFirst: boolean, payload: Uint8Array, clock?: number): Buffer => {
    const count = ((counts.get(id) ?? -1) + 1) & 15;
    counts.set(id, count);
    const stated = clock === undefined ? Buffer.alloc(0) : Buffer.from([0x50, ...clockOf(clock)]);
    const room = PACKET - 4 - payload.length;
    const adaptation = Buffer.alloc(room, 0xff);
    if (room > 0) adaptation[0] = room - 1;
    if (room > 1) adaptation.set(stated.length > 0 ? stated : [0], 1);
    const head = [0x47, (isFirst ? 0x40 : 0) | (id >> 8), id & 255, (room > 0 ? 0x30 : 0x10) | count];
    return Buffer.concat([Buffer.from(head), adaptation, payload]);
  };
  return Buffer.concat(
    pictures.flatMap(({ time, isKey, bytes }) => {
      const shown = Math.round(time * TICKS) + FIRST;
      const unit = Buffer.concat([
        Buffer.from([0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, ...stampOf(shown), 0, 0, 0, 1, 9, 0xf0]),
        bytes,
      ]);
      const tables = isKey ? [packet(0, true, TABLES.programs), packet(PROGRAM, true, TABLES.streams)] : [];
      // The first has room for the clock beside it.
      const pieces = [unit.subarray(0, 176)];
      for (let at = 176; at < unit.length; at += PACKET - 4) pieces.push(unit.subarray(at, at + PACKET - 4));
      return [...tables, ...pieces.map((piece, i) => packet(VIDEO, i === 0, piece, i === 0 ? shown : undefined))];
    }),
  );
}

/** 33 bits of ticks and what lies between them. */
function clockOf(ticks: number): readonly number[] {
  return [...[25, 17, 9, 1].map((bits) => Math.floor(ticks / 2 ** bits) & 255), ((ticks & 1) << 7) | 0x7e, 0];
}

function stampOf(ticks: number): readonly number[] {
  const high = Math.floor(ticks / 2 ** 29) & 14;
  return [0x21 | high, (ticks >> 22) & 255, ((ticks >> 14) & 254) | 1, (ticks >> 7) & 255, ((ticks << 1) & 254) | 1];
}

function section(...bytes: readonly number[]): Buffer {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE(sum >>> 0);
  const whole = Buffer.concat([Buffer.from([0, ...bytes]), check]);
  return Buffer.concat([whole, Buffer.alloc(PACKET - 4 - whole.length, 0xff)]);
}

const TABLES = {
  programs: section(0x00, 0xb0, 0x0d, 0, 1, 0xc1, 0, 0, 0, 1, 0xe1, 0x00),
  streams: section(0x02, 0xb0, 0x12, 0, 1, 0xc1, 0, 0, 0xe1, 0x01, 0xf0, 0, 0x1b, 0xe1, 0x01, 0xf0, 0),
};
