/** A letter about a question, as the lines it is made of; as plain text here, as HTML in src/app/ask. */
import { fillIn } from "../../lib/told.ts";
import { type ActOf, PROMISE } from "../acts.ts";
import { dayInWords, zoneInWords } from "../days.ts";
import { en, type LetterWords } from "./words-en.ts";
import { he } from "./words-he.ts";

const WORDS = { en, he } as const;
/** The promise is sealed in English; whoever reads another language reads it in both. */
const PROMISE_IN = { en: PROMISE, he: `התשובה תתפרסם במלואה. (\u2068${PROMISE}\u2069)` } as const;

export interface Letterhead {
  readonly group: string;
  /** Who signs for it. */
  readonly writer: string;
  /** Replies go there; the question's own, so that they find it. None where the group has no mail account. */
  readonly mail?: string;
  readonly post?: string;
  /** Opens the office-holder's own page, where there is one; nobody else gets it. */
  readonly link?: string;
}

export interface LetterOptions extends Letterhead {
  /** The day it is written. */
  readonly on: string;
  readonly by: string;
  /** Which it is, the first being 1. */
  readonly number: number;
  /** Where each exhibit is to be seen, where it is public. */
  readonly exhibits: readonly { readonly id: string; readonly url?: string }[];
  /** The day of the first letter, in a reminder. */
  readonly firstOn?: string;
}

export type Block =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "quote" | "list"; readonly lines: readonly string[] };

export interface LetterText {
  readonly language: "en" | "he";
  readonly subject: string;
  /** To whom, a line each. */
  readonly address: readonly string[];
  readonly date: string;
  readonly blocks: readonly Block[];
}

type Asked = ActOf<"asked">;

/** The first letter, or a reminder. */
export function questionLetter(asked: Asked, options: LetterOptions): LetterText {
  const words = WORDS[asked.language];
  const { group, firstOn, number } = options;
  const askedOn = firstOn === undefined ? "" : dayInWords(firstOn, words);
  const opening = firstOn === undefined ? words.opening[asked.kind] : words.opening.reminder;
  const first = { question: words.subject.first, request: words.subject.request, invitation: words.subject.invitation };
  const filled = { group, office: officeOf(asked), asked: askedOn };
  const line = lineIn(words);
  const reminder = [line(words.count, { number, most: asked.mostLetters })];
  return {
    ...envelope(asked, options.on),
    subject: put(words, firstOn === undefined ? first[asked.kind] : words.subject.reminder, filled),
    blocks: [
      line(words.greeting, { name: asked.to.person.name }),
      line(opening, filled),
      ...forumLines(asked, words),
      { kind: "quote", lines: paragraphs(asked.text) },
      ...exhibitLines(options.exhibits, words),
      line(words.by, {
        day: dayInWords(options.by, { tag: words.tag, weekday: true }),
        zone: zoneInWords(asked.timeZone, options.by, words.tag),
      }),
      line(words.promise.lead),
      { kind: "quote", lines: [PROMISE_IN[asked.language]] },
      line(words.promise.held),
      line(words.promise.none),
      ...howToReply(options, words),
      ...(firstOn === undefined ? [] : reminder),
      ...closing(options, words),
    ],
  };
}

/** That a reply came, and what happens with it. */
export function thanksLetter(
  asked: Asked,
  options: Letterhead & {
    readonly link: string;
    readonly on: string;
    readonly cameOn: string;
    readonly page: string;
  },
): LetterText {
  const words = WORDS[asked.language];
  const line = lineIn(words);
  return {
    ...envelope(asked, options.on),
    subject: words.subject.thanks,
    blocks: [
      line(words.greeting, { name: asked.to.person.name }),
      line(words.opening.thanks, { came: dayInWords(options.cameOn, words) }),
      line(words.published, { link: options.page }),
      line(words.classing, { link: options.link }),
      ...closing(options, words),
    ],
  };
}

function envelope(asked: Asked, on: string): Pick<LetterText, "language" | "address" | "date"> {
  const { person, post, organization } = asked.to;
  return {
    language: asked.language,
    address: [person.name, post.label, organization.name],
    date: dayInWords(on, WORDS[asked.language]),
  };
}

const officeOf = ({ to }: Asked): string => `${to.post.label}, ${to.organization.name}`;

/** In Hebrew each value is set apart, so that a name or an address turns no sentence round; an address to be followed stands as it is. */
function put({ tag }: LetterWords, text: string, values: Readonly<Record<string, string | number>>): string {
  return fillIn(text, values, (value) =>
    tag === "en-GB" || /^https?:/.test(String(value)) ? String(value) : `\u2068${value}\u2069`,
  );
}

const lineIn =
  (words: LetterWords) =>
  (text: string, values: Readonly<Record<string, string | number>> = {}): Block => ({
    kind: "line",
    text: put(words, text, values),
  });

const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n+/)
    .map((one) => one.trim())
    .filter(Boolean);

function forumLines({ forum, timeZone }: Asked, all: LetterWords): readonly Block[] {
  if (forum === undefined) return [];
  const { forum: words, tag } = all;
  const when = put(all, words.when, {
    day: dayInWords(forum.on, { tag, weekday: true }),
    clock: forum.startsAt,
    zone: zoneInWords(timeZone, forum.on, tag),
  });
  const lines = [when, put(all, words.where, { place: forum.place }), put(all, words.chair, { chair: forum.chair })];
  return [{ kind: "list", lines }, lineIn(all)(words.calendar)];
}

function exhibitLines(exhibits: LetterOptions["exhibits"], words: LetterWords): readonly Block[] {
  if (exhibits.length === 0) return [];
  const { one, other } = words.exhibits;
  return [
    lineIn(words)(exhibits.length === 1 ? one : other, { count: exhibits.length }),
    { kind: "list", lines: exhibits.map(({ id, url }) => (url === undefined ? id : `${id}: ${url}`)) },
  ];
}

function howToReply({ mail, post, link }: Letterhead, words: LetterWords): readonly Block[] {
  const { reply } = words;
  const line = lineIn(words);
  const ways = [
    ...(mail === undefined ? [] : [put(words, reply.mail, { address: mail })]),
    ...(post === undefined ? [] : [put(words, reply.post, { address: post })]),
    ...(link === undefined ? [] : [put(words, reply.link, { link })]),
  ];
  return [line(reply.lead), { kind: "list", lines: ways }, ...(link === undefined ? [] : [line(reply.page)])];
}

const closing = ({ writer, group }: Letterhead, words: LetterWords): readonly Block[] => [
  lineIn(words)(words.closing),
  { kind: "list", lines: [writer, put(words, words.signed, { group })] },
];

/** For an e-mail that is read anywhere. */
export function letterAsText({ address, date, blocks }: LetterText): string {
  const parts = blocks.map((block) => {
    if (block.kind === "line") return block.text;
    return block.lines.map((one) => `    ${one}`).join("\n");
  });
  return `${[address.join("\n"), date, ...parts].join("\n\n")}\n`;
}
