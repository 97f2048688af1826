import { Button, FileButton, Group, Modal, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { importCapture } from "../../api";
import { ErrorBox, Icon } from "../../ui";
import classes from "./Dialogs.module.css";
import { Upload, type UploadState } from "./upload";

/** Takes a capture archive in; the incident that it becomes opens at once, its analysis follows. */
export default function ImportDialog({ onClose, file }: { onClose: () => void; file: File | undefined }) {
  const { t } = useTranslation(["incidents", "common"]);
  const [upload] = useState(() => new Upload(importCapture));
  const state = useSyncExternalStore(upload.subscribe, upload.state);
  useArrival(state);
  useEffect(() => {
    if (file) void upload.start(file);
  }, [upload, file]);
  const close = () => {
    upload.cancel();
    onClose();
  };
  const busy = state.step === "sending" || state.step === "storing";
  return (
    <Modal
      opened
      onClose={close}
      title={t("import.action")}
      size={480}
      closeOnClickOutside={!busy}
      closeButtonProps={{ "aria-label": t("common:actions.close") }}
    >
      {busy ? <Sending state={state} /> : <Choose onFile={(chosen) => void upload.start(chosen)} />}
      {state.step === "refused" && (
        <p className={classes.refused} role="alert">
          {t(`import.refused.${state.reason}`, { name: state.name })}
        </p>
      )}
      {state.step === "failed" && (
        <ErrorBox
          what={t("import.what", { name: state.name })}
          error={state.error}
          onRetry={() => upload.retry()}
        />
      )}
      {busy && (
        <Group justify="flex-end" mt="md">
          <Button onClick={() => upload.cancel()}>{t("import.cancel")}</Button>
        </Group>
      )}
    </Modal>
  );
}

function Choose({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation("incidents");
  const [over, setOver] = useState(false);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file) onFile(file);
        }}
      >
        <Icon name="upload" size={20} />
        <span>{t("import.lead")}</span>
        <FileButton accept=".zip,application/zip" onChange={(file) => file && onFile(file)}>
          {(props) => (
            <Button {...props} data-autofocus>
              {t("import.choose")}
            </Button>
          )}
        </FileButton>
      </div>
      <p className={classes.note}>{t("import.note")}</p>
    </>
  );
}

function Sending({ state }: { state: Extract<UploadState, { step: "sending" | "storing" }> }) {
  const { t } = useTranslation("incidents");
  const percent = state.step === "sending" ? Math.round(state.share * 100) : 100;
  return (
    <div className={classes.progress} role="status">
      <span className={classes.name}>
        <span>{state.name}</span>
        <span className="num">{state.step === "sending" ? `${percent}%` : t("import.storing")}</span>
      </span>
      <Progress
        value={percent}
        size={4}
        color="var(--ink)"
        aria-label={state.name}
        animated={state.step === "storing"}
      />
    </div>
  );
}

/** Goes to the incident as soon as there is one. */
function useArrival(state: UploadState): void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const arrived = state.step === "done" ? state.incident.id : undefined;
  useEffect(() => {
    if (!arrived) return;
    void queries.invalidateQueries({ queryKey: ["incidents"] });
    void navigate({ to: "/incidents/$incidentId", params: { incidentId: arrived } });
  }, [arrived, navigate, queries]);
}
