import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CaptureManifest, captureFileUrl, captureQuery, type Incident, tableOf } from "../../../api";
import { formatBytes, formatCount } from "../../../lib/quantity";
import { Bone, Delayed, EmptyState, ErrorBox, Icon } from "../../../ui";
import { RowsView, useIncidentClock } from "../../timeline";
import classes from "./EvidencePanel.module.css";

/** The capture: every file with its rows and hash, to read here or to take away. */
export function EvidencePanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incident");
  const capture = useQuery({ ...captureQuery(incident.id), enabled: incident.capture !== null });
  if (incident.capture === null) {
    return <EmptyState icon="file" title={t("evidence.emptyTitle")} body={t("evidence.emptyBody")} />;
  }
  if (capture.isError) {
    return (
      <ErrorBox what={t("evidence.load")} error={capture.error} onRetry={() => void capture.refetch()} />
    );
  }
  if (!capture.data) {
    return (
      <Delayed label={t("evidence.load")}>
        <Bone width={600} height={180} />
      </Delayed>
    );
  }
  return <Manifest incident={incident} manifest={capture.data} />;
}

function Manifest({ incident, manifest }: { incident: Incident; manifest: CaptureManifest }) {
  const { t, i18n } = useTranslation("incident");
  const clock = useIncidentClock(incident.timezone, null);
  const [open, setOpen] = useState<string | null>(null);
  const size = manifest.files.reduce((sum, file) => sum + file.size_bytes, 0);
  const window = manifest.window;
  const table = open && tableOf(open);
  return (
    <section className={classes.panel}>
      <header className={classes.head}>
        <h2>{t("evidence.title")}</h2>
        <p>
          {t("evidence.summary", {
            files: manifest.files.length,
            size: formatBytes(size),
            at: clock.dayAndTime(manifest.collected_at),
          })}
          {window && (
            <>
              {" · "}
              <time>{clock.full(window.start)}</time>–<time>{clock.time(window.end)}</time> {clock.zoneName}
            </>
          )}
        </p>
        <p className={classes.quiet}>{t("evidence.immutable")}</p>
      </header>
      <ul className={classes.files}>
        {manifest.files.map((file) => (
          <li key={file.name} className={classes.file}>
            <Icon name="file" />
            <div className={classes.what}>
              <b>{file.name}</b>
              <span className={classes.quiet}>
                {[
                  file.rows !== null &&
                    t("evidence.rows", { count: file.rows, rows: formatCount(file.rows, i18n.language) }),
                  formatBytes(file.size_bytes),
                  file.source === "import" ? t("evidence.imported") : file.source,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </div>
            <code className={classes.hash} title={file.sha256}>
              <Icon name="shield" size={14} />
              {file.sha256.slice(0, 16)}…
            </code>
            <span className={classes.tools}>
              {tableOf(file.name) && <Button onClick={() => setOpen(file.name)}>{t("evidence.open")}</Button>}
              <Button
                component="a"
                href={captureFileUrl(incident.id, file.name)}
                download={file.name}
                leftSection={<Icon name="download" size={14} />}
              >
                {t("evidence.download")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {open && table && (
        <RowsView incidentId={incident.id} file={open} table={table} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
