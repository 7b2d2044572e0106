/** From a stranger to somebody known: what was fetched before is not good any more. */
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { answer, api, auth } from "../api.ts";
import { useLanguage } from "../language.tsx";

/** One of the workbench's own addresses, whatever a link says. */
const OWN = /^\/(?![/\\])/;

/** Goes to `to` as whoever the session says; to the first page where `to` leads elsewhere. */
export function useArrival(to = "/"): () => void {
  const queries = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    queries.clear();
    router.history.replace(OWN.test(to) ? to : "/");
  }, [queries, router, to]);
}

/** A new member's: the language in which they came is from now on theirs on every device. */
export function useFirstArrival(): () => void {
  const { language } = useLanguage();
  const arrive = useArrival();
  return useCallback(() => {
    // That it is not kept would be no reason to stay outside.
    answer(api.me.preferences.$patch({ json: { language } })).then(arrive, arrive);
  }, [language, arrive]);
}

export async function signInByPassword(email: string, password: string): Promise<{ readonly codeToCome: boolean }> {
  const told = await auth<{ readonly twoFactorRedirect?: boolean }>("/sign-in/email", { email, password });
  return { codeToCome: told.twoFactorRedirect === true };
}
