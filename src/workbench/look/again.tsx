/** Having a post looked at again, and what is said while that is under way. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { exhibitQuery, isDue, type View } from "./queries.ts";

export function Again({ view }: { readonly view: View }) {
  const { again } = useWords().evidence;
  const { id, kind } = view.exhibit;
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const asking = useMutation({
    mutationFn: () => answer(api.exhibits[":id"].again.$post({ param: { id } })),
    onSuccess: async (asked) => {
      await queries.invalidateQueries({ queryKey: exhibitQuery(asked.id).queryKey });
      // Of what was found the last time, the first is looked at again.
      if (asked.id !== id) await navigate({ to: "/look/$id", params: { id: asked.id } });
    },
  });
  if (kind !== "captured" || !may("POST /api/exhibits/:id/again")) return null;
  const isUnderWay = view.next.some(isDue);
  return (
    <div className="stack">
      <Trouble error={asking.error} />
      <div>
        <Button variant="default" disabled={asking.isPending || isUnderWay} onClick={() => asking.mutate()}>
          {again.ask}
        </Button>
      </div>
      <p className="small quiet" role="status">
        {isUnderWay ? again.underWay : again.what}
      </p>
    </div>
  );
}
