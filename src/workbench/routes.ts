/** Every address of the workbench. Each screen is a file of its own, fetched when it is first opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { OFFLINE, Problem } from "./api.ts";

import { BareFrame, LostFrame, MemberFrame, WrongFrame } from "./frame/frame.tsx";
import { findSearchOf, tabSearchOf } from "./look/queries.ts";
import { forgetMember, rememberedMember } from "./offline/remembered.ts";

import { houseQuery, meQuery, preferencesQuery } from "./queries.ts";
import { sharedOf } from "./save/shared.ts";
import { showSearchOf } from "./show/address.ts";

interface Context {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: LostFrame, errorComponent: WrongFrame });

const isOffline = (error: unknown): boolean => error instanceof Problem && error.code === OFFLINE;
const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;

async function whoIsHere(queries: QueryClient) {
  const remembered = rememberedMember();
  // Whoever is remembered need not wait for a second silence.
  const patience = remembered === undefined ? {} : { retry: false };
  try {
    return await Promise.all([
      queries.ensureQueryData({ ...houseQuery, ...patience }),
      queries.ensureQueryData({ ...meQuery, ...patience }),
    ]);
  } catch (error) {
    if (isOffline(error) && remembered !== undefined) {
      const me = { ...remembered, ...queries.getQueryData(meQuery.queryKey) };
      // Asked for anew as soon as there is an answer to be had.
      queries.setQueryData(meQuery.queryKey, me, { updatedAt: 0 });
      return [{ founded: true }, me] as const;
    }
    if (!isSignedOut(error)) throw error;
    forgetMember();
    return [await queries.ensureQueryData(houseQuery), undefined] as const;
  }
}

/** Screens of the group's members; whoever is not yet one is led to where they become one. */
export const members = createRoute({
  getParentRoute: () => root,
  id: "members",
  component: MemberFrame,
  beforeLoad: async ({ context: { queries }, location }) => {
    const [house, me] = await whoIsHere(queries);
    if (!house.founded) throw redirect({ to: "/start" });
    if (me === undefined)
      throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { to: location.href } });
    if (!me.arrived) throw redirect({ to: "/second-factor" });
    await queries.ensureQueryData({ ...preferencesQuery, retry: false }).catch((error: unknown) => {
      // Until it is known what is wanted, all is covered.
      if (!isOffline(error)) throw error;
    });
  },
});

const home = createRoute({
  getParentRoute: () => members,
  path: "/",
  component: lazyRouteComponent(() => import("./screens/home.tsx"), "Home"),
});
const people = createRoute({
  getParentRoute: () => members,
  path: "/people",
  component: lazyRouteComponent(() => import("./screens/people.tsx"), "People"),
});
const preferences = createRoute({
  getParentRoute: () => members,
  path: "/preferences",
  component: lazyRouteComponent(() => import("./screens/preferences.tsx"), "PreferencesScreen"),
});
const sessions = createRoute({
  getParentRoute: () => members,
  path: "/sessions",
  component: lazyRouteComponent(() => import("./screens/sessions.tsx"), "Sessions"),
});

const look = createRoute({
  getParentRoute: () => members,
  path: "/look",
  component: lazyRouteComponent(() => import("./screens/look.tsx"), "LookScreen"),
});

const exhibit = createRoute({
  getParentRoute: () => members,
  path: "/look/$id",
  validateSearch: tabSearchOf,
  component: lazyRouteComponent(() => import("./screens/exhibit.tsx"), "ExhibitScreen"),
});

const publish = createRoute({
  getParentRoute: () => members,
  path: "/look/$id/public",
  component: lazyRouteComponent(() => import("./screens/publish.tsx"), "PublishScreen"),
});

const redact = createRoute({
  getParentRoute: () => members,
  path: "/look/$id/redact",
  component: lazyRouteComponent(() => import("./screens/redact.tsx"), "RedactScreen"),
});

const questions = createRoute({
  getParentRoute: () => members,
  path: "/questions",
  component: lazyRouteComponent(() => import("./screens/questions.tsx"), "QuestionsScreen"),
});

