export { signalName, withoutWildcards } from "./words";
