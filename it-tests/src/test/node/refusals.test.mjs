import assert from 'node:assert/strict';
import { APIError, AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from 'openai';
import { client, proves, withResponses } from './harness.mjs';

const user = (content) => [{ role: 'user', content }];
const chat = (openai, prompt, more = {}) => openai.chat.completions.create({ model: 'omni', messages: user(prompt), ...more });

proves('a blocked prompt is a bad request with the code of the filter', async (openai) => {
  const blocked = (error) => {
    assert.ok(error instanceof BadRequestError);
    assert.equal(error.code, 'content_filter');
    assert.equal(error.error.innererror.content_filter_result.sexual.filtered, true);
    return true;
  };

  await assert.rejects(chat(openai, '[[filter:sexual:high]]'), blocked);
  await assert.rejects(chat(openai, '[[filter:sexual:high]]', { stream: true }), blocked);
});

proves('a blocked answer has no message, as captured', async (openai) => {
  const answer = await chat(openai, '[[filter:completion:violence:medium]]');

  assert.equal(answer.choices[0].finish_reason, 'content_filter');
  assert.equal(answer.choices[0].message, undefined);
}, { unlike: [/ChatCompletion\/choices\/0 must have required property 'message'/] });

proves('a blocked stream ends with the reason of the filter', async (openai) => {
  let last;
  for await (const chunk of await chat(openai, '[[filter:completion:violence:medium]]', { stream: true })) {
    last = chunk;
  }

  assert.equal(last.choices[0].finish_reason, 'content_filter');
});

proves('an asynchronous filter says more afterwards', async (openai) => {
  const later = [];
  for await (const chunk of await chat(openai, '[[filter:asynchronous]]', { stream: true })) {
    later.push(...chunk.choices.filter((choice) => choice.content_filter_offsets));
  }

  assert.ok(later.length > 0);
});

proves('a filter that is down does not stop anything', async (openai) => {
  const answer = await chat(openai, '[[filter:error]]');

  assert.equal(answer.choices[0].content_filter_result.error.code, 'content_filter_error');
});

proves('a blocked prompt of a response is a bad request', async (openai) => {
  await assert.rejects(
    openai.responses.create({ model: 'mini', input: '[[filter:sexual:high]]' }),
    (error) => error instanceof BadRequestError && error.code === 'content_filter',
  );
}, { when: withResponses });

proves('a throttled call says how long to wait', async (openai, seen) => {
  const throttled = (error) => {
    assert.ok(error instanceof RateLimitError);
    assert.match(error.headers.get('retry-after'), /^\d+$/);
    assert.match(error.message, /Please retry after \d+ seconds?\./);
    return true;
  };

  await assert.rejects(chat(openai, 'Hello', { model: 'busy' }), throttled);
  await assert.rejects(chat(openai, 'Hello', { model: 'busy', stream: true }), throttled);
  await assert.rejects(openai.embeddings.create({ model: 'busy-vectors', input: 'Hello' }), throttled);
  assert.deepEqual(seen.sent.map((request) => request.retry), ['0', '0', '0']);
});

proves('a throttled stream of a response fails inside the stream', async (openai) => {
  const events = await openai.responses.create({ model: 'busy', input: 'Hello', stream: true });

  await assert.rejects(async () => {
    for await (const event of events) {
      assert.notEqual(event.type, 'response.completed');
    }
  }, APIError);
}, { when: (target) => target.year >= '2026' });

proves('a wrong key and a wrong deployment are told apart', async (openai, seen, target) => {
  await assert.rejects(chat(client(target, seen, { apiKey: 'nobodys-key' }), 'Hello'), AuthenticationError);
  await assert.rejects(chat(openai, 'Hello', { model: 'nobody' }), NotFoundError);
});

proves('a schema that the service does not take is a bad request', async (openai) => {
  await assert.rejects(
    chat(openai, 'Hello', {
      response_format: { type: 'json_schema', json_schema: { name: 'open', strict: true, schema: { type: 'object', properties: {} } } },
    }),
    (error) => error instanceof BadRequestError && /additionalProperties/.test(error.message),
  );
});
