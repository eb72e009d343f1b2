// What a document holds, as one text that both sides can write: no number formatting, no key order, no run boundaries.
import * as Y from 'yjs'

const view = new DataView(new ArrayBuffer(8))

const number = n => {
  if (Number.isNaN(n)) return 'dNaN;'
  view.setFloat64(0, n)
  return 'd' + view.getBigUint64(0).toString(16).padStart(16, '0') + ';'
}
const string = s => `s${s.length}:${s}`
const object = o => '{' + Object.keys(o).sort().map(k => string(k) + canon(o[k])).join('') + '}'

/** Neighbouring runs with equal attributes are one run: Yjs cuts them at formats that change nothing. */
const runs = delta => {
  const out = []
  for (const { insert, attributes } of delta) {
    const attrs = attributes === undefined ? '{}' : object(attributes)
    const last = out[out.length - 1]
    if (typeof insert === 'string' && last !== undefined && last.text !== null && last.attrs === attrs) last.text += insert
    else out.push(typeof insert === 'string' ? { text: insert, attrs } : { text: null, value: insert, attrs })
  }
  return out.map(r => (r.text === null ? 'e' + canon(r.value) : string(r.text)) + r.attrs).join('')
}

const entries = type => {
  let out = ''
  const keys = [...type._map].filter(([, item]) => !item.deleted).map(([key]) => key).sort()
  for (const key of keys) {
    const content = type._map.get(key).content
    out += string(key) + canon(content.getContent()[type._map.get(key).length - 1])
  }
  return out
}

export const canon = v => {
  if (v === undefined) return 'u'
  if (v === null) return 'n'
  if (v === true) return 'T'
  if (v === false) return 'F'
  if (typeof v === 'number') return number(v)
  if (typeof v === 'bigint') return `i${v};`
  if (typeof v === 'string') return string(v)
  if (v instanceof Uint8Array) return 'b' + Buffer.from(v).toString('hex') + ';'
  if (Array.isArray(v)) return '[' + v.map(canon).join('') + ']'
  if (v instanceof Y.XmlText) return 'Y(' + runs(v.toDelta()) + '|' + entries(v) + ')'
  if (v instanceof Y.Text) return 'X(' + runs(v.toDelta()) + '|' + entries(v) + ')'
  if (v instanceof Y.XmlElement) return 'E' + string(v.nodeName) + '(' + v.toArray().map(canon).join('') + '|' + entries(v) + ')'
  if (v instanceof Y.XmlHook) return 'H' + string(v.hookName) + '(' + entries(v) + ')'
  if (v instanceof Y.XmlFragment) return 'G(' + v.toArray().map(canon).join('') + ')'
  if (v instanceof Y.Array) return 'A(' + v.toArray().map(canon).join('') + ')'
  if (v instanceof Y.Map) return 'M(' + entries(v) + ')'
  if (v instanceof Y.Doc) return 'D' + string(v.guid)
  return object(v)
}

export const roots = ['t', 'r', 'a', 'm', 'x']

/** Gives the roots their kinds; until then a replica is untyped. */
export const typed = doc => [doc.getText('t'), doc.getText('r'), doc.getArray('a'), doc.getMap('m'), doc.getXmlFragment('x')]

export const documentContent = doc => typed(doc).map((type, i) => roots[i] + '=' + canon(type)).join('\n')

const deltaText = delta => {
  const out = []
  const push = (kind, text, attrs) => {
    const last = out[out.length - 1]
    if (last !== undefined && last.kind === kind && last.attrs === attrs && kind !== 'e') {
      last.text += text
    } else out.push({ kind, text, attrs })
  }
  for (const op of delta) {
    const attrs = op.attributes === undefined ? '{}' : object(op.attributes)
    if (op.insert !== undefined) {
      if (typeof op.insert === 'string') push('s', op.insert, attrs)
      else if (Array.isArray(op.insert)) for (const v of op.insert) push('e', eventValue(v), attrs)
      else push('e', eventValue(op.insert), attrs)
    } else if (op.retain !== undefined) push('r', op.retain, attrs)
    else push('d', op.delete, attrs)
  }
  return out.map(o => (o.kind === 's' ? string(o.text) : o.kind + o.text) + o.attrs).join('')
}

// A type in an event is named by its kind: its content may have changed since.
const eventValue = v => v instanceof Y.AbstractType ? '<' + v.constructor.name.replace(/^_?Y/, '') + '>' : canon(v)

/** One line per changed type: what its observers were told. */
export const eventLines = events => events.map(event => {
  const path = event.path.map(p => typeof p === 'number' ? '#' + p : string(p)).join('/')
  const keys = [...event.changes.keys].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
    .map(([key, c]) => `${string(key)}${c.action}${c.action === 'add' ? '' : eventValue(c.oldValue)}`).join('')
  const listed = event.target instanceof Y.Map ? '' : deltaText(event.delta)
  return path + ' ' + listed + ' ' + keys
})
