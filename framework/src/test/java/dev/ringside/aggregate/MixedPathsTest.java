// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.aggregate.Connections.send;
import static dev.ringside.aggregate.Connections.through;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Connection;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guests that have a function of some NICs and not of others, among themselves and with the wire.
 */
class MixedPathsTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(int pnics, int functions, String... vms) {
    return labs.open(
        host ->
            host.pnics(pnics)
                .virtualFunctions(functions)
                .vms(vms)
                .portSelection(PortSelectionPolicies.roundRobin()));
  }

  @Test
  void a_nic_without_a_free_function_is_not_in_the_list_and_joins_when_one_is_released() {
    Lab lab = lab(2, 1, "web");
    VirtualFunction taken = null;
    lab.host().removeVm("web");
    taken = lab.host().pnic("p1").virtualFunction(0);
    taken.bind("stranger", new Sink(lab));
    VirtualMachine web = lab.host().addVm(VmSpec.named("web2"));

    assertThat(web.aggregator().ports()).containsExactly("p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);
    Connection a = send(web, lab, 1);
    taken.unbind();

    assertThat(web.aggregator().ports()).containsExactly("p0", "p1");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    send(web, lab, 1);
    assertThat(through(web, a)).isEqualTo("p0");
  }

  /** Somebody else's virtual machine. */
  private static final class Sink implements Receiver {
    private final Lab lab;
    private final Account account;

    Sink(Lab lab) {
      this.lab = lab;
      this.account = lab.ledger().open(Stage.STACK, "stranger");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      account.addReceived();
      lab.world().delivered(account, packet);
    }
  }

  @Test
  void packets_for_a_guest_come_by_a_nic_without_a_function_for_it_too() {
    Lab lab = lab(2, 1, "web");
    lab.host().pnic("p1").virtualFunctions();
    VirtualMachine late = lab.host().addVm(VmSpec.named("late")); // web has taken both
    VirtualMachine web = lab.vm("web");
    for (int i = 1; i <= 20; i++) {
      lab.wire().send(Packets.udp().to(late).fromPort(i).port(53));
      web.send(Packets.udp().to(late).fromPort(i).port(54));
      late.send(Packets.udp().to(web).fromPort(i).port(55));
      late.send(Packets.udp().to(lab.wire()).fromPort(i).port(56));
    }

    assertThat(late.aggregator().ports()).isEmpty();
    assertThat(late.received()).hasSize(40);
    assertThat(web.received()).hasSize(20);
    assertThat(lab.wire().received().stream().filter(p -> p.destinationPort() == 56)).hasSize(20);
    assertThat(lab.host().aggregator().hostTraffic().placements())
        .extracting(Placement::through)
        .contains("p0", "p1");
    assertThat(losses(lab)).isEmpty();
  }

  /** Guests a, b, c, in VLAN 100 v and w, and s without direct access; p0 is short of functions. */
  private Lab mixed(int functions) {
    Lab lab = lab(3, functions);
    if (functions > 0) {
      lab.host().pnic("p0").virtualFunction(0).bind("stranger", new Sink(lab));
    }
    for (String name : List.of("a", "b", "c")) {
      lab.host().addVm(VmSpec.named(name));
    }
    lab.host().addVm(VmSpec.named("v").vlan(100));
    lab.host().addVm(VmSpec.named("w").vlan(100));
    lab.host().addVm(VmSpec.named("s").switched());
    return lab;
  }

  private static void release(Lab lab) {
    for (VirtualFunction function : lab.host().pnic("p0").boundFunctions()) {
      if ("stranger".equals(function.owner())) {
        function.unbind();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 8})
  void a_broadcast_reaches_everybody_once_whatever_the_mix_of_paths(int functions) {
    Lab lab = mixed(functions);

    checkBroadcasts(lab, true);
    lab.host().pnic("p1").fail();
    checkBroadcasts(lab, true);
    lab.host().removeVm("a");
    checkBroadcasts(lab, true);
    lab.host().pnic("p1").repair();
    lab.host().pnic("p0").fail();
    checkBroadcasts(lab, true);
    lab.host().pnic("p1").fail();
    checkBroadcasts(lab, true);
    lab.host().pnic("p2").fail();
    checkBroadcasts(lab, false);
    lab.host().pnic("p0").repair();
    release(lab);
    checkBroadcasts(lab, true);
  }

  private static void checkBroadcasts(Lab lab, boolean uplink) {
    for (int i = 0; i < 4; i++) {
      for (VirtualMachine sender : lab.host().vms()) {
        clear(lab);
        sender.send(broadcast(sender.mac(), 0x9000 + i));
        for (VirtualMachine vm : lab.host().vms()) {
          assertThat(broadcasts(vm.received()))
              .as("%s from %s with %s", vm, sender.name(), lab.host().aggregator())
              .isEqualTo(vm == sender || !sees(vm, sender.vlan()) ? 0 : 1);
        }
        assertThat(broadcasts(lab.wire().received())).isEqualTo(uplink ? 1 : 0);
      }
      clear(lab);
      lab.wire().send(broadcast(lab.wire().mac(), 0x9000 + i));
      for (VirtualMachine vm : lab.host().vms()) {
        assertThat(broadcasts(vm.received()))
            .as(vm.toString())
            .isEqualTo(uplink && vm.vlan() == 0 ? 1 : 0);
      }
    }
  }

  /** Ports without a VLAN of their own are transparent. */
  private static boolean sees(VirtualMachine vm, int vlan) {
    return vm.vlan() == 0 || vm.vlan() == vlan;
  }

  private static Packet broadcast(MacAddress from, int type) {
    return Packets.ethernet(type)
        .fromMac(from)
        .toMac(MacAddress.BROADCAST)
        .payload("all")
        .toPacket();
  }

  private static long broadcasts(List<Packet> packets) {
    return packets.stream().filter(packet -> packet.etherType() >= 0x9000).count();
  }

  private static void clear(Lab lab) {
    lab.host().vms().forEach(vm -> vm.inbox().clear());
    lab.wire().inbox().clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 8})
  void every_pair_reaches_each_other_whatever_the_mix_of_paths(int functions) {
    Lab lab = mixed(functions);

    checkPairs(lab);
    lab.host().pnic("p2").fail();
    checkPairs(lab);
    release(lab);
    checkPairs(lab);
    lab.host().pnic("p2").repair();
    checkPairs(lab);
    lab.host().removeVm("a");
    checkPairs(lab);
    assertThat(losses(lab)).isEmpty();
  }

  private static void checkPairs(Lab lab) {
    for (VirtualMachine from : lab.host().vms()) {
      for (VirtualMachine to : lab.host().vms()) {
        if (from == to || from.vlan() != to.vlan()) {
          continue;
        }
        clear(lab);
        for (int i = 1; i <= 4; i++) {
          from.send(Packets.udp().to(to).fromPort(i).port(9));
        }
        assertThat(to.received().stream().filter(p -> p.destinationPort() == 9))
            .as("%s to %s", from, to)
            .hasSize(4);
      }
    }
  }
}
