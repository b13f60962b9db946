package dev.spillway.emulator.inference;

/** What a model made of pictures or sound. */
public sealed interface MediaAnswer extends Answer
    permits ImageAnswer, SpeechAnswer, TranscriptAnswer {}
