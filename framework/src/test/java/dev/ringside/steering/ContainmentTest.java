// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.TcpSpec;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One card; web has a virtual function, db is on the switched path. */
class ContainmentTest {

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private Lab lab = open(NicConfig.DEFAULT);
  private Host host = lab.host();
  private VirtualMachine web = lab.vm("web");

  private Lab open(NicConfig config) {
    return labs.open(host -> host.nic(config.withVirtualFunctions(1)).vms("web", "db"));
  }

  private void use(NicConfig config) {
    lab = open(config);
    host = lab.host();
    web = lab.vm("web");
  }

  private static TcpSpec syn(VirtualMachine to) {
    return tcp().syn().to(to).port(80);
  }

  private StandbyRing standby(int index) {
    return host.pnic("p0").standbyRing(index);
  }

  private void flood(int packets) {
    for (int i = 0; i < packets; i++) {
      lab.wire().send(syn(web).fromPort(1_000 + i));
    }
  }

  @Test
  void steers_what_the_signature_matches_into_the_standby_ring_and_nothing_else() {
    Containment flood = host.steering().contain(syn(web));
    flood(3);
    lab.wire().send(tcp().syn().to(web).port(8_080));
    lab.wire().send(icmp().to(web));

    assertThat(standby(0).packets()).allMatch(syn(web)::matches).hasSize(3);
    assertThat(web.received()).hasSize(2).noneMatch(syn(web)::matches);
    assertThat(flood.packets()).isEqualTo(3);
    assertThat(flood.isDegraded()).isFalse();
    assertThat(flood.standbyRings()).containsExactly(standby(0));
    assertThat(flood).hasToString("containment of tcp syn to 198.18.0.1 port 80 in [p0/standby0]");
    assertThat(lab.journal().events(EventKind.CONTAINMENT_INSTALLED)).hasSize(1);
  }

  @Test
  void contains_what_goes_through_a_virtual_function_and_what_goes_through_the_switch() {
    VirtualMachine db = lab.vm("db");
    host.steering().contain(tcp().syn().port(80));

    lab.wire().send(syn(web));
    lab.wire().send(syn(db));

    assertThat(standby(0).packets()).hasSize(2);
    assertThat(web.received()).isEmpty();
    assertThat(db.received()).isEmpty();
  }

  @Test
  void raises_no_interrupt_and_drops_the_newest_when_the_standby_ring_is_full() {
    use(NicConfig.DEFAULT.withStandbyRingCapacity(2));
    host.steering().contain(syn(web));
    flood(5);

    assertThat(standby(0).packets()).extracting(Packet::sourcePort).containsExactly(1_000, 1_001);
    assertThat(standby(0).account().dropped(DropReason.CONTAINED)).isEqualTo(3);
    assertThat(standby(0).droppedFull()).isEqualTo(3);
    assertThat(standby(0).interrupts()).isZero();
    assertThat(standby(0).mode()).isEqualTo(RingMode.POLL);
    assertThat(lab.journal().events(EventKind.RING_MODE)).isEmpty();
  }

