// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the first lab in a fresh JVM costs: whole processes that run one JUnit test each, in turn,
 * so that both sides see the same machine. The best quarter of all rounds counts: of whole
 * processes, the single best is a matter of luck.
 */
final class FreshJvm {
  private static final int ROUNDS = 40;
  private static final long LIMIT_SECONDS = 60;

  private FreshJvm() {}

  /** The wall time of a test with a lab, against that of an empty test, in milliseconds. */
  static Row firstLab() throws IOException, InterruptedException {
    double[] labs = new double[ROUNDS];
    double[] empties = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      empties[round] = millisToRun(EmptyCase.class);
      labs[round] = millisToRun(LabCase.class);
    }
    double lab = bestQuarter(labs);
    double empty = bestQuarter(empties);
    return new Row(
        "first lab in a fresh JVM, against an empty Jupiter run",
        lab,
        "ms/run",
        empty,
        lab / empty,
        1.1);
  }

  /** The mean of the best quarter. */
  private static double bestQuarter(double[] millis) {
    return Arrays.stream(millis).sorted().limit(ROUNDS / 4).average().orElseThrow();
  }

  private static double millisToRun(Class<?> testClass) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-classpath",
            System.getProperty("java.class.path"),
            JupiterRun.class.getName(),
            testClass.getName());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " failed or took over " + LIMIT_SECONDS + " s");
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
