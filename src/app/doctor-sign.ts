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
}

export const well = (what: string, why: string): Sign => ({ what, state: "well", why });
export const note = (what: string, why: string, next?: string): Sign => sign("note", what, why, next);
export const wrong = (what: string, why: string, next?: string): Sign => sign("wrong", what, why, next);

function sign(state: Sign["state"], what: string, why: string, next: string | undefined): Sign {
  return { what, state, why, ...(next === undefined ? {} : { next }) };
}
