import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, preferences, resolveLanguage } from "../preferences";
import { type TextGroup, TextLoader } from "./loader";
import type { resources as english } from "./locales/en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof english;
  }
}

export type { TextGroup };

const FILES = {
  en: {
    first: () => import("./locales/en/first"),
    work: () => import("./locales/en/work"),
    settings: () => import("./locales/en/settings"),
  },
  "zh-CN": {
    first: () => import("./locales/zh-CN/first"),
    work: () => import("./locales/zh-CN/work"),
    settings: () => import("./locales/zh-CN/settings"),
  },
} as const;

const loader = new TextLoader(
  async (language, group) => (await FILES[language][group]()).resources,
  (language, namespace, texts) => i18next.addResourceBundle(language, namespace, texts),
);

export function currentLanguage(): Language {
  return resolveLanguage(preferences.get().language, navigator.language);
}

/** Loads a group of texts before the page that needs it is drawn. */
export function loadTexts(group: TextGroup): Promise<void> {
  return loader.want(group, currentLanguage());
}

async function use(language: Language): Promise<void> {
  await loader.turnTo(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Loads the first texts of one language only, and follows the preference afterwards. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: currentLanguage(),
    fallbackLng: false,
    defaultNS: "common",
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await loadTexts("first");
  await use(currentLanguage());
  preferences.subscribe((changed) => {
    if (changed.language !== undefined) void use(currentLanguage());
  });
}
