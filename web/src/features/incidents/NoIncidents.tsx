import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState, Icon } from "../../ui";
import { ChipLabel } from "./ChipLabel";
import { chipsOf, withoutChip } from "./filters";
import { useFilters } from "./useFilters";

interface Props {
  onOpen: (dialog: "declare" | "import") => void;
  mayDeclare: boolean;
}

/** Nothing to list: says which filter to drop, or what belongs here and how it gets here. */
export function NoIncidents({ onOpen, mayDeclare }: Props) {
  const { t } = useTranslation("incidents");
  const [filters, setFilters] = useFilters();
  const chips = chipsOf(filters);
  if (chips.length > 0) {
    return (
      <EmptyState icon="filter" title={t("empty.filtered")} body={t("empty.filteredBody")}>
        {chips.map((chip) => (
          <Button
            key={`${chip.kind}-${chip.value}`}
            size="sm"
            rightSection={<Icon name="close" size={12} />}
            onClick={() => setFilters(withoutChip(filters, chip))}
          >
            <ChipLabel chip={chip} />
          </Button>
        ))}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="incident"
      title={t("empty.title")}
      body={mayDeclare ? t("empty.body") : t("empty.bodyReader")}
    >
      {mayDeclare && (
        <>
          <Button variant="filled" onClick={() => onOpen("declare")}>
            {t("declare.action")}
          </Button>
          <Button onClick={() => onOpen("import")}>{t("import.action")}</Button>
        </>
      )}
    </EmptyState>
  );
}
