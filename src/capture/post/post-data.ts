/** What a page declares of its posts beside what page-data.ts reads: read in the same way, each list and text cut to a size. */
import type { Json } from "../../lib/json.ts";

export interface PostData {
  /** schema.org items of the document's own markup, in the form in which JSON-LD would write them. */
  readonly microdata: readonly Json[];
  /** AT Protocol: the address of the post's record, as the page declares it. */
  readonly atUri: string;
  /** AT Protocol: JSON scripts that hold post records. */
  readonly atRecords: readonly string[];
  /** Where the page says its oEmbed form is to be had. */
  readonly oembedLink: string;
}

/** Source of a function that returns `PostData`; microdata as HTML (§5.2) has it, itemref left out. */
export const COLLECT_POST = `() => {
  const cut = (value, most) => String(value ?? "").slice(0, most);
  let left = 1000;
  const valueOf = (element) => {
    if (element.hasAttribute("itemscope")) return itemOf(element);
    const address = element.src || element.href || element.data;
    if (/^(audio|embed|iframe|img|source|track|video|a|area|link|object)$/i.test(element.tagName) && typeof address === "string") return cut(address, 2000);
    if (element.tagName === "META") return cut(element.content, 20000);
    if (element.tagName === "DATA" || element.tagName === "METER") return cut(element.getAttribute("value"), 200);
    if (element.tagName === "TIME") return cut(element.getAttribute("datetime") ?? element.textContent, 100).trim();
    return cut(element.getAttribute("content") ?? element.innerText ?? element.textContent, 20000).trim();
  };
  const itemOf = (element) => {
    const item = { "@type": cut(element.getAttribute("itemtype"), 200).trim().split(/\\s+/) };
    if (element.hasAttribute("itemid")) item["@id"] = cut(element.getAttribute("itemid"), 2000);
    for (const property of element.querySelectorAll("[itemprop]")) {
      if (property.parentElement.closest("[itemscope]") !== element || left-- <= 0) continue;
      for (const name of property.getAttribute("itemprop").trim().split(/\\s+/)) {
        if (!/^[a-zA-Z]{1,40}$/.test(name)) continue;
        item[name] = [...(item[name] ?? []), valueOf(property)];
      }
    }
    return item;
  };
  const top = [...document.querySelectorAll('[itemscope][itemtype*="schema.org/"]:not([itemprop])')];
  return {
    microdata: top.slice(0, 200).map((element) => itemOf(element)),
    atUri: cut(document.querySelector('link[rel~="alternate"][href^="at://"]')?.getAttribute("href") ?? document.querySelector('meta[name^="at:"][content^="at://"], meta[property^="at:"][content^="at://"]')?.content, 2000),
    atRecords: [...document.querySelectorAll('script[type="application/json"]')].slice(0, 20).map((script) => script.textContent).filter((text) => text.length <= 300000 && text.includes("app.bsky.feed.post")).slice(0, 5),
    oembedLink: cut(document.querySelector('link[rel~="alternate"][type="application/json+oembed"]')?.href, 2000),
  };
}`;
