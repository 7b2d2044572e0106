/** What stands around a member's screens, and around those of someone not yet known. */
import { useQuery } from "@tanstack/react-query";
import { type ErrorComponentProps, Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useAppearance } from "../appearance.ts";
import { useLanguage, useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { Lost, Wrong } from "../screens/lost.tsx";
import { Bar, BareBar } from "./bar.tsx";

/** Not needed for the first screen to stand. */
const Keeper = lazy(async () => ({ default: (await import("../offline/keeper.tsx")).Keeper }));

function Skip() {
  const { skip } = useWords().shell;
  return (
    <a className="skip" href="#main">
      {skip}
    </a>
  );
}

export function MemberFrame() {
  const { data: preferences } = useQuery(preferencesQuery);
  const { language, speak } = useLanguage();
  const chosen = preferences?.language;
  useAppearance(preferences);
  useEffect(() => {
    if (chosen !== undefined && chosen !== language) void speak(chosen);
  }, [chosen, language, speak]);
  return (
    <>
      <Skip />
      <Bar />
      <Suspense>
        <Keeper />
      </Suspense>
      <Outlet />
    </>
  );
}

export function BareFrame() {
  return (
    <>
      <Skip />
      <BareBar />
      <Outlet />
    </>
  );
}

/** No such page, whoever asks. */
export function LostFrame() {
  return (
    <>
      <Skip />
      <BareBar />
      <Lost />
    </>
  );
}

/** A page that could not be shown at all. */
export function WrongFrame({ error }: ErrorComponentProps) {
  return (
    <>
      <Skip />
      <BareBar />
      <Wrong error={error} />
    </>
  );
}
