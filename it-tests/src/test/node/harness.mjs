// What every test here stands on: clients of openai whose every answer is checked on its way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { AzureOpenAI, OpenAI } from 'openai';
import { absent, additions, captured, computed, nulls, refusal } from './azure.mjs';

export const KEY = process.env.SPILLWAY_KEY;
export const emulators = JSON.parse(process.env.SPILLWAY_EMULATORS ?? '{}');
export const router = JSON.parse(process.env.SPILLWAY_ROUTER ?? 'null');
export const API_VERSION = '2025-04-01-preview';

const types = JSON.parse(readFileSync(new URL('shapes.json', import.meta.url)));
const WHOLE = '  it was: ';
const schemas = new Map();
const validators = new Map();

/** The shapes of a year: openai's, and what Azure makes of them. */
function shapesOf(year) {
  if (!schemas.has(year)) {
    const { definitions } = structuredClone(types);
    for (const [shape, members] of Object.entries(additions)) {
      Object.assign(defined(definitions, shape).properties, members);
    }
    for (const [shape, members] of Object.entries(nulls)) {
      const { properties } = defined(definitions, shape);
      for (const member of members) {
        properties[member] = { anyOf: [properties[member], { type: 'null' }] };
      }
    }
    for (const [shape, members] of [...Object.entries(computed), ...Object.entries(absent[year] ?? {})]) {
      const type = defined(definitions, shape);
      type.required = type.required.filter((member) => !members.includes(member));
      members.forEach((member) => delete type.properties[member]);
    }
    Object.assign(definitions, captured, { Refusal: refusal });
    schemas.set(year, new Ajv({ strict: false, allErrors: true }).addSchema({ definitions }, 'shapes'));
  }
  return schemas.get(year);
}

function defined(definitions, shape) {
  assert.ok(definitions[shape]?.properties, `openai has no shape ${shape}`);
  return definitions[shape];
}

/** One of several shapes, by the type that a value says it has. */
function oneOf(union, value) {
  const shape = types.definitions[union].anyOf
    .map((one) => one.$ref.slice('#/definitions/'.length))
    .find((name) => types.definitions[decodeURIComponent(name)].properties.type.const === value.type);
  assert.ok(shape, `openai knows no ${union} of type ${value.type}`);
  return decodeURIComponent(shape);
}

