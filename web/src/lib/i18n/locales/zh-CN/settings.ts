import settings from "./settings.json";

export const resources = { settings };
