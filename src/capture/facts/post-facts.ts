/** As found; nothing is normalised, since what is sealed is what the page said. */
export interface PostFacts {
  readonly author?: string;
  readonly handle?: string;
  readonly postText?: string;
  readonly postedAt?: string;
  readonly platform?: string;
  readonly media?: readonly string[];
  readonly title?: string;
}

export function definedOnly(facts: { readonly [K in keyof PostFacts]: PostFacts[K] | undefined }): PostFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as PostFacts;
}
