// Runs scripts over Yjs documents. The .NET tests run the same scripts over the engine and compare the answers.
import * as Y from 'yjs'
import * as d from 'lib0/decoding'
import * as e from 'lib0/encoding'
import { documentContent, eventLines, typed } from './content.mjs'
import { insertLegacy, readOp, run, target } from './ops.mjs'

const gc = 1, kinds = 2, undoable = 4, watched = 8
const content = 1, vector = 2, state = 4, state2 = 8, pending = 16, snapshot = 32

class Replica {
  constructor (client, flags) {
    const doc = this.doc = new Y.Doc({ gc: (flags & gc) !== 0, guid: 'g' })
    doc.clientID = client
    this.outbox = []
    this.taken = 0
    this.events = []
    if (flags & kinds) {
      const types = typed(doc)
      if (flags & undoable) this.undo = new Y.UndoManager(types, { captureTimeout: 0 })
      if (flags & watched) this.watch(types)
    }
    let v1 = null
    doc.on('update', update => { v1 = update })
    doc.on('updateV2', (update, _origin, _doc, transaction) => this.outbox.push([v1, update, transaction.local]))
  }

  /** Roots are told in an order of their own: the lines of one transaction are sorted. */
  watch (types) {
    let lines = []
    for (const type of types) type.observeDeep(events => lines.push(...eventLines(events)))
    this.doc.on('afterTransaction', () => { this.events.push(...lines.sort()); lines = [] })
  }

  isPending () { return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null }
}

const apply = (replica, update, version) => (version === 2 ? Y.applyUpdateV2 : Y.applyUpdate)(replica.doc, update, 'remote')
const full = (doc, sv, version) => (version === 2 ? Y.encodeStateAsUpdateV2 : Y.encodeStateAsUpdate)(doc, sv)
const text = s => Buffer.from(s, 'utf8')

const report = (replica, flags, put) => {
  const doc = replica.doc
  const waits = replica.isPending()
  if (flags & pending) put(text(waits ? 'pending' : 'whole'))
  if (flags & vector) put(Y.encodeStateVector(doc))
  // What waits is encoded by merging, whose cuts are free: only whole documents are compared by bytes.
  if (flags & state) put(waits ? text('pending') : full(doc, undefined, 1))
  if (flags & state2) put(waits ? text('pending') : full(doc, undefined, 2))
  if (flags & snapshot) put(Y.encodeSnapshot(Y.snapshot(doc)))
  if (flags & content) put(Buffer.from(documentContent(doc), 'utf16le'))
}

