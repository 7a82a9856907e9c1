// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.flow.FlowTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory a million entries take, their sentences included: looked up in a JVM of its own.
 */
public final class FlowMemory {
  private static final int ENTRIES = 1_000_000;
  private static final double BUDGET = 250;

  private FlowMemory() {}

  /** Prints the bytes that an entry takes. */
  public static void main(String[] arguments) {
    FlowTable warm = FlowSamples.table(1_000, 1);
    long before = used();
    FlowTable table = FlowSamples.table(ENTRIES, 1);
    long after = used();
    System.out.println((after - before) / (double) (table.size() + warm.size() - 1_000));
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      runtime.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Bytes for each of a million entries that say a whole five-tuple. */
  static Row perEntry() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx2g",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    FlowMemory.class.getName()))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    return new Row(
        "memory of a flow entry of a whole five-tuple, at 1M entries",
        Double.parseDouble(said),
        "B/entry",
        null,
        null,
        BUDGET);
  }
}
