/** What went wrong, said where it went wrong. */
import { Refused } from "./ask.ts";
import { el } from "./elements.ts";
import type { SendWords } from "./words-en.ts";

export function trouble(error: unknown, { wrong }: SendWords): HTMLElement {
  const known: Readonly<Record<string, string>> = wrong;
  const message = error instanceof Refused ? (known[error.code] ?? wrong.fault) : wrong.fault;
  return el("div", { role: "alert", class: "trouble" }, el("p", {}, el("strong", {}, message)));
}
