/** A record's context for captures without the pauses that spare other people's servers. */
import type { RecordContext } from "../src/app/context.ts";

export function withoutPauses(
  context: RecordContext,
  capture: Partial<RecordContext["settings"]["capture"]> = {},
): RecordContext {
  const { settings } = context;
  return { ...context, settings: { ...settings, capture: { ...settings.capture, ...capture, gapSeconds: 0 } } };
}
