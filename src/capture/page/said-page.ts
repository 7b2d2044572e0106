import type { PostData } from "../post/post-data.ts";
import type { PostElement } from "../post/post-element.ts";
import type { OtherForm } from "../post/read-forms.ts";
import type { PageData } from "./page-data.ts";

/** All that is read out of a page: what it says of itself, and where the post lies on it. */
export interface SaidPage extends PageData, PostData {
  readonly element: PostElement;
  /** Where it shows people, as it answered (private-places.ts). */
  readonly places?: unknown;
  /** Other forms of the post, as far as they came; known only once the traffic is read. */
  readonly forms?: readonly OtherForm[];
}
