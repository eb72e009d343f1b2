// node socket-io.mjs tell|silent [Redis address]: a Socket.IO server with rooms, as its documentation shows them, on a free loopback port.
// Whoever joins gets the room's state; with `tell` the others hear who came. With an address, its Redis adapter joins it to other nodes.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const [, , mode, redis] = process.argv
const http = createServer()
const io = new Server(http)
if (redis) {
  const [{ createAdapter }, { createClient }] = await Promise.all([import('@socket.io/redis-adapter'), import('redis')])
  const publisher = createClient({ url: `redis://${redis}` })
  const subscriber = publisher.duplicate()
  await Promise.all([publisher.connect(), subscriber.connect()])
  io.adapter(createAdapter(publisher, subscriber))
}

const rooms = new Map()
const person = name => ({ name, role: 'member', place: 'remote', online: true, agreed: true, turns: 0, talkMs: 0 })

io.on('connection', socket => {
  socket.on('join', (room, name, answer) => {
    socket.join(room)
    if (mode !== 'tell') return answer({ people: { [name]: person(name) } })
    let people = rooms.get(room)
    if (!people) rooms.set(room, (people = {}))
    people[name] = person(name)
    socket.to(room).emit('came', { patch: { people: { [name]: people[name] } } })
    answer({ people })
  })
  socket.on('change', (room, patch, answer) => {
    io.to(room).emit('patch', patch)
    answer(true)
  })
})
http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}`))
