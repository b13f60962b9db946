// Vercel's AI SDK with its provider for Azure: what it makes of the emulator's answers, and of the router's.
import assert from 'node:assert/strict';
import { createAzure } from '@ai-sdk/azure';
import { APICallError, embed, embedMany, generateObject, generateText, streamText, tool } from 'ai';
import { z } from 'zod';
import { API_VERSION, KEY, TARGETS, checked, emulators, router, withResponses } from './harness.mjs';

const CALLS = 8;
const LONG = 'Which gate opens first? '.repeat(20);

/** The provider, on the routes with a deployment and a date, or on v1. */
function azure(url, v1, apiKey, seen) {
  return createAzure({
    baseURL: v1 ? `${url}/openai/v1` : `${url}/openai`,
    apiKey,
    fetch: seen.fetch,
    ...(v1 ? {} : { apiVersion: API_VERSION, useDeploymentBasedUrls: true }),
  });
}

function proves(sentence, body, when = () => true) {
  for (const { year, v1 } of TARGETS.filter(when)) {
    checked(`the AI SDK: ${sentence} (${v1 ? 'v1' : 'dated'}, ${year})`, year, (seen) =>
      body(azure(emulators[year], v1, KEY, seen), seen));
  }
}

/** The SDK as it comes, with its own retries: were there a 429, it would sleep. */
function servesAll(sentence, body) {
  for (const v1 of [false, true]) {
    checked(`the AI SDK behind the router: ${sentence} (${v1 ? 'v1' : 'dated'})`, router.year, async (seen) => {
      const provider = azure(router.url, v1, router.key, seen);
      for (let i = 0; i < CALLS; i++) {
        await body(provider);
      }
      assert.ok(seen.statuses.length >= CALLS);
      assert.ok(seen.statuses.every((status) => status === 200), `it saw ${seen.statuses}`);
    });
  }
}

async function chats(model) {
  const answer = await generateText({ model, prompt: LONG });

  assert.ok(answer.text.length > 0);
  assert.equal(answer.finishReason, 'stop');
  assert.ok(answer.usage.inputTokens > 0 && answer.usage.outputTokens > 0);
}

async function streams(model) {
  const answer = streamText({ model, prompt: LONG, onError: ({ error }) => assert.fail(error) });
  const parts = [];
  for await (const part of answer.textStream) {
    parts.push(part);
  }

  assert.ok(parts.length > 1);
  assert.equal(await answer.finishReason, 'stop');
  assert.ok((await answer.usage).outputTokens > 0);
}

async function usesTools(model) {
  const cities = [];
  const { toolCalls } = await generateText({
    model,
    prompt: `How is the weather in Lisbon? ${LONG}`,
    tools: {
      get_weather: tool({
        description: 'The weather of a city',
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => cities.push(city) && 'sunny',
      }),
    },
  });

  assert.deepEqual(cities, ['Lisbon']);
  assert.equal(toolCalls[0].toolName, 'get_weather');
}

async function embeds(model) {
  const { embedding } = await embed({ model, value: LONG });

  assert.equal(embedding.length, 1536);
}

proves('chats', (provider) => chats(provider.chat('omni')));
proves('streams a chat', (provider) => streams(provider.chat('omni')));
proves('runs tools of a chat', (provider) => usesTools(provider.chat('omni')));
proves('makes an object that fits its schema', async (provider) => {
  const schema = z.object({ city: z.string(), sunny: z.boolean() });

  const { object } = await generateObject({ model: provider.chat('omni'), schema, prompt: 'How is the weather in Lisbon?' });

  assert.deepEqual(Object.keys(object).sort(), ['city', 'sunny']);
});
proves('asks for a response', (provider) => chats(provider('mini')), (target) => target.v1 && withResponses(target));
proves('streams a response', (provider) => streams(provider('mini')), (target) => target.v1 && withResponses(target));
proves('embeds one text and several', async (provider) => {
  const model = provider.textEmbeddingModel('vectors');
  await embeds(model);
  const { embeddings } = await embedMany({ model, values: ['one', 'two', 'three'] });

  assert.equal(embeddings.length, 3);
});
proves('is told of a throttled call', async (provider, seen) => {
  await assert.rejects(generateText({ model: provider.chat('busy'), prompt: 'Hello', maxRetries: 0 }), (error) => {
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 429);
    assert.ok(error.isRetryable);
    assert.match(error.responseHeaders['retry-after'], /^\d+$/);
    return true;
  });
  assert.deepEqual(seen.statuses, [429]);
});
proves('is told of a blocked prompt, and does not try again', async (provider, seen) => {
  await assert.rejects(generateText({ model: provider.chat('omni'), prompt: '[[filter:sexual:high]]' }), (error) => {
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 400);
    assert.match(error.responseBody, /content_filter/);
    return true;
  });
  assert.deepEqual(seen.statuses, [400]);
});

servesAll('chats while there is capacity', (provider) => chats(provider.chat('chat')));
servesAll('streams while there is capacity', (provider) => streams(provider.chat('chat')));
servesAll('runs tools while there is capacity', (provider) => usesTools(provider.chat('chat')));
servesAll('embeds while there is capacity', (provider) => embeds(provider.textEmbeddingModel('vectors')));
