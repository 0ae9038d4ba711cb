/**
 * A file's name as it may be shown: without the marks that turn what follows them, by which `exe.gnp` reads `png.exe` the other way
 * round, and without lines of its own. So it is called when it is kept, too.
 */
export function shownName(name: string): string {
  return name.replaceAll(/[\p{Bidi_Control}\p{Cc}]/gu, '');
}
