// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The virtual switch with guests behind it. */
class VirtualSwitchTest {

  private static final int ETHERTYPE = 0x88b5; // for experiments (IEEE 802)

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab switched(String... vms) {
    return labs.open(
        host -> {
          host.pnics(2).virtualFunctions(0);
          return host.vms(vms);
        });
  }

  private static Packet frame(MacAddress from, String to) {
    return Packets.ethernet(ETHERTYPE).fromMac(from).toMac(to).payload("frame").toPacket();
  }

  @Test
  void guests_of_one_host_reach_each_other_without_the_network() {
    Lab lab = switched("a", "b", "c");

    Packet sent = lab.vm("a").send(number(7, lab.vm("b")));

    assertThat(numbers(lab.vm("b").received())).containsExactly(7);
    assertThat(lab.vm("c").received()).isEmpty();
    assertThat(lab.trace(sent).passed(Stage.PNIC)).isFalse();
    assertThat(lab.wire().received()).isEmpty();
  }

  @Test
  void a_frame_for_an_unknown_station_goes_out_and_to_no_guest() {
    Lab lab = switched("a", "b");

    lab.vm("a").send(frame(lab.vm("a").mac(), "02:00:00:00:99:99"));

    assertThat(lab.wire().received()).hasSize(1);
    assertThat(lab.vm("b").received()).isEmpty();
    assertThat(lab.host().vnic("b").account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_frame_from_the_network_for_an_unknown_station_reaches_no_guest() {
    Lab lab = switched("a", "b");
    lab.host().pnic("p0").filter().setPromiscuous(true);

    lab.wire().send(frame(lab.wire().mac(), "02:00:00:00:99:99"));

    assertThat(lab.vm("a").received()).isEmpty();
    assertThat(lab.vm("b").received()).isEmpty();
    assertThat(lab.wire().received()).isEmpty();
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void guests_of_different_vlans_are_kept_apart() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vm(VmSpec.named("a1").vlan(100))
                    .vm(VmSpec.named("a2").vlan(100))
                    .vm(VmSpec.named("b1").vlan(200).switched())
                    .vm(VmSpec.named("a3").vlan(100)));

    lab.vm("a2").send(frame(lab.vm("a2").mac(), "ff:ff:ff:ff:ff:ff"));
    lab.vm("a2").send(frame(lab.vm("a2").mac(), lab.vm("b1").mac().toString()));
    lab.vm("b1").send(frame(lab.vm("b1").mac(), lab.vm("a1").mac().toString()));

    assertThat(lab.vm("a1").received()).hasSize(1); // it has the function
    assertThat(lab.vm("a3").received()).hasSize(1); // it is switched
    assertThat(lab.vm("a1").received().get(0).vlanTagCount()).isZero();
    assertThat(lab.vm("a3").received().get(0).vlanTagCount()).isZero();
    assertThat(lab.vm("b1").received()).isEmpty();
    assertThat(lab.wire().received()).extracting(Packet::vlanId).containsExactly(100, 100, 200);
  }

  @Test
  void guests_of_one_vlan_reach_each_other_on_any_path_before_and_after_a_failover() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vm(VmSpec.named("direct").vlan(100))
                    .vm(VmSpec.named("switched").vlan(100)));
    VirtualMachine direct = lab.vm("direct");
    VirtualMachine switched = lab.vm("switched");
    for (String nic : new String[] {"p0", "p1"}) {
      assertThat(direct.directAccessThrough()).isEqualTo(nic);
      assertThat(switched.directAccessThrough()).isNull();
      direct.inbox().clear();
      switched.inbox().clear();

      direct.ping(switched);
      switched.ping(direct);
      switched.send(number(1, lab.wire()));
      lab.wire().send(Packets.udp().to(direct).vlan(100).port(2).payload("n"));
      lab.wire().send(Packets.udp().to(switched).vlan(100).port(3).payload("n"));
      lab.wire().send(Packets.udp().to(direct).vlan(200).port(4).payload("n"));
      lab.wire().send(Packets.udp().to(switched).port(5).payload("n"));

      assertThat(direct.received()).hasSize(3);
      assertThat(switched.received()).hasSize(3);
      assertThat(numbers(direct.received())).containsExactly(2);
      assertThat(numbers(switched.received())).containsExactly(3);
      lab.host().pnic(nic).fail();
    }
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_guest_in_a_vlan_keeps_its_function_in_it_after_a_failover() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vm(VmSpec.named("a").vlan(100)));

    lab.host().pnic("p0").fail();

    assertThat(lab.host().pnic("p1").virtualFunction(0).vlan()).isEqualTo(100);
    assertThat(lab.host().pnic("p1").virtualFunction(0).mac()).isEqualTo(lab.vm("a").mac());
    assertThat(lab.host().pnic("p0").virtualFunction(0).vlan()).isZero();
    assertThat(lab.host().pnic("p0").virtualFunction(0).owner()).isNull();
  }

  @Test
  void nothing_reaches_a_guest_that_was_removed() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("a", "b", "c"));
    VirtualMachine a = lab.vm("a");
    VirtualMachine b = lab.vm("b");
    lab.host().removeVm("a"); // had the function, which b gets
    lab.host().removeVm("b");

    lab.wire().send(number(1, a));
    lab.wire().send(number(2, b));
    lab.vm("c").send(number(3, a));
    lab.vm("c").send(number(4, b));
    lab.vm("c").send(frame(lab.vm("c").mac(), "ff:ff:ff:ff:ff:ff"));

    assertThat(a.received()).isEmpty();
    assertThat(b.received()).isEmpty();
    assertThat(lab.host().virtualSwitch().ports()).hasSize(2);
    assertThat(lab.host().virtualSwitch().portOf(a.mac(), 1)).isNull();
  }

  @Test
  void a_guest_that_was_removed_sends_nothing() {
    Lab lab = labs.open();
    VirtualMachine gone = lab.vm("vm1");
    lab.host().removeVm("vm1");

    Packet sent = gone.send(number(1, lab.wire()));

    assertThat(lab.trace(sent).last())
        .hasToString("#1    VNIC              vm1/vnic0       DROPPED LINK_DOWN: vm1/vnic0 (DOWN)");
    assertThat(lab.wire().received()).isEmpty();
    assertThat(lab.host().pnic("p0").virtualFunction(0).owner()).isNull();
  }

  @Test
  void what_waits_for_a_guest_that_is_removed_has_lost_its_target() {
    Lab lab = switched("a");
    VirtualMachine a = lab.vm("a");
    a.pause();
    for (int i = 1; i <= 100; i++) {
      lab.wire().send(number(i, a));
    }
    assertThat(lab.ledger().live()).isEqualTo(100);

    lab.host().removeVm("a");

    assertThat(lab.ledger().live()).isZero();
    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(100);
    a.resume();
    assertThat(a.received()).isEmpty();
  }

  @Test
  void a_guest_that_was_removed_may_come_again() {
    Lab lab = labs.open();
    MacAddress former = lab.vm("vm1").mac();
    lab.host().removeVm("vm1");

    VirtualMachine again = lab.host().addVm(VmSpec.named("vm1").mac(former.toString()));

    lab.wire().send(number(1, again));
    assertThat(numbers(again.received())).containsExactly(1);
    assertThat(again.directAccessThrough()).isEqualTo("p0");
  }

  @Test
  void stations_outside_are_forgotten_after_a_while_and_guests_are_still_reached() {
    Lab lab = switched("a", "b");
    lab.vm("a").ping(lab.wire());
    assertThat(lab.host().virtualSwitch().portOf(lab.wire().mac(), 1)).isNotNull();

    lab.advance(Duration.ofMinutes(10));

    assertThat(lab.host().virtualSwitch().portOf(lab.wire().mac(), 1)).isNull();
    lab.vm("a").send(number(1, lab.vm("b")));
    assertThat(numbers(lab.vm("b").received())).containsExactly(1);
  }
}
