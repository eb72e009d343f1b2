// Prints the board of tests/SessionRoom.Rooms.Tests/Board/BoardViewTests.cs as the pinned Yjs writes it: a full state of format v1, in base64.
// Run: node crdt/board.mjs (in tests/peers).
import * as Y from 'yjs'

const doc = new Y.Doc({ guid: 'g' })
doc.clientID = 7
const [actions, columns, decisions] = [doc.getMap('actions'), doc.getArray('columns'), doc.getArray('decisions')]

const text = (content, format) => {
  const made = new Y.Text()
  made.insert(0, content)
  if (format) made.format(...format)
  return made
}
const map = fields => new Y.Map(Object.entries(fields))

columns.push([map({ id: 'ideas', title: 'Ideas 💡' }), map({ id: 'gone', title: 'x' }), map({ id: 'next', title: text('Up next') })])
columns.delete(1)
actions.set('late', map({ title: text('Write minutes'), notes: text('For everybody', [4, 9, { bold: true }]), owner: 'ann', due: '2026-12-01', column: 'next', rank: 'a1' }))
actions.set('first', map({ title: text('Book a room'), column: 'next', rank: 'a0', createdBy: 'bo', createdAt: 1795686000000, outcome: text('Room 4') }))
actions.set('quiet', map({ title: text('Between us'), column: 'next', rank: 'a2', sealed: true }))
actions.set('lost', map({ title: 'Gruß', column: 'gone', rank: 'Zz', sealed: false }))
actions.get('late').get('title').insert(6, 'the ')
decisions.push([map({ text: text('We meet monthly'), at: 1795686060000 }), map({ text: 'Tea' })])
doc.getText('notes').insert(0, 'Agreed:\n- all of it')

console.log(Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'))
