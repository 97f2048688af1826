import { useQueryClient } from "@tanstack/react-query";
import { type NavigateOptions, useNavigate, useRouter } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { sessionQuery, signOut, useSession } from "../../api";
import { type Command, useCommands } from "../../lib/commands";
import { type Preferences, preferences } from "../../lib/preferences";
import { cycleZone } from "../../lib/time";
import { show } from "./overlay";
import { toggleSide } from "./side-mode";

const THEMES: readonly Preferences["theme"][] = ["system", "light", "dark"];
const LANGUAGES = [
  { language: "en", title: "Switch to English" },
  { language: "zh-CN", title: "切换到中文" },
] as const;

type T = TFunction<"shell">;
type Go = (to: NavigateOptions) => void;

/** What can be done from every page. */
export function useShellCommands(): void {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const router = useRouter();
  const queries = useQueryClient();
  const role = useSession()?.person.role;
  const mayDeclare = role === "admin" || role === "editor";

  useCommands(
    () => {
      const go: Go = (to) => void navigate(to);
      const leave = () => void signOut().then(() => queries.setQueryData(sessionQuery.queryKey, null));
      const act = t("groups.act");
      return [
        ...goCommands(t, go),
        ...(mayDeclare ? beginCommands(t, go) : []),
        ...viewCommands(t, () => router.state.location.pathname),
        { id: "session.signOut", title: t("commands.signOut"), group: act, run: leave },
      ];
    },
    [t, navigate, router, queries, mayDeclare],
    "shell",
  );
}

function goCommands(t: T, go: Go): Command[] {
  const group = t("groups.go");
  const palette = () => show("palette");
  return [
    {
      id: "shell.palette",
      title: t("commands.palette"),
      group,
      keys: "mod+k",
      inPalette: false,
      run: palette,
    },
    { id: "shell.search", title: t("commands.search"), group, keys: "/", inPalette: false, run: palette },
    {
      id: "go.incidents",
      title: t("commands.goIncidents"),
      group,
      keys: "g i",
      run: () => go({ to: "/incidents" }),
    },
    {
      id: "go.settings",
      title: t("commands.goSettings"),
      group,
      keys: "g s",
      run: () => go({ to: "/settings/preferences" }),
    },
    { id: "go.people", title: t("commands.goPeople"), group, run: () => go({ to: "/settings/people" }) },
    { id: "go.tokens", title: t("commands.goTokens"), group, run: () => go({ to: "/settings/tokens" }) },
  ];
}

function beginCommands(t: T, go: Go): Command[] {
  const group = t("groups.act");
  const open = (dialog: string) => () => go({ to: "/incidents", search: { do: dialog } });
  return [
    { id: "incident.declare", title: t("commands.declare"), group, run: open("declare") },
    { id: "incident.import", title: t("commands.import"), group, run: open("import") },
  ];
}

function viewCommands(t: T, pathname: () => string): Command[] {
  const group = t("groups.view");
  const fold = () => preferences.set(toggleSide(pathname(), preferences.get()));
  const language = ["language", "语言"];
  return [
    { id: "shell.keys", title: t("commands.keys"), group, keys: "?", run: () => show("keys") },
    { id: "view.zone", title: t("commands.zone"), group, keys: "z", run: cycleZone },
    { id: "view.side", title: t("commands.side"), group, keys: "[", run: fold },
    ...THEMES.map((theme) => ({
      id: `view.theme.${theme}`,
      title: t(`commands.theme.${theme}`),
      group,
      run: () => preferences.set({ theme }),
    })),
    ...LANGUAGES.map((choice) => ({
      id: `view.language.${choice.language}`,
      title: choice.title,
      group,
      keywords: language,
      run: () => preferences.set({ language: choice.language }),
    })),
  ];
}
