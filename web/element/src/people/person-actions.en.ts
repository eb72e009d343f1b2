/** The English of what a facilitator may do for or with one person. ICU MessageFormat. */
export const personActionsEnglish = {
  'people.agrees': 'They have agreed',
  'people.give': 'Give the floor',
  'people.invite': 'Ask to speak',
  'people.rename.save': 'Save name',
  'people.name': 'Name',
  'people.role': 'Role',
  'people.raise': 'Raise hand',
  'people.lower': 'Lower hand',
  'people.remove': 'Remove from room',
  'people.remove.sure': 'Really remove?',
};
