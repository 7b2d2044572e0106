/**
 * How one platform marks a post in its own pages, where no standard is followed: data for post-element.ts, which reads it out of the
 * page, and for markup.ts, which makes facts of it. A file a platform, what is certain only.
 */
import type { FactName } from "../post-facts.ts";

export interface MarkupRule {
  /** As people call the platform. */
  readonly name: string;
  /** CSS selector of the element that is one post. */
  readonly element: string;
  /** Its own address, relative to the page. */
  readonly permalink?: Pick;
  readonly facts: Partial<Readonly<Record<FactName, Pick>>>;
}

/** What several places say differently is not heard. */
export interface Pick {
  /** CSS selector of elements of the post's own, not in a quotation or a post within it; the post's element itself where there is none. */
  readonly at?: string;
  /** Which of its attributes; its words where there is none. */
  readonly attribute?: string;
  /** A regular expression (flag `u`) that it must match; its first group is what counts. In linear time, whatever the text. */
  readonly matching?: string;
  /** Put before what was found. */
  readonly after?: string;
}
