export { InsightPanel } from "./InsightPanel";
