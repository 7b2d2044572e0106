/**
 * What the command line does with words, without a process of its own for it: for tables of words that are refused. That the
 * program itself ends so is tested with the program.
 */
import { type Output, reportError } from "../src/cli/output.ts";
import { run } from "../src/cli/verbs.ts";

export interface Told {
  readonly code: number;
  /** Of the error; undefined where there was none. */
  readonly errorCode: string | undefined;
  /** All that was said beside the results. */
  readonly said: string;
}

export async function toldByVerb(...args: readonly string[]): Promise<Told> {
  const said: string[] = [];
  const output: Output = {
    json: false,
    result: () => undefined,
    progress: () => undefined,
    say: (text) => void said.push(text),
  };
  try {
    return { code: await run(args, output), errorCode: undefined, said: said.join("\n") };
  } catch (error) {
    const code = reportError(error, output, args[0] ?? "");
    return { code, errorCode: (error as { readonly code?: string }).code, said: said.join("\n") };
  }
}
