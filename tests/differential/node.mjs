// The unit in Node, in memory: a workload as JSON lines comes in, and lines of outcomes go out.

import { createInterface } from 'node:readline';
import { openUnit } from 'ao-unit/unit';
import { drive, STANDING } from './drive.mjs';

new Function(STANDING)();
const steps = [];
for await (const line of createInterface({ input: process.stdin })) steps.push(JSON.parse(line));
const unit = await openUnit({ storage: 'memory://differential' });
for (const line of await drive(unit, steps)) console.log(JSON.stringify(line));
await unit.close();
