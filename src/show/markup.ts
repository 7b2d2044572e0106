/**
 * HTML made so that text cannot become markup: the tag escapes whatever is put into it, and only what another `html`
 * made is taken as it is.
 */
import type { Json } from "../lib/json.ts";

const TEXT = Symbol("markup");

export interface Markup {
  readonly [TEXT]: string;
}

export type Fillable = Markup | string | number | undefined | readonly Fillable[];

export function html(parts: TemplateStringsArray, ...values: readonly Fillable[]): Markup {
  return { [TEXT]: parts.map((part, i) => part + (i < values.length ? render(values[i]) : "")).join("") };
}

export function markupText(markup: Markup): string {
  return markup[TEXT];
}

/** Our own style sheet or script, whose text is not HTML; nothing from outside may come here. */
export function rawElement(name: "style" | "script", text: string): Markup {
  if (/<\/|<!--/.test(text)) throw new TypeError(`A ${name} may not hold markup.`);
  return { [TEXT]: `<${name}>${text}</${name}>` };
}

/** Data for programs that read pages, and no script: no sign in it can end it. */
export function dataBlock(mediaType: string, value: Json): Markup {
  const text = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
  return { [TEXT]: `<script type="${escape(mediaType)}">${text}</script>` };
}

function render(value: Fillable): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  return TEXT in value ? value[TEXT] : value.map(render).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** What may not stand as it is; most texts have nothing of it, and are looked through once. */
const UNSAFE = /[&<>"'`\p{Cc}\p{Cs}]/u;

function escape(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** Without control characters (line ends stay) and lone surrogates, which HTML has no way to carry. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .toWellFormed();
}
