import assert from 'node:assert/strict';
import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
import { NotFoundError } from 'openai';
import { z } from 'zod';
import { proves as provesAlways, withResponses } from './harness.mjs';

const proves = (sentence, body) => provesAlways(sentence, body, { when: withResponses });
const weather = zodResponsesFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) });
const Meeting = z.object({ title: z.string(), minutes: z.number().int(), guests: z.array(z.string()) });

proves('a response is created', async (openai) => {
  const response = await openai.responses.create({ model: 'mini', input: 'Say this is a test.' });

  assert.equal(response.status, 'completed');
  assert.ok(response.output_text.length > 0);
  assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens);
});

proves('a model that reasons says how', async (openai) => {
  const response = await openai.responses.create({
    model: 'five4',
    input: 'Say this is a test.',
    reasoning: { effort: 'low', summary: 'auto' },
  });

  assert.deepEqual(response.output.map((item) => item.type), ['reasoning', 'message']);
});

proves('a stream of events adds up to a response', async (openai) => {
  const stream = openai.responses.stream({
    model: 'five4',
    input: 'Say this is a test.',
    reasoning: { effort: 'low', summary: 'auto' },
  });
  let text = '';
  stream.on('response.output_text.delta', (event) => (text += event.delta));
  const response = await stream.finalResponse();

  assert.ok(text.length > 0);
  assert.equal(response.output_text, text);
});

proves('a function is called and its result answered', async (openai) => {
  const call = { model: 'mini', tools: [weather] };
  const input = [{ role: 'user', content: 'How is the weather in Lisbon?' }];
  const first = await openai.responses.parse({ ...call, input });
  const [called] = first.output;
  const second = await openai.responses.create({
    ...call,
    input: [...input, ...first.output, { type: 'function_call_output', call_id: called.call_id, output: 'sunny' }],
  });
  const third = await openai.responses.create({
    ...call,
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: called.call_id, output: 'sunny' }],
  });

  assert.equal(called.type, 'function_call');
  assert.deepEqual(called.parsed_arguments, { city: 'Lisbon' });
  assert.ok(second.output_text.length > 0);
  assert.ok(third.output_text.length > 0);
});

proves('a function is called in a stream', async (openai) => {
  const stream = openai.responses.stream({ model: 'mini', input: 'How is the weather in Lisbon?', tools: [weather] });
  const response = await stream.finalResponse();

  assert.deepEqual(response.output[0].parsed_arguments, { city: 'Lisbon' });
});

proves('a schema is filled and parsed', async (openai) => {
  const response = await openai.responses.parse({
    model: 'mini',
    input: 'Plan something',
    text: { format: zodTextFormat(Meeting, 'meeting') },
  });

  Meeting.parse(response.output_parsed);
});

proves('a schema is filled in a stream', async (openai) => {
  const response = await openai.responses
    .stream({ model: 'mini', input: 'Plan something', text: { format: zodTextFormat(Meeting, 'meeting') } })
    .finalResponse();

  Meeting.parse(response.output_parsed);
});

proves('a conversation goes on, is looked at and forgotten', async (openai) => {
  const first = await openai.responses.create({ model: 'mini', input: 'Say this is a test.' });
  const second = await openai.responses.create({ model: 'mini', input: 'And again.', previous_response_id: first.id });
  const items = [];
  for await (const item of openai.responses.inputItems.list(second.id, { limit: 2 })) {
    items.push(item.type);
  }
  const again = await openai.responses.retrieve(second.id);
  await openai.responses.delete(second.id);

  assert.equal(second.previous_response_id, first.id);
  assert.deepEqual(items, ['message', 'message', 'message']);
  assert.equal(again.output_text, second.output_text);
  await assert.rejects(openai.responses.retrieve(second.id), NotFoundError);
});

proves('one in the background is asked for until it is done', async (openai) => {
  const queued = await openai.responses.create({ model: 'mini', input: 'Say this is a test.', background: true });
  const running = await openai.responses.retrieve(queued.id);
  const done = await openai.responses.retrieve(queued.id);

  assert.deepEqual([queued.status, running.status, done.status], ['queued', 'in_progress', 'completed']);
});

proves('one in the background is cancelled', async (openai) => {
  const queued = await openai.responses.create({ model: 'mini', input: 'Say this is a test.', background: true });

  assert.equal((await openai.responses.cancel(queued.id)).status, 'cancelled');
});

proves('an answer that is cut says why', async (openai) => {
  const response = await openai.responses.create({ model: 'mini', input: 'Tell me all that you know about rivers.', max_output_tokens: 16 });

  assert.equal(response.status, 'incomplete');
  assert.equal(response.incomplete_details.reason, 'max_output_tokens');
});
