import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type OnDemandProps, SeverityGlyph, StatusGlyph } from "../../ui";
import { type Filters, PERIODS, SEVERITIES, STATUSES, toggled } from "./filters";
import { useFilters } from "./useFilters";
import { useKnownServices } from "./useKnownServices";

const SERVICES_SHOWN = 12;

/** Adds filters: what can be chosen is what exists. */
export default function FilterMenu({ target, defaultOpened }: OnDemandProps) {
  const { t } = useTranslation(["incidents", "common"]);
  const [filters, setFilters] = useFilters();
  const change = (next: Partial<Filters>) => setFilters({ ...filters, ...next });
  const known = useKnownServices();
  const services = filters.service && !known.includes(filters.service) ? [filters.service, ...known] : known;
  return (
    <Menu position="bottom-start" width={200} defaultOpened={defaultOpened} trapFocus returnFocus>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("common:severity.label")}</Menu.Label>
        {SEVERITIES.map((severity) => (
          <Menu.CheckboxItem
            key={severity}
            checked={filters.severity.includes(severity)}
            onChange={() => change({ severity: toggled(filters.severity, severity) })}
          >
            <SeverityGlyph severity={severity} />
          </Menu.CheckboxItem>
        ))}
        <Menu.Label>{t("common:status.label")}</Menu.Label>
        {STATUSES.map((status) => (
          <Menu.CheckboxItem
            key={status}
            checked={filters.status.includes(status)}
            onChange={() => change({ status: toggled(filters.status, status) })}
          >
            <StatusGlyph status={status} />
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Sub position="right-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item>{t("filter.period")}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {PERIODS.map((period) => (
              <Menu.CheckboxItem
                key={period}
                checked={filters.period === period}
                onChange={() => change({ period: filters.period === period ? undefined : period })}
              >
                {t(`period.${period}`)}
              </Menu.CheckboxItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        {services.length > 0 && (
          <Menu.Sub position="right-start">
            <Menu.Sub.Target>
              <Menu.Sub.Item>{t("filter.service")}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {services.slice(0, SERVICES_SHOWN).map((service) => (
                <Menu.CheckboxItem
                  key={service}
                  checked={filters.service === service}
                  onChange={() => change({ service: filters.service === service ? undefined : service })}
                >
                  {service}
                </Menu.CheckboxItem>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
