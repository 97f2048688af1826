import "@mantine/spotlight/styles.css";
import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type SearchResult, searchQuery } from "../../api";
import { useCommandList } from "../../lib/commands";
import { Icon, Kbd } from "../../ui";
import { show } from "./overlay";
import classes from "./Palette.module.css";
import { groupCommands, matchCommands } from "./palette-items";

/** Everything that can be done here, and everything that can be found. Opened by Ctrl/Cmd-K. */
export default function Palette() {
  const { t } = useTranslation("shell");
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query, 120);
  const { data } = useQuery(searchQuery(asked));
  const groups = groupCommands(matchCommands(useCommandList(), query));
  const found = asked === query ? (data?.items ?? []) : [];

  // The page opens the palette by showing this component; Spotlight keeps its own state.
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      triggerOnContentEditable
      onSpotlightClose={() => show(undefined)}
      scrollable
      overlayProps={{ backgroundOpacity: 0.32, blur: 0 }}
      maxHeight="min(420px, 60dvh)"
      classNames={{ content: classes.content, action: classes.action, actionLabel: classes.label }}
    >
      <Modal.Title className="visually-hidden">{t("commands.palette")}</Modal.Title>
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.found")}>
            {found.map((result) => (
              <Found key={result.id} result={result} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {groups.map(([group, commands]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.id}
                label={command.title}
                onClick={command.run}
                rightSection={command.keys && <Kbd keys={command.keys} />}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && found.length === 0 && (
          <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Found({ result }: { result: SearchResult }) {
  const navigate = useNavigate();
  const isEvent = result.noun === "event";
  const open = () =>
    void navigate({
      to: "/incidents/$incidentId",
      params: { incidentId: isEvent ? result.incident_id : result.id },
      search: isEvent ? { event: result.id } : {},
    });
  const beside = isEvent ? result.service : `INC-${result.number}`;
  return (
    <Spotlight.Action
      label={result.title}
      {...(beside ? { description: beside } : {})}
      leftSection={<Icon name={isEvent ? "lanes" : "incident"} />}
      onClick={open}
    />
  );
}
