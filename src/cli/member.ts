import { EXIT, type Output, printable } from "./output.ts";

/** As `placard serve` has it, unless told. */
const USUAL_URL = "http://localhost:7522";

export async function recover(
  email: string | undefined,
  { record, publicUrl = USUAL_URL }: { readonly record: string; readonly publicUrl?: string },
  output: Output,
): Promise<number> {
  const { recoverHere } = await import("../server/recover-here.ts");
  const { name, link, expiresAt } = await recoverHere(record, publicUrl, email);
  output.result(
    { verb: "member", did: "recover", name, link, expiresAt },
    [
      "",
      `  ${printable(name)} opens this link, while Placard is running, and chooses a new password:`,
      "",
      `  ${link}`,
      "",
      "  It is good once, and for two hours. Second factor and sessions are gone then, and it is written in the sign-in log.",
      "",
    ].join("\n"),
  );
  return EXIT.holds;
}
