/** The part of jsdom that the simulator uses; its own typings would bring a page's world a second time. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string, options: { pretendToBeVisual: boolean });
    readonly window: Window & typeof globalThis;
  }
}
