/** What others wrote is not drawn, fetched or read out until it is asked for. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useCover } from "../care/covers.ts";
import { useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import "./cover.css";

export function Cover({ children }: { readonly children: () => ReactNode }) {
  const { look } = useWords();
  const { data: wanted } = useQuery(preferencesQuery);
  const { isShown, show, cover } = useCover();
  if (!isShown) {
    return (
      <div className="sheet covered">
        <div aria-hidden="true" className="covered-lines">
          <span />
          <span />
          <span />
        </div>
        <div className="covered-ask">
          <p>{look.cover}</p>
          <Button onClick={show}>{look.show}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="sheet stack shown" data-grey={wanted?.grey !== false}>
      {children()}
      <div>
        <Button variant="default" size="sm" onClick={cover}>
          {look.hide}
        </Button>
      </div>
    </div>
  );
}
