// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the documentation is made of. */
final class GuidePages {

  /** The folder of the module. */
  static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** The folder of the guide. */
  static final Path FOLDER = MODULE.resolve("src/guide");

  /** The folder of the classes that snippets are taken from. */
  static final Path SNIPPETS = MODULE.resolve("src/test/java/guide");

  /** The folder of the whole project. */
  static final Path PROJECT = MODULE.getParent();

  private GuidePages() {}

  /** The pages of the guide, by name. */
  static List<Path> pages() {
    return files(FOLDER, ".adoc");
  }

  /** The classes that snippets are taken from, by name. */
  static List<Path> snippets() {
    return files(SNIPPETS, ".java");
  }

  /** The files below a folder that end like this, in order. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file. */
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
