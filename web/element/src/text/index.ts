export { en, type Catalogue, type MessageKey } from './en.js';
export { format, type Arguments } from './format.js';
export {
  addTranslations,
  baseOf,
  currentLocale,
  directionOf,
  languageAround,
  languageFor,
  languages,
  onLanguage,
  useLanguage,
  type Language,
  type Translation,
  type Translations,
} from './languages.js';
export { messages, t } from './messages.js';
export { clockFace, countdownFace, figure, roughly, timeOfDay } from './time.js';
export { TranslatedElement } from './translated-element.js';
