// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final LabTopology TOPOLOGY =
      LabTopology.of(2, 1, VmSpec.named("vm1"), VmSpec.named("vm2").vlan(100).switched());

  @Test
  void a_scenario_reads_like_a_script() {
    Scenario scenario =
        new Scenario(
            TOPOLOGY,
            List.of(
                new Step(9, Action.FAIL, "p0", "", 0),
                new Step(9, Action.SEND, "vm1", "station", 64),
                new Step(9, Action.ADVANCE, "", "", 1_000),
                new Step(9, Action.LOSE, "p1", "", 5)));

    assertThat(scenario)
        .hasToString(
            "h1: 2 PNICs, 1 VFs each, rings of 512, hold 256, RESEND, step delay 0 ns;"
                + " vm1, vm2 vlan 100 switched; seed 0x5eed\n"
                + "1. fail p0\n"
                + "2. send 64 bytes from vm1 to station\n"
                + "3. advance 1000 ns\n"
                + "4. lose 1 in 5 at p1");
  }

  @Test
  void a_burst_is_numbered_by_its_step() {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      new Step(3, Action.BURST, "station", "vm1", 64).run(lab);

      assertThat(lab.vm("vm1").received())
          .extracting(Sending::numberOf)
          .containsExactly(3_001, 3_002, 3_003, 3_004, 3_005, 3_006, 3_007, 3_008);
    }
  }

  @Test
  void the_station_tags_what_it_sends_to_a_guest_in_a_vlan() {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      new Step(1, Action.SEND, "station", "vm2", 1_500).run(lab);

      assertThat(lab.vm("vm2").received()).extracting(Packet::length).containsExactly(1_500);
    }
  }

  @Test
  void a_step_that_makes_no_sense_does_nothing() {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      String before = lab.journal().toText();
      new Step(1, Action.REMOVE_VM, "vm9", "", 0).run(lab);
      new Step(2, Action.SEND, "vm9", "station", 64).run(lab);
      new Step(3, Action.SEND, "station", "vm9", 64).run(lab);
      new Step(4, Action.PING, "vm9", "vm1", 0).run(lab);
      new Step(5, Action.PAUSE, "vm9", "", 0).run(lab);
      new Step(6, Action.RELEASE, "p0", "", 0).run(lab);
      new Step(7, Action.ADD_VM, "vm1", "", 0).run(lab);

      assertThat(lab.journal().toText()).isEqualTo(before);
    }
  }

  @Test
  void a_stranger_takes_a_function_and_gives_it_back() {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      new Step(1, Action.OCCUPY, "p1", "", 0).run(lab);
      assertThat(lab.host().pnic("p1").freeFunction()).isNull();
      lab.host().pnic("p0").fail();
      assertThat(lab.journal().events()).contains(Event.functionMissing("vm1", "p1"));

      new Step(2, Action.RELEASE, "p1", "", 0).run(lab);

      assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p1");
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }
}
