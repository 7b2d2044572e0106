/** How a member wants things shown. Kept with the account, so that it is the same on each of their devices. */
import type { DatabaseSync } from "node:sqlite";
import { HOUSE_LANGUAGES } from "../../app/setting-up.ts";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export const MOTIONS = ["system", "reduced"] as const;

export interface Preferences {
  /** Pictures and text of posts, until asked for. */
  readonly blur: boolean;
  readonly grey: boolean;
  readonly mute: boolean;
  readonly theme: (typeof THEMES)[number];
  readonly language: (typeof HOUSE_LANGUAGES)[number];
  readonly motion: (typeof MOTIONS)[number];
  /** Uncovered posts after which a break is suggested; 0 for never. How many there were, the server is not told. */
  readonly breakAfter: number;
}

/** Until chosen otherwise, nothing shows itself unasked. */
const AT_FIRST: Omit<Preferences, "language"> = {
  blur: true,
  grey: true,
  mute: true,
  theme: "system",
  motion: "system",
  breakAfter: 20,
};

export type Choice = { readonly [Key in keyof Preferences]?: Preferences[Key] | undefined };

export interface PreferenceStore {
  of(member: string): Preferences;
  choose(member: string, choice: Choice): Preferences;
}

/** `language`: the house's, for who has chosen none. */
export function openPreferences(raw: DatabaseSync, language: () => Preferences["language"]): PreferenceStore {
  const select = raw.prepare("SELECT chosen FROM preferences WHERE member = ?");
  const replace = raw.prepare("INSERT OR REPLACE INTO preferences (member, chosen) VALUES (?, ?)");
  const chosenBy = (member: string): Partial<Preferences> => {
    const chosen = select.get(member)?.["chosen"];
    return chosen === undefined ? {} : (JSON.parse(String(chosen)) as Partial<Preferences>);
  };
  const of = (member: string): Preferences => ({ ...AT_FIRST, language: language(), ...chosenBy(member) });
  return {
    of,
    choose: (member, choice) => {
      const told = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
      // Only what was chosen: the rest goes on to follow the house.
      replace.run(member, JSON.stringify({ ...chosenBy(member), ...told }));
      return of(member);
    },
  };
}
