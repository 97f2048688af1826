import { useTranslation } from "react-i18next";
import classes from "./glyphs.module.css";
import { ALERT_STROKE, alertOf, KIND_SHAPES, type Kind } from "./kinds";

type Severity = "sev1" | "sev2" | "sev3" | "sev4";
type Status = "investigating" | "mitigated" | "resolved" | "closed";

const LOUDNESS: Record<Severity, number> = { sev1: 4, sev2: 3, sev3: 2, sev4: 1 };
const BARS = [0, 1, 2, 3];

/** One ramp of loudness: four bars, a word and a colour. */
export function SeverityGlyph({ severity }: { severity: Severity }) {
  const { t } = useTranslation();
  return (
    <span className={classes.severity} data-severity={severity}>
      <svg width={11} height={11} viewBox="0 0 11 11" fill="currentColor" aria-hidden="true">
        {BARS.map((bar) => (
          <rect
            key={bar}
            x={bar * 3}
            y={7 - bar * 2.2}
            width={2}
            height={4 + bar * 2.2}
            rx={0.6}
            opacity={bar < LOUDNESS[severity] ? 1 : 0.28}
          />
        ))}
      </svg>
      {t(`severity.${severity}`)}
    </span>
  );
}

const SHARE: Record<Status, number> = { investigating: 0.25, mitigated: 0.66, resolved: 1, closed: 1 };

export function StatusGlyph({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <span className={classes.status} data-status={status}>
      <Ring share={SHARE[status]} />
      {t(`status.${status}`)}
    </span>
  );
}

/** How far something is, as a ring; a tick when it is done. */
export function Ring({ share, size = 14 }: { share: number; size?: number }) {
  const radius = size / 2 - 1.5;
  const length = 2 * Math.PI * radius;
  const middle = size / 2;
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} fill="none" aria-hidden="true">
      <circle cx={middle} cy={middle} r={radius} stroke="var(--line-strong)" strokeWidth={1.8} />
      <circle
        cx={middle}
        cy={middle}
        r={radius}
        stroke="currentColor"
        strokeWidth={1.8}
        strokeDasharray={`${length * share} ${length}`}
        transform={`rotate(-90 ${middle} ${middle})`}
      />
      {share >= 1 && (
        <path
          d={`m${size * 0.3} ${size * 0.52} ${size * 0.14} ${size * 0.14} ${size * 0.26}-${size * 0.3}`}
          stroke="currentColor"
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}

interface KindGlyphProps {
  kind: Kind;
  /** What the event is within its kind, such as an alert. */
  type?: string | null;
  size?: number;
  label?: boolean;
}

/** The shape and colour of an event kind, the same as on the canvas. */
export function KindGlyph({ kind, type, size = 14, label = true }: KindGlyphProps) {
  const { t } = useTranslation();
  const alert = alertOf(type);
  return (
    <svg
      className={classes.kind}
      data-kind={kind}
      data-alert={alert ?? undefined}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden={!label}
    >
      {label && <title>{t(alert ? `alert.${alert}` : `kind.${kind}`)}</title>}
      <path className={classes.shape} d={KIND_SHAPES[kind]} />
      {alert === "fires" && <path className={classes.call} d={ALERT_STROKE} />}
    </svg>
  );
}
