// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.Host;
import dev.ringside.jqwik.scenario.Scenario;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@LabPerTry
class LabPerTryProperties {

  @Property(tries = 50)
  void each_try_has_a_lab_in_which_nothing_has_happened(
      @ForAll @IntRange(max = 1_400) int bytes, Lab lab) {
    assertThat(lab.ledger().injected()).isZero();
    lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(bytes));
    assertThat(lab.vm("vm1").received()).hasSize(1);
  }

  @Property(tries = 10)
  void host_and_lab_belong_together(@ForAll boolean any, Host host, Lab lab) {
    assertThat(lab.host()).isSameAs(host);
  }

  @Property(tries = 10)
  void they_may_be_written_as_if_they_were_generated(
      @ForAll @IntRange(max = 1_400) int bytes, @ForAll Host host, @ForAll Lab lab) {
    assertThat(lab.host()).isSameAs(host);
    assertThat(lab.world().isClosed()).isFalse();
    assertThat(lab.ledger().injected()).isZero();
    lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(bytes));
  }

  @Property(tries = 20)
  @Domain(RingsideDomain.class)
  void in_the_domain_too(@ForAll Scenario scenario, @ForAll Lab lab, @ForAll Host host) {
    assertThat(lab.host()).isSameAs(host);
    assertThat(host.pnics()).hasSize(scenario.topology().pnics());
  }

  @Property(tries = 10)
  void a_property_that_wants_no_lab_gets_none(@ForAll boolean any) {
    assertThat(any || !any).isTrue();
  }

  @Property(tries = 20)
  @Domain(RingsideDomain.class)
  void the_lab_is_as_a_generated_topology_says(@ForAll Scenario scenario, Lab lab) {
    assertThat(lab.host().pnics()).hasSize(scenario.topology().pnics());
    assertThat(lab.host().vms()).hasSize(scenario.topology().vms().size());
    assertThat(lab.seed().value()).isEqualTo(scenario.topology().seed());
  }

  @Property(tries = 5)
  @LabPerTry(ThreeNics.class)
  @Domain(DomainContext.Global.class)
  void the_annotation_of_the_method_comes_before_that_of_the_class(@ForAll boolean any, Host host) {
    assertThat(host.pnics()).hasSize(3);
  }

  static final class ThreeNics implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("big").pnics(3);
    }
  }
}
