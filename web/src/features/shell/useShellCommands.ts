import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sessionQuery, signOut } from "../../api";
import { useCommands } from "../../lib/commands";
import { type Preferences, preferences } from "../../lib/preferences";
import { cycleZone } from "../../lib/time";
import { show } from "./overlay";
import { toggleSide } from "./side-mode";

const THEMES: readonly Preferences["theme"][] = ["system", "light", "dark"];
const LANGUAGES = [
  { language: "en", title: "Switch to English" },
  { language: "zh-CN", title: "切换到中文" },
] as const;

/** What can be done from every page. */
export function useShellCommands(): void {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const router = useRouter();
  const queries = useQueryClient();

  useCommands(
    () => {
      const go = t("groups.go");
      const view = t("groups.view");
      const act = t("groups.act");
      return [
        {
          id: "shell.palette",
          title: t("commands.palette"),
          group: go,
          keys: "mod+k",
          inPalette: false,
          run: () => show("palette"),
        },
        {
          id: "shell.search",
          title: t("commands.search"),
          group: go,
          keys: "/",
          inPalette: false,
          run: () => show("palette"),
        },
        {
          id: "go.incidents",
          title: t("commands.goIncidents"),
          group: go,
          keys: "g i",
          run: () => void navigate({ to: "/incidents" }),
        },
        {
          id: "go.settings",
          title: t("commands.goSettings"),
          group: go,
          keys: "g s",
          run: () => void navigate({ to: "/settings/preferences" }),
        },
        {
          id: "go.people",
          title: t("commands.goPeople"),
          group: go,
          run: () => void navigate({ to: "/settings/people" }),
        },
        {
          id: "go.tokens",
          title: t("commands.goTokens"),
          group: go,
          run: () => void navigate({ to: "/settings/tokens" }),
        },
        {
          id: "incident.declare",
          title: t("commands.declare"),
          group: act,
          run: () => void navigate({ to: "/incidents", search: { do: "declare" } }),
        },
        {
          id: "incident.import",
          title: t("commands.import"),
          group: act,
          run: () => void navigate({ to: "/incidents", search: { do: "import" } }),
        },
        { id: "shell.keys", title: t("commands.keys"), group: view, keys: "?", run: () => show("keys") },
        { id: "view.zone", title: t("commands.zone"), group: view, keys: "z", run: cycleZone },
        {
          id: "view.side",
          title: t("commands.side"),
          group: view,
          keys: "[",
          run: () => preferences.set(toggleSide(router.state.location.pathname, preferences.get())),
        },
        ...THEMES.map((theme) => ({
          id: `view.theme.${theme}`,
          title: t(`commands.theme.${theme}`),
          group: view,
          run: () => preferences.set({ theme }),
        })),
        ...LANGUAGES.map(({ language, title }) => ({
          id: `view.language.${language}`,
          title,
          group: view,
          keywords: ["language", "语言"],
          run: () => preferences.set({ language }),
        })),
        {
          id: "session.signOut",
          title: t("commands.signOut"),
          group: act,
          run: () => void signOut().then(() => queries.setQueryData(sessionQuery.queryKey, null)),
        },
      ];
    },
    [t, navigate, router, queries],
    "shell",
  );
}
