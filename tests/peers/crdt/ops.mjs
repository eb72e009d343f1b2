// Random edits as data: which type an edit hits and where is worked out from dice against the document at hand,
// by the same rules here and in the .NET tests, so that one script makes the same history on both sides.
import * as Y from 'yjs'
import * as d from 'lib0/decoding'
import { typed } from './content.mjs'

export const keys = ['k', '', 'key', 'é', '😀', 'l']

const readValue = dec => {
  const kind = d.readUint8(dec)
  const many = read => { const n = d.readVarUint(dec); const out = []; for (let i = 0; i < n; i++) out.push(read()); return out }
  switch (kind) {
    case 0: { const value = d.readAny(dec); return { make: () => value, plain: true, value } }
    case 1: { const bytes = d.readVarUint8Array(dec).slice(); return { make: () => bytes } }
    case 2: { const text = d.readVarString(dec); return { type: true, make: () => new Y.Text(text) } }
    case 3: {
      const parts = many(() => [d.readVarString(dec), readValue(dec)])
      return { type: true, make: () => { const m = new Y.Map(); for (const [k, v] of parts) m.set(k, v.make()); return m } }
    }
    case 4: {
      const parts = many(() => readValue(dec))
      return { type: true, make: () => { const a = new Y.Array(); if (parts.length > 0) a.insert(0, parts.map(p => p.make())); return a } }
    }
    case 5: { const guid = d.readVarString(dec); return { make: () => new Y.Doc({ guid }) } }
    case 6: {
      const name = d.readVarString(dec)
      const attrs = many(() => [d.readVarString(dec), d.readAny(dec)])
      const children = many(() => readValue(dec))
      return {
        type: true,
        xml: true,
        make: () => {
          const e = new Y.XmlElement(name)
          for (const [k, v] of attrs) e.setAttribute(k, v)
          if (children.length > 0) e.insert(0, children.map(c => c.make()))
          return e
        }
      }
    }
    case 7: { const text = d.readVarString(dec); return { type: true, xml: true, make: () => new Y.XmlText(text) } }
    case 8: { const name = d.readVarString(dec); return { type: true, xml: true, make: () => new Y.XmlHook(name) } }
    default: throw new Error('value kind ' + kind)
  }
}

export const readOp = dec => {
  const flags = d.readUint8(dec)
  const root = d.readUint8(dec)
  const path = []
  for (let n = d.readVarUint(dec); n > 0; n--) path.push(d.readVarUint(dec))
  const dice = d.readVarUint(dec)
  const a = d.readVarUint(dec)
  const b = d.readVarUint(dec)
  const text = d.readVarString(dec)
  const attrs = d.readAny(dec)
  const values = []
  for (let n = d.readVarUint(dec); n > 0; n--) values.push(readValue(dec))
  return { rich: (flags & 1) !== 0, cut: (flags & 2) !== 0, nested: (flags & 4) !== 0, root, path, dice, a, b, text, attrs, values }
}

const isType = v => v instanceof Y.AbstractType

const children = type => {
  if (type instanceof Y.Text) return type.toDelta().map(op => op.insert).filter(isType)
  if (type instanceof Y.Map) return [...type.keys()].sort().map(k => type.get(k)).filter(isType)
  return type.toArray().filter(isType)
}

export const target = (doc, op) => {
  let type = typed(doc)[op.root]
  for (const step of op.path) {
    const below = children(type)
    const choice = step % (below.length + 1)
    if (choice === 0) break
    type = below[choice - 1]
  }
  return type
}

/** The text with one unit per index: an embed is U+FFFC. */
export const units = text => text.toDelta().map(op => typeof op.insert === 'string' ? op.insert : '\uFFFC').join('')

const snap = (u, i, cut) =>
  !cut && i > 0 && i < u.length && (u.charCodeAt(i) & 0xFC00) === 0xDC00 && (u.charCodeAt(i - 1) & 0xFC00) === 0xD800 ? i - 1 : i

const range = (length, op) => {
  const from = op.a % length
  return [from, from + 1 + op.b % Math.min(length - from, 4)]
}

const richTable = ['insert', 'insert', 'insertWith', 'delete', 'format', 'embed', 'format', 'delete', 'delta', 'attribute']
const plainTable = ['insert', 'insert', 'insert', 'insert', 'insert', 'delete', 'delete', 'delete']

