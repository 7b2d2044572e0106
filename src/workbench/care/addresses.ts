/** Addresses often hold the title of what they lead to: without that, where they lead is still told. */

/** From the scheme on to where the next word begins, without what closes a sentence. */
const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#]*(?:[/?#]\S*[^\s.,;)])?/gi;

/** A text with the path, query and fragment of each address in it left out: `https://townsquare.example/…`. */
export function hostsOnly(text: string): string {
  return text.replace(ADDRESS, (address) => {
    const [, begin = "", rest = ""] = /^([^/]*:\/\/[^/?#]*)(.*)$/s.exec(address) ?? [];
    // Who an address is opened as stands before its host.
    const host = begin.replace(/^([^/]*:\/\/).*@/s, "$1");
    return rest === "" || rest === "/" ? `${host}${rest}` : `${host}/…`;
  });
}

/** Of what is to be an address: whether its host can be told by itself. */
export function hasHost(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+(?:[/?#]\S*)?$/i.test(address);
}
