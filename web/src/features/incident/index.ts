export { IncidentPage } from "./IncidentPage";
