import assert from 'node:assert/strict';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { proves } from './harness.mjs';

const user = (content) => [{ role: 'user', content }];
const Meeting = z.object({
  title: z.string(),
  date: z.iso.date(),
  minutes: z.number().int(),
  priority: z.enum(['low', 'high']),
  guests: z.array(z.object({ name: z.string(), confirmed: z.boolean() })),
});

proves('a chat is answered', async (openai) => {
  const answer = await openai.chat.completions.create({ model: 'omni', messages: user('Say hello') });

  assert.notEqual(answer.choices[0].message.content, '');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

proves('several answers, likely tokens and a limit are given', async (openai) => {
  const answer = await openai.chat.completions.create({
    model: 'omni',
    messages: user('Say hello'),
    n: 2,
    logprobs: true,
    top_logprobs: 2,
    max_completion_tokens: 5,
  });

  assert.equal(answer.choices.length, 2);
  assert.equal(answer.choices[1].finish_reason, 'length');
  assert.equal(answer.choices[1].logprobs.content.length, 5);
  assert.equal(answer.choices[1].logprobs.content[0].top_logprobs.length, 2);
});

proves('a model reasons', async (openai) => {
  const answer = await openai.chat.completions.create({
    model: 'nano',
    messages: user('Say hello'),
    reasoning_effort: 'low',
  });

  assert.ok(answer.choices[0].message.content.length > 0);
  assert.ok(answer.usage.completion_tokens >= 64);
}, { when: (target) => target.year >= '2025' });

proves('a stream adds up to an answer', async (openai) => {
  const stream = openai.chat.completions.stream({
    model: 'omni',
    messages: user('Say hello'),
    stream_options: { include_usage: true },
  });
  let text = '';
  stream.on('content', (delta) => (text += delta));
  const whole = await stream.finalChatCompletion();

  assert.ok(text.length > 0);
  assert.equal(whole.choices[0].message.content, text);
  assert.equal(whole.choices[0].finish_reason, 'stop');
  assert.ok(whole.usage.total_tokens > 0);
});

proves('a stream is read chunk by chunk', async (openai) => {
  const chunks = [];
  for await (const chunk of await openai.chat.completions.create({
    model: 'mini',
    messages: user('Say hello'),
    stream: true,
  })) {
    chunks.push(chunk);
  }

  assert.ok(chunks.length > 3);
  assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
});

const asked = [];
const weather = zodFunction({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  function: ({ city }) => {
    asked.push(city);
    return `sunny in ${city}`;
  },
});

proves('a tool is run and its result answered', async (openai, seen) => {
  asked.length = 0;
  const runner = openai.chat.completions.runTools({
    model: 'omni',
    messages: user('How is the weather in Lisbon?'),
    tools: [weather],
  });

  assert.ok((await runner.finalContent()).length > 0);
  assert.deepEqual(asked, ['Lisbon']);
  assert.deepEqual(seen.statuses, [200, 200]);
});

proves('a tool is run out of a stream', async (openai, seen) => {
  asked.length = 0;
  const runner = openai.chat.completions.runTools({
    model: 'omni',
    messages: user('How is the weather in Lisbon?'),
    tools: [weather],
    stream: true,
  });

  assert.ok((await runner.finalContent()).length > 0);
  assert.deepEqual(asked, ['Lisbon']);
  assert.deepEqual(seen.statuses, [200, 200]);
});

proves('several tools are called at once', async (openai) => {
  const tool = (name) => ({
    type: 'function',
    function: { name, parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  });
  const answer = await openai.chat.completions.create({
    model: 'omni',
    messages: user('Compare the weather and the traffic in Oslo'),
    tools: [tool('get_weather'), tool('get_traffic')],
  });

  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  assert.deepEqual(answer.choices[0].message.tool_calls.map((call) => JSON.parse(call.function.arguments).city), ['Oslo', 'Oslo']);
});

proves('a schema is filled and parsed', async (openai) => {
  const answer = await openai.chat.completions.parse({
    model: 'omni',
    messages: user('Plan something'),
    response_format: zodResponseFormat(Meeting, 'meeting'),
  });

  Meeting.parse(answer.choices[0].message.parsed);
}, { when: (target) => target.year >= '2025' });

proves('JSON is written', async (openai) => {
  const answer = await openai.chat.completions.create({
    model: 'omni',
    messages: user('Say hello in JSON'),
    response_format: { type: 'json_object' },
  });

  assert.equal(typeof JSON.parse(answer.choices[0].message.content), 'object');
});

proves('pictures, sound and files are taken', async (openai) => {
  const answer = await openai.chat.completions.create({
    model: 'omni',
    messages: user([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
    ]),
  });

  assert.ok(answer.usage.prompt_tokens > 85);
});
