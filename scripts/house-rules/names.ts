import { posix } from 'node:path';
import type { Violation } from './violation.ts';

/** Drawers: names that say nothing about what is inside, so anything ends up there. */
const DRAWER = /^(?:utils?|helpers?|managers?|common|misc|shared|stuff)$/;

/** Files and folders are named after what they hold. */
export function checkName(path: string): Violation[] {
  const violate = (text: string): Violation[] => [{ path, line: 1, text }];
  const stem = posix.basename(path).replace(/\..*$/, '');
  const words = [...posix.dirname(path).split('/'), stem];
  if (words.some((word) => DRAWER.test(word))) return violate('is named like a drawer: say what is inside');
  if (!/\.m?tsx?$/.test(path)) return [];
  // A component's file is named like the component.
  const style = path.endsWith('.tsx') ? /^(?:[a-z0-9-]+|[A-Z][A-Za-z0-9]*)$/ : /^[a-z0-9-]+$/;
  return style.test(stem) ? [] : violate('is not in kebab-case');
}
