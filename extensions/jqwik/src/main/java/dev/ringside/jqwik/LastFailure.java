// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.lifecycle.LabSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The try of a property that failed last: once jqwik has shrunk the sample, the smallest. */
final class LastFailure {

  private static final List<String> BUILD_FOLDERS = List.of("target", "build");

  private @Nullable LabSession session;
  private @Nullable Throwable failure;

  void remember(LabSession failed, @Nullable Throwable why) {
    session = failed;
    failure = why;
  }

  /** Writes the report of its lab; null if there is none. */
  @Nullable Path write(String property) {
    if (session == null) {
      return null;
    }
    Path directory = buildFolder().resolve("ringside").resolve(property);
    session.writeReport(directory, property, failure);
    return directory.resolve("report.html").toAbsolutePath();
  }

  /** That of Maven or Gradle, or else where the system keeps temporary files. */
  private static Path buildFolder() {
    for (String name : BUILD_FOLDERS) {
      Path folder = Path.of(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
