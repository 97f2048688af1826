import incident from "./incident.json";
import insight from "./insight.json";
import timeline from "./timeline.json";

/** What the pages of one incident say. */
export const resources = { incident, insight, timeline };
