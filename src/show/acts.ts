/**
 * What can happen to an exhibit on its way to the public (docs/formats/publication.md). Each is an act of its own about the exhibit; what
 * follows from them is in fold.ts.
 */
import { isJsonObject, type Json } from "../lib/json.ts";
import { HOLDS, type HoldKind, WITHDRAWALS, type WithdrawalKind } from "./rules.ts";

/** Erased with the exhibit: they say what is in it, or whom it is about. */
export const PREPARING_ACTS = [
  "redacted",
  "cleared",
  "reasoned",
  "held",
  "released",
  "approved",
  "corrected",
  "confirmed",
] as const;
/** That it was public and is not any more stays told when it is erased. */
export const PUBLIC_ACTS = ["published", "withdrawn"] as const;

type Kind = (typeof PREPARING_ACTS)[number] | (typeof PUBLIC_ACTS)[number];

/** A slur that is shown in full, and why. */
export interface Unmasked {
  readonly word: string;
  readonly why: string;
}

/** What an act says besides which exhibit it is about, and who did it. Ids are those of other acts about the same exhibit. */
export interface Saying {
  readonly redacted: Record<never, never>;
  /** Somebody looked at what that redaction leaves. */
  readonly cleared: { readonly redaction: string };
  readonly reasoned: {
    readonly note: string;
    /** Words that are masked besides those of the list. */
    readonly masked: readonly string[];
    readonly unmasked: readonly Unmasked[];
  };
  /** `until`: RFC 3339, of a hold that ends by itself. */
  readonly held: { readonly hold: HoldKind; readonly why: string; readonly until?: string };
  readonly released: { readonly held: string; readonly why: string };
  readonly approved: { readonly cleared: string; readonly note: string };
  readonly published: { readonly approval: string };
  readonly corrected: { readonly what: string; readonly why: string };
  /** Of another's correction: only then is it public. */
  readonly confirmed: { readonly correction: string };
  readonly withdrawn: { readonly because: WithdrawalKind };
}

interface About {
  readonly id: string;
  readonly position: number;
  /** RFC 3339. */
  readonly at: string;
  /** Pseudonym of who did it; null where nobody says. */
  readonly actor: string | null;
}

export type GateAct = { readonly [K in Kind]: About & { readonly act: K } & Saying[K] }[Kind];

/** Of an act of another kind, or one that does not say what it must, undefined: it moves nothing. */
export function gateActOf(act: string, about: About, said: Readonly<Record<string, Json>>): GateAct | undefined {
  const read = READERS[act as Kind];
  const saying = Object.hasOwn(READERS, act) ? read(said) : undefined;
  return saying === undefined ? undefined : ({ ...about, act, ...saying } as GateAct);
}

/** What the index keeps of one, so that an exhibit's standing is told without opening its acts. */
export function sayingIn(act: string, fields: Readonly<Record<string, Json>>): string | null {
  const found = Object.hasOwn(READERS, act) ? READERS[act as Kind](fields) : undefined;
  return found === undefined ? null : JSON.stringify(found);
}

type Fields = Readonly<Record<string, Json>>;

const READERS: { readonly [K in Kind]: (fields: Fields) => Saying[K] | undefined } = {
  redacted: () => ({}),
  cleared: texts("redaction"),
  reasoned: ({ note, masked, unmasked }) =>
    typeof note === "string"
      ? { note, masked: listOf(masked).filter((one) => typeof one === "string"), unmasked: unmaskedIn(unmasked) }
      : undefined,
  held: ({ hold, why, until }) =>
    isOneOf(HOLDS, hold) && typeof why === "string"
      ? { hold, why, ...(typeof until === "string" && !Number.isNaN(Date.parse(until)) ? { until } : {}) }
      : undefined,
  released: texts("held", "why"),
  approved: texts("cleared", "note"),
  published: texts("approval"),
  corrected: texts("what", "why"),
  confirmed: texts("correction"),
  withdrawn: ({ because }) => (isOneOf(WITHDRAWALS, because) ? { because } : undefined),
};

function texts<Name extends string>(...names: readonly Name[]) {
  return (fields: Fields): { readonly [N in Name]: string } | undefined => {
    const all = names.map((name) => [name, fields[name]] as const);
    if (!all.every(([, value]) => typeof value === "string")) return undefined;
    return Object.fromEntries(all) as { [N in Name]: string };
  };
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function unmaskedIn(value: Json | undefined): readonly Unmasked[] {
  return listOf(value).flatMap((one) => {
    const { word, why } = isJsonObject(one) ? one : {};
    return typeof word === "string" && typeof why === "string" ? [{ word, why }] : [];
  });
}

function isOneOf<Table extends object>(table: Table, value: Json | undefined): value is keyof Table & string {
  return typeof value === "string" && Object.hasOwn(table, value);
}
