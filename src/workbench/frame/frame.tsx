/** What stands around a member's screens, and around those of someone not yet known. */
import { Outlet } from "@tanstack/react-router";
import { useWords } from "../language.tsx";
import { Bar, BareBar } from "./bar.tsx";

function Skip() {
  const { skip } = useWords().shell;
  return (
    <a className="skip" href="#main">
      {skip}
    </a>
  );
}

export function MemberFrame() {
  return (
    <>
      <Skip />
      <Bar />
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
