import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { live, savePreferences, useSession } from "../../api";
import { useCommandKeys } from "../../lib/commands";
import { preferences, usePreferences } from "../../lib/preferences";
import { Boundary, UndoToast, useAtMost, usePhone } from "../../ui";
import { BottomBar } from "./BottomBar";
import { useOverlay } from "./overlay";
import { PreferenceSync } from "./preference-sync";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { Side } from "./Side";
import { sideKey } from "./side-mode";
import { useShellCommands } from "./useShellCommands";

const Palette = lazy(() => import("./Palette"));
const KeySheet = lazy(() => import("./KeySheet"));

/** What surrounds every page of a signed-in person. */
export function Shell() {
  const { t } = useTranslation();
  const pathname = useLocation({ select: (location) => location.pathname });
  const narrow = useAtMost(960);
  const folded = usePreferences()[sideKey(pathname)] === "folded" || narrow;
  const phone = usePhone();
  const overlay = useOverlay();
  useCommandKeys();
  useShellCommands();
  useSessionLife();

  return (
    <div className={classes.app}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      {!phone && (folded ? <Rail /> : <Side />)}
      <main id="main" className={classes.main} tabIndex={-1}>
        <Boundary key={pathname} what={t("error.loadPage")}>
          <Outlet />
        </Boundary>
      </main>
      {phone && <BottomBar />}
      <Suspense>
        {overlay === "palette" && <Palette />}
        {overlay === "keys" && <KeySheet />}
      </Suspense>
      <UndoToast />
    </div>
  );
}

/** Keeps the live stream and the preferences tied to the session, and leaves when it ends. */
function useSessionLife(): void {
  const session = useSession();
  const navigate = useNavigate();
  const person = session?.person.id;

  useEffect(() => {
    if (person === undefined) void navigate({ to: "/sign-in" });
    else live.start();
    return () => live.stop();
  }, [person, navigate]);

  useEffect(() => {
    if (!session) return undefined;
    const sync = new PreferenceSync(preferences, savePreferences);
    sync.receive(session.preferences);
    return sync.follow();
  }, [session]);
}
