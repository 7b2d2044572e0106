/**
 * How long a test of random input goes on, in milliseconds: half a second in the ordinary run; in the deep run a minute, or
 * PLACARD_FUZZ_SECONDS.
 */
export const FUZZ_TIME =
  process.env["PLACARD_DEEP"] === "1" ? 1000 * Number(process.env["PLACARD_FUZZ_SECONDS"] ?? 60) : 500;

/** Whether that is the whole minute, and what goes through all of something goes through all of it. */
export const IS_WHOLE = FUZZ_TIME >= 60_000;
/** Kills in the deep run: all of them, or a third where random input is given less than its minute, as in CI: they add up over many runs. */
export const killsAtLength = (count: number): number => (IS_WHOLE ? count : Math.ceil(count / 3));
