export { formatBytes, formatCount, formatQuantity } from "./quantity";
