// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.VmSpec;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.Managed;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.memory.MemorySize;
import dev.ringside.migration.Migration;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.IpAddress;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

/** The messages that the page explains are those that users really get, each of them. */
class TroubleshootingTest {

  private static final String HEADING = "=== `";

  @Test
  void every_message_on_the_page_is_one_that_a_mistake_brings() {
    List<String> said = new ArrayList<>();
    ofLabs(said);
    ofDevices(said);
    ofTime(said);
    ofTheExtension(said);
    for (String message : leftBehind()) {
      message.lines().map(line -> line.replaceFirst("^- ", "")).forEach(said::add);
    }
    List<String> headings =
        GuidePages.lines(GuidePages.FOLDER.resolve("troubleshooting.adoc")).stream()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length(), line.lastIndexOf('`')))
            .toList();
    assertThat(headings)
        .as(
            "headings of troubleshooting.adoc, among what is really said:\n"
                + String.join("\n", said))
        .hasSizeGreaterThan(20)
        .allMatch(heading -> said.stream().anyMatch(message -> isAbout(heading, message)));
  }

  private static boolean isAbout(String heading, String message) {
    return heading.endsWith("...")
        ? message.startsWith(heading.substring(0, heading.length() - 3))
        : message.equals(heading);
  }

  /** What is said to somebody who does this in a lab. */
  private static void in(LabBuilder builder, List<String> said, Consumer<Lab> mistake) {
    try (Lab lab = builder == null ? Lab.open() : builder.open()) {
      mistake.accept(lab);
    } catch (RuntimeException | AssertionError e) {
      said.add(e.getMessage());
    }
  }

  private static LabBuilder twoHosts() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(2).vms("web");
    builder.host("h2").pnics(1).virtualFunctions(2).memory(MemorySize.kibibytes(64)).vms("db");
    return builder;
  }

  private static void ofLabs(List<String> said) {
    in(null, said, lab -> lab.host().pnic("p7"));
    in(null, said, lab -> lab.subnet("A"));
    in(twoHosts(), said, Lab::host);
    in(twoHosts(), said, lab -> lab.host("h1").aggregator());
    in(twoHosts(), said, lab -> lab.vm("web").aggregator());
    in(twoHosts(), said, lab -> lab.host("h1").proxies());
    in(null, said, lab -> lab.chassis("c1"));
    Lab closed = Lab.open();
    closed.close();
    in(null, said, lab -> closed.advance(Duration.ZERO));
    LabBuilder twice = Lab.builder();
    in(null, said, lab -> twice.host("h1").vms("web").vms("web"));
    in(null, said, lab -> lab.wire().replay(Path.of("nowhere.pcap")));
  }

  private static void ofDevices(List<String> said) {
    in(null, said, lab -> udp().toPacket());
    in(null, said, lab -> lab.host().pnic("p0").setVirtualFunctions(8));
    in(null, said, lab -> lab.host().addVm(VmSpec.named("vm1")));
    in(null, said, lab -> lab.host().pnic("p0").virtualFunction(9));
    in(
        null,
        said,
        lab -> {
          FlowTable table = new FlowTable("edge");
          table.insert(tcp().port(80), ring(1));
          table.insert(tcp().port(80), drop());
        });
    in(null, said, lab -> lab.host().pnic("p0").classifier().table().insert(udp(), ring(99)));
    in(twoHosts(), said, lab -> lab.host("h2").memory().reserve("db", MemorySize.kibibytes(65)));
    in(twoHosts(), said, lab -> lab.migrate(lab.vm("web")).to(lab.host("h1")));
    in(
        twoHosts(),
        said,
        lab -> {
          lab.host("h2").fail();
          Migration migration = lab.migrate(lab.vm("web")).to(lab.host("h2"));
          said.add(migration.reason());
        });
    in(
        null,
        said,
        lab -> {
          lab.host().steering().contain(tcp().syn());
          lab.host().pnic("p0").standbyRing().poll(1);
        });
  }

  private static void ofTime(List<String> said) {
    said.add(ofWorld("events keep causing each other at ") + "0 ns: ");
    in(
        null,
        said,
        lab -> {
          lab.vm("vm1").onPacket(packet -> lab.advance(Duration.ofSeconds(1)));
          lab.wire().send(udp().to(lab.vm("vm1")));
        });
    in(null, said, lab -> lab.advance(Duration.ofSeconds(-1)));
  }

  /** A message that takes long to bring about; the framework's own tests do. */
  private static String ofWorld(String beginning) {
    Path world =
        GuidePages.PROJECT.resolve("framework/src/main/java/dev/ringside/world/World.java");
    assertThat(String.join("\n", GuidePages.lines(world))).contains('"' + beginning + '"');
    return beginning;
  }

  // ---- what a test leaves behind ----

  private static List<String> leftBehind() {
    List<String> said = new ArrayList<>();
    leaving(said, lab -> lab.vm("vm1").send(udp().to(IpAddress.of("198.18.9.9"))));
    leaving(
        said,
        lab -> {
          lab.vm("vm1").send(udp().to(IpAddress.of("198.18.9.9")));
          lab.advance(Duration.ofSeconds(5));
        });
    leaving(
        said,
        lab -> {
          lab.vm("vm1").pause();
          lab.wire().send(udp().to(lab.vm("vm1")));
        });
    leaving(
        said,
        lab -> lab.host().pnic("p1").virtualFunction(0).bind("somebody", lab.vm("vm1").receiver()));
    leaving(
        said,
        lab -> {
          lab.host().memory().reserve("vm1", MemorySize.bytes(1_000));
          lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(800), 2);
        });
    leaving(said, lab -> lab.expectDrops(DropReason.RING_FULL));
    leaving(said, lab -> lab.cable("p0").toHost().lose(Selector.nth(5)));
    try (LabSession session = LabSession.of(Lab.open())) {
      session.lenient(LabCheck.UNDRAINED_RINGS).check();
    } catch (AssertionError e) {
      said.add(e.getMessage());
    }
    return said;
  }

  private static void leaving(List<String> said, Consumer<Lab> test) {
    try (LabSession session = LabSession.of(Lab.open())) {
      test.accept(session.lab());
      session.check();
    } catch (RuntimeException | AssertionError e) {
      said.add(e.getMessage());
    }
  }

  // ---- what the extension says ----

  private static void ofTheExtension(List<String> said) {
    for (Class<?> mistaken :
        List.of(SeveralCards.class, NoSuchVm.class, NoCard.class, ClosedLab.class)) {
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(mistaken))
          .execute()
          .allEvents()
          .filter(EventConditions.event(EventConditions.finishedWithFailure())::matches)
          .map(event -> event.getRequiredPayload(TestExecutionResult.class))
          .map(result -> result.getThrowable().orElseThrow())
          .forEach(failure -> said.add(String.valueOf(failure.getMessage())));
    }
  }

  @ExtendWith(RingsideExtension.class)
  static class SeveralCards {
    @Test
    void test(@HostSpec(pnics = 2) dev.ringside.host.Host host, PhysicalNic nic) {}
  }

  @ExtendWith(RingsideExtension.class)
  static class NoSuchVm {
    @Test
    void test(@Device("web") dev.ringside.vm.VirtualMachine web) {}
  }

  @ExtendWith(RingsideExtension.class)
  @HostSpec(pnics = 1)
  static class NoCard {
    @Test
    void test(dev.ringside.aggregate.LinkAggregator aggregator) {}
  }

  @ExtendWith(RingsideExtension.class)
  static class ClosedLab {
    private static final Lab LAB = Lab.open();

    static {
      LAB.close();
    }

    @Managed final Lab lab = LAB;

    @Test
    void test() {}
  }
}
