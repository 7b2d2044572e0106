/** Every address of the workbench. Each screen is a file of its own, fetched when it is first opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { Problem } from "./api.ts";
import { BareFrame, MemberFrame } from "./frame/frame.tsx";
import { houseQuery, meQuery } from "./queries.ts";
import { Lost, Wrong } from "./screens/lost.tsx";

interface Context {
  readonly queries: QueryClient;
}

/** Where to go after signing in: an address of the workbench itself, whatever a link says. */
function ownAddress(to: unknown): string {
  return typeof to === "string" && /^\/(?![/\\])/.test(to) ? to : "/";
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: Lost, errorComponent: Wrong });

/** Screens of the group's members; whoever is not yet one is led to where they become one. */
export const members = createRoute({
  getParentRoute: () => root,
  id: "members",
  component: MemberFrame,
  beforeLoad: async ({ context: { queries }, location }) => {
    await queries.ensureQueryData(houseQuery);
    await queries.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: "/sign-in", search: { to: location.href } });
      throw error;
    });
  },
});

const home = createRoute({
  getParentRoute: () => members,
  path: "/",
  component: lazyRouteComponent(() => import("./screens/home.tsx"), "Home"),
});

const strangers = createRoute({ getParentRoute: () => root, id: "strangers", component: BareFrame });

const signIn = createRoute({
  getParentRoute: () => strangers,
  path: "/sign-in",
  validateSearch: ({ to }: { readonly to?: unknown }) => ({ to: ownAddress(to) }),
  component: lazyRouteComponent(() => import("./screens/sign-in.tsx"), "SignIn"),
});

const tree = root.addChildren([members.addChildren([home]), strangers.addChildren([signIn])]);

export function newRouter(queries: QueryClient) {
  return createRouter({ routeTree: tree, context: { queries }, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: ReturnType<typeof newRouter>;
  }
}
