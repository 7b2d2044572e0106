/** Who is in the group; owners and organisers invite here, and change roles. */
import { useQuery } from "@tanstack/react-query";
import { useGoing } from "../frame/going.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { Invite } from "../people/invite.tsx";
import { MemberRow } from "../people/member-row.tsx";
import { membersQuery, meQuery } from "../queries.ts";
import "../people/people.css";

export function People() {
  const { people, shell } = useWords();
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  const members = useQuery(membersQuery);
  const going = useGoing();
  return (
    <Page title={people.title}>
      <Trouble error={members.error} />
      {members.isPending ? <p role="status">{shell.opening}</p> : null}
      <ul ref={going.list} className="lines sheet" aria-label={people.list}>
        {members.data?.members.map((member) => (
          <MemberRow key={member.id} member={member} asking={me} going={going} />
        ))}
      </ul>
      <span role="status">{going.said}</span>
      {me !== undefined && may("POST /api/invitations") ? <Invite role={me.role} /> : null}
    </Page>
  );
}
