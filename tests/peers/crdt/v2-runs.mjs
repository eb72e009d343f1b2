// Writes tests/SessionRoom.Crdt.Tests/Vectors/v2-runs.json: full states whose clock columns hold falling runs,
// as the pinned Yjs writes them in both formats. Run: node crdt/v2-runs.mjs (in tests/peers).
import { writeFileSync } from 'node:fs'
import * as Y from 'yjs'

const open = client => { const doc = new Y.Doc({ guid: 'g' }); doc.clientID = client; return doc }

const typed = (base, positions, write = (text, at, i) => text.insert(at, String.fromCharCode(65 + i % 26))) => {
  const first = open(1)
  first.getText('t').insert(0, base)
  const second = open(2)
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  positions.forEach((at, i) => write(second.getText('t'), at, i))
  return second
}

const count = (n, value) => Array.from({ length: n }, (_, i) => value(i))
const letters = n => count(n, i => String.fromCharCode(97 + i % 26)).join('')

const cases = {
  'origins that fall by one': () => typed(letters(12), [11, 10, 9, 8, 7, 6, 5]),
  'origins that fall by two': () => typed(letters(20), [18, 16, 14, 12, 10, 8]),
  'origins that fall once': () => typed(letters(12), [9, 3]),
  'origins that fall twice by one, then rise': () => typed(letters(12), [9, 8, 7, 9, 10, 11]),
  'origins that fall by sixty-four, past the first varint byte': () => typed(letters(700), count(9, i => 640 - 64 * i)),
  'origins that fall by three thousand': () => typed(letters(9001), [9000, 6000, 3000]),
  'origins that fall and stay': () => typed(letters(9), [8, 8, 8, 4, 4, 4, 2, 2]),
  'runs that fall, stay and rise in turn': () => typed(letters(99), count(60, i => 10 + (i * 37) % 80)),
  'a text written backwards': () => typed('', count(40, () => 0)),
  'deletions from the end': () => typed(letters(30), [28, 24, 20, 16, 12, 8, 4], (text, at) => text.delete(at, 2)),
  'formats from the end': () => typed(letters(30), [27, 22, 17, 12, 7, 2], (text, at, i) => text.format(at, 2, { bold: i % 2 === 0, size: -i - 1 })),
  'two hundred clients that wrote before each other': () => {
    const doc = open(1)
    for (let i = 200; i > 0; i--) {
      const other = open(i * 3)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      other.getText('t').insert(0, 'x' + i)
      other.getMap('m').set('k' + i % 7, i)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    }
    return doc
  },
  'a list whose items point back and forth': () => {
    const doc = open(9)
    const list = doc.getArray('a')
    for (let i = 0; i < 50; i++) list.insert((i * 7919) % (list.length + 1), [i, 'n' + i])
    for (let i = 0; i < 12; i++) list.delete((i * 31) % list.length, 1)
    return doc
  }
}

const hex = bytes => Buffer.from(bytes).toString('hex')
const lines = Object.entries(cases).map(([name, make]) => {
  const doc = make()
  const reader = open(77)
  Y.applyUpdateV2(reader, Y.encodeStateAsUpdateV2(doc))
  return JSON.stringify({
    name,
    v1: hex(Y.encodeStateAsUpdate(reader)),
    v2: hex(Y.encodeStateAsUpdateV2(reader)),
    // Conversion does not know the key of an item that has an origin, and drops its flag.
    toV1: hex(Y.convertUpdateFormatV2ToV1(Y.encodeStateAsUpdateV2(reader))),
    toV2: hex(Y.convertUpdateFormatV1ToV2(Y.encodeStateAsUpdate(reader))),
    text: reader.getText('t').toString().slice(0, 400)
  })
})
const file = new URL('../../SessionRoom.Crdt.Tests/Vectors/v2-runs.json', import.meta.url)
writeFileSync(file, '[\n' + lines.join(',\n') + '\n]\n')
