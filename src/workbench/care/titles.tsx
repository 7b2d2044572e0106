/** The titles of posts, covered until they are asked for. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../language.tsx";
import { useTitles } from "./covers.ts";

export function ShowTitles() {
  const { care } = useWords();
  const { isShown, set } = useTitles();
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

type TitleOf = (title: string | null, untitled: string) => string;

/** A title where only text can stand; `untitled` where there is none. */
export function useTitleOf(): TitleOf {
  const { care } = useWords();
  const { isShown } = useTitles();
  return (title, untitled) => (title === null ? untitled : isShown ? title : care.aPost);
}