const commands = {
  1: (docs, dec) => { const id = d.readVarUint(dec); const client = d.readVarUint(dec); docs.set(id, new Replica(client, d.readUint8(dec))) },
  2: (docs, dec) => {
    const replica = docs.get(d.readVarUint(dec))
    const ops = []
    for (let n = d.readVarUint(dec); n > 0; n--) ops.push(readOp(dec))
    replica.doc.transact(() => { for (const op of ops) run(replica.doc, op) })
  },
  3: (docs, dec) => { const replica = docs.get(d.readVarUint(dec)); const version = d.readUint8(dec); apply(replica, d.readVarUint8Array(dec), version) },
  4: (docs, dec) => {
    const replica = docs.get(d.readVarUint(dec))
    const { outbox } = docs.get(d.readVarUint(dec))
    const n = d.readVarUint(dec)
    const version = d.readUint8(dec)
    if (outbox.length > 0) apply(replica, outbox[n % outbox.length][version - 1], version)
  },
  5: (docs, dec) => {
    const to = docs.get(d.readVarUint(dec))
    const from = docs.get(d.readVarUint(dec))
    const version = d.readUint8(dec)
    apply(to, full(from.doc, Y.encodeStateVector(to.doc), version), version)
  },
  6: (docs, dec, put) => { const replica = docs.get(d.readVarUint(dec)); report(replica, d.readUint8(dec), put) },
  7: (docs, dec, put) => {
    const replica = docs.get(d.readVarUint(dec))
    const ownOnly = d.readUint8(dec) === 1
    const updates = replica.outbox.slice(replica.taken).filter(([, , own]) => own || !ownOnly)
    replica.taken = replica.outbox.length
    put(text(String(updates.length)))
    for (const [v1, v2] of updates) {
      put(v1)
      put(v2)
    }
  },
  8: (docs, dec) => { const replica = docs.get(d.readVarUint(dec)); d.readUint8(dec) === 0 ? replica.undo.undo() : replica.undo.redo() },
  9: (docs, dec) => { const { doc } = docs.get(d.readVarUint(dec)); const count = d.readVarUint(dec); insertLegacy(doc, count, d.readVarUint(dec)) },
  10: (docs, dec, put) => {
    const version = d.readUint8(dec)
    const updates = []
    for (let n = d.readVarUint(dec); n > 0; n--) updates.push(d.readVarUint8Array(dec))
    const merged = (version === 2 ? Y.mergeUpdatesV2 : Y.mergeUpdates)(updates)
    put(merged)
    put((version === 2 ? Y.encodeStateVectorFromUpdateV2 : Y.encodeStateVectorFromUpdate)(merged))
  },
  11: (docs, dec, put) => {
    const version = d.readUint8(dec)
    const update = d.readVarUint8Array(dec)
    put((version === 2 ? Y.diffUpdateV2 : Y.diffUpdate)(update, d.readVarUint8Array(dec)))
  },
  12: (docs, dec, put) => { const from = d.readUint8(dec); const update = d.readVarUint8Array(dec); put((from === 1 ? Y.convertUpdateFormatV1ToV2 : Y.convertUpdateFormatV2ToV1)(update)) },
  13: (docs, dec, put) => { const replica = docs.get(d.readVarUint(dec)); put(Buffer.from(replica.events.join('\n'), 'utf16le')); replica.events = [] },
  14: (docs, dec, put) => {
    const { doc } = docs.get(d.readVarUint(dec))
    const op = readOp(dec)
    const type = target(doc, op)
    if (type instanceof Y.Map) return
    const position = Y.createRelativePositionFromTypeIndex(type, op.a % (type.length + 1), op.b % 2 === 0 ? 0 : -1)
    put(Y.encodeRelativePosition(position))
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
    put(text(found === null ? 'none' : String(found.index)))
  },
  15: (docs, dec, put) => {
    const from = docs.get(d.readVarUint(dec))
    const to = docs.get(d.readVarUint(dec))
    const version = d.readUint8(dec)
    put(from.isPending() ? text('pending') : full(from.doc, Y.encodeStateVector(to.doc), version))
  },
  16: (docs, dec, put) => {
    const { doc } = docs.get(d.readVarUint(dec))
    const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(d.readVarUint8Array(dec)), doc)
    put(text(found === null ? 'none' : String(found.index)))
  },
  17: docs => docs.clear()
}

/** Runs one script. A thrown error ends this script only, and is its last answer. */
const runScript = (docs, script) => {
  const answers = []
  const dec = d.createDecoder(script)
  let failure = ''
  try {
    while (d.hasContent(dec)) {
      const tag = d.readUint8(dec)
      commands[tag](docs, dec, bytes => answers.push(bytes))
    }
  } catch (error) {
    failure = String(error.stack ?? error)
  }
  return { answers, failure }
}

/** Documents live per history key until their script clears them. */
export const createMachine = () => {
  const histories = new Map()
  return payload => {
    const dec = d.createDecoder(payload)
    const out = e.createEncoder()
    for (let n = d.readVarUint(dec); n > 0; n--) {
      const key = d.readVarUint(dec)
      const script = d.readVarUint8Array(dec)
      const docs = histories.get(key) ?? new Map()
      histories.set(key, docs)
      const { answers, failure } = runScript(docs, script)
      if (docs.size === 0 || failure !== '') histories.delete(key)
      e.writeVarString(out, failure)
      e.writeVarUint(out, answers.length)
      for (const bytes of answers) e.writeVarUint8Array(out, bytes)
    }
    return e.toUint8Array(out)
  }
}
