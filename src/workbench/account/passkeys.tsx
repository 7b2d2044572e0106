/** A member's passkeys: which there are, one more, another name, one less. */
import { Button, TextInput } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { auth } from "../api.ts";
import { CANCELLED, hasPasskeys, makePasskey } from "../enter/passkey.ts";
import { onFilled } from "../form.ts";
import { type Going, useGoing } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { dayOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";

interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt: string;
}

const passkeysQuery = queryOptions({
  queryKey: ["me", "passkeys"],
  queryFn: () => auth<readonly Passkey[]>("/passkey/list-user-passkeys"),
});

function useLook() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["me"] });
}

export function Passkeys({ hasPassword }: { readonly hasPassword: boolean }) {
  const { passkeys } = useWords().account;
  const { data, error } = useQuery(passkeysQuery);
  const going = useGoing();
  const adding = useMutation({ mutationFn: () => makePasskey({ shownFirst: !hasPassword }), onSuccess: useLook() });
  return (
    <section className="sheet stack" aria-labelledby="passkeys">
      <div>
        <h2 id="passkeys">{passkeys.title}</h2>
        <p className="quiet">{passkeys.lead}</p>
      </div>
      <Trouble error={error} />
      {data?.length === 0 ? <p>{passkeys.none}</p> : null}
      <ul ref={going.list} className="lines" aria-labelledby="passkeys">
        {data?.map((passkey) => (
          <One key={passkey.id} passkey={passkey} hasPassword={hasPassword} going={going} />
        ))}
      </ul>
      <span role="status">{going.said}</span>
      {hasPassword ? null : <p>{passkeys.shownFirst}</p>}
      <Trouble error={adding.error} words={{ [CANCELLED]: passkeys.cancelled }} />
      {hasPasskeys() ? (
        <div className="row">
          <Button variant="default" disabled={adding.isPending} onClick={() => adding.mutate()}>
            {passkeys.add}
          </Button>
          <span role="status">{adding.isSuccess ? passkeys.added : ""}</span>
        </div>
      ) : null}
    </section>
  );
}

interface OneParts {
  readonly passkey: Passkey;
  readonly hasPassword: boolean;
  readonly going: Going;
}

function One({ passkey: { id, name: given, createdAt }, hasPassword, going }: OneParts) {
  const { language, words } = useLanguage();
  const { passkeys } = words.account;
  const [renamed, setRenamed] = useState<"not" | "now" | "before">("not");
  const look = useLook();
  const name = given || passkeys.unnamed;
  const renaming = useMutation({
    mutationFn: (to: string) => auth("/passkey/update-passkey", { id, name: to }),
    onSuccess: () => {
      setRenamed("before");
      return look();
    },
  });
  const removing = useMutation({
    mutationFn: () => auth("/passkey/delete-passkey", { id }),
    onMutate: () => going.leaves(fill(words.shell.removed, { name })),
    onSuccess: look,
    onError: going.stays,
  });
  return (
    <li className="line">
      <div className="line-what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span className="quiet small">{fill(passkeys.since, { date: dayOf(language, createdAt) })}</span>
        <Trouble
          error={renaming.error ?? removing.error}
          words={{ conflict: hasPassword ? passkeys.only : passkeys.onlyWay }}
        />
      </div>
      {renamed === "now" ? (
        <form
          className="row"
          onSubmit={onFilled((filled) => renaming.mutate(filled("name").trim()))}
          onKeyDown={({ key }) => {
            if (key === "Escape") setRenamed("before");
          }}
        >
          <TextInput name="name" required maxLength={100} autoFocus defaultValue={name} aria-label={passkeys.name} />
          <Button type="submit" disabled={renaming.isPending}>
            {passkeys.save}
          </Button>
          <Button variant="subtle" onClick={() => setRenamed("before")}>
            {passkeys.leave}
          </Button>
        </form>
      ) : (
        <div className="row">
          <Button
            variant="default"
            // Where the field had the focus before, it comes back here.
            autoFocus={renamed === "before"}
            aria-label={fill(passkeys.renameOf, { name })}
            onClick={() => setRenamed("now")}
          >
            {passkeys.rename}
          </Button>
          <Button
            variant="subtle"
            aria-label={fill(passkeys.removeOf, { name })}
            disabled={removing.isPending}
            onClick={() => removing.mutate()}
          >
            {passkeys.remove}
          </Button>
        </div>
      )}
    </li>
  );
}
