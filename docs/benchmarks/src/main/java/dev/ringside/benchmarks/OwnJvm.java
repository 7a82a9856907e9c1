// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Measures that need a JVM of their own, with a heap of a certain size. */
final class OwnJvm {

  private OwnJvm() {}

  /** The rows that a program prints, run with a heap of this size, such as 1g. */
  static List<Row> rows(Class<?> program, String heap) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap,
                    "-classpath",
                    System.getProperty("java.class.path"),
                    program.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          program.getSimpleName() + " failed in a heap of " + heap + ": " + said);
    }
    return said.lines().map(Row::ofCsv).toList();
  }

  /** That of this thread, which others on the machine do not stretch, in nanoseconds. */
  static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The bytes that are in use once garbage is collected. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      runtime.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
