import * as v from 'valibot';
import { LEAST_SECRET_BYTES } from '../access/secrets.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { ObjectServiceOptions } from './create-object-service.ts';

const count = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a whole number'), v.transform(Number));
const filled = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const list = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
);

const schema = v.object({
  OBJECTS_HOST: v.optional(filled, '127.0.0.1'),
  OBJECTS_PORT: v.optional(v.pipe(count, v.maxValue(65_535, 'must be a port')), '9080'),
  OBJECTS_PUBLIC_URL: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^https?:\/\/[^/\s?#]+\/?$/, 'must be an origin, as https://files.example.org'),
    ),
  ),
  OBJECTS_DATA_DIR: v.optional(filled, 'data/objects'),
  // Absent is told like empty: there is no default to fall back to.
  OBJECTS_SECRET: v.optional(
    v.pipe(
      list,
      v.minLength(1, 'must be set: there is no default secret'),
      v.everyItem(
        (secret) => Buffer.byteLength(secret) >= LEAST_SECRET_BYTES,
        `must have at least ${LEAST_SECRET_BYTES} random bytes`,
      ),
    ),
    '',
  ),
  OBJECTS_ALLOWED_ORIGINS: v.optional(list),
  OBJECTS_UNKEPT_HOURS: v.optional(count),
  OBJECTS_FFMPEG: v.optional(filled, 'ffmpeg'),
  OBJECTS_S3_BUCKET: v.optional(filled),
  OBJECTS_S3_REGION: v.optional(filled, 'us-east-1'),
  OBJECTS_S3_ENDPOINT: v.optional(filled),
  OBJECTS_S3_PREFIX: v.optional(v.string(), ''),
  OBJECTS_S3_PATH_STYLE: v.optional(v.picklist(['true', 'false'], 'must be true or false'), 'true'),
});

export type ObjectsConfig = { host: string; port: number; options: ObjectServiceOptions };

/** Reads the environment; throws one error that names everything wrong with it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ObjectsConfig {
  const { limits, faults } = readLimits(environment);
  const parsed = v.safeParse(schema, environment);
  const all = [...(parsed.issues ?? []).map((issue) => `${v.getDotPath(issue)} ${issue.message}`), ...faults];
  if (!parsed.success || all.length > 0) {
    throw new Error(`The configuration of the object service is not valid:\n  ${all.join('\n  ')}`);
  }
  const env = parsed.output;
  const { OBJECTS_HOST: host, OBJECTS_PORT: port, OBJECTS_UNKEPT_HOURS: unkeptHours } = env;
  const options: ObjectServiceOptions = {
    dataDir: env.OBJECTS_DATA_DIR,
    secrets: env.OBJECTS_SECRET,
    ffmpeg: env.OBJECTS_FFMPEG,
    limits,
    ...(env.OBJECTS_PUBLIC_URL === undefined ? {} : { publicURL: env.OBJECTS_PUBLIC_URL }),
    ...(env.OBJECTS_ALLOWED_ORIGINS === undefined ? {} : { allowedOrigins: env.OBJECTS_ALLOWED_ORIGINS }),
    ...(unkeptHours === undefined ? {} : { unkeptAgeMs: unkeptHours * 3_600_000 }),
    ...(env.OBJECTS_S3_BUCKET === undefined ? {} : { s3: readS3({ ...env, bucket: env.OBJECTS_S3_BUCKET }) }),
  };
  return { host, port, options };
}

type S3Environment = { bucket: string } & Pick<
  v.InferOutput<typeof schema>,
  'OBJECTS_S3_REGION' | 'OBJECTS_S3_ENDPOINT' | 'OBJECTS_S3_PREFIX' | 'OBJECTS_S3_PATH_STYLE'
>;

function readS3(env: S3Environment): NonNullable<ObjectServiceOptions['s3']> {
  return {
    bucket: env.bucket,
    region: env.OBJECTS_S3_REGION,
    prefix: env.OBJECTS_S3_PREFIX,
    pathStyle: env.OBJECTS_S3_PATH_STYLE === 'true',
    ...(env.OBJECTS_S3_ENDPOINT === undefined ? {} : { endpoint: env.OBJECTS_S3_ENDPOINT }),
  };
}

/** `userBytes` is `OBJECTS_USER_BYTES`: every limit can be set, and no list of them has to be kept twice. */
export function limitVariable(name: string): string {
  return `OBJECTS_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function readLimits(environment: Readonly<Record<string, string | undefined>>): {
  limits: Partial<Limits>;
  faults: string[];
} {
  const faults: string[] = [];
  const found = Object.keys(DEFAULT_LIMITS).flatMap((name) => {
    const variable = limitVariable(name);
    const parsed = v.safeParse(v.optional(count), environment[variable]);
    if (!parsed.success) faults.push(`${variable} must be a whole number`);
    else if (parsed.output !== undefined) return [[name, parsed.output] as const];
    return [];
  });
  return { limits: Object.fromEntries(found), faults };
}
