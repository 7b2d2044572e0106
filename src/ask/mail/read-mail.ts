/**
 * Reads a mail as it came (RFC 5322): from whom it says it is, when, what it says, what hangs on it, and what it is. Made for mail that means harm: it is bounded
 * before it is read, nothing in it is run, opened, unpacked or fetched, and a mail within a mail stays a file.
 */
import { type Attachment, type ParsedMail, parseAddressHeader, simpleParser } from "mailparser";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { automaticSigns, type Sign } from "./automatic.ts";
import { type DeliveryReports, messageIdIn, readDeliveryReports } from "./delivery-report.ts";
import { plainTextOf, remotePicturesIn, tidy } from "./plain-text.ts";

export const LARGEST_MAIL = 25 * 1024 * 1024;
const LARGEST_HEAD = 256 * 1024;
const MOST_HEADERS = 1000;
const MOST_PARTS = 100;
const MOST_IDS = 100;
const MOST_ADDRESSES = 100;
const LONGEST_TEXT = 2_000_000;

export interface MailFile {
  /** As the mail names it, without folders; never used as a path. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface Mail {
  readonly from: readonly Mailbox[];
  /** Everybody it was addressed to, and the address it arrived at, in lower case. */
  readonly to: readonly string[];
  readonly subject: string;
  /** What it says of when it was written, milliseconds since 1970; anybody can write any time there. */
  readonly date?: number;
  readonly messageId?: string;
  /** Message ids it says it answers. */
  readonly answers: readonly string[];
  /** Whole, as plain text. */
  readonly text: string;
  /** The same mail's HTML as plain text, where that says something else. */
  readonly otherText?: string;
  readonly remotePictures: number;
  readonly files: readonly MailFile[];
  /** What says that a machine wrote it; empty where nothing does. */
  readonly automatic: readonly Sign[];
  readonly report?: DeliveryReports;
}

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Throws `too_large`, `malformed`. */
export async function readMail(bytes: Uint8Array): Promise<Mail> {
  if (bytes.length > LARGEST_MAIL) throw new PlacardError("too_large", say("mail_too_large"));
  const parsed = await parse(bytes);
  refuseNoMail(parsed);
  const header = headerOf(parsed);
  const html = textIn(parsed.html);
  const fromHtml = html === "" ? "" : plainTextOf(html);
  const plain = tidy(textIn(parsed.text));
  if (plain.length > LONGEST_TEXT) throw new PlacardError("too_large", say("mail_too_large"));
  const text = plain === "" ? fromHtml : plain;
  const date = dateIn(header);
  const report = reportIn(parsed.attachments);
  const id = messageIdIn(header("message-id"));
  return {
    from: mailboxes(header("from")),
    to: [...new Set(TO.flatMap((name) => mailboxes(header(name)).map(({ address }) => address)))],
    subject: oneLine(parsed.subject),
    ...(date === undefined ? {} : { date }),
    ...(id === undefined ? {} : { messageId: id }),
    answers: answered(header),
    text,
    ...(fromHtml === "" || sameWords(fromHtml, text) ? {} : { otherText: fromHtml }),
    remotePictures: remotePicturesIn(html),
    files: parsed.attachments.map(fileOf),
    automatic: automaticSigns(header),
    ...(report === undefined ? {} : { report }),
  };
}

async function parse(bytes: Uint8Array): Promise<ParsedMail> {
  try {
    return await simpleParser(Buffer.from(bytes), {
      maxHeadSize: LARGEST_HEAD,
      maxChildNodes: MOST_PARTS,
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      keepCidLinks: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      checksumAlgo: false,
    });
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "EMAXLEN")
      throw new PlacardError("too_large", say("mail_too_large"), { cause });
    throw isPlacardError(cause) ? cause : new PlacardError("malformed", say("mail_unreadable"), { cause });
  }
}

function refuseNoMail({ headerLines }: ParsedMail): void {
  if (headerLines.length > MOST_HEADERS) throw new PlacardError("too_large", say("mail_too_large"));
  const named = new Set(headerLines.map(({ key }) => key));
  if (!["from", "date", "received", "message-id"].some((name) => named.has(name)))
    throw new PlacardError("malformed", say("mail_none"));
}

type Header = (name: string) => string | undefined;

/** The first of a name, as it was written, unfolded: a later one may have been put in by somebody else. */
function headerOf({ headerLines, subject }: ParsedMail): Header {
  return (name) => {
    if (name === "subject") return textIn(subject);
    const line = headerLines.find(({ key }) => key === name)?.line;
    return line
      ?.slice(line.indexOf(":") + 1)
      .replace(/\r?\n[ \t]+/g, " ")
      .trim();
  };
}

/** What stands in the header: a library that reads no time there puts its own. */
function dateIn(header: Header): number | undefined {
  const at = Date.parse(
    header("date")
      ?.slice(0, 200)
      .replace(/\([^()]*\)\s*$/, "") ?? "",
  );
  return Number.isNaN(at) ? undefined : at;
}

function mailboxes(text: string | undefined): readonly Mailbox[] {
  return parseAddressHeader(text?.slice(0, 10_000), { flatten: true })
    .value.slice(0, MOST_ADDRESSES)
    .flatMap(({ name, address }) =>
      address === undefined ? [] : [{ name: oneLine(name), address: oneLine(address).toLowerCase() }],
    );
}

const TO = ["to", "cc", "delivered-to", "x-original-to", "envelope-to"] as const;

function answered(header: Header): readonly string[] {
  const text = `${header("in-reply-to") ?? ""} ${header("references") ?? ""}`.slice(0, 50_000);
  const ids = text.match(/<[^<>\s]{1,600}>/g)?.flatMap((one) => messageIdIn(one) ?? []);
  return [...new Set(ids)].slice(0, MOST_IDS);
}

function reportIn(attachments: readonly Attachment[]): DeliveryReports | undefined {
  const status = attachments.find(({ contentType }) => contentType === "message/delivery-status");
  if (status === undefined) return undefined;
  const returned = attachments.find(({ contentType }) =>
    /^(?:message\/rfc822|text\/rfc822-headers)$/.test(contentType),
  );
  return readDeliveryReports(latin(status), returned === undefined ? undefined : latin(returned));
}

const latin = ({ content }: Attachment): string => content.subarray(0, LARGEST_HEAD).toString("latin1");

function fileOf({ filename, contentType, content }: Attachment, i: number): MailFile {
  const name = oneLine(filename)
    .replace(/^.*[\\/]/, "")
    .slice(0, 200);
  return {
    name: name.replace(/^\.+/, "") || `part-${i + 1}`,
    mediaType: oneLine(contentType).slice(0, 100) || "application/octet-stream",
    bytes: content,
  };
}

/** The library's types say more than it keeps: of a mail that is odd enough a name, a subject or a kind is no text. */
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

const oneLine = (value: unknown): string => tidy(textIn(value)).replace(/\s+/g, " ").trim().slice(0, 1000);

/** Whether two texts say the same, however they are laid out. */
const sameWords = (one: string, other: string): boolean => wordsOf(one) === wordsOf(other);
const wordsOf = (text: string): string => text.replace(/<[^<>\s]*>/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
