package dev.spillway.cli;

import dev.spillway.router.check.FileCheck;
import dev.spillway.router.check.Finding;
import dev.spillway.router.check.Finding.Severity;
import dev.spillway.router.check.FindingsJson;
import dev.spillway.router.check.Reach;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code spillway router --check}: prints what is wrong with a file.
 *
 * @param offline whether the backends are left alone
 * @param probe whether each is sent a request that costs nothing
 * @param json for programs
 */
record RouterCheck(Path file, boolean offline, boolean probe, boolean json) {

  private static final int WARNINGS = 1;
  private static final int ERRORS = 2;

  /** 0 for nothing found, 1 for warnings, 2 for errors. */
  int run(PrintStream out) throws InterruptedException {
    FileCheck check = FileCheck.of(file, System::getenv);
    List<Finding> findings = new ArrayList<>(check.findings());
    if (check.config().isPresent() && !offline) {
      findings.addAll(Reach.findings(check.config().get(), probe));
    }
    if (json) {
      out.println(FindingsJson.of(findings));
    } else {
      findings.forEach(out::println);
      out.println(summary(findings));
    }
    return has(findings, Severity.ERROR) ? ERRORS : findings.isEmpty() ? 0 : WARNINGS;
  }

  private String summary(List<Finding> findings) {
    return findings.isEmpty()
        ? file + ": nothing to complain about"
        : file + ": " + findings.size() + (findings.size() == 1 ? " finding" : " findings");
  }

  private static boolean has(List<Finding> findings, Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity() == severity);
  }
}
