/** A second of a tone, two colours that take turns, and a picture that moves: made for tests. */
import { utf8 } from "../src/lib/bytes.ts";

const RATE = 8_000;

/** PCM of 8 bits, one channel. */
export function tone(seconds = 1): Uint8Array {
  const samples = Uint8Array.from({ length: RATE * seconds }, (_, i) => 128 + Math.round(40 * Math.sin(i / 3)));
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** WebM (VP8), 64 × 48 pixels, recorded from a canvas. */
export const VIDEO: Uint8Array = Buffer.from(
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAMnEU2bdLlNu4tTq4QVSalmU6yBbk27i1OrhBZUrmtTrIGTTbuLU6uEH0O2dVOsgcFNu4xTq4QcU7trU6yCAxXsrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBEiYRELoysTYCGQ2hyb21lV0GGQ2hyb21lFlSua6mup9eBAXPFh20nT/t0ykODgQFV7oEBhoVWX1ZQOOCKsIFAuoEwU8CBAR9DtnUBAAAAAAACSOeBAKDdoa6BAAAA0AIAnQEqQAAwAAqHCIWFiJmEiDgCAnTyZro0eb8Wd8D+4cNztWx9m8/gdaGqpqjugQGlo7ACAJ0BKkAAMAAKhwiFhYiZhIg4AgAGjk/Mx5vxWAD+664AoMKhoYEAYgARAgAqEcAAGAAaT/QMABT6qqiA/teODDO1bH12AHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7gQCgwqGhgQDGABECACoRwAAYABpP9AwAFPqqqID+4cNztWx9m8/gdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuBYqDCoaGBASoAEQIAKhG8ABgAGk/0DAAU+qqogP7aIBAVZaiG/AB1oZmml+6BAaWS0QEAKhHAABgAGFgv9AAIjAAA+4HGoMOhoYEBjgARAgAqEbAAGAAaT/QMABT6qqiA/uQBcCStWbWWAHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7ggEqoMahpIEB8gARAgAqEXgAGAAaT/QMABT6qqiA/uC5CMNGvkdhDdggAHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7ggGOoMShooECVgARAgAqEWwAGAAaT/QMABT6qqiA/ujXHI7CG7DXP4B1oZmml+6BAaWS0QEAKhHAABgAGFgv9AAIjAAA+4IB8qDFoaSBAroAEQIAKhFcABgAGk/0DAAU+qqogP7i4EjDRr8XdiOMkgB1oZimlu6BAaWRsQEAKhHAFGAAYWC/0AAiMAD7ggJWHFO7a427i7OBALeG94EB8YHB",
  "base64",
);

/** GIF of two pictures of one pixel, red and blue. */
export const MOVING: Uint8Array = Buffer.concat([
  utf8("GIF89a"),
  Buffer.from("01000100800100ff00000000ff", "hex"),
  ...["44", "4c"].map((code) =>
    Buffer.from(`21f904000a0000002c00000000010001000002${code === "44" ? "02440100" : "024c0100"}`, "hex"),
  ),
  Buffer.from("3b", "hex"),
]);
