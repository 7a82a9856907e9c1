// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.jqwik.system.LabPlan.HostPlan;
import dev.ringside.jqwik.system.LabPlan.VmPlan;
import dev.ringside.packet.Packets;
import dev.ringside.wire.Selector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.ActionChain;
import org.jspecify.annotations.Nullable;

class LabActionsProperties {

  private static final LabPlan PLAN =
      new LabPlan(
          List.of(HostPlan.pnics(2), HostPlan.pnics(1)),
          List.of(new VmPlan(0, true), new VmPlan(0, false), new VmPlan(1, true)));

  /** Believes that a host is reached whatever happens to its NICs. */
  private static final class Optimist extends LabTwin {
    @Override
    protected boolean isUp(@Nullable String host) {
      return true;
    }
  }

  @Provide
  Arbitrary<LabPlan> labs() {
    return LabPlans.any();
  }

  @Provide
  Arbitrary<ActionChain<LabRun>> chains() {
    return LabActions.chains().withMaxTransformations(50).dontShrink();
  }

  @Property(tries = 300)
  void lab_and_twin_agree(
      @ForAll("labs") LabPlan lab, @ForAll("chains") ActionChain<LabRun> chain) {
    LabActions.run(chain, () -> LabRun.of(lab)).close();
  }

  @Property(tries = 100)
  void a_lab_of_ones_own_is_driven_too(@ForAll("chains") ActionChain<LabRun> chain) {
    LabActions.run(chain, () -> new LabRun(Lab.open())).close();
  }

  @Property(tries = 50)
  void where_cables_lose_packets_the_laws_hold_all_the_same(
      @ForAll("chains") ActionChain<LabRun> chain) {
    LabActions.run(chain, LabActionsProperties::lossy).close();
  }

  private static LabRun lossy() {
    Lab lab = Lab.open();
    lab.cable("p0").toHost().lose(Selector.ratio(1, 3));
    return LabRun.lawsOnly(lab);
  }

  @Provide
  Arbitrary<List<ActionChain<LabRun>>> manyChains() {
    return chains().list().ofSize(50);
  }

  @Property(tries = 1, seed = "1", shrinking = ShrinkingMode.OFF)
  void a_twin_that_is_wrong_is_told_the_lab_and_the_shortest_script(
      @ForAll("manyChains") List<ActionChain<LabRun>> chains) {
    Supplier<LabRun> labs = () -> LabRun.of(PLAN, new Optimist());

    assertThatThrownBy(() -> chains.forEach(chain -> LabActions.run(chain, labs).close()))
        .isInstanceOf(AssertionError.class)
        .message()
        .satisfies(message -> assertThat(message.lines().count()).isLessThanOrEqualTo(20))
        .startsWith("after 'send ")
        .contains(
            "\nh1: 2 PNICs with 2 VFs; vm1, vm2 switched\nh2: 1 PNIC with 2 VFs; vm3\n1. ",
            "1. fail h2/p0\n2. send 1 x 60 bytes from ");
  }

  @Example
  void a_step_tells_what_it_has_done() {
    try (LabRun run = LabRun.of(PLAN)) {
      run.apply(new LabStep(LabCommand.SEND, 1, 0, 3));
      run.apply(new LabStep(LabCommand.FAIL, 1, 0, 0));
      run.apply(new LabStep(LabCommand.REPAIR, 0, 0, 0));
      run.apply(new LabStep(LabCommand.REPAIR, 0, 0, 0)); // there is none
      run.apply(new LabStep(LabCommand.ADD_VM, 1, 0, 3));
      run.apply(new LabStep(LabCommand.REMOVE_VM, 0, 0, 0));
      run.apply(new LabStep(LabCommand.SET_LIMIT, 0, 0, 2));
      run.apply(new LabStep(LabCommand.SEND, 0, 0, 4));
      run.apply(new LabStep(LabCommand.CONSUME, 0, 0, 0));
      run.apply(new LabStep(LabCommand.ADD_RULE, 0, 0, 0));
      run.apply(new LabStep(LabCommand.REMOVE_RULE, 0, 0, 0));
      run.apply(new LabStep(LabCommand.ADD_PNIC, 1, 0, 0));
      run.apply(new LabStep(LabCommand.TICK, 0, 0, 1));
      run.settle();

      assertThat(run.script())
          .containsExactly(
              "send 4 x 60 bytes from vm1 to vm2:666",
              "fail h1/p1",
              "repair h1/p1",
              "add new1 switched to h2",
              "remove vm1",
              "limit vm2 to 1442 bytes",
              "send 1 x 1442 bytes from station to vm2:666",
              "consume 1 of vm2",
              "add rule ATTACK for vm2 on h1",
              "remove rule ATTACK for vm2 on h1",
              "add a PNIC to h2",
              "advance PT0.001S",
              "settle");
      assertThat(run)
          .hasToString("at PT10.001S, places {vm2=h1, vm3=h2, new1=h2}, still to come {vm2=[]}");
    }
  }

