/** A word set apart; of a state, with a dot that says it again. */
import type { ReactNode } from "react";
import "./chip.css";

export type Tone = "holds" | "fails" | "working" | "plain";

export function Chip({ tone, children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className="chip" data-tone={tone}>
      {tone === undefined ? null : <span aria-hidden="true" className="chip-dot" />}
      <span>{children}</span>
    </span>
  );
}
