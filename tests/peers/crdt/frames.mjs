// Frames over stdio: u32 little-endian length, then the payload. One request, one answer, in order.

/** Calls `answer(payload)` for each frame that arrives and writes what it returns as a frame. */
export const serve = answer => {
  let parts = []
  let held = 0
  const write = payload => {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(payload.length)
    process.stdout.write(head)
    process.stdout.write(payload)
  }
  process.stdin.on('data', chunk => {
    parts.push(chunk)
    held += chunk.length
    for (;;) {
      if (held < 4) return
      if (parts[0].length < 4) parts = [Buffer.concat(parts)]
      const length = parts[0].readUInt32LE(0)
      if (held < 4 + length) return
      const all = parts.length === 1 ? parts[0] : Buffer.concat(parts)
      parts = all.length > 4 + length ? [all.subarray(4 + length)] : []
      held -= 4 + length
      write(answer(all.subarray(4, 4 + length)))
    }
  })
  // The parent closes our stdin when it ends, however it ends.
  process.stdin.on('end', () => process.exit(0))
}
