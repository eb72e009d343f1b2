// The real Yjs behind the .NET tests' differential histories: frames in, frames out, until stdin closes.
import { serve } from './frames.mjs'
import { createMachine } from './machine.mjs'

// Yjs warns on the console about things that random histories do on purpose; stdout carries frames.
for (const level of ['log', 'warn', 'error', 'info']) console[level] = () => {}
serve(createMachine())
