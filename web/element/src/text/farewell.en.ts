/** The English of a visit that the person ended. ICU MessageFormat. */
export const farewellEnglish = {
  'farewell.title': 'You left',
  'farewell.text': 'Nobody here hears from you now. You can come back as you were.',
  'farewell.again': 'Join again',
};
