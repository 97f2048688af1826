export {
  DEFAULT_PREFERENCES,
  type Language,
  PreferenceStore,
  type Preferences,
  readPreferences,
  resolveLanguage,
  type Zone,
} from "./preferences";
export { preferences, usePreferences, useTheme } from "./react";
