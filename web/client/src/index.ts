export * from './state.js';
export * from './commands.js';
export * from './wire.js';
export * from './http.js';
export { RoomClock, type LocalTime } from './clock.js';
export { RoomFold } from './fold.js';
export { mergePatch, type Json } from './merge-patch.js';
export {
  RoomConnection,
  type ConnectionStatus,
  type Ending,
  type RoomConnectionOptions,
  type RoomListener,
} from './connection.js';
export {
  signalRLink,
  Unauthorised,
  type HubFormat,
  type LinkFactory,
  type LinkListener,
  type RoomLink,
} from './link.js';
export { forgetBoard } from './board/board-store.js';
