// What Azure adds to openai's shapes, member by member, as strict as they are.
// Where no capture has a member it is not here; docs/fidelity.md names the sources.

const object = (properties, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const array = (items) => ({ type: 'array', items });
const nullable = (schema) => ({ anyOf: [schema, { type: 'null' }] });
const boolean = { type: 'boolean' };
const integer = { type: 'integer' };
const number = { type: 'number' };
const text = { type: 'string' };

const severity = object({ filtered: boolean, severity: { enum: ['safe', 'low', 'medium', 'high'] } });
const detected = object({ detected: boolean, filtered: boolean });
const judgements = object(
  {
    hate: severity,
    self_harm: severity,
    sexual: severity,
    violence: severity,
    jailbreak: detected,
    indirect_attack: detected,
    profanity: detected,
    protected_material_code: detected,
    protected_material_text: detected,
  },
  [],
);
const filterDown = object({ error: object({ code: text, message: text }) });
const promptResults = array(object({ prompt_index: integer, content_filter_results: judgements }));
const offsets = object({ check_offset: integer, start_offset: integer, end_offset: integer });
const checkpoint = object(
  Object.fromEntries(
    [
      'engine_tbt_ms',
      'engine_ttft_ms',
      'engine_ttlt_ms',
      'pre_inference_ms',
      'service_tbt_ms',
      'service_ttft_ms',
      'service_ttlt_ms',
      'user_visible_ttft_ms',
    ].map((name) => [name, integer]),
  ),
);
const routing = object({ serving_pipereplica: text });
const choice = { content_filter_results: judgements, content_filter_result: filterDown };

const filtered = array(
  object({
    blocked: boolean,
    source_type: { enum: ['prompt', 'completion'] },
    content_filter_raw: { type: 'array', maxItems: 0 },
    content_filter_results: judgements,
    content_filter_offsets: offsets,
  }),
);

const catalogued = {
  status: text,
  lifecycle_status: text,
  created_at: integer,
  updated_at: integer,
  deprecation: { type: 'object' },
  capabilities: { type: 'object' },
};

/** Members that may be there as well, by the shape that they are in. */
export const additions = {
  ChatCompletion: { prompt_filter_results: promptResults, routing },
  'ChatCompletion.Choice': choice,
  ChatCompletionChunk: {
    latency_checkpoint: checkpoint,
    obfuscation: text,
    prompt_filter_results: promptResults,
    routing,
  },
  'ChatCompletionChunk.Choice': choice,
  Completion: { prompt_filter_results: promptResults },
  CompletionChoice: choice,
  CompletionUsage: { latency_checkpoint: checkpoint },
  Image: { content_filter_results: judgements, prompt_filter_results: judgements },
  ImageGenCompletedEvent: { sequence_number: integer },
  ImageGenPartialImageEvent: { sequence_number: integer },
  'ImageGenCompletedEvent.Usage': {
    output_tokens_details: object({ image_tokens: integer, text_tokens: integer }),
  },
  Response: {
    content_filters: nullable(filtered),
    frequency_penalty: number,
    max_tool_calls: nullable(integer),
    presence_penalty: number,
    store: boolean,
    tool_usage: { type: 'object' },
  },
  ResponseFunctionCallArgumentsDeltaEvent: { obfuscation: text },
  ResponseReasoningSummaryTextDeltaEvent: { obfuscation: text },
  ResponseTextDeltaEvent: { obfuscation: text },
  Model: catalogued,
  TranscriptionVerbose: { task: { const: 'transcribe' } },
  TranslationVerbose: { task: { const: 'translate' } },
};

/** Members that the service says are null where openai's types have no null. */
export const nulls = {
  ChatCompletion: ['system_fingerprint'],
  ChatCompletionChunk: ['system_fingerprint'],
  CompletionChoice: ['finish_reason'], // of a stream, until it ends
  Response: ['usage', 'user'], // the first until it is completed
  ResponseFormatTextJSONSchemaConfig: ['description'],
};

/** Members that openai's types promise and that the service did not send in a year. */
export const absent = {
  2024: { ChatCompletionMessage: ['refusal'], 'ChatCompletion.Choice.Logprobs': ['refusal'], 'ChatCompletionChunk.Choice.Logprobs': ['refusal'] },
};

/** Members that openai adds itself to what it gets. */
export const computed = { Response: ['output_text'] };

/** Captured answers of the service that openai's shapes do not allow; each exactly as it was. */
export const captured = {
  /** The first event of a stream: no id, no object, no model. */
  PromptFilterChunk: object({
    choices: { type: 'array', maxItems: 0 },
    created: { const: 0 },
    id: { const: '' },
    model: { const: '' },
    object: { const: '' },
    prompt_filter_results: promptResults,
  }),
  /** A model on dated routes: no creator, and its time by another name. */
  CataloguedModel: object({ id: text, object: { const: 'model' }, ...catalogued }),
  /** What a throttled stream of responses ends with. */
  ThrottledEvent: object({
    type: { const: 'error' },
    error: object({
      type: { const: 'too_many_requests' },
      code: { const: 'rate_limit_exceeded' },
      headers: object({ 'x-ms-fe-error': { const: 'true' } }),
      message: text,
      param: { type: 'null' },
    }),
    sequence_number: integer,
  }),
  /** What an asynchronous filter has to say later: no delta. */
  FilterChunk: object({
    choices: array(
      object({
        content_filter_offsets: offsets,
        content_filter_results: judgements,
        finish_reason: { type: 'null' },
        index: integer,
      }),
    ),
    created: { const: 0 },
    id: { const: '' },
    model: { const: '' },
    object: { const: '' },
  }),
};

/** Every refusal has this, whoever wrote it. */
export const refusal = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: ['string', 'null'] },
        message: text,
        type: { type: ['string', 'null'] },
        param: { type: ['string', 'null'] },
        status: integer,
        innererror: object({
          code: { const: 'ResponsibleAIPolicyViolation' },
          content_filter_result: judgements,
        }),
        content_filters: array({ type: 'object' }),
      },
      required: ['code', 'message'],
      additionalProperties: false,
    },
  },
  required: ['error'],
  additionalProperties: false,
};
