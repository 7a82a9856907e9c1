// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.jqwik.RingsideDomain;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.model.FailoverActions;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.system.LabActions;
import dev.ringside.jqwik.system.LabRun;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.state.ActionChain;

// tag::first[]
@LabPerTry
class JqwikProperties {

  @Property(tries = 100)
  void every_size_arrives(@ForAll @IntRange(max = 8_000) int bytes, Lab lab) {
    lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(bytes));

    assertThat(lab.vm("vm1")).received(1);
  }

  // end::first[]

  // tag::scenario[]
  @Property(tries = 100)
  void one_nic_is_active_while_one_is_healthy(@ForAll("failovers") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    boolean healthy = lab.host().pnics().stream().anyMatch(PhysicalNic::looksHealthy);
    assertThat(lab.host().aggregator().activeName() != null).isEqualTo(healthy);
  }

  @Provide
  Arbitrary<Scenario> failovers() {
    return Scenarios.of(Topologies.redundant(), Action.failover(), Action.traffic());
  }

  // end::scenario[]

  // tag::domain[]
  @Domain(RingsideDomain.class)
  @Domain(DomainContext.Global.class) // and what jqwik itself knows
  @Property(tries = 100)
  void any_frame_has_one_fate(@ForAll Packet packet, @ForAll boolean promiscuous, Lab lab) {
    lab.host().pnic("p0").filter().setPromiscuous(promiscuous);
    lab.wire().send(packet);
  } // checked after each try: every packet has exactly one fate

  // end::domain[]

  // tag::parser[]
  @Property(tries = 1_000)
  void my_parser_never_throws(@ForAll("packets") Packet packet) {
    MyParser.parse(packet.toByteArray());
  }

  @Provide
  Arbitrary<Packet> packets() {
    return PacketArbitraries.anything();
  }

  // end::parser[]

  /** Stands for the code of the user. */
  static final class MyParser {
    static void parse(byte[] frame) {
      assertThat(frame).isNotNull();
    }
  }

  // tag::twin[]
  @Property(tries = 50)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<FailoverActions.Pair> chain) {
    chain.run().close();
  }

  @Provide
  Arbitrary<ActionChain<FailoverActions.Pair>> chains() {
    return FailoverActions.chains(LabTopology.of(3, 2, VmSpec.named("vm1"), VmSpec.named("vm2")));
  }

  // end::twin[]

  // tag::whole[]
  @Property(tries = 50)
  void my_lab_keeps_all_laws(@ForAll("anything") ActionChain<LabRun> chain) {
    LabActions.run(chain, () -> new LabRun(Lab.of(new TwoHosts()))).close();
  }

  @Provide
  Arbitrary<ActionChain<LabRun>> anything() {
    return LabActions.chains().dontShrink(); // the run itself finds the shortest script
  }

  // end::whole[]

  /** Stands for a topology of the user's. */
  static final class TwoHosts implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").pnics(2).virtualFunctions(2).vms("web", "db");
      lab.host("h2").pnics(2).vms("app");
    }
  }
}
