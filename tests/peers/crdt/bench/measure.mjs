// Time and memory as the benchmark tables state them.

/** Runs `body` and gives wall and process CPU milliseconds: Node collects garbage on other threads while it runs. */
export const timed = body => {
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  const result = body()
  const wall = Number(process.hrtime.bigint() - start) / 1e6
  const used = process.cpuUsage(cpu)
  return { wall, cpu: (used.user + used.system) / 1e3, result }
}

const settled = () => {
  for (let i = 0; i < 4; i++) global.gc()
  const m = process.memoryUsage()
  return m.heapUsed + m.external
}

/** Bytes that stay in use for what `body` returns. */
export const kept = body => {
  const before = settled()
  const held = body()
  const after = settled()
  return { bytes: after - before, held }
}
