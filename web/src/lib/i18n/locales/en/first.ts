import common from "./common.json";
import incidents from "./incidents.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";

/** What the first pages say. */
export const resources = { common, incidents, shell, signIn };
