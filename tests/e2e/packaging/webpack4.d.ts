/** The part of webpack 4 that the packaging tests use; its own typings know other names. */
declare module 'webpack4' {
  interface Stats {
    toJson(options: object): { errors: string[]; warnings: string[] };
  }
  interface Compiler {
    run(done: (error: Error | null, stats: Stats) => void): void;
  }
  export default function webpack(configuration: object): Compiler;
}
