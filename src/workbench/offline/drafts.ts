/** What is being typed, kept on this device until it is sent, for a week at the most. Several members may use one device. */
type Fields = Readonly<Record<string, string>>;
interface Draft {
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly fields: Fields;
}

const DRAFTS = "placard-drafts";
const KEPT_FOR = 7 * 24 * 3_600_000;

/** By member and form. */
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
  return (actor === undefined ? undefined : all()[nameOf(actor, form)])?.fields ?? {};
}

/** Forgets it where nothing is in the fields. */
export function keepDraft(actor: string, form: string, fields: Fields): void {
  const name = nameOf(actor, form);
  const { [name]: _, ...others } = all();
  const isEmpty = Object.values(fields).every((text) => text.trim() === "");
  const drafts = isEmpty ? others : { ...others, [name]: { actor, at: Date.now(), fields } };
  try {
    write(drafts);
  } catch {
    // The device has no room; what is typed stands on the screen.
  }
}

export function hasDrafts(actor: string): boolean {
  return Object.values(all()).some((draft) => draft.actor === actor);
}

/** Erases a member's, and whatever is older than a week. */
export function forgetDrafts(actor?: string): void {
  write(Object.fromEntries(Object.entries(all()).filter(([, draft]) => draft.actor !== actor)));
}

function nameOf(actor: string, form: string): string {
  return `${actor} ${form}`;
}

function write(drafts: Readonly<Record<string, Draft>>): void {
  if (Object.keys(drafts).length === 0) localStorage.removeItem(DRAFTS);
  else localStorage.setItem(DRAFTS, JSON.stringify(drafts));
}
