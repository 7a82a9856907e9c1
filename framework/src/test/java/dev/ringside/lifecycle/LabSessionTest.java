// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.nic.FunctionLink;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.WaitQueue;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.wire.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabSessionTest {

  private final Lab lab = Lab.open();
  private final LabSession session = LabSession.of(lab);

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void finds_nothing_in_a_lab_in_which_packets_arrive() {
    lab.wire().send(udp().to(lab.vm("vm1")).port(53), 3);
    lab.vm("vm1").ping(lab.vm("vm2"));

    assertThat(session.findings()).isEmpty();
    assertThatCode(session::check).doesNotThrowAnyException();
  }

  @Test
  void closes_the_lab() {
    session.close();
    session.close();

    assertThat(lab.world().isClosed()).isTrue();
  }

  // ---- losses ----

  @Test
  void names_unexpected_drops_with_their_place_and_how_to_expect_them() {
    loseToAnUnknownNeighbour();

    assertThatThrownBy(session::check)
        .isInstanceOf(UncleanLabError.class)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unexpected drops: 1 NO_PEER at STACK vm1, the last: #1 no answer from 198.18.0.99 to 3 requests
              if they are meant, say so: lab.expectDrops(NO_PEER) or @ExpectDrops({NO_PEER})
            Replay with @LabSeed(0x5eedL)""");
  }

  private void loseToAnUnknownNeighbour() {
    lab.vm("vm1").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(java.time.Duration.ofSeconds(4));
  }

  @Test
  void tells_each_loss_once() {
    loseToAnUnknownNeighbour();

    assertThat(session.findings()).hasSize(1);
    assertThat(session.findings()).isEmpty();

    loseToAnUnknownNeighbour();
    assertThat(session.findings())
        .singleElement()
        .asString()
        .startsWith("unexpected drops: 1 NO_PEER at STACK vm1");
  }

  @Test
  void accepts_losses_that_the_lab_expects() {
    lab.expectDrops(DropReason.NO_PEER);
    loseToAnUnknownNeighbour();

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void accepts_losses_that_are_fine_this_time_but_not_the_next() {
    loseToAnUnknownNeighbour();
    assertThat(session.findings(DropReason.NO_PEER)).isEmpty();

    loseToAnUnknownNeighbour();
    assertThat(session.findings(DropReason.NO_UPLINK))
        .extracting(Finding::check)
        .containsExactly(LabCheck.UNEXPECTED_DROPS, LabCheck.UNUSED_EXPECTATIONS);
  }

  @Test
  void expects_what_a_failed_nic_loses() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    lab.vm("vm1").send(udp().to(lab.wire()).port(53));

    assertThat(lab.ledger().dropped()).isPositive();
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void expects_what_a_fault_on_a_wire_loses() {
    lab.cable("p0").toHost().lose(Selector.nth(1));
    lab.cable("p0").toHost().corrupt(Selector.nth(2));
    lab.wire().send(udp().to(lab.vm("vm1")).port(53).payloadSize(1_000), 2);

    assertThat(lab.ledger().dropped()).isPositive();
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void expects_what_is_lost_behind_a_function_whose_link_was_disabled() {
    lab.host().pnic("p0").virtualFunction(0).setLink(FunctionLink.DISABLED);
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));

    assertThat(lab.ledger().dropped(DropReason.LINK_DOWN)).isEqualTo(1);
    assertThat(session.findings()).isEmpty();
  }

  // ---- requests ----

  @Test
  void names_each_request_that_waits_for_a_resource() {
    WaitQueue queue = new WaitQueue(lab.world().waits(), "memory of vm1", "byte");
    queue.add("vm1", 1_442, "a release of memory of vm1", () -> false);

    assertThat(lab.waiters()).hasSize(1);
    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - still-waiting requests: vm1 waits for 1442 bytes of memory of vm1 since PT0S, until a \
            release of memory of vm1
              grant it, by a release of memory of vm1, or cancel() it
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void lets_requests_wait_where_a_test_is_lenient_about_them() {
    WaitQueue queue = new WaitQueue(lab.world().waits(), "memory of vm1", "byte");
    queue.add("vm1", 1_442, "a release of memory of vm1", () -> false);
    session.lenient(LabCheck.WAITING_REQUESTS);

    assertThat(session.findings()).isEmpty();
  }

  // ---- leaks ----

  @Test
  void names_functions_that_are_bound_to_strangers() {
    lab.host().pnic("p1").virtualFunction(3).bind("dpdk", new Taker());

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - leaked bindings: p1/vf3 is bound to 'dpdk', which is no VM of host h1
              call unbind() before the test ends
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void names_functions_whose_vm_uses_another_one() {
    lab.host().pnic("p1").virtualFunction(0).bind("vm1", new Taker());

    assertThat(session.findings())
        .singleElement()
        .hasToString(
            "leaked bindings: p1/vf0 is bound to 'vm1', which has its direct access through p0");
  }

  @Test
  void names_requests_that_still_wait() {
    lab.vm("vm1").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - still-waiting requests: 1 packet waits in vm1 for an address or for other fragments
              advance the lab until the answer is there, or 3 seconds until it is given up
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void names_rings_that_are_not_empty() {
    PhysicalNic p0 = lab.host().pnic("p0");
    for (int i = 0; i < p0.config().receiveRings(); i++) {
      p0.receiveRing(i).setPolled(true);
    }
    p0.virtualFunction(1).receiveRing(0).setPolled(true);
    lab.wire()
        .send(
            udp()
                .to(Endpoint.of("p0", p0.mac(), lab.vm("vm1").ipv4(), lab.vm("vm1").ipv6()))
                .port(9),
            2);
    lab.wire().send(udp().to(lab.vm("vm2")).port(9));

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - undrained rings: ring p0/rx3 has 2 of 512 slots in use, ring p0/vf1/rx0 has 1 of 512 slots in use
              poll them, resume the guest, or advance the lab until they are empty
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void names_what_waits_for_a_paused_guest_and_for_a_slow_wire() {
    lab.vm("vm2").pause();
    lab.wire().send(udp().to(lab.vm("vm2")).port(9));
    lab.cable("p0").toNetwork().setBandwidth(1_000_000);
    for (int i = 0; i < 3; i++) {
      lab.vm("vm1").send(udp().to(lab.wire()).port(9));
    }

    assertThat(session.findings())
        .singleElement()
        .hasToString(
            "undrained rings: 1 pulled from ring p0/vf1/rx0 waits for its consumer,"
                + " transmit rings of p0 have 2 packets");
  }

  @Test
  void leaves_out_what_a_lenient_session_does_not_care_about() {
    lab.vm("vm2").pause();
    lab.wire().send(udp().to(lab.vm("vm2")).port(9));
    loseToAnUnknownNeighbour();
    lab.host().pnic("p1").virtualFunction(3).bind("dpdk", new Taker());

    session.lenient(LabCheck.UNDRAINED_RINGS, LabCheck.LEAKED_BINDINGS);
    assertThat(session.findings())
        .extracting(Finding::check)
        .containsExactly(LabCheck.UNEXPECTED_DROPS);
  }

  @Test
  void checks_the_law_even_when_lenient() {
    session.lenient();
    loseToAnUnknownNeighbour();
    lab.ledger().open(Stage.PNIC, "broken").addReceived();

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - conservation law: 1 packets are unaccounted for at PNIC broken: received 1,
              a device lost count of packets; please report this bug with the journal
            Replay with @LabSeed(0x5eedL)""");
    assertThat(session.violations()).isEmpty(); // said once
  }

  // ---- the report ----

  @Test
  void writes_what_happened_for_each_wire(@TempDir Path directory) throws IOException {
    lab.cable("p0").toHost().setLatency(java.time.Duration.ofNanos(700));
    Packet query = lab.wire().send(udp().to(lab.vm("vm1")).port(53).payload("query"));
    lab.advance(java.time.Duration.ofNanos(1_000));
    lab.vm("vm1").send(udp().to(lab.wire()).port(9));

    session.writeReport(directory.resolve("report"), "the test", new AssertionError("why"));

    Path report = directory.resolve("report");
    List<CapturedPacket> wire = CaptureReader.readAll(report.resolve("p0.pcapng"));
    assertThat(wire)
        .extracting(CapturedPacket::interfaceName)
        .containsExactly("p0 to host", "p0 to network");
    assertThat(wire).extracting(CapturedPacket::nanos).containsExactly(700L, 1_000L);
    assertThat(wire.get(0).packet().toByteArray()).isEqualTo(query.toByteArray());
    assertThat(CaptureReader.readAll(report.resolve("p1.pcapng"))).hasSize(1); // flooded
    assertThat(Files.readString(report.resolve("journal.txt"))).isEqualTo(lab.journal().toText());
    assertThat(Files.readString(report.resolve("journal.jsonl")))
        .isEqualTo(lab.journal().toJsonLines());
    assertThat(Files.readString(report.resolve("report.html")))
        .contains("<pre tabindex=\"0\" class=\"wrap\">why</pre>")
        .contains("<a href=\"journal.jsonl\">", "<a href=\"p1.pcapng\">");
    assertThat(Files.readString(report.resolve("state.txt"))).isEqualTo(Inspect.lab(lab));
    assertThat(Files.readString(report.resolve("topology.svg"))).isEqualTo(Picture.of(lab));
    assertThat(Files.readString(report.resolve("summary.txt")))
        .startsWith(
            """
            test: the test
            failure: java.lang.AssertionError: why
            seed: 0x5eed
            replay: Replay with @LabSeed(0x5eedL)
            virtual time: 1000 ns

            topology
              host h1: PNICs [p0 (up), p1 (up, inactive)], VMs [vm1 (""")
        .contains("\ncounters\n  injected 2 + cloned 1 = delivered 2 + dropped 1 + live 0\n");
  }

  @Test
  void keeps_the_last_packets_of_a_long_run_and_says_so(@TempDir Path directory)
      throws IOException {
    lab.wire().send(udp().to(lab.vm("vm1")).port(1), 10);
    lab.wire().send(udp().to(lab.vm("vm1")).port(2), WireTape.CAPACITY);

    session.writeReport(directory, "the test", null);

    assertThat(CaptureReader.readAll(directory.resolve("p0.pcapng")))
        .hasSize(WireTape.CAPACITY)
        .allMatch(captured -> captured.packet().destinationPort() == 2);
    assertThat(Files.readString(directory.resolve("summary.txt")))
        .contains("failure: not known\n")
        .contains("\np0.pcapng lacks the first 10 packets: a cable keeps the last 4096\n");
  }

  @Test
  void names_of_files_are_plain_and_each_has_its_own(@TempDir Path directory) throws IOException {
    LabBuilder builder = Lab.builder();
    builder.host("a:b").pnics(1).vms();
    builder.host("a*b").pnics(1).vms();
    builder.host("../\u0000\ud800").pnics(1).vms();
    try (LabSession odd = LabSession.of(builder.open())) {
      odd.writeReport(directory, "the test", null);
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("a_b-p0.pcapng", "a_b-p0-1.pcapng", "..-__-p0.pcapng");
    }
  }

  @Test
  void says_where_a_report_cannot_be_written(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> session.writeReport(file, "the test", null))
        .hasMessage("cannot write the report of the test to " + file);
  }

  private static final class Taker implements Receiver {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {}
  }
}
