/** What has been chosen in a list. What can be done with it is in find/many.tsx. */
import { useState } from "react";

export interface Choosing {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: readonly string[], on: boolean) => void;
  readonly chooseNone: () => void;
}

export function useChosen(): Choosing {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen,
    choose: (ids, on) =>
      setChosen((all) => new Set(on ? [...all, ...ids] : [...all].filter((one) => !ids.includes(one)))),
    chooseNone: () => setChosen(new Set()),
  };
}
