/** What a forum answers besides posts: walls in their place, and pages that only look like walls. */
import { CURTAINS } from "./curtains.ts";
import { FLEEING_FRAMES, FRAME_DOCUMENTS, FRAMED_CURTAINS, FRAMED_WALLS, HANGING_FRAMES } from "./framed-walls.ts";
import { PRESS_TRAPS, TRAP_DOCUMENTS } from "./press-traps.ts";
import { WALLS } from "./walls.ts";

interface Obstacle {
  readonly status: number;
  readonly html: string;
}

const documents = (all: Readonly<Record<string, string>>): Readonly<Record<string, { readonly html: string }>> =>
  Object.fromEntries(Object.entries(all).map(([path, html]) => [path, { html }]));
const ALL: Readonly<Record<string, { readonly status?: number; readonly html: string }>> = {
  ...WALLS,
  ...CURTAINS,
  ...FRAMED_WALLS,
  ...FRAMED_CURTAINS,
  ...documents(FRAME_DOCUMENTS),
  ...PRESS_TRAPS,
  ...documents(TRAP_DOCUMENTS),
  ...documents(HANGING_FRAMES),
  ...documents(FLEEING_FRAMES),
};

export function obstacleAt(path: string): Obstacle | undefined {
  const found = Object.hasOwn(ALL, path) ? ALL[path] : undefined;
  return found && { status: found.status ?? 200, html: found.html };
}
