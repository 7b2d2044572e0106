/**
 * Which questions the site shows, and what of them. As with exhibits, nothing stands there by one person alone: a question is public once a
 * letter went out that another member agreed to than asked it; what a member typed as a reply, once another has classed or confirmed it. What
 * came by e-mail is taken in as it came, and is there at once.
 */
import type { ReplyClass } from "../../ask/acts.ts";
import { dayInWords } from "../../ask/days.ts";
import type { Question, Reply } from "../../ask/fold.ts";
import { type Letter, wentOut } from "../../ask/letters.ts";
import type { Status } from "../../ask/status.ts";
import { fillIn, listIn, type Told, type Value } from "../../lib/told.ts";
import type { InEach, SiteQuestion, ThreadEntry } from "../../show/site/content.ts";
import { type AskedQuestion, listQuestions } from "../ask/questions.ts";
import type { RecordContext } from "../context.ts";
import { STATUS_HE } from "./status-he.ts";

const LONGEST_TITLE = 90;

/** The newest first. `shown`: ids of exhibits that are public. */
export async function siteQuestions(
  context: RecordContext,
  shown: ReadonlySet<string>,
): Promise<readonly SiteQuestion[]> {
  return (await listQuestions(context)).flatMap((one) => (isPublic(one.question) ? [siteQuestion(one, shown)] : []));
}

function isPublic({ asked, letters }: Question): boolean {
  return letters
    .filter(wentOut)
    .some(({ act }) => asked.actor !== undefined && act.actor !== undefined && act.actor !== asked.actor);
}

function siteQuestion({ question, status }: AskedQuestion, shown: ReadonlySet<string>): SiteQuestion {
  const { id, asked, letters } = question;
  const out = letters.filter(wentOut);
  const { person, post, organization } = asked.to;
  return {
    key: id.toLowerCase(),
    title: titleOf(asked.text),
    askedOf: `${person.name}, ${post.label}, ${organization.name}`,
    askedAt: out.map(wentAt).toSorted()[0] ?? "",
    by: asked.by,
    status: statusSaid(question, status),
    text: paragraphs(asked.text),
    exhibits: asked.exhibits.filter((exhibit) => shown.has(exhibit)),
    thread: [...out.map(letterEntry), ...question.replies.map(replyEntry)].toSorted((a, b) =>
      a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
    ),
  };
}

function titleOf(text: string): string {
  const [line = ""] = text.split("\n");
  const letters = Array.from(line);
  return letters.length <= LONGEST_TITLE ? line : `${letters.slice(0, LONGEST_TITLE - 1).join("")}…`;
}

function paragraphs(text: string): readonly string[] {
  return text.split(/\n\s*\n/).filter((part) => part.trim() !== "");
}

const CHANNELS = {
  email: { en: "A letter, by e-mail", he: "מכתב בדואר אלקטרוני" },
  post: { en: "A letter, by post", he: "מכתב בדואר" },
  handed: { en: "A letter, handed over", he: "מכתב שנמסר ביד" },
  public: { en: "Asked in public", he: "שאלה בפומבי" },
} as const satisfies Readonly<Record<Letter["act"]["channel"], InEach>>;

function letterEntry(letter: Letter): ThreadEntry {
  return { at: wentAt(letter), what: CHANNELS[letter.act.channel] };
}

/** When it is first known to have gone out (RFC 3339). */
function wentAt({ carried }: Letter): string {
  const known = carried.filter(({ state }) => !["uncertain", "cancelled"].includes(state));
  return new Date(Math.min(...known.map(({ at }) => Date.parse(at)))).toISOString();
}

const CAME = { en: "What came back", he: "מה שהתקבל" };
const WAITS = {
  en: "Something came back. A second member has yet to look at it before it is shown here, whole.",
  he: "משהו התקבל. אדם שני בקבוצה עוד צריך לבדוק אותו לפני שיוצג כאן במלואו.",
};
const WITHDRAWN = { en: "We withdrew the question on {cameOn}.", he: "חזרנו בנו מהשאלה ב־{cameOn}." };
/** Of somebody else's letter nothing is anybody's business. */
const NOT_THEIRS: readonly (ReplyClass | undefined)[] = ["unrelated"];

function replyEntry(reply: Reply): ThreadEntry {
  const at = new Date(reply.act.at).toISOString();
  if (!isShown(reply)) return { at, what: WAITS };
  if (NOT_THEIRS.includes(reply.as)) return { at, what: CAME };
  return { at, what: CAME, text: paragraphs(reply.act.text ?? "") };
}

const isShown = ({ act, as }: Reply): boolean =>
  as !== undefined || (act.channel === "email" && act.message !== undefined);

function statusSaid({ replies }: Question, { code, said, beside }: Status): InEach {
  const told = code === "replyCame" && replies.some((reply) => !isShown(reply)) ? WAITS : inEach(said);
  const all = [told, ...beside.filter((one) => !isOfUnshown(one, replies)).map(inEach)];
  return { en: all.map(({ en }) => en).join(" "), he: all.map(({ he }) => he).join(" ") };
}

/** Says that it is published here, which it is not yet. */
function isOfUnshown({ code }: Told, replies: readonly Reply[]): boolean {
  return code.endsWith("_came") && replies.some((reply) => !isShown(reply));
}

/** Why a question was withdrawn is one member's words. */
function inEach(said: Told): InEach {
  if (said.code !== "status_withdrawn") return { en: said.text, he: inHebrew(said) };
  const day = String(said.values?.["cameOn"] ?? "");
  return {
    en: WITHDRAWN.en.replace("{cameOn}", dayInWords(day)),
    he: WITHDRAWN.he.replace("{cameOn}", hebrewDay(day)),
  };
}

const hebrewDay = (day: string): string => dayInWords(day, { tag: "he-IL" });

/** Names that end in `On` are days. */
function inHebrew({ code, text, values = {} }: Told): string {
  const sentence = STATUS_HE[code];
  if (sentence === undefined) return text;
  const each = Object.entries(values).map(([name, value]) => [name, valueInHebrew(name, value)]);
  return fillIn(sentence, Object.fromEntries(each) as Readonly<Record<string, string>>);
}

function valueInHebrew(name: string, value: Value): string {
  if (typeof value === "object" && !("code" in value))
    return listIn(
      "he",
      value.map((one) => valueInHebrew(name, one)),
    );
  if (typeof value === "object") return inHebrew(value as Told);
  return name.endsWith("On") ? hebrewDay(String(value)) : String(value);
}
