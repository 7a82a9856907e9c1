// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.VlanTag;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What p0/vf0, behind which web is, is told acts on packets; p0/vf2 is free. */
class VirtualFunctionTest {

  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:77");
  private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:09");

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final VirtualFunction vf = p0.virtualFunction(0);
  private final VirtualFunction free = p0.virtualFunction(2);
  private final VirtualMachine web = lab.vm("web");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(3).vms("web", "db");
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  /** The frames that reach the guest when the station sends such a packet. */
  private List<Packet> received(PacketSpec spec) {
    web.inbox().clear();
    lab.wire().send(spec.withDefaultSource(lab.wire()).toPacket());
    return web.received();
  }

  /** The frames that reach the station when the guest sends such a packet. */
  private List<Packet> sent(PacketSpec spec) {
    lab.wire().inbox().clear();
    web.send(spec.withDefaultSource(web).toPacket());
    return lab.wire().received();
  }

  private static PacketSpec frameTo(MacAddress mac) {
    return ethernet().toMac(mac).payload("frame");
  }

  // ---- address ----

  @Test
  void gets_what_is_for_its_address() {
    assertThat(received(frameTo(web.mac()))).hasSize(1);
    assertThat(received(frameTo(OTHER))).isEmpty();
    assertThat(p0.account().dropped(DropReason.NO_MATCH)).isEqualTo(1);

    vf.setMac(OTHER);

    assertThat(vf.mac()).isEqualTo(OTHER);
    assertThat(received(frameTo(OTHER))).hasSize(1);
    assertThat(received(frameTo(web.mac()))).isEmpty();
  }

  @Test
  void the_guest_may_not_change_the_address_that_the_host_has_set_without_trust() {
    assertThat(vf.requestMac(OTHER)).isFalse();
    assertThat(vf.refusedRequests()).isEqualTo(1);
    assertThat(received(frameTo(OTHER))).isEmpty();

    vf.setTrusted(true);
    assertThat(vf.requestMac(OTHER)).isTrue();
    assertThat(received(frameTo(OTHER))).hasSize(1);
    assertThat(vf.refusedRequests()).isEqualTo(1);
  }

  @Test
  void the_guest_may_choose_an_address_where_the_host_has_set_none() {
    vf.setMac(MacAddress.ZERO);

    assertThat(vf.requestMac(OTHER)).isTrue();
    assertThat(vf.requestMac(GROUP)).isFalse();
    assertThat(vf.requestMac(MacAddress.ZERO)).isFalse();
    assertThat(vf.mac()).isEqualTo(OTHER);
  }

