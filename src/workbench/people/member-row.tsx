/** One member: who they are, their role, and how they are removed. */
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SignIns } from "../account/sign-ins.tsx";
import { answer, api } from "../api.ts";
import { Chip } from "../frame/chip.tsx";
import type { Going } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { membersQuery } from "../queries.ts";
import { dayOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { type Me, type MemberOf, type Role, rolesGivenBy } from "./roles.ts";
import { WayBack } from "./way-back.tsx";

interface MemberParts {
  readonly member: MemberOf;
  readonly asking: Me | undefined;
  readonly going: Going;
}

export function MemberRow({ member, asking, going }: MemberParts) {
  const { people } = useWords();
  const { language } = useLanguage();
  const isSelf = member.id === asking?.id;
  const given = asking === undefined ? [] : rolesGivenBy(asking.role);
  const may = useMay();
  const mayChange = !isSelf && given.includes(member.role);
  return (
    <li className="line">
      <div className="line-what">
        <strong>
          <bdi>{member.name}</bdi>
        </strong>
        <span className="quiet small">
          {fill(people.since, { date: dayOf(language, member.joinedAt) })}
          {isSelf ? ` · ${people.yourself}` : ""}
          {member.secured ? "" : ` · ${people.unsecured}`}
        </span>
        {member.email === undefined ? null : (
          <span className="quiet small">
            <bdi>{member.email}</bdi>
          </span>
        )}
      </div>
      {mayChange ? <Changing member={member} given={given} going={going} /> : <Chip>{people.roles[member.role]}</Chip>}
      {isSelf ? null : (
        <div className="member-more">
          {mayChange && may("POST /api/members/:id/recovery") ? <WayBack id={member.id} name={member.name} /> : null}
          {asking?.role === "owner" ? <SignInsOf id={member.id} name={member.name} /> : null}
        </div>
      )}
    </li>
  );
}

function SignInsOf({ id, name }: { readonly id: string; readonly name: string }) {
  const { signIns } = useWords().account;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        aria-expanded={isOpen}
        aria-label={fill(signIns.showOf, { name })}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? signIns.hide : signIns.show}
      </Button>
      {isOpen ? (
        <div className="sign-ins">
          <SignIns id={id} label={fill(signIns.of, { name })} />
        </div>
      ) : null}
    </>
  );
}

function Changing({ member, given, going }: Omit<MemberParts, "asking"> & { readonly given: readonly Role[] }) {
  const { people, shell } = useWords();
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const onSuccess = () => queries.invalidateQueries({ queryKey: membersQuery.queryKey });
  const param = { id: member.id };
  const changing = useMutation({
    mutationFn: (role: Role) => answer(api.members[":id"].$patch({ param, json: { role } })),
    onSuccess,
  });
  const { name } = member;
  const removing = useMutation({
    mutationFn: () => answer(api.members[":id"].$delete({ param })),
    onMutate: () => going.leaves(fill(shell.removed, { name })),
    onSuccess,
    onError: going.stays,
  });
  return (
    <div className="line-how">
      {isRemoving ? (
        <div className="stack" role="group" aria-label={fill(people.removeOf, { name })}>
          <p>{fill(people.removing, { name })}</p>
          <div className="row">
            <Button autoFocus onClick={() => setRemoving(false)}>
              {people.keep}
            </Button>
            <Button variant="default" onClick={() => removing.mutate()} disabled={removing.isPending}>
              {people.remove}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <NativeSelect
            aria-label={fill(people.roleOf, { name })}
            value={changing.isPending ? changing.variables : member.role}
            onChange={(event) => changing.mutate(event.currentTarget.value as Role)}
            data={given.map((role) => ({ value: role, label: people.roles[role] }))}
          />
          <Button variant="subtle" aria-label={fill(people.removeOf, { name })} onClick={() => setRemoving(true)}>
            {people.remove}
          </Button>
        </div>
      )}
      <Trouble error={changing.error ?? removing.error} />
    </div>
  );
}
