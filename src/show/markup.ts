/**
 * HTML made so that text cannot become markup: the tag escapes whatever is put into it, and only what another `html`
 * made is taken as it is.
 */
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

function escape(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** Without control characters (line ends stay) and lone surrogates, which HTML has no way to carry. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .toWellFormed();
}
