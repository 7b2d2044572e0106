/** Which names are taken out of what a session's captures hand out: given by the user, who alone knows what the site shows. */
import { canBeHidden, LONGEST_HIDDEN, MOST_HIDDEN } from "../capture/sign-in/state.ts";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

export { LONGEST_HIDDEN, MOST_HIDDEN };

export interface Hiding {
  /** What the site calls the user. */
  readonly hide?: readonly string[];
  /** Said in so many words that it shows no name: nothing to hide must never be what was only forgotten. */
  readonly hideNothing?: boolean;
}

/** Throws `usage` where it is not said, or said twice over, and for names that cannot be looked for. */
export function namesToHide({ hide = [], hideNothing = false }: Hiding): readonly string[] {
  const names = hide.map((name) => name.trim());
  if (names.length === 0 && !hideNothing) throw new PlacardError("usage", say("hide_what"), { next: say("hide_how") });
  if (names.length > 0 && hideNothing) throw new PlacardError("usage", say("hide_or_nothing"));
  const short = names.find((name) => !canBeHidden(name));
  if (short !== undefined) {
    throw new PlacardError("usage", say("name_too_short", { name: JSON.stringify(short) }), {
      next: say("hide_longer"),
    });
  }
  if (names.length > MOST_HIDDEN || names.some((name) => name.length > LONGEST_HIDDEN)) {
    throw new PlacardError("usage", say("names_to_hide", { count: MOST_HIDDEN, length: LONGEST_HIDDEN }));
  }
  return names;
}
