import { runTerminalPage } from '../kit/terminal-page.tsx';
import { CounterPage } from './counter-page.tsx';

runTerminalPage('counter', CounterPage);
