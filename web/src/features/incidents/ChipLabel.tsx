import { useTranslation } from "react-i18next";
import type { Chip } from "./filters";

/** One filter in words. */
export function ChipLabel({ chip }: { chip: Chip }) {
  const { t } = useTranslation(["incidents", "common"]);
  switch (chip.kind) {
    case "q":
      return t("filter.quoted", { text: chip.value });
    case "severity":
      return t(`common:severity.${chip.value}`);
    case "status":
      return t(`common:status.${chip.value}`);
    case "service":
      return chip.value;
    case "period":
      return t(`period.${chip.value}`);
  }
}
