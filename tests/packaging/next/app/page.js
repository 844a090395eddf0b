import { Greeting } from './greeting-line.js';

export default function Page() {
  return <Greeting />;
}
