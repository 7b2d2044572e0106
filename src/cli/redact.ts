import { counted, openRecord, type PlacardRecord } from "../app/record.ts";
import type { Proposal } from "../app/redact/proposals.ts";
import type { Box } from "../app/redact/tiles.ts";
import { PlacardError } from "../lib/error.ts";
import { EXIT, type Output } from "./output.ts";

export interface RedactArguments {
  readonly box?: readonly string[];
  readonly withhold?: readonly string[];
  readonly word?: readonly string[];
  readonly propose?: boolean;
}

export async function redact(
  folder: string,
  id: string,
  { box = [], withhold = [], word = [], propose = false }: RedactArguments,
  output: Output,
): Promise<number> {
  const boxes = box.map(boxIn);
  if (propose && (boxes.length > 0 || withhold.length > 0))
    throw new PlacardError("usage", "--propose seals nothing: it takes --word, and neither --box nor --withhold.");
  await using record = await openRecord(folder);
  if (propose) return await proposed(record, id, word, output);
  const made = await record.redacting.seal(id, { boxes, fields: withhold, words: word });
  const covered = made.of === 0 ? "" : `, ${counted(made.tiles, "square")} of ${made.of} of its picture`;
  output.result(
    { verb: "redact", ...made },
    `Withheld of ${made.id} in public: ${counted(made.fields.length, "field")}${covered}. placard export ${made.id} --redacted hands out the rest.`,
  );
  return EXIT.holds;
}

/** Places one may want to cover, each in the form that `--box` takes. */
async function proposed(record: PlacardRecord, id: string, words: readonly string[], output: Output): Promise<number> {
  const view = await record.redacting.view(id);
  const tell = (proposals: readonly Proposal[]): void => {
    for (const { kind, by, box } of proposals) {
      const place = [box.x, box.y, box.width, box.height].join(",");
      output.result(
        { verb: "redact", id: view.id, proposed: kind, by, box: place },
        `${place}  ${WORDS[kind]}, ${BY[by]}`,
      );
    }
  };
  tell(view.proposals);
  const parts = view.picture?.parts.length ?? 0;
  for (let part = 0; part < parts; part++) {
    output.progress(`looking through part ${part + 1} of ${parts} of the picture`);
    const { proposals, isCut } = await record.redacting.propose(id, part, words);
    tell(proposals);
    if (isCut) output.say(`There was no time for every face in part ${part + 1}. Look at it yourself.`);
  }
  output.say(
    "A machine misses some and takes other things for faces and names. Look at the picture before you hand it out.",
  );
  return EXIT.holds;
}

const WORDS: Readonly<Record<Proposal["kind"], string>> = {
  name: "a name",
  handle: "a handle",
  avatar: "a portrait",
  face: "a face",
  code: "a code to scan",
  word: "one of your words",
  contact: "an address or number",
};
const BY: Readonly<Record<Proposal["by"], string>> = {
  page: "as the page marks it",
  reading: "as a machine read it",
  codes: "as a machine saw it",
  faces: "as a machine saw it",
};

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
