import { Buffer } from 'node:buffer';
import { ObjectError } from '../errors.ts';
import type { OperationDeps } from '../operations/call.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { type ObjectRequest, type ObjectResponse, parseTarget } from './request.ts';
import { route } from './router.ts';
import { SAFETY_HEADERS } from './serving-headers.ts';
import { xmlDocument } from './xml.ts';

export type Answerer = (request: ObjectRequest) => Promise<ObjectResponse>;

/** Answers one request, whatever it is: a refusal becomes its code, a fault of ours is logged and named so. */
export function createAnswerer(deps: OperationDeps, allowedOrigins: readonly string[] | undefined): Answerer {
  return async (request) => {
    const requestID = Buffer.from(deps.random.bytes(12)).toString('base64url');
    const response = await answer(deps, request, requestID);
    const cors = corsHeaders(request.headers['origin'], allowedOrigins);
    const date = new Date(deps.clock.nowMs()).toUTCString();
    return {
      ...response,
      headers: { ...SAFETY_HEADERS, ...cors, date, 'x-cos-request-id': requestID, ...response.headers },
    };
  };
}

async function answer(
  deps: OperationDeps,
  request: ObjectRequest,
  requestID: string,
): Promise<ObjectResponse> {
  try {
    if (request.method === 'OPTIONS') {
      return { status: 204, headers: preflightHeaders(request.headers['access-control-request-headers']) };
    }
    const target = parseTarget(request.target);
    const operation = route(request.method, target);
    return await operation(deps, { request, target });
  } catch (error) {
    const refusal = error instanceof ObjectError ? error : new ObjectError('internal', { cause: error });
    if (refusal.status >= 500) {
      const { code, cause } = refusal;
      deps.log.warn('objects.request.failed', {
        requestID,
        method: request.method,
        code,
        error: cause ?? refusal,
      });
    }
    return errorResponse(refusal, requestID);
  }
}

/** The XML that every COS SDK reads its error from. It repeats nothing that the request said. */
function errorResponse({ code, message, status }: ObjectError, requestID: string): ObjectResponse {
  const body = xmlDocument([
    'Error',
    [
      ['Code', code],
      ['Message', message],
      ['RequestId', requestID],
    ],
  ]);
  const retryLater = status === 503 ? { 'retry-after': '1' } : {};
  return {
    status,
    headers: { 'content-type': 'application/xml', 'cache-control': 'no-store', ...retryLater },
    body,
  };
}
