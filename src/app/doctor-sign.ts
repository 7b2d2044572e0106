import type { PlacardError } from "../lib/error.ts";
import { type Coded, codedOf, type Told, textOf } from "../lib/told.ts";

/** One thing that `placard doctor` looked at. */
export interface Sign {
  /** "browser", "sandbox", "byte record", "fonts", "disk", "clock", "record", "keys", "settings", "attesters". */
  readonly what: string;
  /** `note`: works, with less than there could be, or could not be looked at. */
  readonly state: "well" | "note" | "wrong";
  /** One or two plain sentences. */
  readonly why: string;
  /** What to do about it. */
  readonly next?: string;
  /** `why` and `next` for other languages. */
  readonly told?: Coded;
  readonly toldNext?: Coded;
}

type Sentence = string | Told;

export const well = (what: string, why: Sentence): Sign => sign("well", what, why, undefined);
export const note = (what: string, why: Sentence, next?: Sentence): Sign => sign("note", what, why, next);
export const wrong = (what: string, why: Sentence, next?: Sentence): Sign => sign("wrong", what, why, next);

/** What was thrown is what is wrong. */
export function troubled(what: string, { message, next, told, toldNext }: PlacardError): Sign {
  return wrong(what, told ?? message, toldNext ?? next);
}

function sign(state: Sign["state"], what: string, why: Sentence, next: Sentence | undefined): Sign {
  const [told, toldNext] = [codedOf(why), codedOf(next)];
  return {
    what,
    state,
    why: textOf(why),
    ...(next === undefined ? {} : { next: textOf(next) }),
    ...(told === undefined ? {} : { told }),
    ...(toldNext === undefined ? {} : { toldNext }),
  };
}
