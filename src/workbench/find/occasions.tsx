/** Days that members note, such as a march: each has the number it bears in the weekly chart. */
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { useGoing } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { leads } from "../people/roles.ts";
import { meQuery } from "../queries.ts";
import { dayOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import type { Occasion } from "./queries.ts";

interface OccasionParts {
  readonly occasions: readonly Occasion[];
  readonly caseName: string | undefined;
}

export function Occasions({ occasions, caseName }: OccasionParts) {
  const { words } = useLanguage();
  const { charts } = words.find;
  const queries = useQueryClient();
  const after = () => queries.invalidateQueries({ queryKey: ["occasions"] });
  const noting = useMutation({
    mutationFn: (filled: Filled) =>
      answer(
        api.occasions.$post({
          json: { day: filled("day"), name: filled("name"), ...(caseName === undefined ? {} : { case: caseName }) },
        }),
      ),
    onSuccess: after,
  });
  const going = useGoing<HTMLOListElement>();
  const removing = useMutation({
    mutationFn: ({ id }: Occasion) => answer(api.occasions[":id"].$delete({ param: { id } })),
    onMutate: ({ name }) => going.leaves(fill(words.shell.removed, { name })),
    onSuccess: after,
    onError: going.stays,
  });
  return (
    <section className="sheet stack" aria-labelledby="occasions">
      <div>
        <h3 id="occasions">{charts.occasions}</h3>
        <p className="quiet">{charts.occasionsSay}</p>
      </div>
      <ol ref={going.list} className="occasions">
        {occasions.map((one) => (
          <Noted key={one.id} one={one} remove={() => removing.mutate(one)} />
        ))}
      </ol>
      <span role="status">{going.said}</span>
      <Trouble error={removing.error} />
      <form key={occasions.length} className="stack" onSubmit={onFilled(noting.mutate)}>
        <div className="row field-row">
          <TextInput name="day" type="date" label={charts.day2} required />
          <TextInput
            name="name"
            label={charts.name}
            required
            maxLength={80}
            dir="auto"
            autoComplete="off"
            className="grow"
          />
          <Button type="submit" variant="default" disabled={noting.isPending}>
            {charts.note}
          </Button>
        </div>
        <p className="small quiet">
          {caseName === undefined ? charts.forAll : fill(charts.forCase, { case: caseName })}
        </p>
        <Trouble error={noting.error} />
      </form>
    </section>
  );
}

function Noted({ one, remove }: { readonly one: Occasion; readonly remove: () => void }) {
  const { language, words } = useLanguage();
  const { charts } = words.find;
  const { data: me } = useQuery(meQuery);
  const { day, name, actor } = one;
  return (
    <li>
      <div className="row occasion">
        <span>
          <bdi>{dayOf(language, day)}</bdi>: <bdi>{name}</bdi>
        </span>
        {leads(me) || me?.actor === actor ? (
          <Button variant="subtle" aria-label={fill(charts.removeOf, { name })} onClick={remove}>
            {charts.remove}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
