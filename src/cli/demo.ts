import { runDemo } from "../app/demo.ts";
import { EXIT, type Output } from "./output.ts";

export async function demo(folder: string, output: Output): Promise<number> {
  const started = performance.now();
  const result = await runDemo(folder, (text) => output.progress(text));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  output.result(
    { verb: "demo", ...result },
    [
      "",
      `  A post was captured, then deleted by its forum. The evidence ${result.verdict === "holds" ? "holds" : "does not hold"}.`,
      "",
      `  Exhibit      ${result.id}`,
      `  Check words  ${result.words.join(" · ")}`,
      `  Proof        ${result.placardFile}`,
      `  Placard      ${result.pdf}`,
      "",
      `  Done in ${seconds} s. Next: npx placard verify ${result.placardFile}`,
      "  and npx placard --help for your own first capture.",
      "",
    ].join("\n"),
  );
  return result.verdict === "holds" ? EXIT.holds : EXIT.doesNot;
}
