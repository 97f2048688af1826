import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OnDemandProps } from "../../ui";
import { SORTS } from "./filters";
import { useFilters } from "./useFilters";

export default function SortMenu({ target, defaultOpened }: OnDemandProps) {
  const { t } = useTranslation("incidents");
  const [filters, setFilters] = useFilters();
  const choose = (value: string) =>
    setFilters({ ...filters, sort: SORTS.find((sort) => sort === value) ?? filters.sort });
  return (
    <Menu position="bottom-end" defaultOpened={defaultOpened} trapFocus returnFocus>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={filters.sort} onChange={choose}>
          {SORTS.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} closeMenuOnClick>
              {t(`sort.${sort}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
