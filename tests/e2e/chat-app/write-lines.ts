import type { TestServer } from '@sterna/server/testing';
import { connectClient } from '../../protocol-client/client.ts';

/** Says lines one after the other, from a phone: typing so many takes a page half a minute. */
export async function writeLines(
  server: TestServer,
  { from, to }: { from: string; to: string },
  lines: readonly string[],
): Promise<void> {
  await using client = await connectClient(server.wsURL);
  await client.login({ ...server.credentials(from), platform: 'ios' });
  for (const [index, text] of lines.entries()) {
    const elements = [{ type: 'TIMTextElem', payload: { text } } as const];
    await client.request('message.send', {
      conversationID: `C2C${to}`,
      clientID: `1-${index + 1}`,
      elements,
    });
  }
}
