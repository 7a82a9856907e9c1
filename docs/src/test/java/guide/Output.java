// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds what the guide shows as output to what the code really prints.
 *
 * <p>With {@code -Dguide.output=write} the files are written instead of compared.
 */
public final class Output {

  private static final Path FOLDER = GuidePages.FOLDER.resolve("output");

  private Output() {}

  /** The text is that of this file of the guide. */
  public static void assertShown(String file, String text) {
    Path path = FOLDER.resolve(file);
    try {
      if ("write".equals(System.getProperty("guide.output"))) {
        Files.writeString(path, text.stripTrailing() + "\n");
      }
      assertEquals(
          Files.readString(path).stripTrailing(),
          text.stripTrailing(),
          "the guide shows another "
              + file
              + "; if the new one is right: mvn -pl docs -am verify -Dguide.output=write");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
