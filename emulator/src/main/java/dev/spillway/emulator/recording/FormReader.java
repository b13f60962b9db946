package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedBody.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code multipart/form-data}, as far as it takes to know it again. */
final class FormReader {

  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("[; ]filename=\"([^\"]*)\"");

  private FormReader() {}

  static Optional<RecordedBody.Form> read(@Nullable String contentType, byte[] bytes) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    return boundary.matches() ? parts(boundary.group(1).strip(), bytes) : Optional.empty();
  }

  /** One character for each byte, so that files stay what they are. */
  private static Optional<RecordedBody.Form> parts(String boundary, byte[] bytes) {
    String all = "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    for (String section : all.split(Pattern.quote("\r\n--" + boundary), -1)) {
      int blank = section.indexOf("\r\n\r\n");
      if (blank >= 0) {
        Matcher name = NAME.matcher(section.substring(0, blank));
        if (!name.find()) {
          return Optional.empty();
        }
        parts.add(
            part(utf8(name.group(1)), section.substring(0, blank), section.substring(blank + 4)));
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new RecordedBody.Form(parts));
  }

  private static Part part(String name, String head, String content) {
    Matcher file = FILE.matcher(head);
    return file.find()
        ? new Part(name, utf8(file.group(1)), null, sha256(content))
        : new Part(name, null, utf8(content), null);
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String sha256(String latin) {
    return Hashes.sha256(latin.getBytes(StandardCharsets.ISO_8859_1));
  }
}
