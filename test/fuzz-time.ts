/**
 * How long a test of random input goes on, in milliseconds: half a second in the ordinary run; in the deep run a minute, or
 * PLACARD_FUZZ_SECONDS.
 */
export const FUZZ_TIME =
  process.env["PLACARD_DEEP"] === "1" ? 1000 * Number(process.env["PLACARD_FUZZ_SECONDS"] ?? 60) : 500;

const WHOLE = 60_000;
/** Kills in the deep run: all of them, or a third where random input is given less than its minute, as in CI: they add up over many runs. */
export const killsAtLength = (count: number): number => (FUZZ_TIME >= WHOLE ? count : Math.ceil(count / 3));
