// One process of the benchmark: runs the function `run` of the TypeScript file that is its first argument.
import { runnerImport } from 'vite';

const { module } = await runnerImport(process.argv[2]);
await module.run(JSON.parse(process.argv[3]));
