/** One link for one person, shown once; and those that are still open. */
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { useGoing } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { invitationsQuery } from "../queries.ts";
import { dayOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { NewLink } from "./new-link.tsx";
import { type Role, rolesGivenBy } from "./roles.ts";

export function Invite({ role }: { readonly role: Role }) {
  const { people } = useWords();
  const { invite } = people;
  const queries = useQueryClient();
  const inviting = useMutation({
    mutationFn: (filled: Filled) => answer(api.invitations.$post({ json: { role: filled("role") as Role } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const roles = rolesGivenBy(role)
    .toReversed()
    .map((each) => ({ value: each, label: people.roles[each] }));
  return (
    <section className="stack" aria-labelledby="invite">
      <div>
        <h2 id="invite">{invite.title}</h2>
        <p className="quiet">{invite.lead}</p>
      </div>
      <form className="sheet main stack" onSubmit={onFilled(inviting.mutate)}>
        <div className="row invite">
          <NativeSelect name="role" label={invite.as} defaultValue="contributor" data={roles} />
          <Button type="submit" disabled={inviting.isPending}>
            {invite.make}
          </Button>
        </div>
        <Trouble error={inviting.error} />
        {inviting.data === undefined ? null : (
          <NewLink key={inviting.data.id} link={inviting.data.link} label={invite.link} />
        )}
      </form>
      <OpenInvitations />
    </section>
  );
}

function OpenInvitations() {
  const { people, shell } = useWords();
  const { language } = useLanguage();
  const { data, error } = useQuery(invitationsQuery);
  const queries = useQueryClient();
  const going = useGoing();
  const withdrawing = useMutation({
    mutationFn: ({ id }: { readonly id: string; readonly what: string }) =>
      answer(api.invitations[":id"].$delete({ param: { id } })),
    onMutate: ({ what }) => going.leaves(fill(shell.removed, { name: what })),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
    onError: going.stays,
  });
  if (data === undefined) return <Trouble error={error} />;
  const { invitations } = data;
  return (
    <>
      {invitations.length === 0 ? null : <h3>{people.invite.open}</h3>}
      <ul ref={going.list} className="lines sheet" aria-label={people.invite.open} hidden={invitations.length === 0}>
        {invitations.map(({ id, role, expiresAt }) => {
          const values = { role: people.roles[role], date: dayOf(language, expiresAt) };
          return (
            <li key={id} className="line">
              <span>{fill(people.invite.until, values)}</span>
              <Button
                variant="subtle"
                aria-label={fill(people.invite.withdrawOf, values)}
                onClick={() => withdrawing.mutate({ id, what: fill(people.invite.until, values) })}
              >
                {people.invite.withdraw}
              </Button>
            </li>
          );
        })}
      </ul>
      <span role="status">{going.said}</span>
      <Trouble error={withdrawing.error} />
    </>
  );
}
