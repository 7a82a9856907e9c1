// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.WaitQueue;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Selector;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is forgiven of which device, in a lab of two hosts, h1 with web and h2 with db. */
class LenienceTest {

  private final Lab lab =
      Lab.builder()
          .topology(
              builder -> {
                builder.host("h1").pnics(1).virtualFunctions(4).vms("web");
                builder.host("h2").pnics(1).virtualFunctions(4).vms("db");
              })
          .open();
  private final LabSession session = LabSession.of(lab);

  @AfterEach
  void close() {
    session.close();
  }

  private void losePacketOf(String vm) {
    lab.vm(vm).send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(Duration.ofSeconds(4));
  }

  private void leavePacketFor(String vm) {
    lab.vm(vm).pause();
    lab.wire().send(udp().to(lab.vm(vm)).port(9));
  }

  private void assertOnlyFinding(String beginning) {
    assertThat(session.findings())
        .extracting(Finding::toString)
        .singleElement()
        .asString()
        .startsWith(beginning);
  }

  // ---- of which device ----

  @Test
  void forgives_losses_at_one_device_and_not_at_another() {
    session.lenient(Lenience.about(LabCheck.UNEXPECTED_DROPS).at("web"));
    losePacketOf("web");
    losePacketOf("db");

    assertOnlyFinding("unexpected drops: 1 NO_PEER at STACK db, ");
  }

  @Test
  void forgives_losses_for_a_reason_at_one_device_and_not_at_another() {
    session.lenient(Lenience.expecting(DropReason.NO_PEER).at("web"));
    losePacketOf("web");
    losePacketOf("db");

    assertOnlyFinding("unexpected drops: 1 NO_PEER at STACK db, ");
  }

  @Test
  void a_host_stands_for_its_virtual_machines() {
    session.lenient(Lenience.about(LabCheck.UNEXPECTED_DROPS).at("h2"));
    losePacketOf("db");

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void the_only_host_stands_for_all() {
    try (LabSession one = LabSession.of(Lab.open())) {
      one.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1"));
      one.lab().vm("vm1").pause();
      one.lab().wire().send(udp().to(one.lab().vm("vm1")).port(9));

      assertThat(one.findings()).isEmpty();
    }
  }

  @Test
  void a_chassis_stands_for_its_blades() {
    Lab blades =
        Lab.builder()
            .topology(
                builder -> {
                  builder.chassis("c1").blade("b1").vms("web");
                  builder.host("h2").vms("db");
                })
            .open();
    try (LabSession one = LabSession.of(blades)) {
      one.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("c1"));
      for (String vm : new String[] {"web", "db"}) {
        blades.vm(vm).pause();
        blades.wire().send(udp().to(blades.vm(vm)).port(9));
      }

      assertThat(one.findings())
          .extracting(Finding::toString)
          .containsExactly("undrained rings: 1 packet waits in VNIC db/vnic0");
    }
  }

  @Test
  void forgives_the_rings_of_one_card() {
    session.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0"));
    leavePacketFor("web");
    leavePacketFor("db");

    assertThat(session.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "undrained rings: 1 pulled from ring h2/p0/vf0/rx0 waits for its consumer");
  }

  @Test
  void forgives_one_ring_and_tells_of_the_others_on_the_card() {
    session.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0/vf0/rx0"));
    leavePacketFor("web");
    lab.cable("h1/p0").toNetwork().setBandwidth(1_000_000);
    lab.host("h1").vm("web").resume();
    leavePacketFor("web");
    for (int i = 0; i < 3; i++) {
      lab.vm("web").send(udp().to(lab.wire()).port(9));
    }

    assertThat(session.findings())
        .extracting(Finding::toString)
        .containsExactly("undrained rings: transmit rings of h1/p0 have 2 packets");
  }

  @Test
  void forgives_one_ring_that_is_the_only_one_in_use() {
    session.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0/vf0/rx0"));
    leavePacketFor("web");

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void forgives_the_transmit_rings_of_a_card() {
    session.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0"));
    lab.cable("h1/p0").toNetwork().setBandwidth(1_000_000);
    for (int i = 0; i < 3; i++) {
      lab.vm("web").send(udp().to(lab.wire()).port(9));
    }

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void forgives_the_binding_of_one_function() {
    session.lenient(Lenience.about(LabCheck.LEAKED_BINDINGS).at("h1/p0/vf3"));
    lab.host("h1").pnic("p0").virtualFunction(3).bind("dpdk", new Taker());
    lab.host("h1").pnic("p0").virtualFunction(2).bind("dpdk", new Taker());

    assertThat(session.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "leaked bindings: h1/p0/vf2 is bound to 'dpdk', which is no VM of host h1");
  }

  @Test
  void forgives_the_requests_of_one_owner() {
    session.lenient(Lenience.about(LabCheck.WAITING_REQUESTS).at("web"));
    WaitQueue queue = new WaitQueue(lab.world().waits(), "memory", "byte");
    queue.add("web", 1, "a release", () -> false);
    queue.add("db", 2, "a release", () -> false);
    lab.vm("web").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));

    assertThat(session.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "still-waiting requests: db waits for 2 bytes of memory since PT0S, until a release");
  }

