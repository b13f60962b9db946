package dev.spillway.router.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyStoreTest {

  private static final int IN_HEAP = 1_000;
  private static final int LONGEST = 200_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "1, true",
    "1000, true",
    "1001, false",
    "65536, false",
    "65537, false",
    "200000, false",
  })
  void aLongBodyIsInAFileAndAShortOneInTheHeap(int length, boolean inHeap) throws Exception {
    for (boolean announced : new boolean[] {true, false}) {
      try (ReplayableBody body = kept(bytes(length), announced)) {
        assertThat(body instanceof ReplayableBody.InHeap).isEqualTo(inHeap);
        assertThat(body.length()).isEqualTo(length);
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThat(read(body.open())).isEqualTo(bytes(length));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LONGEST + 1, 3 * LONGEST})
  void aLongerBodyThanAnyMayBeIsNotKept(int length) throws Exception {
    assertThat(store(folder).keep(in(bytes(length)), length))
        .isEqualTo(new BodyStore.Kept.TooLong());
    assertThat(store(folder).keep(in(bytes(length)), -1)).isEqualTo(new BodyStore.Kept.TooLong());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theLongestBodyCountsWhereMoreFitsIntoTheHeap() throws Exception {
    BodyStore store = new BodyStore(new BodyLimits(10, IN_HEAP, folder));

    assertThat(store.keep(in(bytes(10)), -1)).isInstanceOf(BodyStore.Kept.Whole.class);
    assertThat(store.keep(in(bytes(11)), -1)).isEqualTo(new BodyStore.Kept.TooLong());
    assertThat(store.keep(in(bytes(11)), 11)).isEqualTo(new BodyStore.Kept.TooLong());
  }

  /** Not even a process that is killed leaves one. */
  @Test
  void aFileHasNoNameWhileItIsInUse() throws Exception {
    try (ReplayableBody body = kept(bytes(LONGEST), true)) {
      assertThat(body).isInstanceOf(ReplayableBody.InFile.class);
      assertThat(folder).isEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClosedBodyCannotBeReadAnyMore() throws Exception {
    ReplayableBody body = kept(bytes(LONGEST), true);
    InputStream open = body.open();
    body.close();

    assertThat(catchThrowable(open::read)).isInstanceOf(IOException.class);
  }

  @Test
  void aFolderThatIsGoneIsNoRoomAndNotTheCallersFault() throws Exception {
    Path gone = folder.resolve("gone");

    assertThat(store(gone).keep(in(bytes(LONGEST)), LONGEST))
        .isInstanceOf(BodyStore.Kept.NoRoom.class);
  }

  @Test
  void readersDoNotDisturbEachOther() throws Exception {
    byte[] bytes = bytes(LONGEST);
    try (ReplayableBody body = kept(bytes, false)) {
      InputStream first = body.open();
      assertThat(first.readNBytes(70_000)).hasSize(70_000);

      assertThat(read(body.open(5, 15))).isEqualTo(Arrays.copyOfRange(bytes, 5, 15));
      assertThat(read(first)).isEqualTo(Arrays.copyOfRange(bytes, 70_000, LONGEST));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 10", "995, 1005", "1000, 100000", "199999, 200000", "200000, 200000"})
  void aSpliceReplacesItsBytesAndNoOther(int start, int end) throws Exception {
    byte[] bytes = bytes(LONGEST);
    byte[] other = {1, 2, 3};
    for (ReplayableBody body : new ReplayableBody[] {ReplayableBody.of(bytes), kept(bytes, true)}) {
      EditedBody edited = new EditedBody(body, new Splice(start, end, other));
      byte[] sent = read(edited.open());

      assertThat(edited.length()).isEqualTo(sent.length);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      expected.write(bytes, 0, start);
      expected.writeBytes(other);
      expected.write(bytes, end, LONGEST - end);
      assertThat(Arrays.equals(sent, expected.toByteArray())).isTrue();
      body.close();
    }
  }

  private ReplayableBody kept(byte[] bytes, boolean announced) throws IOException {
    BodyStore.Kept kept = store(folder).keep(in(bytes), announced ? bytes.length : -1);
    return ((BodyStore.Kept.Whole) kept).body();
  }

  private static BodyStore store(Path folder) {
    return new BodyStore(new BodyLimits(LONGEST, IN_HEAP, folder));
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] read(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
