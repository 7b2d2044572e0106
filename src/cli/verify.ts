import { headingOf, meaningOf, verifyFile } from "../app/verify-file.ts";
import { beside, EXIT, type Output, oneLine } from "./output.ts";

export async function verifyAll(files: readonly string[], policy: string | undefined, output: Output): Promise<number> {
  let worst: number = EXIT.holds;
  for (const [i, file] of files.entries()) {
    let last = 0;
    const verdict = await verifyFile(file, {
      ...(policy === undefined ? {} : { policy }),
      onProgress: (done, total) => {
        if (performance.now() - last < 250 || total < 1 << 26) return;
        last = performance.now();
        output.progress(`checking ${file}: ${Math.floor((100 * done) / total)} %`);
      },
    });
    const checks = verdict.checks.map(({ name, state, why }) =>
      beside(`  ${state.padEnd(9)} ${name.padEnd(18)} `, oneLine(why)),
    );
    const shown = verdict.exhibit === undefined ? [] : [`${verdict.exhibit.id}  ${verdict.exhibit.words.join(" · ")}`];
    const meaning = meaningOf(verdict).map((sentence) => beside("", oneLine(sentence)));
    output.result(
      { verb: "verify", file, ...verdict },
      [`${i === 0 ? "" : "\n"}${headingOf(verdict)}: ${oneLine(file)}`, ...shown, "", ...meaning, "", ...checks].join(
        "\n",
      ),
    );
    worst = Math.max(
      worst,
      verdict.verdict === "holds" ? EXIT.holds : verdict.verdict === "fails" ? EXIT.doesNot : EXIT.usage,
    );
  }
  return worst;
}
