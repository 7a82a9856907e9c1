// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** web and db have functions of p0, mail is behind the virtual switch. */
class CardSwitchingTest {

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");
  private final VirtualMachine mail = lab.vm("mail");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(1)
        .virtualFunctions(3)
        .vms("web", "db")
        .vm(VmSpec.named("mail").switched());
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private static PacketSpec broadcast() {
    return ethernet().toMac(MacAddress.BROADCAST).payload("to all");
  }

  @Test
  void guests_of_one_card_reach_each_other_without_the_wire() {
    Packet packet = web.send(udp().to(db));

    assertThat(db.received()).hasSize(1);
    assertThat(lab.trace(packet).passed(Stage.WIRE)).isFalse();
    assertThat(lab.cable("p0").account().received()).isZero();
    assertThat(p0.counters().sentPackets()).isZero();
  }

  @Test
  void a_guest_behind_the_virtual_switch_is_reached_on_the_card_too() {
    web.send(udp().to(mail));
    mail.send(udp().to(web));

    assertThat(mail.received()).hasSize(1);
    assertThat(web.received()).hasSize(1);
    assertThat(lab.wire().received()).isEmpty();
  }

  @Test
  void a_broadcast_reaches_everybody_else_once() {
    web.send(broadcast().withDefaultSource(web).toPacket());

    assertThat(db.received()).hasSize(1);
    assertThat(mail.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(1);
    assertThat(web.received()).isEmpty();
  }

  @Test
  void a_broadcast_from_behind_the_virtual_switch_reaches_everybody_else_once() {
    mail.send(broadcast().withDefaultSource(mail).toPacket());

    assertThat(web.received()).hasSize(1);
    assertThat(db.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(1);
    assertThat(mail.received()).isEmpty();
  }

  @Test
  void functions_of_different_vlans_do_not_reach_each_other() {
    p0.virtualFunction(0).setVlan(100);
    p0.virtualFunction(1).setVlan(200);
    web.send(udp().to(db));
    web.send(broadcast().withDefaultSource(web).toPacket());
    assertThat(db.received()).isEmpty();

    p0.virtualFunction(1).setVlan(100);
    web.send(udp().to(db));
    web.send(broadcast().withDefaultSource(web).toPacket());

    assertThat(db.received()).hasSize(2).allMatch(packet -> packet.vlanTagCount() == 0);
  }

  @Test
  void without_a_cable_functions_that_are_forced_up_reach_each_other() {
    lab.cable("p0").unplug();
    p0.virtualFunction(0).setLink(FunctionLink.ENABLED);
    p0.virtualFunction(1).setLink(FunctionLink.ENABLED);

    web.send(udp().to(db));
    db.send(udp().to(web));
    web.send(broadcast().withDefaultSource(web).toPacket());
    web.send(udp().to(lab.wire()));

    assertThat(db.received()).hasSize(2);
    assertThat(web.received()).hasSize(1);
    assertThat(p0.account().dropped(DropReason.LINK_DOWN)).isEqualTo(1); // to the station
    assertThat(lab.wire().received()).isEmpty();
    assertThat(p0.counters().sentPackets()).isZero();
  }

  @Test
  void without_a_cable_a_function_whose_link_is_automatic_sends_nothing() {
    lab.cable("p0").unplug();

    web.send(udp().to(db));

    assertThat(db.received()).isEmpty();
    assertThat(p0.virtualFunction(0).account().dropped(DropReason.LINK_DOWN)).isEqualTo(1);
  }

  @Test
  void a_failed_card_switches_nothing_however_its_functions_are_forced() {
    p0.virtualFunction(0).setLink(FunctionLink.ENABLED);
    p0.fail();

    web.send(udp().to(db));

    assertThat(db.received()).isEmpty();
    assertThat(p0.account().dropped(DropReason.PNIC_FAILED)).isEqualTo(1);
  }

  @Test
  void nothing_is_switched_to_a_disabled_function() {
    p0.virtualFunction(1).setLink(FunctionLink.DISABLED);

    web.send(udp().to(db));
    web.send(broadcast().withDefaultSource(web).toPacket());

    assertThat(db.received()).isEmpty();
    assertThat(p0.virtualFunction(1).account().dropped(DropReason.LINK_DOWN)).isEqualTo(2);
  }

  @Test
  void a_promiscuous_guest_sees_what_its_neighbours_send_and_takes_nothing_away() {
    p0.virtualFunction(1).setTrusted(true);
    p0.virtualFunction(1).requestPromiscuous(true);

    web.send(udp().to(lab.wire()));

    assertThat(lab.wire().received()).hasSize(1);
    assertThat(p0.virtualFunction(1).account().received()).isEqualTo(1);
  }

  @Test
  void what_waits_for_the_link_is_lost_when_a_function_is_no_longer_forced_up() {
    lab.cable("p0").unplug();
    p0.virtualFunction(0).setLink(FunctionLink.ENABLED);
    p0.virtualFunction(0).setRate(0, 1_000);
    for (int i = 0; i < 4; i++) {
      web.send(udp().to(db));
    }
    assertThat(p0.unsent()).isEqualTo(3);

    p0.virtualFunction(0).setLink(FunctionLink.AUTO);

    assertThat(p0.unsent()).isZero();
    assertThat(p0.account().dropped(DropReason.PNIC_FAILED)).isEqualTo(3);
  }

  @Test
  void a_ring_that_is_full_because_the_cable_is_slow_drops_the_newest() {
    lab.cable("p0").toNetwork().setBandwidth(1_000);
    for (int i = 0; i < 520; i++) {
      web.send(udp().to(lab.wire()).port(1 + i));
    }

    assertThat(p0.unsent()).isEqualTo(512);
    assertThat(p0.account().dropped(DropReason.RING_FULL)).isEqualTo(7);
    TransmitRing ring = p0.virtualFunction(0).transmitRing();
    assertThat(ring.droppedFull()).isEqualTo(7);
    assertThat(ring.size()).isEqualTo(512);
    assertThat(ring.taken()).isEqualTo(513);
    assertThat(ring).hasToString("ring p0/vf0/tx has 512 of 512 slots in use");
    lab.cable("p0").toNetwork().setBandwidth(0);
    lab.advance(Duration.ofSeconds(10));
    assertThat(lab.wire().received()).hasSize(513);
    assertThat(lab.wire().lastReceived()).matches(udp().port(513)::matches);
  }
}
