// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, and writes benchmarks.csv and what JMH said into a folder. */
final class BenchmarkReport {
  private BenchmarkReport() {}

  /** Takes the folder and a regular expression for the names of the benchmarks to run. */
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException, ClassNotFoundException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    List<Row> rows = new ArrayList<>();
    try {
      measure(folder.resolve("benchmarks.log"), arguments[1], rows);
    } finally {
      write(folder.resolve("benchmarks.csv"), rows);
    }
    if (!rows.stream().allMatch(Row::isWithinBudget)) {
      System.exit(1);
    }
  }

  /** Adds each row as soon as it is known: what fails later loses none of them. */
  private static void measure(Path log, String include, List<Row> rows)
      throws RunnerException, IOException, InterruptedException, ClassNotFoundException {
    Results results = run(log, include);
    for (Measure measure : Measures.all()) {
      Row row = results.row(measure);
      if (row != null) {
        rows.add(row);
      }
    }
    if (names(include, FreshJvm.class)) {
      rows.add(FreshJvm.firstLab());
    }
    if (names(include, FlowMemory.class)) {
      rows.add(FlowMemory.perEntry());
    }
    if (names(include, ManyVnics.class)) {
      rows.addAll(OwnJvm.rows(ManyVnics.class, "1g"));
    }
    if (names(include, ManyBlades.class)) {
      rows.addAll(OwnJvm.rows(ManyBlades.class, "2g"));
    }
    if (names(include, WholeLabCommands.class)) {
      rows.add(WholeLabCommands.row());
    }
  }

  private static boolean names(String include, Class<?> measure) {
    return measure.getSimpleName().matches(include);
  }

  private static Results run(Path log, String include) throws RunnerException {
    return new Results(
        new Runner(
                new OptionsBuilder()
                    .include(include)
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .output(log.toString())
                    .build())
            .run());
  }

  private static void write(Path file, List<Row> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Row.HEADER);
    for (Row row : rows) {
      lines.add(row.toCsv());
      System.out.println(row.toCsv() + (row.isWithinBudget() ? "" : "   OVER BUDGET"));
    }
    Files.write(file, lines);
    System.out.println("written to " + file);
  }
}
