// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IBundleCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ICoverageNode;
import org.jacoco.core.analysis.IPackageCoverage;
import org.jacoco.core.tools.ExecFileLoader;

/**
 * Says what share of the framework the tests of all modules run, by package, and fails if it is too
 * small: {@code Coverage <root of the project> <percent of lines> <percent of branches>}.
 */
public final class Coverage {

  private Coverage() {}

  /** Reads what the agent has left behind in each module. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    IBundleCoverage framework = read(root);
    StringBuilder report = new StringBuilder();
    row(report, "lines", "branches", "package");
    for (IPackageCoverage each : framework.getPackages()) {
      row(report, each, each.getName().replace('/', '.'));
    }
    row(report, framework, "all");
    Path file = Files.createDirectories(root.resolve("target")).resolve("coverage.txt");
    Files.writeString(file, report);
    new PrintStream(System.out, true).print(report);
    require(framework.getLineCounter(), "lines", Double.parseDouble(arguments[1]));
    require(framework.getBranchCounter(), "branches", Double.parseDouble(arguments[2]));
  }

  private static IBundleCoverage read(Path root) throws IOException {
    ExecFileLoader loader = new ExecFileLoader();
    for (Path file : executions(root)) {
      loader.load(file.toFile());
    }
    CoverageBuilder builder = new CoverageBuilder();
    Path classes = root.resolve("framework/target/classes");
    int found = new Analyzer(loader.getExecutionDataStore(), builder).analyzeAll(classes.toFile());
    if (found == 0) {
      throw new IllegalStateException("no classes in " + classes + "; build the framework first");
    }
    return builder.getBundle("framework");
  }

  private static List<Path> executions(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root, 4)) {
      List<Path> found = new ArrayList<>();
      files.filter(file -> file.endsWith("jacoco.exec")).forEach(found::add);
      if (found.isEmpty()) {
        throw new IllegalStateException(
            "no target/jacoco.exec below " + root + "; run mvn -Ptrust verify");
      }
      return found;
    }
  }

  private static void row(StringBuilder report, ICoverageNode node, String name) {
    row(report, percent(node.getLineCounter()), percent(node.getBranchCounter()), name);
  }

  private static void row(StringBuilder report, String lines, String branches, String name) {
    report.append(String.format(Locale.ROOT, "%8s %8s  %s%n", lines, branches, name));
  }

  private static String percent(ICounter counter) {
    return counter.getTotalCount() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100 * counter.getCoveredRatio());
  }

  private static void require(ICounter counter, String what, double least) {
    if (100 * counter.getCoveredRatio() < least) {
      throw new IllegalStateException(
          percent(counter) + " of the " + what + " are covered, fewer than " + least + " %");
    }
  }
}
