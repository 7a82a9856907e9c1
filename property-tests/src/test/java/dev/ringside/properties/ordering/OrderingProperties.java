// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Packets of one flow arrive in the order in which they were sent, and none arrives twice. */
@LabPerTry
class OrderingProperties {

  @Provide
  Arbitrary<Scenario> fastCables() {
    return Scenarios.of(Topologies.any(), Action.failover(), Action.guests(), Action.traffic());
  }

  /** Without a change of NIC, which lets a packet on the new cable overtake one on the old. */
  @Provide
  Arbitrary<Scenario> slowCables() {
    return Scenarios.of(
            Topologies.any(),
            EnumSet.of(Action.PAUSE, Action.RESUME),
            Action.traffic(),
            Action.cables())
        .map(OrderingProperties::withCablesFirst);
  }

  /** A cable that becomes shorter lets what is sent then overtake what was sent before. */
  private static Scenario withCablesFirst(Scenario scenario) {
    List<Step> steps = new ArrayList<>(scenario.steps());
    steps.sort(Comparator.comparing(step -> !Action.cables().contains(step.action())));
    return new Scenario(scenario.topology(), steps);
  }

  @Property
  void flows_stay_in_order_whatever_fails(@ForAll("fastCables") Scenario scenario, Lab lab) {
    Flows flows = new Flows();
    scenario.run(lab, step -> flows.note(lab));
    Scenario.settle(lab);
    flows.note(lab);

    assertThat(flows.violations()).isEmpty();
  }

  @Property
  void flows_stay_in_order_where_cables_are_slow(@ForAll("slowCables") Scenario scenario, Lab lab) {
    Flows flows = new Flows();
    flows.note(lab);
    scenario.run(lab);
    Scenario.settle(lab);
    flows.note(lab);

    assertThat(flows.violations()).isEmpty();
  }

  @Test
  void a_cable_that_doubles_packets_is_found() {
    assertThat(violationsOf(new Step(0, Action.DUPLICATE, "p0", "", 1)))
        .containsExactly("vm1 received 2001 of flow 198.18.255.254 after 2001");
  }

  private static List<String> violationsOf(Step fault) {
    LabTopology topology = LabTopology.of(2, 1, VmSpec.named("vm1"));
    try (Lab lab = Lab.of(topology)) {
      List<Step> steps = List.of(fault, new Step(0, Action.SEND, "station", "vm1", 64));
      Scenario script = new Scenario(topology, steps);
      Flows flows = new Flows();
      script.run(lab);
      flows.note(lab);
      return flows.violations();
    }
  }
}
