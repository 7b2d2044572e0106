/** One matter that is set: its name, what it means, and under it how it stands. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

interface SectionParts {
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

export function Section({ id, title, lead, children }: SectionParts) {
  return (
    <section className="sheet stack" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {lead === undefined ? null : <p className="quiet">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

interface Changing {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isSuccess: boolean;
}

/** The button that keeps a form, and what came of it. */
export function Keeping({ changing, label, more }: { changing: Changing; label?: string; more?: ReactNode }) {
  const { settings } = useWords();
  return (
    <>
      <Trouble error={changing.error} words={{ conflict: settings.conflict }} />
      <div className="row">
        <Button type="submit" disabled={changing.isPending}>
          {label ?? settings.keep}
        </Button>
        {more}
        <span role="status">{changing.isSuccess ? settings.kept : ""}</span>
      </div>
    </>
  );
}
