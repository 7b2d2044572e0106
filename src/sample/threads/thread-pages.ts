/** Every kind of thread page. One added here is served by the sample forum, captured, and held to what it says of itself. */
import { atThread } from "./at-thread.ts";
import { bulletinBoard } from "./bulletin-board.ts";
import { chatPreview } from "./chat-preview.ts";
import { federated } from "./federated.ts";
import { microblog } from "./microblog.ts";
import { photo } from "./photo.ts";
import type { ThreadPage } from "./thread-page.ts";
import { videoComment } from "./video-comment.ts";

export const THREAD_PAGES: Readonly<Record<string, ThreadPage>> = {
  microblog,
  federated,
  atThread,
  bulletinBoard,
  videoComment,
  photo,
  chatPreview,
};

/** The page at a path with its query, where there is one. */
export function threadPageAt(path: string, origin: string): string | undefined {
  const found = Object.values(THREAD_PAGES).find(({ link }) => link.split("#", 1)[0] === path);
  return found?.html(origin);
}
