import assert from 'node:assert/strict';
import { toFile } from 'openai';
import { client, proves } from './harness.mjs';

const TEXT = 'The gate opens at dawn. Nobody is there to see it!';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

async function speech(openai, format) {
  const answer = await openai.audio.speech.create({ model: 'voice', voice: 'alloy', input: TEXT, response_format: format });
  return toFile(Buffer.from(await answer.arrayBuffer()), `speech.${format}`);
}

const isPng = (bytes) => bytes.subarray(0, 4).equals(PNG);

proves('a picture is where its URL says', async (openai) => {
  const answer = await openai.images.generate({ model: 'dall-e', prompt: 'A boat' });
  const picture = await fetch(answer.data[0].url);

  assert.ok(answer.data[0].revised_prompt.length > 0);
  assert.ok(isPng(Buffer.from(await picture.arrayBuffer())));
});

proves('a picture is given with what it cost', async (openai) => {
  const answer = await openai.images.generate({ model: 'pictures', prompt: 'A boat', quality: 'low' });

  assert.ok(isPng(Buffer.from(answer.data[0].b64_json, 'base64')));
  assert.equal(answer.usage.output_tokens, 272);
}, { when: (target) => target.year >= '2025' });

/** Where the deployment is in the path, this call of the client does not take it from the model. */
proves('a picture is edited', async (_, seen, target) => {
  const openai = client(target, seen, target.v1 ? {} : { deployment: 'pictures' });
  const image = await toFile(PNG, 'boat.png', { type: 'image/png' });
  const answer = await openai.images.edit({ model: 'pictures', image, prompt: 'Add a boat' });

  assert.ok(isPng(Buffer.from(answer.data[0].b64_json, 'base64')));
}, { when: (target) => target.year >= '2025' });

proves('a picture comes part by part', async (openai) => {
  const types = [];
  for await (const event of await openai.images.generate({
    model: 'pictures',
    prompt: 'A boat',
    stream: true,
    partial_images: 1,
  })) {
    types.push(event.type);
  }

  assert.deepEqual(types, ['image_generation.partial_image', 'image_generation.completed']);
}, { when: (target) => target.year >= '2025' });

proves('what is said is heard', async (openai) => {
  const heard = await openai.audio.transcriptions.create({ model: 'ears', file: await speech(openai, 'mp3') });

  assert.equal(heard.text, TEXT);
});

proves('what is said is heard with its segments', async (openai) => {
  const heard = await openai.audio.transcriptions.create({
    model: 'ears',
    file: await speech(openai, 'wav'),
    response_format: 'verbose_json',
    timestamp_granularities: ['segment', 'word'],
  });

  assert.equal(heard.segments.length, 2);
  assert.equal(heard.words.length, 11);
});

proves('subtitles are written', async (openai) => {
  const file = await speech(openai, 'wav');
  const srt = await openai.audio.transcriptions.create({ model: 'ears', file, response_format: 'srt' });
  const vtt = await openai.audio.transcriptions.create({ model: 'ears', file, response_format: 'vtt' });

  assert.match(srt, /^1\n00:00:00,000 --> /);
  assert.match(vtt, /^WEBVTT\n/);
});

proves('a transcript is streamed', async (openai) => {
  let text = '';
  for await (const event of await openai.audio.transcriptions.create({
    model: 'transcripts',
    file: await speech(openai, 'flac'),
    stream: true,
  })) {
    text += event.type === 'transcript.text.delta' ? event.delta : '';
  }

  assert.equal(text, TEXT);
}, { when: (target) => target.year >= '2025' });

proves('what is said is translated', async (openai) => {
  const file = await speech(openai, 'mp3');
  const plain = await openai.audio.translations.create({ model: 'ears', file });
  const verbose = await openai.audio.translations.create({ model: 'ears', file, response_format: 'verbose_json' });

  assert.equal(plain.text, TEXT);
  assert.equal(verbose.segments.length, 2);
});
