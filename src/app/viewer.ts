/** Who looks: a guest sees what may be handed out to anybody, and no notes. */
import type { Json } from "../lib/json.ts";
import { heldBack, neverShown, shareableFacts } from "./held-back.ts";

export interface Viewer {
  readonly isGuest: boolean;
}

type Fields = Readonly<Record<string, Json>>;

/** The group's own remarks. */
const REMARKS: ReadonlySet<string> = new Set(["note", "case"]);

/** What of an act this person is shown. */
export function fieldsFor(fields: Fields, { isGuest }: Viewer): Fields {
  if (!isGuest) return without(fields, new Set(neverShown(fields)));
  const told = new Set(Object.keys(shareableFacts({ shared: fields["shared"] ?? null })));
  const held = heldBack(fields).filter((name) => !told.has(name));
  return without(shareableFacts(fields), new Set([...held, ...neverShown(fields), ...REMARKS, "shared"]));
}

/** The group's own remarks in an act, which no guest is told, in a proof neither. */
export function remarksIn(fields: Fields, { isGuest }: Viewer): readonly string[] {
  return isGuest ? Object.keys(fields).filter((name) => REMARKS.has(name)) : [];
}

function without(fields: Fields, names: ReadonlySet<string>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}
