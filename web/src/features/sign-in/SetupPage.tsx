import { useTranslation } from "react-i18next";
import { setUp } from "../../api";
import { Gate } from "./Gate";
import { NewAccountForm } from "./NewAccountForm";
import { useEnter } from "./useEnter";
import { useLinkToken } from "./useLinkToken";

/** First run: whoever has the link that the server printed becomes the first administrator. */
export function SetupPage() {
  const { t } = useTranslation("signIn");
  const token = useLinkToken();
  const enter = useEnter();
  if (!token) return <Gate title={t("setup.title")} lead={t("setup.needsLink")} />;
  return (
    <Gate title={t("setup.title")} lead={t("setup.lead")}>
      <NewAccountForm
        withEmail
        submit={t("setup.submit")}
        send={(account) => setUp({ token, ...account })}
        onSession={(session) => enter(session)}
      />
    </Gate>
  );
}
