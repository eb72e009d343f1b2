export { CommandEvent, RoomPart } from './part.js';
export { SrAgendaElement } from './agenda/sr-agenda.component.js';
export { SrFloorElement } from './floor/sr-floor.component.js';
export { SrHandsElement } from './hands/sr-hands.component.js';
export { SrPeopleElement } from './people/sr-people.component.js';
export { SrQueueElement } from './queue/sr-queue.component.js';
export { SrTimerElement } from './timer/sr-timer.component.js';
export { Ticker, untilNextStep } from './look/ticker.js';
export { baseStyles, cardStyles } from './look/base.styles.js';
export { icon, type IconName } from './look/icons.js';
export { intentName, intentStyles, intentTag } from './look/intent.js';
export { tokenStyles } from './look/tokens.styles.js';
export {
  clockFace,
  countdownFace,
  currentLocale,
  directionOf,
  format,
  languageAround,
  languageFor,
  languages,
  messages,
  onLanguage,
  roughly,
  t,
  timeOfDay,
  TranslatedElement,
  useLanguage,
} from './text/index.js';
export type { Arguments, Catalogue, Language, MessageKey } from './text/index.js';
