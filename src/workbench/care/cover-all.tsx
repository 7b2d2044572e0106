/** One press, or Escape, and nothing of any post is to be seen. */
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useWords } from "../language.tsx";
import { coverAll, useIsOpen } from "./covers.ts";

/** Escape closes these first. */
const OPEN = "dialog[open], [popover]:popover-open";

export function CoverAll() {
  const { care } = useWords();
  const isOpen = useIsOpen();
  useEffect(() => {
    if (!isOpen) return undefined;
    const hear = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (key === "Escape" && !defaultPrevented && document.querySelector(OPEN) === null) coverAll();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <Button className="cover-all" size="sm" aria-keyshortcuts="Escape" onClick={coverAll}>
      {care.coverAll}
    </Button>
  );
}
