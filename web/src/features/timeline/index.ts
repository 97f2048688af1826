export { type AddressState, EMPTY_ADDRESS, readAddress, writeAddress } from "./engine/address";
export { inReadersLanguage } from "./engine/words";
export { RowsView } from "./evidence/RowsView";
export { requestNewEvent } from "./model/requests";
export { useIncidentClock } from "./model/zone";
export { TimelinePanel } from "./TimelinePanel";