  @Test
  void an_address_that_is_not_of_one_station_is_refused() {
    assertThatThrownBy(() -> vf.setMac(GROUP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MAC address 01:00:5e:00:00:09 of p0/vf0 is a multicast address; a function needs an"
                + " address of one station");
    assertThatThrownBy(() -> vf.setMac(MacAddress.BROADCAST))
        .hasMessageStartingWith("MAC address ff:ff:ff:ff:ff:ff of p0/vf0 is a multicast address");
  }

  // ---- VLAN ----

  @Test
  void in_a_vlan_it_sends_tagged_and_gets_only_its_own_untagged() {
    vf.setVlan(100, 5);

    assertThat(sent(udp().to(lab.wire())).get(0).vlanTags())
        .containsExactly(new VlanTag(VlanTag.CUSTOMER_TAG, 5, false, 100));
    assertThat(received(udp().to(web).vlan(100)).get(0).vlanTagCount()).isZero();
    assertThat(received(udp().to(web).vlan(200))).isEmpty();
    assertThat(received(udp().to(web))).isEmpty();
    assertThat(p0.account().dropped(DropReason.VLAN_FILTERED)).isEqualTo(2);
    assertThat(vf.vlan()).isEqualTo(100);
    assertThat(vf.priority()).isEqualTo(5);

    vf.setVlan(0);
    assertThat(received(udp().to(web))).hasSize(1);
    assertThat(sent(udp().to(lab.wire())).get(0).vlanTagCount()).isZero();
  }

  @Test
  void in_a_vlan_the_guest_may_not_tag_by_itself() {
    vf.setVlan(100);

    assertThat(sent(udp().to(lab.wire()).vlan(200))).isEmpty();
    assertThat(vf.account().dropped(DropReason.VLAN_FILTERED)).isEqualTo(1);
  }

  @Test
  void in_a_vlan_a_tag_of_the_guest_that_carries_only_a_priority_makes_way() {
    vf.setVlan(100, 2);

    assertThat(sent(udp().to(lab.wire()).vlan(0, 7)).get(0).vlanTags())
        .containsExactly(new VlanTag(VlanTag.CUSTOMER_TAG, 2, false, 100));
  }

  @Test
  void without_a_vlan_tags_pass() {
    assertThat(sent(udp().to(lab.wire()).vlan(200)).get(0).vlanId()).isEqualTo(200);
    assertThat(received(udp().to(web).vlan(300).vlan(5)).get(0).vlanTagCount()).isEqualTo(2);
  }

  @Test
  void what_waits_in_a_ring_when_the_vlan_changes_does_not_get_into_the_other_vlan() {
    vf.setVlan(100);
    vf.receiveRing(0).setPolled(true);
    lab.wire().send(udp().to(web).vlan(100));

    vf.setVlan(200);
    vf.receiveRing(0).setPolled(false);

    assertThat(web.received()).isEmpty();
    assertThat(vf.account().dropped(DropReason.VLAN_FILTERED)).isEqualTo(1);
  }

  @Test
  void vlans_and_priorities_out_of_range_are_refused() {
    assertThatThrownBy(() -> vf.setVlan(4_096))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VLAN 4096 of p0/vf0 is not in 0 to 4095");
    assertThatThrownBy(() -> vf.setVlan(-1)).hasMessage("VLAN -1 of p0/vf0 is not in 0 to 4095");
    assertThatThrownBy(() -> vf.setVlan(1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VLAN priority 8 of p0/vf0 is not in 0 to 7");
    assertThatThrownBy(() -> vf.setVlan(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VLAN priority 3 of p0/vf0 needs a VLAN of 1 to 4095");
  }

  // ---- spoof check ----

  @Test
  void the_guest_sends_from_its_own_address_only_unless_the_check_is_off() {
    assertThat(vf.hasSpoofCheck()).isTrue();
    assertThat(sent(udp().to(lab.wire()).fromMac(OTHER))).isEmpty();
    assertThat(vf.account().dropped(DropReason.SPOOFED)).isEqualTo(1);

    vf.setSpoofCheck(false);

    assertThat(sent(udp().to(lab.wire()).fromMac(OTHER))).hasSize(1);
    assertThat(vf.account().dropped(DropReason.SPOOFED)).isEqualTo(1);
  }

  // ---- trust ----

  @Test
  void a_promiscuous_guest_gets_what_is_for_no_one_else() {
    assertThat(vf.requestPromiscuous(true)).isFalse();
    assertThat(received(frameTo(OTHER))).isEmpty();

    vf.setTrusted(true);
    assertThat(vf.requestPromiscuous(true)).isTrue();
    assertThat(received(frameTo(OTHER))).hasSize(1);
    assertThat(received(frameTo(lab.vm("db").mac()))).isEmpty();
    assertThat(received(frameTo(GROUP))).hasSize(1);

    assertThat(vf.requestPromiscuous(false)).isTrue();
    assertThat(received(frameTo(OTHER))).isEmpty();
    assertThat(vf.refusedRequests()).isEqualTo(1);
  }

  @Test
  void several_promiscuous_ones_get_a_copy_each() {
    vf.setTrusted(true);
    vf.requestPromiscuous(true);
    p0.filter().setPromiscuous(true);
    p0.virtualFunction(1).setTrusted(true);
    p0.virtualFunction(1).requestPromiscuous(true);
    long hostBefore = p0.receiveRing(0).received();

    assertThat(received(frameTo(OTHER))).hasSize(1);

    assertThat(lab.vm("db").received()).hasSize(1);
    assertThat(p0.receiveRing(0).received()).isEqualTo(hostBefore + 1);
  }

  @Test
  void a_promiscuous_host_keeps_nothing_from_the_wire() {
    p0.filter().setPromiscuous(true);

    assertThat(sent(frameTo(OTHER))).hasSize(1);
    assertThat(p0.receiveRing(0).received()).isEqualTo(1);
  }

  @Test
  void the_guest_gets_all_groups_only_with_trust() {
    assertThat(vf.requestAllMulticast(true)).isFalse();
    assertThat(received(frameTo(GROUP))).isEmpty();

    vf.setTrusted(true);
    assertThat(vf.requestAllMulticast(true)).isTrue();
    assertThat(received(frameTo(GROUP))).hasSize(1);

    vf.setTrusted(false);
    assertThat(received(frameTo(GROUP))).isEmpty();
    assertThat(received(frameTo(MacAddress.BROADCAST))).hasSize(1);
  }

  @Test
  void the_guest_gets_the_groups_that_it_listens_to() {
    assertThat(vf.joinGroup(GROUP)).isTrue();
    assertThat(received(frameTo(GROUP))).hasSize(1);
    assertThat(vf.joinGroup(OTHER)).isFalse();

    vf.leaveGroup(GROUP);
    assertThat(received(frameTo(GROUP))).isEmpty();
  }

  @Test
  void without_trust_the_guest_listens_to_thirty_groups() {
    for (int i = 0; i < VirtualFunction.MAX_UNTRUSTED_GROUPS; i++) {
      assertThat(free.joinGroup(group(i))).isTrue();
    }
    assertThat(free.joinGroup(group(30))).isFalse();
    assertThat(free.joinGroup(group(29))).isTrue();
    assertThat(free.refusedRequests()).isEqualTo(1);

    free.setTrusted(true);
    assertThat(free.joinGroup(group(30))).isTrue();

    free.setTrusted(false);
    free.leaveGroup(group(29));
    assertThat(free.joinGroup(group(30))).isTrue();
    assertThat(free.joinGroup(group(31))).isFalse();
  }

  private static MacAddress group(int number) {
    return new MacAddress(GROUP.bits() + 16 + number);
  }

  // ---- link ----

  @Test
  void with_its_link_disabled_nothing_passes() {
    vf.setLink(FunctionLink.DISABLED);

    assertThat(vf.isLinkUp()).isFalse();
    assertThat(vf.link()).isEqualTo(FunctionLink.DISABLED);
    assertThat(received(udp().to(web))).isEmpty();
    assertThat(sent(udp().to(lab.wire()))).isEmpty();
    assertThat(vf.account().dropped(DropReason.LINK_DOWN)).isEqualTo(2);

    vf.setLink(FunctionLink.AUTO);
    assertThat(received(udp().to(web))).hasSize(1);
  }

  @Test
  void a_disabled_function_sends_nothing_on_an_aggregated_host_either() {
    try (Lab aggregated = Lab.open()) {
      VirtualFunction first = aggregated.host().pnic("p0").virtualFunction(0);
      first.setLink(FunctionLink.DISABLED);

      aggregated.vm("vm1").send(udp().to(aggregated.wire()));

      assertThat(aggregated.wire().received()).isEmpty();
      assertThat(first.account().dropped(DropReason.LINK_DOWN)).isEqualTo(1);
    }
  }

  @Test
  void an_automatic_link_is_that_of_the_card() {
    assertThat(vf.isLinkUp()).isTrue();
    lab.cable("p0").unplug();
    assertThat(vf.isLinkUp()).isFalse();

    web.send(udp().to(lab.wire()));

    assertThat(vf.account().dropped(DropReason.LINK_DOWN)).isEqualTo(1);
    vf.setLink(FunctionLink.ENABLED);
    assertThat(vf.isLinkUp()).isTrue();
  }

  // ---- binding ----

  @Test
  void belongs_to_one_guest_at_a_time() {
    assertThat(vf.owner()).isEqualTo("web");
    assertThatThrownBy(() -> p0.virtualFunction(1).bind("mail", web.receiver()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("p0/vf1 is bound to 'db'; unbind it before 'mail' can have it");
    assertThat(p0.freeFunction()).isSameAs(free);
  }

  @Test
  void has_its_defaults_again_when_it_is_unbound() {
    vf.setVlan(100, 3);
    vf.setTrusted(true);
    vf.setSpoofCheck(false);
    vf.setRate(1_000, 2_000);
    vf.setLink(FunctionLink.ENABLED);
    vf.requestPromiscuous(true);
    assertThat(vf)
        .hasToString(
            "p0/vf0: MAC 02:52:53:01:00:01, vlan 100, priority 3, spoof checking off, link ENABLED,"
                + " trust on, rate 1000 to 2000 bit/s, bound to web");

    vf.unbind();
    vf.unbind();

    assertThat(vf)
        .hasToString(
            "p0/vf0: MAC 00:00:00:00:00:00, spoof checking on, link AUTO, trust off, free");
    assertThat(vf.leastRate()).isZero();
    assertThat(vf.mostRate()).isZero();
    assertThat(lab.journal().events(EventKind.FUNCTION_UNMAPPED))
        .containsExactly(Event.functionUnmapped("web", "p0"));
  }

  @Test
  void what_waits_for_a_guest_that_leaves_is_lost_with_it() {
    vf.receiveRing(0).setPolled(true);
    lab.wire().send(udp().to(web), 3);

    vf.unbind();

    assertThat(p0.account().dropped(DropReason.TARGET_GONE)).isEqualTo(3);
  }

  @Test
  void what_the_guest_has_sent_before_it_left_is_still_sent() {
    vf.setRate(0, 1_000);
    for (int i = 0; i < 3; i++) {
      web.send(udp().to(lab.wire()));
    }
    assertThat(p0.unsent()).isEqualTo(2);

    vf.unbind();

    assertThat(p0.unsent()).isZero();
    assertThat(lab.wire().received()).hasSize(3);
  }

  @Test
  void a_free_function_takes_nothing_and_costs_no_copy() {
    free.setMac(OTHER);
    long cloned = p0.account().cloned();

    lab.wire().send(frameTo(OTHER).toPacket());
    lab.wire().send(frameTo(MacAddress.BROADCAST).toPacket());

    assertThat(p0.account().dropped(DropReason.NO_TARGET)).isEqualTo(1);
    assertThat(p0.account().cloned() - cloned).isEqualTo(2); // web, db and the host
    assertThat(free.account().received()).isZero();
  }

  @Test
  void counts_what_the_guest_gets_and_sends() {
    vf.setVlan(100);
    received(udp().to(web).vlan(100).payloadSize(58));
    received(frameTo(MacAddress.BROADCAST));
    sent(udp().to(lab.wire()).payloadSize(58));
    sent(udp().to(lab.wire()).fromMac(OTHER));

    assertThat(vf.counters()).isEqualTo(new PortCounters(1, 100, 1, 100, 0, 0, 0));
    assertThat(vf.receiveRing(0).received()).isEqualTo(1);
  }

  // ---- how many ----

  @Test
  void functions_that_are_not_enabled_cannot_be_had() {
    assertThatThrownBy(() -> p0.virtualFunction(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no virtual function 3 on p0; it has 0 to 2");
    assertThatThrownBy(() -> p0.virtualFunction(-1))
        .hasMessage("no virtual function -1 on p0; it has 0 to 2");
    vf.unbind();
    p0.virtualFunction(1).unbind();
    p0.setVirtualFunctions(0);
    assertThatThrownBy(() -> p0.virtualFunction(0))
        .hasMessage("no virtual function 0 on p0: none is enabled; call setVirtualFunctions first");
    assertThatThrownBy(() -> vf.bind("web", web.receiver()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "p0/vf0 is not enabled, so 'web' cannot have it; call setVirtualFunctions with more"
                + " than 0");
  }

  @Test
  void a_card_has_no_more_functions_than_it_can() {
    vf.unbind();
    p0.virtualFunction(1).unbind();
    assertThatThrownBy(() -> p0.setVirtualFunctions(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "number of virtual functions 65 is not in 0 to 64, which is all that the card can"
                + " have");
    assertThatThrownBy(() -> p0.setVirtualFunctions(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(p0.virtualFunctions()).hasSize(3);
    p0.setVirtualFunctions(64);
    assertThat(p0.virtualFunctions()).hasSize(64);
    assertThat(p0.config().virtualFunctions()).isEqualTo(64);
  }

  @Test
  void the_number_does_not_change_while_a_function_is_bound() {
    assertThatThrownBy(() -> p0.setVirtualFunctions(8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot change the number of virtual functions of p0 from 3 to 8 while some are bound:"
                + " [p0/vf0 to web, p0/vf1 to db]; unbind them first");
    p0.setVirtualFunctions(3);
    assertThat(p0.virtualFunctions()).hasSize(3);
    assertThat(received(udp().to(web))).hasSize(1);
  }

  @Test
  void functions_that_come_and_go_leave_nothing_behind() {
    received(udp().to(web));
    vf.unbind();
    p0.virtualFunction(1).unbind();
    p0.setVirtualFunctions(8);
    int accounts = lab.ledger().accounts().size();

    for (int i = 0; i < 1_000; i++) {
      p0.setVirtualFunctions(i % 9);
    }
    p0.setVirtualFunctions(4);

    assertThat(lab.ledger().accounts()).hasSize(accounts);
    assertThat(p0.virtualFunction(0)).isSameAs(vf);
    assertThat(vf.account().received()).isEqualTo(1);
    assertThat(p0.virtualFunctions()).hasSize(4);
  }

  @Test
  void a_function_that_is_enabled_again_has_the_settings_of_a_new_one() {
    free.setVlan(100);
    free.setTrusted(true);
    vf.unbind();
    p0.virtualFunction(1).unbind();

    p0.setVirtualFunctions(0);
    p0.setVirtualFunctions(3);

    assertThat(p0.virtualFunction(2).vlan()).isZero();
    assertThat(p0.virtualFunction(2).isTrusted()).isFalse();
  }
}
