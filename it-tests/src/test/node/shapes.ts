// What openai says that it gets. shapes.mjs makes JSON schemas of it, in which nothing else may be.
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { Completion } from 'openai/resources/completions';
import type { CreateEmbeddingResponse } from 'openai/resources/embeddings';
import type { ImageGenStreamEvent, ImagesResponse } from 'openai/resources/images';
import type { Model } from 'openai/resources/models';
import type {
  Response,
  ResponseItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import type {
  Transcription,
  TranscriptionStreamEvent,
  TranscriptionVerbose,
} from 'openai/resources/audio/transcriptions';
import type { Translation, TranslationVerbose } from 'openai/resources/audio/translations';

export interface Shapes {
  ChatCompletion: ChatCompletion;
  ChatCompletionChunk: ChatCompletionChunk;
  Completion: Completion;
  CreateEmbeddingResponse: CreateEmbeddingResponse;
  ImageGenStreamEvent: ImageGenStreamEvent;
  ImagesResponse: ImagesResponse;
  Model: Model;
  Response: Response;
  ResponseItem: ResponseItem;
  ResponseStreamEvent: ResponseStreamEvent;
  Transcription: Transcription;
  TranscriptionStreamEvent: TranscriptionStreamEvent;
  TranscriptionVerbose: TranscriptionVerbose;
  Translation: Translation;
  TranslationVerbose: TranslationVerbose;
}
