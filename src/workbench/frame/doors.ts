/** The doors, named by what a person does. */
import type { Words } from "../words/words.ts";

interface Door {
  readonly to: string;
  readonly name: (words: Words) => string;
}

/** A guest looks, and saves nothing. */
export function doorsFor(role: string | undefined): readonly Door[] {
  return role === "guest" ? DOORS.filter(({ to }) => to !== "/save") : DOORS;
}

const DOORS: readonly Door[] = [
  { to: "/save", name: ({ shell }) => shell.save },
  { to: "/look", name: ({ shell }) => shell.look },
  { to: "/show", name: ({ shell }) => shell.show },
  { to: "/find", name: ({ shell }) => shell.find },
];
