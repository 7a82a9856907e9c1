// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.model.FailoverActions;
import dev.ringside.jqwik.model.FailoverTwin;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.nic.NicConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traffic takes another NIC that hangs, and that soon has no room for any more. */
class HungSuccessorTest {

  private static final LabTopology TOPOLOGY =
      LabTopology.of(2, 1, VmSpec.named("vm1"))
          .withNic(NicConfig.DEFAULT.withVirtualFunctions(1).withRingCapacity(16));

  /**
   * The announcements of three guests, through one NIC that hangs and then through the other, are
   * more than a ring of 16 takes: the failover is not over, and all guests stay switched.
   */
  private static final List<Step> BOTH_HANG =
      List.of(
          new Step(0, Action.FAIL, "p1", "", 0),
          new Step(0, Action.HANG, "p0", "", 0),
          new Step(0, Action.ADD_VM, "vm2", "", 0),
          new Step(0, Action.ADD_VM, "vm3", "", 0),
          new Step(0, Action.FLAP, "p0", "", 1_000),
          new Step(0, Action.REPAIR, "p1", "", 0),
          new Step(0, Action.HANG, "p1", "", 0),
          new Step(0, Action.SWITCH_TO, "p1", "", 0),
          new Step(0, Action.SWITCH_TO, "p0", "", 0),
          new Step(0, Action.SEND, "vm2", "vm1", 64));

  @Test
  void guests_reach_each_other_by_the_switch_while_the_new_nic_takes_no_more() {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      FailoverTrafficProperties.checkDeliveries(new Scenario(TOPOLOGY, BOTH_HANG), lab);

      assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);
      assertThat(lab.vm("vm1").received()).hasSize(1);
    }
  }

  @Test
  void a_twin_whose_nic_works_disagrees() {
    try (FailoverActions.Pair pair =
        new FailoverActions.Pair(Lab.of(TOPOLOGY), new FailoverTwin(TOPOLOGY))) {
      new Scenario(TOPOLOGY, BOTH_HANG).run(pair.lab());

      assertThatThrownBy(() -> pair.apply(new Step(1, Action.ADVANCE, "", "", 1)))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              "after 'advance 1 ns' a NIC that works has not taken what was held: aggr0 (SWAPPED,"
                  + " active p0, 2 held)");
    }
  }

  /** The ring takes the announcements of vm1 and has no room for those of vm2. */
  @Test
  void a_guest_whose_announcement_found_no_room_is_found_when_it_sends() {
    LabTopology topology = LabTopology.of(3, 0, VmSpec.named("vm1"), VmSpec.named("vm2"));
    try (Lab lab = Lab.of(topology.withNic(topology.nic().withRingCapacity(2)))) {
      lab.host().pnic("p0").fail();
      lab.host().pnic("p2").hang();
      lab.host().aggregator().switchTo("p2");
      lab.host().pnic("p2").repair();

      new Step(1, Action.SEND, Sending.STATION, "vm1", 64).run(lab);
      new Step(2, Action.SEND, Sending.STATION, "vm2", 64).run(lab);
      assertThat(lab.vm("vm1").received()).hasSize(1);
      assertThat(lab.vm("vm2").received()).isEmpty();

      new Step(3, Action.SEND, "vm2", Sending.STATION, 64).run(lab);
      new Step(4, Action.SEND, Sending.STATION, "vm2", 64).run(lab);
      assertThat(lab.vm("vm2").received()).hasSize(1);
    }
  }
}
