// B3 (many clients at once) and the board of a room.
import * as Y from 'yjs'
import { kept, timed } from './measure.mjs'
import { readBlobs } from './edits.mjs'

const clients = 1540

const b3 = change => () => {
  const updates = Array.from({ length: clients }, (_, i) => {
    const doc = new Y.Doc()
    doc.clientID = i + 1
    change(doc, i)
    return Y.encodeStateAsUpdate(doc)
  })
  const run = () => {
    const doc = new Y.Doc()
    const time = timed(() => { for (const update of updates) Y.applyUpdate(doc, update) })
    return { ...time, proof: [Y.encodeStateAsUpdate(doc)] }
  }
  run.inputs = updates
  return run
}

const seeded = ([init, log], lacking = 0) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, readBlobs(init)[0])
  const updates = readBlobs(log)
  for (const update of updates.slice(0, updates.length - lacking)) Y.applyUpdate(doc, update)
  return doc
}

const boardApply = ([init, log]) => {
  const first = readBlobs(init)[0]
  const updates = readBlobs(log)
  return () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, first)
    const each = new Float64Array(updates.length)
    const time = timed(() => {
      for (let i = 0; i < updates.length; i++) {
        const start = performance.now()
        Y.applyUpdate(doc, updates[i])
        each[i] = performance.now() - start
      }
    })
    each.sort()
    const p99 = each[Math.floor(each.length * 0.99)]
    return { wall: time.wall / updates.length, cpu: time.cpu / updates.length, p99, proof: [Y.encodeStateAsUpdate(doc)] }
  }
}

const repeated = (body, rounds) => () => {
  const time = timed(() => { let last; for (let i = 0; i < rounds; i++) last = body(); return last })
  return { wall: time.wall / rounds, cpu: time.cpu / rounds, proof: [time.result] }
}

const boardDiff = lacking => blobs => {
  const doc = seeded(blobs)
  const vector = Y.encodeStateVector(seeded(blobs, lacking))
  return repeated(() => Y.encodeStateAsUpdate(doc, vector), 200)
}

const boardVector = blobs => {
  const doc = seeded(blobs)
  return repeated(() => Y.encodeStateVector(doc), 500)
}

const boardMerge = ([init, log]) => {
  const updates = [...readBlobs(init), ...readBlobs(log)]
  const run = repeated(() => Y.mergeUpdates(updates), 1)
  return () => {
    const result = run()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, result.proof[0])
    return { ...result, proof: [Y.encodeStateAsUpdate(doc)] }
  }
}

const bytesDiff = blobs => {
  const state = Y.encodeStateAsUpdate(seeded(blobs))
  const vector = Y.encodeStateVector(seeded(blobs, 100))
  return repeated(() => Y.diffUpdate(state, vector), 20)
}

const bytesVector = blobs => {
  const state = Y.encodeStateAsUpdate(seeded(blobs))
  return repeated(() => Y.encodeStateVectorFromUpdate(state), 20)
}

const smallEdit = (card, [, kind, , ...rest]) => {
  if (kind === 'set') card.set(rest[0], rest[1])
  else if (kind === 'move') { card.set('column', rest[0]); card.set('rank', rest[1]) } else {
    const [field, at, remove, insert] = rest
    const text = card.get(field)
    const from = Math.min(at, text.length)
    if (remove > 0) text.delete(from, Math.min(remove, text.length - from))
    if (insert !== '') text.insert(from, insert)
  }
}

/** The first 50 cards and thirty rounds of the edits that touch them, concurrent within a round as in the whole board. */
const smallBoard = ([script]) => {
  const board = JSON.parse(Buffer.from(script).toString())
  const cards = new Set(board.cards.slice(0, 50).map(card => card.id))
  const server = new Y.Doc()
  server.clientID = 1
  server.transact(() => {
    const root = server.getMap('cards')
    for (const { id, title, notes, ...fields } of board.cards.slice(0, 50)) {
      const card = new Y.Map()
      root.set(id, card)
      for (const [key, value] of Object.entries(fields)) card.set(key, value)
      card.set('title', new Y.Text(title))
      card.set('notes', new Y.Text(notes))
    }
  })
  const writers = Array.from({ length: board.clients }, (_, i) => {
    const doc = new Y.Doc()
    doc.clientID = 1000 + i * 77
    return doc
  })
  const pull = (to, from) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  for (let at = 0; at < 30 * board.clients; at += board.clients) {
    const round = board.script.slice(at, at + board.clients).filter(step => cards.has(step[2]))
    for (const step of round) pull(writers[step[0]], server)
    for (const step of round) smallEdit(writers[step[0]].getMap('cards').get(step[2]), step)
    for (const step of round) pull(server, writers[step[0]])
  }
  return Y.encodeStateAsUpdate(server)
}

const thousand = blobs => {
  const state = smallBoard(blobs)
  const load = () => { const doc = new Y.Doc(); Y.applyUpdate(doc, state); return doc }
  const run = () => {
    const time = timed(() => Array.from({ length: 1000 }, load))
    return { wall: time.wall / 1000, cpu: time.cpu / 1000, proof: [Y.encodeStateAsUpdate(time.result[999])] }
  }
  run.inputs = [state]
  return run
}

const thousandMemory = blobs => {
  const state = smallBoard(blobs)
  const run = () => {
    const { bytes, held } = kept(() => Array.from({ length: 1000 }, () => { const doc = new Y.Doc(); Y.applyUpdate(doc, state); return doc }))
    return { bytes: bytes / 1000, proof: [Y.encodeStateAsUpdate(held[999])] }
  }
  run.inputs = [state]
  return run
}

export const boards = {
  'b3.1': b3((doc, i) => doc.getMap('m').set('v', i)),
  'b3.2': b3((doc, i) => doc.getMap('m').set('v', { name: i.toString(), address: 'here' })),
  'b3.3': b3((doc, i) => doc.getMap('m').set('v', i.toString().repeat(clients))),
  'b3.4': b3((doc, i) => doc.getArray('a').insert(0, [i.toString()])),
  'b3.5': b3((doc, i) => doc.getText('t').insert(0, i.toString())),
  'board-apply': boardApply,
  'board-diff-0': boardDiff(0),
  'board-diff-100': boardDiff(100),
  'board-vector': boardVector,
  'board-merge': boardMerge,
  'bytes-diff': bytesDiff,
  'bytes-vector': bytesVector,
  'boards-load': thousand,
  'boards-memory': thousandMemory
}
