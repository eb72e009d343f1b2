/** The English of what stands in the corner of every page. ICU MessageFormat. */
export const lookEnglish = {
  'theme.dark': 'Use the dark theme',
  'theme.light': 'Use the light theme',
  'language.choose': 'Language',
};
