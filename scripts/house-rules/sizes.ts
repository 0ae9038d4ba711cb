import { isTest } from './arrows.ts';
import type { ModuleSource } from './module-source.ts';
import type { Violation } from './violation.ts';

/** The most methods of a class: past that it is the product in one file. */
const MAX_METHODS = 25;

/** The most lines that a function has of its own; markup is longer than what it says. */
const MAX_LINES = 60;
const MAX_LINES_WITH_MARKUP = 100;

/** Holds classes and functions to a size that one looks through at a glance. */
export function checkSizes(path: string, { classes, functions }: ModuleSource): Violation[] {
  const violations: Violation[] = [];
  for (const { line, methods } of classes) {
    if (methods <= MAX_METHODS) continue;
    violations.push({ path, line, text: `a class of ${methods} methods; ${MAX_METHODS} is the most` });
  }
  // A test is a list of cases.
  if (isTest(path)) return violations;
  const most = path.endsWith('.tsx') ? MAX_LINES_WITH_MARKUP : MAX_LINES;
  for (const { line, lines } of functions) {
    if (lines > most)
      violations.push({ path, line, text: `a function of ${lines} lines; ${most} is the most` });
  }
  return violations;
}
