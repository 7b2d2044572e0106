/** Searches kept under a name: one's own, and the group's. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { Chip } from "../frame/chip.tsx";
import { type Going, useGoing } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { type Search, searchOf } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { leads } from "../people/roles.ts";
import { meQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import { type SavedSearch, searchesQuery } from "./queries.ts";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/InlineInput.css";
import "../style/fields.css";
import "./find.css";

const LONGEST_NAME = 80;

export function KeptSearches({ search }: { readonly search: Search }) {
  const { kept } = useWords().find;
  const { data: me } = useQuery(meQuery);
  const isMember = useMay()("GET /api/searches");
  const { data, error } = useQuery({ ...searchesQuery, enabled: isMember });
  const queries = useQueryClient();
  const going = useGoing();
  const keeping = useMutation({
    mutationFn: (filled: Filled) =>
      answer(
        api.searches.$post({
          json: { name: filled("name"), search: { ...search }, shared: filled("shared") === "on" },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: searchesQuery.queryKey }),
  });
  if (!isMember) return null;
  return (
    <details className="more">
      <summary>{kept.title}</summary>
      <div className="stack">
        <Trouble error={error} />
        <ul ref={going.list} className="kept-list">
          {data?.searches.map((one) => (
            <Kept key={one.id} one={one} mayRemove={one.own || leads(me)} going={going} />
          ))}
        </ul>
        <span role="status">{going.said}</span>
        {Object.keys(search).length === 0 ? (
          <p className="quiet">{kept.none}</p>
        ) : (
          <form key={data?.searches.length} className="stack" onSubmit={onFilled(keeping.mutate)}>
            <TextInput name="name" label={kept.name} required maxLength={LONGEST_NAME} dir="auto" autoComplete="off" />
            <Checkbox name="shared" label={kept.share} />
            <Trouble error={keeping.error} />
            <div>
              <Button type="submit" variant="default" disabled={keeping.isPending}>
                {kept.keep}
              </Button>
            </div>
          </form>
        )}
      </div>
    </details>
  );
}

interface KeptParts {
  readonly one: SavedSearch;
  readonly mayRemove: boolean;
  readonly going: Going;
}

function Kept({ one, mayRemove, going }: KeptParts) {
  const { find, shell } = useWords();
  const { kept } = find;
  const queries = useQueryClient();
  const [isNaming, setNaming] = useState(false);
  const { id, name, own, shared } = one;
  const after = (): Promise<void> => {
    setNaming(false);
    return queries.invalidateQueries({ queryKey: searchesQuery.queryKey });
  };
  const changing = useMutation({
    mutationFn: (filled: Filled) =>
      answer(
        api.searches[":id"].$patch({
          param: { id },
          json: { name: filled("name"), shared: filled("shared") === "on" },
        }),
      ),
    onSuccess: after,
  });
  const removing = useMutation({
    mutationFn: () => answer(api.searches[":id"].$delete({ param: { id } })),
    onMutate: () => going.leaves(fill(shell.removed, { name })),
    onSuccess: after,
    onError: going.stays,
  });
  return (
    <li className="stack">
      <div className="row">
        <Link to="/find" search={searchOf(one.search)} dir="auto">
          {name}
        </Link>
        <span className="row">
          {shared ? <Chip>{kept.group}</Chip> : null}
          {own ? (
            <Button
              variant="subtle"
              aria-expanded={isNaming}
              aria-label={fill(kept.renameOf, { name })}
              onClick={() => setNaming(!isNaming)}
            >
              {kept.rename}
            </Button>
          ) : null}
          {mayRemove ? (
            <Button variant="subtle" aria-label={fill(kept.removeOf, { name })} onClick={() => removing.mutate()}>
              {kept.remove}
            </Button>
          ) : null}
        </span>
      </div>
      {isNaming ? (
        <form className="stack" onSubmit={onFilled(changing.mutate)}>
          <TextInput name="name" label={kept.name} defaultValue={name} required maxLength={LONGEST_NAME} dir="auto" />
          <Checkbox name="shared" label={kept.share} defaultChecked={shared} />
          <div>
            <Button type="submit" variant="default" disabled={changing.isPending}>
              {kept.save}
            </Button>
          </div>
        </form>
      ) : null}
      <Trouble error={changing.error ?? removing.error} />
    </li>
  );
}
