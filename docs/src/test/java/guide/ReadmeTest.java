// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The papers of the project say what is so. */
class ReadmeTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
  private static final List<String> PAPERS =
      List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md");

  @Test
  void the_test_in_the_readme_is_one_that_runs() {
    List<String> readme = GuidePages.lines(GuidePages.PROJECT.resolve("README.md"));
    int start = readme.indexOf("```java");
    List<String> shown =
        readme.subList(start + 1, start + readme.subList(start, readme.size()).indexOf("```"));
    List<String> source =
        GuidePages.lines(GuidePages.MODULE.resolve("src/test/java/readme/FailoverTest.java"));
    List<String> run =
        source.subList(source.indexOf("// readme: start") + 1, source.indexOf("// readme: end"));
    assertThat(String.join("\n", shown)).isEqualTo(String.join("\n", run).strip());
  }

  @Test
  void the_version_in_the_readme_is_that_of_the_build() {
    String readme = String.join("\n", GuidePages.lines(GuidePages.PROJECT.resolve("README.md")));
    String pom = String.join("\n", GuidePages.lines(GuidePages.PROJECT.resolve("pom.xml")));
    Matcher version = Pattern.compile("<version>[^<]+</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(readme).contains("<artifactId>ringside</artifactId>\n  " + version.group());
  }

  @Test
  void every_relative_link_leads_to_a_file() {
    List<String> broken = new ArrayList<>();
    for (String paper : PAPERS) {
      for (String line : GuidePages.lines(GuidePages.PROJECT.resolve(paper))) {
        Matcher link = LINK.matcher(line);
        while (link.find()) {
          Path target = GuidePages.PROJECT.resolve(link.group(1));
          if (!link.group(1).contains(":") && !Files.exists(target)) {
            broken.add(paper + ": " + link.group(1));
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }
}
