import { z } from 'zod';
import { recordingPeaksPath } from '../../src-shared/server-api/record-routes';
import { recordingAudioPath, restFailure, type RouteName, restRoutes } from '../../src-shared/server-api/rest-routes';

type JsonObject = Record<string, unknown>;
type Route = (typeof restRoutes)[RouteName];

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
};
const content = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const bearer = [{ bearer: [] }];
const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');
const pathNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '');

/** OpenAPI 3.1 description of every route, made from the schemas that check them, so it cannot say anything else. */
export function openApiDocument(serverVersion: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [name, route] of Object.entries(restRoutes)) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  paths[openApiPath(recordingAudioPath)] = { get: recordingAudio };
  paths[openApiPath(recordingPeaksPath)] = { get: recordingPeaks };
  return {
    openapi: '3.1.0',
    info: { title: 'Central server of the softphone', version: serverVersion },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}

function operationOf(name: string, route: Route): JsonObject {
  const inPath = pathNames(route.path);
  const input = jsonSchema(route.input, 'input');
  const properties = Object.entries((input['properties'] ?? {}) as JsonObject);
  const required = (input['required'] ?? []) as string[];
  const parameters = properties
    .filter(([field]) => route.method === 'GET' || inPath.includes(field))
    .map(([field, schema]) => ({
      name: field,
      in: inPath.includes(field) ? 'path' : 'query',
      required: inPath.includes(field) || required.includes(field),
      schema,
    }));
  return {
    operationId: name,
    summary: route.summary,
    security: route.access === 'public' ? [] : bearer,
    ...(parameters.length > 0 && { parameters }),
    ...(route.method !== 'GET' && { requestBody: { required: true, content: content(input) } }),
    responses: {
      200: { description: 'Done', content: content(jsonSchema(route.output, 'output')) },
      default: { description: 'Refused', content: content(jsonSchema(restFailure, 'output')) },
    },
  };
}

const recordingAudio: JsonObject = {
  operationId: 'recordings.audio',
  summary: 'The bytes of a recording, whole or by Range; each listening and each download is audited',
  security: bearer,
  parameters: [
    { name: 'recordingId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'purpose', in: 'query', required: false, schema: { enum: ['listen', 'download'] } },
    { name: 'Range', in: 'header', required: false, schema: { type: 'string' } },
    { name: 'If-Range', in: 'header', required: false, schema: { type: 'string' } },
    { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
  ],
  responses: {
    200: { description: 'The whole WAV', content: { 'audio/wav': {} } },
    206: { description: 'The range asked for', content: { 'audio/wav': {} } },
    304: { description: 'What the asker has is the newest' },
    410: { description: 'Deleted: its time was over' },
    416: { description: 'Nothing lies in that range' },
    default: { description: 'Refused', content: content(jsonSchema(restFailure, 'output')) },
  },
};

const recordingPeaks: JsonObject = {
  operationId: 'recordings.peaks',
  summary: 'The shape of a recording: lowest and highest sample of each column and channel, in bytes',
  security: bearer,
  parameters: [
    { name: 'recordingId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'zoom', in: 'query', required: false, schema: { enum: ['fine', 'coarse'] } },
  ],
  responses: {
    200: { description: 'The peaks', content: { 'application/octet-stream': {} } },
    default: { description: 'Refused', content: content(jsonSchema(restFailure, 'output')) },
  },
};
