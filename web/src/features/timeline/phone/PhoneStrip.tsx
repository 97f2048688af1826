import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listSeries, type TimelineEvent } from "../../../api";
import { formatQuantity } from "../../../lib/quantity";
import { formatInstant, type Micros } from "../../../lib/time";
import { signalName } from "../../../lib/words";
import { KIND_SHAPES, KindGlyph } from "../../../ui";
import { makeTicks } from "../engine/ticks";
import { xOf } from "../engine/view";
import { useBoard, useTimeline } from "../model/context";
import { instantOf, leadingSignal, rateOf } from "../model/strip-series";
import { offsetOf, tickText } from "../model/texts";
import classes from "./PhoneStrip.module.css";
import { smallCurve } from "./strip-path";

const HEIGHT = 46;
/** A label this close to the edge would be cut. */
const EDGE_PX = 18;
const inMiddle = (x: number, width: number): boolean => x > EDGE_PX && x < width - EDGE_PX;

/** The curve that tells the incident, with the events of the story under it. */
export function PhoneStrip({
  events,
}: {
  events: readonly { id: string; at: Micros; event: TimelineEvent }[];
}) {
  const { t } = useTranslation("timeline");
  const { incident, series, clock, actions } = useTimeline();
  const home = useBoard((state) => state.home);
  const { ref, width } = useElementSize();
  const leading = leadingSignal(series, incident.entry_service);
  const rate = leading && rateOf(leading, series);
  const points = useQuery({
    queryKey: ["incident", incident.id, "strip", leading?.id, home],
    queryFn: ({ signal }) =>
      listSeries(
        incident.id,
        {
          ids: [leading?.id, rate?.id].filter(Boolean).join(),
          from: formatInstant(home.start),
          to: formatInstant(home.end),
          points: 240,
        },
        signal,
      ),
    enabled: leading !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const curve = points.data?.find(({ id }) => id === leading?.id);
  const calls = points.data?.find(({ id }) => id === rate?.id) ?? null;
  const drawn = curve && width > 0 ? smallCurve({ series: curve, rate: calls }, home, width, HEIGHT) : null;
  const { ticks, unit } = makeTicks(home, Math.max(width, 1), offsetOf(clock.zone), 90);
  const labels = ticks.filter(({ at }) => inMiddle(xOf(home, width, at), width));
  const inside = events.filter(({ at }) => at >= home.start && at <= home.end);
  return (
    <div className={classes.strip}>
      {leading && (
        <div className={classes.head}>
          <KindGlyph kind={leading.kind} size={12} label={false} />
          <b>{signalName(leading.metric)}</b>
          <span>{leading.service}</span>
          {leading.max !== null && (
            <span className={classes.most}>{formatQuantity(leading.max, leading.unit)}</span>
          )}
        </div>
      )}
      <div ref={ref}>
        {leading && width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={t("story.signal", { name: signalName(leading.metric), service: leading.service })}
          >
            <pattern
              id="hole"
              width={5}
              height={5}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path className={classes.hatch} d="M0 0v5" />
            </pattern>
            {leading.anomalies.map((anomaly) => {
              const from = xOf(home, width, instantOf(anomaly.start));
              const length = Math.max(xOf(home, width, instantOf(anomaly.end)) - from, 2);
              return (
                <g key={anomaly.id}>
                  <rect className={classes.tint} x={from} y={0} width={length} height={HEIGHT} />
                  <path className={classes.edge} d={`M${from} .75h${length}`} />
                </g>
              );
            })}
            {drawn?.holes.map(({ quiet, ...hole }) =>
              quiet ? (
                <path key={hole.x} className={classes.quiet} d={`M${hole.x} ${HEIGHT - 2}h${hole.width}`}>
                  <title>{t("strips.noRequests")}</title>
                </path>
              ) : (
                <rect key={hole.x} className={classes.hole} y={4} height={HEIGHT - 4} {...hole}>
                  <title>{t("strips.noData")}</title>
                </rect>
              ),
            )}
            {drawn && <path className={classes.line} data-kind={leading.kind} d={drawn.path} />}
          </svg>
        )}
        {width > 0 && (
          <svg width={width} height={16} className={classes.glyphs} aria-hidden="true">
            {inside.map(({ id, at, event }) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the same events are buttons in the list below
              <g
                key={id}
                data-kind={event.kind}
                transform={`translate(${xOf(home, width, at) - 5} 3) scale(.72)`}
                onClick={() => actions.goTo(id, false)}
              >
                <path d={KIND_SHAPES[event.kind]} fill="currentColor" />
              </g>
            ))}
          </svg>
        )}
      </div>
      <div className={classes.axis} aria-hidden="true">
        {labels.map(({ at, dayChange }) => (
          <span key={at} style={{ left: `${xOf(home, 100, at)}%` }}>
            {tickText(clock, at, unit, dayChange)}
          </span>
        ))}
      </div>
    </div>
  );
}
