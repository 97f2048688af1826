import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Page, revokeToken, type Token, tokensQuery } from "../../api";
import { useOptimistic } from "../../lib/optimistic";
import { ErrorBox, Icon } from "../../ui";
import { RowsSkeleton } from "./RowsSkeleton";
import { Section, SettingsPage } from "./SettingsPage";
import classes from "./SettingsPage.module.css";
import { TokenRow } from "./TokenRow";

const TokenDialog = lazy(() => import("./TokenDialog"));
const Confirm = lazy(() => import("../../ui/Confirm").then((module) => ({ default: module.Confirm })));

/** Keys for programs. */
export function TokensPage() {
  const { t } = useTranslation("settings");
  const tokens = useQuery(tokensQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const revoke = useOptimistic<Page<Token>, string>({
    queryKey: tokensQuery.queryKey,
    apply: (page, id) => ({ ...page, items: page.items.filter((token) => token.id !== id) }),
    send: revokeToken,
  });
  const confirm = () => {
    if (revoking) revoke.mutate(revoking.id);
    setRevoking(undefined);
  };

  return (
    <SettingsPage>
      <Section
        title={t("tokens.title")}
        lead={t("tokens.lead")}
        action={
          <Button
            variant="filled"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setCreating(true)}
          >
            {t("tokens.create")}
          </Button>
        }
      >
        {revoke.isError && <ErrorBox what={t("tokens.revoke")} error={revoke.error} />}
        {tokens.isPending && <RowsSkeleton label={t("tokens.loading")} />}
        {tokens.isError && (
          <ErrorBox what={t("tokens.loading")} error={tokens.error} onRetry={() => void tokens.refetch()} />
        )}
        {tokens.data?.items.length === 0 && <p className={classes.nothing}>{t("tokens.empty")}</p>}
        <ul className={tokens.data?.items.length ? classes.rows : undefined}>
          {tokens.data?.items.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      </Section>
      <Suspense>
        {creating && <TokenDialog onClose={() => setCreating(false)} />}
        {revoking && (
          <Confirm
            opened
            title={t("tokens.revokeOf", { name: revoking.name })}
            body={t("tokens.revokeBody")}
            action={t("tokens.revoke")}
            onConfirm={confirm}
            onClose={() => setRevoking(undefined)}
          />
        )}
      </Suspense>
    </SettingsPage>
  );
}
