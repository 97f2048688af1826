export { signalName, withoutWildcards, withSignalNames } from "./words";
