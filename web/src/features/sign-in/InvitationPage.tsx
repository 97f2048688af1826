import { useTranslation } from "react-i18next";
import { acceptInvitation } from "../../api";
import { Gate } from "./Gate";
import { NewAccountForm } from "./NewAccountForm";
import { useEnter } from "./useEnter";
import { useLinkToken } from "./useLinkToken";

/** Someone invited chooses their name and password. */
export function InvitationPage() {
  const { t } = useTranslation("signIn");
  const token = useLinkToken();
  const enter = useEnter();
  if (!token) return <Gate title={t("invitation.title")} lead={t("invitation.needsLink")} />;
  return (
    <Gate title={t("invitation.title")} lead={t("invitation.lead")}>
      <NewAccountForm
        withEmail={false}
        submit={t("invitation.submit")}
        send={({ name, password }) => acceptInvitation({ token, name, password })}
        onSession={(session) => enter(session)}
      />
    </Gate>
  );
}
