/**
 * Runs inside the page, before it is printed: sets each headline to the measure, gives the quotation the room that is
 * left, and writes what it did on the root element (`data-fits`, JSON). It runs there and not in Node because only the
 * engine that prints shapes Arabic, kerns and falls back between typefaces exactly as the print will.
 *
 * These functions are inlined by `toString` beside those of headline.ts; they use nothing else from outside.
 */
import { fitHeadline, type HeadlineFit, headlineUnits, type LineInk, largestCapital, lineText } from "./headline.ts";
import { missingGlyphs } from "./missing-glyphs.ts";

export type Layout = "stacked" | "bare" | "beside";

/** What was done on one placard. Lengths in millimetres. */
export interface PlacardFit {
  readonly id: string;
  /** Height of the smallest capital (or letter of that rank) in the headline; under `least`, it did not fit. */
  readonly capital: number;
  readonly least: number;
  readonly lines: readonly string[];
  /** `bare`: stacked, without the screenshot, for which there was no room; `beside`: the quotation beside the code. */
  readonly layout: Layout;
  readonly shortened: boolean;
  /** Width of the QR code's symbol. */
  readonly symbol: number;
  /** Characters for which neither we nor the machine have a typeface. */
  readonly missing: readonly string[];
}

/** One placard in the page. Lengths in pixels. */
interface PageSheet {
  readonly page: HTMLElement;
  readonly headline: HTMLElement;
  readonly text: string;
  readonly leastCapital: number;
}

/** `start…`: from where the text starts to its first ink, in the narrowest and the widest cut. */
interface MeasuredInk extends LineInk {
  readonly startNarrow: number;
  readonly startWide: number;
}

interface InkMeter {
  readonly ink: (from: number, to: number) => MeasuredInk;
  readonly capital: number;
  /** How far the base line of a line box without height lies under it, at a size of one. */
  readonly strut: number;
}

/** What may be tried: weights in order of preference, the rest as it looks best. */
interface Offer {
  readonly weights: readonly number[];
  readonly layouts: readonly Layout[];
  /** Sizes of the quotation, in rem. */
  readonly texts: readonly number[];
}

interface Setting {
  readonly fit: HeadlineFit;
  readonly layout: Layout;
  readonly text: number;
  readonly weight: number;
}

export function inked(metrics: TextMetrics): number {
  return (metrics.actualBoundingBoxRight + metrics.actualBoundingBoxLeft) / 1000;
}

/** Measures with the canvas, whose text is that of the page, and which tells ink from advance. */
export function inkMeter(sheet: PageSheet, weight: number): InkMeter {
  const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  const rtl = sheet.headline.dir === "rtl";
  context.font = `${weight} 1000px ${getComputedStyle(sheet.headline).fontFamily}`;
  context.direction = rtl ? "rtl" : "ltr";
  context.textAlign = "left";
  const measure = (text: string, stretch: "extra-condensed" | "normal"): TextMetrics => {
    context.fontStretch = stretch;
    return context.measureText(text);
  };
  const start = (metrics: TextMetrics): number =>
    (rtl ? metrics.width - metrics.actualBoundingBoxRight : -metrics.actualBoundingBoxLeft) / 1000;
  const units = headlineUnits(sheet.text);
  const known = new Map<string, MeasuredInk>();
  const ink = (from: number, to: number): MeasuredInk => {
    const text = lineText(units, from, to);
    const before = known.get(text);
    if (before !== undefined) return before;
    const [narrow, wide] = [measure(text, "extra-condensed"), measure(text, "normal")];
    const found = {
      narrow: inked(narrow),
      wide: inked(wide),
      startNarrow: start(narrow),
      startWide: start(wide),
      ascent: wide.actualBoundingBoxAscent / 1000,
      descent: Math.max(0, wide.actualBoundingBoxDescent / 1000),
    };
    known.set(text, found);
    return found;
  };
  // In scripts without capitals, a letter that stands at full height.
  const ranks: readonly (readonly [RegExp, string])[] = [
    [/\p{Script=Latin}/u, "H"],
    [/\p{Script=Hebrew}/u, "\u05d4"],
    [/\p{Script=Arabic}/u, "\u0627"],
  ];
  const letters = ranks.filter(([script]) => script.test(sheet.text)).map(([, letter]) => letter);
  const heights = (letters.length > 0 ? letters : ["H"]).map((letter) => measure(letter, "normal"));
  const { fontBoundingBoxAscent: over, fontBoundingBoxDescent: under } = measure("H", "normal");
  return {
    ink,
    capital: Math.min(...heights.map((metrics) => metrics.actualBoundingBoxAscent)) / 1000,
    strut: (over - under) / 2000,
  };
}

