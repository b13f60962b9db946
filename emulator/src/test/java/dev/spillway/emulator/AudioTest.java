package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.control.JournalEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AudioTest {

  private static final String SPEECH = "audio/speech";
  private static final String TRANSCRIPTIONS = "audio/transcriptions";
  private static final String TRANSLATIONS = "audio/translations";
  private static final String TEXT = "The gate opens at dawn. Nobody is there to see it!";

  @AutoClose private final MediaCalls calls = new MediaCalls("2026");

  @Test
  void speechIsAWavWhenAskedForOne() throws IOException, UnsupportedAudioFileException {
    MediaCalls.Reply reply = speak("tts", ",\"response_format\":\"wav\"");

    assertThat(reply.contentType()).isEqualTo("audio/wav");
    try (AudioInputStream sound =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(reply.body()))) {
      assertThat(sound.getFrameLength() / sound.getFormat().getFrameRate())
          .isCloseTo((TEXT.length() + 1) / 15f, within(0.05f));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', audio/mpeg",
    "mp3, audio/mpeg",
    "opus, audio/opus",
    "aac, audio/aac",
    "flac, audio/flac",
    "wav, audio/wav"
  })
  void whatWasSaidIsHeardAgain(String format, String contentType) {
    String more = format.isEmpty() ? "" : ",\"response_format\":\"" + format + "\"";
    MediaCalls.Reply spoken = speak("tts", more);
    String name = "speech." + (format.equals("flac") || format.equals("wav") ? format : "mp3");
    MediaCalls.Form form = new MediaCalls.Form().file("file", name, spoken.body());

    assertThat(spoken.contentType()).isEqualTo(contentType);
    assertThat(calls.post("whisper", TRANSCRIPTIONS, form).text())
        .isEqualTo("{\"text\":\"" + TEXT + "\"}");
    assertThat(calls.post("whisper", TRANSLATIONS, form).json().path("text").stringValue())
        .isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "text, 'The gate opens at dawn. Nobody is there to see it!\n'",
    "srt, '1\n00:00:00,000 --> 00:00:01,600\nThe gate opens at dawn.\n\n2\n00:00:01,600 --> 00:00:03,400\nNobody is there to see it!\n\n'",
    "vtt, 'WEBVTT\n\n00:00:00.000 --> 00:00:01.600\nThe gate opens at dawn.\n\n00:00:01.600 --> 00:00:03.400\nNobody is there to see it!\n\n'"
  })
  void aTranscriptIsPlainTextInTheseForms(String format, String expected) {
    MediaCalls.Reply reply =
        calls.post("whisper", TRANSCRIPTIONS, spoken().field("response_format", format));

    assertThat(reply.contentType()).isEqualTo("text/plain;charset=utf-8");
    assertThat(reply.text()).isEqualTo(expected);
  }

  @Test
  void aVerboseTranscriptHasSentencesAndWordsWithTheirTimes() {
    JsonNode transcript =
        calls
            .post(
                "whisper",
                TRANSCRIPTIONS,
                spoken()
                    .field("response_format", "verbose_json")
                    .field("language", "de")
                    .field("timestamp_granularities[]", "word")
                    .field("timestamp_granularities[]", "segment"))
            .json();

    assertThat(transcript.path("task").stringValue()).isEqualTo("transcribe");
    assertThat(transcript.path("language").stringValue()).isEqualTo("german");
    assertThat(transcript.path("duration").doubleValue()).isEqualTo(3.4);
    assertThat(transcript.path("text").stringValue()).isEqualTo(TEXT);
    assertThat(transcript.path("segments").size()).isEqualTo(2);
    assertThat(transcript.at("/segments/1/start").doubleValue()).isEqualTo(1.6);
    assertThat(transcript.at("/segments/1/end").doubleValue()).isEqualTo(3.4);
    assertThat(transcript.at("/words/1/word").stringValue()).isEqualTo("gate");
    assertThat(transcript.path("words").size()).isEqualTo(11);
  }

  @Test
  void aTranslationIsEnglishWhateverTheFileIs() {
    JsonNode translation =
        calls
            .post("whisper", TRANSLATIONS, spoken().field("response_format", "verbose_json"))
            .json();

    assertThat(translation.path("task").stringValue()).isEqualTo("translate");
    assertThat(translation.path("language").stringValue()).isEqualTo("english");
  }

  @Test
  void aRecordingOfSomebodyElseHasAboutAHundredAndFiftyWordsAMinute() throws IOException {
    MediaCalls.Form form = new MediaCalls.Form().file("file", "minute.wav", recording(60));
    String once = calls.post("whisper", TRANSCRIPTIONS, form).json().path("text").stringValue();
    String again = calls.post("whisper", TRANSCRIPTIONS, form).json().path("text").stringValue();

    assertThat(once.split(" ")).hasSize(150);
    assertThat(again).isEqualTo(once);
  }

  @Test
  void gptTranscribeCountsTokensAndTellsHowLikelyTheyAre() {
    JsonNode transcript =
        calls.post("transcribe", TRANSCRIPTIONS, spoken().field("include[]", "logprobs")).json();

    assertThat(transcript.path("text").stringValue()).isEqualTo(TEXT);
    assertThat(transcript.at("/usage/type").stringValue()).isEqualTo("tokens");
    assertThat(transcript.at("/usage/input_token_details/audio_tokens").intValue()).isEqualTo(34);
    assertThat(transcript.at("/usage/output_tokens").intValue()).isBetween(10, 14);
    assertThat(joined(transcript.path("logprobs"), "token")).isEqualTo(TEXT);
  }

  @Test
  void gptTranscribeStreamsWordByWord() {
    MediaCalls.Reply reply =
        calls.post("transcribe", TRANSCRIPTIONS, spoken().field("stream", "true"));

    List<JsonNode> events = reply.events();
    assertThat(reply.contentType()).startsWith("text/event-stream");
    assertThat(
            events.stream()
                .filter(event -> event.path("type").stringValue().equals("transcript.text.delta"))
                .map(event -> event.path("delta").stringValue())
                .collect(Collectors.joining()))
        .isEqualTo(TEXT);
    assertThat(events.getLast().path("type").stringValue()).isEqualTo("transcript.text.done");
    assertThat(events.getLast().path("text").stringValue()).isEqualTo(TEXT);
    assertThat(events.getLast().at("/usage/total_tokens").intValue()).isPositive();
  }

  @Test
  void whisperDoesNotStreamAndLeavesItUnsaid() {
    MediaCalls.Reply reply =
        calls.post("whisper", TRANSCRIPTIONS, spoken().field("stream", "true"));

    assertThat(reply.text()).isEqualTo("{\"text\":\"" + TEXT + "\"}");
  }

  @Test
  void speechComesAsEventsFromAModelThatCanDoThat() {
    String more = ",\"stream_format\":\"sse\",\"response_format\":\"wav\"";
    List<JsonNode> events = speak("mini-tts", more).events();

    ByteArrayOutputStream file = new ByteArrayOutputStream();
    events.stream()
        .filter(event -> event.has("audio"))
        .forEach(event ->
            file.writeBytes(Base64.getDecoder().decode(event.path("audio").stringValue())));
    assertThat(file.toByteArray()).isEqualTo(speak("tts", ",\"response_format\":\"wav\"").body());
    assertThat(events.getLast().path("type").stringValue()).isEqualTo("speech.audio.done");
    assertThat(events.getLast().at("/usage/output_tokens").intValue()).isEqualTo(68);
    assertThat(speak("tts", ",\"stream_format\":\"sse\"").text()).contains("is not supported");
  }

  @Test
  void theFormNamesTheDeploymentOnV1() {
    MediaCalls.Reply heard = calls.v1(TRANSCRIPTIONS, spoken().field("model", "whisper"));
    MediaCalls.Reply spoken =
        calls.v1(SPEECH, "{\"model\":\"tts\",\"input\":\"Hello\",\"voice\":\"nova\"}");

    assertThat(heard.json().path("text").stringValue()).isEqualTo(TEXT);
    assertThat(spoken.contentType()).isEqualTo("audio/mpeg");
    assertThat(calls.v1(TRANSCRIPTIONS, spoken()).text())
        .contains("you must provide a model parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "35turbo, audio/transcriptions, audioTranscriptions, gpt-35-turbo",
    "transcribe, audio/translations, audioTranslations, gpt-4o-transcribe",
    "dalle, audio/speech, audioSpeech, dall-e-3"
  })
  void aModelThatCannotDoItSaysSo(String deployment, String operation, String word, String model) {
    MediaCalls.Reply reply =
        operation.equals(SPEECH)
            ? calls.post(deployment, operation, "{\"input\":\"x\",\"voice\":\"alloy\"}")
            : calls.post(deployment, operation, spoken());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .contains(
            "The %s operation does not work with the specified model, %s.".formatted(word, model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=other",
        "application/json",
        "text/plain"
      })
  void anUploadThatIsNoFormIsRefused(String contentType) {
    MediaCalls.Reply reply =
        calls.send(MediaCalls.dated("whisper", TRANSCRIPTIONS), contentType, spoken().bytes());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("Could not parse multipart form");
  }

  @Test
  void whatIsNoSoundIsRefused() {
    assertThat(upload("words.txt", new byte[5_000]).text())
        .contains("Invalid file format. Supported formats: ['flac', 'm4a', 'mp3'");
    assertThat(upload("short.wav", new byte[100]).text()).contains("audio_too_short");
    assertThat(upload("large.mp3", new byte[26_214_401]).text())
        .contains("Maximum content size limit (26214400) exceeded (26214401 bytes read)");
    assertThat(calls.post("whisper", TRANSCRIPTIONS, new MediaCalls.Form()).text())
        .contains("'file' is a required property");
    assertThat(
            calls
                .post("transcribe", TRANSCRIPTIONS, spoken().field("response_format", "srt"))
                .text())
        .contains("response_format 'srt' is not compatible with model 'gpt-4o-transcribe'.");
    assertThat(calls.post("whisper", TRANSCRIPTIONS, spoken().field("temperature", "warm")).text())
        .contains("is not of type 'number' - 'temperature'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"voice\":\"alloy\"} | 'input' is a required property",
        "{\"input\":\"\",\"voice\":\"alloy\"} | is too short - 'input'",
        "{\"input\":\"x\"} | 'voice' is a required property",
        "{\"input\":\"x\",\"voice\":\"mine\"} | Invalid value: 'mine'. Supported values are: 'alloy'",
        "{\"input\":\"x\",\"voice\":\"alloy\",\"speed\":5} | 5 is greater than the maximum of 4 - 'speed'",
        "{\"input\":\"x\",\"voice\":\"alloy\",\"speed\":0.1} | 0.1 is less than the minimum of 0.25 - 'speed'",
        "{\"input\":\"x\",\"voice\":\"alloy\",\"response_format\":\"ogg\"} | Invalid value: 'ogg'."
      })
  void whatCannotBeSaidIsRefusedInOneSentence(String body, String message) {
    MediaCalls.Reply reply = calls.post("tts", SPEECH, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains(message);
  }

  @Test
  void theJournalHasTheTokensOfModelsThatCountThem() {
    var unused = calls.post("transcribe", TRANSCRIPTIONS, spoken());

    List<JournalEntry> entries =
        calls.emulator.control().journal(dev.spillway.control.JournalQuery.all());
    JournalEntry entry = entries.getLast();
    assertThat(entry.deployment()).isEqualTo("transcribe");
    assertThat(entry.promptTokens()).isEqualTo(34);
    assertThat(entry.completionTokens()).isPositive();
    assertThat(entry.chargedTokens()).isZero();
  }

  private MediaCalls.Reply upload(String name, byte[] content) {
    return calls.post("whisper", TRANSCRIPTIONS, new MediaCalls.Form().file("file", name, content));
  }

  private MediaCalls.Form spoken() {
    byte[] wav = speak("tts", ",\"response_format\":\"wav\"").body();
    return new MediaCalls.Form().file("file", "speech.wav", wav);
  }

  private MediaCalls.Reply speak(String deployment, String more) {
    return calls.post(
        deployment, SPEECH, "{\"input\":\"" + TEXT + "\",\"voice\":\"alloy\"" + more + "}");
  }

  private static byte[] recording(int seconds) throws IOException {
    AudioFormat format = new AudioFormat(8_000, 8, 1, false, false);
    byte[] samples = new byte[8_000 * seconds];
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length)) {
      var unused = AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file);
    }
    return file.toByteArray();
  }

  private static String joined(JsonNode array, String member) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(node -> node.path(member).stringValue())
        .collect(Collectors.joining());
  }
}
