import { z } from 'zod';

/** One entry of the table of routes. Path parameters and query are part of `input`. */
export const route = <I extends z.ZodType, O extends z.ZodType>(
  [method, path, access]: readonly ['GET' | 'POST' | 'PUT', string, 'public' | 'signed-in'],
  input: I,
  output: O,
  summary: string,
) => ({ method, path, access, input, output, summary });

export const role = z.enum(['agent', 'supervisor', 'administrator']);
export type Role = z.infer<typeof role>;