/** Sets the page to one arrangement and says how high the headline may be. `text` is the quotation's size, in rem. */
export function arrange(sheet: PageSheet, layout: Layout, text: number): number {
  const { classList, style } = sheet.page;
  classList.toggle("beside", layout === "beside");
  classList.toggle("bare", layout !== "stacked" && sheet.page.querySelector(".wordless") === null);
  style.setProperty("--text", `${text}rem`);
  return sheet.headline.getBoundingClientRect().height;
}

/** Tries every arrangement offered and returns the best in which the headline keeps its least size. */
export function bestSetting(sheet: PageSheet, offer: Offer): Setting | undefined {
  const { width } = sheet.headline.getBoundingClientRect();
  const count = headlineUnits(sheet.text).length;
  for (const weight of offer.weights) {
    const { ink, capital } = inkMeter(sheet, weight);
    let best: (Setting & { readonly score: number }) | undefined;
    for (const layout of offer.layouts) {
      for (const text of offer.texts) {
        const height = arrange(sheet, layout, text);
        const fit = fitHeadline(count, ink, { width, height, capital, leastCapital: sheet.leastCapital });
        if (fit === undefined) continue;
        const empty = 1 - fit.height / height;
        const cost = layout === "beside" ? 0.7 : layout === "bare" ? 0.2 : 0;
        const score = fit.score + 0.3 * Math.log(text) - 0.3 * empty - cost;
        if (best === undefined || score > best.score) best = { fit, layout, text, weight, score };
      }
    }
    if (best !== undefined) return best;
  }
  return undefined;
}

/** The quotation as pieces that may be left off from the end: words, or graphemes of what has no spaces, or bars. */
export function quotationPieces(quote: Element): readonly Node[] {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return [...quote.childNodes].flatMap((node) => {
    if (node.nodeType !== Node.TEXT_NODE) return [node];
    const words = (node.textContent ?? "").match(/\S+\s*|\s+/gu) ?? [];
    return words
      .flatMap((word) => (word.length > 30 ? Array.from(graphemes.segment(word), ({ segment }) => segment) : [word]))
      .map((text) => document.createTextNode(text));
  });
}

/** Leaves off as little of the quotation as lets the headline fit, and says so in its place and in the legend. */
export function shorten(sheet: PageSheet, text: number): Setting | undefined {
  const quote = sheet.page.querySelector<HTMLElement>(".quote");
  const legend = sheet.page.querySelector<HTMLElement>(".legend");
  if (quote === null || legend === null) return undefined;
  const pieces = quotationPieces(quote);
  legend.textContent = legend.dataset["shortened"] ?? "";
  const keep = (count: number, offer: Offer): Setting | undefined => {
    const [cut, said] = [document.createElement("span"), document.createElement("bdi")];
    cut.className = "cut";
    said.textContent = quote.dataset["cut"] ?? "";
    // The dots go on from the words; what is said of them is in the page's language.
    cut.append("\u2026 ", said);
    const kept = pieces.slice(0, count).map((piece) => piece.cloneNode(true));
    const last = kept.at(-1);
    if (last?.nodeType === Node.TEXT_NODE) last.textContent = (last.textContent ?? "").trimEnd();
    quote.replaceChildren(...kept, " ", cut);
    return bestSetting(sheet, offer);
  };
  const most = (offer: Offer): number => {
    // Fewer than eight pieces would be no quotation.
    let [fits, tooMany] = [8, pieces.length];
    if (tooMany <= fits || keep(fits, offer) === undefined) return 0;
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1;
      if (keep(middle, offer) === undefined) tooMany = middle;
      else fits = middle;
    }
    return fits;
  };
  for (const weights of [[850], [700]]) {
    const stacked: Offer = { weights, layouts: ["bare"], texts: [text] };
    const beside: Offer = { weights, layouts: ["beside"], texts: [text] };
    const [wide, narrow] = [most(stacked), most(beside)];
    // The wide frame reads better than the narrow one, unless much more goes into that.
    if (wide > 0 && wide * 1.5 >= narrow) return keep(wide, stacked);
    if (narrow > 0) return keep(narrow, beside);
  }
  return undefined;
}

