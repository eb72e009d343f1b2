export type { BoardCaret, BoardListener, BoardPresence, BoardSource, BoardStatus } from './source.js';
