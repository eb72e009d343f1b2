/** The English of the switches below the hand. ICU MessageFormat. */
export const signalsEnglish = {
  'hand.key': 'Space raises and lowers my hand',
  'hand.sound': 'Sound when I am next',
};