  @Test
  void contains_in_a_ring_without_slots_too() {
    use(NicConfig.DEFAULT.withStandbyRingCapacity(0));
    Containment flood = host.steering().contain(syn(web));
    flood(2);

    assertThat(standby(0).packets()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.CONTAINED)).isEqualTo(2);
    assertThat(flood.packets()).isEqualTo(2);
  }

  @Test
  void leaves_alone_what_was_classified_before() {
    web.pause();
    flood(3);
    host.steering().contain(syn(web));
    flood(2);
    web.resume();

    assertThat(web.received()).hasSize(3);
    assertThat(standby(0).packets()).hasSize(2);
  }

  @Test
  void purges_what_was_classified_before_when_the_policy_says_so() {
    web.pause();
    lab.vm("db").pause();
    for (int i = 0; i < 70; i++) {
      lab.wire().send(syn(web));
      lab.wire().send(syn(lab.vm("db")));
      lab.wire().send(udp().to(web).port(i));
      lab.wire().send(udp().to(lab.vm("db")).port(i));
    }
    host.steering().contain(tcp().syn(), ContainmentPolicy.CONTAIN.withPurge());
    web.resume();
    lab.vm("db").resume();

    assertThat(web.received()).hasSize(70).allMatch(udp()::matches);
    assertThat(web.received()).extracting(Packet::destinationPort).isSorted();
    assertThat(lab.vm("db").received()).hasSize(70).allMatch(udp()::matches);
    assertThat(lab.ledger().dropped(DropReason.CONTAINED)).isEqualTo(140);
  }

  // ---- the end of an attack ----

  @Test
  void discards_what_is_in_the_ring_when_it_is_removed_and_classifies_as_before() {
    Containment flood = host.steering().contain(syn(web));
    flood(3);

    flood.remove();
    flood(2);

    assertThat(web.received()).hasSize(2);
    assertThat(standby(0).packets()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.CONTAINED)).isEqualTo(3);
    assertThat(host.steering().containments()).isEmpty();
    assertThat(host.pnic("p0").classifier().steering().isEmpty()).isTrue();
    assertThat(flood.isInstalled()).isFalse();
    assertThat(flood.packets()).isEqualTo(3);
    assertThat(flood).hasToString("containment of tcp syn to 198.18.0.1 port 80 (removed)");
  }

  @Test
  void installs_and_removes_once_however_often_it_is_told() {
    Containment flood = host.steering().contain(syn(web));
    assertThat(host.steering().contain(syn(web))).isSameAs(flood);
    assertThat(host.steering().contain(tcp().port(80).to(web).syn())).isSameAs(flood);
    assertThat(host.steering().containments()).containsExactly(flood);

    flood.remove();
    flood.remove();

    assertThat(lab.journal().events(EventKind.CONTAINMENT_INSTALLED)).hasSize(1);
    assertThat(lab.journal().events(EventKind.CONTAINMENT_REMOVED)).hasSize(1);
  }

  @Test
  void refuses_the_same_attack_under_another_policy() {
    host.steering().contain(syn(web));

    assertThatThrownBy(
            () -> host.steering().contain(syn(web), ContainmentPolicy.CONTAIN.withPurge()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "containment of tcp syn to 198.18.0.1 port 80 in [p0/standby0] goes by the policy"
                + " 'contain', not 'contain, purge'; remove it first");
  }

  // ---- several attacks ----

  @Test
  void gives_each_attack_a_ring_of_its_own_and_the_newest_comes_first() {
    use(NicConfig.DEFAULT.withStandbyRings(2));
    host.steering().contain(tcp().syn());
    host.steering().contain(tcp().port(80));

    lab.wire().send(syn(web));
    lab.wire().send(tcp().syn().to(web).port(22));

    assertThat(standby(0).packets()).singleElement().matches(tcp().port(22)::matches);
    assertThat(standby(1).packets()).singleElement().matches(syn(web)::matches);
  }

  @Test
  void lets_attacks_share_a_ring_when_both_say_so() {
    use(NicConfig.DEFAULT.withStandbyRings(2));
    ContainmentPolicy shared = ContainmentPolicy.CONTAIN.withSharedRing();
    Containment first = host.steering().contain(tcp().syn(), shared);
    Containment second = host.steering().contain(udp().port(9), shared);
    lab.wire().send(syn(web));
    lab.wire().send(udp().to(web).port(9));
    assertThat(second.standbyRings()).isEqualTo(first.standbyRings());

    first.remove();

    assertThat(standby(0).packets()).singleElement().matches(udp().port(9)::matches);
    second.remove();
    assertThat(standby(0).packets()).isEmpty();
  }

  @Test
  void drops_in_software_what_has_no_standby_ring_and_says_so() {
    VirtualMachine db = lab.vm("db");
    host.steering().contain(syn(web));
    Containment second = host.steering().contain(udp().to(db).port(9));
    lab.wire().send(udp().to(db).port(9));
    lab.wire().send(udp().to(db).port(10));

    assertThat(second.isDegraded()).isTrue();
    assertThat(second.standbyRings()).isEmpty();
    assertThat(second.packets()).isEqualTo(1);
    assertThat(second).hasToString("containment of udp to 198.18.0.2 port 9 in [p0 in software]");
    assertThat(db.received()).singleElement().matches(udp().port(10)::matches);
    assertThat(lab.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(1);
    assertThat(lab.journal().events(EventKind.CONTAINMENT_DEGRADED)).hasSize(1);
    assertThat(TestLabs.losses(lab)).isEmpty();
  }

  @Test
  void moves_an_attack_from_software_to_the_card_when_a_ring_becomes_free() {
    VirtualMachine db = lab.vm("db");
    Containment first = host.steering().contain(syn(web));
    Containment second = host.steering().contain(udp().to(db).port(9));
    lab.wire().send(udp().to(db).port(9));

    first.remove();
    lab.wire().send(udp().to(db).port(9));
    lab.wire().send(udp().to(db).port(10));

    assertThat(second.isDegraded()).isFalse();
    assertThat(second.packets()).isEqualTo(2);
    assertThat(standby(0).packets()).singleElement().matches(udp().port(9)::matches);
    Packet last = db.received().get(0);
    assertThat(lab.trace(last).hops()).extracting(Hop::stage).doesNotContain(Stage.SOFTWARE_RING);
  }

  @Test
  void contains_in_software_on_a_card_without_standby_rings() {
    use(NicConfig.DEFAULT.withStandbyRings(0));
    Containment flood = host.steering().contain(syn(lab.vm("db")));
    lab.wire().send(syn(lab.vm("db")));

    assertThat(flood.isDegraded()).isTrue();
    assertThat(lab.vm("db").received()).isEmpty();
    flood.remove();
    lab.wire().send(syn(lab.vm("db")));
    assertThat(lab.vm("db").received()).hasSize(1);
    assertThatThrownBy(() -> host.pnic("p0").standbyRing())
        .hasMessage("no standby ring 0 on p0; it has none");
  }

  @Test
  void refuses_a_signature_for_which_the_classifier_has_no_room_and_changes_nothing() {
    use(NicConfig.DEFAULT.withSteeringEntries(1).withStandbyRings(2));
    host.steering().contain(syn(web));

    assertThatThrownBy(() -> host.steering().contain(udp().port(9)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("flow table p0/steering is full: 1 of 1 entries");

    assertThat(host.steering().containments()).hasSize(1);
    lab.wire().send(udp().to(web).port(9));
    assertThat(web.received()).hasSize(1);
  }

  // ---- any function ----

  @Test
  void takes_any_function_for_a_signature() {
    PacketMatcher odd = PacketMatcher.named("odd ports", p -> p.destinationPort() % 2 == 1);
    host.steering().contain(odd);

    lab.wire().send(udp().to(web).port(9));
    lab.wire().send(udp().to(web).port(10));

    assertThat(standby(0).packets()).hasSize(1);
    assertThat(web.received()).hasSize(1);
    assertThat(lab.journal().events(EventKind.CONTAINMENT_INSTALLED))
        .containsExactly(Event.containmentInstalled("odd ports", "p0"));
  }

  @Test
  void lets_packets_pass_whose_headers_cannot_be_read_as_if_there_were_no_signature() {
    host.steering().contain(tcp());
    byte[] whole = syn(web).toPacket().toByteArray();
    byte[] cut = Arrays.copyOf(whole, 14 + 20 + 8);

    lab.wire().send(Packet.of(cut));

    assertThat(Packet.of(cut).hasUnreadableHeader()).isTrue();
    assertThat(host.pnic("p0").virtualFunction(0).account().received()).isEqualTo(1);
    assertThat(standby(0).packets()).isEmpty();
  }

  // ---- the ring itself ----

  @Test
  void keeps_the_host_from_draining_the_ring() {
    assertThatThrownBy(() -> standby(0).poll(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "standby ring p0/standby0 is not drained to the host; look at packets(), or contain"
                + " with ContainmentPolicy.lowPriority");
    assertThatThrownBy(() -> standby(0).connect(null)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> standby(0).setPolled(false))
        .hasMessageContaining("raises no interrupts");
    assertThatThrownBy(() -> standby(0).setInterruptThreshold(1))
        .hasMessageContaining("raises no interrupts");
    standby(0).setPolled(true);
  }

  @Test
  void names_the_standby_rings_there_are() {
    assertThatThrownBy(() -> standby(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no standby ring 1 on p0; it has 0 to 0");
  }

  @Test
  void loses_what_is_in_the_ring_with_the_card() {
    host.steering().contain(syn(web));
    flood(3);

    host.pnic("p0").fail();

    assertThat(standby(0).packets()).isEmpty();
    assertThat(standby(0).account().dropped(DropReason.PNIC_FAILED)).isEqualTo(3);
  }

  @Test
  void makes_nothing_in_a_lab_that_steers_nothing() {
    assertThat(lab.ledger().accounts())
        .extracting(account -> account.stage())
        .doesNotContain(Stage.STANDBY_RING, Stage.SOFTWARE_RING, Stage.QUARANTINE);
  }

  @Test
  void moves_all_attacks_to_the_card_that_share_the_ring_that_becomes_free() {
    Containment first = host.steering().contain(syn(web));
    ContainmentPolicy shared = ContainmentPolicy.CONTAIN.withSharedRing();
    Containment second = host.steering().contain(udp().port(1), shared);
    Containment third = host.steering().contain(udp().port(2), shared);
    assertThat(third.isDegraded()).isTrue();

    first.remove();
    lab.wire().send(udp().to(web).port(2));

    assertThat(second.standbyRings()).containsExactly(standby(0));
    assertThat(third.standbyRings()).containsExactly(standby(0));
    assertThat(standby(0).packets()).hasSize(1);
  }

  @Test
  void purges_nothing_whose_headers_cannot_be_read() {
    byte[] bytes = udp().to(web).port(9).withDefaultSource(lab.wire()).toPacket().toByteArray();
    bytes[14] = 0x41; // an IPv4 header of one word
    web.pause();
    lab.wire().send(Packet.of(bytes));

    host.steering().contain(tcp().negate(), ContainmentPolicy.CONTAIN.withPurge());
    web.resume();

    assertThat(lab.ledger().dropped(DropReason.CONTAINED)).isZero();
    assertThat(lab.ledger().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void contains_what_guests_of_one_card_send_to_all() {
    lab = labs.open(h -> h.pnics(1).virtualFunctions(2).vms("web", "db"));
    Packet toAll =
        ethernet()
            .toMac(MacAddress.BROADCAST)
            .payload("to all")
            .withDefaultSource(lab.vm("web"))
            .toPacket();
    lab.host().steering().contain(ethernet().toMac(MacAddress.BROADCAST));

    lab.vm("web").send(toAll);

    assertThat(lab.vm("db").received()).isEmpty();
    assertThat(lab.host().pnic("p0").standbyRing().size()).isEqualTo(1);
    assertThat(lab.wire().received()).hasSize(1);
  }
}
