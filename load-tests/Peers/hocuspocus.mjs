// node hocuspocus.mjs <database file>: Hocuspocus with its SQLite extension, everything else as it comes, on a free loopback port.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, extensions: [new SQLite({ database: process.argv[2] })] })
await server.listen()
console.log(`listening on http://127.0.0.1:${server.address.port}`)
