import assert from 'node:assert/strict';
import { proves } from './harness.mjs';

const length = (vector) => Math.hypot(...vector);

proves('a text has the same vector in both encodings', async (openai) => {
  const usual = await openai.embeddings.create({ model: 'vectors', input: 'Hello there' });
  const numbers = await openai.embeddings.create({ model: 'vectors', input: 'Hello there', encoding_format: 'float' });
  const bytes = await openai.embeddings.create({ model: 'vectors', input: 'Hello there', encoding_format: 'base64' });

  assert.equal(usual.data[0].embedding.length, 1536);
  assert.ok(Math.abs(length(usual.data[0].embedding) - 1) < 1e-5);
  assert.deepEqual(usual.data[0].embedding.map(Math.fround), numbers.data[0].embedding.map(Math.fround));
  assert.equal(Buffer.from(bytes.data[0].embedding, 'base64').length, 4 * 1536);
  assert.equal(usual.usage.prompt_tokens, 2);
});

proves('several texts have vectors as short as asked', async (openai) => {
  const answer = await openai.embeddings.create({
    model: 'vectors',
    input: ['one', 'two', 'three'],
    dimensions: 256,
    encoding_format: 'float',
  });

  assert.deepEqual(answer.data.map((one) => one.index), [0, 1, 2]);
  assert.ok(answer.data.every((one) => one.embedding.length === 256));
});

proves('tokens have vectors', async (openai) => {
  const answer = await openai.embeddings.create({
    model: 'vectors',
    input: [[12805, 5304, 264, 892], [9906]],
    encoding_format: 'float',
  });

  assert.equal(answer.data.length, 2);
  assert.equal(answer.usage.prompt_tokens, 5);
});

proves('a legacy completion is written', async (openai) => {
  const answer = await openai.completions.create({ model: 'instruct', prompt: 'Once upon a time', max_tokens: 5, n: 2 });

  assert.equal(answer.choices.length, 2);
  assert.equal(answer.usage.completion_tokens, 10);
});

proves('a legacy completion is streamed', async (openai) => {
  let text = '';
  for await (const chunk of await openai.completions.create({ model: 'instruct', prompt: 'Once upon a time', stream: true })) {
    text += chunk.choices[0]?.text ?? '';
  }

  assert.ok(text.length > 0);
});

proves('the models of the region are listed', async (openai) => {
  const ids = [];
  for await (const model of openai.models.list()) {
    ids.push(model.id);
  }

  assert.ok(ids.includes('gpt-4o-2024-11-20'));
  assert.ok(!ids.includes('omni'));
});

proves('a model is shown', async (openai) => {
  assert.equal((await openai.models.retrieve('gpt-4o-2024-11-20')).id, 'gpt-4o-2024-11-20');
});
