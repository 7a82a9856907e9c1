// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.TcpSpec;
import dev.ringside.ring.Ring;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The five classes of rules on a card, in their order. */
class HardwareClassifierTest {

  private static final String BROKEN =
      "MALFORMED: java.lang.IllegalStateException: no idea by broken -> ring 1";

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private final Lab lab =
      labs.open(
          host ->
              host.pnics(1)
                  .nic(NicConfig.DEFAULT.withReceiveRings(4).withFunctionReceiveRings(2))
                  .virtualFunctions(2)
                  .vms("web"));

  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final HardwareClassifier classifier = p0.classifier();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualFunction function = p0.boundFunctions().get(0);

  private TcpSpec toHost() {
    return tcp().to("198.51.100.9").toMac(p0.mac());
  }

  /** How many packets the rings of the host have taken. */
  private long[] inHostRings() {
    long[] received = new long[4];
    for (int i = 0; i < received.length; i++) {
      received[i] = p0.receiveRing(i).received();
    }
    return received;
  }

  @Test
  void flows_of_the_host_choose_among_its_rings() {
    classifier.table().insert(tcp().port(80), ring(2));
    classifier.table().insert(tcp().port(22), drop());
    classifier.table().insert(tcp().port(81), subTable(sub -> sub.insert(tcp().syn(), ring(3))));

    lab.wire().send(toHost().port(80));
    lab.wire().send(toHost().port(81).syn());
    lab.wire().send(toHost().port(22));

    assertThat(inHostRings()).containsExactly(0, 0, 1, 1);
    assertThat(p0.account().dropped(DropReason.FLOW_RULE)).isEqualTo(1);
  }

  @Test
  void what_no_flow_is_for_goes_to_the_default_ring_else_it_is_spread() {
    classifier.table().insert(tcp().port(80), ring(2));
    classifier.setDefaultRing(1);
    lab.wire().send(toHost().port(443));
    assertThat(inHostRings()).containsExactly(0, 1, 0, 0);

    classifier.spreadByDefault();
    Packet packet = toHost().port(443).toPacket();
    lab.wire().send(packet);
    assertThat(p0.receiveRing(p0.receiveSideScaling().ringOf(packet)).received()).isPositive();
    classifier.table().setDefault(ring(3));
    lab.wire().send(packet);
    assertThat(p0.receiveRing(3).received()).isPositive();
  }

