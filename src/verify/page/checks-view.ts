/** Every check, with its word and its sentence. */
import type { Check } from "../verdict.ts";
import { element, foreign, spoken } from "./elements.ts";
import { sentence, words } from "./speech.ts";

/** A check's name for people; a field's own name where it has none. */
export function nameOf(name: string): string {
  const checks: Readonly<Record<string, string>> = words().checks;
  return Object.hasOwn(checks, name) ? (checks[name] ?? name) : name;
}

export function listChecks(checks: readonly Check[]): HTMLElement {
  const items = checks.map((check) => {
    const name = foreign("span", "name", nameOf(check.name));
    const item = element(
      "li",
      "",
      element("span", `state ${check.state}`, words().states[check.state]),
      name,
      spoken("span", "why", sentence(check.why, check.told)),
    );
    Object.assign(item.dataset, { name: check.name, state: check.state, code: check.code ?? "" });
    return item;
  });
  const section = element("section", "wide", element("h2", "", words().every), element("ul", "checks", ...items));
  return section;
}
