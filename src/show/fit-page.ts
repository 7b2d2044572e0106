/**
 * Runs inside the page, before it is printed: sets each headline to the measure, gives the quotation the room that is
 * left, and writes what it did on the root element (`data-fits`, JSON). It runs there and not in Node because only the
 * engine that prints shapes Arabic, kerns and falls back between typefaces exactly as the print will.
 *
 * These functions are inlined by `toString` beside those of headline.ts; they use nothing else from outside.
 */
import { fitHeadline, type HeadlineFit, headlineUnits, type LineInk, largestCapital, lineText } from "./headline.ts";

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
}

/** One placard in the page. Lengths in pixels. */
export interface Sheet {
  readonly page: HTMLElement;
  readonly headline: HTMLElement;
  readonly text: string;
  readonly leastCapital: number;
}

/** `start…`: from where the text starts to its first ink, in the narrowest and the widest cut. */
export interface MeasuredInk extends LineInk {
  readonly startNarrow: number;
  readonly startWide: number;
}

export interface InkMeter {
  readonly ink: (from: number, to: number) => MeasuredInk;
  readonly capital: number;
  /** How far the base line of a line box without height lies under it, at a size of one. */
  readonly strut: number;
}

interface Setting {
  readonly fit: HeadlineFit;
  readonly layout: Layout;
  readonly text: number;
  readonly weight: number;
}

