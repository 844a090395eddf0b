import { showGreeting } from './greeting.js';

await showGreeting();
