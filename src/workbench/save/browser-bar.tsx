/** A link for the browser's bar: pressed on any page, it opens the Save screen with that page's address. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../language.tsx";

const opens = (origin: string): string =>
  `javascript:void open(${JSON.stringify(`${origin}/save?url=`)}+encodeURIComponent(location.href),"_blank","noopener")`;

/** React writes no such address, and our own page runs none: it is there to be dragged. */
const setAddress = (link: HTMLAnchorElement | null): void => link?.setAttribute("href", opens(location.origin));

export function BrowserBar() {
  const { bar } = useWords().save;
  const [wasPressed, setPressed] = useState(false);
  return (
    <details className="more browser-bar">
      <summary>{bar.title}</summary>
      <div className="stack">
        <p>{bar.how}</p>
        <div>
          <Button
            component="a"
            variant="default"
            ref={setAddress}
            onClick={(event) => {
              event.preventDefault();
              setPressed(true);
            }}
          >
            {bar.name}
          </Button>
        </div>
        <p role="status" className="quiet">
          {wasPressed ? bar.drag : ""}
        </p>
      </div>
    </details>
  );
}
