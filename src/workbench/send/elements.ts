/** Elements of a page, made one by one: what others wrote is only ever text in them. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>;
export type Child = Node | string | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** `main`: the one thing a screen is for. */
export function button(text: string, onClick: () => void, main = false): HTMLButtonElement {
  const made = el("button", { type: "button", class: main ? "button main" : "button" }, text);
  made.addEventListener("click", onClick);
  return made;
}

interface FieldParts {
  readonly label: string;
  readonly hint?: string;
  readonly attributes?: Attributes;
}

/** A field under its name; what it wants is read out with it. */
export function field<K extends "input" | "textarea">(tag: K, name: string, { label, hint, attributes }: FieldParts) {
  const described = hint === undefined ? undefined : `${name}-hint`;
  const input = el(tag, { id: name, name, "aria-describedby": described, dir: "auto", ...attributes });
  const told = hint === undefined ? undefined : el("p", { id: described, class: "quiet small" }, hint);
  return { input, whole: el("div", { class: "field" }, el("label", { for: name }, label), told, input) } as const;
}

/** Said to whoever listens as well as to whoever looks. */
export const said = (text = ""): HTMLParagraphElement => el("p", { role: "status" }, text);