/** Puts each line where the setting says, its ink flush with the measure. */
export function setLines(sheet: PageSheet, setting: Setting): readonly string[] {
  const { headline } = sheet;
  const { fit, weight } = setting;
  const meter = inkMeter(sheet, weight);
  const units = headlineUnits(sheet.text);
  const spare = arrange(sheet, setting.layout, setting.text) - fit.height;
  headline.textContent = "";
  let above = 0;
  return fit.lines.map((line) => {
    const { startNarrow, startWide } = meter.ink(line.from, line.to);
    const span = document.createElement("span");
    span.className = "line";
    span.textContent = lineText(units, line.from, line.to);
    const { style } = span;
    style.fontWeight = String(weight);
    style.fontStretch = `${62.5 + 37.5 * line.cut}%`;
    style.fontSize = `${line.size}px`;
    // In the flow rather than positioned, so that the PDF's text keeps its order.
    const top = spare / 2 + line.base - meter.strut * line.size;
    style.paddingBlockStart = `${top - above}px`;
    above = top;
    style.marginInlineStart = `${-(startNarrow + (startWide - startNarrow) * line.cut) * line.size}px`;
    headline.append(line.from === 0 ? "" : " ", span);
    return span.textContent;
  });
}

/** Fits one placard. `millimetre` is its length in pixels. */
export function fitPlacard(page: HTMLElement, millimetre: number): PlacardFit {
  const headline = page.querySelector("h1") as HTMLElement;
  const least = Number(page.dataset["least"]);
  const text = headline.textContent ?? "";
  const missing = missingGlyphs(page.textContent ?? "", getComputedStyle(page).fontFamily);
  headline.textContent = "";
  const sheet: PageSheet = { page, headline, text, leastCapital: least * millimetre };
  const texts = [18, 16, 14, 12.5, 11, 10, 9, 8, 7.25, 6.5];
  const spares = page.querySelector(".shot") !== null && page.querySelector(".wordless") === null;
  const layouts: readonly Layout[] = spares ? ["stacked", "bare", "beside"] : ["stacked", "beside"];
  const whole = bestSetting(sheet, { weights: [850, 700], layouts, texts });
  const cut = whole === undefined ? shorten(sheet, texts.at(-1) ?? 0) : undefined;
  const setting = whole ?? cut;
  const symbol = (page.querySelector(".qr") as Element).getBoundingClientRect().width;
  return {
    id: page.dataset["id"] ?? "",
    capital: (setting === undefined ? largest(sheet) : setting.fit.capital) / millimetre,
    least,
    lines: setting === undefined ? [] : setLines(sheet, setting),
    layout: setting?.layout ?? "stacked",
    shortened: cut !== undefined,
    symbol: symbol / millimetre,
    missing,
  };
}

/** How large a headline that does not fit could be: not printed, but it helps to say why. */
export function largest(sheet: PageSheet): number {
  const { width } = sheet.headline.getBoundingClientRect();
  const height = Math.max(arrange(sheet, "beside", 6.5), width / 2);
  const { ink, capital } = inkMeter(sheet, 700);
  const { leastCapital } = sheet;
  return largestCapital(headlineUnits(sheet.text).length, ink, { width, height, capital, leastCapital });
}

/** Fits every placard of the document once its typefaces are there. */
export async function fitDocument(): Promise<void> {
  // Asked for by name: what no line of the page has used yet would not be waited for.
  await Promise.all([...document.fonts].map((face) => face.load()));
  const millimetre = (document.querySelector(".ruler") as Element).getBoundingClientRect().width / 100;
  const pages = [...document.querySelectorAll<HTMLElement>(".page")];
  document.documentElement.dataset["fits"] = JSON.stringify(pages.map((page) => fitPlacard(page, millimetre)));
}