/** Measures with the canvas, whose text is that of the page, and which tells ink from advance. */
export function inkMeter(sheet: Sheet, weight: number): InkMeter {
  const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  const rtl = sheet.headline.dir === "rtl";
  context.font = `${weight} 1000px ${getComputedStyle(sheet.headline).fontFamily}`;
  context.direction = rtl ? "rtl" : "ltr";
  context.textAlign = "left";
  const measure = (text: string, stretch: "extra-condensed" | "normal"): TextMetrics => {
    context.fontStretch = stretch;
    return context.measureText(text);
  };
  const inked = (metrics: TextMetrics): number =>
    (metrics.actualBoundingBoxRight + metrics.actualBoundingBoxLeft) / 1000;
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
export function arrange(sheet: Sheet, layout: Layout, text: number): number {
  const { classList, style } = sheet.page;
  classList.toggle("beside", layout === "beside");
  classList.toggle("bare", layout !== "stacked");
  style.setProperty("--text", `${text}rem`);
  return sheet.headline.getBoundingClientRect().height;
}

/** Tries every arrangement and returns the best in which the headline keeps its least size. */
export function bestSetting(
  sheet: Sheet,
  weights: readonly number[],
  texts: readonly number[],
  leastCapital: number,
): Setting | undefined {
  const { width } = sheet.headline.getBoundingClientRect();
  const count = headlineUnits(sheet.text).length;
  const layouts: readonly Layout[] =
    sheet.page.querySelector(".shot") === null ? ["stacked", "beside"] : ["stacked", "bare", "beside"];
  for (const weight of weights) {
    const { ink, capital } = inkMeter(sheet, weight);
    let best: (Setting & { readonly score: number }) | undefined;
    for (const [rank, layout] of layouts.entries()) {
      for (const text of texts) {
        const height = arrange(sheet, layout, text);
        const fit = fitHeadline(count, ink, { width, height, capital, leastCapital });
        if (fit === undefined) continue;
        const empty = 1 - fit.height / height;
        const score = fit.score + 0.3 * Math.log(text) - 0.3 * empty - 0.2 * rank;
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
export function shorten(sheet: Sheet, weights: readonly number[], text: number): Setting | undefined {
  const quote = sheet.page.querySelector(".quote");
  const legend = sheet.page.querySelector<HTMLElement>(".legend");
  if (quote === null || legend === null) return undefined;
  const pieces = quotationPieces(quote);
  legend.textContent = legend.dataset["shortened"] ?? "";
  const keep = (count: number): Setting | undefined => {
    const cut = document.createElement("bdi");
    cut.className = "cut";
    cut.textContent = "\u2026 (shortened)";
    const kept = pieces.slice(0, count).map((piece) => piece.cloneNode(true));
    const last = kept.at(-1);
    if (last?.nodeType === Node.TEXT_NODE) last.textContent = (last.textContent ?? "").trimEnd();
    quote.replaceChildren(...kept, " ", cut);
    return bestSetting(sheet, weights, [text], sheet.leastCapital);
  };
  // Fewer than eight pieces would be no quotation.
  let [fits, tooMany] = [8, pieces.length];
  if (tooMany <= fits || keep(fits) === undefined) return undefined;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (keep(middle) === undefined) tooMany = middle;
    else fits = middle;
  }
  return keep(fits);
}

/** Puts each line where the setting says, its ink flush with the measure. */
export function setLines(sheet: Sheet, setting: Setting): readonly string[] {
  const { headline } = sheet;
  const { fit, weight } = setting;
  const meter = inkMeter(sheet, weight);
  const units = headlineUnits(sheet.text);
  const spare = arrange(sheet, setting.layout, setting.text) - fit.height;
  headline.textContent = "";
  return fit.lines.map((line) => {
    const { startNarrow, startWide } = meter.ink(line.from, line.to);
    const span = document.createElement("span");
    span.className = "line";
    span.textContent = lineText(units, line.from, line.to);
    const { style } = span;
    style.fontWeight = String(weight);
    style.fontStretch = `${62.5 + 37.5 * line.cut}%`;
    style.fontSize = `${line.size}px`;
    style.top = `${spare / 2 + line.base - meter.strut * line.size}px`;
    style.insetInlineStart = `${-(startNarrow + (startWide - startNarrow) * line.cut) * line.size}px`;
    headline.append(line.from === 0 ? "" : " ", span);
    return span.textContent;
  });
}

/** Fits one placard. `millimetre` is its length in pixels. */
export function fitPlacard(page: HTMLElement, millimetre: number): PlacardFit {
  const headline = page.querySelector("h1") as HTMLElement;
  const least = Number(page.dataset["least"]);
  const text = headline.textContent ?? "";
  headline.textContent = "";
  const sheet: Sheet = { page, headline, text, leastCapital: least * millimetre };
  const texts = [18, 16, 14, 12.5, 11, 10, 9, 8, 7.25, 6.5];
  const smallest = texts.at(-1) ?? 0;
  const whole = bestSetting(sheet, [850, 700], texts, sheet.leastCapital);
  const cut = whole === undefined ? (shorten(sheet, [850], smallest) ?? shorten(sheet, [700], smallest)) : undefined;
  let setting = whole ?? cut;
  if (setting === undefined) {
    // It will not be printed; how large it could be helps to say why.
    const { width, height } = headline.getBoundingClientRect();
    const { ink, capital } = inkMeter(sheet, 700);
    const leastCapital = largestCapital(headlineUnits(text).length, ink, {
      width,
      height: Math.max(height, width / 2),
      capital,
      leastCapital: sheet.leastCapital,
    });
    setting = bestSetting(sheet, [700], [smallest], leastCapital);
  }
  const symbol = (page.querySelector(".qr") as Element).getBoundingClientRect().width;
  return {
    id: page.dataset["id"] ?? "",
    capital: (setting?.fit.capital ?? 0) / millimetre,
    least,
    lines: setting === undefined ? [] : setLines(sheet, setting),
    layout: setting?.layout ?? "stacked",
    shortened: cut !== undefined,
    symbol: symbol / millimetre,
  };
}

/** Fits every placard of the document once its typefaces are there. */
export async function fitDocument(): Promise<void> {
  // Asked for by name: what no line of the page has used yet would not be waited for.
  await Promise.all([...document.fonts].map((face) => face.load()));
  const millimetre = (document.querySelector(".ruler") as Element).getBoundingClientRect().width / 100;
  const pages = [...document.querySelectorAll<HTMLElement>(".page")];
  document.documentElement.dataset["fits"] = JSON.stringify(pages.map((page) => fitPlacard(page, millimetre)));
}