const editText = (type, op) => {
  const u = units(type)
  const rich = op.rich && op.root !== 0 && (op.nested || type._item === null)
  const action = rich ? richTable[op.dice % 10] : plainTable[op.dice % 8]
  const at = snap(u, op.a % (u.length + 1), op.cut)
  if (action === 'insert') return type.insert(at, op.text)
  if (action === 'insertWith') return type.insert(at, op.text, op.attrs)
  if (action === 'attribute') {
    const value = op.values.find(v => v.plain)
    if (op.b % 4 === 0) return type.removeAttribute(keys[op.a % keys.length])
    return type.setAttribute(keys[op.a % keys.length], value === undefined ? op.text : value.value)
  }
  if (action === 'embed') {
    return type.insertEmbed(at, op.b % 3 === 0 ? new Y.Map() : { e: op.b }, op.b % 2 === 0 ? {} : op.attrs)
  }
  if (u.length === 0) return
  const [first, last] = range(u.length, op)
  const from = snap(u, first, op.cut)
  const to = Math.max(snap(u, last, op.cut), from)
  if (to === from) return
  if (action === 'delete') type.delete(from, to - from)
  else if (action === 'delta') applyDelta(type, from, to, op)
  else type.format(from, to - from, op.attrs)
}

/** Yjs' lists take neither undefined nor a bigint, unless inside another value. */
const isListable = v => !v.plain || (v.value !== undefined && typeof v.value !== 'bigint')

const applyDelta = (type, from, to, op) => {
  const delta = from > 0 ? [{ retain: from }] : []
  // Yjs writes into the attributes that it is given, and compares objects in them by reference.
  if (op.b % 3 !== 0) delta.push({ insert: op.text, attributes: structuredClone(op.attrs) })
  if (op.b % 7 !== 0) delta.push(op.b % 2 === 0 ? { delete: to - from } : { retain: to - from, attributes: structuredClone(op.attrs) })
  if (op.b % 5 === 0) delta.push({ insert: { e: op.b } })
  type.applyDelta(delta)
}

const editArray = (type, op) => {
  const r = op.dice % 8
  const values = () => op.values.filter(v => !v.xml && isListable(v)).map(v => v.make())
  if (r < 5) return type.insert(op.a % (type.length + 1), values())
  if (r === 7) return type.push(op.values.filter(v => !v.type && isListable(v)).map(v => v.make()))
  if (type.length === 0) return
  const [from, to] = range(type.length, op)
  type.delete(from, to - from)
}

const editMap = (type, op) => {
  const key = keys[op.a % keys.length]
  if (type instanceof Y.XmlHook) return op.dice % 8 < 6 && type.set(key, op.b)
  if (op.dice % 8 === 7 && op.b % 8 === 0) return type.clear()
  if (op.dice % 8 >= 6) return type.delete(key)
  const value = op.values.find(v => !v.xml)
  type.set(key, value === undefined ? op.b : value.make())
}

const editXml = (type, op) => {
  const element = type instanceof Y.XmlElement
  const key = keys[op.a % keys.length]
  const r = op.dice % 8
  if (r === 4) {
    if (type.length === 0) return
    const [from, to] = range(type.length, op)
    return type.delete(from, to - from)
  }
  if (r >= 5 && element) {
    if (r === 7) return type.removeAttribute(key)
    const value = op.values.find(v => v.plain)
    return type.setAttribute(key, value === undefined ? op.text : value.value)
  }
  const nodes = op.values.filter(v => v.xml).map(v => v.make())
  type.insert(op.a % (type.length + 1), nodes.length > 0 ? nodes : [new Y.XmlText(op.text)])
}

/** Content that only old Yjs wrote: JSON texts, behind everything in the list "a". */
export const insertLegacy = (doc, count, dice) => doc.transact(transaction => {
  const parent = typed(doc)[2]
  let left = parent._start
  while (left !== null && left.right !== null) left = left.right
  const values = Array.from({ length: count }, (_, i) => [i + dice, undefined, { a: [dice] }, 'text', null][(i + dice) % 5])
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  new Y.Item(id, left, left && left.lastId, null, null, parent, null, new Y.ContentJSON(values)).integrate(transaction, 0)
})

export const run = (doc, op) => {
  const type = target(doc, op)
  if (type instanceof Y.Text) editText(type, op)
  else if (type instanceof Y.Array) editArray(type, op)
  else if (type instanceof Y.Map) editMap(type, op)
  else editXml(type, op)
}
