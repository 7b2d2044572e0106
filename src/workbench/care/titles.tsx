/** The titles of posts, covered until they are asked for. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../language.tsx";
import { hostsOnly } from "./addresses.ts";
import { useCountedOpen, useTitles } from "./covers.ts";
import "./titles.css";

export function ShowTitles() {
  const { care } = useWords();
  const { isShown, set } = useTitles();
  useCountedOpen(isShown);
  return (
    <div>
      <Button variant="default" size="sm" onClick={() => set(!isShown)}>
        {isShown ? care.coverTitles : care.showTitles}
      </Button>
    </div>
  );
}

export function Title({ children }: { readonly children: ReactNode }) {
  const { care } = useWords();
  return useTitles().isShown ? children : care.aPost;
}

/** Words of a post, or about it, that stand beside titles: covered with them, a blurred line in their place. */
export function Covered({ children }: { readonly children: ReactNode }) {
  return useTitles().isShown ? children : <span aria-hidden="true" className="covered-line" />;
}

type TitleOf = (title: string | null, untitled: string) => string;

/** A title where only text can stand; `untitled` where there is none. */
export function useTitleOf(): TitleOf {
  const { care } = useWords();
  const { isShown } = useTitles();
  return (title, untitled) => (title === null ? untitled : isShown ? title : care.aPost);
}

type AddressesIn = (text: string) => string;

/** Addresses hold titles, too: while these are covered, each is told by its host alone. */
export function useAddressesIn(): AddressesIn {
  const { isShown } = useTitles();
  return isShown ? (text) => text : hostsOnly;
}
