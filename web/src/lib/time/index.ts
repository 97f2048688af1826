export { shortDuration, wordDuration } from "./duration";
export {
  clockMinute,
  clockTime,
  dayAndTime,
  dayName,
  fullTime,
  instantInZone,
  isoDay,
  isZone,
  zoneName,
  zoneOffsetMinutes,
} from "./format";
export { formatInstant, type Micros, nowInstant, parseInstant } from "./instant";
export {
  type Clock,
  cycleZone,
  localZone,
  makeClock,
  nextZone,
  resolveZone,
  useClock,
  useLanguage,
  useNow,
} from "./react";
