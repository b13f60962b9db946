package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.gateway.DescribedRequest;
import dev.spillway.router.gateway.Explanation;
import dev.spillway.router.gateway.ExplanationJson;
import dev.spillway.router.gateway.ExplanationText;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code spillway router --explain}: prints what would become of a request.
 *
 * @param file describes the request; or is its body alone, with a {@code path}
 * @param caller whose key it comes with; null leaves that to its headers
 */
record RouterExplain(Path file, @Nullable String path, @Nullable String caller, boolean json) {

  int run(RouterConfig config, PrintStream out) {
    try {
      Explanation explanation = FailoverRouter.explain(config, request(), TimeSource.system());
      out.print(json ? ExplanationJson.of(explanation) + "\n" : ExplanationText.of(explanation));
      return 0;
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage());
    }
  }

  private DescribedRequest request() {
    byte[] content = content();
    if (path != null) {
      return DescribedRequest.post(path, caller, content);
    }
    DescribedRequest described = described(content);
    return caller == null
        ? described
        : new DescribedRequest(
            described.method(), described.path(), described.headers(), caller, described.body());
  }

  private static DescribedRequest described(byte[] content) {
    try {
      return DescribedRequest.parse(content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; a file that is a request's body alone needs --path", e);
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read");
    }
  }
}
