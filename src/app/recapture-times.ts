/** When an exhibit is to be looked at again. */
export { parseDurations as parseTimes } from "../agenda/durations.ts";
