/** All questions, and how each stands. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { Board } from "../questions/board.tsx";
import { questionsQuery } from "../questions/queries.ts";
import { fill } from "../words/words.ts";

export function QuestionsScreen() {
  const { ask } = useWords();
  const may = useMay();
  const { data, error } = useQuery(questionsQuery);
  return (
    <Page title={ask.title} lead={ask.lead} width="wide">
      <div className="row">
        {may("POST /api/questions") ? <LinkButton to="/questions/ask">{ask.ask}</LinkButton> : null}
        {data?.mail === true && may("POST /api/mail/exchange") ? <Exchange /> : null}
      </div>
      <Trouble error={error} />
      {data?.questions.length === 0 ? <p className="quiet">{ask.none}</p> : null}
      {data === undefined || data.questions.length === 0 ? null : <Board questions={data.questions} />}
    </Page>
  );
}

function Exchange() {
  const { mail } = useWords().ask;
  const queries = useQueryClient();
  const exchanging = useMutation({
    mutationFn: () => answer(api.mail.exchange.$post()),
    onSettled: () => queries.invalidateQueries({ queryKey: questionsQuery.queryKey }),
  });
  const { data: came } = exchanging;
  const unsorted = (came?.unmatched ?? 0) + (came?.unread ?? 0);
  return (
    <>
      <Button variant="default" disabled={exchanging.isPending} onClick={() => exchanging.mutate()}>
        {mail.exchange}
      </Button>
      <Trouble error={exchanging.error} />
      <p role="status" className="small">
        {came === undefined ? "" : fill(mail.came, { replies: came.replies, reports: came.reports })}{" "}
        {unsorted === 0 ? "" : fill(mail.unsorted, { count: unsorted })}
      </p>
    </>
  );
}