  @Test
  void a_name_does_not_stand_for_one_that_only_begins_like_it() {
    session.lenient(Lenience.about(LabCheck.UNEXPECTED_DROPS).at("we").ifNeeded());
    losePacketOf("web");

    assertThat(session.findings()).hasSize(1);
  }

  @Test
  void refuses_to_forgive_breaches_of_the_law() {
    assertThatThrownBy(() -> session.lenient(LabCheck.CONSERVATION_LAW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the conservation law is always checked; leave out another check");
  }

  // ---- too little ----

  @Test
  void names_expected_drops_that_never_came() {
    lab.expectDrops(DropReason.RING_FULL, DropReason.NO_PEER);
    losePacketOf("web");

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unused expectations: drops RING_FULL were expected and never came
              take RING_FULL out of lab.expectDrops, or let the test lose what it means to
            Replay with @LabSeed(0x5eedL)""");
    assertThat(session.findings()).isEmpty(); // said once
  }

  @Test
  void lets_drops_come_or_not_that_are_expected_of_the_ledger() {
    lab.ledger().expectDrops(DropReason.RING_FULL);

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void names_drops_that_were_expected_for_one_check_and_never_came() {
    assertThatThrownBy(() -> session.check(DropReason.NO_PEER))
        .hasMessage(
            """
            the test leaves its lab unclean
            - unused expectations: drops NO_PEER were expected and never came
              take the expectation away, or let the test lose what it means to lose
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void names_drops_that_were_expected_of_another_device() {
    session.lenient(Lenience.expecting(DropReason.NO_PEER).at("db", "dbb"));
    losePacketOf("web");

    assertThat(session.findings())
        .last()
        .hasToString(
            "unused expectations: drops NO_PEER at [db, dbb] were expected and never came; no device"
                + " named 'dbb'");
  }

  @Test
  void names_leniences_that_nothing_needed() {
    session.lenient(LabCheck.UNEXPECTED_DROPS);
    session.lenient(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0/vf0/rx0", "h3/p0"));

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unused leniences: unexpected drops were to be forgiven, and there were none
              take the lenience away, so that the check watches again
            - unused leniences: undrained rings of [h1/p0/vf0/rx0, h3/p0] were to be forgiven, and \
            there were none; no device named 'h3/p0'
              take the lenience away, so that the check watches again
            Replay with @LabSeed(0x5eedL)""");
    assertThat(session.findings()).isEmpty(); // said once
  }

  @Test
  void a_lenience_about_losses_is_not_needed_for_those_that_are_expected_anyway() {
    session.lenient(LabCheck.UNEXPECTED_DROPS);
    lab.expectDrops(DropReason.NO_PEER);
    losePacketOf("web");

    assertThat(session.findings())
        .extracting(Finding::check)
        .containsExactly(LabCheck.UNUSED_LENIENCES);
  }

  @Test
  void says_nothing_of_what_is_only_there_if_needed() {
    session.lenient(
        Lenience.expecting(DropReason.NO_PEER).ifNeeded(),
        Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0").ifNeeded());

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void says_nothing_of_too_little_where_that_is_left_out() {
    session.lenient(
        LabCheck.UNUSED_EXPECTATIONS, LabCheck.UNUSED_LENIENCES, LabCheck.LEAKED_BINDINGS);
    lab.expectDrops(DropReason.RING_FULL);

    assertThat(session.findings(DropReason.NO_PEER)).isEmpty();
  }

  @Test
  void says_nothing_where_a_lenient_session_forgives_all() {
    session.lenient();
    lab.expectDrops(DropReason.RING_FULL);
    lab.cable("h1/p0").toHost().lose(Selector.nth(1));

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void a_lab_that_goes_on_may_still_bring_what_was_expected() {
    lab.expectDrops(DropReason.NO_PEER);
    session.lenient(LabCheck.UNDRAINED_RINGS);

    assertThat(session.findingsSoFar(new Leniences())).isEmpty();

    losePacketOf("web");
    leavePacketFor("web");
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void one_of_several_labs_is_enough_to_need_a_lenience() {
    Leniences meant = new Leniences();
    meant.add(Lenience.expecting(DropReason.NO_PEER));
    losePacketOf("web");

    try (LabSession other = LabSession.of(Lab.open())) {
      assertThat(other.findings(meant)).isEmpty();
      assertThat(session.findings(meant)).isEmpty();
    }
    assertThat(meant.unused()).isEmpty();
  }

  @Test
  void what_is_said_twice_is_told_once() {
    session.lenient(Lenience.about(LabCheck.LEAKED_BINDINGS).at("h1/p0"));
    session.lenient(Lenience.about(LabCheck.LEAKED_BINDINGS).at("h1/p0"));
    session.lenient(Lenience.about(LabCheck.LEAKED_BINDINGS).at("h2/p0"));

    assertThat(session.findings()).hasSize(2);
  }

  @Test
  void a_finding_that_is_forgiven_twice_needs_both() {
    Leniences meant = new Leniences();
    meant.add(Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0"));
    meant.add(Lenience.expecting(DropReason.NO_PEER));
    meant.add(Lenience.about(LabCheck.UNEXPECTED_DROPS).at("db"));
    session.lenient(LabCheck.UNDRAINED_RINGS, LabCheck.UNEXPECTED_DROPS);
    session.lenient(Lenience.expecting(DropReason.NO_PEER).at("web"));
    losePacketOf("web");
    leavePacketFor("web");
    lab.vm("db").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66")); // SPOOFED at h2/p0/vf0

    assertThat(session.findings(meant)).isEmpty();
    assertThat(meant.unused())
        .extracting(Finding::text)
        .containsExactly("unexpected drops of [db] were to be forgiven, and there were none");
  }

  @Test
  void an_expectation_is_met_by_losses_that_a_fault_has_made_expected() {
    lab.cable("h1/p0").toHost().lose(Selector.nth(1));
    lab.wire().send(udp().to(lab.vm("web")).port(53));

    assertThat(session.findings(DropReason.LOST_ON_WIRE)).isEmpty();
  }

  // ---- faults ----

  @Test
  void names_faults_that_never_struck() {
    lab.cable("h1/p0").toHost().lose(Selector.nth(2));
    lab.wire().send(udp().to(lab.vm("web")).port(53));

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unused faults: loss of fault 1 on cable h1/p0 to host never struck: it saw 1 packet
              let the test cause what the fault is for, take it away, or make it lenient()
            Replay with @LabSeed(0x5eedL)""");
    assertThat(session.findings()).isEmpty(); // said once
  }

  @Test
  void forgives_the_faults_of_one_device() {
    session.lenient(Lenience.about(LabCheck.UNUSED_FAULTS).at("h1/p0"));
    lab.cable("h1/p0").toHost().lose(Selector.nth(1));
    lab.cable("h2/p0").toHost().lose(Selector.nth(1));

    assertThat(session.findings())
        .extracting(Finding::text)
        .containsExactly("loss of fault 1 on cable h2/p0 to host never struck: it saw 0 packets");
  }

  // ---- rules ----

  private FlowTable flowsWithARuleThatMatches() {
    FlowTable flows = lab.host("h1").pnic("p0").classifier().table();
    flows.insert(udp().port(53), Destination.ring(1));
    lab.wire().send(udp().toMac(lab.host("h1").pnic("p0").mac()).to("198.18.3.3").port(53));
    return flows;
  }

  @Test
  void names_rules_that_matched_nothing_where_a_test_asks_for_it() {
    FlowTable below = new FlowTable("below");
    below.insert(udp().port(9), Destination.drop());
    FlowTable flows = flowsWithARuleThatMatches();
    flows.insert(udp().fromPort(7), Destination.subTable(below));
    flows.insert(udp().fromPort(8), Destination.subTable(below));
    session.strict(LabCheck.UNUSED_RULES);

    assertThatThrownBy(session::check)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unused rules: flow table h1/p0/flows: udp from port 8 -> table below matched no packet
              send what it is for, remove it, or make it lenient()
            - unused rules: flow table below: udp port 9 -> drop matched no packet
              send what it is for, remove it, or make it lenient()
            - unused rules: flow table h1/p0/flows: udp from port 7 -> table below matched no packet
              send what it is for, remove it, or make it lenient()
            Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void says_nothing_of_rules_unless_it_is_asked() {
    flowsWithARuleThatMatches().insert(udp().port(9), Destination.drop());

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void forgives_a_rule_and_a_card() {
    FlowTable flows = flowsWithARuleThatMatches();
    flows.insert(udp().port(9), Destination.drop()).lenient();
    FlowTable below = new FlowTable("below");
    below.insert(udp().port(9), Destination.drop());
    lab.host("h2").pnic("p0").classifier().table().insert(udp(), Destination.subTable(below));
    session.strict(LabCheck.UNUSED_RULES);
    session.lenient(Lenience.about(LabCheck.UNUSED_RULES).at("h2/p0"));

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void asks_only_for_what_is_left_out_otherwise() {
    assertThatThrownBy(() -> session.strict(LabCheck.UNDRAINED_RINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the check for undrained rings is made anyway; only UNUSED_RULES can be asked for");
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
