/** As found; nothing is normalised, since what is sealed is what the page said. */
export interface PostFacts {
  readonly author?: string;
  readonly handle?: string;
  readonly postText?: string;
  readonly postedAt?: string;
  /** When it was last changed, where that is another moment than when it was posted. */
  readonly editedAt?: string;
  readonly edited?: boolean;
  /** Address of the post that this one answers. */
  readonly replyTo?: string;
  readonly likes?: number;
  readonly reposts?: number;
  readonly replies?: number;
  readonly views?: number;
  readonly platform?: string;
  readonly media?: readonly string[];
  readonly title?: string;
}

export type FactName = keyof PostFacts;
export type Fact = string | number | boolean | readonly string[];

export function definedOnly(facts: { readonly [K in FactName]?: PostFacts[K] | undefined }): PostFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as PostFacts;
}
