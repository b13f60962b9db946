package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.VectorAnswer;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes vectors: pretty-printed with two blanks, in OpenAI's order, a number on each line or all
 * of them as base64 of little-endian 32-bit floats.
 */
final class EmbeddingsFormat {

  private static final int BYTES_PER_NUMBER = 24;

  private EmbeddingsFormat() {}

  /** No filter reads what is embedded, and nothing of it is streamed. */
  static HeaderList headers(HeaderList success) {
    return success
        .without("x-ms-rai-invoked")
        .without("x-accel-buffering")
        .without("Cache-Control");
  }

  /** The family's name for the oldest of them. */
  static String modelUntil2024(Deployment deployment) {
    String model = deployment.modelInAnswers();
    return model.equals("text-embedding-ada-002") ? "ada" : model;
  }

  static byte[] body(WireProfile wire, VectorAnswer answer) {
    List<float[]> vectors = answer.vectors();
    ByteArrayOutputStream out = new ByteArrayOutputStream(size(answer));
    write(out, "{\n  \"object\": \"list\",\n  \"data\": [\n");
    for (int i = 0; i < vectors.size(); i++) {
      write(out, "    {\n      \"object\": \"embedding\",\n      \"index\": " + i);
      write(out, ",\n      \"embedding\": ");
      if (answer.request().base64()) {
        base64(out, vectors.get(i));
      } else {
        numbers(out, vectors.get(i));
      }
      write(out, i + 1 < vectors.size() ? "\n    },\n" : "\n    }\n");
    }
    int tokens = answer.usage().promptTokens();
    write(
        out,
        """
          ],
          "model": "%s",
          "usage": {
            "prompt_tokens": %d,
            "total_tokens": %d
          }
        }
        """
            .formatted(wire.vectorModel(answer.deployment()), tokens, tokens));
    return out.toByteArray();
  }

  private static int size(VectorAnswer answer) {
    long numbers = (long) answer.vectors().size() * answer.vectors().getFirst().length;
    long perNumber = answer.request().base64() ? 6 : BYTES_PER_NUMBER;
    return (int) Math.min(numbers * perNumber + 1_000, Integer.MAX_VALUE / 2);
  }

  private static void base64(ByteArrayOutputStream out, float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    out.write('"');
    out.writeBytes(Base64.getEncoder().encode(bytes.array()));
    out.write('"');
  }

  private static void numbers(ByteArrayOutputStream out, float[] vector) {
    write(out, "[\n");
    for (int i = 0; i < vector.length; i++) {
      write(out, "        ");
      write(out, number(vector[i]));
      write(out, i + 1 < vector.length ? ",\n" : "\n");
    }
    write(out, "      ]");
  }

  /** The fewest digits that tell it from its neighbours; below 0.0001 with an exponent. */
  static String number(float value) {
    String shortest = Float.toString(value);
    int exponent = shortest.indexOf('E');
    if (exponent < 0) {
      return shortest;
    }
    if (Math.abs(value) >= 1e-4f) {
      return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    }
    String digits = shortest.substring(0, exponent);
    return "%se-%02d"
        .formatted(
            digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits,
            -Integer.parseInt(shortest.substring(exponent + 1)));
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
