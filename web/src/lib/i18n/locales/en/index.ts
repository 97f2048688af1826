import common from "./common.json";
import incident from "./incident.json";
import incidents from "./incidents.json";
import insight from "./insight.json";
import settings from "./settings.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import timeline from "./timeline.json";

/** One namespace for each feature, named like its folder. */
export const resources = { common, incident, incidents, insight, settings, shell, signIn, timeline };
