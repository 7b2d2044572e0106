/** When a post is looked at again by itself; who may save plans it, and takes it back. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { AgainTimes, againIn, timesOf } from "../again/times.tsx";
import { answer, api } from "../api.ts";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { fill } from "../words/words.ts";
import { exhibitQuery, isDue, type View } from "./queries.ts";

export function Planned({ view }: { readonly view: View }) {
  const { next } = useWords().look;
  const moment = useMoments();
  const may = useMay();
  const { kind, sample } = view.exhibit;
  return (
    <>
      {view.next.map((time) => (
        <p key={time} className="quiet">
          {fill(next, { time: moment(time) })}
        </p>
      ))}
      {may("DELETE /api/exhibits/:id/times") ? <TakeBack view={view} /> : null}
      {kind === "captured" && !sample && may("POST /api/exhibits/:id/times") ? <Plan view={view} /> : null}
    </>
  );
}

function TakeBack({ view: { exhibit, next } }: { readonly view: View }) {
  const { plan } = useWords().evidence.again;
  const times = api.exhibits[":id"].times;
  const taking = useMutation({
    mutationFn: () => answer(times.$delete({ param: { id: exhibit.id } })),
    onSettled: useTellAnew(exhibit.id),
  });
  if (next.every(isDue) && taking.error === null) return null;
  // Until something else is planned.
  const isLeft = taking.data !== undefined && String(taking.data.next) === String(next);
  return (
    <div className="stack">
      <Trouble error={taking.error} />
      <div>
        <Button variant="default" disabled={taking.isPending} onClick={() => taking.mutate()}>
          {plan.takeBack}
        </Button>
      </div>
      <p className="small quiet" role="status">
        {isLeft ? plan.others : ""}
      </p>
    </div>
  );
}

function Plan({ view: { exhibit } }: { readonly view: View }) {
  const { plan } = useWords().evidence.again;
  const form = useRef<HTMLFormElement>(null);
  const planning = useMutation({
    mutationFn: (again: number[]) =>
      answer(api.exhibits[":id"].times.$post({ param: { id: exhibit.id }, json: { again } })),
    onSuccess: () => form.current?.reset(),
    onSettled: useTellAnew(exhibit.id),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const again = timesOf(againIn(new FormData(event.currentTarget)));
    if (again !== undefined) planning.mutate(again);
  };
  return (
    <form ref={form} className="stack" onSubmit={submit}>
      <AgainTimes chosen="" why={plan.whyOne} />
      <Trouble error={planning.error} />
      <div>
        <Button type="submit" variant="default" disabled={planning.isPending}>
          {plan.put}
        </Button>
      </div>
    </form>
  );
}

/** Has the exhibit's page asked for anew. */
function useTellAnew(id: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: exhibitQuery(id).queryKey });
}
