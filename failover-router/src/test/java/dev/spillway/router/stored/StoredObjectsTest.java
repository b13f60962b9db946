package dev.spillway.router.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.stored.StoredObjects.Keeper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredObjectsTest {

  @Test
  void ofTooManyTheOneThatNobodyHasAskedForIsForgotten() {
    StoredObjects objects = new StoredObjects(2);
    objects.keeps(new Keeper("p", "a"), "1");
    objects.keeps(new Keeper("p", "b"), "2");
    assertThat(objects.keeperOf("1")).hasValue(new Keeper("p", "a"));
    objects.keeps(new Keeper("p", "c"), "3");

    assertThat(objects.size()).isEqualTo(2);
    assertThat(objects.keeperOf("1")).isPresent();
    assertThat(objects.keeperOf("2")).isEmpty();
    objects.forget("1");
    assertThat(objects.keeperOf("1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "responses, -",
        "responses/, -",
        "responses/resp_1, resp_1",
        "responses/resp_1/input_items, resp_1",
        "responses/resp_1/cancel, resp_1",
        "responses/compact, -",
        "files/file-1/content, file-1",
        "batches/batch_1/cancel, batch_1",
        "fine_tuning/jobs, -",
        "fine_tuning/jobs/ftjob-1/events, ftjob-1",
        "chat/completions, -",
        "chat/completions/chatcmpl-1/messages, chatcmpl-1",
        "audio/speech, -",
        "audio/transcriptions, -",
        "images/generations, -",
        "vector_stores/vs_1/files/file-2, vs_1",
        "models, -",
      })
  void aPathNamesAnIdOrNone(String rest, @Nullable String id) {
    assertThat(ObjectPath.idIn(rest).orElse(null)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"id\":\"resp_1\",\"output\":[{\"id\":\"msg_1\"}],\"n\":1}                 | resp_1",
        "{\"type\":\"response.created\",\"response\":{\"a\":[],\"id\":\"resp_2\"}}   | resp_2",
        "{\"id\":\"batch_1\",\"input_file_id\":\"f1\",\"output_file_id\":\"f2\",\"error_file_id\":null} | batch_1 f1 f2",
        "{\"object\":\"list\",\"data\":[{\"id\":\"f1\"},7,{\"x\":{\"id\":\"no\"},\"id\":\"f2\"}]} | f1 f2",
        "{\"id\":7}            | -",
        "[{\"id\":\"x\"}]      | -",
        "{\"id\":\"x\",        | -",
        "{\"data\":[{\"id\":\"x\"} | -",
        "{\"data\":[           | -",
        "nonsense              | -",
      })
  void anAnswerShowsWhatIsWhereItComesFrom(String json, @Nullable String ids) {
    assertThat(ObjectIds.shownBy(bytes(json)))
        .isEqualTo(ids == null ? List.of() : List.of(ids.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"input\":\"x\",\"previous_response_id\":\"resp_1\",\"id\":\"no\"} | resp_1",
        "{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1\"}                | file-1",
        "{\"conversation\":{\"id\":\"conv_1\"}}                             | conv_1",
        "{\"conversation\":\"conv_1\"}                                      | conv_1",
        "{\"previous_response_id\":null}                                    | -",
        "{\"input\":[{\"previous_response_id\":\"no\"}]}                    | -",
      })
  void aRequestRefersToWhatAnEarlierOneHasLeft(String json, @Nullable String ids) {
    assertThat(ObjectIds.referredTo(new ByteArrayInputStream(bytes(json))))
        .isEqualTo(ids == null ? List.of() : List.of(ids.split(" ")));
  }

  @Test
  void aStreamsIdIsFoundHoweverItIsCutAndNothingIsReadAfterIt() {
    byte[] stream =
        bytes(
            """
            : hello

            event: response.created
            data: {"response":{"id":"resp_1"}}

            data: {"response":{"id":"resp_2"}}

            """);
    for (int size = 1; size <= stream.length; size++) {
      StreamIds ids = new StreamIds();
      List<String> found = new ArrayList<>();
      for (int at = 0; at < stream.length; at += size) {
        found.addAll(ids.feed(stream, at, Math.min(size, stream.length - at)));
      }
      assertThat(found).containsExactly("resp_1");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
