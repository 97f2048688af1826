import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePerson, type Page, type Person, peopleQuery, useSession } from "../../api";
import { useOptimistic } from "../../lib/optimistic";
import { ErrorBox, Icon } from "../../ui";
import { InvitationList } from "./InvitationList";
import { PersonRow } from "./PersonRow";
import { RowsSkeleton } from "./RowsSkeleton";
import { Section, SettingsPage } from "./SettingsPage";
import classes from "./SettingsPage.module.css";

const InviteDialog = lazy(() => import("./InviteDialog"));

export type PersonChange = { id: string; role?: Person["role"]; suspended?: boolean };

/** Who is here and what they may do. */
export function PeoplePage() {
  const { t } = useTranslation("settings");
  const session = useSession();
  const isAdmin = session?.person.role === "admin";
  const people = useQuery(peopleQuery);
  const [inviting, setInviting] = useState(false);
  const change = useOptimistic<Page<Person>, PersonChange>({
    queryKey: peopleQuery.queryKey,
    apply: (page, { id, ...rest }) => ({
      ...page,
      items: page.items.map((person) => (person.id === id ? { ...person, ...rest } : person)),
    }),
    send: ({ id, ...rest }) => changePerson(id, rest),
  });

  return (
    <SettingsPage>
      <Section
        title={t("people.title")}
        lead={t("people.lead")}
        action={
          isAdmin && (
            <Button
              variant="filled"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => setInviting(true)}
            >
              {t("people.invite")}
            </Button>
          )
        }
      >
        {change.isError && <ErrorBox what={t("people.changing")} error={change.error} />}
        {people.isPending && <RowsSkeleton label={t("people.loading")} />}
        {people.isError && (
          <ErrorBox what={t("people.loading")} error={people.error} onRetry={() => void people.refetch()} />
        )}
        <ul className={people.data ? classes.rows : undefined}>
          {people.data?.items.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isSelf={person.id === session?.person.id}
              editable={isAdmin && person.id !== session?.person.id}
              onChange={(changed) => change.mutate({ id: person.id, ...changed })}
            />
          ))}
        </ul>
      </Section>
      {isAdmin && <InvitationList />}
      <Suspense>{inviting && <InviteDialog onClose={() => setInviting(false)} />}</Suspense>
    </SettingsPage>
  );
}
