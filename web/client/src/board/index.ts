export * from './source.js';
export { RoomBoard, type BoardConnection, type RoomBoardOptions } from './room-board.js';
export { isInside, mayWrite } from './rules.js';
