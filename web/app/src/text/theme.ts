import { messages } from '@session-room/element/text/index.ts';

export const { t: say } = messages({
  'theme.dark': 'Use the dark theme',
  'theme.light': 'Use the light theme',
});
