/** What a page of another site loads, by a script tag or from the package: registers `session-room` and its parts. */
import './room/session-room.js';

export { HttpRefusal } from '@session-room/client';
export type { Answer, ConnectionStatus, Entry, RoomCommand, RoomEvent, RoomState } from '@session-room/client';
export { CommandEvent, RoomPart } from './part.js';
export type { Answered, Changed, Joined, Left, Refused, SessionRoomEvents } from './room/events.js';
export { SessionRoomElement, type SessionRoomView, type SinglePart } from './room/session-room.component.js';
