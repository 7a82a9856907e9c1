// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.packet.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Opens the pages about failed tests in a browser, as a reader does, and looks for what a reader
 * would complain about. Screenshots are in {@code target/screenshots}.
 */
class PageInBrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double ENOUGH = 4.5; // WCAG 2.2, success criterion 1.4.3
  private static final String HOSTILE = "<script>alert(1)</script>";

  @TempDir static Path folder;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    chromium = Chromium.start(Files.createTempDirectory(target, "chromium").toAbsolutePath());
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  // ---- pages ----

  private static LabBuilder twoHosts() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "db");
    builder.host("h2").pnics(2).vms("mail");
    return builder;
  }

  private static void failover(Lab lab) {
    lab.wire().send(udp().to(lab.vm("web")).port(53).payload("query"));
    lab.cable("h1/p0").toHost().setLatency(Duration.ofNanos(500));
    lab.host("h1").pnic("p0").fail();
    lab.host("h1").pnic("p1").fail();
    lab.wire().send(udp().to(lab.vm("web")).port(53).payload("query"));
    assertThat(lab.vm("web")).received(udp().port(53), 2);
  }

  private static LabBuilder hostile() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h</style><img src=http://127.0.0.1:9/x onerror=alert(2)>")
        .pnics(2)
        .vms(
            HOSTILE,
            "\"><svg onload=alert(3)>",
            "!include /etc/passwd\n@enduml [[http://127.0.0.1:9/ x]] <img:http://127.0.0.1:9/y>",
            "\u202ertl\u0000\ud800",
            "a-name-without-a-single-space-that-is-longer-than-any-window-of-400-pixels-is-wide");
    return builder;
  }

  private static void hostileRun(Lab lab) {
    lab.note("]]></script><script>alert(5)</script>\n<meta http-equiv=refresh content=0>");
    lab.vm(HOSTILE).send(udp().to(Ipv4Address.of("198.18.0.99")).payload(HOSTILE));
    lab.advance(Duration.ofSeconds(4));
    assertThat(lab.vm(HOSTILE)).received(udp().port(54));
  }

  private static Path page(String name, LabBuilder builder, Consumer<Lab> run) {
    Path report = folder.resolve(name);
    try (LabSession session = LabSession.of(builder.open())) {
      Throwable thrown = null;
      try {
        run.accept(session.lab());
      } catch (AssertionError e) {
        thrown = e;
      }
      session.writeReport(report, "org.shop.network.FailoverTest." + name, thrown);
    }
    return report.resolve("report.html");
  }

  private static Path page(String name) {
    return name.equals("hostile")
        ? page(name, hostile(), PageInBrowserTest::hostileRun)
        : page(name, twoHosts(), PageInBrowserTest::failover);
  }

  // ---- as a reader sees them ----

  @ParameterizedTest
  @CsvSource({
    "failover, 400, false",
    "failover, 400, true",
    "failover, 1280, false",
    "failover, 1280, true",
    "hostile, 400, false",
    "hostile, 400, true",
    "hostile, 1280, false",
    "hostile, 1280, true",
  })
  void can_be_read(String name, int width, boolean dark) throws IOException {
    Path file = page(name);
    BrowserPage page = chromium.newPage().window(width, dark).open(file);

    page.screenshot(SCREENSHOTS.resolve(name + "-" + width + (dark ? "-dark" : "-light") + ".png"));
    assertThat(page.excess()).as("pixels beyond the window").isZero();
    assertThat(page.contrast()).matches("[12][0-9]{2} words, worst .*");
    assertThat(page.worstContrast()).as(page.contrast()).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    page.unfold();
    assertThat(page.excess()).as("pixels beyond the window, unfolded").isZero();
    assertThat(page.worstContrast()).as(page.contrast()).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(page.complaints()).isEmpty();
    assertThat(page.requests(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"failover", "hostile"})
  void runs_no_script_and_loads_nothing_even_if_its_policy_is_taken_away(String name) {
    Path file = page(name);

    BrowserPage page = chromium.newPage().withoutPolicy().open(file);

    assertThat(page.complaints()).isEmpty();
    assertThat(page.requests(file)).isEmpty();
    assertThat(page.evaluate("document.querySelectorAll('script,img,iframe,object,embed').length"))
        .isEqualTo("0");
    assertThat(page.evaluate("document.querySelectorAll('svg').length")).isEqualTo("2");
    assertThat(page.evaluate("document.querySelectorAll('svg svg, [onload], [onerror]').length"))
        .isEqualTo("0");
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a =>"
                    + " !a.name.startsWith('on') && !a.value.startsWith('javascript:')))"))
        .isEqualTo("true");
  }

  @Test
  void the_first_screen_has_the_cause_and_how_to_replay() {
    BrowserPage page = chromium.newPage().window(400, false).open(page("failover"));

    assertThat(page.evaluate("document.querySelector('#cause .where').innerText"))
        .isEqualTo("PNIC h1/p0 has failed; PNIC h1/p1 has failed");
    assertThat(page.evaluate("document.querySelector('.replay').innerText"))
        .isEqualTo("Replay with @LabSeed(0x5eedL) or -Dringside.seed=0x5eed");
    int bottom =
        Integer.parseInt(
            page.evaluate(
                "Math.round(document.querySelector('.replay').getBoundingClientRect().bottom)"));
    assertThat(bottom).isLessThan(800);
  }

  @Test
  void hostile_names_are_shown_as_they_are() {
    BrowserPage page = chromium.newPage().open(page("hostile"));

    assertThat(page.evaluate("document.querySelector('#cause .where').innerText"))
        .isEqualTo("Packet #1 was dropped at stack " + HOSTILE + ": NO_PEER");
    assertThat(page.evaluate("document.querySelector('svg.sequence').textContent"))
        .contains("<script>alert");
    assertThat(page.evaluate("document.title")).isEqualTo("failed: FailoverTest.hostile");
  }

  // ---- that these checks see what they look for ----

  private static Path planted(String name, String html) throws IOException {
    return Files.writeString(folder.resolve(name + ".html"), "<!DOCTYPE html>" + html);
  }

  @Test
  void a_planted_request_is_seen() throws IOException {
    Path file = planted("request", "<img src='http://127.0.0.1:9/x.png'>");
    BrowserPage page = chromium.newPage().open(file);

    assertThat(page.requests(file)).isEqualTo(List.of("http://127.0.0.1:9/x.png"));
    assertThat(page.complaints()).isNotEmpty();
  }

  @Test
  void a_planted_script_is_seen() throws IOException {
    Path file = planted("script", "<script>console.log('I ran')</script>");

    assertThat(chromium.newPage().open(file).complaints())
        .singleElement()
        .asString()
        .contains("I ran");
  }

  @Test
  void a_planted_script_is_kept_from_running_by_our_policy() throws IOException {
    String policy = Files.readString(page("failover"));
    int start = policy.indexOf("<meta http-equiv=\"Content-Security-Policy\"");
    String meta = policy.substring(start, policy.indexOf('>', start) + 1);
    String body = "<script>document.title = 'I ran'</script><img src='http://127.0.0.1:9/x.png'>";
    Path file = planted("policy", meta + body);
    BrowserPage page = chromium.newPage().open(file);

    assertThat(page.evaluate("document.title")).isEmpty();
    assertThat(page.complaints()).hasSize(2).allMatch(said -> said.contains("Content Security"));
  }

  @Test
  void a_planted_excess_and_planted_grey_are_seen() throws IOException {
    Path file =
        planted(
            "wide",
            "<body style='margin:0'><p style='width:500px;background:#fff;color:#999'>grey</p>"
                + "<svg><rect width=100 height=50 fill='#000'/><text y=20 fill='#222'>x</text></svg>");
    BrowserPage page = chromium.newPage().window(400, false).open(file);

    assertThat(page.excess()).isEqualTo(100);
    assertThat(page.contrast()).startsWith("2 words, worst 1.").endsWith(" at x");
  }
}
