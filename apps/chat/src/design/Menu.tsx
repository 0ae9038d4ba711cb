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
  onClose(): void;
}

const OPENER = '[aria-haspopup=menu][aria-expanded=true]';
const GAP = 6;
const MARGIN = 8;

/** A list of things to do, in the top layer: a click elsewhere, Escape or a choice closes it. */
export function Menu({ label, anchor, items, onClose }: MenuProps) {
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
  const { width, height } = menu.getBoundingClientRect();
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
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