/** What is wrong with a value, line by line; nothing when it has this shape. */
export function faultsOf(year, shape, value) {
  const key = `${year} ${shape}`;
  if (!validators.has(key)) {
    validators.set(key, shapesOf(year).compile({ $ref: `shapes#/definitions/${encodeURIComponent(shape)}` }));
  }
  const validate = validators.get(key);
  if (validate(value)) {
    return [];
  }
  const lines = validate.errors
    .sort((a, b) => b.instancePath.length - a.instancePath.length)
    .map((e) => `${shape}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  return [...new Set(lines)].slice(0, 6).concat(`${WHOLE}${JSON.stringify(value).slice(0, 600)}`);
}

/** Which shape an answer must have, by what was asked: the path's end, and how it is asked. */
const ANSWERS = [
  [/POST .*\/chat\/completions$/, () => 'ChatCompletion', chatChunk],
  [/POST .*\/completions$/, () => 'Completion', (event) => (isPromptFilter(event) ? 'PromptFilterChunk' : 'Completion')],
  [/POST .*\/embeddings$/, numbersOf],
  [/GET .*\/models$/, () => null],
  [/GET .*\/v1\/models\/[^/]+$/, () => 'Model'],
  [/GET .*\/models\/[^/]+$/, () => 'CataloguedModel'],
  [/POST .*\/responses(\/[^/]+\/cancel)?$/, () => 'Response', responseEvent],
  [/GET .*\/responses\/[^/]+$/, () => 'Response', responseEvent],
  [/GET .*\/responses\/[^/]+\/input_items$/, () => null],
  [/DELETE .*\/responses\/[^/]+$/, () => null],
  [/POST .*\/images\/(generations|edits)$/, () => 'ImagesResponse', (event) => oneOf('ImageGenStreamEvent', event)],
  [
    /POST .*\/audio\/transcriptions$/,
    (body) => (body.segments ? 'TranscriptionVerbose' : 'Transcription'),
    (event) => oneOf('TranscriptionStreamEvent', event),
  ],
  [/POST .*\/audio\/translations$/, (body) => (body.segments ? 'TranslationVerbose' : 'Translation')],
];

/** The client asks for base64 where nothing else is said, and makes numbers of it. */
function numbersOf(body) {
  for (const one of body.data.filter((vector) => typeof vector.embedding === 'string')) {
    const bytes = Buffer.from(one.embedding, 'base64');
    assert.equal(bytes.toString('base64'), one.embedding, 'not base64');
    one.embedding = Array.from(new Float32Array(new Uint8Array(bytes).buffer));
  }
  return 'CreateEmbeddingResponse';
}

function isPromptFilter(event) {
  return event.id === '' && event.prompt_filter_results !== undefined;
}

function responseEvent(event) {
  return event.error ? 'ThrottledEvent' : oneOf('ResponseStreamEvent', event);
}

function chatChunk(event) {
  if (isPromptFilter(event)) {
    return 'PromptFilterChunk';
  }
  return event.id === '' ? 'FilterChunk' : 'ChatCompletionChunk';
}

/** What one test has sent and got. */
export class Seen {
  sent = [];
  answers = [];
  #checks = [];

  constructor(year) {
    this.year = year;
  }

  /** A fetch that notes what is sent and checks what comes back. */
  fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    const asked = `${init?.method ?? 'GET'} ${new URL(url).pathname}`;
    this.sent.push({ asked, retry: headers.get('x-stainless-retry-count'), headers });
    const answer = await fetch(url, init);
    this.answers.push({ asked, status: answer.status, headers: answer.headers });
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('application/json') || type.startsWith('text/event-stream')) {
      this.#checks.push(check(this.year, asked, answer.status, type, await tee(answer)));
    }
    return answer;
  };

  get statuses() {
    return this.answers.map((answer) => answer.status);
  }

  /** Once all that came has been looked at. */
  async faults() {
    return (await Promise.all(this.#checks)).flat();
  }
}

/** The text of an answer that somebody else reads as well. */
async function tee(answer) {
  const copy = answer.clone();
  return copy.text().catch(() => '');
}

async function check(year, asked, status, type, text) {
  if (status >= 400) {
    return faultsOf(year, 'Refusal', JSON.parse(text));
  }
  const row = ANSWERS.find(([pattern]) => pattern.test(asked));
  assert.ok(row, `no shape is known for ${asked}`);
  const [, whole, event] = row;
  if (type.startsWith('text/event-stream')) {
    return eventsOf(text).flatMap((value) => faultsOf(year, event(value), value));
  }
  const value = JSON.parse(text);
  const shape = whole(value);
  return shape === null ? listFaults(year, asked, value) : faultsOf(year, shape, value);
}

/** Lists and receipts, which openai has no type for but the elements'. */
function listFaults(year, asked, value) {
  if (asked.startsWith('DELETE ')) {
    return value.deleted === true ? [] : [`${asked} does not say that it is deleted`];
  }
  const element = asked.endsWith('/v1/models')
    ? 'Model'
    : asked.endsWith('/models')
      ? 'CataloguedModel'
      : 'ResponseItem';
  assert.equal(value.object, 'list');
  return value.data.flatMap((one) => faultsOf(year, element, one));
}

function eventsOf(text) {
  return text
    .split('\n\n')
    .flatMap((event) => event.split('\n'))
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice('data: '.length)));
}

/** The kinds of client, and the years that the emulator speaks as. */
export const TARGETS = Object.keys(emulators).flatMap((year) => [
  { name: `AzureOpenAI, ${year}`, year, v1: false },
  { name: `OpenAI on v1, ${year}`, year, v1: true },
]);

/** A client that retries nothing, unless it is told to. */
export function client(target, seen, options = {}) {
  return connect(emulators[target.year], target.v1, KEY, seen, options);
}

export function connect(url, v1, key, seen, options = {}) {
  const common = { apiKey: key, maxRetries: 0, fetch: seen.fetch, ...options };
  return v1
    ? new OpenAI({ baseURL: `${url}/openai/v1`, ...common })
    : new AzureOpenAI({ endpoint: url, apiVersion: API_VERSION, ...common });
}

/** A test for each kind of client and year, whose every answer must have its shape. */
export function proves(sentence, body, { when = () => true, unlike = [] } = {}) {
  for (const target of TARGETS.filter(when)) {
    checked(`${sentence} (${target.name})`, target.year, (seen) => body(client(target, seen), seen, target), unlike);
  }
}

/** A test whose every answer must have its shape, but for faults that are named. */
export function checked(name, year, body, unlike = []) {
  test(name, { timeout: 20_000 }, async () => {
    const seen = new Seen(year);
    await body(seen);
    const faults = await seen.faults();
    for (const known of unlike) {
      assert.ok(faults.some((line) => known.test(line)), `nothing is unlike openai's shapes as ${known}`);
    }
    const unknown = faults.filter((line) => !unlike.some((known) => known.test(line)));
    const told = unknown.every((line) => line.startsWith(WHOLE)) ? [] : unknown;
    assert.equal(told.join('\n'), '', 'answers are not as openai publishes them');
  });
}

/** From 2025 on there are responses. */
export const withResponses = (target) => target.year >= '2025';
