package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The code of docs/junit.md, compiled and run as it is written there. */
final class JunitPageIT {

  private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?m)^(?:class|record) (\\w+)");
  private static final Pattern FAILURE =
      Pattern.compile("```text\n(java.lang.Ill.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  @AfterEach
  void leaveTheClassLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void everyTestOfThePagePasses() throws Exception {
    List<Path> sources = sources(page());
    assertThat(sources)
        .extracting(source -> source.getFileName().toString())
        .containsExactly("Assistant.java", "AssistantTest.java", "BuiltTest.java");

    TestExecutionSummary summary = run(sources, "AssistantTest", "BuiltTest");

    assertThat(summary.getFailures()).extracting(Failure::getException).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(4);
  }

  @Test
  void theFailureThatItShowsIsARealOne() throws Exception {
    String withoutTheSecond =
        page().replace("List.of(\"primary\", \"secondary\")", "List.of(\"primary\")");

    TestExecutionSummary summary = run(sources(withoutTheSecond), "AssistantTest");

    assertThat(summary.getFailures())
        .singleElement()
        .extracting(failure -> withoutFrames(failure.getException()))
        .isEqualTo(FAILURE.matcher(page()).results().findFirst().orElseThrow().group(1).strip());
  }

  private static String withoutFrames(Throwable failure) {
    StringBuilder lines = new StringBuilder(failure.toString());
    Stream.of(failure.getSuppressed())
        .forEach(suppressed -> lines.append("\n\tSuppressed: ").append(suppressed));
    return lines.toString();
  }

  private List<Path> sources(String page) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String code : SHOWN.matcher(page).results().map(found -> found.group(1)).toList()) {
      String name = NAME.matcher(code).results().findFirst().orElseThrow().group(1);
      sources.add(Files.writeString(folder.resolve(name + ".java"), code));
    }
    return sources;
  }

  private TestExecutionSummary run(List<Path> sources, String... tests) throws Exception {
    compile(sources);
    URL[] compiled = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(compiled, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              request()
                  .selectors(Stream.of(tests).map(name -> selectClass(loader, name)).toList())
                  .build(),
              listener);
      return listener.getSummary();
    }
  }

  private void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-d", folder.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
  }

  private static String page() throws IOException {
    return Files.readString(Program.root().resolve("docs/junit.md"));
  }
}
