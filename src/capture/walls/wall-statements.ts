/** What the sentences of a page say that stands in the place of its content. Pure. */
import { LABELS } from "../page/button-words.ts";
import { REPORTED, SIGN_IN_PROVIDERS, STATEMENTS, TRACKING } from "./wall-words.ts";

export type Statement = "login" | "age" | "captcha" | "failed" | "gone";
export type LabelKind = keyof (typeof LABELS)[string];

const LONGEST_SENTENCE = 300;
/** A sentence that says that something is gone says little else. */
const LONGEST_GONE = 160;
const MOST_LEADS = 3;
const LONGEST_LABEL = 80;

const languages = Object.values(STATEMENTS);
const LEAD = pattern(
  `(?:${languages.map(({ lead }) => lead).join("|")})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Hebrew}\\p{Script=Arabic}])`,
);
const SAID = (["captcha", "age", "login", "failed"] as const).map(
  (name) => [name, pattern(languages.flatMap((language) => language[name]).join("|"))] as const,
);
const GONE = languages.map(({ gone: [thing, fate] }) => ({ thing: anywhere(thing), fate: anywhere(fate) }));
/** Complete without a thing. */
const NOT_FOUND = /^(?:error )?(?:404|410)\b|^(?:not found|gone)$/u;
/** A person's own voice: sites say "we". */
const SELF =
  /(?<!\p{L})(?:i|i'm|i've|my|me|ich|mein\p{L}*|mich|je|j'ai|mon|mes|yo|mi|mis|io|mio|mia|eu|meu|minha|ik|mijn|moj\p{L}*|я|мои|моя|мою|моеи|меня|мене|мію|benim|שלי|אני|私|僕|我)(?!\p{L})/u;
const REPORTS = anywhere(
  `(?<!\\p{L})(?:${REPORTED})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Hebrew}\\p{Script=Arabic}])`,
);
const NOT_SO = /\b(?:not|n't|never) (?:been )?(?:deleted|removed|suspended)\b/u;
const END = /(?<=[.!?。！？؟])\s*|[|•·]|\s[–—-]\s/u;
const END_OR_COLON = /(?<=[.!?。！？؟])\s*|[|•·]|\s[–—-]\s|:\s|：/u;
const LOADING = pattern(`(?:${languages.map(({ loading }) => loading).join("|")})[\\s\\p{P}\\p{S}]*$`);
const WHOLE = Object.fromEntries(
  (["accept", "refuse", "settings", "reveal", "more"] as const).map((kind) => [
    kind,
    pattern(
      `(?:${Object.values(LABELS)
        .map((language) => language[kind])
        .join("|")})$`,
    ),
  ]),
) as Readonly<Record<LabelKind, RegExp>>;
const PROVIDER = anywhere(`(?:^|[^\\p{L}])(?:${SIGN_IN_PROVIDERS})`);
const SPEAKS_OF_TRACKING = anywhere(TRACKING);

/** Source for a regular expression over text as it stands in a page. */
export const TRACKING_SOURCE = TRACKING;

/** One spelling of what means one thing: case, accents, vowel points, apostrophes and white space do not count. */
export function foldWords(text: string): string {
  return unaccented(text.normalize("NFKC").toLowerCase())
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/\s+/gu, " ")
    .trim();
}

function unaccented(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\p{M}\u0640\u200b-\u200f\u2060-\u2069]/gu, "")
    .replace(/ł/gu, "l")
    .replace(/ı/gu, "i")
    .replace(/ø/gu, "o");
}

function anywhere(source: string): RegExp {
  return new RegExp(unaccented(source.normalize("NFKC")), "u");
}

function pattern(source: string): RegExp {
  return new RegExp(`^(?:${unaccented(source.normalize("NFKC"))})`, "u");
}

/** What a line of a page says, sentence by sentence. What stands in quotation marks is not what the page says. */
export function saysOf(line: string): ReadonlySet<Statement> {
  const said = new Set<Statement>();
  for (const sentence of sentences(line)) {
    if (REPORTS.test(sentence)) continue;
    for (const form of withoutLeads(sentence)) {
      for (const [name, words] of SAID) if (words.test(form)) said.add(name);
      if (isGone(form)) said.add("gone");
    }
  }
  return said;
}

function sentences(line: string): readonly string[] {
  const unquoted = line
    .slice(0, 10 * LONGEST_SENTENCE)
    .replace(/[“„«「『"][^“”„«»「」『』"]{0,300}[”“"»」』]/gu, " … ")
    .replace(/(^|\s)['‘][^\n]{8,200}?['’](?=[\s.,;:?!]|$)/gu, " … ");
  const folded = foldWords(unquoted);
  // What comes behind a colon is said by the page, or by whoever is reported.
  const ends = REPORTS.test(folded) ? END : END_OR_COLON;
  return folded
    .split(ends)
    .map((sentence) =>
      sentence
        .replace(/^[\s\p{Extended_Pictographic}\p{P}]+(?!\.\.)/u, "")
        .replace(/[\s.!]+$/u, "")
        .slice(0, LONGEST_SENTENCE),
    )
    .filter((sentence) => sentence !== "" && !/[“„«「"”»」]/u.test(sentence));
}

/** The sentence, and what is left of it without "Sorry," and its like. */
function withoutLeads(sentence: string): readonly string[] {
  const forms = [sentence];
  for (let i = 0; i < MOST_LEADS; i++) {
    const shorter = (forms.at(-1) as string).replace(LEAD, "").replace(/^[\s\p{P}\p{S}]+/u, "");
    if (shorter === forms.at(-1) || shorter === "") break;
    forms.push(shorter);
  }
  return forms;
}

function isGone(sentence: string): boolean {
  if (NOT_FOUND.test(sentence)) return true;
  if (sentence.length > LONGEST_GONE || /[?？؟]$/u.test(sentence) || SELF.test(sentence) || NOT_SO.test(sentence))
    return false;
  return GONE.some(({ thing, fate }) => thing.test(sentence) && fate.test(sentence));
}

/** Whether a line names a post, or what else can be gone. */
export function namesPost(line: string): boolean {
  const folded = foldWords(line.slice(0, LONGEST_SENTENCE));
  return GONE.some(({ thing }) => thing.test(folded));
}

/** Whether all it says is that more is to come. */
export function isLoading(line: string): boolean {
  return LOADING.test(foldWords(line).replace(/^[\s\p{P}\p{S}]+/u, ""));
}

/** Whether the whole label of a button is of this kind. */
export function isLabel(kind: LabelKind, label: string): boolean {
  const folded = foldWords(label)
    .replace(/[\s\p{Extended_Pictographic}>›»→↓▼▾.!×✕✓✔]+$/u, "")
    .replace(/^[\s\p{Extended_Pictographic}✓✔×✕]+/u, "");
  return folded !== "" && folded.length <= LONGEST_LABEL && WHOLE[kind].test(folded);
}

/** Whether a button signs in by way of another site. */
export function namesProvider(label: string): boolean {
  return label.length < 50 && PROVIDER.test(foldWords(label));
}

export function speaksOfTracking(text: string): boolean {
  return SPEAKS_OF_TRACKING.test(foldWords(text));
}
