/** What a forum answers besides posts: walls in their place, and pages that only look like walls. */
import { CURTAINS } from "./curtains.ts";
import { WALLS } from "./walls.ts";

interface Obstacle {
  readonly status: number;
  readonly html: string;
}

const ALL: Readonly<Record<string, { readonly status?: number; readonly html: string }>> = { ...WALLS, ...CURTAINS };

export function obstacleAt(path: string): Obstacle | undefined {
  const found = Object.hasOwn(ALL, path) ? ALL[path] : undefined;
  return found && { status: found.status ?? 200, html: found.html };
}
