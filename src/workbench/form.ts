/** What was filled in, as text by the names of the fields; the form stays as it is until it is taken away. */
import type { FormEvent } from "react";

export type Filled = (name: string) => string;

export function onFilled(take: (filled: Filled) => void): (event: FormEvent<HTMLFormElement>) => void {
  return (event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    take((name) => String(data.get(name) ?? ""));
  };
}
