// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files among the test resources, each of which somebody has looked at: what is written now must be
 * the same. After a wanted change, {@code -D} with the folder's name and {@code =write} writes them
 * anew: look at them before they are committed.
 */
public final class LookedAt {

  private LookedAt() {}

  /** Compares a text with a file of a folder. */
  public static void assertIsAsIn(String folder, String file, String text) throws IOException {
    Path path = Path.of("src/test/resources", folder, file);
    if ("write".equals(System.getProperty(folder))) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
    assertThat(text).isEqualTo(Files.readString(path));
  }
}
