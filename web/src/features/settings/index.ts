export { AuditPage } from "./AuditPage";
export { InstancePage } from "./InstancePage";
export { PeoplePage } from "./PeoplePage";
export { PreferencesPage } from "./PreferencesPage";
export { TokensPage } from "./TokensPage";
