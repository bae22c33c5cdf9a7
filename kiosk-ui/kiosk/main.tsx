import { runTerminalPage } from '../kit/terminal-page.tsx';
import { KioskPage } from './kiosk-page.tsx';

runTerminalPage('kiosk', KioskPage);
