package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.AudioLength;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ImageRequest;
import dev.spillway.emulator.request.MediaRequest;
import dev.spillway.emulator.request.SpeechRequest;
import dev.spillway.emulator.request.TranscriptionRequest;
import dev.spillway.emulator.tokenizer.Tokenizers;

/**
 * Tokens of pictures and sound, for the models that count them.
 *
 * <p>A picture that was drawn is {@code rows x (columns + 1)} patches, of 64, 32 or 16 pixels by
 * its quality; that is OpenAI's table of sizes and qualities.
 */
public final class MediaTokens {

  /** Of a picture that is sent to be edited, be it as large as it likes. */
  static final int IMAGE = 272;

  private static final int PART = 100;
  private static final int HEARD_A_SECOND = 10;
  private static final int SAID_A_SECOND = 20;

  private final Tokenizers tokenizers;

  MediaTokens(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  int prompt(ModelProfile model, MediaRequest request) {
    if (!model.family().countsTokens()) {
      return 0;
    }
    int text = request.texts().stream().mapToInt(one -> text(model, one)).sum();
    return switch (request) {
      case ImageRequest image -> text + imageTokens(image);
      case SpeechRequest speech -> text;
      case TranscriptionRequest sound -> text + heard(AudioLength.seconds(sound.file().bytes()));
    };
  }

  /** Those of a request's prompt that are its pictures. */
  public static int imageTokens(ImageRequest request) {
    return IMAGE * request.images().size();
  }

  /** Those of so much sound that is listened to. */
  public static int heard(double seconds) {
    return (int) Math.ceil(seconds * HEARD_A_SECOND);
  }

  int text(ModelProfile model, String text) {
    return model.family().countsTokens() ? tokenizers.of(model.encoding()).count(text) : 0;
  }

  int drawn(ModelProfile model, ImageRequest request, ImageLook look) {
    if (!model.family().countsTokens()) {
      return 0;
    }
    int patch = patch(look.quality());
    int rows = Math.ceilDiv(look.size().height(), patch);
    int columns = Math.ceilDiv(look.size().width(), patch);
    return request.count() * rows * (columns + 1) + PART * parts(request);
  }

  static int said(ModelProfile model, double seconds) {
    return model.family().countsTokens() ? (int) Math.ceil(seconds * SAID_A_SECOND) : 0;
  }

  static int parts(ImageRequest request) {
    return request.stream() ? request.partialImages() : 0;
  }

  private static int patch(String quality) {
    return switch (quality) {
      case "low" -> 64;
      case "medium" -> 32;
      default -> 16;
    };
  }
}
