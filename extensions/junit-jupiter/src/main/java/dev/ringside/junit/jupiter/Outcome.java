// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.UncleanLabError;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** How a test has ended badly: what it fails with, and the report that is published then. */
final class Outcome {

  private final ExtensionContext context;

  Outcome(ExtensionContext context) {
    this.context = context;
  }

  /**
   * Fails the test if its labs are not clean; its own failure comes first.
   *
   * @param failure its own, null if it has none
   * @param error what its labs are to blame for, null if they are clean
   */
  void judge(@Nullable Throwable failure, @Nullable UncleanLabError error, List<RunningLab> labs) {
    if (failure == null) {
      if (error != null) {
        publish(labs, error);
        throw error;
      }
    } else if (!(failure instanceof TestAbortedException)) {
      if (error != null) {
        failure.addSuppressed(error);
      }
      publish(labs, failure);
    }
  }

  private void publish(List<RunningLab> labs, Throwable failure) {
    if (labs.isEmpty()) {
      return;
    }
    try {
      context.publishDirectory("ringside", directory -> write(directory, labs, failure));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(Path directory, List<RunningLab> labs, Throwable failure) {
    for (int i = 0; i < labs.size(); i++) {
      Path place = labs.size() == 1 ? directory : directory.resolve("lab" + (i + 1));
      labs.get(i).session().writeReport(place, testName(), failure);
    }
    System.out.println(
        "Ringside: "
            + testName()
            + " failed. "
            + labs.get(0).session().replayLine()
            + (labs.size() == 1
                ? "; report: " + directory.resolve("report.html").toUri()
                : "; a report of each of its labs: " + directory.toUri()));
  }

  private String testName() {
    String name = context.getRequiredTestClass().getName();
    return context.getTestMethod().isPresent()
        ? name + '.' + context.getRequiredTestMethod().getName()
        : name;
  }
}
