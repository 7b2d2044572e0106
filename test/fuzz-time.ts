/**
 * How long a test of random input goes on, in milliseconds: half a second in the ordinary run; in the deep run a minute, or
 * PLACARD_FUZZ_SECONDS.
 */
export const FUZZ_TIME =
  process.env["PLACARD_DEEP"] === "1" ? 1000 * Number(process.env["PLACARD_FUZZ_SECONDS"] ?? 60) : 500;
