import type { PageData } from "./page-data.ts";
import type { PostData } from "./post-data.ts";
import type { PostElement } from "./post-element.ts";

/** All that is read out of a page: what it says of itself, and where the post lies on it. */
export interface SaidPage extends PageData, PostData {
  readonly element: PostElement;
}
