import { initRecord } from "../app/init-record.ts";
import { EXIT, type Output } from "./output.ts";

export async function init(folder: string, name: string, output: Output): Promise<number> {
  const { origin, vkey, name: given } = await initRecord(folder, { name });
  output.result(
    { verb: "init", record: folder, name: given, origin, vkey },
    `Made a record for ${given} in ${folder}.\nWhoever checks your evidence needs this key once; publish it where people know you:\n  ${vkey}`,
  );
  return EXIT.holds;
}
