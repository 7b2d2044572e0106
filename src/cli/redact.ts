import { counted, openRecord } from "../app/record.ts";
import type { Box } from "../app/redact/redacted-picture.ts";
import { PlacardError } from "../lib/error.ts";
import { EXIT, type Output } from "./output.ts";

export interface RedactArguments {
  readonly box?: readonly string[];
  readonly withhold?: readonly string[];
  readonly word?: readonly string[];
}

export async function redact(
  folder: string,
  id: string,
  { box = [], withhold = [], word = [] }: RedactArguments,
  output: Output,
): Promise<number> {
  const boxes = box.map(boxIn);
  await using record = await openRecord(folder);
  const made = await record.redact(id, { boxes, fields: withhold, words: word });
  const covered = made.of === 0 ? "" : `, ${counted(made.tiles, "square")} of ${made.of} of its picture`;
  output.result(
    { verb: "redact", ...made },
    `Withheld of ${made.id} in public: ${counted(made.fields.length, "field")}${covered}. placard export ${made.id} --redacted hands out the rest.`,
  );
  return EXIT.holds;
}

/** `X,Y,WIDTH,HEIGHT`. Throws `usage`. */
function boxIn(text: string): Box {
  const [, x, y, width, height] = /^(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(text) ?? [];
  if (height === undefined)
    throw new PlacardError(
      "usage",
      `${text} is no place in a picture. Say X,Y,WIDTH,HEIGHT in pixels, as 40,120,200,64.`,
    );
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}
