/**
 * Whether a mail says of itself that a machine wrote it. It decides nothing: whatever it finds is told as what the mail says, and until two members
 * agree that a machine wrote it, it counts as something that came.
 */

export interface Sign {
  /** The header that says so, in lower case, or `subject`. */
  readonly source: string;
  readonly says: string;
}

type Header = (name: string) => string | undefined;

/** RFC 3834 §5, and what servers and older programs write instead. */
const SIGNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["auto-submitted", /^\s*(?!no\b)\S/i],
  ["x-autoreply", /^\s*(?!no\b)\S/i],
  ["x-autorespond", /\S/],
  ["x-autoresponder", /\S/],
  ["x-auto-reply", /\S/],
  ["precedence", /^\s*auto[_-]?reply\b/i],
  ["x-precedence", /^\s*auto[_-]?reply\b/i],
  ["return-path", /^\s*<\s*>\s*$/],
];

/** Each is written by people, too; two of them together are a sign. */
const HINTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["x-auto-response-suppress", /\b(?:all|oof|autoreply)\b/i],
  ["precedence", /^\s*(?:bulk|junk)\b/i],
  [
    "subject",
    /^\s*(?:(?:re|aw|sv):\s*)?(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|abwesenheit|réponse automatique|respuesta automática|תשובה אוטומטית|מענה אוטומטי|הודעת היעדרות)/i,
  ],
];

/** What says so; empty where nothing does. */
export function automaticSigns(header: Header): readonly Sign[] {
  const found = (signs: typeof SIGNS): readonly Sign[] =>
    signs.flatMap(([source, pattern]) => {
      const says = header(source);
      return says !== undefined && pattern.test(says) ? [{ source, says: says.trim().slice(0, 200) }] : [];
    });
  const [signs, hints] = [found(SIGNS), found(HINTS)];
  return signs.length > 0 || hints.length > 1 ? [...signs, ...hints] : [];
}
