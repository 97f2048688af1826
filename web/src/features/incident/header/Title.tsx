import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import classes from "./IncidentHeader.module.css";
import type { IncidentEdit } from "./useIncidentEdit";

/** The title, edited where it stands: Enter keeps, Escape drops. */
export function Title({ incident, edit }: { incident: Incident; edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <h1 className={classes.title} title={incident.title}>
        {edit.mayEdit ? (
          <button type="button" onClick={() => setDraft(incident.title)} aria-description={t("editTitle")}>
            {incident.title}
          </button>
        ) : (
          incident.title
        )}
      </h1>
    );
  }
  const keep = () => {
    const title = draft.trim();
    setDraft(null);
    if (title !== "" && title !== incident.title) edit.change({ title });
  };
  return (
    <input
      className={classes.titleField}
      aria-label={t("title")}
      value={draft}
      maxLength={300}
      // biome-ignore lint/a11y/noAutofocus: the reader pressed the title to write in it
      autoFocus
      onChange={({ currentTarget: { value } }) => setDraft(value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
