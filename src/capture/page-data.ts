/**
 * What is read out of a page, as plain data. `collectPage` runs in the page's own process but in a world of its own,
 * where the page's scripts cannot have changed what the language does; what it returns is still the page's word, so
 * every list and text is cut to a size.
 */
export interface PageData {
  readonly title: string;
  readonly language: string;
  /** What a reader sees, as text. */
  readonly text: string;
  /** Whether the text was longer than we keep. */
  readonly textCut: boolean;
  readonly canonical: string;
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** Contents of JSON-LD scripts. */
  readonly jsonLd: readonly string[];
  /** Contents of ActivityStreams scripts, where a page carries them. */
  readonly activities: readonly string[];
  readonly entries: readonly MicroformatEntry[];
  /** Password fields that can be seen. */
  readonly passwordFields: number;
  /** Addresses of frames, and class names that mark a captcha. */
  readonly captchaMarks: readonly string[];
  /** Pictures, videos and drawings large enough to be the point of a page. */
  readonly largeMedia: number;
}

interface MicroformatEntry {
  readonly author: string;
  readonly handle: string;
  readonly text: string;
  readonly published: string;
  readonly url: string;
}

/** Longest visible text kept, in UTF-16 code units. */
export const LONGEST_TEXT = 2_000_000;

/** Source of a function that takes the longest text and returns `PageData`; evaluated in the page. */
export const COLLECT_PAGE = `(longestText) => {
  const cut = (value, most) => String(value ?? "").slice(0, most);
  const all = (selector, most) => [...document.querySelectorAll(selector)].slice(0, most);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.display !== "none" && Number(style.opacity) > 0.01;
  };
  const within = (entry, selector) => entry.querySelector(selector);
  const words = (element) => cut(element?.innerText ?? element?.textContent, 20000).trim();
  const text = document.body ? document.body.innerText : "";
  const marks = /recaptcha|hcaptcha|turnstile|challenge-platform|challenges\\.cloudflare|arkoselabs|funcaptcha|geetest|datadome|px-captcha|captcha-delivery/i;
  return {
    title: cut(document.title, 2000),
    language: cut(document.documentElement.lang, 40),
    text: text.slice(0, longestText),
    textCut: text.length > longestText,
    canonical: cut(document.querySelector('link[rel~="canonical"]')?.href, 4000),
    metas: all("meta[content]", 400).map((meta) => ({
      name: cut(meta.getAttribute("property") || meta.getAttribute("name") || meta.getAttribute("itemprop"), 100).toLowerCase(),
      content: cut(meta.content, 20000),
    })).filter((meta) => meta.name !== ""),
    jsonLd: all('script[type="application/ld+json"]', 20).map((script) => cut(script.textContent, 300000)),
    activities: all('script[type="application/activity+json"]', 5).map((script) => cut(script.textContent, 300000)),
    entries: all(".h-entry", 50).map((entry) => ({
      author: words(within(entry, ".p-author .p-name") ?? within(entry, ".p-author")),
      handle: words(within(entry, ".p-nickname")),
      text: words(within(entry, ".e-content") ?? within(entry, ".p-content")),
      published: cut(within(entry, ".dt-published")?.getAttribute("datetime"), 100),
      url: cut(within(entry, ".u-url")?.href, 4000),
    })),
    passwordFields: all('input[type="password"]', 50).filter(seen).length,
    captchaMarks: [
      ...all("iframe[src]", 100).map((frame) => cut(frame.src, 2000)),
      ...all("[class*=captcha], [id*=captcha], .cf-turnstile, .h-captcha, [id*=challenge-form]", 50).filter(seen).map((element) => cut(element.className + " " + element.id, 200)),
    ].filter((mark) => marks.test(mark)).slice(0, 20),
    largeMedia: all("img, video, canvas, svg, picture, object, embed", 500).filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width >= 80 && box.height >= 80 && seen(element);
    }).length,
  };
}`;
