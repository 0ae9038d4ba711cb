import { useEffect, useState } from 'react';
import type { MediaContent } from '../chat-client/message-content.ts';

/** An address for what was chosen on this machine, for as long as somebody shows it. */
export function useLocalURL(file: Blob | undefined): string {
  const [url, setURL] = useState('');
  useEffect(() => {
    if (file === undefined) return undefined;
    const made = URL.createObjectURL(file);
    setURL(made);
    return () => {
      URL.revokeObjectURL(made);
      setURL('');
    };
  }, [file]);
  return url;
}

/** Where the medium itself is: on the server, and before it is there on this machine. */
export function useMediaURL({ url, file }: Pick<MediaContent, 'url' | 'file'>): string {
  const local = useLocalURL(url === '' ? file : undefined);
  return url || local;
}
