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
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The Java that a page shows, compiled as it is written there, and the tests in it run.
 *
 * @param sources one file for each block of code, named by the class in it
 */
record ShownTests(Path folder, List<Path> sources) {

  private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?m)^(?:class|record) (\\w+)");

  /** Writes what the page shows into an empty folder. */
  static ShownTests of(String page, Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String code : SHOWN.matcher(page).results().map(found -> found.group(1)).toList()) {
      String name = NAME.matcher(code).results().findFirst().orElseThrow().group(1);
      sources.add(Files.writeString(folder.resolve(name + ".java"), code));
    }
    return new ShownTests(folder, sources);
  }

  List<String> names() {
    return sources.stream().map(source -> source.getFileName().toString()).toList();
  }

  TestExecutionSummary run(String... tests) throws Exception {
    compile();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] compiled = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(compiled, before)) {
      thread.setContextClassLoader(loader);
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              request()
                  .selectors(Stream.of(tests).map(name -> selectClass(loader, name)).toList())
                  .build(),
              listener);
      return listener.getSummary();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void compile() throws IOException {
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
}
