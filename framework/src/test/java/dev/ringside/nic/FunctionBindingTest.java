// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.ethernet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A function that is handed over with the addresses and the VLAN of its guest. */
class FunctionBindingTest {

  private static final Endpoint GUEST =
      Endpoint.of("agent", "02:00:00:00:00:0a", "198.18.0.77", "2001:db8::12:3456");

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final VirtualFunction vf = p0.virtualFunction(0);
  private final Taking agent = new Taking();

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(2);
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private List<Packet> received(MacAddress to, int vlan) {
    agent.taken.clear();
    var frame = ethernet().toMac(to).payload("frame");
    lab.wire().send((vlan == 0 ? frame : frame.vlan(vlan)).toPacket());
    return agent.taken;
  }

  @Test
  void it_takes_what_is_for_the_guest_and_for_the_groups_of_an_ipv6_station() {
    vf.bind(GUEST, 0, agent);

    assertThat(vf.owner()).isEqualTo("agent");
    assertThat(vf.mac()).isEqualTo(GUEST.mac());
    for (String mine :
        List.of(
            "02:00:00:00:00:0a",
            "33:33:00:00:00:01", // all nodes
            "33:33:ff:12:34:56", // the solicited node of its address
            "33:33:ff:00:00:0a", // and of its link-local one
            "ff:ff:ff:ff:ff:ff")) {
      assertThat(received(MacAddress.of(mine), 0)).as(mine).hasSize(1);
    }
    assertThat(received(MacAddress.of("33:33:ff:00:00:0b"), 0)).isEmpty();
    assertThat(received(MacAddress.of("02:00:00:00:00:0b"), 0)).isEmpty();
  }

  @Test
  void it_is_in_the_vlan_of_the_guest() {
    vf.bind(GUEST, 100, agent);

    assertThat(vf.vlan()).isEqualTo(100);
    assertThat(received(GUEST.mac(), 0)).isEmpty();
    assertThat(received(GUEST.mac(), 200)).isEmpty();
    assertThat(received(GUEST.mac(), 100))
        .singleElement()
        .satisfies(packet -> assertThat(packet.vlanId()).isEqualTo(Packet.NONE));
    assertThat(lab.journal().toText())
        .contains("function mapped agent, p0 (p0/vf0, vlan 100)")
        .doesNotContain("configured");
  }

  @Test
  void the_guest_cannot_change_the_address_that_the_host_gave_it() {
    vf.bind(GUEST, 0, agent);

    assertThat(vf.requestMac(MacAddress.of("02:00:00:00:00:0b"))).isFalse();
    assertThat(vf.mac()).isEqualTo(GUEST.mac());
  }

  @Test
  void what_cannot_be_bound_is_left_as_it_was() {
    assertThatThrownBy(() -> vf.bind(GUEST, 4_096, agent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VLAN 4096 of p0/vf0 is not in 0 to 4095");
    assertThat(vf.owner()).isNull();
    assertThat(vf.mac().bits()).isZero();

    vf.bind("someone", agent);
    assertThatThrownBy(() -> vf.bind(GUEST, 0, agent))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("p0/vf0 is bound to 'someone'; unbind it before 'agent' can have it");
    assertThat(vf.mac().bits()).isZero();
  }

  /** Takes packets, and answers for them. */
  private final class Taking implements Receiver {
    private final Account account = lab.ledger().open(Stage.STACK, "agent");
    private final List<Packet> taken = new ArrayList<>();

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      account.addReceived();
      lab.world().delivered(account, packet);
      taken.add(packet);
    }
  }
}
