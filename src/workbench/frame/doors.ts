/** The doors, named by what a person does. */
import type { Line } from "../../server/access.ts";
import type { May } from "../may.ts";
import type { Words } from "../words/words.ts";

interface Door {
  readonly to: string;
  readonly name: (words: Words) => string;
  /** What is done behind it. */
  readonly does: Line;
}

export function doorsFor(may: May): readonly Door[] {
  return DOORS.filter(({ does }) => may(does));
}

const DOORS: readonly Door[] = [
  { to: "/save", name: ({ shell }) => shell.save, does: "POST /api/captures" },
  { to: "/look", name: ({ shell }) => shell.look, does: "GET /api/exhibits" },
  { to: "/show", name: ({ shell }) => shell.show, does: "POST /api/placards" },
  { to: "/questions", name: ({ shell }) => shell.ask, does: "GET /api/questions" },
  { to: "/find", name: ({ shell }) => shell.find, does: "GET /api/exhibits" },
];
