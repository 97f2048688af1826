import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CaptureRows, type CaptureTable, getCaptureRows } from "../../../api";
import { formatCount } from "../../../lib/quantity";
import { Bone, Delayed, ErrorBox } from "../../../ui";
import classes from "./RowsView.module.css";
import { readingOrder } from "./reading-order";

const PAGE = 100;
const LEAD = 8;
/** A text of more letters may be cut in its cell. */
const LONG = 60;

interface Props {
  incidentId: string;
  file: string;
  table: CaptureTable;
  /** First and last row to mark. */
  marked?: readonly [number, number];
  onClose: () => void;
}

/** Rows of the capture as they are stored. */
export function RowsView({ incidentId, file, table, marked, onClose }: Props) {
  const { t, i18n } = useTranslation("timeline");
  const { t: common } = useTranslation();
  const [from, setFrom] = useState(Math.max((marked?.[0] ?? 0) - LEAD, 0));
  const rows = useQuery({
    queryKey: ["capture-rows", incidentId, table, from],
    queryFn: ({ signal }) => getCaptureRows(incidentId, { table, from_row: from, limit: PAGE }, signal),
    placeholderData: (before) => before,
  });
  const count = rows.data?.rows.length ?? 0;
  const range = {
    first: formatCount(from, i18n.language),
    last: formatCount(from + Math.max(count - 1, 0), i18n.language),
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={t("rows.title", { file })}
      closeButtonProps={{ "aria-label": common("actions.close") }}
    >
      {rows.isError && (
        <ErrorBox what={t("rows.loading")} error={rows.error} onRetry={() => void rows.refetch()} />
      )}
      {rows.isPending && (
        <Delayed label={t("rows.loading")}>
          <Bone width="100%" height={240} />
        </Delayed>
      )}
      {rows.data && <Table data={rows.data} from={from} {...(marked ? { marked } : {})} />}
      <div className={classes.pages}>
        <span className={classes.range}>{t("rows.range", range)}</span>
        <Button disabled={from === 0} onClick={() => setFrom(Math.max(from - PAGE, 0))}>
          {t("rows.earlier")}
        </Button>
        <Button disabled={count < PAGE} onClick={() => setFrom(from + PAGE)}>
          {t("rows.later")}
        </Button>
      </div>
    </Modal>
  );
}

function Table({
  data,
  from,
  marked,
}: {
  data: CaptureRows;
  from: number;
  marked?: readonly [number, number];
}) {
  const { t } = useTranslation("timeline");
  const places = readingOrder(data.columns);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={t("drawer.rows")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("rows.row")}</th>
            {places.map((place) => (
              <th key={place}>{data.columns[place]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, index) => {
            const number = from + index;
            const on = marked !== undefined && number >= marked[0] && number <= marked[1];
            return (
              <tr key={number} data-marked={on || undefined}>
                <td>{number}</td>
                {places.map((place) => {
                  const text = String(row[place] ?? "");
                  return (
                    <td key={place} title={text.length > LONG ? text : undefined}>
                      {text}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
