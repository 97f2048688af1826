import { useTranslation } from "react-i18next";
import { useLiveState } from "../../api";
import classes from "./LiveWord.module.css";

/** One word with a dot: whether changes by others arrive by themselves. */
export function LiveWord() {
  const { t } = useTranslation("shell");
  const state = useLiveState();
  return (
    <span className={classes.live} data-live={state}>
      <i />
      {t(`live.${state}`)}
    </span>
  );
}
