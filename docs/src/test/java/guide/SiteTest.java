// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The site as it was built: pages that need nothing but each other. */
class SiteTest {

  private static final Path SITE = GuidePages.MODULE.resolve("target/guide");
  private static final Path API = SITE.resolve("api");
  private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
  private static final Pattern LOADED =
      Pattern.compile(
          "<(?:script|iframe|object|embed|audio|video)\\b|(?:src|srcset)=|@import|url\\(");
  private static final Pattern STYLESHEET = Pattern.compile("<link [^>]*rel=\"stylesheet\"");

  private final Map<Path, String> pages = new LinkedHashMap<>();

  SiteTest() {
    for (Path page : GuidePages.files(SITE, ".html")) {
      if (!page.startsWith(API)) {
        pages.put(page, String.join("\n", GuidePages.lines(page)));
      }
    }
  }

  @Test
  void there_is_a_page_for_each_chapter() {
    assertThat(pages).hasSameSizeAs(GuidePages.pages());
  }

  @Test
  void every_link_leads_to_a_page_and_to_a_place_in_it() {
    List<String> broken = new ArrayList<>();
    pages.forEach(
        (page, html) -> {
          Matcher link = LINK.matcher(html);
          while (link.find()) {
            if (!isThere(page, link.group(1))) {
              broken.add(page.getFileName() + ": " + link.group(1));
            }
          }
        });
    assertThat(broken).isEmpty();
  }

  private boolean isThere(Path page, String link) {
    if (link.startsWith("https://")) {
      return true; // not asked for: the build needs no network
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    boolean known = pages.containsKey(target);
    boolean api = target.startsWith(API) && Files.exists(target);
    return (known || api)
        && (parts.length == 1 || !known || ids(pages.get(target)).contains(parts[1]));
  }

  private static Set<String> ids(String html) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher id = ID.matcher(html);
    while (id.find()) {
      ids.add(id.group(1));
    }
    return ids;
  }

  @Test
  void no_page_loads_anything() {
    pages.forEach(
        (page, html) -> {
          assertThat(html).as(page.toString()).doesNotContainPattern(LOADED);
          assertThat(html).as(page.toString()).doesNotContainPattern(STYLESHEET);
        });
  }

  @Test
  void every_page_suits_a_phone_and_says_its_language_and_title() {
    pages.forEach(
        (page, html) ->
            assertThat(html)
                .as(page.toString())
                .contains("<html lang=\"en\">", "name=\"viewport\"", "color-scheme", "<title>"));
  }
}
