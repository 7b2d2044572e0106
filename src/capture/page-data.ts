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
  /** The beginning of `text` without the page's margins (header, navigation, footer) and its sign-in forms. */
  readonly contentText: string;
  readonly canonical: string;
  /** Where the page says its ActivityStreams form is to be had. */
  readonly activityLink: string;
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** Contents of JSON-LD scripts. */
  readonly jsonLd: readonly string[];
  /** Contents of ActivityStreams scripts, where a page carries them. */
  readonly activities: readonly string[];
  readonly entries: readonly MicroformatEntry[];
  readonly signIn: SignIn;
  /** Addresses of frames and class names that mark a captcha, of those that can be seen. */
  readonly captchaMarks: readonly string[];
  /** Pictures, videos and drawings large enough to be the point of a page. */
  readonly largeMedia: number;
}

/** Fields to sign in with, as far as they can be seen. */
export interface SignIn {
  readonly passwords: number;
  /** Of these, the ones in a header, a footer, an aside or a navigation bar. */
  readonly passwordsInMargins: number;
  /** Fields for a user name or e-mail address, outside of the margins. */
  readonly names: number;
  /** The text of the forms they stand in, outside of the margins. */
  readonly text: string;
  /** Whether one stands in a layer of its own over most of the window. */
  readonly covers: boolean;
}

interface MicroformatEntry {
  readonly author: string;
  readonly handle: string;
  readonly text: string;
  readonly published: string;
  readonly updated: string;
  readonly replyTo: string;
  readonly url: string;
}

/** Longest visible text kept, in UTF-16 code units. */
export const LONGEST_TEXT = 2_000_000;
/** `contentText` is cut here: walls and captchas say less. */
export const LONGEST_CONTENT = 3000;

/** Source of a function that takes the longest text and the longest content text and returns `PageData`; evaluated in the page. */
export const COLLECT_PAGE = `(longestText, longestContent) => {
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

  const MARGINS = "header, nav, aside, footer, [role=banner], [role=navigation], [role=contentinfo], [role=complementary], [role=search]";
  const isPassword = (field) => field.type === "password";
  const isName = (field) => field.type === "email" || /username|email/.test(field.autocomplete) || /^(user|username|login|email)$/i.test(field.name);
  const inMargin = (element) => element.closest(MARGINS) !== null;
  const formOf = (field) => field.closest("form, dialog, [role=dialog]") ?? field.parentElement;
  const layerOf = (field) => {
    for (let layer = field.parentElement; layer; layer = layer.parentElement) {
      if (getComputedStyle(layer).position === "fixed" || layer.matches("dialog[open]")) return layer;
    }
  };
  const coversPage = (field) => {
    const layer = layerOf(field);
    const box = layer?.getBoundingClientRect();
    return layer !== undefined && layer.innerText.length < 1000 && box.width * box.height > 0.5 * innerWidth * innerHeight;
  };
  const fields = all("input", 500).filter((field) => (isPassword(field) || isName(field)) && seen(field));
  const passwords = fields.filter(isPassword);
  const inContent = fields.filter((field) => !inMargin(field));
  const forms = [...new Set((inContent.some(isPassword) ? inContent.filter(isPassword) : inContent).map(formOf))];
  const contentText = () => {
    const walker = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    let found = "";
    for (let i = 0; i < 20000 && found.length < longestContent && walker.nextNode(); i++) {
      const { data, parentElement } = walker.currentNode;
      if (!data.trim() || !parentElement || parentElement.closest("script, style, noscript, template, textarea") || inMargin(parentElement)) continue;
      if (forms.some((form) => form.contains(parentElement)) || !parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      found += data.trim().replace(/\\s+/g, " ") + "\\n";
    }
    return cut(found, longestContent);
  };
  const marks = /recaptcha|hcaptcha|turnstile|challenge-platform|challenges\\.cloudflare|arkoselabs|funcaptcha|geetest|datadome|px-captcha|captcha-delivery/i;
  return {
    title: cut(document.title, 2000),
    language: cut(document.documentElement.lang, 40),
    text: text.slice(0, longestText),
    textCut: text.length > longestText,
    contentText: contentText(),
    canonical: cut(document.querySelector('link[rel~="canonical"]')?.href, 4000),
    activityLink: cut(document.querySelector('link[rel~="alternate"][type^="application/activity+json"], link[rel~="alternate"][type^="application/ld+json"]')?.href, 2000),
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
      updated: cut(within(entry, ".dt-updated")?.getAttribute("datetime"), 100),
      replyTo: cut(within(entry, ".u-in-reply-to")?.href, 4000),
      url: cut(within(entry, ".u-url:not(.h-card, .h-card *, .h-cite *)")?.href, 4000),
    })),
    signIn: {
      passwords: passwords.length,
      passwordsInMargins: passwords.filter(inMargin).length,
      names: inContent.filter(isName).length,
      text: forms.slice(0, 5).map((form) => cut(form?.innerText, 2000)).join("\\n"),
      covers: inContent.filter(isPassword).slice(0, 10).some(coversPage),
    },
    captchaMarks: [
      // A frame of "size=invisible" is a badge in the corner of an ordinary page.
      ...all("iframe[src]", 100).filter((frame) => seen(frame) && !/size=invisible/.test(frame.src)).map((frame) => cut(frame.src, 2000)),
      ...all("[class*=captcha], [id*=captcha], .cf-turnstile, [id*=challenge-form], [id*=challenge-stage]", 50).filter(seen).map((element) => cut(element.className + " " + element.id, 200)),
    ].filter((mark) => marks.test(mark)).slice(0, 20),
    largeMedia: all("img, video, canvas, svg, picture, object, embed", 500).filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width >= 80 && box.height >= 80 && seen(element);
    }).length,
  };
}`;
