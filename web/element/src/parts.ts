/** Registers every part of a room. Importing a component's own file registers nothing. */
import './agenda/sr-agenda.js';
import './floor/sr-floor.js';
import './hands/sr-hands.js';
import './people/sr-people.js';
import './queue/sr-queue.js';
import './timer/sr-timer.js';
