/** Theme and motion: of the account, where it is known, else as this device was left. */
import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";

export interface Appearance {
  readonly theme: "system" | "light" | "dark" | "contrast";
  readonly motion: "system" | "reduced";
}

const REMEMBERED = "placard-appearance";
const SCHEMES = { system: "auto", light: "light", dark: "dark", contrast: "auto" } as const;

/** High contrast and stillness hold by a mark on the page; the device's own wishes count without one (style/roles.css). */
function mark({ theme, motion }: Appearance): void {
  const { dataset } = document.documentElement;
  const wants = (query: string): boolean => globalThis.matchMedia(query).matches;
  dataset["contrast"] = theme === "contrast" || wants("(prefers-contrast: more)") ? "more" : "";
  dataset["motion"] = motion === "reduced" ? "reduced" : "";
}

/** Before it is known who asks. */
export function markAsRemembered(): void {
  const [theme, motion] = (localStorage.getItem(REMEMBERED) ?? "system system").split(" ");
  mark({ theme: theme === "contrast" ? theme : "system", motion: motion === "reduced" ? motion : "system" });
}

/** Holds the page to `appearance`. */
export function useAppearance(appearance: Appearance | undefined): void {
  const { setColorScheme } = useMantineColorScheme();
  const { theme, motion } = appearance ?? {};
  useEffect(() => {
    if (theme === undefined || motion === undefined) return undefined;
    localStorage.setItem(REMEMBERED, `${theme} ${motion}`);
    setColorScheme(SCHEMES[theme]);
    const follow = (): void => mark({ theme, motion });
    follow();
    // The device may be set to it while the page stands.
    const wish = globalThis.matchMedia("(prefers-contrast: more)");
    wish.addEventListener("change", follow);
    return () => wish.removeEventListener("change", follow);
  }, [theme, motion, setColorScheme]);
}
