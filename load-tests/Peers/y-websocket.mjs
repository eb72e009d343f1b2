// node y-websocket.mjs: y-websocket's own server, as it comes: nothing is stored. On a free loopback port.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { WebSocketServer, Server } = require('ws')
const { setupWSConnection } = require('y-websocket/bin/utils')

const http = createServer()
const sockets = new (WebSocketServer ?? Server)({ server: http })
sockets.on('connection', setupWSConnection)
http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}`))
