// The unit in Node, in memory: a workload as JSON lines comes in, and lines of outcomes go out. What is in memory is gone
// when it is closed: here the unit stays open, and all machines are live.

import { createInterface } from 'node:readline';
import { openUnit } from 'ao-unit/unit';
import { drive, STANDING } from './drive.mjs';

new Function(STANDING)();
const steps = [];
for await (const line of createInterface({ input: process.stdin })) steps.push(JSON.parse(line));
const kept = steps.filter(({ step }) => step !== 'reopen');
const open = () => openUnit({ storage: 'memory://differential' });
for (const line of await drive(open, kept)) console.log(JSON.stringify(line));