const ask = createRoute({
  getParentRoute: () => members,
  path: "/questions/ask",
  validateSearch: showSearchOf,
  component: lazyRouteComponent(() => import("./screens/ask.tsx"), "AskScreen"),
});

const question = createRoute({
  getParentRoute: () => members,
  path: "/questions/$id",
  component: lazyRouteComponent(() => import("./screens/question.tsx"), "QuestionScreen"),
});

const find = createRoute({
  getParentRoute: () => members,
  path: "/find",
  validateSearch: findSearchOf,
  component: lazyRouteComponent(() => import("./screens/find.tsx"), "FindScreen"),
});

const cases = createRoute({
  getParentRoute: () => members,
  path: "/cases",
  component: lazyRouteComponent(() => import("./screens/cases.tsx"), "CasesScreen"),
});

const show = createRoute({
  getParentRoute: () => members,
  path: "/show",
  validateSearch: showSearchOf,
  component: lazyRouteComponent(() => import("./screens/show.tsx"), "ShowScreen"),
});

const save = createRoute({
  getParentRoute: () => members,
  path: "/save",
  validateSearch: sharedOf,
  component: lazyRouteComponent(() => import("./screens/save.tsx"), "Save"),
});

const keep = createRoute({
  getParentRoute: () => members,
  path: "/keep",
  component: lazyRouteComponent(() => import("./screens/keep.tsx"), "Keep"),
});
const health = createRoute({
  getParentRoute: () => members,
  path: "/health",
  component: lazyRouteComponent(() => import("./screens/health.tsx"), "Health"),
});

const inbox = createRoute({
  getParentRoute: () => members,
  path: "/inbox",
  component: lazyRouteComponent(() => import("./screens/inbox.tsx"), "Inbox"),
});
const intake = createRoute({
  getParentRoute: () => members,
  path: "/intake",
  component: lazyRouteComponent(() => import("./screens/intake.tsx"), "Intake"),
});
const settings = createRoute({
  getParentRoute: () => members,
  path: "/settings",
  component: lazyRouteComponent(() => import("./screens/settings.tsx"), "SettingsScreen"),
});

const account = createRoute({
  getParentRoute: () => members,
  path: "/account",
  component: lazyRouteComponent(() => import("./screens/account.tsx"), "Account"),
});

const strangers = createRoute({ getParentRoute: () => root, id: "strangers", component: BareFrame });

const start = createRoute({
  getParentRoute: () => strangers,
  path: "/start",
  component: lazyRouteComponent(() => import("./screens/start.tsx"), "Start"),
});
const join = createRoute({
  getParentRoute: () => strangers,
  path: "/join",
  component: lazyRouteComponent(() => import("./screens/join.tsx"), "Join"),
});
const signIn = createRoute({
  getParentRoute: () => strangers,
  path: "/sign-in",
  validateSearch: ({ to }: { readonly to?: unknown }): { readonly to?: string } =>
    typeof to === "string" ? { to } : {},
  component: lazyRouteComponent(() => import("./screens/sign-in.tsx"), "SignIn"),
});
const secondFactor = createRoute({
  getParentRoute: () => strangers,
  path: "/second-factor",
  component: lazyRouteComponent(() => import("./screens/second-factor.tsx"), "SecondFactor"),
});

const recover = createRoute({
  getParentRoute: () => strangers,
  path: "/recover",
  component: lazyRouteComponent(() => import("./screens/recover.tsx"), "Recover"),
});

const tree = root.addChildren([
  members.addChildren([
    home,
    save,
    look,
    exhibit,
    publish,
    redact,
    questions,
    ask,
    question,
    find,
    cases,
    show,
    people,
    preferences,
    sessions,
    keep,
    health,
    inbox,
    intake,
    settings,
    account,
  ]),
  strangers.addChildren([start, join, signIn, secondFactor, recover]),
]);

export function newRouter(queries: QueryClient) {
  return createRouter({ routeTree: tree, context: { queries }, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: ReturnType<typeof newRouter>;
  }
}
