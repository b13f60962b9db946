import assert from 'node:assert/strict';
import { BadRequestError } from 'openai';
import { checked, connect, router } from './harness.mjs';

const CALLS = 8;
const user = (content) => [{ role: 'user', content }];
const messages = user('Which gate opens first? '.repeat(20));

/** The client as it comes, with its own retries: were there a 429, it would sleep. */
function proves(sentence, body) {
  for (const v1 of [false, true]) {
    checked(`behind the router ${sentence} (${v1 ? 'OpenAI on v1' : 'AzureOpenAI'})`, router.year, async (seen) => {
      const openai = connect(router.url, v1, router.key, seen, { maxRetries: undefined });
      await body(openai, seen);
      assert.ok(seen.sent.every((request) => request.retry === '0'), 'the client has repeated a request');
    });
  }
}

const allServed = (seen, calls) => assert.deepEqual(seen.statuses, Array(calls).fill(200));

proves('no call fails while there is capacity', async (openai, seen) => {
  for (let i = 0; i < CALLS; i++) {
    const answer = await openai.chat.completions.create({ model: 'chat', messages });
    assert.ok(answer.choices[0].message.content.length > 0);
  }

  allServed(seen, CALLS);
});

proves('no stream fails while there is capacity', async (openai, seen) => {
  for (let i = 0; i < CALLS; i++) {
    const stream = openai.chat.completions.stream({ model: 'chat', messages });
    assert.equal((await stream.finalChatCompletion()).choices[0].finish_reason, 'stop');
  }

  allServed(seen, CALLS);
});

proves('tools are run while there is capacity', async (openai, seen) => {
  for (let i = 0; i < CALLS; i++) {
    const cities = [];
    const runner = openai.chat.completions.runTools({
      model: 'chat',
      messages: user(`How is the weather in Lisbon? ${'It matters. '.repeat(20)}`),
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            parse: JSON.parse,
            function: ({ city }) => cities.push(city) && 'sunny',
          },
        },
      ],
    });
    assert.ok((await runner.finalContent()).length > 0);
    assert.deepEqual(cities, ['Lisbon']);
  }

  allServed(seen, 2 * CALLS);
});

proves('no text lacks a vector while there is capacity', async (openai, seen) => {
  for (let i = 0; i < CALLS; i++) {
    const answer = await openai.embeddings.create({ model: 'vectors', input: 'Which gate opens first? '.repeat(40) });
    assert.equal(answer.data[0].embedding.length, 1536);
  }

  allServed(seen, CALLS);
});

proves('a blocked prompt is the refusal of the deployment and tried once', async (openai, seen) => {
  const blocked = (error) => error instanceof BadRequestError && error.code === 'content_filter';

  await assert.rejects(openai.chat.completions.create({ model: 'chat', messages: user('[[filter:sexual:high]]') }), blocked);
  assert.deepEqual(seen.statuses, [400]);
});
