import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from './Button.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Menu.module.css';

export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  onSelect(): void;
}

/** Something that is chosen by a sign alone, in a row above the others. */
export interface QuickItem {
  label: string;
  sign: string;
  chosen: boolean;
  onSelect(): void;
}

/** Where a menu opens: beside an element, or at a point. */
export interface MenuAnchor {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface MenuProps {
  label: string;
  anchor: MenuAnchor;
  items: readonly MenuItem[];
  quick?: readonly QuickItem[];
  onClose(): void;
}

const OPENER = '[aria-haspopup=menu][aria-expanded=true]';
const GAP = 6;
const MARGIN = 8;

/** A list of things to do, in the top layer: a click elsewhere, Escape or a choice closes it. */
export function Menu({ label, anchor, items, quick = [], onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (menu === null) return undefined;
    const focusedBefore = document.activeElement;
    menu.showPopover();
    place(menu, anchor);
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      menu.hidePopover();
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
    };
  }, [anchor]);
  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      const { target } = event;
      // The button that opened it closes it by its own click.
      const isInside = target instanceof Element && target.closest(`[role=menu], ${OPENER}`) !== null;
      if (!isInside) onClose();
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => window.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose]);
  return (
    <div
      ref={ref}
      // Not "auto": the finger that opened it by resting would close it by lifting.
      popover="manual"
      role="menu"
      aria-label={label}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          onClose();
        } else moveFocus(event);
      }}
    >
      {quick.length > 0 && <QuickRow quick={quick} onClose={onClose} />}
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={cx(styles.item, item.danger === true && styles.danger)}
          onClick={() => {
            onClose();
            item.onSelect();
          }}
        >
          <Icon name={item.icon} size={18} />
          {item.label}
        </button>
      ))}
    </div>
  );
}

function QuickRow({ quick, onClose }: { quick: readonly QuickItem[]; onClose(): void }) {
  return (
    <div role="group" className={styles.quick}>
      {quick.map(({ label, sign, chosen, onSelect }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-label={label}
          title={label}
          className={cx(styles.sign, chosen && styles.chosen)}
          onClick={() => {
            onClose();
            onSelect();
          }}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}

export interface MenuButtonProps {
  icon: IconName;
  label: string;
  items: readonly MenuItem[];
  className?: string | undefined;
  tabIndex?: number;
}

export function MenuButton({ icon, label, items, className, tabIndex }: MenuButtonProps) {
  const [anchor, setAnchor] = useState<MenuAnchor>();
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        className={className}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setAnchor((open) => (open === undefined ? box : undefined));
        }}
      />
      {anchor !== undefined && (
        <Menu label={label} anchor={anchor} items={items} onClose={() => setAnchor(undefined)} />
      )}
    </>
  );
}

/** Below the anchor and flush with the side that has room; above it when there is none below. */
function place(menu: HTMLElement, anchor: MenuAnchor): void {
  // Its full size: while it appears it is drawn a little smaller.
  const { offsetWidth: width, offsetHeight: height } = menu;
  const opensLeft = anchor.left + width > window.innerWidth - MARGIN;
  const left = opensLeft ? anchor.right - width : anchor.left;
  const below = anchor.bottom + GAP;
  const top = below + height > window.innerHeight - MARGIN ? anchor.top - GAP - height : below;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const index = items.findIndex((item) => item === document.activeElement);
  // Sideways means the same: the signs in the row above stand side by side.
  const [back, on] = [index - 1, index + 1];
  const next = { ArrowDown: on, ArrowUp: back, ArrowRight: on, ArrowLeft: back, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
