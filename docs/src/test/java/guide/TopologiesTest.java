// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.inspect.Inspect;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Endpoint;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;

class TopologiesTest {

  @Test
  void a_lab_is_built_host_by_host() {
    // tag::builder[]
    LabBuilder builder = Lab.builder().seed(42);
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "app");
    builder.host("h2").vms("db");
    try (Lab lab = builder.open()) {
      VirtualMachine web = lab.host("h1").vm("web");
      VirtualMachine db = lab.vm("db");

      web.send(udp().to(db).port(5432));

      assertThat(db).received(udp().from(web)).andNothingElse();
    }
    // end::builder[]
  }

  // tag::topology[]
  /** Two hosts of the same kind. */
  static final class TwoHosts implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").pnics(2).virtualFunctions(4).vms("web");
      lab.host("h2").pnics(2).virtualFunctions(4).vms("db");
    }
  }

  // end::topology[]

  @Test
  void a_topology_is_a_class_that_tests_share() {
    // tag::topology-use[]
    try (Lab lab = Lab.of(new TwoHosts())) {
      assertThat(lab).hasHosts("h1", "h2");
      assertThat(lab.cables()).hasSize(4);
    }
    // end::topology-use[]
    try (Lab lab = Lab.of(new TwoHosts())) {
      Output.assertShown("two-hosts.txt", Inspect.topology(lab.hosts()));
    }
  }

  @Test
  void addresses_are_given_or_set() {
    // tag::addresses[]
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .virtualFunctions(2)
        .vm(VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").ipv6("2001:db8::b"))
        .vm(VmSpec.named("app").vlan(100))
        .vm(VmSpec.named("log").switched());
    builder.station(Endpoint.of("client", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a"));
    try (Lab lab = builder.open()) {
      assertThat(lab.vm("web").ipv4()).hasToString("192.0.2.20");
      assertThat(lab.vm("app").ipv4()).hasToString("198.18.0.2");
      assertThat(lab.vm("app")).hasDirectAccessThrough("p0");
      assertThat(lab.vm("log")).isSwitched();
    }
    // end::addresses[]
  }

  @Test
  void cards_differ() {
    // tag::cards[]
    NicConfig card =
        NicConfig.DEFAULT.withVirtualFunctions(8).withRingCapacity(64).withReceiveRings(2);
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).nic(card).aggregation(Aggregation.NONE).vms("web");
    // end::cards[]
    try (Lab lab = builder.open()) {
      assertThat(lab.host()).isNotAggregated();
      assertThat(lab.host().pnic("p1").virtualFunctions()).hasSize(8);
    }
  }

  @Test
  void virtual_machines_come_and_go() {
    try (Lab lab = Lab.open()) {
      // tag::vms[]
      Host host = lab.host();
      VirtualMachine third = host.addVm(VmSpec.named("vm3"));
      assertThat(third).hasDirectAccessThrough("p0");

      host.removeVm("vm1");
      assertThat(host.pnic("p0").virtualFunction(0)).isFree();
      // end::vms[]
    }
  }

  @Test
  void what_a_host_does_not_have_is_said() {
    try (Lab lab = Lab.open()) {
      // tag::unknown[]
      assertThatThrownBy(() -> lab.host().pnic("p7"))
          .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
      // end::unknown[]
    }
  }
}
