export { en, type Catalogue, type MessageKey } from './en.js';
export { format, type Arguments } from './format.js';
export { messages, t, useCatalogue, currentLocale } from './messages.js';
export { clockFace, countdownFace, roughly, timeOfDay } from './time.js';
