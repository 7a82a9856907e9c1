// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.VnicPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void without_a_word_there_is_one_host_with_two_nics_and_two_guests() {
    Lab lab = labs.open();

    assertThat(lab.host())
        .hasToString(
            "host h1: PNICs [p0 (up), p1 (up, inactive)], VMs"
                + " [vm1 (02:52:53:01:00:01, 198.18.0.1, 2001:db8:52::1),"
                + " vm2 (02:52:53:01:00:02, 198.18.0.2, 2001:db8:52::2)]");
    assertThat(lab.host().hasAggregator()).isTrue();
    assertThat(lab.host().ipv4()).isEqualTo(Ipv4Address.of("198.19.0.1"));
    assertThat(lab.host().pnic("p0").mac()).isEqualTo(MacAddress.of("02:52:53:02:00:01"));
  }

  @Test
  void with_one_nic_there_is_no_aggregation_unless_it_is_asked_for() {
    Lab alone = labs.open(host -> host.pnics(1).virtualFunctions(1).vms("a"));
    Lab aggregated =
        labs.open(host -> host.pnics(1).aggregation(Aggregation.ACTIVE_STANDBY).vms("a"));

    assertThat(alone.host().hasAggregator()).isFalse();
    assertThatThrownBy(() -> alone.host().aggregator())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("host h1 has no aggregator; build it with aggregation(ACTIVE_STANDBY)");
    assertThat(aggregated.host().aggregator().activeName()).isEqualTo("p0");
  }

  @Test
  void without_aggregation_nothing_follows_a_failure() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2).virtualFunctions(1).aggregation(Aggregation.NONE).vms("a", "b", "c"));
    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p0");
    assertThat(lab.vm("b").directAccessThrough()).isEqualTo("p1");
    assertThat(lab.host().vnic("c").path()).isEqualTo(VnicPath.SWITCHED);
    lab.vm("c").ping(lab.wire());
    lab.vm("b").ping(lab.wire());

    lab.host().pnic("p0").fail();

    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p0");
    lab.vm("a").send(number(1, lab.wire()));
    lab.vm("b").send(number(2, lab.wire()));
    assertThat(numbers(lab.wire().received())).containsExactly(2);
    assertThat(lab.vm("c").received()).hasSize(1);
    lab.host().pnic("p0").repair();
    lab.vm("a").send(number(3, lab.wire()));
    assertThat(numbers(lab.wire().received())).containsExactly(2, 3);
  }

  @Test
  void a_failed_nic_without_aggregation_does_not_keep_a_guest_from_its_function() {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(1).vm(VmSpec.named("s").switched()));
    lab.cable("p0").toNetwork().setBandwidth(1_000_000);
    for (int i = 0; i < 10; i++) {
      lab.vm("s").send(number(1, lab.wire()));
    }
    var late = lab.host().addVm(VmSpec.named("late")); // waits for the ring of the host
    late.send(number(2, lab.wire()));
    assertThat(lab.host().vnic("late").path()).isEqualTo(VnicPath.SWITCHED);

    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").repair();
    lab.advance(Duration.ofSeconds(1));

    assertThat(lab.host().vnic("late").path()).isEqualTo(VnicPath.DIRECT);
    assertThat(lab.host().vnic("late").live()).isZero();
  }

  @Test
  void what_a_host_lacks_it_names_with_what_it_has() {
    Lab lab = labs.open();
    Host host = lab.host();

    assertThatThrownBy(() -> host.pnic("p7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
    assertThatThrownBy(() -> host.cable("p7"))
        .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
    assertThatThrownBy(() -> host.vm("db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no VM named 'db' on host h1; it has [vm1, vm2]");
    assertThatThrownBy(() -> host.vnic("db")).hasMessageContaining("it has [vm1, vm2]");
    assertThatThrownBy(() -> host.removeVm("db")).hasMessageContaining("it has [vm1, vm2]");
    assertThatThrownBy(() -> host.addVm(VmSpec.named("vm1")))
        .hasMessage("host h1 already has a VM named 'vm1'");
  }

  @Test
  void guests_and_nics_come_and_go_and_the_journal_tells() {
    Lab lab = labs.open();

    lab.host().addVm(VmSpec.named("late").ipv4("192.0.2.7").ipv6("2001:db8::7"));
    lab.host().addPnic();
    lab.host().removeVm("vm1");

    assertThat(lab.vm("late").directAccessThrough()).isEqualTo("p0");
    assertThat(lab.vm("late").ipv4()).isEqualTo(Ipv4Address.of("192.0.2.7"));
    assertThat(lab.cable("p2").isUp()).isTrue();
    assertThat(lab.journal().events())
        .contains(
            Event.of(EventKind.CREATED, "vm late"),
            Event.of(EventKind.CREATED, "pnic p2"),
            Event.of(EventKind.REMOVED, "vm vm1"));
  }

  @Test
  void a_host_has_no_more_nics_than_it_can_have() {
    Lab lab = labs.open(host -> host.pnics(HostBuilder.MAX_PNICS));

    assertThatThrownBy(() -> lab.host().addPnic())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("host h1 has 64 PNICs, which is all that it can have");
  }

  @Test
  void hosts_reach_each_other_and_fail_over_for_themselves() {
    LabBuilder builder = Lab.builder();
    assertThat(builder.host("h1").pnics(2).virtualFunctions(1).vms("a")).isNotNull();
    assertThat(builder.host("h2").pnics(2).virtualFunctions(1).vms("b")).isNotNull();
    Lab lab = labs.open(builder);
    lab.vm("a").ping(lab.vm("b"));

    lab.host("h1").pnic("p0").fail();
    lab.vm("b").ping(lab.vm("a"));

    assertThat(lab.vm("a").received()).hasSize(2);
    assertThat(lab.vm("b").received()).hasSize(2);
    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p1");
    assertThat(lab.vm("b").directAccessThrough()).isEqualTo("p0");
    assertThat(lab.host("h1").vnic("a").through()).isEqualTo("h1/p1/vf0");
  }

  @Test
  void mistakes_in_what_a_host_shall_have_are_refused() {
    HostBuilder host = new HostBuilder("h1");

    assertThatThrownBy(() -> new HostBuilder(" ")).hasMessage("a host needs a name, such as 'h1'");
    assertThatThrownBy(() -> host.pnics(0))
        .hasMessage("number of PNICs 0 of host h1 is not in 1 to 64");
    assertThatThrownBy(() -> host.pnics(65)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> host.vms("a", "a"))
        .hasMessage("host h1 already has a VM named 'a'; give each its own name");
    assertThatThrownBy(() -> VmSpec.named(" "))
        .hasMessage("a virtual machine needs a name, such as 'web'");
    assertThatThrownBy(() -> VmSpec.named("a").mac("01:00:5e:00:00:01"))
        .hasMessage("MAC address 01:00:5e:00:00:01 of VM 'a' is a multicast address");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 4_095, 5_000})
  void a_guest_cannot_be_in_the_native_vlan_or_one_that_is_none(int vlan) {
    assertThatThrownBy(() -> VmSpec.named("a").vlan(vlan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "VLAN "
                + vlan
                + " of VM 'a' is not in 2 to 4094; without a VLAN (0) it is in the native one, 1");
  }
}
