import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteIncident, type Incident, listIncidents, useSession } from "../../api";
import { ErrorBox } from "../../ui";
import classes from "./InstancePage.module.css";
import { Section, SettingsPage } from "./SettingsPage";

const Confirm = lazy(() => import("../../ui/Confirm").then((module) => ({ default: module.Confirm })));

/** What is running here. */
export function InstancePage() {
  const { t } = useTranslation("settings");
  const session = useSession();
  return (
    <SettingsPage>
      <Section title={t("instance.title")}>
        <dl className={classes.facts}>
          <dt>{t("instance.name")}</dt>
          <dd>{session?.instance.name}</dd>
          <dt>{t("instance.version")}</dt>
          <dd className="num">{session?.instance.version}</dd>
          <dt>{t("instance.api")}</dt>
          <dd>
            <a className={classes.link} href="/api/openapi.json">
              /api/openapi.json
            </a>
          </dd>
        </dl>
      </Section>
      {session?.person.role === "admin" && <Examples />}
    </SettingsPage>
  );
}

/** The example incidents, and the way to be rid of them. */
function Examples() {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const incidents = useQuery({
    queryKey: ["incidents", "names"],
    queryFn: ({ signal }) => listIncidents({ limit: 200 }, signal),
  });
  const examples = incidents.data?.items.filter((incident) => incident.example) ?? [];
  const removing = useMutation({
    mutationFn: async (all: readonly Incident[]) => {
      for (const incident of all) await deleteIncident(incident.id);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["incidents"] }),
  });
  const confirm = () => {
    setAsking(false);
    removing.mutate(examples);
  };
  if (examples.length === 0 && !removing.isError) return null;
  return (
    <Section
      title={t("examples.title")}
      lead={t("examples.lead", { count: examples.length })}
      action={
        <Button loading={removing.isPending} onClick={() => setAsking(true)}>
          {t("examples.remove")}
        </Button>
      }
    >
      {removing.isError && <ErrorBox what={t("examples.remove")} error={removing.error} />}
      <ul className={classes.examples}>
        {examples.map((incident) => (
          <li key={incident.id}>
            <span className="num">INC-{incident.number}</span> {incident.title}
          </li>
        ))}
      </ul>
      <Suspense>
        {asking && (
          <Confirm
            opened
            title={t("examples.remove")}
            body={t("examples.body", { count: examples.length })}
            action={t("examples.remove")}
            onConfirm={confirm}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </Section>
  );
}
