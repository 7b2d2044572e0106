/** What is being typed, kept on this device until it is sent, for a week at the most. */
type Fields = Readonly<Record<string, string>>;
interface Draft {
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly fields: Fields;
}

const DRAFTS = "placard-drafts";
const KEPT_FOR = 7 * 24 * 3_600_000;

function all(): Readonly<Record<string, Draft>> {
  try {
    const kept = JSON.parse(localStorage.getItem(DRAFTS) ?? "{}") as Readonly<Record<string, Draft>>;
    return Object.fromEntries(Object.entries(kept).filter(([, { at }]) => Date.now() - at < KEPT_FOR));
  } catch {
    return {};
  }
}

/** What `actor` had typed into the form of this name. */
export function draftOf(actor: string | undefined, form: string): Fields {
  const draft = all()[form];
  return draft !== undefined && draft.actor === actor ? draft.fields : {};
}

/** Forgets it where nothing is in the fields. */
export function keepDraft(actor: string, form: string, fields: Fields): void {
  const { [form]: _, ...others } = all();
  const isEmpty = Object.values(fields).every((text) => text.trim() === "");
  const drafts = isEmpty ? others : { ...others, [form]: { actor, at: Date.now(), fields } };
  try {
    localStorage.setItem(DRAFTS, JSON.stringify(drafts));
  } catch {
    // The device has no room; what is typed stands on the screen.
  }
}

export function forgetDrafts(): void {
  localStorage.removeItem(DRAFTS);
}
