import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommandList } from "../../lib/commands";
import { Kbd } from "../../ui";
import classes from "./KeySheet.module.css";
import { show } from "./overlay";
import { groupCommands } from "./palette-items";

/** Which keys do what on this page. Opened by `?`. */
export default function KeySheet() {
  const { t } = useTranslation(["shell", "common"]);
  const withKeys = useCommandList().filter((command) => command.keys);
  return (
    <Modal
      opened
      onClose={() => show(undefined)}
      title={t("commands.keys")}
      size={640}
      closeButtonProps={{ "aria-label": t("common:actions.close") }}
    >
      <div className={classes.columns}>
        {groupCommands(withKeys).map(([group, commands]) => (
          <section key={group} className={classes.group}>
            <h3>{group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id} className={classes.row}>
                  <dt>{command.title}</dt>
                  <dd>
                    <Kbd keys={command.keys ?? ""} />
                    <span className="visually-hidden">{command.keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>{t("keysNote")}</p>
    </Modal>
  );
}
