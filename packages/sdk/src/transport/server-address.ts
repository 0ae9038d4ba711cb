import { sdkError } from '../errors.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';

/** Where the gateway listens for WebSockets, when an address names no path. */
const GATEWAY_PATH = '/ws';

/** The WebSocket address behind what an application, a page or a global named: `http` means `ws`, no path means the gateway's. */
export function webSocketURL(named: string | undefined): string {
  if (!named) throw sdkError(SDK_ERRORS.network, 'pass proxyServer, or set STERNA_SERVER before create');
  const [, scheme, host, path = ''] = /^(wss?|https?):\/\/([^/?#]+)([^#]*)/i.exec(named) || [];
  if (!scheme || !host) throw sdkError(SDK_ERRORS.network, `${named} is no WebSocket address`);
  return `${scheme.toLowerCase().replace('http', 'ws')}://${host}${path.replace(/^\/?(?=\?|$)/, GATEWAY_PATH)}`;
}
