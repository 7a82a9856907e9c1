// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.determinism;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Java installations that can be found: the present one, those of environment variables such as
 * {@code JAVA_HOME_25}, of the system property {@code ringside.java.homes}, and those beside the
 * present one. One of each version that is 17 or later.
 */
final class JavaHomes {

  private static final int BASELINE = 17;

  private JavaHomes() {}

  /** By version. */
  static Map<Integer, Path> byVersion() {
    Map<Integer, Path> homes = new TreeMap<>();
    Path present = Path.of(System.getProperty("java.home"));
    homes.put(Runtime.version().feature(), present);
    for (Path home : candidates(present)) {
      int version = version(home);
      if (version >= BASELINE) {
        homes.putIfAbsent(version, home);
      }
    }
    return homes;
  }

  private static List<Path> candidates(Path present) {
    List<Path> found = new ArrayList<>();
    for (String home : System.getProperty("ringside.java.homes", "").split(File.pathSeparator)) {
      if (!home.isBlank()) {
        found.add(Path.of(home));
      }
    }
    new TreeMap<>(System.getenv())
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME_") && !value.isBlank()) {
                found.add(Path.of(value));
              }
            });
    found.addAll(beside(present));
    return found;
  }

  private static List<Path> beside(Path present) {
    Path parent = present.getParent();
    if (parent == null) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(parent)) {
      List<Path> sorted = new ArrayList<>(homes.toList());
      Collections.sort(sorted);
      return sorted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 0 where there is no Java. */
  private static int version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    String[] parts = version.split("[.+-]", -1);
    return Integer.parseInt(parts[0]);
  }
}
