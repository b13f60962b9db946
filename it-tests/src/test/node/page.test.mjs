// The examples of docs/clients.md; ClientsPageIT compares the page with them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzure } from '@ai-sdk/azure';
import { generateText } from 'ai';
import { AzureOpenAI, OpenAI } from 'openai';
import { router } from './harness.mjs';

const endpoint = router.url;
const key = router.key;

test('the example of AzureOpenAI works', async () => {
  // example
  const client = new AzureOpenAI({ endpoint, apiKey: key, apiVersion: '2024-10-21' });
  const answer = await client.chat.completions.create({
    model: 'gpt-35-turbo',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  // end
  assert.ok(answer.choices[0].message.content.length > 0);
});

test('the example of OpenAI on v1 works', async () => {
  // example
  const client = new OpenAI({ baseURL: `${endpoint}/openai/v1`, apiKey: key });
  const answer = await client.chat.completions.create({
    model: 'gpt-35-turbo',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  // end
  assert.ok(answer.choices[0].message.content.length > 0);
});

test('the example of the AI SDK works', async () => {
  // example
  const azure = createAzure({ baseURL: `${endpoint}/openai/v1`, apiKey: key });
  const { text } = await generateText({ model: azure.chat('gpt-35-turbo'), prompt: 'Hello' });
  // end
  assert.ok(text.length > 0);
});

test('the example of the AI SDK on dated routes works', async () => {
  // example
  const azure = createAzure({
    baseURL: `${endpoint}/openai`,
    apiKey: key,
    apiVersion: '2024-10-21',
    useDeploymentBasedUrls: true,
  });
  const { text } = await generateText({ model: azure.chat('gpt-35-turbo'), prompt: 'Hello' });
  // end
  assert.ok(text.length > 0);
});
