/** What the workbench's settings are seen, changed and tried with. */
import { changeSettings, type SeenSettings, type SettingsChange, seeSettings } from "./change-settings.ts";
import type { RecordContext } from "./context.ts";
import type { Settings, TimestampAuthority } from "./settings.ts";
import type { TriedAuthority, TryOptions } from "./try-attester.ts";

export { CAPTURE_BOUNDS, HOUSE_LANGUAGES } from "./settings.ts";
export type { SeenSettings, SettingsChange, TriedAuthority };

export interface SettingUp {
  see(): SeenSettings;
  /** Durable when it resolves, and in force at once. Throws `usage`, `conflict`, `malformed`, `storage`. */
  change(change: SettingsChange, options: Parameters<typeof changeSettings>[2]): Promise<SeenSettings>;
  /** Throws `usage`, `remote`, `cancelled`. */
  tryAuthority(authority: TimestampAuthority, options: TryOptions): Promise<TriedAuthority>;
  tryWitness(
    witness: Settings["witnesses"][number],
    options: TryOptions,
  ): Promise<{ readonly time: string; readonly name: string }>;
}

export function settingUpIn(context: RecordContext): SettingUp {
  return {
    see: () => seeSettings(context),
    change: (change, options) => changeSettings(context, change, options),
    tryAuthority: async (authority, options) =>
      (await import("./try-attester.ts")).tryAuthority(context, authority, options),
    tryWitness: async (witness, options) => (await import("./try-attester.ts")).tryWitness(context, witness, options),
  };
}
