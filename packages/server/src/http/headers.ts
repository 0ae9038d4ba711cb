import type { MiddlewareHandler } from 'hono';

/** What a page of ours may load and talk to. `objectsOrigin` is where files go, when there is an object service. */
export function contentSecurityPolicy(objectsOrigin?: string): string {
  const connect = ["'self'", 'ws:', 'wss:', ...(objectsOrigin === undefined ? [] : [objectsOrigin])];
  return [
    "default-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "img-src 'self' data: blob: http: https:",
    "media-src 'self' blob: http: https:",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The headers that every answer carries. */
export function securityHeaders(policy: string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set('Content-Security-Policy', policy);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    if (!headers.has('Cross-Origin-Resource-Policy'))
      headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}
