/** A list by keys alone: what they are, and a switch that turns the single ones off, for who speaks to the computer. */
import { Button, Checkbox } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useWords } from "../language.tsx";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/InlineInput.css";
import "../look/erase.css";
import "./find.css";

const STORED = "placard-keys";
const TYPED_IN = "input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open] *";

const rows = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".exhibit-row")];
const rowAt = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>(".exhibit-row") ?? null;

function step(by: 1 | -1): void {
  const all = rows();
  const now = rowAt();
  const at = now === null ? (by === 1 ? 0 : all.length - 1) : all.indexOf(now) + by;
  const link = all[at]?.querySelector<HTMLElement>(".exhibit-link");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

function choose(shiftKey: boolean): void {
  const box = rowAt()?.querySelector<HTMLInputElement>("input[type=checkbox]");
  box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
}

export function Keys({ chooseNone }: { readonly chooseNone: () => void }) {
  const { find } = useWords();
  const { keys } = find;
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(() => localStorage.getItem(STORED) !== "off");
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.matches(TYPED_IN)) return;
    // Arrows go through the list only from within it; elsewhere they move the page.
    const within = rowAt() !== null;
    const doing: Readonly<Record<string, () => void>> = {
      ...(within ? { ArrowDown: () => step(1), ArrowUp: () => step(-1) } : {}),
      ...(isOn ? single() : {}),
    };
    const act = doing[event.key];
    if (act === undefined) return;
    // Escape covers what is uncovered, too.
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
  const single = (): Readonly<Record<string, () => void>> => ({
    j: () => step(1),
    k: () => step(-1),
    x: () => choose(false),
    X: () => choose(true),
    Escape: chooseNone,
    "?": () => dialog.current?.showModal(),
    "/": () => {
      const field = document.querySelector<HTMLElement>("main input[type=search]");
      if (field === null) void navigate({ to: "/find" });
      else field.focus();
    },
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
  const turn = (on: boolean): void => {
    localStorage.setItem(STORED, on ? "on" : "off");
    setOn(on);
  };
  const listed: readonly (readonly [readonly string[], string])[] = [
    [["j", "↓"], keys.next],
    [["k", "↑"], keys.before],
    [["Enter"], keys.look],
    [["/"], keys.search],
    [["x"], keys.choose],
    [["Shift + x"], keys.range],
    [["Esc"], keys.none],
    [["?"], keys.help],
  ];
  return (
    <>
      <Button variant="default" className="only-keys" onClick={() => dialog.current?.showModal()}>
        {keys.open}
      </Button>
      <dialog ref={dialog} className="sheet main ask" aria-labelledby="keys">
        <div className="stack">
          <h2 id="keys">{keys.title}</h2>
          <dl className="keys-list">
            {listed.map(([names, what]) => (
              <div key={what} className="keys-line">
                <dt>
                  {names.map((name) => (
                    <kbd key={name} dir="ltr">
                      {name}
                    </kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <Checkbox label={keys.on} checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
          <div>
            <Button variant="default" onClick={() => dialog.current?.close()}>
              {keys.close}
            </Button>
          </div>
        </div>
      </dialog>
    </>
  );
}
