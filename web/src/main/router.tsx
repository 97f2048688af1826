import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "../api";
import { loadTexts, type TextGroup } from "../lib/i18n";
import { NotFound } from "./NotFound";
import { RouteError } from "./RouteError";
import { parseSearch, stringifySearch } from "./search";

interface Context {
  queries: QueryClient;
}

/** What the address of a page carries; every value is text. */
type TextSearch = Record<string, string | undefined>;
const textSearch = (search: Record<string, unknown>): TextSearch =>
  Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));

/** A page is drawn when both its script and its texts are there. */
async function withTexts<Module>(group: TextGroup, script: Promise<Module>): Promise<Module> {
  await loadTexts(group);
  return script;
}

const root = createRootRouteWithContext<Context>()();

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" && search.next.startsWith("/") && !search.next.startsWith("//")
      ? { next: search.next }
      : {},
  component: lazyRouteComponent(() => import("../features/sign-in"), "SignInPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../features/sign-in"), "SetupPage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("../features/sign-in"), "InvitationPage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  component: lazyRouteComponent(() => import("../features/shell"), "Shell"),
});
const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/incidents", replace: true });
  },
});
const incidents = createRoute({
  getParentRoute: () => shell,
  path: "/incidents",
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import("../features/incidents"), "IncidentsPage"),
});
const incident = createRoute({
  getParentRoute: () => shell,
  path: "/incidents/$incidentId",
  validateSearch: textSearch,
  component: lazyRouteComponent(() => withTexts("work", import("./IncidentRoute")), "IncidentRoute"),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  beforeLoad: ({ location }) => {
    if (location.pathname === "/settings") throw redirect({ to: "/settings/preferences", replace: true });
  },
});
const people = createRoute({
  getParentRoute: () => settings,
  path: "people",
  component: lazyRouteComponent(() => withTexts("settings", import("../features/settings")), "PeoplePage"),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: "tokens",
  component: lazyRouteComponent(() => withTexts("settings", import("../features/settings")), "TokensPage"),
});
const preferences = createRoute({
  getParentRoute: () => settings,
  path: "preferences",
  component: lazyRouteComponent(
    () => withTexts("settings", import("../features/settings")),
    "PreferencesPage",
  ),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: "audit",
  component: lazyRouteComponent(() => withTexts("settings", import("../features/settings")), "AuditPage"),
});
const instance = createRoute({
  getParentRoute: () => settings,
  path: "instance",
  component: lazyRouteComponent(() => withTexts("settings", import("../features/settings")), "InstancePage"),
});

const routes = root.addChildren([
  signIn,
  setup,
  invitation,
  shell.addChildren([
    home,
    incidents,
    incident,
    settings.addChildren([people, tokens, preferences, audit, instance]),
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: RouteError,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
