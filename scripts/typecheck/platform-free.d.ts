// What every JavaScript engine we target offers besides the language itself.

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}

declare function structuredClone<Value>(value: Value): Value;
declare function queueMicrotask(callback: () => void): void;
