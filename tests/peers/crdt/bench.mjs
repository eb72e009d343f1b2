// Yjs' side of the benchmarks. A frame names a workload; the first sight of it prepares it, every frame runs it once.
import { createHash } from 'node:crypto'
import * as d from 'lib0/decoding'
import * as e from 'lib0/encoding'
import { serve } from './frames.mjs'
import { boards } from './bench/boards.mjs'
import { texts } from './bench/texts.mjs'

const workloads = { ...texts, ...boards }
let name = ''
let run = null

const hash = proof => {
  const sum = createHash('sha256')
  for (const bytes of proof) sum.update(bytes)
  return sum.digest('hex')
}

serve(payload => {
  const dec = d.createDecoder(payload)
  const next = d.readVarString(dec)
  const blobs = []
  for (let n = d.readVarUint(dec); n > 0; n--) blobs.push(d.readVarUint8Array(dec).slice())
  const out = e.createEncoder()
  if (next !== name) {
    run = null
    const kind = next.split('/').pop()
    run = workloads[kind](blobs)
    name = next
    const inputs = run.inputs ?? []
    e.writeVarUint(out, inputs.length)
    for (const bytes of inputs) e.writeVarUint8Array(out, bytes)
    return e.toUint8Array(out)
  }
  global.gc()
  const { wall = 0, cpu = 0, p99 = 0, bytes = 0, proof } = run()
  e.writeVarString(out, JSON.stringify({ wall, cpu, p99, bytes, proof: hash(proof), size: proof[proof.length - 1].length, node: process.version }))
  return e.toUint8Array(out)
})
