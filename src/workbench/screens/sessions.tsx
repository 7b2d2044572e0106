/** Where a member is signed in, and how that is ended. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { Chip } from "../frame/chip.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { sessionsQuery } from "../queries.ts";
import { momentOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";

export function Sessions() {
  const { sessions } = useWords().mine;
  const { language } = useLanguage();
  const { data, error } = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: (id: string) => answer(api.me.sessions[":id"].$delete({ param: { id } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const methods: Readonly<Record<string, string>> = sessions.methods;
  return (
    <Page title={sessions.title} lead={sessions.lead}>
      <Trouble error={error ?? ending.error} />
      <ul className="lines sheet" aria-label={sessions.title}>
        {data?.sessions.map(({ id, device, method, startedAt, current }) => {
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
                  onClick={() => ending.mutate(id)}
                >
                  {sessions.end}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
