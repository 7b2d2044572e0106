/**
 * Runs inside the page, inlined by `toString` like fit-page.ts: the characters of `text` that come out as the empty box
 * of a missing glyph, in our typefaces and in the machine's.
 */
export function missingGlyphs(text: string, family: string): readonly string[] {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [48, 48];
  const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  const drawn = (character: string): string => {
    context.clearRect(0, 0, 48, 48);
    context.font = `24px ${family}`;
    context.fillText(character, 8, 32);
    return context.getImageData(0, 0, 48, 48).data.join();
  };
  // Two code points that no typeface has: one unassigned, one that never will be assigned.
  const boxes = new Set([drawn("\u0378"), drawn("\u{1fffe}")]);
  const asked = new Set(
    Array.from(text.replace(/[\p{ASCII}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\p{Variation_Selector}]/gu, "")),
  );
  return [...asked].filter((character) => boxes.has(drawn(character)));
}
