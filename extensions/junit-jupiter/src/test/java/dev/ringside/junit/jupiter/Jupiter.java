// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes in an engine of their own. */
final class Jupiter {

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Path output;

  private Jupiter(Path output) {
    this.output = output;
    parameters.put("junit.jupiter.execution.parallel.enabled", "false");
  }

  /** One after the other; what is published goes to this directory. */
  static Jupiter into(Path output) {
    return new Jupiter(output);
  }

  Jupiter with(String key, String value) {
    parameters.put(key, value);
    return this;
  }

  /** Tests and classes at the same time. */
  Jupiter concurrently() {
    return with("junit.jupiter.execution.parallel.enabled", "true")
        .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
        .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
  }

  EngineExecutionResults run(Class<?>... classes) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameters(parameters)
            .outputDirectoryCreator(new Output());
    for (Class<?> type : classes) {
      kit.selectors(selectClass(type));
    }
    return kit.execute();
  }

  /** What the only failed test or class has failed with. */
  static Throwable failure(EngineExecutionResults results) {
    List<Throwable> failures = failures(results);
    if (failures.size() != 1) {
      throw new AssertionError("not one failure, but " + failures);
    }
    return failures.get(0);
  }

  static List<Throwable> failures(EngineExecutionResults results) {
    List<Throwable> failures = new ArrayList<>();
    results.allEvents().failed().stream()
        .map(Event::getPayload)
        .forEach(
            payload ->
                payload
                    .map(org.junit.platform.engine.TestExecutionResult.class::cast)
                    .flatMap(result -> result.getThrowable())
                    .ifPresent(failures::add));
    return failures;
  }

  private final class Output implements OutputDirectoryCreator {
    @Override
    public Path getRootDirectory() {
      return output;
    }

    @Override
    public Path createOutputDirectory(TestDescriptor test) throws IOException {
      return Files.createDirectories(
          output.resolve(test.getUniqueId().toString().replaceAll("[^A-Za-z0-9]+", "-")));
    }
  }
}
