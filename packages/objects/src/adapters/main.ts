import { readConfig } from './config.ts';
import { createObjectService } from './create-object-service.ts';

/** Runs the object service alone, configured by its environment, until it is told to stop. */
async function main(): Promise<void> {
  const { host, port, options } = readConfig(process.env);
  const service = await createObjectService(options);
  const listening = await service.listen(port, host);
  console.log(JSON.stringify({ event: 'objects.listening', host, port: listening }));
  const stop = () => {
    service.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
