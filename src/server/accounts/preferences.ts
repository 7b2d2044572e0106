/** How a member wants things shown. Kept with the account, so that it is the same on each of their devices. */
import type { DatabaseSync } from "node:sqlite";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export const LANGUAGES = ["en", "he"] as const;
export const MOTIONS = ["system", "reduced"] as const;

export interface Preferences {
  /** Pictures and text of posts, until asked for. */
  readonly blur: boolean;
  readonly grey: boolean;
  readonly mute: boolean;
  readonly theme: (typeof THEMES)[number];
  readonly language: (typeof LANGUAGES)[number];
  readonly motion: (typeof MOTIONS)[number];
  /** Uncovered posts after which a break is suggested; 0 for never. How many there were, the server is not told. */
  readonly breakAfter: number;
}

/** Until chosen otherwise, nothing shows itself unasked. */
const AT_FIRST: Preferences = {
  blur: true,
  grey: true,
  mute: true,
  theme: "system",
  language: "en",
  motion: "system",
  breakAfter: 20,
};

export type Choice = { readonly [Key in keyof Preferences]?: Preferences[Key] | undefined };

export interface PreferenceStore {
  of(member: string): Preferences;
  choose(member: string, choice: Choice): Preferences;
}

export function openPreferences(raw: DatabaseSync): PreferenceStore {
  const select = raw.prepare("SELECT chosen FROM preferences WHERE member = ?");
  const replace = raw.prepare("INSERT OR REPLACE INTO preferences (member, chosen) VALUES (?, ?)");
  const of = (member: string): Preferences => {
    const chosen = select.get(member)?.["chosen"];
    return chosen === undefined ? AT_FIRST : { ...AT_FIRST, ...(JSON.parse(String(chosen)) as Choice as Preferences) };
  };
  return {
    of,
    choose: (member, choice) => {
      const told = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
      const now: Preferences = { ...of(member), ...told };
      replace.run(member, JSON.stringify(now));
      return now;
    },
  };
}
