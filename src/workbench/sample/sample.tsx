/** The sample to play with: made with one click, removed with one. */
import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { saidIn } from "../words/said.ts";
import { fill } from "../words/words.ts";

const sampleQuery = queryOptions({
  queryKey: ["sample"],
  queryFn: () => answer(api.sample.$get()),
  staleTime: 0,
});
/** Milliseconds between two looks at one that is being made. */
const LOOK = 2_000;

export function Sample() {
  const reader = useLanguage();
  const { sample } = reader.words;
  const { data, error } = useQuery({
    ...sampleQuery,
    refetchInterval: ({ state }) => (state.data?.state === "making" ? LOOK : false),
  });
  const queries = useQueryClient();
  // Lists, counts and what was saved lately all tell of it.
  const onSettled = () => queries.invalidateQueries();
  const making = useMutation({ mutationFn: () => answer(api.sample.$post()), onSettled });
  const removing = useMutation({ mutationFn: () => answer(api.sample.$delete()), onSettled });
  if (data === undefined) return <Trouble error={error} />;
  const { state, exhibits, posts, reason, told } = data;
  return (
    <section className="sheet stack" aria-labelledby="sample">
      <div>
        <h2 id="sample">{sample.title}</h2>
        <p className="quiet">{state === "there" ? sample.there : sample.lead}</p>
      </div>
      <p role="status">
        {removing.isPending
          ? sample.removing
          : state === "making"
            ? fill(sample.making, { done: exhibits.length, all: posts })
            : removing.isSuccess && state === "none"
              ? sample.removed
              : ""}
      </p>
      {reason === undefined ? null : <p>{fill(sample.partly, { reason: saidIn(reader, reason, told).text })}</p>}
      <Trouble error={making.error ?? removing.error} />
      <div className="row">
        {state === "none" ? (
          <Button variant="default" disabled={making.isPending} onClick={() => making.mutate()}>
            {sample.make}
          </Button>
        ) : (
          <>
            {exhibits.length === 0 ? null : <LinkButton to="/look">{sample.look}</LinkButton>}
            <Button variant="default" disabled={removing.isPending} onClick={() => removing.mutate()}>
              {sample.remove}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
