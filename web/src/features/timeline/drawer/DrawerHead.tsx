import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../../api";
import { Icon, Kbd, KindGlyph } from "../../../ui";
import { CauseTag } from "../CauseTag";
import { useTimeline } from "../model/context";
import classes from "./EventDrawer.module.css";

/** Kind, service, title, and what can be done with the event. */
export function DrawerHead({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("timeline");
  const { t: common } = useTranslation();
  const { session, actions, mayEdit } = useTimeline();
  const clipboard = useClipboard({ timeout: 2500 });
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <span className={classes.kind} data-kind={event.kind}>
          <KindGlyph kind={event.kind} type={event.type} label={false} />
          {common(`oneKind.${event.kind}`)}
        </span>
        <span className={classes.service}>{[event.service, event.instance].filter(Boolean).join(" · ")}</span>
        <CauseTag event={event} className={classes.chip} />
        {event.key && (
          <span className={classes.chip} title={event.key_reason ?? undefined}>
            {t("drawer.key")}
          </span>
        )}
        <span className={classes.tools}>
          {mayEdit && (
            <Tool
              icon="star"
              label={t(event.starred ? "drawer.unstar" : "drawer.star")}
              keys="shift+s"
              on={event.starred}
              onClick={() => actions.star(event)}
            />
          )}
          <Tool
            icon={clipboard.copied ? "check" : "link"}
            label={t(clipboard.copied ? "drawer.copied" : "drawer.copyLink")}
            onClick={() => clipboard.copy(globalThis.location.href)}
          />
          {mayEdit && (
            <Tool icon="edit" label={common("actions.edit")} keys="e" onClick={() => actions.edit(event)} />
          )}
          {mayEdit && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon size={24} aria-label={common("actions.more")}>
                  <Icon name="more" size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<Icon name="trash" size={14} />}
                  onClick={() => actions.remove(event)}
                >
                  {t("drawer.deleted")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          <Tool icon="close" label={common("actions.close")} keys="Escape" onClick={session.board.close} />
        </span>
      </div>
      <h2 className={classes.title}>{event.title}</h2>
      {event.key_reason && <p className={classes.why}>{event.key_reason}</p>}
    </header>
  );
}

interface ToolProps {
  icon: "star" | "link" | "edit" | "close" | "check";
  label: string;
  keys?: string;
  on?: boolean;
  onClick: () => void;
}

function Tool({ icon, label, keys, on, onClick }: ToolProps) {
  const text = (
    <span className={classes.hint}>
      {label} {keys && <Kbd keys={keys} onInk />}
    </span>
  );
  return (
    <Tooltip label={text}>
      <ActionIcon
        size={24}
        aria-label={label}
        onClick={onClick}
        data-on={on || undefined}
        className={classes.tool ?? ""}
      >
        <Icon name={icon} size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
