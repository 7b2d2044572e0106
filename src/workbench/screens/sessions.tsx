/** Where a member is signed in, and how that is ended. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deviceInWords } from "../account/device.ts";
import { answer, api } from "../api.ts";
import { Chip } from "../frame/chip.tsx";
import { useGoing } from "../frame/going.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { sessionsQuery } from "../queries.ts";
import { momentOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";

export function Sessions() {
  const words = useWords();
  const { mine, account } = words;
  const { sessions } = mine;
  const { language } = useLanguage();
  const { data, error } = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const going = useGoing();
  const after = {
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    onError: going.stays,
  };
  const ending = useMutation({
    mutationFn: ({ id }: { readonly id: string; readonly said: string }) =>
      answer(api.me.sessions[":id"].$delete({ param: { id } })),
    onMutate: ({ said }) => going.leaves(said),
    ...after,
  });
  const endingOthers = useMutation({
    mutationFn: () => answer(api.me.sessions.$delete()),
    onMutate: () => going.leaves(account.othersDone),
    ...after,
  });
  const methods: Readonly<Record<string, string>> = sessions.methods;
  return (
    <Page title={sessions.title} lead={sessions.lead}>
      <Trouble error={error ?? ending.error ?? endingOthers.error} />
      <ul ref={going.list} className="lines sheet" aria-label={sessions.title}>
        {data?.sessions.map(({ id, device: told, method, startedAt, current }) => {
          const device = deviceInWords(told, words);
          const date = momentOf(language, startedAt);
          return (
            <li key={id} className="line">
              <div className="line-what">
                <strong>
                  <bdi>{device}</bdi>
                </strong>
                <span className="quiet small">
                  {[fill(sessions.since, { date }), methods[method]].filter(Boolean).join(" · ")}
                </span>
              </div>
              {current ? (
                <Chip>{sessions.here}</Chip>
              ) : (
                <Button
                  variant="default"
                  aria-label={fill(sessions.endOf, { device, date })}
                  onClick={() => ending.mutate({ id, said: fill(sessions.ended, { device, date }) })}
                >
                  {sessions.end}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="row">
        <Button
          variant="default"
          disabled={endingOthers.isPending || data === undefined || data.sessions.length < 2}
          onClick={() => endingOthers.mutate()}
        >
          {account.others}
        </Button>
        <span role="status">{going.said}</span>
      </div>
    </Page>
  );
}
