import { resources as first } from "./first";
import { resources as settings } from "./settings";
import { resources as work } from "./work";

/** One namespace for each feature, named like its folder. For types and tests: pages load the groups they need. */
export const resources = { ...first, ...work, ...settings };
