// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide shows is compiled and run, and what it links to is there. */
class PagesTest {

  private static final Pattern INCLUDE = Pattern.compile("include::([^\\[]+)\\[(.*)]");
  private static final Pattern TAG = Pattern.compile("tag=([a-z-]+)");
  private static final Pattern MARK = Pattern.compile("// (tag|end)::([a-z-]+)\\[]");
  private static final Pattern XREF = Pattern.compile("xref:([a-z-]+\\.adoc)?(?:#([a-z-]+))?\\[");
  private static final Pattern CHAPTER =
      Pattern.compile("<a href=\"([a-z-]+)\\.html\">([^<]+)</a>");
  private static final Pattern ANCHOR = Pattern.compile("\\[#([a-z-]+)]");

  @Test
  void every_java_block_is_taken_from_a_class_that_is_compiled_and_run() {
    List<String> typed = new ArrayList<>();
    for (Path page : GuidePages.pages()) {
      List<String> lines = GuidePages.lines(page);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).matches("\\[source,(java|kotlin).*")
            && !(lines.get(i + 1).equals("----")
                && INCLUDE.matcher(lines.get(i + 2)).matches()
                && isEndOfIncludes(lines, i + 3))) {
          typed.add(at(page, i));
        }
      }
    }
    assertThat(typed)
        .as("Java blocks that are not includes; move the code to docs/src/test/java/guide")
        .isEmpty();
  }

  private static boolean isEndOfIncludes(List<String> lines, int from) {
    int i = from;
    while (INCLUDE.matcher(lines.get(i)).matches()) {
      i++;
    }
    return lines.get(i).equals("----");
  }

  @Test
  void java_stands_in_java_blocks_only() {
    List<String> found = new ArrayList<>();
    for (Path page : GuidePages.pages()) {
      List<String> lines = GuidePages.lines(page);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (line.endsWith(";") || line.startsWith("import ") || line.startsWith("```")) {
          found.add(at(page, i));
        }
      }
    }
    assertThat(found).as("lines that look like Java; include them").isEmpty();
  }

  @Test
  void every_include_has_its_file_and_its_tag() {
    List<String> missing = new ArrayList<>();
    for (Path page : GuidePages.pages()) {
      for (String line : GuidePages.lines(page)) {
        Matcher include = INCLUDE.matcher(line);
        if (include.matches() && !hasSource(include)) {
          missing.add(page.getFileName() + ": " + line);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean hasSource(Matcher include) {
    Path file = GuidePages.FOLDER.resolve(include.group(1)).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    Matcher tag = TAG.matcher(include.group(2));
    return !tag.find() || marks(file).contains("tag " + tag.group(1));
  }

  @Test
  void every_tag_is_closed_and_shown() {
    Set<String> shown = new LinkedHashSet<>();
    for (Path page : GuidePages.pages()) {
      for (String line : GuidePages.lines(page)) {
        Matcher include = INCLUDE.matcher(line);
        Matcher tag = TAG.matcher(line);
        if (include.matches() && tag.find()) {
          shown.add(Path.of(include.group(1)).getFileName() + " " + tag.group(1));
        }
      }
    }
    for (Path file : GuidePages.snippets()) {
      for (String mark : marks(file)) {
        String name = mark.substring(4);
        assertThat(marks(file)).as(file.toString()).contains("tag " + name, "end " + name);
        assertThat(shown).as("tags that a page includes").contains(file.getFileName() + " " + name);
      }
    }
  }

  private static Set<String> marks(Path file) {
    Set<String> marks = new LinkedHashSet<>();
    for (String line : GuidePages.lines(file)) {
      Matcher mark = MARK.matcher(line);
      if (mark.find()) {
        marks.add(mark.group(1) + " " + mark.group(2));
      }
    }
    return marks;
  }

  @Test
  void every_output_is_shown() {
    StringBuilder pages = new StringBuilder();
    for (Path page : GuidePages.pages()) {
      pages.append(String.join("\n", GuidePages.lines(page)));
    }
    for (Path output : GuidePages.files(GuidePages.FOLDER.resolve("output"), ".txt")) {
      assertThat(pages.toString()).contains("include::output/" + output.getFileName() + "[]");
    }
  }

  @Test
  void every_link_between_pages_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : GuidePages.pages()) {
      for (String line : GuidePages.lines(page)) {
        Matcher link = XREF.matcher(line);
        while (link.find()) {
          Path target = link.group(1) == null ? page : page.resolveSibling(link.group(1));
          if (!Files.exists(target)
              || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
            broken.add(page.getFileName() + ": " + link.group());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static Set<String> anchors(Path page) {
    Set<String> anchors = new LinkedHashSet<>();
    for (String line : GuidePages.lines(page)) {
      Matcher anchor = ANCHOR.matcher(line);
      if (anchor.find()) {
        anchors.add(anchor.group(1));
      }
    }
    return anchors;
  }

  @Test
  void the_index_leads_to_every_page() {
    String index = String.join("\n", GuidePages.lines(GuidePages.FOLDER.resolve("index.adoc")));
    for (Path page : GuidePages.pages()) {
      if (!page.endsWith("index.adoc")) {
        assertThat(index).contains("xref:" + page.getFileName() + "[");
      }
    }
  }

  @Test
  void the_chapters_beside_each_page_are_all_pages() {
    List<String> chapters = new ArrayList<>();
    for (String line : GuidePages.lines(GuidePages.FOLDER.resolve("docinfo-header.html"))) {
      Matcher chapter = CHAPTER.matcher(line);
      if (chapter.matches()) {
        chapters.add(chapter.group(1) + ".adoc = " + chapter.group(2));
      }
    }
    List<String> pages = new ArrayList<>();
    for (Path page : GuidePages.pages()) {
      String title = GuidePages.lines(page).get(0).replace("= Ringside: the guide", "= The guide");
      pages.add(page.getFileName() + " " + title);
    }
    assertThat(chapters)
        .as("links of docinfo-header.html, by the titles of the pages")
        .containsExactlyInAnyOrderElementsOf(pages);
  }

  private static String at(Path page, int line) {
    return page.getFileName() + ":" + (line + 1);
  }
}
