/** Every check, with its word and its sentence. */
import type { Check } from "../verdict.ts";
import { element, foreign } from "./elements.ts";

const STATES = { holds: "Holds", fails: "Does not hold", withheld: "Withheld", absent: "Absent" } as const;
const NAMES: ReadonlyMap<string, string> = new Map([
  ["file", "The file"],
  ["act", "The act"],
  ["signature", "Its signature"],
  ["disclosures", "Fields shown"],
  ["ledger", "Place in the ledger"],
  ["checkpoint", "The checkpoint"],
  ["trust", "Whom you trust"],
  ["witnesses", "Witnesses"],
  ["timestamps", "Timestamps"],
  ["origin", "What it is"],
  ["byte record", "Byte record"],
  ["archive", "Web archive"],
  ["archive contents", "Archive, inside"],
  ["archive signature", "Archive, signature"],
  ["screenshot", "Screenshot"],
  ["visibleText", "Visible text"],
  ["postPicture", "Picture of the post"],
  ["received", "The file received"],
  ["withheld", "Fields withheld"],
]);

/** A check's name for people; a field's own name where it has none. */
export function nameOf(name: string): string {
  return NAMES.get(name) ?? name;
}

export function listChecks(checks: readonly Check[]): HTMLElement {
  const items = checks.map((check) => {
    const name = foreign("span", "name", nameOf(check.name));
    const item = element(
      "li",
      "",
      element("span", `state ${check.state}`, STATES[check.state]),
      name,
      foreign("span", "why", check.why),
    );
    Object.assign(item.dataset, { name: check.name, state: check.state, code: check.code ?? "" });
    return item;
  });
  const section = element("section", "wide", element("h2", "", "Every check"), element("ul", "checks", ...items));
  return section;
}
