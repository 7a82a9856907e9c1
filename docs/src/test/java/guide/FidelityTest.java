// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FidelityTest {

  private static final Path SOURCES = GuidePages.PROJECT.resolve("framework/src/main/java");

  @Test
  void what_the_javadoc_says_is_not_modelled_is_on_the_page() {
    String page = String.join("\n", GuidePages.lines(GuidePages.FOLDER.resolve("fidelity.adoc")));
    for (Path source : GuidePages.files(SOURCES, ".java")) {
      if (String.join(" ", GuidePages.lines(source)).contains("Not modelled")) {
        assertThat(page).as("rows of fidelity.adoc").contains("`" + nameOf(source) + "`");
      }
    }
  }

  /** The class, or the package where it is said of a package. */
  private static String nameOf(Path source) {
    String name = source.getFileName().toString().replace(".java", "");
    return name.equals("package-info") ? source.getParent().getFileName().toString() : name;
  }
}
