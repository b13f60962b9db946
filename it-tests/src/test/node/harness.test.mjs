import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './harness.mjs';

const model = { id: 'gpt-4o', object: 'model', created: 1, owned_by: 'openai' };

test('a value of its shape has no fault', () => {
  assert.deepEqual(faultsOf('2026', 'Model', model), []);
});

test('a member that openai does not know is a fault', () => {
  assert.match(faultsOf('2026', 'Model', { ...model, surplus: 1 })[0], /surplus/);
});

test('a member that is missing, or of another type, is a fault', () => {
  const { created, ...less } = model;

  assert.match(faultsOf('2026', 'Model', less)[0], /created/);
  assert.match(faultsOf('2026', 'Model', { ...model, created: `${created}` })[0], /must be number/);
});
