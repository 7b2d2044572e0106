/** What a member is told when a way back to their account was made, until they have read it. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { meQuery } from "../queries.ts";
import { fill } from "../words/words.ts";

export function RecoveryNotice() {
  const { notice } = useWords().account;
  const moment = useMoments();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const reading = useMutation({
    mutationFn: () => answer(api.me.recovery.$delete()),
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  if (me?.recovery === undefined) return null;
  const { madeBy, madeAt, usedAt } = me.recovery;
  const date = moment(madeAt);
  return (
    <aside className="sheet main stack recovery-notice" aria-labelledby="recovery-notice">
      <h2 id="recovery-notice">{notice.title}</h2>
      <p>{madeBy === null ? fill(notice.madeHere, { date }) : fill(notice.madeBy, { name: madeBy, date })}</p>
      <p>{usedAt === null ? notice.unused : fill(notice.used, { date: moment(usedAt) })}</p>
      <p>{notice.next}</p>
      <Trouble error={reading.error} />
      <div>
        <Button disabled={reading.isPending} onClick={() => reading.mutate()}>
          {notice.read}
        </Button>
      </div>
    </aside>
  );
}
