import { encode } from "uqr";
import { html, type Markup } from "./markup.ts";

/** Modules of white that ISO/IEC 18004 asks for on every side. */
export const QUIET_ZONE = 4;

/** The dark modules, row by row: level Q, smallest version that holds the text. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: "Q", boostEcc: false, border: 0 }).data;
}

/**
 * The symbol as one path of whole modules, one unit each, without the quiet zone, which the page keeps. One path, so
 * that no printer draws hairlines between neighbours.
 */
export function qrSvg(text: string, label: string): Markup {
  const modules = qrModules(text);
  const runs: string[] = [];
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; ) {
      let end = x;
      while (row[end] === true) end++;
      if (end > x) runs.push(`M${x} ${y}h${end - x}v1h${x - end}z`);
      x = end + 1;
    }
  }
  const size = modules.length;
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" data-modules="${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path d="${runs.join("")}"/></svg>`;
}
