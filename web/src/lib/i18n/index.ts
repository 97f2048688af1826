import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, preferences, resolveLanguage } from "../preferences";
import type { resources as english } from "./locales/en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof english;
  }
}

const load: Record<Language, () => Promise<{ resources: Record<string, object> }>> = {
  en: () => import("./locales/en"),
  "zh-CN": () => import("./locales/zh-CN"),
};

async function use(language: Language): Promise<void> {
  const { resources } = await load[language]();
  for (const [namespace, texts] of Object.entries(resources)) {
    i18next.addResourceBundle(language, namespace, texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return resolveLanguage(preferences.get().language, navigator.language);
}

/** Loads the texts of one language only, and follows the preference afterwards. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: currentLanguage(),
    fallbackLng: false,
    defaultNS: "common",
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await use(currentLanguage());
  preferences.subscribe((changed) => {
    if (changed.language !== undefined) void use(currentLanguage());
  });
}
