/** The projector's English. ICU MessageFormat. */
export const projectorEnglish = {
  'room.offRecord': 'Off the record: nothing written now is kept.',
  'projector.join': 'Join with your phone',
  'projector.ended': 'This session has ended',
  'projector.endedAt': 'at {time}',
  'projector.seats': 'Keys raise hands:',
  'projector.live': 'Live',
  'projector.age': 'Last heard from the room {time} ago',
  'projector.stale': 'No connection: as of {time} ago',
  'projector.fixed': 'Fixed on this screen. B follows the facilitator.',
  'projector.fixed.agenda': 'Fixed on this screen. A follows the facilitator.',
  'projector.keys': 'F full screen · B room or board · A agenda · Esc keys off',
  'projector.keyless': 'Keys are off. Esc turns them on.',
  'created.qr': 'QR code with the members’ link',
};
