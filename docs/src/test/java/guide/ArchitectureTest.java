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

/** The pictures of the architecture are those of the tree and of the rule that holds it. */
class ArchitectureTest {

  private static final Path FRAMEWORK = GuidePages.PROJECT.resolve("framework/src");
  private static final Path TREE = FRAMEWORK.resolve("main/java/dev/ringside");
  private static final Path RULE =
      FRAMEWORK.resolve("test/java/dev/ringside/architecture/Floors.java");
  private static final Path DECISION = GuidePages.MODULE.resolve("decisions/0001-floors.md");
  private static final Pattern FLOOR = Pattern.compile("List\\.of\\((\"[a-z\", ]*)\\)");
  private static final Pattern LINK = Pattern.compile("\\{@(?:link|code) (?:[\\w.]+\\.)?(\\w+)}");

  /** The names of the packages of each floor, lowest first; the door has none. */
  private static List<List<String>> floors() {
    List<List<String>> floors = new ArrayList<>();
    for (String line : GuidePages.lines(RULE)) {
      Matcher floor = FLOOR.matcher(line);
      if (floor.find()) {
        floors.add(List.of(floor.group(1).replace("\"", "").split(", ", -1)));
      }
    }
    return floors;
  }

  @Test
  void the_rule_has_all_packages_of_the_tree_and_no_others() {
    List<String> packages = new ArrayList<>();
    floors().forEach(packages::addAll);
    packages.remove("");
    assertThat(packages).hasSizeGreaterThan(20).allMatch(name -> Files.exists(info(name)));
    assertThat(GuidePages.files(TREE, "package-info.java"))
        .filteredOn(file -> file.getParent().getParent().equals(TREE))
        .extracting(file -> file.getParent().getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void the_picture_shows_the_floors() {
    Output.assertShown("floors.svg", picture(floors()));
  }

  private static String picture(List<List<String>> floors) {
    int height = 24 * floors.size() + 8;
    StringBuilder svg =
        new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"floors\" role=\"img\"")
            .append(" viewBox=\"0 0 360 ")
            .append(height)
            .append("\" width=\"100%\" style=\"max-width:540px\">\n")
            .append("<title>the packages of the framework, floor by floor</title>\n");
    for (int floor = 0; floor < floors.size(); floor++) {
      int y = height - 24 * (floor + 1);
      svg.append("<text class=\"number\" x=\"4\" y=\"")
          .append(y + 13)
          .append("\">")
          .append(floor)
          .append("</text>\n");
      int x = 24;
      for (String name : floors.get(floor)) {
        String shown = name.isEmpty() ? "dev.ringside, the door" : name;
        int width = shown.length() * 6 + 12;
        svg.append(
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"2\"/>".formatted(x, y, width));
        svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x + 6, y + 13, shown));
        x += width + 6;
      }
    }
    return svg.append("</svg>").toString();
  }

  @Test
  void the_table_says_of_each_package_what_its_javadoc_says() {
    StringBuilder table = new StringBuilder();
    List<List<String>> floors = floors();
    for (int floor = floors.size() - 1; floor >= 0; floor--) {
      for (String name : floors.get(floor)) {
        String shown = name.isEmpty() ? "dev.ringside" : name;
        table.append("|%d |`%s` |%s%n".formatted(floor, shown, firstSentence(info(name))));
      }
    }
    Output.assertShown("packages.txt", table.toString());
  }

  private static Path info(String name) {
    return TREE.resolve(name).resolve("package-info.java");
  }

  private static String firstSentence(Path info) {
    String file = String.join("\n", GuidePages.lines(info));
    String comment =
        file.substring(file.indexOf("/**") + 3, file.indexOf("*/")).replaceAll("\n \\* ?", " ");
    String text = LINK.matcher(comment).replaceAll("`$1`").strip();
    String line = text.replaceAll("\\s+", " ") + " ";
    return line.substring(0, line.indexOf(". ") + 1);
  }

  @Test
  void the_decision_has_the_floors_of_the_rule() {
    String decision = String.join("\n", GuidePages.lines(DECISION));
    List<List<String>> floors = floors();
    for (int floor = 0; floor < floors.size(); floor++) {
      String names =
          String.join("   ", floors.get(floor)).replaceAll("^$", "dev.ringside, the door");
      assertThat(decision).contains("floor %-3d   %s\n".formatted(floor, names));
    }
  }
}
