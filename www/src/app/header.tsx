import { ShareButton } from '../share/share.tsx';
import { WalletMenu } from '../wallet/wallet-menu.tsx';
import { ExamplePicker } from '../examples/picker.tsx';
import { RunButtons } from '../workspace/run-buttons.tsx';
import { ThemeSwitch } from './theme.tsx';

/** What is always at hand: an example, Run, who signs, light or dark. */
export function Header() {
  return (
    <header class="bar">
      <h1>
        ao-unit <small>playground</small>
      </h1>
      <ExamplePicker />
      <RunButtons />
      <div class="bar-end">
        <ShareButton />
        <WalletMenu />
        <ThemeSwitch />
      </div>
    </header>
  );
}
