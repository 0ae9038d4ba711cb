import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures and films for a test, made by a browser: each has a landscape of its own colour. */
export interface Camera {
  photograph(name: string, size: { width: number; height: number; hue: number }): Promise<string>;
  film(name: string): Promise<string>;
}

export function createCamera(page: Page, folder: string): Camera {
  const save = async (name: string, base64: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, Buffer.from(base64, 'base64'));
    return path;
  };
  return {
    photograph: async (name, options) => await save(name, await page.evaluate(paintLandscape, options)),
    film: async (name) => await save(name, await page.evaluate(recordFilm)),
  };
}

/** Runs in the page. */
async function paintLandscape({ width, height, hue }: { width: number; height: number; hue: number }) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 70% 72%)`);
  sky.addColorStop(1, `hsl(${hue + 30} 80% 88%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  for (const [index, share] of [0.55, 0.68, 0.82].entries()) {
    context.fillStyle = `hsl(${hue + 20} 35% ${46 - index * 12}%)`;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width + 1; x += width / 60) {
      const wave = Math.sin((x / width) * (7 + index * 3) + index * 2) + Math.sin((x / width) * 19 + index);
      context.lineTo(x, height * share + wave * height * 0.035);
    }
    context.lineTo(width, height);
    context.fill();
  }
  context.fillStyle = 'hsl(48 95% 80%)';
  context.beginPath();
  context.arc(width * 0.72, height * 0.28, Math.min(width, height) * 0.08, 0, 7);
  context.fill();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Runs in the page: a second and a half of a bar that moves. */
async function recordFilm() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/mp4' });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let frame = 0; frame < 30; frame += 1) {
    if (context !== null) {
      context.fillStyle = `hsl(${190 + frame * 2} 55% 55%)`;
      context.fillRect(0, 0, 320, 180);
      context.fillStyle = 'white';
      context.fillRect(frame * 10, 60, 16, 60);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