  @Test
  void flows_of_a_virtual_function_choose_among_the_rings_of_that_function() {
    classifier.table(function).insert(udp().port(53), ring(1));

    lab.wire().send(udp().to(web).port(53));

    assertThat(function.receiveRing(1).received()).isEqualTo(1);
    assertThatThrownBy(() -> classifier.table(function).insert(udp(), ring(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no ring 2 on p0/vf0; it has ring 0 to ring 1");
  }

  @Test
  void steering_comes_before_monitoring_and_that_before_addresses_and_flows() {
    classifier.table().insert(ip(), ring(1));
    lab.wire().send(toHost());
    classifier.monitoring().insert(tcp(), ring(2));
    lab.wire().send(toHost());
    classifier.steering().insert(tcp().syn(), ring(3));
    lab.wire().send(tcp().to(web).syn());
    lab.wire().send(tcp().to(web));

    assertThat(inHostRings()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void a_mirror_makes_a_copy_that_the_ledger_counts() {
    classifier.monitoring().append(tcp(), mirror(ring(3)));

    lab.wire().send(tcp().to(web).rst());

    assertThat(inHostRings()).containsExactly(0, 0, 0, 1);
    assertThat(p0.account().cloned()).isEqualTo(1);
    assertThat(function.account().received()).isEqualTo(1);
  }

  @Test
  void rings_that_do_not_exist_are_refused() {
    classifier.addTarget(new SideRing(lab, "p0/side", 1));

    assertThatThrownBy(() -> classifier.table().insert(tcp(), ring(4)))
        .hasMessage("no ring 4 on p0; it has ring 0 to ring 3, ring p0/side");
    assertThatThrownBy(() -> classifier.table().insert(tcp(), mirror(ring(9))))
        .hasMessage("no ring 9 on p0; it has ring 0 to ring 3, ring p0/side");
    assertThatThrownBy(
            () -> classifier.steering().insert(tcp(), ring(new SideRing(lab, "p1/side", 1))))
        .hasMessage("no ring p1/side on p0; it has ring 0 to ring 3, ring p0/side");
    assertThatThrownBy(() -> classifier.setDefaultRing(4)).hasMessageStartingWith("no ring 4");
    assertThatThrownBy(() -> classifier.table().setDefault(ring(4)))
        .hasMessageStartingWith("no ring 4");
    FlowTable sub = new FlowTable("sub");
    sub.insert(udp(), ring(7));
    assertThatThrownBy(() -> classifier.table().insert(tcp(), subTable(sub)))
        .hasMessageStartingWith("no ring 7 on p0");
    assertThatThrownBy(() -> classifier.addTarget(new SideRing(lab, "p0/side", 1)))
        .hasMessage("p0 already has a ring 'p0/side'");
    assertThat(classifier.table().isEmpty()).isTrue();
  }

  @Test
  void a_table_belongs_to_one_owner() {
    FlowTable sub = new FlowTable("sub");
    classifier.table().insert(tcp(), subTable(sub));

    assertThatThrownBy(() -> classifier.table(function).insert(tcp(), subTable(sub)))
        .hasMessage(
            "flow table p0/vf0/flows of p0/vf0 cannot have the entry tcp -> table sub:"
                + " that table belongs to p0");
  }

  @Test
  void a_ring_that_is_none_of_the_numbered_ones_answers_for_its_packets() {
    SideRing standby = new SideRing(lab, "p0/standby0", 1);
    classifier.addTarget(standby);
    classifier.steering().insert(tcp().syn(), ring(standby));

    lab.wire().send(tcp().to(web).syn());
    lab.wire().send(tcp().to(web).syn());

    assertThat(standby.ring.size()).isEqualTo(1);
    assertThat(standby.account.dropped(DropReason.CONTAINED)).isEqualTo(1);
    assertThat(lab.ledger().violations()).isEmpty();
    classifier.removeTarget(standby);
    assertThatThrownBy(() -> classifier.steering().insert(udp(), ring(standby)))
        .hasMessage("no ring p0/standby0 on p0; it has ring 0 to ring 3");
  }

  /** Keeps what it gets; when it is full, it drops. */
  private static final class SideRing implements RingTarget, Account.Holder {
    private final Lab lab;
    private final Ring ring;
    private final Account account;

    SideRing(Lab lab, String name, int capacity) {
      this.lab = lab;
      this.ring = new Ring(name, capacity);
      this.account = lab.ledger().open(Stage.RECEIVE_RING, name, this);
    }

    @Override
    public String name() {
      return ring.name();
    }

    @Override
    public void accept(Packet packet) {
      account.addReceived();
      if (!ring.offer(packet)) {
        lab.world().dropped(account, packet, DropReason.CONTAINED, ring);
      }
    }

    @Override
    public long live() {
      return ring.size();
    }
  }

  @Test
  void a_full_ring_drops_and_no_other_entry_is_asked() {
    classifier.table().append(tcp(), ring(2));
    classifier.table().append(ip(), ring(1));
    p0.receiveRing(2).setPolled(true);

    lab.wire().send(toHost(), p0.config().ringCapacity() + 1);

    assertThat(p0.receiveRing(2).droppedFull()).isEqualTo(1);
    assertThat(p0.account().dropped(DropReason.RING_FULL)).isEqualTo(1);
    assertThat(inHostRings()[1]).isZero();
    p0.receiveRing(2).setPolled(false);
  }

  @Test
  void unreadable_headers_and_matchers_that_throw_are_malformed_packets() {
    Packet cut = Packet.of(Arrays.copyOf(toHost().toPacket().toByteArray(), 40));
    lab.wire().send(cut);
    assertThat(p0.account().dropped(DropReason.MALFORMED)).isZero(); // nobody looks at it

    classifier.table().insert(udp(), ring(1));
    lab.wire().send(cut);
    assertThat(p0.account().dropped(DropReason.MALFORMED)).isEqualTo(1);

    classifier
        .table()
        .prepend(
            PacketMatcher.named(
                "broken",
                packet -> {
                  throw new IllegalStateException("no idea");
                }),
            ring(1));
    Packet sent = toHost().toPacket();
    lab.wire().send(sent);
    assertThat(p0.account().dropped(DropReason.MALFORMED)).isEqualTo(2);
    assertThat(lab.journal().entries())
        .extracting(JournalEntry::toString)
        .anyMatch(line -> line.contains(BROKEN));
  }

  @Test
  void the_hook_is_told_of_the_ring_before_the_packet_goes_there() {
    List<String> told = new ArrayList<>();
    classifier.table().append(icmp(), mirror(ring(3)));
    classifier.table().append(ip(), ring(1));
    classifier.onRing(
        (entry, packet) -> told.add(entry + ", " + p0.receiveRing(1).received() + " before"));

    lab.wire().send(icmp().to("198.51.100.9").toMac(p0.mac()));

    assertThat(told)
        .containsExactly("icmp -> mirror to ring 3, 0 before", "ip -> ring 1, 0 before");
    classifier.onRing(
        (entry, packet) -> {
          throw new IllegalStateException("hook");
        });
    assertThatThrownBy(() -> lab.wire().send(toHost())).hasMessage("hook");
    assertThat(inHostRings()[1]).isEqualTo(2);
  }

  @Test
  void changes_are_in_the_journal() {
    var web80 = classifier.table().insert(tcp().port(80), ring(2));
    classifier.table().replace(web80, ring(3));
    classifier.table().setDefault(drop());

    assertThat(lab.journal().entries())
        .extracting(entry -> entry.toString().strip())
        .filteredOn(line -> line.contains("p0/flows"))
        .containsExactly(
            "0 ns  h1: configured p0, p0/flows added tcp port 80 -> ring 2",
            "0 ns  h1: configured p0, p0/flows replaced tcp port 80 -> ring 2 by tcp port 80 ->"
                + " ring 3",
            "0 ns  h1: configured p0, p0/flows default drop");
  }

  @Test
  void tables_go_by_priorities_where_that_is_said() {
    classifier.setDialect(FlowDialect.PRIORITIES);
    classifier.table().insert(7, tcp(), ring(1));

    assertThat(classifier.table().dialect()).isEqualTo(FlowDialect.PRIORITIES);
  }

  @Test
  void the_walk_through_all_classes_is_explained() {
    classifier.steering().insert(tcp().syn(), ring(3));
    classifier.monitoring().insert(arp(), mirror(ring(3)));
    classifier.table().insert(udp(), ring(1));
    Packet packet = toHost().port(80).toPacket();

    ClassifierWalk walk = classifier.explain(packet);

    assertThat(walk)
        .hasToString(
            packet
                + """

                1 steering: flow table p0/steering: no entry matches
                  0 tcp syn -> ring 3: TCP flags: expected syn, was ack
                nearest miss: 0 tcp syn -> ring 3: TCP flags: expected syn, was ack
                2 monitoring: flow table p0/monitoring: no entry matches
                  0 arp -> mirror to ring 3: ethertype: expected 0x806, was 0x800
                nearest miss: 0 arp -> mirror to ring 3: ethertype: expected 0x806, was 0x800
                3 addresses: p0
                4 flows: flow table p0/flows: no entry matches
                  0 udp -> ring 1: protocol: expected udp, was tcp
                nearest miss: 0 udp -> ring 1: protocol: expected udp, was tcp
                5 default: ring p0/rx1, by receive-side scaling
                ends in ring p0/rx1
                """);
    assertThat(walk.ends()).containsExactly("ring p0/rx1");
    assertThat(classifier.explain(arp().to(web).toPacket()).ends())
        .containsExactly("ring p0/rx3 (copy)", "ring p0/rx0", "ring p0/vf0/rx0");
    assertThat(classifier.explain(tcp().to(web).syn().toPacket()).ends())
        .containsExactly("ring p0/rx3");
    Packet stray = tcp().to("198.51.100.9").toMac("02:00:00:00:aa:aa").toPacket();
    assertThat(classifier.explain(stray).toString())
        .endsWith("3 addresses: no filter takes this address\nends in drop as NO_MATCH\n");
  }

  @Test
  void a_function_that_is_released_loses_its_table() {
    VirtualFunction free = p0.virtualFunction(1);
    free.bind("other", Unconnected.SIDE);
    FlowTable table = classifier.table(free);

    free.unbind();

    assertThat(classifier.table(free)).isNotSameAs(table);
  }

  @Test
  void assertions_that_fail_in_a_hook_or_a_matcher_fail_the_operation_and_lose_no_packet() {
    classifier.table().insert(tcp(), ring(1));
    classifier.onRing(
        (entry, packet) -> {
          throw new AssertionError("hook");
        });
    assertThatThrownBy(() -> lab.wire().send(toHost())).hasMessage("hook");
    assertThat(inHostRings()).containsExactly(0, 1, 0, 0);

    classifier
        .table()
        .prepend(
            packet -> {
              throw new AssertionError("matcher");
            },
            ring(2));
    assertThatThrownBy(() -> lab.wire().send(toHost())).hasMessage("matcher");
    assertThat(p0.account().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void the_default_ring_can_be_asked_for() {
    assertThat(classifier.defaultRing()).isNull();

    classifier.setDefaultRing(3);
    assertThat(classifier.defaultRing()).isEqualTo(3);
  }
}
