export { IncidentsPage } from "./IncidentsPage";
