package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.check.Finding.Severity;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlException;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a file, even one that cannot be used.
 *
 * @param findings in the file's order
 * @param config none when the file cannot be used, or needs variables that are not set
 */
public record FileCheck(List<Finding> findings, Optional<RouterConfig> config) {

  public static FileCheck of(Path file, Function<String, @Nullable String> env) {
    Missing missing = new Missing(env);
    List<Finding> unset;
    try {
      unset = missing.in(file);
    } catch (YamlException e) {
      return new FileCheck(List.of(unusable(e)), Optional.empty());
    }
    try {
      RouterConfig config = RouterConfig.read(file, missing::orPlaceholder);
      List<Finding> all = new ArrayList<>(unset);
      all.addAll(Linter.findings(config));
      all.sort(Comparator.comparingInt(Finding::line));
      return new FileCheck(
          List.copyOf(all), unset.isEmpty() ? Optional.of(config) : Optional.empty());
    } catch (YamlException e) {
      boolean known = unset.stream().anyMatch(finding -> finding.line() == e.line());
      List<Finding> all = new ArrayList<>(unset);
      if (!known) {
        all.add(unusable(e));
      }
      return new FileCheck(List.copyOf(all), Optional.empty());
    }
  }

  private static Finding unusable(YamlException e) {
    String place = e.line() == 0 ? e.file() : e.file() + ":" + e.line();
    String reason = String.valueOf(e.getMessage()).substring(place.length() + ": ".length());
    return new Finding(Severity.ERROR, "unusable", e.file(), e.line(), reason, "");
  }

  /** The variables that a file names and that are not set. */
  private static final class Missing {

    private final Function<String, @Nullable String> env;
    private final Set<String> names = new HashSet<>();
    private String last = "";

    Missing(Function<String, @Nullable String> env) {
      this.env = env;
    }

    List<Finding> in(Path file) {
      List<Finding> findings = new ArrayList<>();
      LocatedYaml.read(file, this::asked)
          .entries()
          .values()
          .forEach(value -> look(value, findings));
      return findings;
    }

    private @Nullable String asked(String name) {
      last = name;
      return env.apply(name);
    }

    /** What stands in for one that is missing, so that the rest can be checked. */
    @Nullable String orPlaceholder(String name) {
      String value = env.apply(name);
      return value == null && names.contains(name) ? "unset-" + name : value;
    }

    private void look(YamlValue value, List<Finding> findings) {
      if (value.isMap()) {
        value.map().entries().values().forEach(each -> look(each, findings));
      } else if (value.isList()) {
        value.list().forEach(each -> look(each, findings));
      } else {
        scalar(value, findings);
      }
    }

    private void scalar(YamlValue value, List<Finding> findings) {
      last = "";
      try {
        Object unused = value.plain();
      } catch (YamlException e) {
        if (!last.isEmpty() && env.apply(last) == null) {
          boolean unused = names.add(last);
          findings.add(
              new Finding(
                  Severity.ERROR,
                  "variable-not-set",
                  e.file(),
                  e.line(),
                  "the environment variable " + last + " is not set",
                  "set it, or give it a default: ${" + last + ":-...}"));
        }
      }
    }
  }
}
