package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.Utterance;
import dev.spillway.emulator.media.AudioLength;
import dev.spillway.emulator.media.PromptPicture;
import dev.spillway.emulator.media.SoundFormat;
import dev.spillway.emulator.media.SpokenText;
import dev.spillway.emulator.model.MediaFamily;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ImageRequest;
import dev.spillway.emulator.request.MediaRequest;
import dev.spillway.emulator.request.ModelRequest;
import dev.spillway.emulator.request.SpeechRequest;
import dev.spillway.emulator.request.TranscriptionRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Draws, speaks and listens. */
final class MediaMaker {

  /** About 150 a minute. */
  private static final double WORDS_A_SECOND = 2.5;

  private final MediaTokens tokens;

  MediaMaker(MediaTokens tokens) {
    this.tokens = tokens;
  }

  /** What all answers of one call have in common. */
  private record Work(
      CallSeed seed,
      Deployment deployment,
      Prompt prompt,
      Screening screening,
      LimitReadings readings,
      Instant arrived) {

    Served served(int completionTokens) {
      Usage usage = new Usage(prompt.tokens(), 0, 0, completionTokens);
      return new Served(deployment, arrived, screening.prompt(), usage, readings, null);
    }
  }

  /** The verdict on a picture that the content filter does not let out, if there is one. */
  static Optional<Verdict.Blocked> withheld(ModelRequest request, Screening screening) {
    return request instanceof ImageRequest image
        ? IntStream.range(0, image.count())
            .mapToObj(number -> screening.completion(number, image.prompt()).atItsEnd())
            .filter(Verdict.Blocked.class::isInstance)
            .map(Verdict.Blocked.class::cast)
            .findFirst()
        : Optional.empty();
  }

  MediaAnswer make(
      CallSeed seed,
      Deployment deployment,
      MediaRequest request,
      Prompt prompt,
      Screening screening,
      LimitReadings readings,
      Instant arrived) {
    Work work = new Work(seed, deployment, prompt, screening, readings, arrived);
    return switch (request) {
      case ImageRequest image -> draw(work, image);
      case SpeechRequest speech -> speak(work, speech);
      case TranscriptionRequest sound -> listen(work, sound);
    };
  }

  private ImageAnswer draw(Work work, ImageRequest request) {
    boolean dallE = work.deployment().model().family() == MediaFamily.DALL_E;
    ImageLook look = ImageLook.of(request.options(), dallE);
    List<ImageAnswer.Picture> pictures =
        IntStream.range(0, request.count())
            .mapToObj(number -> picture(work, request, look, number))
            .toList();
    int parts = MediaTokens.parts(request);
    List<byte[]> unfinished =
        IntStream.range(0, parts)
            .mapToObj(
                part -> drawing(work, look, 0).writePart(request.prompt(), part + 1, parts + 1))
            .toList();
    return new ImageAnswer(
        request,
        work.served(tokens.drawn(work.deployment().model(), request, look)),
        look,
        revised(request),
        pictures,
        unfinished);
  }

  private static ImageAnswer.Picture picture(
      Work work, ImageRequest request, ImageLook look, int number) {
    return new ImageAnswer.Picture(
        drawing(work, look, number).write(request.prompt()),
        work.screening().completion(number, request.prompt()).atItsEnd());
  }

  private static PromptPicture drawing(Work work, ImageLook look, int number) {
    return new PromptPicture(
        look.format(), look.size(), look.transparent(), work.seed().choice(number));
  }

  private static String revised(ImageRequest request) {
    String style = request.options().style().orElse("vivid");
    return "A " + style + " picture of the following, on plain paper: " + request.prompt().strip();
  }

  private SpeechAnswer speak(Work work, SpeechRequest request) {
    SoundFormat format = SoundFormat.byName(request.format()).orElse(SoundFormat.MP3);
    byte[] file = format.speak(request.input(), request.speed(), request.voice());
    double seconds = SoundFormat.seconds(request.input(), request.speed());
    int said = MediaTokens.said(work.deployment().model(), seconds);
    return new SpeechAnswer(request, work.served(said), format, file);
  }

  private TranscriptAnswer listen(Work work, TranscriptionRequest request) {
    byte[] file = request.file().bytes();
    double seconds = AudioLength.seconds(file);
    int words = Math.max(1, (int) Math.round(seconds * WORDS_A_SECOND));
    String text =
        SpokenText.in(file)
            .map(String::strip)
            .orElseGet(() -> Utterance.of(words, work.seed().choice(0)));
    int written = tokens.text(work.deployment().model(), text);
    return new TranscriptAnswer(request, work.served(written), text, seconds);
  }
}
