/** A fact as it is drawn: what is or may hold a title is covered as titles are, whoever says it. */
import { hasHost } from "../care/addresses.ts";
import { Covered, Title, useAddressesIn } from "../care/titles.tsx";

/** What a file is called, and what it says of itself, is often its title. */
const COVERED: ReadonlySet<string> = new Set(["fileName", "claims"]);
const ADDRESSES: ReadonlySet<string> = new Set(["url", "finalUrl"]);

export function Value({ name, value }: { readonly name: string; readonly value: string }) {
  const addressesIn = useAddressesIn();
  if (name === "title")
    return (
      <bdi dir="auto">
        <Title>{value}</Title>
      </bdi>
    );
  // An address is read from left to right, whatever stands beside it.
  const told = <bdi dir={/^https?:/.test(value) ? "ltr" : "auto"}>{addressesIn(value)}</bdi>;
  return COVERED.has(name) || (ADDRESSES.has(name) && !hasHost(value)) ? <Covered>{told}</Covered> : told;
}
