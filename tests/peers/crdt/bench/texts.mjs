// B1, B2 and B4: edits of one text, each its own transaction and update unless said otherwise.
import * as Y from 'yjs'
import { kept, timed } from './measure.mjs'
import { readEdits } from './edits.mjs'

const open = (client, updates) => {
  const doc = new Y.Doc()
  doc.clientID = client
  if (updates) doc.on('update', update => updates.push(update))
  return doc
}

const edit = (text, { at, remove, insert }) => {
  if (remove > 0) text.delete(at, remove)
  if (insert.length > 0) text.insert(at, insert)
}

const applyAll = (doc, updates) => { for (const update of updates) Y.applyUpdate(doc, update) }

/** One client edits, the other applies each of its updates. */
const editAndApply = ([trace]) => {
  const edits = readEdits(trace)
  return () => {
    const updates = []
    const author = open(1, updates)
    const reader = open(2)
    const text = author.getText('t')
    const time = timed(() => {
      for (const e of edits) edit(text, e)
      applyAll(reader, updates)
    })
    return { ...time, proof: [...updates, Y.encodeStateAsUpdate(reader)] }
  }
}

/** Two clients edit apart, then each applies the other's updates. */
const editApartAndExchange = ([first, second, initial]) => {
  const edits = [readEdits(first), readEdits(second)]
  const begin = Buffer.from(initial).toString()
  return () => {
    const updates = [[], []]
    const docs = [open(1), open(2)]
    docs[0].getText('t').insert(0, begin)
    Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
    docs.forEach((doc, i) => doc.on('update', (update, _, __, tr) => { if (tr.local) updates[i].push(update) }))
    const texts = docs.map(doc => doc.getText('t'))
    const time = timed(() => {
      for (const e of edits[0]) edit(texts[0], e)
      for (const e of edits[1]) edit(texts[1], e)
      applyAll(docs[0], updates[1])
      applyAll(docs[1], updates[0])
    })
    return { ...time, proof: [...updates[0], ...updates[1], Y.encodeStateAsUpdate(docs[0]), Y.encodeStateAsUpdate(docs[1])] }
  }
}

const local = ([trace]) => {
  const edits = readEdits(trace)
  return () => {
    const updates = []
    const doc = open(1, updates)
    const text = doc.getText('t')
    const time = timed(() => { for (const e of edits) edit(text, e) })
    return { ...time, proof: [...updates, Y.encodeStateAsUpdate(doc)] }
  }
}

/** Edits of a text in which every tenth word is bold. */
const formatted = ([trace, words]) => {
  const edits = readEdits(trace)
  const delta = Buffer.from(words).toString().split(' ')
    .map((word, i) => i % 10 === 9 ? { insert: word + ' ', attributes: { bold: true } } : { insert: word + ' ' })
  return () => {
    const updates = []
    const doc = open(1, updates)
    const text = doc.getText('t')
    text.applyDelta(delta)
    const time = timed(() => { for (const e of edits) edit(text, e) })
    return { ...time, proof: [...updates, Y.encodeStateAsUpdate(doc)] }
  }
}

const record = edits => {
  const updates = []
  const doc = open(1, updates)
  const text = doc.getText('t')
  for (const e of edits) edit(text, e)
  return { updates, doc }
}

const applied = ([trace]) => {
  const { updates } = record(readEdits(trace))
  return () => {
    const doc = open(2)
    const time = timed(() => applyAll(doc, updates))
    return { ...time, proof: [Y.encodeStateAsUpdate(doc)] }
  }
}

const together = ([trace]) => {
  const edits = readEdits(trace)
  return () => {
    const doc = open(1)
    const text = doc.getText('t')
    const time = timed(() => doc.transact(() => { for (const e of edits) edit(text, e) }))
    return { ...time, proof: [Y.encodeStateAsUpdate(doc)] }
  }
}

const rounds = 20

const encode = ([trace]) => {
  const { doc } = record(readEdits(trace))
  return () => {
    const time = timed(() => { let last; for (let i = 0; i < rounds; i++) last = Y.encodeStateAsUpdate(doc); return last })
    return { wall: time.wall / rounds, cpu: time.cpu / rounds, proof: [time.result] }
  }
}

const parse = ([trace]) => {
  const bytes = Y.encodeStateAsUpdate(record(readEdits(trace)).doc)
  return () => {
    const time = timed(() => { let last; for (let i = 0; i < rounds; i++) { last = open(2); Y.applyUpdate(last, bytes) } return last })
    return { wall: time.wall / rounds, cpu: time.cpu / rounds, proof: [Y.encodeStateAsUpdate(time.result)] }
  }
}

const memory = ([trace]) => {
  const bytes = Y.encodeStateAsUpdate(record(readEdits(trace)).doc)
  return () => {
    const { bytes: used, held } = kept(() => Array.from({ length: 10 }, () => { const doc = open(2); Y.applyUpdate(doc, bytes); return doc }))
    return { bytes: used / held.length, proof: [Y.encodeStateAsUpdate(held[0])] }
  }
}

export const texts = {
  'edit-apply': editAndApply,
  'edit-exchange': editApartAndExchange,
  'formatted': formatted,
  'b4-local': local,
  'b4-apply': applied,
  'b4-one': together,
  'b4-encode': encode,
  'b4-parse': parse,
  'b4-memory': memory
}
