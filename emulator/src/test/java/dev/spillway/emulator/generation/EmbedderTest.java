package dev.spillway.emulator.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmbedderTest {

  private static final int LENGTH = 1536;
  private static final Embedder EMBEDDER = new Embedder("text-embedding-3-small", LENGTH);
  private static final int[] LENGTHS = {1, 2, 7, 256, 512, LENGTH};

  /** Pairs that mean much the same, each unlike all others. */
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("The cat sat on the mat", "A cat is sitting on a mat"),
          List.of("Invoices are due within thirty days", "The invoice is due in thirty days"),
          List.of("How do I reset my password?", "Resetting a forgotten password"),
          List.of("Heavy rain flooded the valley", "The valley was flooded after rain"),
          List.of("The train to Berlin leaves at noon", "Trains for Berlin depart at noon"),
          List.of("Quarterly revenue grew by ten percent", "Revenue growth this quarter"));

  static Stream<String> anyTexts() {
    return Stream.concat(
        Stream.of("", " ", "?!", "a", "\uD800", "日本語のテキスト", "x".repeat(20_000)),
        LongStream.range(0, 40).mapToObj(EmbedderTest::randomText));
  }

  private static String randomText(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random
        .ints(random.nextInt(1, 300), 0x20, 0x2100)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static double similarity(float[] one, float[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> (double) one[i] * other[i]).sum();
  }

  private static float[] vector(String text, int numbers) {
    return EMBEDDER.embed(text, numbers);
  }

  @ParameterizedTest
  @MethodSource("anyTexts")
  void aVectorOfAnyTextAndAnyLengthIsOneLong(String text) {
    for (int length : LENGTHS) {
      float[] vector = vector(text, length);
      assertThat(vector).hasSize(length);
      assertThat(similarity(vector, vector)).as("length %d", length).isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("anyTexts")
  void theSameTextHasTheSameVectorEverywhere(String text) {
    assertThat(new Embedder("text-embedding-3-small", LENGTH).embed(text, LENGTH))
        .isEqualTo(vector(text, LENGTH));
  }

  @ParameterizedTest
  @MethodSource("anyTexts")
  void aShorterVectorIsTheBeginningOfTheWholeOne(String text) {
    float[] whole = vector(text, LENGTH);
    float[] beginning = vector(text, 256);

    double scale = beginning[0] / whole[0];
    for (int i = 0; i < beginning.length; i++) {
      assertThat((double) beginning[i]).isCloseTo(whole[i] * scale, within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"1536", "512", "256"})
  void theNearestOfAllOthersIsTheOneThatMeansTheSame(int length) {
    List<String> all = PAIRS.stream().flatMap(List::stream).toList();
    for (List<String> pair : PAIRS) {
      float[] asked = vector(pair.getFirst(), length);
      String nearest =
          all.stream()
              .filter(text -> !text.equals(pair.getFirst()))
              .max(Comparator.comparingDouble(text -> similarity(asked, vector(text, length))))
              .orElseThrow();
      assertThat(nearest).isEqualTo(pair.getLast());
    }
  }

  @Test
  void theMoreOfATextIsLeftTheNearerItIs() {
    String[] words = "the keeper opens the upper gate before the summer flood arrives".split(" ");
    float[] whole = vector(String.join(" ", words), LENGTH);

    double[] similarities =
        IntStream.rangeClosed(1, words.length)
            .mapToDouble(kept ->
                similarity(
                    whole, vector(String.join(" ", List.of(words).subList(0, kept)), LENGTH)))
            .toArray();

    assertThat(similarities).isSorted().endsWith(similarities[words.length - 1]);
    assertThat(similarities[words.length - 1]).isCloseTo(1, within(1e-5));
  }

  @Test
  void caseAndPunctuationHardlyMatterAndStillMakeAnotherVector() {
    double similarity = similarity(vector("Hello, World!", LENGTH), vector("hello world", LENGTH));

    assertThat(similarity).isBetween(0.98, 0.9999);
  }

  @Test
  void vectorsOfDifferentModelsHaveNothingInCommon() {
    String text = "The same words for two models";

    assertThat(similarity(vector(text, LENGTH), new Embedder("other", LENGTH).embed(text, LENGTH)))
        .isCloseTo(0, within(0.2));
  }
}
