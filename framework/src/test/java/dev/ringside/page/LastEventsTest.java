// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.page.SequenceDiagram.Kind;
import dev.ringside.page.SequenceDiagram.Step;
import dev.ringside.trace.EventKind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LastEventsTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static SequenceDiagram diagram(Lab lab, String message) {
    Suspect suspect = new Suspect(lab, TestFailure.of("test", new AssertionError(message)));
    return LastEvents.of(lab.journal().entries(), suspect);
  }

  @Test
  void places_stand_in_the_order_in_which_packets_came_to_them() {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(4).vms("vm1", "vm2"));
    lab.vm("vm1").send(udp().to(lab.wire()).port(9));

    assertThat(diagram(lab, "p0").participants())
        .extracting(place -> place.stage() + " " + place.name() + (place.marked() ? " !" : ""))
        .containsExactly(
            "STACK vm1",
            "VNIC vm1/vnic0",
            "VIRTUAL_FUNCTION p0/vf0",
            "WIRE p0",
            "EXTERNAL_SWITCH switch",
            "STACK station");
    assertThat(diagram(lab, "cable p0").participants().get(3).marked()).isTrue();
  }

  @Test
  void steps_tell_times_events_ways_and_losses() {
    Lab lab = labs.open();
    lab.advance(Duration.ofNanos(5));
    lab.note("ready");
    lab.vm("vm1").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));

    List<Step> steps = diagram(lab, "").steps();

    assertThat(steps.subList(steps.size() - 5, steps.size()))
        .containsExactly(
            new Step(Kind.TIME, -1, -1, "at 5 ns"),
            new Step(Kind.EVENT, -1, -1, "test: note ready"),
            new Step(Kind.MOVED, -1, 0, "#1 udp sent"),
            new Step(Kind.MOVED, 0, 1, "#1"),
            new Step(Kind.LOST, 1, 2, "#1 SPOOFED"));
  }

  @Test
  void a_copy_starts_where_its_original_was() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(9));

    List<Step> steps = diagram(lab, "").steps();

    assertThat(steps).contains(new Step(Kind.MOVED, 0, 0, "#2 copied"));
    assertThat(steps.get(steps.size() - 1).text()).isEqualTo("#1 PNIC_INACTIVE");
    assertThat(steps.get(steps.size() - 1).kind()).isEqualTo(Kind.REFUSED);
    List<Step> blamed = diagram(lab, "#1 was dropped").steps();
    assertThat(blamed.get(blamed.size() - 1).kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void an_event_stands_at_the_device_that_it_is_about() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(9));
    lab.host().pnic("p1").fail();

    SequenceDiagram diagram = diagram(lab, "");

    Step failed =
        diagram.steps().stream()
            .filter(step -> step.text().equals("h1: pnic failed p1"))
            .findFirst()
            .orElseThrow();
    assertThat(diagram.participants().get(failed.to()).name()).isEqualTo("p1");
    assertThat(EventKind.PNIC_FAILED.text()).isEqualTo("pnic failed");
  }

  @Test
  void of_many_entries_and_places_the_last_are_shown() {
    Lab lab = labs.open();
    for (int i = 0; i < 40; i++) {
      lab.wire().send(udp().to(lab.vm(i % 2 == 0 ? "vm1" : "vm2")).port(i));
      lab.vm("vm1").ping(lab.vm("vm2"));
    }

    SequenceDiagram diagram = diagram(lab, "");

    assertThat(diagram.steps()).hasSize(18);
    assertThat(diagram.participants()).hasSizeBetween(2, 8);
  }

  // ---- drawing ----

  @Test
  void without_a_renderer_the_page_says_what_to_add() {
    assertThat(Diagrams.draw(new SequenceDiagram(List.of(), List.of())))
        .isEqualTo(
            "<p class=\"soft\">Put <code>dev.ringside:ringside-report</code> beside the tests, and"
                + " a sequence diagram is drawn here.</p>");
  }

  /** Fails, as one does that finds no fonts. */
  public static final class Failing implements DiagramRenderer {
    /** For the service loader. */
    public Failing() {}

    @Override
    public String render(SequenceDiagram diagram) {
      throw new IllegalStateException("no <fonts>");
    }
  }

  @Test
  void a_renderer_that_fails_costs_only_the_diagram(@TempDir Path folder) throws IOException {
    assertThat(drawWith(folder, Failing.class.getName()))
        .isEqualTo(
            "<p class=\"soft\">The diagram could not be drawn:"
                + " java.lang.IllegalStateException: no &lt;fonts&gt;</p>");
  }

  @Test
  void a_renderer_that_is_not_there_costs_only_the_diagram(@TempDir Path folder)
      throws IOException {
    assertThat(drawWith(folder, "no.such.Renderer"))
        .startsWith("<p class=\"soft\">The diagram could not be drawn: java.util.Service");
  }

  /** Says what it is asked to draw. */
  public static final class Telling implements DiagramRenderer {
    /** For the service loader. */
    public Telling() {}

    @Override
    public String render(SequenceDiagram diagram) {
      return "told: " + String.join("; ", diagram.steps().stream().map(Step::text).toList());
    }
  }

  @Test
  void a_packet_with_a_short_way_is_shown_among_the_others_until_its_end(@TempDir Path folder)
      throws IOException {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(4).vms("vm1", "vm2"));
    long began = lab.journal().size();
    lab.vm("vm1").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(Duration.ofSeconds(4));
    lab.wire().send(udp().to(lab.vm("vm2")).port(53));
    TestFailure failure = TestFailure.of("t", new AssertionError("#1 is lost")).began(began);

    String page =
        with(folder, Telling.class.getName(), () -> FailurePage.of(lab, failure, List.of()));

    assertThat(page)
        .containsPattern("told: [^<]*at 2,000,000,000 ns; #[0-9]+ arp sent; [^<]*; #1 NO_PEER<");
  }

  @Test
  void a_packet_with_a_long_way_is_shown_with_the_events_before_its_end(@TempDir Path folder)
      throws IOException {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(4).vms("vm1", "vm2"));
    long began = lab.journal().size();
    lab.note("before");
    lab.wire().send(udp().to(lab.vm("vm2")).port(53));
    lab.note("after");
    TestFailure failure = TestFailure.of("t", new AssertionError("#1 is wrong")).began(began);

    String page =
        with(folder, Telling.class.getName(), () -> FailurePage.of(lab, failure, List.of()));

    assertThat(page)
        .contains("told: at 0 ns; test: note before; #1 udp sent; #1; #1; #1; #1; #1; #1; #1 deli");
    assertThat(page).doesNotContain("; test: note after");
  }

  private static String drawWith(Path folder, String renderer) throws IOException {
    SequenceDiagram nothing = new SequenceDiagram(List.of(), List.of());
    return with(folder, renderer, () -> Diagrams.draw(nothing));
  }

  private static String with(Path folder, String renderer, Supplier<String> action)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(DiagramRenderer.class.getName()), renderer);
    Thread here = Thread.currentThread();
    ClassLoader before = here.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      here.setContextClassLoader(loader);
      return action.get();
    } finally {
      here.setContextClassLoader(before);
    }
  }
}
