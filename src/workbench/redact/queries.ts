import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api.ts";

export const redactionQuery = (id: string) =>
  queryOptions({
    queryKey: ["redaction", id],
    queryFn: () => answer(api.exhibits[":id"].redaction.$get({ param: { id } })),
  });

export type Redaction = Awaited<ReturnType<NonNullable<ReturnType<typeof redactionQuery>["queryFn"]>>>;
export type Picture = NonNullable<Redaction["picture"]>;
export type Proposal = Redaction["proposals"][number];

interface Told {
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

/** What the public would be told; of the last question until the next is answered. */
export const previewQuery = (id: string, { fields, words }: Told) =>
  queryOptions({
    queryKey: ["redaction", id, "preview", fields, words],
    queryFn: () =>
      answer(
        api.exhibits[":id"].redaction.preview.$post({
          param: { id },
          json: { fields: [...fields], words: [...words] },
        }),
      ),
    placeholderData: (before) => before,
    retry: false,
  });
