import { useEffect, useEffectEvent, type RefObject } from 'react';

export interface Shortcuts {
  toggle: () => void;
  /** Seconds from here. */
  jump: (seconds: number) => void;
  /** Share of the whole, from 0 to 1. */
  goTo: (share: number) => void;
  mute: () => void;
  louder: (step: number) => void;
  faster: (steps: number) => void;
  captions: () => void;
  wholeScreen: () => void;
}

const SHORT = 5;
const LONG = 10;
const STEP = 0.1;

/** The keys that people know from other players, while the focus is in the frame; and a press on the picture plays or pauses. */
export function useShortcuts(frame: RefObject<HTMLElement | null>, shortcuts: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const act = actionOf(event.key, event.target, shortcuts);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  const click = useEffectEvent((event: MouseEvent) => {
    if (event.target instanceof HTMLVideoElement) shortcuts.toggle();
  });
  useEffect(() => {
    const element = frame.current;
    // Before React Aria, whose buttons and menus take arrows too.
    const onPress = (event: KeyboardEvent) => press(event);
    const onClick = (event: MouseEvent) => click(event);
    element?.addEventListener('keydown', onPress, { capture: true });
    element?.addEventListener('click', onClick);
    return () => {
      element?.removeEventListener('keydown', onPress, { capture: true });
      element?.removeEventListener('click', onClick);
    };
  }, [frame]);
}

function actionOf(key: string, target: HTMLElement, { toggle, jump, goTo, mute, louder, faster, captions, wholeScreen }: Shortcuts): (() => void) | undefined {
  // The button that opens a menu keeps its arrows, and every button its space bar.
  const opensMenu = target.hasAttribute('aria-haspopup');
  if (key === ' ') return target.closest('button') ? undefined : toggle;
  if (/^[0-9]$/.test(key)) return () => goTo(Number(key) / 10);
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'k': return toggle;
    case 'j': return () => jump(-LONG);
    case 'l': return () => jump(LONG);
    case 'ArrowLeft': return () => jump(-SHORT);
    case 'ArrowRight': return () => jump(SHORT);
    case 'ArrowUp': return opensMenu ? undefined : () => louder(STEP);
    case 'ArrowDown': return opensMenu ? undefined : () => louder(-STEP);
    case 'Home': return () => goTo(0);
    case 'End': return () => goTo(1);
    case 'm': return mute;
    case 'c': return captions;
    case 'f': return wholeScreen;
    case '<': return () => faster(-1);
    case '>': return () => faster(1);
    default: return undefined;
  }
}