  @Example
  void every_command_does_something() {
    Set<String> done = new TreeSet<>();
    try (LabRun run = LabRun.of(PLAN)) {
      for (int i = 0; i < 40; i++) {
        for (LabCommand command : LabCommand.all()) {
          int before = run.script().size();
          run.apply(new LabStep(command, i, 3 * i, 7 * i));
          if (run.script().size() > before) {
            done.add(command.name());
          }
        }
      }
      run.settle();
    }
    List<String> all = new ArrayList<>();
    EnumSet.allOf(LabCommand.class).forEach(command -> all.add(command.name()));
    assertThat(done).containsExactlyInAnyOrderElementsOf(all);
  }

  @Example
  void a_deed_of_ones_own_is_compared_too() {
    try (LabRun run = new LabRun(Lab.open())) {
      run.apply("nothing", same -> {});
      assertThatThrownBy(() -> run.apply("vm1 ends", same -> same.lab().host().removeVm("vm1")))
          .hasMessageStartingWith("after 'vm1 ends' h1 has [vm2 ");
      assertThat(run.script()).containsExactly("nothing", "vm1 ends");
    }
  }

  @Example
  void packets_that_come_twice_or_late_or_to_somebody_else_are_told() {
    LabTwin twin = new LabTwin();
    twin.hasHost("h1", 1, true);
    twin.starts("vm1", "h1");
    twin.sends(LabTwin.STATION, "vm1", 7, twin.fate(LabTwin.STATION, "vm1"));
    twin.sends(LabTwin.STATION, "vm1", 7, LabTwin.Fate.LOST);
    twin.sends(LabTwin.STATION, "vm1", 7, LabTwin.Fate.TAKEN);
    twin.sends(LabTwin.STATION, "vm1", 7, LabTwin.Fate.UNKNOWN);
    assertThat(twin.due("vm1")).hasToString("[1 from station to vm1]");
    twin.receives("vm1", 4);

    assertThatThrownBy(() -> twin.receives("vm1", 1))
        .hasMessage("1 from station to vm1 has arrived after 4");
    assertThatThrownBy(() -> twin.receives("vm1", 4))
        .hasMessage("4 from station to vm1 has arrived twice");
    assertThatThrownBy(() -> twin.receives("vm2", 4))
        .hasMessage("vm2 has received 4 from station to vm1");
    assertThatThrownBy(() -> twin.receives("vm1", 2))
        .hasMessage("2 from station to vm1 has arrived, and there was no way for it");
    assertThatThrownBy(() -> twin.receives("vm1", 3))
        .hasMessage("3 from station to vm1 has arrived, and was to be taken on its way");
    assertThatThrownBy(() -> twin.receives("vm1", 5))
        .hasMessage("vm1 has received 5, which was never sent");
  }

  @Example
  void a_chain_without_a_lab_says_how_it_is_run() {
    ActionChain<LabRun> chain = LabActions.chains().sample();
    assertThatThrownBy(chain::run)
        .hasStackTraceContaining(
            "this chain has no lab to begin with; run it by LabActions.run(chain, lab)");
  }

  @Example
  void numbers_of_steps_are_not_negative() {
    assertThatThrownBy(() -> new LabStep(LabCommand.FAIL, -1, 0, 0))
        .hasMessage("numbers -1, 0, 0 of FAIL must not be negative");
  }

  @Example
  void packets_of_others_do_not_disturb() {
    try (LabRun run = new LabRun(Lab.open())) {
      run.apply(
          "a packet without a number",
          same -> same.lab().wire().send(Packets.udp().to(same.lab().vm("vm1")).port(9)));
      run.settle();
    }
  }
}
