import type { TimelineEvent } from "../../../api";
import { signalName, withoutWildcards } from "../../../lib/words";

/** What analysis writes comes in two languages: the other one as attributes with this ending. */
const CHINESE = ".zh";

type Worded = Partial<Pick<TimelineEvent, "title" | "detail" | "key_reason" | "attributes">>;

const isChinese = (): boolean =>
  typeof document !== "undefined" && document.documentElement.lang.startsWith("zh");

/** The event in the words of the reader's language, where it has them, with names that a person would use. */
export function inReadersLanguage<Event extends Worded>(event: Event, chinese = isChinese()): Event {
  const told = chinese ? inChinese(event) : event;
  const title = told.title === undefined ? undefined : readable(told.title, told.attributes?.signal);
  return title === told.title ? told : { ...told, title };
}

function readable(title: string, signal: string | undefined): string {
  return withoutWildcards(signal ? title.replace(signal, () => signalName(signal)) : title);
}

function inChinese<Event extends Worded>(event: Event): Event {
  if (!event.attributes) return event;
  const said = (name: string): string | undefined => {
    const text = event.attributes?.[`${name}${CHINESE}`];
    return typeof text === "string" ? text : undefined;
  };
  return {
    ...event,
    ...(said("title") ? { title: said("title") } : {}),
    ...(said("detail") ? { detail: said("detail") } : {}),
    ...(said("key_reason") ? { key_reason: said("key_reason") } : {}),
  };
}

/** Attributes that say something besides the texts above. */
export function ownAttributes(attributes: TimelineEvent["attributes"]): [string, unknown][] {
  return Object.entries(attributes).filter(([name]) => !name.endsWith(CHINESE));
}
