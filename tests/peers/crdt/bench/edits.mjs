// The compact form of an editing trace, described in tests/data/README.md.
import * as d from 'lib0/decoding'

export const readEdits = bytes => {
  const dec = d.createDecoder(bytes.subarray(4))
  const edits = new Array(d.readVarUint(dec))
  let at = 0
  for (let i = 0; i < edits.length; i++) {
    const z = d.readVarUint(dec)
    at += z % 2 === 0 ? z / 2 : -(z + 1) / 2
    edits[i] = { at, remove: d.readVarUint(dec), insert: d.readVarString(dec) }
  }
  return edits
}

export const readBlobs = bytes => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blobs = new Array(view.getUint32(0, true))
  let at = 4
  for (let i = 0; i < blobs.length; i++) {
    const length = view.getUint32(at, true)
    blobs[i] = bytes.slice(at + 4, at + 4 + length)
    at += 4 + length
  }
  return blobs
}
