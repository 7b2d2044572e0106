/** Questions as the server tells of them, and what is done about one. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { answer, api, ask } from "../api.ts";

export const of = api.questions[":id"];
export type Question = InferResponseType<typeof of.$get, 200>;
export type Letter = Question["letters"][number];
export type Reply = Question["replies"][number];
export type ReplyClass = NonNullable<Reply["as"]>;

export const questionsQuery = queryOptions({
  queryKey: ["questions"],
  queryFn: () => answer(api.questions.$get()),
  // Others do things about it, and days go by.
  staleTime: 0,
});
export const questionQuery = (id: string) =>
  queryOptions({ queryKey: ["questions", id], queryFn: () => answer(of.$get({ param: { id } })), staleTime: 0 });

/** Does something about a question; whatever came of it, all that is shown is asked for anew. */
export function useDeed<Said>(id: string, take: (said: Said) => Promise<Question>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: take,
    onSuccess: (told) => queries.setQueryData(questionQuery(id).queryKey, told),
    onSettled: () => queries.invalidateQueries({ queryKey: questionsQuery.queryKey }),
  });
}

/** An e-mail that somebody has as a file, and when it reached the group; now, where that is not said. */
export function sendMail(id: string, file: File, at?: string): Promise<Question> {
  const body = new FormData();
  body.append("file", file);
  const query = new URLSearchParams({ of: id, ...(at === undefined ? {} : { at }) });
  return answer(ask(`/api/mail?${query}`, { method: "POST", body })) as Promise<Question>;
}
